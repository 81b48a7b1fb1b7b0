// SPDX-License-Identifier: MIT
#include "person/expiry.h"

// Neither law says when somebody born on 29 February reaches an age in a common year. The Civil
// Code 2015, art. 148(3), lets a term that lacks its last day end on the last day of the month, and
// the date arithmetic of most databases does the same: 28 February is the likelier reading. Civil
// registrars turn an impossible 29 February into 1 March: that is the other one.
enum leap_reading { KEPT_ON_28_FEBRUARY, KEPT_ON_1_MARCH, LEAP_READINGS };

static struct date birthday(struct date birth, int age, enum leap_reading reading)
{
    struct date d = { (int16_t)(birth.year + age), birth.month, birth.day };
    if (d.month != 2 || d.day != 29 || year_is_leap(d.year))
        return d;
    return reading == KEPT_ON_28_FEBRUARY ? (struct date){ d.year, 2, 28 }
                                          : (struct date){ d.year, 3, 1 };
}

// The birth date must be a whole day.
static int age_of(struct date birth, struct date on, enum leap_reading reading)
{
    int age = on.year - birth.year;
    return date_compare(birthday(birth, age, reading), on) > 0 ? age - 1 : age;
}

static struct date first_day(struct date d)
{
    return (struct date){ d.year, d.month ? d.month : 1, d.day ? d.day : 1 };
}

static struct date last_day(struct date d)
{
    if (d.day != 0)
        return d;
    if (d.month == 0)
        d.month = 12;
    for (d.day = 31; !date_is_real(d);)
        d.day--;
    return d;
}

struct ages {
    int lowest, highest;
};

static struct ages ages_on(struct date birth, struct date on, enum leap_reading reading)
{
    if (date_is_day(birth)) {
        int age = age_of(birth, on, reading);
        return (struct ages){ age, age };
    }
    int lowest = age_of(last_day(birth), on, reading);
    // The birth is known not to lie after the day, even where the end of its year does.
    return (struct ages){ lowest > 0 ? lowest : 0, age_of(first_day(birth), on, reading) };
}

static bool is_after_birth(struct date birth, struct date on)
{
    return date_is_set(birth) && date_is_real(birth) && date_is_day(on) && date_is_real(on) &&
           date_compare(birth, on) <= 0;
}

enum expiry_law expiry_law_on(struct date issue)
{
    const struct date change = { 2024, 7, 1 };
    return date_compare(issue, change) < 0 ? EXPIRY_LAW_2014 : EXPIRY_LAW_2023;
}

// Art. 21 of both laws: a card ends on the next birthday at which it must be changed; one issued
// within the two years before such a birthday lasts to the one after it. Only the law of 2023 gives
// cards to children, and has them changed at 14.
static uint8_t age_at_end(enum expiry_law law, int age_at_issue)
{
    static const struct {
        enum expiry_law since;
        uint8_t below, until;
    } rules[] = {
        { EXPIRY_LAW_2023, 12, 14 },
        { EXPIRY_LAW_2014, 23, 25 },
        { EXPIRY_LAW_2014, 38, 40 },
        { EXPIRY_LAW_2014, 58, 60 },
    };

    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (law >= rules[i].since && age_at_issue < rules[i].below)
            return rules[i].until;
    return 0;
}

static void add_candidate(struct expiry *e, struct expiry_candidate c)
{
    for (size_t i = 0; i < e->count; i++)
        if (e->candidate[i].age == c.age && date_eq(e->candidate[i].date, c.date))
            return;
    if (e->count < EXPIRY_CANDIDATES_MAX)
        e->candidate[e->count++] = c;
}

// The candidates under one reading of 29 February. Where the day of birth is not known, the higher
// age comes first: civil registrars write such a birth down as the first day of its year or month.
static void add_candidates(struct expiry *e, struct date birth, struct date issue,
                           enum leap_reading reading)
{
    struct ages ages = ages_on(birth, issue, reading);
    if (reading == KEPT_ON_28_FEBRUARY) {
        e->lowest_age = ages.lowest;
        e->highest_age = ages.highest;
    }
    for (int age = ages.highest; age >= ages.lowest; age--) {
        struct expiry_candidate c = { .age = age_at_end(e->law, age) };
        if (c.age != 0)
            c.date = birthday(birth, c.age, reading);
        add_candidate(e, c);
    }
}

// Art. 46 of Law 26/2023. A bare year is never certain, nor is January; of June every day ends up
// on the 30th.
static bool is_prolonged(struct date end)
{
    const struct date first = { 2024, 1, 15 }, last = { 2024, 6, 29 };

    if (end.month == 0 || (end.month == 1 && end.day == 0))
        return false;
    return date_compare(end, first) >= 0 && date_compare(end, last) <= 0;
}

bool expiry_compute(struct date birth, struct date issue, struct expiry *out)
{
    if (!is_after_birth(birth, issue))
        return false;

    bool may_be_leap_day = !date_is_day(birth) || (birth.month == 2 && birth.day == 29);
    int readings = may_be_leap_day ? LEAP_READINGS : 1;
    *out = (struct expiry){ .law = expiry_law_on(issue) };
    for (enum leap_reading reading = 0; (int)reading < readings; reading++)
        add_candidates(out, birth, issue, reading);
    if (is_prolonged(out->candidate[0].date))
        out->prolonged_to = (struct date){ 2024, 6, 30 };
    return true;
}
