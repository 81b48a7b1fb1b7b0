// SPDX-License-Identifier: MIT
// From the fields of a card's payload to its record.
#include "payload/fields.h"
#include "payload/other.h"
#include "payload/payload.h"
#include "payload/texts.h"

static const struct str nothing = { "", 0 };

static void state(struct record *r, enum field field)
{
    r->stated |= FIELD_BIT(field);
}

static void read_id(struct record *r, struct str s)
{
    if (field_is_id(s)) {
        r->id = s;
        state(r, FIELD_ID);
    } else {
        record_add_problem(r, PROBLEM_ID_MALFORMED, FIELD_ID, s);
    }
}

static void read_old_id(struct record *r, struct str s)
{
    if (s.n == 0 || field_is_old_id(s)) {
        r->old_id = s;
        state(r, FIELD_OLD_ID);
    } else {
        record_add_problem(r, PROBLEM_OLD_ID_MALFORMED, FIELD_OLD_ID, s);
    }
}

static bool read_date(struct str s, struct date *out)
{
    return date_from_ddmmyyyy(s, out) || date_from_slashed(s, out);
}

static void read_birth_date(struct record *r, struct str s)
{
    struct date d;
    if (!read_date(s, &d)) {
        record_add_problem(r, PROBLEM_BIRTH_DATE_MALFORMED, FIELD_BIRTH_DATE, s);
    } else if (!date_is_real(d)) {
        record_add_problem(r, PROBLEM_BIRTH_DATE_IMPOSSIBLE, FIELD_BIRTH_DATE, s);
    } else {
        r->birth_date = d;
        state(r, FIELD_BIRTH_DATE);
    }
}

static void read_issue_date(struct record *r, struct str s)
{
    struct date d;
    if (!read_date(s, &d) || (date_is_real(d) && !date_is_day(d))) {
        record_add_problem(r, PROBLEM_ISSUE_DATE_MALFORMED, FIELD_ISSUE_DATE, s);
    } else if (!date_is_real(d)) {
        record_add_problem(r, PROBLEM_ISSUE_DATE_IMPOSSIBLE, FIELD_ISSUE_DATE, s);
    } else {
        r->issue_date = d;
        state(r, FIELD_ISSUE_DATE);
    }
}

static void add_extra(struct record *r, struct str s)
{
    if (r->extra_count < RECORD_EXTRA_MAX)
        r->extra[r->extra_count++] = s;
}

// The payload as its generation lays it out.
static void read_by_position(struct record *r, struct texts *t, const struct fields *f)
{
    read_id(r, f->field[0]);
    read_old_id(r, f->field[1]);
    t->name = f->field[2];
    read_birth_date(r, f->field[3]);
    t->sex = f->field[4];
    t->residence = f->field[5];
    read_issue_date(r, f->field[6]);
    r->card = f->count == FIELDS_2021 ? CARD_CCCD_2021 : CARD_CAN_CUOC_2024;
    for (size_t i = FIELDS_2021; i < f->count; i++)
        add_extra(r, f->field[i]);
}

// The text from one field to another as it came, with the separators between; without those at its
// ends, which stand for empty fields.
static struct str span(const struct fields *f, size_t first, size_t end)
{
    while (first < end && f->field[first].n == 0)
        first++;
    while (first < end && f->field[end - 1].n == 0)
        end--;
    if (first >= end)
        return nothing;
    const char *stop = f->field[end - 1].p + f->field[end - 1].n;
    return (struct str){ f->field[first].p, (size_t)(stop - f->field[first].p) };
}

static void read_before_sex(struct record *r, struct texts *t, const struct fields *f,
                            struct anchor anchor)
{
    size_t name = 1;
    while (name + 1 < anchor.birth && f->field[name].n == 0)
        name++;
    if (str_is_digits(f->field[name])) {
        read_old_id(r, f->field[name]);
        name++;
    } else if (name > 1) {
        read_old_id(r, nothing);
    }
    t->name = span(f, name, anchor.birth);
    read_birth_date(r, f->field[anchor.birth]);
    t->sex = f->field[anchor.sex];
}

static void read_behind_sex(struct record *r, struct texts *t, const struct fields *f, size_t sex)
{
    size_t issue = sex + 1;
    while (issue < f->count && !field_is_date(f->field[issue]))
        issue++;
    t->residence = span(f, sex + 1, issue);
    if (issue == f->count) {
        record_add_problem(r, PROBLEM_FIELD_MISSING, FIELD_ISSUE_DATE, nothing);
        return;
    }
    read_issue_date(r, f->field[issue]);
    for (size_t i = issue + 1; i < f->count; i++)
        add_extra(r, f->field[i]);
}

