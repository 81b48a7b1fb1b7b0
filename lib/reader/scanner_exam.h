// SPDX-License-Identifier: MIT
// All that came of a scanner, held against the test sheet.
#ifndef READER_SCANNER_EXAM_H
#define READER_SCANNER_EXAM_H

#include "reader/scanner_finding.h"
#include "reader/scanner_match.h"

enum {
    EXAM_LENGTH_MAX = 1024 * 1024,
    EXAM_SCANS_MAX = 4096,
    EXAM_TEXT_MAX = 24,   // of a prefix or suffix; what is longer may be of a person
    EXAM_DETAIL_MAX = 96, // of a finding: what came, in ASCII and display form
};

struct exam_count {
    unsigned scans;               // that have it
    unsigned codes;               // a bit for each specimen
    char detail[EXAM_DETAIL_MAX]; // of the first; may be empty
};

struct exam {
    size_t scans; // codes of the sheet, whatever became of them
    size_t sound;
    size_t foreign; // other lines
    unsigned seen;  // a bit for each specimen
    struct exam_count found[SCANNER_FINDING_COUNT];

    // What all scans have in common, for a profile. `steady` where they have it.
    bool steady;
    struct scanner_way way;
    char separator[SCAN_SEPARATOR_MAX];
    struct str prefix, suffix; // in the text examined
};

struct exam_options {
    bool live;     // it came of a device or terminal: a line end that is missing is missing
    bool tried_11; // the codes of 11 mm were scanned, says who did it
};

// The text stays the caller's. False when memory was short.
bool exam_make(struct str text, const struct exam_options *options, struct exam *exam);

enum scanner_severity exam_severity(const struct exam *exam);

#endif
