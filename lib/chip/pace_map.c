// SPDX-License-Identifier: MIT
#include "chip/pace_map.h"

#include "base/wipe.h"
#include "chip/crypto.h"

enum { DOMAIN_SECP224R1 = 10, RANDOM_SURPLUS_BITS = 64, RANDOM_BLOCK_MAX = 32 };

// ---- generic mapping ----

static bool map_generic_point(struct domain *d, const BIGNUM *nonce, struct str agreed, BN_CTX *ctx)
{
    EC_POINT *h = agree_point(d, agreed, ctx), *mapped = EC_POINT_new(d->group);

    bool good = h != NULL && mapped != NULL &&
                EC_POINT_mul(d->group, mapped, NULL, d->base, nonce, ctx) == 1 &&
                EC_POINT_add(d->group, mapped, mapped, h, ctx) == 1 &&
                !EC_POINT_is_at_infinity(d->group, mapped) && EC_POINT_copy(d->base, mapped) == 1;
    EC_POINT_clear_free(h);
    EC_POINT_clear_free(mapped);
    return good;
}

static bool map_generic_value(struct domain *d, const BIGNUM *nonce, struct str agreed, BN_CTX *ctx)
{
    BIGNUM *h = agree_value(d, agreed, ctx), *mapped = BN_new();

    bool good = h != NULL && mapped != NULL &&
                BN_mod_exp_mont_consttime(mapped, d->g, nonce, d->p, ctx, NULL) == 1 &&
                BN_mod_mul(mapped, mapped, h, d->p, ctx) == 1 && !BN_is_one(mapped) &&
                BN_copy(d->g, mapped) != NULL;
    BN_clear_free(h);
    BN_clear_free(mapped);
    return good;
}

bool pace_map_generic(struct domain *d, struct str nonce, struct str agreed)
{
    BN_CTX *ctx = BN_CTX_new();
    BIGNUM *s = BN_bin2bn(octets(nonce), (int)nonce.n, NULL);

    bool good = ctx != NULL && s != NULL &&
                (d->kind == AGREEMENT_ECDH ? map_generic_point(d, s, agreed, ctx)
                                           : map_generic_value(d, s, agreed, ctx));
    BN_clear_free(s);
    BN_CTX_free(ctx);
    return good;
}

// ---- integrated mapping ----

// The constants c0 and c1 of 4.4.3.3.2, for blocks of 128 and of 256 bits.
static const uint8_t c0_128[] = { 0xA6, 0x68, 0x89, 0x2A, 0x7C, 0x41, 0xE3, 0xCA,
                                  0x73, 0x9F, 0x40, 0xB0, 0x57, 0xD8, 0x59, 0x04 };
static const uint8_t c1_128[] = { 0xA4, 0xE1, 0x36, 0xAC, 0x72, 0x5F, 0x73, 0x8B,
                                  0x01, 0xC1, 0xF6, 0x02, 0x17, 0xC1, 0x88, 0xAD };
static const uint8_t c0_256[] = { 0xD4, 0x63, 0xD6, 0x52, 0x34, 0x12, 0x4E, 0xF7, 0x89, 0x70, 0x54,
                                  0x98, 0x6D, 0xCA, 0x0A, 0x17, 0x4E, 0x28, 0xDF, 0x75, 0x8C, 0xBA,
                                  0xA0, 0x3F, 0x24, 0x06, 0x16, 0x41, 0x4D, 0x5A, 0x16, 0x76 };
static const uint8_t c1_256[] = { 0x54, 0xBD, 0x72, 0x55, 0xF0, 0xAA, 0xF8, 0x31, 0xBE, 0xC3, 0x42,
                                  0x3F, 0xCF, 0x39, 0xD6, 0x9B, 0x6C, 0xBF, 0x06, 0x66, 0x77, 0xD0,
                                  0xFA, 0xAE, 0x5A, 0xAD, 0xD9, 0x9D, 0xF8, 0xE5, 0x35, 0x17 };

bool pace_map_integrated_works(uint32_t domain_id)
{
    return domain_id != DOMAIN_SECP224R1;
}

