// SPDX-License-Identifier: MIT
// DG11 and DG12 (ICAO Doc 9303-10, 4.7.11 and 4.7.12): a list of tags, then a value for each.
#ifndef LDS_DETAILS_H
#define LDS_DETAILS_H

#include "lds/lds.h"

struct detail {
    uint32_t tag;
    const char *name; // English, as in "place_of_birth"; NULL: the standard has no such tag
    struct str value;
    size_t at; // where its element begins in the file
};

enum { DETAILS_MAX = 32 };

struct details {
    struct detail at[DETAILS_MAX]; // in the order of the file; several may have the same tag
    size_t n;
    struct str tags; // the list that the file begins with, as it stands
};

struct detail_name {
    uint32_t tag;
    const char *name;
};

// The first one with that tag; NULL when there is none.
const struct detail *details_find(const struct details *d, uint32_t tag);

// Of a file with that tag. What stands in its A0 is added like all else. The slices point into the
// file.
bool details_read(struct str file, uint32_t tag, const struct detail_name *names, size_t count,
                  struct details *out, struct lds_error *error);

#endif
