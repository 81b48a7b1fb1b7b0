// SPDX-License-Identifier: MIT
// Key agreement in a domain (ICAO Doc 9303-11, 9.6). Public keys and what is agreed are elements of
// the domain as they are sent: points uncompressed, Diffie-Hellman values filled up with zeros to
// the length of the prime.
#ifndef CHIP_AGREE_H
#define CHIP_AGREE_H

#include "chip/domain.h"
#include "chip/error.h"

struct key_pair {
    BIGNUM *secret;
    struct bytes public_key;
};

// From chip_random().
bool key_pair_make(const struct domain *d, struct key_pair *out);
void key_pair_free(struct key_pair *pair);

// The secret, filled up to the length of the order.
bool key_pair_put_secret(const struct domain *d, const struct key_pair *pair, struct bytes *out);

// The element, multiplied by (or to the power of) the secret. CHIP_PARAMETERS when it is none of
// the domain: not on the curve, outside of the subgroup, the neutral element.
enum chip_code agree_multiply(const struct domain *d, const BIGNUM *secret, struct str element,
                              struct bytes *out);

// The part of an agreed element that keys are made from: of a point, its x-coordinate.
struct str agree_secret(const struct domain *d, const struct bytes *element);

// Comp(): what is signed of a public key (BSI TR-03110-3, A.2.2.3). Of a point its x-coordinate,
// whose zeros in front belong to it; of a Diffie-Hellman value the SHA-1 hash of the unsigned
// integer, which has none (D.2.1.1). False when the library or memory fails.
bool agree_compress(enum security_agreement kind, struct str element, struct bytes *out);

// The length of an element.
size_t agree_length(const struct domain *d);

// An element with the length that it must have: Diffie-Hellman values may come without the zeros in
// front. False when it is too long, or a point of another length.
bool agree_put_element(const struct domain *d, struct str element, struct bytes *out);

// The point of a checked element. NULL when it is none.
EC_POINT *agree_point(const struct domain *d, struct str element, BN_CTX *ctx);

// The value of a checked element. NULL when it is none.
BIGNUM *agree_value(const struct domain *d, struct str element, BN_CTX *ctx);

bool agree_put_point(const struct domain *d, const EC_POINT *point, struct bytes *out, BN_CTX *ctx);

#endif
