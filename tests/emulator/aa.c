// SPDX-License-Identifier: MIT
// Active Authentication, the chip's side (ICAO Doc 9303-11, 6.1).
#include "card.h"

#include <string.h>
#include <openssl/ec.h>
#include <openssl/rsa.h>

// The trailers of ISO/IEC 9796-2: the hash's number of ISO/IEC 10118, CC; SHA-1 is implicit.
static uint16_t trailer_of(const char *hash)
{
    if (strcmp(hash, "sha224") == 0)
        return 0x38CC;
    if (strcmp(hash, "sha256") == 0)
        return 0x34CC;
    if (strcmp(hash, "sha384") == 0)
        return 0x36CC;
    return strcmp(hash, "sha512") == 0 ? 0x35CC : 0xBC;
}

// 6A, M1, H(M1, M2), trailer; M2 is the challenge (9796-2, scheme 1, partial recovery).
static bool message_make(struct card *c, const EVP_MD *md, struct view challenge, uint8_t *m,
                         size_t n)
{
    uint16_t trailer = trailer_of(c->profile.aa_hash);
    size_t tail = trailer > 0xFF ? 2 : 1, hash = (size_t)EVP_MD_get_size(md);
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool ok = ctx != NULL && n > 1 + hash + tail;
    size_t room = ok ? n - 1 - hash - tail : 0;
    m[0] = 0x6A;
    ok = ok && card_random(c, m + 1, room) && EVP_DigestInit_ex(ctx, md, NULL) == 1 &&
         EVP_DigestUpdate(ctx, m + 1, room) == 1 &&
         EVP_DigestUpdate(ctx, challenge.b, challenge.n) == 1 &&
         EVP_DigestFinal_ex(ctx, m + 1 + room, NULL) == 1;
    m[n - 1] = (uint8_t)trailer;
    if (tail == 2)
        m[n - 2] = (uint8_t)(trailer >> 8);
    EVP_MD_CTX_free(ctx);
    return ok;
}

static bool rsa_sign(struct card *c, EVP_PKEY_CTX *ctx, const EVP_MD *md, struct view challenge,
                     struct buf *out)
{
    uint8_t m[512], signature[512];
    size_t n = (size_t)EVP_PKEY_get_size(c->aa_key), written = sizeof signature;
    if (n > sizeof m || !message_make(c, md, challenge, m, n) || EVP_PKEY_sign_init(ctx) != 1 ||
        EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_NO_PADDING) != 1 ||
        EVP_PKEY_sign(ctx, signature, &written, m, n) != 1)
        return false;
    buf_put(out, signature, written);
    return true;
}

// BSI TR-03111, 5.2.1: r and s of the order's length.
static bool ecdsa_sign(struct card *c, EVP_PKEY_CTX *ctx, const EVP_MD *md, struct view challenge,
                       struct buf *out)
{
    uint8_t digest[EVP_MAX_MD_SIZE], der[200], plain[160];
    const uint8_t *at = der;
    size_t n = sizeof der;
    int half = (EVP_PKEY_get_bits(c->aa_key) + 7) / 8;
    ECDSA_SIG *signature = NULL;
    bool ok = 2 * half <= (int)sizeof plain &&
              EVP_Digest(challenge.b, challenge.n, digest, NULL, md, NULL) == 1 &&
              EVP_PKEY_sign_init(ctx) == 1 && EVP_PKEY_CTX_set_signature_md(ctx, md) == 1 &&
              EVP_PKEY_sign(ctx, der, &n, digest, (size_t)EVP_MD_get_size(md)) == 1 &&
              (signature = d2i_ECDSA_SIG(NULL, &at, (long)n)) != NULL &&
              BN_bn2binpad(ECDSA_SIG_get0_r(signature), plain, half) == half &&
              BN_bn2binpad(ECDSA_SIG_get0_s(signature), plain + half, half) == half;
    if (ok)
        buf_put(out, plain, 2 * (size_t)half);
    ECDSA_SIG_free(signature);
    return ok;
}

uint16_t aa_sign(struct card *c, struct view challenge, struct buf *out)
{
    const EVP_MD *md = EVP_get_digestbyname(c->profile.aa_hash);
    if (c->aa_key == NULL || strcmp(c->profile.aa, "none") == 0)
        return 0x6D00;
    if (challenge.n != 8)
        return 0x6700;
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(c->aa_key, NULL);
    bool ok = ctx != NULL && md != NULL &&
              (EVP_PKEY_is_a(c->aa_key, "RSA") ? rsa_sign : ecdsa_sign)(c, ctx, md, challenge, out);
    EVP_PKEY_CTX_free(ctx);
    c->counts.aa_runs += ok;
    return ok ? 0x9000 : 0x6F00;
}
