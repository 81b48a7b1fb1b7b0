// SPDX-License-Identifier: MIT
#include "chip/agree.h"

#include "base/wipe.h"
#include "chip/crypto.h"
#include "chip/random.h"

enum {
    SECRET_TRIES = 256, // half of them would do at the worst of orders: 2^-256 that all fail
    UNCOMPRESSED = 4,
};

size_t agree_length(const struct domain *d)
{
    return d->kind == AGREEMENT_ECDH ? 1 + 2 * d->length : d->length;
}

bool agree_put_element(const struct domain *d, struct str element, struct bytes *out)
{
    size_t length = agree_length(d);

    if (element.n == 0 || element.n > length ||
        (d->kind == AGREEMENT_ECDH && (element.n != length || element.p[0] != UNCOMPRESSED)))
        return false;
    for (size_t i = element.n; i < length; i++)
        bytes_put_char(out, 0);
    bytes_put_str(out, element);
    return !out->failed;
}

struct str agree_secret(const struct domain *d, const struct bytes *element)
{
    struct str whole = bytes_str(element);
    return d->kind == AGREEMENT_ECDH ? str_head(str_from(whole, 1), d->length) : whole;
}

bool agree_compress(enum security_agreement kind, struct str element, struct bytes *out)
{
    uint8_t hash[CRYPTO_HASH_MAX];

    if (kind == AGREEMENT_ECDH) {
        bytes_put_str(out, str_head(str_from(element, 1), element.n / 2));
        return !out->failed;
    }
    while (element.n > 1 && element.p[0] == 0)
        element = str_from(element, 1);
    bytes_put(out, hash, crypto_hash("SHA-1", element, hash));
    return out->n > 0 && !out->failed;
}

// EC_POINT_oct2point() refuses what is not on the curve. All curves of the table have the cofactor
// 1: there are no points of small order but the infinite one, which has another length.
EC_POINT *agree_point(const struct domain *d, struct str element, BN_CTX *ctx)
{
    EC_POINT *point = NULL;

    if (element.n == agree_length(d) && element.p[0] == UNCOMPRESSED)
        point = EC_POINT_new(d->group);
    if (point != NULL &&
        (EC_POINT_oct2point(d->group, point, octets(element), element.n, ctx) != 1 ||
         EC_POINT_is_at_infinity(d->group, point))) {
        EC_POINT_free(point);
        point = NULL;
    }
    return point;
}

static bool is_in_subgroup(const struct domain *d, const BIGNUM *value, BN_CTX *ctx)
{
    BIGNUM *power = BN_new(), *last = BN_dup(d->p);

    // 1 < value < p - 1
    bool good = power != NULL && last != NULL && BN_sub_word(last, 1) == 1 &&
                BN_cmp(value, BN_value_one()) > 0 && BN_cmp(value, last) < 0;
    if (good && d->q != NULL)
        good = BN_mod_exp(power, value, d->q, d->p, ctx) == 1 && BN_is_one(power);
    BN_free(power);
    BN_free(last);
    return good;
}

BIGNUM *agree_value(const struct domain *d, struct str element, BN_CTX *ctx)
{
    BIGNUM *value = NULL;

    if (element.n == agree_length(d))
        value = BN_bin2bn(octets(element), (int)element.n, NULL);
    if (value != NULL && !is_in_subgroup(d, value, ctx)) {
        BN_clear_free(value);
        value = NULL;
    }
    return value;
}

bool agree_put_point(const struct domain *d, const EC_POINT *point, struct bytes *out, BN_CTX *ctx)
{
    size_t length = agree_length(d);

    if (EC_POINT_is_at_infinity(d->group, point) || !bytes_reserve(out, length))
        return false;
    size_t n = EC_POINT_point2oct(d->group, point, POINT_CONVERSION_UNCOMPRESSED,
                                  (unsigned char *)out->p + out->n, length, ctx);
    if (n != length)
        return false;
    out->n += n;
    return true;
}

static bool put_number(const BIGNUM *value, size_t length, struct bytes *out)
{
    if (!bytes_reserve(out, length) ||
        BN_bn2binpad(value, (unsigned char *)out->p + out->n, (int)length) < 0)
        return false;
    out->n += length;
    return true;
}

static bool multiply_point(const struct domain *d, const BIGNUM *secret, const EC_POINT *point,
                           struct bytes *out, BN_CTX *ctx)
{
    EC_POINT *product = EC_POINT_new(d->group);

