// SPDX-License-Identifier: MIT
#include "chip/agree_key.h"

#include "chip/crypto.h"
#include "tlv/tlv.h"

enum {
    TAG_INTEGER = 0x02,
    TAG_BIT_STRING = 0x03,
    TAG_OCTETS = 0x04,
    TAG_OID = 0x06,
    TAG_SEQUENCE = 0x30,
    NUMBER_MAX = 1024,
    PRIME_BITS_MIN = 1024, // of a group of the card's own
    PRIME_BITS_MAX = 8192,
    ORDER_BITS_MIN = 160,
};

static const char oid_ec[] = "\x2A\x86\x48\xCE\x3D\x02\x01";            // id-ecPublicKey
static const char oid_prime_field[] = "\x2A\x86\x48\xCE\x3D\x01\x01";   // prime-field
static const char oid_standard[] = "\x04\x00\x7F\x00\x07\x01\x02";      // standardizedDomain...
static const char oid_pkcs3[] = "\x2A\x86\x48\x86\xF7\x0D\x01\x03\x01"; // dhKeyAgreement
static const char oid_x942[] = "\x2A\x86\x48\xCE\x3E\x02\x01";          // dhpublicnumber

#define OID(literal) ((struct str){ (literal), sizeof(literal) - 1 })

static bool take_number(struct tlv_reader *r, BIGNUM **out)
{
    struct tlv integer;

    if (!tlv_expect(r, TAG_INTEGER, &integer) || integer.value.n == 0 ||
        integer.value.n > NUMBER_MAX || (octets(integer.value)[0] & 0x80) != 0)
        return false;
    *out = BN_bin2bn(octets(integer.value), (int)integer.value.n, NULL);
    return *out != NULL;
}

static bool number_is(const BIGNUM *a, struct str octet_string)
{
    BIGNUM *b = octet_string.n <= NUMBER_MAX
                    ? BN_bin2bn(octets(octet_string), (int)octet_string.n, NULL)
                    : NULL;
    bool same = b != NULL && BN_cmp(a, b) == 0;
    BN_free(b);
    return same;
}

// ---- curves ----

// ECParameters of X9.62: only held against what is known, never computed with.
struct curve_words {
    BIGNUM *p, *order, *cofactor;
    struct str a, b, base;
};

static bool read_field(struct tlv_reader *r, struct curve_words *w)
{
    struct tlv field, oid;

    if (!tlv_expect(r, TAG_SEQUENCE, &field))
        return false;
    struct tlv_reader in = tlv_inside(&field);
    return tlv_expect(&in, TAG_OID, &oid) && str_eq(oid.value, OID(oid_prime_field)) &&
           take_number(&in, &w->p) && tlv_end(&in);
}

static bool read_coefficients(struct tlv_reader *r, struct curve_words *w)
{
    struct tlv curve, a, b, seed;

    if (!tlv_expect(r, TAG_SEQUENCE, &curve))
        return false;
    struct tlv_reader in = tlv_inside(&curve);
    if (!tlv_expect(&in, TAG_OCTETS, &a) || !tlv_expect(&in, TAG_OCTETS, &b))
        return false;
    tlv_take(&in, TAG_BIT_STRING, &seed);
    w->a = a.value;
    w->b = b.value;
    return tlv_end(&in);
}

static bool read_words(const struct tlv *parameters, struct curve_words *w)
{
    struct tlv_reader r = tlv_inside(parameters);
    struct tlv version, base;

    if (!tlv_expect(&r, TAG_INTEGER, &version) || !read_field(&r, w) || !read_coefficients(&r, w) ||
        !tlv_expect(&r, TAG_OCTETS, &base) || !take_number(&r, &w->order))
        return false;
    w->base = base.value;
    if (tlv_peek(&r) == TAG_INTEGER && !take_number(&r, &w->cofactor))
        return false;
    return tlv_end(&r);
}

static bool words_are(const struct domain *d, const struct curve_words *w, BN_CTX *ctx)
{
    BIGNUM *a = BN_new(), *b = BN_new();
    struct bytes base = { 0 };

    bool same = a != NULL && b != NULL && EC_GROUP_get_curve(d->group, NULL, a, b, ctx) == 1 &&
                BN_cmp(w->p, d->p) == 0 && BN_cmp(w->order, d->q) == 0 &&
                (w->cofactor == NULL || BN_is_one(w->cofactor)) && number_is(a, w->a) &&
                number_is(b, w->b) && agree_put_point(d, d->base, &base, ctx);
    // The generator may be compressed: its first byte then tells the last bit of the other half.
    if (same && w->base.n == 1 + d->length)
        same = w->base.p[0] == (2 | (base.p[base.n - 1] & 1)) &&
               memcmp(w->base.p + 1, base.p + 1, d->length) == 0;
    else if (same)
        same = str_eq(w->base, bytes_str(&base));
    BN_free(a);
    BN_free(b);
    bytes_free(&base);
    return same;
}

static struct domain *known_curve(const struct curve_words *w)
{
    enum { CURVE_FIRST = 8, CURVE_LAST = 18 };
    BN_CTX *ctx = BN_CTX_new();
    struct domain *found = NULL;

    for (uint32_t id = CURVE_FIRST; ctx != NULL && id <= CURVE_LAST && found == NULL; id++) {
        found = domain_new(id);
        if (found != NULL && !words_are(found, w, ctx))
            domain_free(&found);
    }
    BN_CTX_free(ctx);
    return found;
}

static struct domain *curve_of(struct tlv_reader *r)
{
    struct curve_words w = { .cofactor = NULL };
    struct domain *d = NULL;
    struct tlv parameters;

