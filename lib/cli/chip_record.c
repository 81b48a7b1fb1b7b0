// SPDX-License-Identifier: MIT
#include "cli/chip_record.h"

#include "base/base64.h"
#include "payload/payload.h"
#include "text/norm.h"
#include "wire/json.h"
#include "wire/record_value.h"

static struct str text_of(const struct dg13 *dg13, enum dg13_number number)
{
    const struct dg13_field *f = &dg13->field[number];
    return f->state == DG13_TEXT ? f->text : (struct str){ "", 0 };
}

static struct str composed(struct arena *arena, struct str text)
{
    bool changed;
    return norm_nfc(arena, text, &changed);
}

static void take(struct arena *arena, struct record *r, const struct dg13 *dg13,
                 enum dg13_number number, enum field field)
{
    struct str value = composed(arena, text_of(dg13, number));

    if (value.n > 0)
        record_take(r, field, value);
}

// A date, or words that say that there is none.
static void take_expiry(struct arena *arena, struct record *r, const struct dg13 *dg13)
{
    struct str value = composed(arena, text_of(dg13, DG13_EXPIRY));

    if (value.n > 0 && char_is_digit(value.p[0]))
        record_take(r, FIELD_EXPIRY_DATE, value);
    else if (value.n > 0)
        record_take_none(r, FIELD_EXPIRY_DATE);
}

static void take_dg13(struct arena *arena, struct record *r, const struct dg13 *dg13)
{
    take(arena, r, dg13, DG13_ID, FIELD_ID);
    take(arena, r, dg13, DG13_NAME, FIELD_NAME);
    take(arena, r, dg13, DG13_BIRTH, FIELD_BIRTH_DATE);
    take(arena, r, dg13, DG13_SEX, FIELD_SEX);
    take(arena, r, dg13, DG13_RESIDENCE, FIELD_RESIDENCE);
    take(arena, r, dg13, DG13_ISSUED, FIELD_ISSUE_DATE);
    take_expiry(arena, r, dg13);
    if (text_of(dg13, DG13_OLD_NUMBER).n > 0)
        take(arena, r, dg13, DG13_OLD_NUMBER, FIELD_OLD_ID);
    else if (dg13->field[DG13_OLD_NUMBER].state == DG13_EMPTY)
        record_take_none(r, FIELD_OLD_ID);
}

static bool read_zone(struct arena *arena, const struct dg1 *dg1, struct record *out)
{
    struct str line[MRZ_TD1_LINES];

    if (dg1 == NULL || dg1->size != DG1_TD1)
        return false;
    for (size_t i = 0; i < MRZ_TD1_LINES; i++)
        line[i] = str_head(str_from(dg1->zone, i * MRZ_TD1_LINE), MRZ_TD1_LINE);
    return payload_read_mrz(arena, line, out);
}

static void add_zone(struct record *r, const struct record *zone)
{
    for (size_t i = 0; i < 3; i++)
        r->mrz[i] = zone->mrz[i];
    r->mrz_surname = zone->mrz_surname;
    r->mrz_given = zone->mrz_given;
    r->stated |= FIELD_BIT(FIELD_MRZ);
}

bool chip_record_make(struct arena *arena, const struct dg1 *dg1, const struct dg13 *dg13,
                      struct record *out)
{
    struct record zone;
    bool has_zone = read_zone(arena, dg1, &zone);

    if (dg13 == NULL) {
        if (has_zone)
            *out = zone;
        return has_zone;
    }
    record_clear(out);
    take_dg13(arena, out, dg13);
    if (has_zone)
        add_zone(out, &zone);
    if (date_is_set(out->issue_date))
        out->card =
            expiry_law_on(out->issue_date) == EXPIRY_LAW_2014 ? CARD_CCCD_2021 : CARD_CAN_CUOC_2024;
    record_derive(out, arena);
    return out->stated != 0;
}

// ---- what no record has ----

static void put_name(struct bytes *out, const char *name)
{
    json_put_string(out, str_of(name));
    bytes_put_char(out, ':');
}

