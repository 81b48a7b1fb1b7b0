// SPDX-License-Identifier: MIT
#include "chip/crypto.h"

#include "base/wipe.h"

#include <limits.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

struct cipher_row {
    size_t key, block;
    const char *cbc;
    const char *hash; // of the key derivation
};

enum { DES_BLOCK = 8, DES_KEY = 8 };

static const struct cipher_row ciphers[] = {
    [CIPHER_NONE] = { 0, 0, NULL, NULL },
    [CIPHER_3DES] = { 16, 8, "DES-EDE-CBC", "SHA-1" },
    [CIPHER_AES_128] = { 16, 16, "AES-128-CBC", "SHA-1" },
    [CIPHER_AES_192] = { 24, 16, "AES-192-CBC", "SHA-256" },
    [CIPHER_AES_256] = { 32, 16, "AES-256-CBC", "SHA-256" },
};

size_t crypto_key_length(enum security_cipher cipher)
{
    return ciphers[cipher].key;
}

size_t crypto_block_length(enum security_cipher cipher)
{
    return ciphers[cipher].block;
}

size_t crypto_hash(const char *name, struct str message, uint8_t out[CRYPTO_HASH_MAX])
{
    size_t length = 0;
    EVP_MD *md = EVP_MD_fetch(NULL, name, NULL);
    unsigned n = 0;

    if (md != NULL && EVP_MD_get_size(md) <= CRYPTO_HASH_MAX &&
        EVP_Digest(message.p, message.n, out, &n, md, NULL) == 1)
        length = n;
    EVP_MD_free(md);
    return length;
}

// Each byte of a DES key has an odd number of ones. It changes nothing in what the key does.
static void set_parity(uint8_t *key, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (__builtin_parity(key[i]) == 0)
            key[i] ^= 1;
}

bool crypto_kdf(enum security_cipher cipher, struct str secret, enum crypto_use use,
                uint8_t out[CRYPTO_KEY_MAX])
{
    const uint8_t counter[] = { 0, 0, 0, (uint8_t)use };
    const struct cipher_row *row = &ciphers[cipher];
    uint8_t hash[CRYPTO_HASH_MAX];
    struct bytes message = { 0 };

    bytes_put_str(&message, secret);
    bytes_put(&message, counter, sizeof counter);
    bool good = row->key > 0 && !message.failed &&
                crypto_hash(row->hash, bytes_str(&message), hash) >= row->key;
    if (good)
        memcpy(out, hash, row->key);
    if (good && cipher == CIPHER_3DES)
        set_parity(out, row->key);
    wipe(hash, sizeof hash);
    bytes_free(&message);
    return good;
}

static bool run_cbc(const char *name, const uint8_t *key, const uint8_t *iv, enum crypto_way way,
                    struct str in, uint8_t *out)
{
    EVP_CIPHER *cipher = EVP_CIPHER_fetch(NULL, name, NULL);
    EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    int n = 0;

    bool good = cipher != NULL && ctx != NULL && in.n <= INT_MAX &&
                EVP_CipherInit_ex2(ctx, cipher, key, iv, way == CRYPTO_ENCRYPT, NULL) == 1 &&
                EVP_CIPHER_CTX_set_padding(ctx, 0) == 1 &&
                EVP_CipherUpdate(ctx, out, &n, octets(in), (int)in.n) == 1 && (size_t)n == in.n;
    EVP_CIPHER_CTX_free(ctx);
    EVP_CIPHER_free(cipher);
    return good;
}

bool crypto_cbc(enum security_cipher cipher, const uint8_t *key, const uint8_t *iv,
                enum crypto_way way, struct str in, uint8_t *out)
{
    static const uint8_t zero[CRYPTO_BLOCK_MAX];
    const struct cipher_row *row = &ciphers[cipher];

    if (row->block == 0 || in.n % row->block != 0)
        return false;
    return in.n == 0 || run_cbc(row->cbc, key, iv != NULL ? iv : zero, way, in, out);
}

