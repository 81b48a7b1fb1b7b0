// SPDX-License-Identifier: MIT
// The symmetric part of ICAO Doc 9303-11, 9.7 and 9.8: key derivation, encryption, checksums.
#ifndef EMULATOR_CIPHER_H
#define EMULATOR_CIPHER_H

#include "buf.h"

enum cipher { CIPHER_3DES, CIPHER_AES128, CIPHER_AES192, CIPHER_AES256 };

enum { KEY_MAX = 32, BLOCK_MAX = 16, MAC_LENGTH = 8 };

struct keys {
    enum cipher cipher;
    uint8_t enc[KEY_MAX], mac[KEY_MAX];
};

enum kdf_counter { KDF_ENC = 1, KDF_MAC = 2, KDF_PACE = 3 };

size_t cipher_key_length(enum cipher c);
size_t cipher_block(enum cipher c);

// 9.7.1: the key that the shared secret gives.
void kdf(enum cipher c, struct view secret, uint32_t counter, uint8_t key[KEY_MAX]);

// Both session keys.
struct keys keys_derive(enum cipher c, struct view secret);

// CBC over whole blocks; iv NULL: zeros. In and out may be the same.
bool cipher_cbc(enum cipher c, const uint8_t *key, bool encrypt, const uint8_t *iv,
                const uint8_t *in, size_t n, uint8_t *out);

// Eight bytes over the data. 3DES: ISO/IEC 9797-1 MAC algorithm 3, data in whole blocks;
// AES: CMAC, data of any length.
void cipher_mac(enum cipher c, const uint8_t *key, struct view data, uint8_t mac[MAC_LENGTH]);

bool random_bytes(uint8_t *out, size_t n);

#endif
