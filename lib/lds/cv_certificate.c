// SPDX-License-Identifier: MIT
#include "lds/cv_certificate.h"

#include "lds/reading.h"

// BSI TR-03110-3, table 36 (D.2).
enum {
    TAG_CERTIFICATE = 0x7F21,
    TAG_BODY = 0x7F4E,
    TAG_PROFILE = 0x5F29,
    TAG_AUTHORITY = 0x42,
    TAG_PUBLIC_KEY = 0x7F49,
    TAG_HOLDER = 0x5F20,
    TAG_TEMPLATE = 0x7F4C,
    TAG_DISCRETIONARY = 0x53,
    TAG_EFFECTIVE = 0x5F25,
    TAG_EXPIRY = 0x5F24,
    TAG_EXTENSIONS = 0x65,
    TAG_SIGNATURE = 0x5F37,
    DATE_DIGITS = 6,
    ROLE_SHIFT = 6,
};

// id-IS, 0.4.0.127.0.7.3.1.2.1
#define INSPECTION STR("\x04\x00\x7F\x00\x07\x03\x01\x02\x01")

// C.1.2: a country, a name, a number; letters of ISO 8859-1, none of which steers a terminal.
static bool is_reference(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        uint8_t c = (uint8_t)s.p[i];
        if (c < 0x20 || (c >= 0x7F && c < 0xA0))
            return false;
    }
    return s.n > 0 && s.n <= CV_REFERENCE_MAX;
}

static bool read_reference(struct tlv_reader *r, uint32_t tag, struct str *out,
                           struct lds_error *error)
{
    struct tlv e;
    if (!tlv_expect(r, tag, &e))
        return lds_fail_at(error, r);
    if (!is_reference(e.value))
        return lds_fail(error, LDS_VALUE, lds_value_at(&e));
    *out = e.value;
    return true;
}

// D.2.1.3: yymmdd of this century, a digit a byte.
static bool read_date(struct tlv_reader *r, uint32_t tag, struct date *out, struct lds_error *error)
{
    struct tlv e;
    if (!tlv_expect(r, tag, &e))
        return lds_fail_at(error, r);
    bool good = e.value.n == DATE_DIGITS;
    for (size_t i = 0; good && i < DATE_DIGITS; i++)
        good = (uint8_t)e.value.p[i] <= 9;
    if (good) {
        const char *p = e.value.p;
        *out = (struct date){ .year = (int16_t)(2000 + p[0] * 10 + p[1]),
                              .month = (uint8_t)(p[2] * 10 + p[3]),
                              .day = (uint8_t)(p[4] * 10 + p[5]) };
        good = date_is_day(*out) && date_is_real(*out);
    }
    return good || lds_fail(error, LDS_VALUE, lds_value_at(&e));
}

static bool read_key_object(const struct tlv *e, bool is_rsa, struct cv_public_key *out)
{
    struct str *const places[] = { is_rsa ? &out->modulus : &out->prime,
                                   is_rsa ? &out->exponent : &out->a,
                                   &out->b,
                                   &out->base,
                                   &out->order,
                                   &out->point,
                                   &out->cofactor };
    enum { FIRST = 0x81, LAST_RSA = 0x82, LAST = 0x87 };
    if (e->tag < FIRST || e->tag > (uint32_t)(is_rsa ? LAST_RSA : LAST) || e->value.n == 0 ||
        places[e->tag - FIRST]->n > 0)
        return false;
    *places[e->tag - FIRST] = e->value;
    return true;
}

// id-TA-RSA is the first arc below id-TA, id-TA-ECDSA the second (A.6.4): what the objects mean.
static bool is_rsa_key(struct str oid)
{
    static const char rsa[] = "\x04\x00\x7F\x00\x07\x02\x02\x02\x01";
    return str_starts(oid, (struct str){ rsa, sizeof rsa - 1 });
}

