// SPDX-License-Identifier: MIT
// DG14 (ICAO Doc 9303-10, 4.7.14): the SecurityInfos, as EF.CardAccess has them but signed.
#ifndef LDS_DG14_H
#define LDS_DG14_H

#include "lds/security_infos.h"

struct dg14 {
    struct str set; // the SET OF SecurityInfo as it stands
    struct security_infos infos;
};

// The slices point into the file.
bool dg14_read(struct str file, struct dg14 *out, struct lds_error *error);

#endif
