// SPDX-License-Identifier: MIT
// DG11: further details of the person (ICAO Doc 9303-10, 4.7.11). Vietnam's cards have none.
#ifndef LDS_DG11_H
#define LDS_DG11_H

#include "lds/details.h"

struct dg11 {
    struct details details;
};

bool dg11_read(struct str file, struct dg11 *out, struct lds_error *error);

#endif
