// SPDX-License-Identifier: MIT
// DG1 (ICAO Doc 9303-10, 4.7.1): the machine-readable zone, of any of the three sizes (Doc 9303-4
// to 9303-6). It judges the check digits; a wrong one is no fault of the file.
#ifndef LDS_DG1_H
#define LDS_DG1_H

#include "lds/lds.h"
#include "lds/mrz.h"

enum dg1_size { DG1_TD1, DG1_TD2, DG1_TD3 };

enum dg1_check {
    DG1_CHECK_DOCUMENT,
    DG1_CHECK_ID, // the 12-digit number (TD1 of Vietnam only)
    DG1_CHECK_BIRTH,
    DG1_CHECK_EXPIRY,
    DG1_CHECK_OPTIONAL, // personal number (TD3 only)
    DG1_CHECK_COMPOSITE,
    DG1_CHECK_COUNT
};

struct dg1 {
    enum dg1_size size;
    struct str zone; // all lines run together
    struct mrz td1;  // all that mrz.h tells, where the size is TD1
    // Without fillers, empty where there is none.
    struct str document_code;
    struct str issuer;
    struct str document_number; // its first nine characters
    struct str document_rest;   // what of a longer one stands in optional[0]; mostly empty
    struct str optional[2];
    struct str nationality;
    struct str surname; // fillers inside are still '<'
    struct str given;
    char birth[6], expiry[6];    // yymmdd as they stand
    char sex;                    // 'M', 'F' or '<'
    bool name_truncated;         // the name fills its field to the last position
    bool holds[DG1_CHECK_COUNT]; // true where a check does not apply
};

// The slices point into the file.
bool dg1_read(struct str file, struct dg1 *out, struct lds_error *error);

#endif
