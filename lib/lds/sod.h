// SPDX-License-Identifier: MIT
// EF.SOD (ICAO Doc 9303-10, 4.6.2; 9303-12, 7.1): the CMS that the state signed, and the list of
// hashes in it. Nothing is verified here.
#ifndef LDS_SOD_H
#define LDS_SOD_H

#include "lds/lds.h"

enum { SOD_HASHES_MAX = 16, SOD_HASH_SIZE_MAX = 64 };

struct sod_hash {
    unsigned data_group; // 1 to 16
    struct str hash;
};

struct sod {
    struct str cms;      // the ContentInfo as it stands; set even where its list cannot be read
    struct str content;  // eContent: the LDSSecurityObject as it stands
    unsigned version;    // 0, or 1 with the two versions below
    struct str hash_oid; // content bytes of the hash algorithm's OBJECT IDENTIFIER
    struct sod_hash hash[SOD_HASHES_MAX];
    size_t n;
    struct str lds_version, unicode_version; // "0107" and "040000"; empty in version 0
};

// NULL when the list has none for that data group.
const struct sod_hash *sod_find(const struct sod *s, unsigned data_group);

// False with LDS_UNSUPPORTED and out->cms for a CMS of indefinite lengths (BER), which a library
// for CMS may still read. The slices point into the file.
bool sod_read(struct str file, struct sod *out, struct lds_error *error);

#endif
