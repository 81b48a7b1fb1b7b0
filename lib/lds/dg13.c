// SPDX-License-Identifier: MIT
// 6D { SEQUENCE { INTEGER 1, OID 1.0.10646.1.0.8, SET OF SEQUENCE { INTEGER number, value } } }
#include "lds/dg13.h"

#include "lds/reading.h"
#include "text/utf8.h"

enum { TAG_DG13 = 0x6D, VERSION = 1, DEPTH_MAX = 4 };

// All of them are judged as UTF-8, which the ASCII of the others is too.
static bool is_string(uint32_t tag)
{
    enum { NUMERIC = 0x12, PRINTABLE = 0x13, TELETEX = 0x14, IA5 = 0x16, VISIBLE = 0x1A };
    return tag == TAG_UTF8 || tag == NUMERIC || tag == PRINTABLE || tag == TELETEX || tag == IA5 ||
           tag == VISIBLE;
}

// Goes through what is in a list field. Two shapes are in use: one SEQUENCE of the texts, or one
// SEQUENCE for each. An empty one stands for a text, since the place tells father from mother.
// *plain: nothing else than texts was met.
static bool gather(struct tlv_reader *r, unsigned depth, struct dg13_field *f, bool *plain,
                   struct lds_error *error)
{
    struct tlv e;
    while (tlv_next(r, &e)) {
        bool nested = e.tag == TAG_SEQUENCE || e.tag == TAG_SET;
        if (nested && e.value.n > 0) {
            struct tlv_reader inside = tlv_inside(&e);
            if (depth == DEPTH_MAX)
                return lds_fail(error, LDS_TOO_MANY, e.at);
            if (!gather(&inside, depth + 1, f, plain, error))
                return false;
            continue;
        }
        if (f->listed == DG13_LIST_MAX)
            return lds_fail(error, LDS_TOO_MANY, e.at);
        *plain = *plain && (nested || (is_string(e.tag) && utf8_is_valid(e.value)));
        f->list[f->listed++] = e.value;
    }
    return r->fault == TLV_FINE || lds_fail_at(error, r);
}

static bool read_list(struct tlv_reader *r, struct dg13_field *f, struct lds_error *error)
{
    bool plain = true, empty = true;
    if (!gather(r, 0, f, &plain, error))
        return false;
    for (size_t i = 0; i < f->listed; i++)
        empty = empty && f->list[i].n == 0;
    if (empty || !plain)
        f->listed = 0;
    f->state = !plain ? DG13_OTHER : empty ? DG13_EMPTY : DG13_LIST;
    return true;
}

static bool read_text(struct tlv_reader *r, struct dg13_field *f, struct lds_error *error)
{
    struct tlv e, second;
    bool one = tlv_next(r, &e) && !tlv_next(r, &second);
    if (r->fault != TLV_FINE)
        return lds_fail_at(error, r);
    if (!one || (e.value.n > 0 && !(is_string(e.tag) && utf8_is_valid(e.value)))) {
        f->state = one || r->at > 0 ? DG13_OTHER : DG13_EMPTY;
        return true;
    }
    f->state = e.value.n > 0 ? DG13_TEXT : DG13_EMPTY;
    f->text = e.value;
    return true;
}

static bool keep_unknown(const struct tlv *entry, uint32_t number, struct dg13 *out,
                         struct lds_error *error)
{
    for (size_t i = 0; i < out->unknown_count; i++)
        if (out->unknown[i].number == number)
            return lds_fail(error, LDS_VALUE, entry->at);
    if (out->unknown_count == DG13_UNKNOWN_MAX)
        return lds_fail(error, LDS_TOO_MANY, entry->at);
    out->unknown[out->unknown_count++] = (struct dg13_unknown){ number, entry->whole, entry->at };
    return true;
}

static bool read_entry(const struct tlv *entry, struct dg13 *out, struct lds_error *error)
{
    struct tlv_reader r = tlv_inside(entry);
    uint32_t number;

    if (!lds_expect_number(&r, &number, error))
        return false;
    if (number == 0 || number >= DG13_NUMBERS)
        return keep_unknown(entry, number, out, error);
    struct dg13_field *f = &out->field[number];
    if (f->state != DG13_ABSENT)
        return lds_fail(error, LDS_VALUE, entry->at);
    f->whole = entry->whole;
    f->at = entry->at;
    // What is inside is a reader of its own, so that it can be told whether anything is there.
    r = (struct tlv_reader){ .all = str_from(r.all, r.at), .base = r.base + r.at };
    return number == DG13_PARENTS || number == DG13_SPOUSE ? read_list(&r, f, error)
                                                           : read_text(&r, f, error);
}

static bool read_entries(struct tlv_reader *r, struct dg13 *out, struct lds_error *error)
{
    struct tlv e;
    while (r->at < r->all.n) {
        if (!tlv_expect(r, TAG_SEQUENCE, &e))
            return lds_fail_at(error, r);
        if (!read_entry(&e, out, error))
            return false;
    }
    return true;
}

bool dg13_read(struct str file, struct dg13 *out, struct lds_error *error)
{
    struct tlv_reader outer, r, set;
    struct tlv oid;
    uint32_t version;

    *out = (struct dg13){ 0 };
    if (!lds_open(file, TAG_DG13, &outer, error) || !lds_enter(&outer, TAG_SEQUENCE, &r, error) ||
        !lds_end(&outer, error) || !lds_expect_number(&r, &version, error))
        return false;
    // The numbers of another version may mean other things.
    if (version != VERSION)
        return lds_fail(error, LDS_UNSUPPORTED, r.base);
    if (!tlv_expect(&r, TAG_OID, &oid))
        return lds_fail_at(error, &r);
    out->text_oid = oid.value;
    return lds_enter(&r, TAG_SET, &set, error) && lds_end(&r, error) &&
           read_entries(&set, out, error);
}