static enum card_kind card_by_date(struct date issue)
{
    if (!date_is_set(issue))
        return CARD_UNKNOWN;
    return expiry_law_on(issue) == EXPIRY_LAW_2014 ? CARD_CCCD_2021 : CARD_CAN_CUOC_2024;
}

// A payload with fields lost, doubled or split: birth date and sex stand side by side in every one,
// and what is around them follows.
static void read_by_anchor(struct record *r, struct texts *t, const struct fields *f,
                           struct anchor anchor)
{
    read_id(r, f->field[0]);
    read_before_sex(r, t, f, anchor);
    read_behind_sex(r, t, f, anchor.sex);
    r->card = card_by_date(r->issue_date);
    record_add_problem(r, PROBLEM_FIELD_COUNT, FIELD_NONE, nothing);
}

static bool has_known_count(const struct fields *f)
{
    return f->count == FIELDS_2021 || f->count == FIELDS_2024;
}

// In a payload of known length: does enough stand where it belongs? The birth date or the sex must,
// and one field more.
static bool is_in_place(const struct fields *f)
{
    if (!has_known_count(f))
        return false;
    bool id = field_is_id(f->field[0]), issue = field_is_date(f->field[6]);
    bool birth = field_is_date(f->field[3]), sex = field_is_sex(f->field[4]);
    return (birth && (sex || id || issue)) || (sex && (id || issue));
}

// How a payload is to be read, if it is one at all.
enum layout { LAYOUT_NONE, LAYOUT_BY_POSITION, LAYOUT_BY_ANCHOR };

// Where birth date and sex must be, one of the two being damaged: around a sex, or before what
// follows a date.
static bool guess_anchor(const struct fields *f, struct anchor *out)
{
    for (size_t sex = 3; sex < f->count; sex++)
        if (field_is_sex(f->field[sex])) {
            *out = (struct anchor){ sex - 1, sex };
            return true;
        }
    for (size_t birth = 2; birth + 2 < f->count; birth++)
        if (field_is_date(f->field[birth])) {
            *out = (struct anchor){ birth, birth + 1 };
            return true;
        }
    return false;
}

static enum layout find_layout(const struct fields *f, struct anchor *anchor)
{
    if (is_in_place(f))
        return LAYOUT_BY_POSITION;
    if (fields_find_anchor(f, anchor))
        return LAYOUT_BY_ANCHOR;
    if (has_known_count(f) && field_is_id(f->field[0]))
        return LAYOUT_BY_POSITION;
    if (field_is_id(f->field[0]) && guess_anchor(f, anchor))
        return LAYOUT_BY_ANCHOR;
    return LAYOUT_NONE;
}

static void read_card(struct arena *arena, const struct fields *f, enum layout layout,
                      struct anchor anchor, struct record *r)
{
    struct texts texts = { .map = f->mapped ? &f->map : NULL };

    record_clear(r);
    if (layout == LAYOUT_BY_POSITION)
        read_by_position(r, &texts, f);
    else
        read_by_anchor(r, &texts, f, anchor);
    texts_read(arena, &texts, r);
    if (f->unusual_separator)
        record_add_problem(r, PROBLEM_SEPARATOR, FIELD_NONE, nothing);
    if (f->run_together)
        record_add_problem(r, PROBLEM_RUN_TOGETHER, FIELD_NONE, nothing);
    record_derive(r, arena);
}

enum payload_kind payload_read(struct arena *arena, struct str line, struct record *out,
                               struct str *rest)
{
    struct fields f;
    enum damage_kind escaped = DAMAGE_NONE;
    struct str text = line;
    struct anchor anchor = { 0 };

    *rest = nothing;
    if (!fields_cut(text, &f)) {
        escaped = damage_unescape_line(arena, line, &text);
        if (escaped == DAMAGE_NONE || !fields_cut(text, &f))
            return f.count >= 5 && fields_are_pc_covid(&f) ? PAYLOAD_PC_COVID : PAYLOAD_OTHER;
    }
    enum layout layout = find_layout(&f, &anchor);
    if (layout == LAYOUT_NONE) {
        if (fields_are_pc_covid(&f))
            return PAYLOAD_PC_COVID;
        return fields_are_health_insurance(&f) ? PAYLOAD_HEALTH_INSURANCE : PAYLOAD_OTHER;
    }
    read_card(arena, &f, layout, anchor, out);
    *rest = f.rest;
    if (escaped != DAMAGE_NONE) {
        record_set_repair(out, damage_name(escaped), true, FIELD_NONE, line);
        record_add_problem(out, PROBLEM_TEXT_REPAIRED, FIELD_NONE, nothing);
    }
    return PAYLOAD_CARD;
}
