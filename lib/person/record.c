// SPDX-License-Identifier: MIT
#include "person/record.h"

#include "person/area.h"
#include "text/latin.h"
#include "text/letter.h"
#include "text/scan.h"
#include "text/utf8.h"

#define FIELD_NAME_OF(identifier, name) name,
static const char *const field_names[] = { RECORD_FIELDS(FIELD_NAME_OF) };
#undef FIELD_NAME_OF

const char *field_name(enum field field)
{
    return field_names[field];
}

const char *sex_name(enum sex sex)
{
    static const char *const names[] = { "", "male", "female" };
    return names[sex];
}

static char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

enum sex sex_of_text(struct str s)
{
    static const struct str female[] = { { "ữ", 3 },
                                         { "Ữ", 3 },
                                         { "u", 1 },
                                         { "U", 1 },
                                         { "ư\u0303", 4 },
                                         { "Ư\u0303", 4 },
                                         { "u\u031b\u0303", 5 },
                                         { "U\u031b\u0303", 5 } };
    // As cards have it, before all the rest.
    if (str_eq(s, STR("Nam")))
        return SEX_MALE;
    if (str_eq(s, STR("Nữ")))
        return SEX_FEMALE;
    if (s.n < 2 || s.n > 6 || ascii_lower(s.p[0]) != 'n')
        return SEX_UNKNOWN;
    if (s.n == 3 && ascii_lower(s.p[1]) == 'a' && ascii_lower(s.p[2]) == 'm')
        return SEX_MALE;
    for (size_t i = 0; i < sizeof female / sizeof female[0]; i++)
        if (str_eq(str_from(s, 1), female[i]))
            return SEX_FEMALE;
    return SEX_UNKNOWN;
}

struct str card_name(enum card_kind card)
{
    static const struct str names[] = { { "unknown", 7 },
                                        { "cccd-2021", 9 },
                                        { "can-cuoc-2024", 13 } };
    return names[card];
}

// What is not announced is never read: only the announcing members need a value.
static void clear_derived(struct derived *d)
{
    d->has_number = d->has_expiry = false;
    d->issuer = d->name_ascii = (struct str){ "", 0 };
    d->age_at_issue = -1;
}

// Member by member, which takes a tenth of what clearing the memory does.
void record_clear(struct record *r)
{
    const struct date none = { 0 };

    r->stated = r->plain = 0;
    r->id = r->old_id = r->name = r->residence = (struct str){ "", 0 };
    r->birth_date = r->issue_date = r->expiry_date = none;
    r->sex = SEX_UNKNOWN;
    r->card = CARD_UNKNOWN;
    r->name_is_ordinary = r->repair_certain = false;
    r->repair_kind = NULL;
    r->extra_count = r->problem_count = 0;
    clear_derived(&r->derived);
}

void record_set_repair(struct record *r, const char *kind, bool certain, enum field field,
                       struct str original)
{
    if (r->repair_kind == NULL)
        for (size_t i = 0; i < FIELD_COUNT; i++)
            r->original[i] = (struct str){ "", 0 };
    r->repair_kind = kind;
    r->repair_certain = certain;
    r->original[field] = original;
}

void record_add_problem(struct record *r, enum problem_code code, enum field field,
                        struct str value)
{
    for (size_t i = 0; i < r->problem_count; i++)
        if (r->problems[i].code == code && r->problems[i].field == field)
            return;
    if (r->problem_count < RECORD_PROBLEM_MAX)
        r->problems[r->problem_count++] = (struct problem){ code, field, value };
}

bool record_has_problem(const struct record *r, enum problem_code code)
{
    for (size_t i = 0; i < r->problem_count; i++)
        if (r->problems[i].code == code)
            return true;
    return false;
}

enum severity record_severity(const struct record *r)
{
    enum severity worst = SEVERITY_NOTE;
    for (size_t i = 0; i < r->problem_count; i++)
        if (problem_severity(r->problems[i].code) > worst)
            worst = problem_severity(r->problems[i].code);
    return worst;
}

static void note_problem(struct record *r, enum problem_code code, enum field field)
{
    record_add_problem(r, code, field, (struct str){ "", 0 });
}

static int digit(struct str id, size_t at)
{
    return id.p[at] - '0';
}

// Digits 4 to 6 of the number: century and sex (0 and 1 for the 1900s, 2 and 3 for the 2000s, ...),
// then the year in its century; Circular 07/2016/TT-BCA. The circular lapsed on 2024-07-01 and
// numbers outlive corrections, so what does not fit is a warning and never an error.
static void derive_number(struct record *r)
{
    struct number_facts *number = &r->derived.number;
    int century = digit(r->id, 3);
    struct area area = area_of(digit(r->id, 0) * 100 + digit(r->id, 1) * 10 + digit(r->id, 2));

    r->derived.has_number = true;
    number->area = area.name;
    number->foreign = area.foreign;
    number->sex = century % 2 == 0 ? SEX_MALE : SEX_FEMALE;
    number->birth_year = 1900 + century / 2 * 100 + digit(r->id, 4) * 10 + digit(r->id, 5);

    if (area.name == NULL)
        note_problem(r, PROBLEM_ID_AREA_UNKNOWN, FIELD_ID);
    if (r->sex != SEX_UNKNOWN && r->sex != number->sex)
        note_problem(r, PROBLEM_ID_SEX_MISMATCH, FIELD_ID);
    if (date_is_set(r->birth_date) && r->birth_date.year != number->birth_year)
        note_problem(r, PROBLEM_ID_YEAR_MISMATCH, FIELD_ID);
}