// l: the smallest multiple of the cipher's block that is no shorter than its key.
size_t pace_map_nonce_length(enum security_cipher cipher)
{
    return crypto_key_length(cipher) > 16 ? 32 : 16;
}

// Each key is the last one's encryption of c0, each output its encryption of c1. A key is cut to
// the length that the cipher has (AES-192).
bool pace_map_random(enum security_cipher cipher, struct str nonce, struct str t, size_t prime_bits,
                     struct bytes *out)
{
    size_t l = pace_map_nonce_length(cipher), bits = 0;
    struct str c0 = l == sizeof c0_128 ? str_octets(c0_128, l) : str_octets(c0_256, l);
    struct str c1 = l == sizeof c1_128 ? str_octets(c1_128, l) : str_octets(c1_256, l);
    uint8_t key[RANDOM_BLOCK_MAX], next[RANDOM_BLOCK_MAX], x[RANDOM_BLOCK_MAX];

    bool good = nonce.n == l && t.n == crypto_key_length(cipher) &&
                crypto_cbc(cipher, octets(t), NULL, CRYPTO_ENCRYPT, nonce, key);
    for (; good && bits < prime_bits + RANDOM_SURPLUS_BITS; bits += 8 * l) {
        good = crypto_cbc(cipher, key, NULL, CRYPTO_ENCRYPT, c1, x) &&
               crypto_cbc(cipher, key, NULL, CRYPTO_ENCRYPT, c0, next);
        bytes_put(out, x, l);
        memcpy(key, next, l);
    }
    wipe(key, sizeof key);
    wipe(next, sizeof next);
    wipe(x, sizeof x);
    return good && !out->failed;
}

static BIGNUM *random_in_field(const struct domain *d, enum security_cipher cipher,
                               struct str nonce, struct str t, BN_CTX *ctx)
{
    struct bytes random = { 0 };
    BIGNUM *u = NULL;

    if (pace_map_random(cipher, nonce, t, (size_t)BN_num_bits(d->p), &random))
        u = BN_bin2bn((unsigned char *)random.p, (int)random.n, NULL);
    if (u != NULL && BN_nnmod(u, u, d->p, ctx) != 1) {
        BN_clear_free(u);
        u = NULL;
    }
    bytes_free(&random);
    return u;
}

// To the power of (p-1)/q, which puts it into the subgroup.
static bool map_value(struct domain *d, const BIGNUM *u, BN_CTX *ctx)
{
    BIGNUM *a = BN_dup(d->p), *mapped = BN_new();

    bool good = a != NULL && mapped != NULL && BN_sub_word(a, 1) == 1 &&
                BN_div(a, NULL, a, d->q, ctx) == 1 &&
                BN_mod_exp_mont_consttime(mapped, u, a, d->p, ctx, NULL) == 1 &&
                !BN_is_zero(mapped) && !BN_is_one(mapped) && BN_copy(d->g, mapped) != NULL;
    BN_clear_free(mapped);
    BN_free(a);
    return good;
}

// The numbers of appendix B.2 by the names that they have there.
struct encoding {
    BIGNUM *a, *b, *alpha, *x2, *x3, *h2, *u3, *A, *work;
};

enum { ENCODING_NUMBERS = 9, ENCODING_SECRETS = 7 };

static bool encoding_new(struct encoding *e, BN_CTX *ctx)
{
    BIGNUM **const all[ENCODING_NUMBERS] = { &e->a,  &e->b,  &e->alpha, &e->x2,  &e->x3,
                                             &e->h2, &e->u3, &e->A,     &e->work };

    for (size_t i = 0; i < ENCODING_NUMBERS; i++)
        if ((*all[i] = BN_CTX_get(ctx)) == NULL)
            return false;
    return true;
}

static void encoding_wipe(struct encoding *e)
{
    BIGNUM *const all[ENCODING_SECRETS] = { e->alpha, e->x2, e->x3, e->h2, e->u3, e->A, e->work };

    for (size_t i = 0; i < ENCODING_SECRETS; i++)
        if (all[i] != NULL)
            BN_clear(all[i]);
}

