// SPDX-License-Identifier: MIT
// Integrated mapping of PACE (ICAO Doc 9303-11, 4.4.3.3.2, and appendix B).
#include "group.h"

#include <string.h>

struct constants {
    uint8_t c0[32], c1[32];
    size_t n;
};

static const struct constants constants_128 = {
    { 0xA6, 0x68, 0x89, 0x2A, 0x7C, 0x41, 0xE3, 0xCA, 0x73, 0x9F, 0x40, 0xB0, 0x57, 0xD8, 0x59,
      0x04 },
    { 0xA4, 0xE1, 0x36, 0xAC, 0x72, 0x5F, 0x73, 0x8B, 0x01, 0xC1, 0xF6, 0x02, 0x17, 0xC1, 0x88,
      0xAD },
    16,
};

static const struct constants constants_256 = {
    { 0xD4, 0x63, 0xD6, 0x52, 0x34, 0x12, 0x4E, 0xF7, 0x89, 0x70, 0x54,
      0x98, 0x6D, 0xCA, 0x0A, 0x17, 0x4E, 0x28, 0xDF, 0x75, 0x8C, 0xBA,
      0xA0, 0x3F, 0x24, 0x06, 0x16, 0x41, 0x4D, 0x5A, 0x16, 0x76 },
    { 0x54, 0xBD, 0x72, 0x55, 0xF0, 0xAA, 0xF8, 0x31, 0xBE, 0xC3, 0x42,
      0x3F, 0xCF, 0x39, 0xD6, 0x9B, 0x6C, 0xBF, 0x06, 0x66, 0x77, 0xD0,
      0xFA, 0xAE, 0x5A, 0xAD, 0xD9, 0x9D, 0xF8, 0xE5, 0x35, 0x17 },
    32,
};

// R_p(s, t): a chain of encryptions gives as many bits as the prime has and 64 more, then mod p.
static BIGNUM *pseudo_random(const struct group *g, enum cipher c, struct view s, struct view t)
{
    const struct constants *k =
        c == CIPHER_3DES || c == CIPHER_AES128 ? &constants_128 : &constants_256;
    uint8_t key[32], next[32], x[400];
    size_t need = ((size_t)BN_num_bits(g->p) + 64 + 7) / 8, n = 0;
    BIGNUM *r = NULL;
    if (s.n != k->n || t.n != cipher_key_length(c))
        return NULL;
    bool ok = cipher_cbc(c, t.b, true, NULL, s.b, s.n, key);
    for (; ok && n < need; n += k->n) {
        ok = cipher_cbc(c, key, true, NULL, k->c1, k->n, x + n) &&
             cipher_cbc(c, key, true, NULL, k->c0, k->n, next);
        memcpy(key, next, k->n);
    }
    if (ok && (r = BN_bin2bn(x, (int)n, NULL)) != NULL && BN_nnmod(r, r, g->p, g->ctx) != 1) {
        BN_free(r);
        r = NULL;
    }
    return r;
}

// x^3 + a x + b
static bool curve_at(const struct group *g, const BIGNUM *a, const BIGNUM *b, const BIGNUM *x,
                     BIGNUM *out)
{
    return BN_mod_sqr(out, x, g->p, g->ctx) == 1 && BN_mod_add(out, out, a, g->p, g->ctx) == 1 &&
           BN_mod_mul(out, out, x, g->p, g->ctx) == 1 && BN_mod_add(out, out, b, g->p, g->ctx) == 1;
}

struct encoding {
    BIGNUM *a, *b, *alpha, *x2, *x3, *h2, *root, *t, *exponent;
};

// x2 = -b / a * (1 + 1 / (alpha + alpha^2)), x3 = alpha * x2, with alpha = -t^2.
static bool abscissas(const struct group *g, const BIGNUM *t, struct encoding *e)
{
    return BN_mod_sqr(e->t, t, g->p, g->ctx) == 1 && BN_sub(e->alpha, g->p, e->t) == 1 &&
           BN_mod_sqr(e->t, e->alpha, g->p, g->ctx) == 1 &&
           BN_mod_add(e->t, e->t, e->alpha, g->p, g->ctx) == 1 &&
           BN_mod_inverse(e->t, e->t, g->p, g->ctx) != NULL && BN_add_word(e->t, 1) == 1 &&
           BN_mod_mul(e->t, e->t, e->b, g->p, g->ctx) == 1 &&
           BN_mod_inverse(e->x2, e->a, g->p, g->ctx) != NULL &&
           BN_mod_mul(e->x2, e->x2, e->t, g->p, g->ctx) == 1 && BN_sub(e->x2, g->p, e->x2) == 1 &&
           BN_nnmod(e->x2, e->x2, g->p, g->ctx) == 1 &&
           BN_mod_mul(e->x3, e->alpha, e->x2, g->p, g->ctx) == 1 &&
           curve_at(g, e->a, e->b, e->x2, e->h2);
}