// The place of issue that forms ask for: printed on cards by the date of issue.
static struct str issuer_on(struct date issue)
{
    if (expiry_law_on(issue) == EXPIRY_LAW_2014)
        return STR("Cục Cảnh sát quản lý hành chính về trật tự xã hội");
    return STR("Bộ Công an");
}

static void check_card(struct record *r)
{
    static const struct date first_chip_card = { 2021, 1, 1 };
    enum card_kind by_date =
        expiry_law_on(r->issue_date) == EXPIRY_LAW_2014 ? CARD_CCCD_2021 : CARD_CAN_CUOC_2024;

    if (date_compare(r->issue_date, first_chip_card) < 0)
        note_problem(r, PROBLEM_ISSUE_DATE_EARLY, FIELD_ISSUE_DATE);
    if (r->card != CARD_UNKNOWN && r->card != by_date)
        note_problem(r, PROBLEM_CARD_DATE_MISMATCH, FIELD_CARD);
}

static void derive_validity(struct record *r)
{
    enum { LEAST_AGE_2014 = 14 };
    const struct expiry *expiry = &r->derived.expiry;

    r->derived.has_expiry = expiry_compute(r->birth_date, r->issue_date, &r->derived.expiry);
    if (!r->derived.has_expiry)
        return;
    if (expiry->lowest_age == expiry->highest_age)
        r->derived.age_at_issue = expiry->lowest_age;
    if (expiry->highest_age < LEAST_AGE_2014 && expiry->law == EXPIRY_LAW_2014)
        note_problem(r, PROBLEM_ISSUED_UNDER_AGE, FIELD_ISSUE_DATE);
}

static void derive_from_dates(struct record *r)
{
    bool born = date_is_set(r->birth_date);

    if (born && !date_is_day(r->birth_date))
        note_problem(r, PROBLEM_BIRTH_DATE_PARTIAL, FIELD_BIRTH_DATE);
    if (!date_is_day(r->issue_date))
        return;
    r->derived.issuer = issuer_on(r->issue_date);
    check_card(r);
    if (!born)
        return;
    if (date_compare(r->issue_date, r->birth_date) < 0) {
        note_problem(r, PROBLEM_ISSUE_BEFORE_BIRTH, FIELD_ISSUE_DATE);
        return;
    }
    derive_validity(r);
}

// Apostrophes as names of the country's other peoples carry them; ASCII ones passed the scan.
static bool is_name_punctuation(int32_t c)
{
    return c == 0x2018 || c == 0x2019 || c == 0x2BC || c == 0xB4;
}

struct name_look {
    bool strange; // characters that no name is written with
    bool small;   // a small letter
    bool capital;
};

static struct name_look look_at_name(struct str name)
{
    struct name_look look = { 0 };
    for (size_t at = 0; at < name.n;) {
        size_t start = at;
        int32_t c = utf8_next(name, &at);
        struct letter l = letter_of(c == UTF8_BAD ? 0 : (uint32_t)c);
        look.capital |= l.base != '\0' && l.upper;
        look.small |= l.base != '\0' && !l.upper;
        if (c < 0x80)
            look.strange |=
                (scan_text((struct str){ name.p + start, 1 }) & (SCAN_NOT_IN_NAME | SCAN_ODD)) != 0;
        else
            look.strange |=
                l.base == '\0' && !letter_is_ethnic((uint32_t)c) && !is_name_punctuation(c);
    }
    return look;
}

static void derive_name(struct record *r, struct arena *arena)
{
    r->derived.name_ascii = (r->plain & FIELD_BIT(FIELD_NAME)) ? latin_plain_name(arena, r->name)
                                                               : latin_name(arena, r->name);
    if (r->name.n == 0) {
        note_problem(r, PROBLEM_NAME_EMPTY, FIELD_NAME);
    } else if (!r->name_is_ordinary) {
        struct name_look look = look_at_name(r->name);
        if (look.strange && str_find(r->id, '*') == r->id.n) // the stars of a masked name
            note_problem(r, PROBLEM_NAME_CHARACTERS, FIELD_NAME);
        // one letter, as in "Ý", is capital without shouting
        if (look.capital && !look.small && r->derived.name_ascii.n > 2)
            note_problem(r, PROBLEM_NAME_UPPER_CASE, FIELD_NAME);
    }
}

void record_derive(struct record *r, struct arena *arena)
{
    clear_derived(&r->derived);
    if (r->id.n == ID_LENGTH && str_is_digits(r->id))
        derive_number(r);
    derive_from_dates(r);
    if (r->stated & FIELD_BIT(FIELD_NAME))
        derive_name(r, arena);
    if ((r->stated & FIELD_BIT(FIELD_RESIDENCE)) && r->residence.n == 0)
        note_problem(r, PROBLEM_RESIDENCE_EMPTY, FIELD_RESIDENCE);
    for (size_t i = 0; i < r->extra_count; i++)
        if (r->extra[i].n > 0)
            note_problem(r, PROBLEM_EXTRA_PRESENT, FIELD_EXTRA);
}