static bool read_key(struct tlv_reader *body, struct cv_public_key *out, struct lds_error *error)
{
    struct tlv_reader r;
    struct tlv e;
    if (!lds_enter(body, TAG_PUBLIC_KEY, &r, error))
        return false;
    if (!tlv_expect(&r, TAG_OID, &e))
        return lds_fail_at(error, &r);
    out->oid = e.value;
    bool is_rsa = is_rsa_key(e.value);
    while (tlv_next(&r, &e))
        if (!read_key_object(&e, is_rsa, out))
            return lds_fail(error, LDS_VALUE, e.at);
    if (!lds_end(&r, error))
        return false;
    bool whole = is_rsa ? out->modulus.n > 0 && out->exponent.n > 0 : out->point.n > 0;
    return whole || lds_fail(error, LDS_VALUE, r.base);
}

static bool read_template(struct tlv_reader *body, struct cv_certificate *out,
                          struct lds_error *error)
{
    struct tlv_reader r;
    struct tlv kind, bits;
    if (!lds_enter(body, TAG_TEMPLATE, &r, error))
        return false;
    if (!tlv_expect(&r, TAG_OID, &kind) || !tlv_expect(&r, TAG_DISCRETIONARY, &bits))
        return lds_fail_at(error, &r);
    if (bits.value.n == 0)
        return lds_fail(error, LDS_VALUE, bits.at);
    out->is_inspection = str_eq(kind.value, INSPECTION);
    out->role = (enum cv_role)((uint8_t)bits.value.p[0] >> ROLE_SHIFT);
    if (out->is_inspection)
        out->rights =
            (uint8_t)bits.value.p[bits.value.n - 1] & (uint8_t)(CV_RIGHT_DG3 | CV_RIGHT_DG4);
    return lds_end(&r, error);
}

static bool read_body(const struct tlv *element, struct cv_certificate *out,
                      struct lds_error *error)
{
    struct tlv_reader r = tlv_inside(element);
    struct tlv e;
    if (!tlv_expect(&r, TAG_PROFILE, &e))
        return lds_fail_at(error, &r);
    if (e.value.n != 1 || e.value.p[0] != 0)
        return lds_fail(error, LDS_UNSUPPORTED, lds_value_at(&e));
    if (!read_reference(&r, TAG_AUTHORITY, &out->authority, error) ||
        !read_key(&r, &out->key, error) || !read_reference(&r, TAG_HOLDER, &out->holder, error) ||
        !read_template(&r, out, error) || !read_date(&r, TAG_EFFECTIVE, &out->effective, error) ||
        !read_date(&r, TAG_EXPIRY, &out->expiry, error))
        return false;
    tlv_take(&r, TAG_EXTENSIONS, &e);
    return lds_end(&r, error);
}

bool cv_certificate_read(struct str file, struct cv_certificate *out, struct lds_error *error)
{
    struct tlv_reader r;
    struct tlv body, signature;

    *out = (struct cv_certificate){ .whole = file };
    if (!lds_open(file, TAG_CERTIFICATE, &r, error))
        return false;
    out->content = r.all;
    if (!tlv_expect(&r, TAG_BODY, &body) || !tlv_expect(&r, TAG_SIGNATURE, &signature))
        return lds_fail_at(error, &r);
    if (signature.value.n == 0)
        return lds_fail(error, LDS_VALUE, signature.at);
    out->body = body.whole;
    out->signature = signature.value;
    return lds_end(&r, error) && read_body(&body, out, error);
}

bool cv_trust_points_read(struct str file, struct cv_trust_points *out, struct lds_error *error)
{
    struct tlv_reader r = tlv_reader_of(file);

    *out = (struct cv_trust_points){ .n = 0 };
    *error = (struct lds_error){ LDS_FINE, 0 };
    while (out->n < CV_TRUST_POINTS_MAX && (out->n == 0 || tlv_peek(&r) == TAG_AUTHORITY))
        if (!read_reference(&r, TAG_AUTHORITY, &out->name[out->n++], error))
            return false;
    for (size_t i = r.at; i < file.n; i++)
        if (file.p[i] != 0)
            return lds_fail(error, LDS_SURPLUS, i);
    return true;
}

void cv_put_reference(struct bytes *out, struct str reference)
{
    for (size_t i = 0; i < reference.n; i++) {
        uint8_t c = (uint8_t)reference.p[i];
        if (c >= 0x80)
            bytes_put_char(out, (char)(0xC0 | c >> 6));
        bytes_put_char(out, (char)(c >= 0x80 ? 0x80 | (c & 0x3F) : c));
    }
}
