// SPDX-License-Identifier: MIT
#include "wire/record_value.h"

static void state(struct record *r, enum field field)
{
    r->stated |= FIELD_BIT(field);
}

// Digits, or digits and the stars of --mask.
static bool is_number(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!char_is_digit(s.p[i]) && s.p[i] != '*')
            return false;
    return s.n > 0;
}

static void take_number(struct record *r, enum field field, struct str value)
{
    bool digits = is_number(value);

    if (field == FIELD_ID && digits && value.n == ID_LENGTH)
        r->id = value;
    else if (field == FIELD_OLD_ID && digits && (value.n == OLD_ID_LENGTH || value.n == ID_LENGTH))
        r->old_id = value;
    else
        return record_add_problem(
            r, field == FIELD_ID ? PROBLEM_ID_MALFORMED : PROBLEM_OLD_ID_MALFORMED, field, value);
    state(r, field);
}

struct date_field {
    struct date *date;
    enum problem_code malformed;
    enum problem_code impossible;
};

static struct date_field date_field_of(struct record *r, enum field field)
{
    if (field == FIELD_BIRTH_DATE)
        return (struct date_field){ &r->birth_date, PROBLEM_BIRTH_DATE_MALFORMED,
                                    PROBLEM_BIRTH_DATE_IMPOSSIBLE };
    if (field == FIELD_ISSUE_DATE)
        return (struct date_field){ &r->issue_date, PROBLEM_ISSUE_DATE_MALFORMED,
                                    PROBLEM_ISSUE_DATE_IMPOSSIBLE };
    return (struct date_field){ &r->expiry_date, PROBLEM_EXPIRY_DATE_MALFORMED,
                                PROBLEM_EXPIRY_DATE_MALFORMED };
}

static void take_date(struct record *r, enum field field, struct str value)
{
    struct date_field target = date_field_of(r, field);
    struct date d;

    if (!date_from_iso(value, &d) && !date_from_slashed(value, &d)) {
        record_add_problem(r, target.malformed, field, value);
    } else if (!date_is_real(d)) {
        record_add_problem(r, target.impossible, field, value);
    } else if (field == FIELD_ISSUE_DATE && !date_is_day(d)) {
        record_add_problem(r, PROBLEM_ISSUE_DATE_MALFORMED, field, value);
    } else {
        *target.date = d;
        state(r, field);
    }
}

static void take_sex(struct record *r, struct str value)
{
    if (str_eq(value, STR("male")))
        r->sex = SEX_MALE;
    else if (str_eq(value, STR("female")))
        r->sex = SEX_FEMALE;
    else
        r->sex = sex_of_text(value);
    if (r->sex == SEX_UNKNOWN)
        return record_add_problem(r, PROBLEM_SEX_MALFORMED, FIELD_SEX, value);
    state(r, FIELD_SEX);
}

static void take_card(struct record *r, struct str value)
{
    for (enum card_kind card = CARD_UNKNOWN; card <= CARD_CAN_CUOC_2024; card++)
        if (str_eq(value, card_name(card)))
            r->card = card;
}

static void take_extra(struct record *r, struct str value)
{
    for (bool more = true; more && r->extra_count < RECORD_EXTRA_MAX;) {
        size_t end = str_find(value, '|');
        r->extra[r->extra_count++] = str_head(value, end);
        more = end < value.n;
        value = str_from(value, end + 1);
    }
}

static void take_text(struct record *r, enum field field, struct str value)
{
    if (field == FIELD_NAME)
        r->name = value;
    else
        r->residence = value;
    state(r, field);
}

void record_take(struct record *r, enum field field, struct str value)
{
    switch (field) {
    case FIELD_ID:
    case FIELD_OLD_ID:
        return take_number(r, field, value);
    case FIELD_NAME:
    case FIELD_RESIDENCE:
        return take_text(r, field, value);
    case FIELD_BIRTH_DATE:
    case FIELD_ISSUE_DATE:
    case FIELD_EXPIRY_DATE:
        return take_date(r, field, value);
    case FIELD_SEX:
        return take_sex(r, value);
    case FIELD_CARD:
        return take_card(r, value);
    case FIELD_EXTRA:
        return take_extra(r, value);
    default:
        return;
    }
}

void record_take_none(struct record *r, enum field field)
{
    if (field == FIELD_OLD_ID || field == FIELD_EXPIRY_DATE)
        state(r, field);
}
