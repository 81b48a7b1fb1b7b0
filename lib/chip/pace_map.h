// SPDX-License-Identifier: MIT
// Mapping the nonce of PACE to a generator (ICAO Doc 9303-11, 4.4.3.3): the domain gets a generator
// that only those know who know the password.
#ifndef CHIP_PACE_MAP_H
#define CHIP_PACE_MAP_H

#include "chip/agree.h"

// 4.4.3.3.1: the nonce times the old generator, plus the agreed element. Also the first half of
// Chip Authentication Mapping (4.4.3.3.3).
bool pace_map_generic(struct domain *d, struct str nonce, struct str agreed);

// 4.4.3.3.2, with the terminal's nonce t.
bool pace_map_integrated(struct domain *d, enum security_cipher cipher, struct str nonce,
                         struct str t);

// Does the point encoding of appendix B.2 work in this domain? Not where p is 1 modulo 4.
bool pace_map_integrated_works(uint32_t domain_id);

// The length of the chip's nonce that the integrated mapping needs (4.4.3.3.2).
size_t pace_map_nonce_length(enum security_cipher cipher);

// R_p(s,t) before its reduction: appended to out.
bool pace_map_random(enum security_cipher cipher, struct str nonce, struct str t, size_t prime_bits,
                     struct bytes *out);

#endif
