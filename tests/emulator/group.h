// SPDX-License-Identifier: MIT
// Key agreement over elliptic curves and over prime fields, and the mappings of PACE
// (ICAO Doc 9303-11, 4.4.3.3 and 9.4 to 9.6). Public keys are octets: uncompressed points, or
// integers without leading zeros (9.4.1). Secrets have the prime's length (RFC 2631, 2.1.2).
#ifndef EMULATOR_GROUP_H
#define EMULATOR_GROUP_H

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>

#include "buf.h"
#include "cipher.h"

struct group {
    bool ec;
    EC_GROUP *curve;
    EC_POINT *base; // NULL: the standard generator
    BIGNUM *p, *g, *q;
    BN_CTX *ctx;
};

// A standardised domain (9.5.1): 0 to 2, 8 to 18. NULL when unknown.
struct group *group_open(unsigned parameter);

// The domain of a private key, and the key.
struct group *group_of_key(EVP_PKEY *key, BIGNUM **private_key);

void group_free(struct group **g);

// A private key from the bytes that random() gives, and its public key.
typedef bool (*random_source)(void *ctx, uint8_t *out, size_t n);
bool group_key(struct group *g, random_source random, void *ctx, BIGNUM **key,
               struct buf *public_key);

// The shared secret: the x coordinate, or the integer.
bool group_agree(struct group *g, const BIGNUM *key, struct view peer, struct buf *shared);

// Generic mapping: the generator becomes s * G + H, H from the mapping keys.
bool group_map_generic(struct group *g, const BIGNUM *key, struct view peer, struct view nonce);

// Integrated mapping: the generator becomes what both nonces give.
bool group_map_integrated(struct group *g, enum cipher c, struct view s, struct view t);

// PACE-CAM (4.4.3.5): CA_IC = SK_IC^-1 * SK_Map,IC mod n, of the order's length.
bool group_cam(struct group *g, const BIGNUM *static_key, const BIGNUM *map_key, struct buf *out);

#endif
