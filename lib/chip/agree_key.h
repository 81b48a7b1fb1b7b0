// SPDX-License-Identifier: MIT
// A chip's public key as its files have it (RFC 5480; ICAO Doc 9303-11, 9.2.5 and 9.2.8; BSI
// TR-03110-3, A.1.1.2): in a domain with a number, on a curve with a name, on one whose parameters
// are those of a known curve, or in a Diffie-Hellman group.
#ifndef CHIP_AGREE_KEY_H
#define CHIP_AGREE_KEY_H

#include "chip/agree.h"

struct public_key {
    struct domain *domain;
    struct bytes element;
};

// SubjectPublicKeyInfo. CHIP_UNSUPPORTED for another algorithm or an unknown curve, CHIP_PARAMETERS
// for a key that is none of its group, or is malformed. On failure *out is empty.
enum chip_code public_key_read(struct str info, struct public_key *out);

void public_key_free(struct public_key *key);

#endif
