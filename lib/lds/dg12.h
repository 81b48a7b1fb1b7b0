// SPDX-License-Identifier: MIT
// DG12: further details of the document (ICAO Doc 9303-10, 4.7.12). Vietnam's cards have none.
#ifndef LDS_DG12_H
#define LDS_DG12_H

#include "lds/details.h"

struct dg12 {
    struct details details;
};

bool dg12_read(struct str file, struct dg12 *out, struct lds_error *error);

#endif