// x2 = -b/a * (1 + 1/(alpha + alpha^2)) with alpha = -u^2
static bool encode_x2(struct encoding *e, const BIGNUM *u, const BIGNUM *p, BN_CTX *ctx)
{
    return BN_mod_sqr(e->alpha, u, p, ctx) == 1 && BN_sub(e->alpha, p, e->alpha) == 1 &&
           BN_mod_sqr(e->x2, e->alpha, p, ctx) == 1 &&
           BN_mod_add(e->x2, e->x2, e->alpha, p, ctx) == 1 &&
           BN_mod_inverse(e->x2, e->x2, p, ctx) != NULL && BN_add_word(e->x2, 1) == 1 &&
           BN_mod_inverse(e->work, e->a, p, ctx) != NULL &&
           BN_mod_mul(e->work, e->work, e->b, p, ctx) == 1 && BN_sub(e->work, p, e->work) == 1 &&
           BN_mod_mul(e->x2, e->x2, e->work, p, ctx) == 1;
}

// h2 = x2^3 + a x2 + b, x3 = alpha x2, and u^3 h2
static bool encode_h2(struct encoding *e, const BIGNUM *u, const BIGNUM *p, BN_CTX *ctx)
{
    return BN_mod_sqr(e->h2, e->x2, p, ctx) == 1 && BN_mod_add(e->h2, e->h2, e->a, p, ctx) == 1 &&
           BN_mod_mul(e->h2, e->h2, e->x2, p, ctx) == 1 &&
           BN_mod_add(e->h2, e->h2, e->b, p, ctx) == 1 &&
           BN_mod_mul(e->x3, e->alpha, e->x2, p, ctx) == 1 && BN_mod_sqr(e->u3, u, p, ctx) == 1 &&
           BN_mod_mul(e->u3, e->u3, u, p, ctx) == 1 && BN_mod_mul(e->u3, e->u3, e->h2, p, ctx) == 1;
}

// A = h2^(p-1-(p+1)/4): where h2 is a square, the inverse of its root.
static bool encode_root(struct encoding *e, const BIGNUM *p, BN_CTX *ctx)
{
    return BN_copy(e->work, p) != NULL && BN_add_word(e->work, 1) == 1 &&
           BN_rshift(e->work, e->work, 2) == 1 && BN_sub(e->work, p, e->work) == 1 &&
           BN_sub_word(e->work, 1) == 1 &&
           BN_mod_exp_mont_consttime(e->A, e->h2, e->work, p, ctx, NULL) == 1 &&
           BN_mod_sqr(e->work, e->A, p, ctx) == 1 &&
           BN_mod_mul(e->work, e->work, e->h2, p, ctx) == 1;
}

// EC_POINT_set_affine_coordinates() refuses what is not on the curve: the arithmetic checks itself.
static bool encode_point(struct domain *d, struct encoding *e, const BIGNUM *u, BN_CTX *ctx)
{
    const BIGNUM *p = d->p;

    if (!encoding_new(e, ctx) || EC_GROUP_get_curve(d->group, NULL, e->a, e->b, ctx) != 1 ||
        !encode_x2(e, u, p, ctx) || !encode_h2(e, u, p, ctx) || !encode_root(e, p, ctx))
        return false;
    bool square = BN_is_one(e->work);
    return BN_mod_mul(e->A, e->A, square ? e->h2 : e->u3, p, ctx) == 1 &&
           EC_POINT_set_affine_coordinates(d->group, d->base, square ? e->x2 : e->x3, e->A, ctx) ==
               1;
}

bool pace_map_integrated(struct domain *d, enum security_cipher cipher, struct str nonce,
                         struct str t)
{
    BN_CTX *ctx = BN_CTX_new();
    struct encoding e = { 0 };

    if (ctx == NULL)
        return false;
    BN_CTX_start(ctx);
    BIGNUM *u = random_in_field(d, cipher, nonce, t, ctx);
    bool good = u != NULL &&
                (d->kind == AGREEMENT_ECDH ? encode_point(d, &e, u, ctx) : map_value(d, u, ctx));
    encoding_wipe(&e);
    BN_clear_free(u);
    BN_CTX_end(ctx);
    BN_CTX_free(ctx);
    return good;
}
