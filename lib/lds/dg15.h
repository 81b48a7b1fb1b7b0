// SPDX-License-Identifier: MIT
// DG15 (ICAO Doc 9303-10, 4.7.15): the public key for Active Authentication.
#ifndef LDS_DG15_H
#define LDS_DG15_H

#include "lds/lds.h"

struct dg15 {
    struct str public_key; // the SubjectPublicKeyInfo as it stands
    struct str algorithm;  // content bytes of its OBJECT IDENTIFIER
};

// The slices point into the file.
bool dg15_read(struct str file, struct dg15 *out, struct lds_error *error);

#endif