static void put_list(struct bytes *out, const struct dg13_field *f)
{
    bytes_put_char(out, '[');
    if (f->state == DG13_TEXT)
        json_put_string(out, f->text);
    for (size_t i = 0; f->state == DG13_LIST && i < f->listed; i++) {
        if (i > 0)
            bytes_put_char(out, ',');
        json_put_string(out, f->list[i]);
    }
    bytes_put_char(out, ']');
}

static void put_whole(struct bytes *out, struct str whole)
{
    bytes_put_char(out, '"');
    base64_put(out, whole);
    bytes_put_char(out, '"');
}

static void put_field(struct bytes *out, const char *name, const struct dg13_field *f, bool list)
{
    if (f->state == DG13_ABSENT)
        return;
    put_name(out, name);
    if (f->state == DG13_OTHER)
        put_whole(out, f->whole);
    else if (list)
        put_list(out, f);
    else if (f->state == DG13_TEXT)
        json_put_string(out, f->text);
    else
        bytes_lit(out, "null");
    bytes_put_char(out, ',');
}

static void put_unknown(struct bytes *out, const struct dg13 *dg13)
{
    if (dg13->unknown_count == 0)
        return;
    bytes_lit(out, "\"unknown\":[");
    for (size_t i = 0; i < dg13->unknown_count; i++) {
        bytes_put_str(out, i > 0 ? STR(",{\"number\":") : STR("{\"number\":"));
        bytes_put_number(out, dg13->unknown[i].number);
        bytes_lit(out, ",\"der\":");
        put_whole(out, dg13->unknown[i].whole);
        bytes_put_char(out, '}');
    }
    bytes_lit(out, "],");
}

void chip_record_put_more(struct bytes *out, const struct dg13 *dg13)
{
    static const struct {
        enum dg13_number number;
        const char *name;
        bool list;
    } rows[] = {
        { DG13_NATIONALITY, "nationality", false },
        { DG13_ETHNICITY, "ethnicity", false },
        { DG13_RELIGION, "religion", false },
        { DG13_ORIGIN, "origin", false },
        { DG13_IDENTIFYING_MARKS, "identifying_marks", false },
        { DG13_PARENTS, "parents", true },
        { DG13_SPOUSE, "spouse", true },
        { DG13_CARD, "field_16", false },
    };
    size_t begin = out->n;

    bytes_lit(out, "\"person\":{");
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        put_field(out, rows[i].name, &dg13->field[rows[i].number], rows[i].list);
    put_unknown(out, dg13);
    if (out->n > begin && out->p[out->n - 1] == ',')
        out->n--;
    bytes_lit(out, "},");
}

static void put_text(struct bytes *out, const char *name, struct str value)
{
    if (value.n == 0)
        return;
    put_name(out, name);
    json_put_string(out, value);
    bytes_put_char(out, ',');
}

void chip_record_put_zone(struct bytes *out, const struct dg1 *dg1)
{
    static const char *const sizes[] = { "TD1", "TD2", "TD3" };

    bytes_lit(out, "\"zone\":{");
    put_text(out, "size", str_of(sizes[dg1->size]));
    put_text(out, "document_code", dg1->document_code);
    put_text(out, "issuer", dg1->issuer);
    put_text(out, "document_number", dg1->document_number);
    put_text(out, "document_rest", dg1->document_rest);
    put_text(out, "surname", dg1->surname);
    put_text(out, "given_names", dg1->given);
    put_text(out, "nationality", dg1->nationality);
    put_text(out, "birth", (struct str){ dg1->birth, sizeof dg1->birth });
    put_text(out, "expiry", (struct str){ dg1->expiry, sizeof dg1->expiry });
    bool holds = true;
    for (int i = 0; i < DG1_CHECK_COUNT; i++)
        holds &= dg1->holds[i];
    bytes_put_str(out, holds ? STR("\"check_digits\":true},") : STR("\"check_digits\":false},"));
}