    bool good = product != NULL && EC_POINT_mul(d->group, product, NULL, point, secret, ctx) == 1 &&
                agree_put_point(d, product, out, ctx);
    EC_POINT_clear_free(product);
    return good;
}

static bool multiply_value(const struct domain *d, const BIGNUM *secret, const BIGNUM *value,
                           struct bytes *out, BN_CTX *ctx)
{
    BIGNUM *power = BN_new();

    bool good = power != NULL &&
                BN_mod_exp_mont_consttime(power, value, secret, d->p, ctx, NULL) == 1 &&
                !BN_is_one(power) && !BN_is_zero(power) && put_number(power, d->length, out);
    BN_clear_free(power);
    return good;
}

enum chip_code agree_multiply(const struct domain *d, const BIGNUM *secret, struct str element,
                              struct bytes *out)
{
    BN_CTX *ctx = BN_CTX_new();
    EC_POINT *point = NULL;
    BIGNUM *value = NULL;
    enum chip_code code = CHIP_CRYPTO;

    if (ctx != NULL && d->kind == AGREEMENT_ECDH) {
        point = agree_point(d, element, ctx);
        code = point == NULL                                ? CHIP_PARAMETERS
               : multiply_point(d, secret, point, out, ctx) ? CHIP_OK
                                                            : CHIP_CRYPTO;
    } else if (ctx != NULL) {
        value = agree_value(d, element, ctx);
        code = value == NULL                                ? CHIP_PARAMETERS
               : multiply_value(d, secret, value, out, ctx) ? CHIP_OK
                                                            : CHIP_CRYPTO;
    }
    EC_POINT_clear_free(point);
    BN_clear_free(value);
    BN_CTX_free(ctx);
    return code;
}

// Below the order; below p - 1 in a group that does not tell it.
static bool bound(const struct domain *d, BIGNUM *out)
{
    return d->q != NULL ? BN_copy(out, d->q) != NULL
                        : BN_copy(out, d->p) != NULL && BN_sub_word(out, 1) == 1;
}

// In 1..n-1, each as likely as the others: bytes of n's length without the bits above n's highest,
// again until they are in range.
static BIGNUM *make_secret(const BIGNUM *n)
{
    size_t length = (size_t)BN_num_bytes(n), spare = 8 * length - (size_t)BN_num_bits(n);
    BIGNUM *secret = BN_secure_new();
    struct bytes b = { 0 };
    bool good = false;

    for (int i = 0; i < SECRET_TRIES && !good; i++) {
        if (secret == NULL || !bytes_reserve(&b, length) || !chip_random(b.p, length))
            break;
        b.n = length;
        b.p[0] = (char)((uint8_t)b.p[0] & 0xFF >> spare);
        good = BN_bin2bn((unsigned char *)b.p, (int)length, secret) != NULL &&
               !BN_is_zero(secret) && BN_cmp(secret, n) < 0;
        b.n = 0;
        wipe(b.p, length);
    }
    bytes_free(&b);
    if (good) {
        BN_set_flags(secret, BN_FLG_CONSTTIME);
        return secret;
    }
    BN_clear_free(secret);
    return NULL;
}

bool key_pair_make(const struct domain *d, struct key_pair *out)
{
    BN_CTX *ctx = BN_CTX_new();
    BIGNUM *n = BN_new();

    *out = (struct key_pair){ NULL, { 0 } };
    if (ctx != NULL && n != NULL && bound(d, n))
        out->secret = make_secret(n);
    bool good =
        out->secret != NULL &&
        (d->kind == AGREEMENT_ECDH ? multiply_point(d, out->secret, d->base, &out->public_key, ctx)
                                   : multiply_value(d, out->secret, d->g, &out->public_key, ctx));
    BN_free(n);
    BN_CTX_free(ctx);
    if (!good)
        key_pair_free(out);
    return good;
}

void key_pair_free(struct key_pair *pair)
{
    BN_clear_free(pair->secret);
    pair->secret = NULL;
    bytes_free(&pair->public_key);
}

bool key_pair_put_secret(const struct domain *d, const struct key_pair *pair, struct bytes *out)
{
    return put_number(pair->secret, (size_t)BN_num_bytes(d->q != NULL ? d->q : d->p), out);
}