// The point for t, on a curve with p = 3 mod 4 (appendix B.2, affine coordinates).
static bool point_encode(struct group *g, const BIGNUM *t, struct encoding *e, EC_POINT *out)
{
    const BIGNUM *x = e->x2;
    if (BN_mod_word(g->p, 4) != 3 || EC_GROUP_get_curve(g->curve, NULL, e->a, e->b, g->ctx) != 1 ||
        !abscissas(g, t, e))
        return false;
    // A = h2 ^ (p - 1 - (p + 1) / 4), so that A * h2 is a root of h2 where there is one.
    if (BN_copy(e->exponent, g->p) == NULL || BN_add_word(e->exponent, 1) != 1 ||
        BN_rshift(e->exponent, e->exponent, 2) != 1 ||
        BN_sub(e->exponent, g->p, e->exponent) != 1 || BN_sub_word(e->exponent, 1) != 1 ||
        BN_mod_exp(e->root, e->h2, e->exponent, g->p, g->ctx) != 1 ||
        BN_mod_sqr(e->t, e->root, g->p, g->ctx) != 1 ||
        BN_mod_mul(e->t, e->t, e->h2, g->p, g->ctx) != 1 ||
        BN_mod_mul(e->root, e->root, e->h2, g->p, g->ctx) != 1)
        return false;
    if (!BN_is_one(e->t)) { // then t^3 * A * h2 is a root of h3
        x = e->x3;
        for (int i = 0; i < 3; i++) {
            if (BN_mod_mul(e->root, e->root, t, g->p, g->ctx) != 1)
                return false;
        }
    }
    return EC_POINT_set_affine_coordinates(g->curve, out, x, e->root, g->ctx) == 1 &&
           EC_POINT_mul(g->curve, out, NULL, out, EC_GROUP_get0_cofactor(g->curve), g->ctx) == 1 &&
           EC_POINT_is_at_infinity(g->curve, out) != 1;
}

static bool map_point(struct group *g, const BIGNUM *t)
{
    EC_POINT *point = EC_POINT_new(g->curve);
    BN_CTX_start(g->ctx);
    struct encoding e = {
        BN_CTX_get(g->ctx), BN_CTX_get(g->ctx), BN_CTX_get(g->ctx),
        BN_CTX_get(g->ctx), BN_CTX_get(g->ctx), BN_CTX_get(g->ctx),
        BN_CTX_get(g->ctx), BN_CTX_get(g->ctx), BN_CTX_get(g->ctx),
    };
    bool ok = point != NULL && e.exponent != NULL && point_encode(g, t, &e, point);
    BN_CTX_end(g->ctx);
    if (!ok) {
        EC_POINT_free(point);
        return false;
    }
    EC_POINT_free(g->base);
    g->base = point;
    return true;
}

// t ^ ((p - 1) / q)
static bool map_integer(struct group *g, const BIGNUM *t)
{
    BIGNUM *exponent = BN_dup(g->p);
    bool ok = exponent != NULL && BN_sub_word(exponent, 1) == 1 &&
              BN_div(exponent, NULL, exponent, g->q, g->ctx) == 1 &&
              BN_mod_exp(g->g, t, exponent, g->p, g->ctx) == 1 && !BN_is_one(g->g);
    BN_free(exponent);
    return ok;
}

bool group_map_integrated(struct group *g, enum cipher c, struct view s, struct view t)
{
    BIGNUM *r = pseudo_random(g, c, s, t);
    bool ok = r != NULL && (g->ec ? map_point(g, r) : map_integer(g, r));
    BN_clear_free(r);
    return ok;
}
