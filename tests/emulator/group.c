// SPDX-License-Identifier: MIT
#include "group.h"

#include <stdlib.h>
#include <openssl/core_names.h>
#include <openssl/objects.h>

static const int curves[19] = {
    [8] = NID_X9_62_prime192v1, [9] = NID_brainpoolP192r1,   [10] = NID_secp224r1,
    [11] = NID_brainpoolP224r1, [12] = NID_X9_62_prime256v1, [13] = NID_brainpoolP256r1,
    [14] = NID_brainpoolP320r1, [15] = NID_secp384r1,        [16] = NID_brainpoolP384r1,
    [17] = NID_brainpoolP512r1, [18] = NID_secp521r1,
};

static struct group *group_new(bool ec)
{
    struct group *g = calloc(1, sizeof *g);
    if (g == NULL)
        return NULL;
    g->ec = ec;
    g->ctx = BN_CTX_new();
    if (g->ctx == NULL)
        group_free(&g);
    return g;
}

void group_free(struct group **g)
{
    if (*g == NULL)
        return;
    EC_GROUP_free((*g)->curve);
    EC_POINT_free((*g)->base);
    BN_free((*g)->p);
    BN_free((*g)->g);
    BN_free((*g)->q);
    BN_CTX_free((*g)->ctx);
    free(*g);
    *g = NULL;
}

static struct group *curve_open(int nid)
{
    struct group *g = group_new(true);
    if (g == NULL)
        return NULL;
    g->p = BN_new();
    g->curve = EC_GROUP_new_by_curve_name(nid);
    if (g->p == NULL || g->curve == NULL ||
        EC_GROUP_get_curve(g->curve, g->p, NULL, NULL, g->ctx) != 1)
        group_free(&g);
    else
        g->q = BN_dup(EC_GROUP_get0_order(g->curve));
    return g;
}

static struct group *field_open(const EVP_PKEY *key)
{
    struct group *g = group_new(false);
    if (g != NULL && (EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_FFC_P, &g->p) != 1 ||
                      EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_FFC_G, &g->g) != 1 ||
                      EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_FFC_Q, &g->q) != 1))
        group_free(&g);
    return g;
}

// RFC 5114: 1024/160, 2048/224, 2048/256.
static struct group *field_standard(unsigned parameter)
{
    char names[][12] = { "dh_1024_160", "dh_2048_224", "dh_2048_256" };
    struct group *g = NULL;
    EVP_PKEY *key = NULL;
    OSSL_PARAM parameters[2] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, names[parameter], 0),
        OSSL_PARAM_construct_end(),
    };
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "DHX", NULL);
    if (ctx != NULL && EVP_PKEY_fromdata_init(ctx) == 1 &&
        EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_KEY_PARAMETERS, parameters) == 1)
        g = field_open(key);
    EVP_PKEY_free(key);
    EVP_PKEY_CTX_free(ctx);
    return g;
}

struct group *group_open(unsigned parameter)
{
    if (parameter < 3)
        return field_standard(parameter);
    return parameter < 19 && curves[parameter] != 0 ? curve_open(curves[parameter]) : NULL;
}

struct group *group_of_key(EVP_PKEY *key, BIGNUM **private_key)
{
    char name[64];
    struct group *g = NULL;
    *private_key = NULL;
    if (EVP_PKEY_is_a(key, "EC")) {
        if (EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, name, sizeof name,
                                           NULL) == 1)
            g = curve_open(OBJ_sn2nid(name));
    } else {
        g = field_open(key);
    }
    if (g != NULL && EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_PRIV_KEY, private_key) != 1)
        group_free(&g);
    return g;
}

static bool number_put(const BIGNUM *n, int length, struct buf *out)
{
    uint8_t octets[300];
    if (length > (int)sizeof octets || BN_bn2binpad(n, octets, length) != length)
        return false;
    buf_put(out, octets, (size_t)length);
    return true;
}

static bool point_put(const struct group *g, const EC_POINT *point, struct buf *out)
{
    uint8_t octets[200];
    size_t n = EC_POINT_point2oct(g->curve, point, POINT_CONVERSION_UNCOMPRESSED, octets,
                                  sizeof octets, g->ctx);
    buf_put(out, octets, n);
    return n > 1;
}

// An uncompressed point on the curve that is not at infinity (BSI TR-03110-3, A.2.2).
static EC_POINT *point_read(const struct group *g, struct view octets)
{
    EC_POINT *point = EC_POINT_new(g->curve);
    if (point != NULL && (octets.n < 2 || octets.b[0] != 0x04 ||
                          EC_POINT_oct2point(g->curve, point, octets.b, octets.n, g->ctx) != 1)) {
        EC_POINT_free(point);
        return NULL;
    }
    return point;
}