    if (tlv_take(r, TAG_OID, &parameters))
        return domain_new(domain_id_of_curve(parameters.value));
    if (tlv_expect(r, TAG_SEQUENCE, &parameters) && read_words(&parameters, &w))
        d = known_curve(&w);
    BN_free(w.p);
    BN_free(w.order);
    BN_free(w.cofactor);
    return d;
}

// ---- numbered domains and Diffie-Hellman groups ----

static struct domain *standard_domain(struct tlv_reader *r)
{
    struct tlv id;

    if (!tlv_expect(r, TAG_INTEGER, &id) || id.value.n != 1)
        return NULL;
    return domain_new(octets(id.value)[0]);
}

static struct domain *known_group(const BIGNUM *p, const BIGNUM *g)
{
    for (uint32_t id = 0; id <= 2; id++) {
        struct domain *d = domain_new(id);
        if (d != NULL && BN_cmp(d->p, p) == 0 && BN_cmp(d->g, g) == 0)
            return d;
        domain_free(&d);
    }
    return NULL;
}

// That p is prime and g of a large order, only its signed file can tell; here it must be numbers
// with which one can reckon.
static bool is_usable(const BIGNUM *p, const BIGNUM *g, const BIGNUM *q)
{
    return BN_num_bits(p) >= PRIME_BITS_MIN && BN_num_bits(p) <= PRIME_BITS_MAX && BN_is_odd(p) &&
           BN_cmp(g, BN_value_one()) > 0 && BN_cmp(g, p) < 0 &&
           (q == NULL || (BN_num_bits(q) >= ORDER_BITS_MIN && BN_cmp(q, p) < 0));
}

static struct domain *group_of(struct tlv_reader *r, bool with_order)
{
    BIGNUM *p = NULL, *g = NULL, *q = NULL;
    struct domain *d = NULL;
    struct tlv parameters;

    if (!tlv_expect(r, TAG_SEQUENCE, &parameters))
        return NULL;
    struct tlv_reader in = tlv_inside(&parameters);
    if (take_number(&in, &p) && take_number(&in, &g) && (!with_order || take_number(&in, &q)) &&
        is_usable(p, g, q)) {
        d = known_group(p, g);
        if (d == NULL)
            d = domain_new_own(p, g, q);
    }
    BN_free(p);
    BN_free(g);
    BN_free(q);
    return d;
}

static struct domain *domain_of(const struct tlv *algorithm)
{
    struct tlv_reader r = tlv_inside(algorithm);
    struct domain *d = NULL;
    struct tlv oid;

    if (!tlv_expect(&r, TAG_OID, &oid))
        return NULL;
    if (str_eq(oid.value, OID(oid_ec)))
        d = curve_of(&r);
    else if (str_eq(oid.value, OID(oid_standard)))
        d = standard_domain(&r);
    else if (str_eq(oid.value, OID(oid_pkcs3)) || str_eq(oid.value, OID(oid_x942)))
        d = group_of(&r, str_eq(oid.value, OID(oid_x942)));
    if (d != NULL && !tlv_end(&r))
        domain_free(&d);
    return d;
}

// ---- the key ----

static bool is_element(const struct domain *d, struct str element)
{
    BN_CTX *ctx = BN_CTX_new();
    EC_POINT *point = NULL;
    BIGNUM *value = NULL;

    if (ctx != NULL && d->kind == AGREEMENT_ECDH)
        point = agree_point(d, element, ctx);
    else if (ctx != NULL)
        value = agree_value(d, element, ctx);
    bool good = point != NULL || value != NULL;
    EC_POINT_free(point);
    BN_free(value);
    BN_CTX_free(ctx);
    return good;
}

// A point stands in the bit string as it is, a Diffie-Hellman value as an INTEGER (RFC
// 3279, 2.3.3).
static bool take_element(struct public_key *key, struct str bits)
{
    struct tlv_reader r;
    struct tlv integer;
    struct str value;

    if (bits.n < 2 || bits.p[0] != 0)
        return false;
    value = str_from(bits, 1);
    if (key->domain->kind == AGREEMENT_DH) {
        r = tlv_reader_of(value);
        if (!tlv_expect(&r, TAG_INTEGER, &integer) || !tlv_end(&r))
            return false;
        value = integer.value;
        while (value.n > 1 && value.p[0] == 0)
            value = str_from(value, 1);
    }
    return agree_put_element(key->domain, value, &key->element) &&
           is_element(key->domain, bytes_str(&key->element));
}

enum chip_code public_key_read(struct str info, struct public_key *out)
{
    struct tlv_reader r = tlv_reader_of(info);
    struct tlv whole, algorithm, bits;

    *out = (struct public_key){ NULL, { 0 } };
    if (!tlv_expect(&r, TAG_SEQUENCE, &whole) || !tlv_end(&r))
        return CHIP_PARAMETERS;
    r = tlv_inside(&whole);
    if (!tlv_expect(&r, TAG_SEQUENCE, &algorithm) || !tlv_expect(&r, TAG_BIT_STRING, &bits) ||
        !tlv_end(&r))
        return CHIP_PARAMETERS;
    out->domain = domain_of(&algorithm);
    if (out->domain == NULL)
        return CHIP_UNSUPPORTED;
    if (take_element(out, bits.value))
        return CHIP_OK;
    public_key_free(out);
    return CHIP_PARAMETERS;
}

void public_key_free(struct public_key *key)
{
    domain_free(&key->domain);
    bytes_free(&key->element);
}
