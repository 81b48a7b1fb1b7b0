// SPDX-License-Identifier: MIT
#include "cipher.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

size_t cipher_key_length(enum cipher c)
{
    return c == CIPHER_AES256 ? 32 : c == CIPHER_AES192 ? 24 : 16;
}

size_t cipher_block(enum cipher c)
{
    return c == CIPHER_3DES ? 8 : 16;
}

// 9.7.1.1: DES keys have odd parity; no one looks at it.
static void parity_set(uint8_t *key, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (__builtin_popcount(key[i]) % 2 == 0)
            key[i] ^= 1;
    }
}

// For the check that no program tells a key: a line in hexadecimal, in the file that CARD_KEYS
// names.
static void key_note(const uint8_t *key, size_t n)
{
    const char *path = getenv("CARD_KEYS");
    char line[2 * 512 + 2];
    FILE *f = path != NULL && n <= 512 ? fopen(path, "ae") : NULL;
    if (f == NULL)
        return;
    for (size_t i = 0; i < n; i++)
        snprintf(line + 2 * i, 3, "%02x", key[i]);
    line[2 * n] = '\n';
    fwrite(line, 1, 2 * n + 1, f);
    fclose(f);
}

void kdf(enum cipher c, struct view secret, uint32_t counter, uint8_t key[KEY_MAX])
{
    uint8_t digest[EVP_MAX_MD_SIZE];
    const uint8_t tail[4] = { (uint8_t)(counter >> 24), (uint8_t)(counter >> 16),
                              (uint8_t)(counter >> 8), (uint8_t)counter };
    bool wide = c == CIPHER_AES192 || c == CIPHER_AES256;
    EVP_MD_CTX *md = EVP_MD_CTX_new();
    memset(digest, 0, sizeof digest);
    if (md != NULL && EVP_DigestInit_ex(md, wide ? EVP_sha256() : EVP_sha1(), NULL) == 1 &&
        EVP_DigestUpdate(md, secret.b, secret.n) == 1 && EVP_DigestUpdate(md, tail, 4) == 1)
        EVP_DigestFinal_ex(md, digest, NULL);
    EVP_MD_CTX_free(md);
    memset(key, 0, KEY_MAX);
    memcpy(key, digest, cipher_key_length(c));
    key_note(secret.b, secret.n);
    key_note(key, cipher_key_length(c));
    if (c == CIPHER_3DES) {
        parity_set(key, 16);
        key_note(key, 16);
    }
}

struct keys keys_derive(enum cipher c, struct view secret)
{
    struct keys k = { .cipher = c };
    kdf(c, secret, KDF_ENC, k.enc);
    kdf(c, secret, KDF_MAC, k.mac);
    return k;
}

static bool evp_cbc(const EVP_CIPHER *type, const uint8_t *key, bool encrypt, const uint8_t *iv,
                    const uint8_t *in, size_t n, uint8_t *out)
{
    static const uint8_t zeros[BLOCK_MAX];
    int written = 0;
    EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    bool ok = ctx != NULL &&
              EVP_CipherInit_ex(ctx, type, NULL, key, iv != NULL ? iv : zeros, encrypt) == 1 &&
              EVP_CIPHER_CTX_set_padding(ctx, 0) == 1 &&
              EVP_CipherUpdate(ctx, out, &written, in, (int)n) == 1 && (size_t)written == n;
    EVP_CIPHER_CTX_free(ctx);
    return ok;
}

static const EVP_CIPHER *cipher_type(enum cipher c)
{
    switch (c) {
    case CIPHER_AES128:
        return EVP_aes_128_cbc();
    case CIPHER_AES192:
        return EVP_aes_192_cbc();
    case CIPHER_AES256:
        return EVP_aes_256_cbc();
    default:
        return EVP_des_ede3_cbc();
    }
}

// Two-key triple DES as the three-key one that OpenSSL's default provider has: K1, K2, K1.
static void triple(const uint8_t *key, uint8_t k1, uint8_t k2, uint8_t k3, uint8_t out[24])
{
    memcpy(out, key + k1, 8);
    memcpy(out + 8, key + k2, 8);
    memcpy(out + 16, key + k3, 8);
}

bool cipher_cbc(enum cipher c, const uint8_t *key, bool encrypt, const uint8_t *iv,
                const uint8_t *in, size_t n, uint8_t *out)
{
    uint8_t wide[24];
    if (n % cipher_block(c) != 0)
        return false;
    if (c != CIPHER_3DES)
        return evp_cbc(cipher_type(c), key, encrypt, iv, in, n, out);
    triple(key, 0, 8, 0, wide);
    return evp_cbc(EVP_des_ede3_cbc(), wide, encrypt, iv, in, n, out);
}

// MAC algorithm 3: single DES with K1 in CBC, and the whole triple DES over the last block.
static void retail_mac(const uint8_t *key, struct view data, uint8_t mac[MAC_LENGTH])
{
    uint8_t single[24], whole[24], state[8] = { 0 };
    triple(key, 0, 0, 0, single);
    triple(key, 0, 8, 0, whole);
    for (size_t i = 0; i + 8 <= data.n; i += 8) {
        const uint8_t *k = i + 8 == data.n ? whole : single;
        evp_cbc(EVP_des_ede3_cbc(), k, true, state, data.b + i, 8, state);
    }
    memcpy(mac, state, MAC_LENGTH);
}

void cipher_mac(enum cipher c, const uint8_t *key, struct view data, uint8_t mac[MAC_LENGTH])
{
    char type[][12] = { "", "AES-128-CBC", "AES-192-CBC", "AES-256-CBC" };
    uint8_t whole[BLOCK_MAX] = { 0 };
    size_t n = 0;
    if (c == CIPHER_3DES) {
        retail_mac(key, data, mac);
        return;
    }
    OSSL_PARAM parameters[2] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_CIPHER, type[c], 0),
        OSSL_PARAM_construct_end(),
    };
    EVP_MAC *cmac = EVP_MAC_fetch(NULL, "CMAC", NULL);
    EVP_MAC_CTX *ctx = cmac != NULL ? EVP_MAC_CTX_new(cmac) : NULL;
    if (ctx != NULL && EVP_MAC_init(ctx, key, cipher_key_length(c), parameters) == 1 &&
        EVP_MAC_update(ctx, data.b, data.n) == 1)
        EVP_MAC_final(ctx, whole, &n, sizeof whole);
    EVP_MAC_CTX_free(ctx);
    EVP_MAC_free(cmac);
    memcpy(mac, whole, MAC_LENGTH);
}

bool random_bytes(uint8_t *out, size_t n)
{
    return RAND_bytes(out, (int)n) == 1;
}