// 1 < y < p - 1, and in the subgroup (RFC 2631, 2.1.5).
static BIGNUM *integer_read(const struct group *g, struct view octets)
{
    BIGNUM *y = octets.n <= 512 ? BN_bin2bn(octets.b, (int)octets.n, NULL) : NULL;
    BIGNUM *t = BN_dup(g->p);
    bool ok = y != NULL && t != NULL && BN_cmp(y, BN_value_one()) > 0 && BN_sub_word(t, 1) == 1 &&
              BN_cmp(y, t) < 0 && BN_mod_exp(t, y, g->q, g->p, g->ctx) == 1 && BN_is_one(t);
    BN_free(t);
    if (!ok) {
        BN_free(y);
        return NULL;
    }
    return y;
}

static bool public_put(struct group *g, const BIGNUM *key, struct buf *out)
{
    bool ok = false;
    buf_clear(out);
    if (g->ec) {
        EC_POINT *point = EC_POINT_new(g->curve);
        if (point != NULL)
            ok = (g->base != NULL ? EC_POINT_mul(g->curve, point, NULL, g->base, key, g->ctx)
                                  : EC_POINT_mul(g->curve, point, key, NULL, NULL, g->ctx)) == 1 &&
                 point_put(g, point, out);
        EC_POINT_free(point);
    } else {
        BIGNUM *y = BN_new();
        ok = y != NULL && BN_mod_exp(y, g->g, key, g->p, g->ctx) == 1 &&
             number_put(y, BN_num_bytes(y), out); // 9.4.1: no leading zeros
        BN_free(y);
    }
    return ok;
}

bool group_key(struct group *g, random_source random, void *ctx, BIGNUM **key,
               struct buf *public_key)
{
    uint8_t octets[300];
    int n = BN_num_bytes(g->q);
    bool ok = false;
    BN_free(*key);
    *key = BN_new();
    while (!ok && *key != NULL && random(ctx, octets, (size_t)n) &&
           BN_bin2bn(octets, n, *key) != NULL) {
        BN_mask_bits(*key, BN_num_bits(g->q)); // fails when it is shorter, which is right too
        ok = !BN_is_zero(*key) && BN_cmp(*key, g->q) < 0;
    }
    return ok && public_put(g, *key, public_key);
}

bool group_agree(struct group *g, const BIGNUM *key, struct view peer, struct buf *shared)
{
    BIGNUM *x = BN_new();
    bool ok = false;
    buf_clear(shared);
    if (g->ec) {
        EC_POINT *point = point_read(g, peer);
        ok = point != NULL && x != NULL &&
             EC_POINT_mul(g->curve, point, NULL, point, key, g->ctx) == 1 &&
             EC_POINT_get_affine_coordinates(g->curve, point, x, NULL, g->ctx) == 1;
        EC_POINT_free(point);
    } else {
        BIGNUM *y = integer_read(g, peer);
        ok = y != NULL && x != NULL && BN_mod_exp(x, y, key, g->p, g->ctx) == 1;
        BN_free(y);
    }
    ok = ok && number_put(x, BN_num_bytes(g->p), shared);
    BN_clear_free(x);
    return ok;
}

static bool map_point(struct group *g, const BIGNUM *key, struct view peer, const BIGNUM *s)
{
    EC_POINT *h = point_read(g, peer);
    EC_POINT *mapped = EC_POINT_new(g->curve);
    bool ok = h != NULL && mapped != NULL &&
              EC_POINT_mul(g->curve, mapped, s, h, key, g->ctx) == 1 &&
              EC_POINT_is_at_infinity(g->curve, mapped) != 1;
    EC_POINT_free(h);
    if (!ok) {
        EC_POINT_free(mapped);
        return false;
    }
    EC_POINT_free(g->base);
    g->base = mapped;
    return true;
}

// g^s * h
static bool map_integer(struct group *g, const BIGNUM *key, struct view peer, const BIGNUM *s)
{
    BIGNUM *h = integer_read(g, peer);
    BIGNUM *shared = BN_new(), *power = BN_new();
    bool ok = h != NULL && shared != NULL && power != NULL &&
              BN_mod_exp(shared, h, key, g->p, g->ctx) == 1 &&
              BN_mod_exp(power, g->g, s, g->p, g->ctx) == 1 &&
              BN_mod_mul(g->g, power, shared, g->p, g->ctx) == 1 && !BN_is_one(g->g);
    BN_free(h);
    BN_clear_free(shared);
    BN_clear_free(power);
    return ok;
}

bool group_map_generic(struct group *g, const BIGNUM *key, struct view peer, struct view nonce)
{
    BIGNUM *s = BN_bin2bn(nonce.b, (int)nonce.n, NULL);
    bool ok = s != NULL && (g->ec ? map_point(g, key, peer, s) : map_integer(g, key, peer, s));
    BN_clear_free(s);
    return ok;
}

bool group_cam(struct group *g, const BIGNUM *static_key, const BIGNUM *map_key, struct buf *out)
{
    BIGNUM *n = BN_mod_inverse(NULL, static_key, g->q, g->ctx);
    bool ok = n != NULL && BN_mod_mul(n, n, map_key, g->q, g->ctx) == 1 &&
              number_put(n, BN_num_bytes(g->q), out);
    BN_clear_free(n);
    return ok;
}