// Single DES is not in OpenSSL's default provider, but EDE with one key twice is single DES: so run
// all blocks but the last, and the last one with both keys, which is what algorithm 3 ends with.
static bool retail_mac(const uint8_t *key, struct str padded, uint8_t out[CRYPTO_MAC_LENGTH])
{
    uint8_t one[2 * DES_KEY], last[DES_BLOCK] = { 0 };
    size_t head = padded.n - DES_BLOCK;
    struct bytes chain = { 0 };

    memcpy(one, key, DES_KEY);
    memcpy(one + DES_KEY, key, DES_KEY);
    bool good = bytes_reserve(&chain, padded.n);
    if (good && head > 0) {
        good = run_cbc("DES-EDE-CBC", one, last, CRYPTO_ENCRYPT, str_head(padded, head),
                       (uint8_t *)chain.p);
        chain.n = head;
        if (good)
            memcpy(last, chain.p + head - DES_BLOCK, DES_BLOCK);
    }
    good = good && run_cbc("DES-EDE-CBC", key, last, CRYPTO_ENCRYPT, str_from(padded, head), out);
    wipe(one, sizeof one);
    wipe(last, sizeof last);
    bytes_free(&chain);
    return good;
}

static bool retail_mac_padded(const uint8_t *key, struct str message,
                              uint8_t out[CRYPTO_MAC_LENGTH])
{
    struct bytes padded = { 0 };

    bytes_put_str(&padded, message);
    crypto_pad(&padded, DES_BLOCK);
    bool good = !padded.failed && retail_mac(key, bytes_str(&padded), out);
    bytes_free(&padded);
    return good;
}

static bool cmac(const struct cipher_row *row, const uint8_t *key, struct str message,
                 uint8_t out[CRYPTO_MAC_LENGTH])
{
    uint8_t whole[CRYPTO_BLOCK_MAX];
    size_t n = 0;
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_CIPHER, (char *)row->cbc, 0),
        OSSL_PARAM_construct_end(),
    };
    EVP_MAC *mac = EVP_MAC_fetch(NULL, "CMAC", NULL);
    EVP_MAC_CTX *ctx = mac != NULL ? EVP_MAC_CTX_new(mac) : NULL;

    bool good = ctx != NULL && EVP_MAC_init(ctx, key, row->key, params) == 1 &&
                EVP_MAC_update(ctx, octets(message), message.n) == 1 &&
                EVP_MAC_final(ctx, whole, &n, sizeof whole) == 1 && n == sizeof whole;
    if (good)
        memcpy(out, whole, CRYPTO_MAC_LENGTH);
    wipe(whole, sizeof whole);
    EVP_MAC_CTX_free(ctx);
    EVP_MAC_free(mac);
    return good;
}

bool crypto_mac(enum security_cipher cipher, const uint8_t *key, struct str message,
                uint8_t out[CRYPTO_MAC_LENGTH])
{
    if (cipher == CIPHER_3DES)
        return retail_mac_padded(key, message, out);
    return cipher != CIPHER_NONE && cmac(&ciphers[cipher], key, message, out);
}

void crypto_pad(struct bytes *b, size_t block)
{
    bytes_put_char(b, (char)0x80);
    while (!b->failed && b->n % block != 0)
        bytes_put_char(b, 0);
}

bool crypto_unpad(struct str padded, size_t block, size_t *length)
{
    size_t n = padded.n;

    if (n == 0 || block == 0 || n % block != 0)
        return false;
    for (size_t zeros = 0; zeros < block; zeros++) {
        n--;
        if ((uint8_t)padded.p[n] == 0x80)
            return *length = n, true;
        if (padded.p[n] != 0)
            return false;
    }
    return false;
}

bool crypto_same(const void *a, const void *b, size_t n)
{
    return CRYPTO_memcmp(a, b, n) == 0;
}
