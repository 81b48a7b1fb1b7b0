// SPDX-License-Identifier: MIT
// The groups in which keys are agreed: those that ICAO Doc 9303-11, 9.5.1 has a number for, and
// those that a card's public key names. Curves are always known ones: a curve of the card's own
// choice is not taken, whatever it is called (CVE-2020-0601).
#ifndef CHIP_DOMAIN_H
#define CHIP_DOMAIN_H

#include "base/bytes.h"
#include "lds/security_infos.h"

#include <openssl/bn.h>
#include <openssl/ec.h>

enum { DOMAIN_OWN = 0xFFFFFFFF }; // of a card's own Diffie-Hellman group

struct domain {
    enum security_agreement kind;
    uint32_t id;     // in 9.5.1
    size_t length;   // of a coordinate, or of a Diffie-Hellman value, in bytes
    EC_GROUP *group; // of ECDH
    EC_POINT *base;  // of ECDH: the generator
    BIGNUM *g;       // of DH: the generator
    BIGNUM *p;       // the prime field's
    BIGNUM *q;       // the order of the generator; NULL where a card's own group does not tell it
};

bool domain_is_known(uint32_t id);
enum security_agreement domain_kind(uint32_t id);

// NULL for numbers that mean nothing, and when memory is short.
struct domain *domain_new(uint32_t id);

// With the numbers of a group of the card's own. q may be NULL.
struct domain *domain_new_own(const BIGNUM *p, const BIGNUM *g, const BIGNUM *q);

void domain_free(struct domain **d);

// Of OpenSSL's curves, by the content of an object identifier; DOMAIN_OWN: none.
uint32_t domain_id_of_curve(struct str oid);

// The name that OpenSSL has for the curve; NULL for DH.
const char *domain_curve_name(uint32_t id);

#endif
