// SPDX-License-Identifier: MIT
// A record as JSON. Its size is bounded first, so that the writing itself need not look.
#include "base/base64.h"
#include "text/utf8.h"
#include "wire/item.h"
#include "wire/pen.h"

static bool is_stated(const struct record *r, enum field field)
{
    return (r->stated & FIELD_BIT(field)) != 0;
}

// All the names, brackets, numbers and table texts that a record without texts and problems takes.
enum { FIXED_MAX = 2048, PROBLEM_FIXED_MAX = 256 };

static size_t json_bound(const struct record *r, say_fn *say)
{
    size_t texts = r->name.n + r->residence.n + r->derived.name_ascii.n;
    size_t n = FIXED_MAX;

    for (size_t i = 0; i < r->extra_count; i++)
        texts += r->extra[i].n + 1;
    for (size_t i = 0; r->repair_kind != NULL && i < FIELD_COUNT; i++)
        texts += r->original[i].n + 8;
    for (size_t i = 0; i < r->problem_count; i++) {
        texts += r->problems[i].value.n + strlen(say(problem_sentence(r->problems[i].code)));
        n += PROBLEM_FIXED_MAX;
    }
    if (is_stated(r, FIELD_MRZ))
        texts += r->mrz[0].n + r->mrz[1].n + r->mrz[2].n + r->mrz_surname.n + r->mrz_given.n;
    return n + PEN_JSON_MAX(texts);
}

static char *put_text(char *w, const struct record *r, enum field field, struct str s)
{
    return r->plain & FIELD_BIT(field) ? pen_quoted(w, s) : pen_json(w, s);
}

static char *put_extra(char *w, const struct record *r)
{
    w = PEN(w, ",\"extra\":");
    for (size_t i = 0; i < r->extra_count; i++) {
        *w++ = i > 0 ? ',' : '[';
        w = put_text(w, r, FIELD_EXTRA, r->extra[i]);
    }
    *w++ = ']';
    return w;
}

static char *put_mrz(char *w, const struct record *r)
{
    w = PEN(w, ",\"mrz\":{\"lines\":[");
    for (size_t i = 0; i < 3; i++) {
        if (i > 0)
            *w++ = ',';
        w = pen_json(w, r->mrz[i]);
    }
    w = PEN(w, "],\"surname\":");
    w = pen_json(w, r->mrz_surname);
    w = PEN(w, ",\"given_names\":");
    w = pen_json(w, r->mrz_given);
    *w++ = '}';
    return w;
}

static char *put_who(char *w, const struct record *r)
{
    if (is_stated(r, FIELD_ID)) {
        w = PEN(w, "\"id\":");
        w = pen_quoted(w, r->id);
        *w++ = ',';
    }
    if (is_stated(r, FIELD_OLD_ID)) {
        w = PEN(w, "\"old_id\":");
        w = r->old_id.n > 0 ? pen_quoted(w, r->old_id) : PEN(w, "null");
        *w++ = ',';
    }
    if (is_stated(r, FIELD_NAME)) {
        w = PEN(w, "\"name\":");
        w = put_text(w, r, FIELD_NAME, r->name);
        *w++ = ',';
    }
    if (is_stated(r, FIELD_BIRTH_DATE)) {
        w = PEN(w, "\"birth_date\":");
        w = pen_date(w, r->birth_date);
        *w++ = ',';
    }
    if (is_stated(r, FIELD_SEX))
        w = r->sex == SEX_MALE ? PEN(w, "\"sex\":\"male\",") : PEN(w, "\"sex\":\"female\",");
    return w;
}

static char *put_what(char *w, const struct record *r)
{
    if (is_stated(r, FIELD_RESIDENCE)) {
        w = PEN(w, "\"residence\":");
        w = put_text(w, r, FIELD_RESIDENCE, r->residence);
        *w++ = ',';
    }
    if (is_stated(r, FIELD_ISSUE_DATE)) {
        w = PEN(w, "\"issue_date\":");
        w = pen_date(w, r->issue_date);
        *w++ = ',';
    }
    if (is_stated(r, FIELD_EXPIRY_DATE)) {
        w = PEN(w, "\"expiry_date\":");
        w = pen_date(w, r->expiry_date);
        *w++ = ',';
    }
    w = PEN(w, "\"card\":");
    w = pen_quoted(w, card_name(r->card));
    if (r->extra_count > 0)
        w = put_extra(w, r);
    return is_stated(r, FIELD_MRZ) ? put_mrz(w, r) : w;
}

static char *put_expiry(char *w, const struct expiry *e)
{
    w = PEN(w, "\"expiry\":{\"date\":");
    w = pen_date(w, e->candidate[0].date);
    w = e->law == EXPIRY_LAW_2014 ? PEN(w, ",\"rule\":\"2014-") : PEN(w, ",\"rule\":\"2023-");
    w = e->candidate[0].age == 0 ? PEN(w, "none") : pen_number(w, e->candidate[0].age);
    *w++ = '"';
    if (e->count > 1) {
        w = PEN(w, ",\"candidates\":");
        for (size_t i = 0; i < e->count; i++) {
            *w++ = i > 0 ? ',' : '[';
            w = pen_date(w, e->candidate[i].date);
        }
        *w++ = ']';
    }
    if (date_is_set(e->prolonged_to)) {
        w = PEN(w, ",\"prolonged_to\":");
        w = pen_date(w, e->prolonged_to);
    }
    return PEN(w, "},");
}

