// SPDX-License-Identifier: MIT
// EF.COM (ICAO Doc 9303-10, 4.6.1): the versions, and which data groups the chip has. Nothing
// protects it: what counts is the list in EF.SOD.
#ifndef LDS_COM_H
#define LDS_COM_H

#include "lds/lds.h"

struct com {
    struct str lds_version;     // four digits, as "0107"
    struct str unicode_version; // six digits, as "040000"
    struct str tags;            // the list as it stands
    uint32_t files;             // bits 1u << LDS_DG1 and so on
    bool unknown;               // the list has tags that belong to no data group
};

static inline bool com_has(const struct com *c, enum lds_file file)
{
    return (c->files >> file & 1) != 0;
}

// The slices point into the file.
bool com_read(struct str file, struct com *out, struct lds_error *error);

#endif
