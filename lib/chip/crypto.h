// SPDX-License-Identifier: MIT
// The symmetric cryptography of ICAO Doc 9303-11 over EVP, by the names of SecurityInfos: 3DES with
// two keys, AES with three lengths. A failure is the library's or memory's, never the data's.
#ifndef CHIP_CRYPTO_H
#define CHIP_CRYPTO_H

#include "base/bytes.h"
#include "chip/error.h"
#include "lds/security_infos.h"

enum { CRYPTO_KEY_MAX = 32, CRYPTO_BLOCK_MAX = 16, CRYPTO_MAC_LENGTH = 8, CRYPTO_HASH_MAX = 64 };

static inline struct str str_octets(const uint8_t *p, size_t n)
{
    return (struct str){ (const char *)p, n };
}

static inline const uint8_t *octets(struct str s)
{
    return (const uint8_t *)s.p;
}

// Both 0 for CIPHER_NONE.
size_t crypto_key_length(enum security_cipher cipher);
size_t crypto_block_length(enum security_cipher cipher);

// The counter of the key derivation (9.7.1).
enum crypto_use { CRYPTO_USE_ENC = 1, CRYPTO_USE_MAC = 2, CRYPTO_USE_PACE = 3 };

// 9.7.1; crypto_key_length() bytes at out. 3DES keys have their parity set.
bool crypto_kdf(enum security_cipher cipher, struct str secret, enum crypto_use use,
                uint8_t out[CRYPTO_KEY_MAX]);

// "SHA-1" and the like. The length of the hash, or 0.
size_t crypto_hash(const char *name, struct str message, uint8_t out[CRYPTO_HASH_MAX]);

enum crypto_way { CRYPTO_DECRYPT, CRYPTO_ENCRYPT };

// CBC over whole blocks; iv NULL: zero. out may not be in.
bool crypto_cbc(enum security_cipher cipher, const uint8_t *key, const uint8_t *iv,
                enum crypto_way way, struct str in, uint8_t *out);

// 9.8.6: 3DES: retail MAC (ISO/IEC 9797-1 MAC algorithm 3, with padding method 2, which is added
// here); AES: CMAC, cut to eight bytes, of the message as it is.
bool crypto_mac(enum security_cipher cipher, const uint8_t *key, struct str message,
                uint8_t out[CRYPTO_MAC_LENGTH]);

// ISO/IEC 9797-1 padding method 2.
void crypto_pad(struct bytes *b, size_t block);

// How much is left without the padding. False when it is none.
bool crypto_unpad(struct str padded, size_t block, size_t *length);

bool crypto_same(const void *a, const void *b, size_t n); // in constant time

#endif