static char *put_number_facts(char *w, const struct record *r)
{
    const struct number_facts *number = &r->derived.number;

    w = PEN(w, "\"number\":{\"area\":");
    w = pen_quoted(w, str_head(r->id, 3));
    if (number->area != NULL) {
        w = number->foreign ? PEN(w, ",\"area_kind\":\"country\",\"area_name\":")
                            : PEN(w, ",\"area_kind\":\"province\",\"area_name\":");
        w = pen_quoted(w, str_of(number->area));
    }
    w = number->sex == SEX_MALE ? PEN(w, ",\"sex\":\"male\",\"birth_year\":")
                                : PEN(w, ",\"sex\":\"female\",\"birth_year\":");
    w = pen_number(w, (unsigned long)number->birth_year);
    return PEN(w, "},");
}

static char *put_keys(char *w, struct str id)
{
    w = PEN(w, "\"mrz_number\":");
    w = pen_quoted(w, str_from(id, 3));
    w = PEN(w, ",\"can\":");
    w = pen_quoted(w, str_from(id, 6));
    *w++ = ',';
    return w;
}

static char *put_derived(char *w, const struct record *r)
{
    const struct derived *d = &r->derived;

    w = PEN(w, ",\"derived\":{");
    if (d->has_expiry)
        w = put_expiry(w, &d->expiry);
    if (d->issuer.n > 0) {
        w = PEN(w, "\"issuer\":");
        w = pen_quoted(w, d->issuer);
        *w++ = ',';
    }
    if (d->has_number)
        w = put_number_facts(w, r);
    if (r->id.n == ID_LENGTH)
        w = put_keys(w, r->id);
    if (d->age_at_issue >= 0) {
        w = PEN(w, "\"age_at_issue\":");
        w = pen_number(w, (unsigned long)d->age_at_issue);
        *w++ = ',';
    }
    w = PEN(w, "\"name_ascii\":");
    w = pen_quoted(w, d->name_ascii);
    *w++ = '}';
    return w;
}

static char *put_base64(char *w, struct str s)
{
    struct bytes text = { 0 };
    base64_put(&text, s);
    w = pen_quoted(w, bytes_str(&text));
    bytes_free(&text);
    return w;
}

// Originals that are no UTF-8 cannot be JSON text and stand as base64.
static char *put_originals(char *w, const struct record *r, bool as_text)
{
    bool first = true;
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        struct str s = r->original[i];
        if (s.n == 0 || utf8_is_valid(s) != as_text)
            continue;
        if (!first)
            *w++ = ',';
        else
            w = as_text ? PEN(w, ",\"original\":{") : PEN(w, ",\"original_base64\":{");
        first = false;
        w = pen_quoted(w, i == FIELD_NONE ? STR("line") : str_of(field_name((enum field)i)));
        *w++ = ':';
        w = as_text ? pen_json(w, s) : put_base64(w, s);
    }
    if (!first)
        *w++ = '}';
    return w;
}

static char *put_repair(char *w, const struct record *r)
{
    w = PEN(w, ",\"repair\":{\"kind\":");
    w = pen_quoted(w, str_of(r->repair_kind));
    w = r->repair_certain ? PEN(w, ",\"confidence\":\"certain\"")
                          : PEN(w, ",\"confidence\":\"likely\"");
    w = put_originals(w, r, true);
    w = put_originals(w, r, false);
    *w++ = '}';
    return w;
}

static char *put_problem(char *w, const struct problem *p, say_fn *say)
{
    w = PEN(w, "{\"code\":");
    w = pen_quoted(w, str_of(problem_name(p->code)));
    w = PEN(w, ",\"severity\":");
    w = pen_quoted(w, str_of(severity_name(problem_severity(p->code))));
    if (p->field != FIELD_NONE) {
        w = PEN(w, ",\"field\":");
        w = pen_quoted(w, str_of(field_name(p->field)));
    }
    if (p->value.n > 0) {
        w = PEN(w, ",\"value\":");
        w = pen_json(w, p->value);
    }
    w = PEN(w, ",\"message\":");
    w = pen_json(w, str_of(say(problem_sentence(p->code))));
    *w++ = '}';
    return w;
}

void wire_put_record(struct bytes *out, const struct record *r, say_fn *say)
{
    if (!bytes_reserve(out, json_bound(r, say)))
        return;
    char *w = out->p + out->n;
    *w++ = '{';
    w = put_who(w, r);
    w = put_what(w, r);
    w = put_derived(w, r);
    if (r->repair_kind != NULL)
        w = put_repair(w, r);
    w = PEN(w, ",\"problems\":[");
    for (size_t i = 0; i < r->problem_count; i++) {
        if (i > 0)
            *w++ = ',';
        w = put_problem(w, &r->problems[i], say);
    }
    w = PEN(w, "]}");
    out->n = (size_t)(w - out->p);
}
