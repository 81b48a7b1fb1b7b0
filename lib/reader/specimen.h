// SPDX-License-Identifier: MIT
// The codes of the test sheet: what cccd-scan testcard draws is what cccd-parse doctor expects.
#ifndef READER_SPECIMEN_H
#define READER_SPECIMEN_H

#include "base/str.h"

// An invented person with an invented number for each code, so that what comes back tells which
// code was scanned.
struct specimen {
    const char *payload;
    unsigned generation;  // 2021 or 2024: 7 fields or 11
    unsigned millimetres; // along a side; 0: holds all letters, its modules as large as those of
                          // the smallest code of its generation
};

enum { SPECIMEN_COUNT = 8, SPECIMEN_NUMBER_LENGTH = 12 };

extern const struct specimen specimens[SPECIMEN_COUNT];

// The first field, which no two have in common.
struct str specimen_number(size_t i);

#endif
