// SPDX-License-Identifier: MIT
// The machine-readable zone of size TD1, three lines of thirty (ICAO Doc 9303-5), with the use that
// Vietnam's cards make of its optional data: the 12-digit number, "<<", and one more check digit.
#ifndef LDS_MRZ_H
#define LDS_MRZ_H

#include "base/date.h"

enum { MRZ_TD1_LINE = 30, MRZ_TD1_LINES = 3, MRZ_TD1_LENGTH = 90 };

enum mrz_check {
    MRZ_CHECK_DOCUMENT, // document number, line 1
    MRZ_CHECK_ID,       // the 12-digit number, end of line 1 (Vietnam only)
    MRZ_CHECK_BIRTH,
    MRZ_CHECK_EXPIRY,
    MRZ_CHECK_COMPOSITE,
    MRZ_CHECK_COUNT
};

struct mrz {
    struct str line[MRZ_TD1_LINES];
    struct str document_code; // without fillers, as are the texts below
    struct str issuer;
    struct str document_number; // its first nine characters
    struct str document_rest;   // what of a longer one stands in optional[0]; mostly empty
    struct str optional[2];
    struct str id;            // the 12-digit number as it stands; empty when not vietnamese
    char birth[6], expiry[6]; // yymmdd as they stand
    char sex;                 // 'M', 'F' or '<' (also for what is neither)
    struct str nationality;
    struct str surname; // fillers inside are still '<'
    struct str given;
    bool name_truncated;                 // the name fills its line to the last position
    bool vietnamese;                     // the issuer is VNM
    bool holds[MRZ_CHECK_COUNT];         // MRZ_CHECK_ID: true where it does not apply
    bool holds_if_read[MRZ_CHECK_COUNT]; // fails as it stands, but holds when letters that OCR
                                         // takes for digits (O I S B Z G...) are read as digits
};

// The check digit of ICAO Doc 9303-3, 4.9 (weights 7, 3, 1): 0..9, or -1 for characters outside
// A-Z, 0-9 and '<'. It cannot tell G from 6 or L from 1: their values differ by tens.
int mrz_check_digit(struct str s);

// Could this be one line of a machine-readable zone of TD1, or all three run together? Two
// characters a line may be missing or too many, for people are to be told what is wrong with it.
bool mrz_looks_like_line(struct str s);

// Of such lines, could it be the first? It begins with I, A or C and holds a document number.
bool mrz_looks_like_first_line(struct str s);

bool mrz_looks_like_whole(struct str s);

// False when the lines have other lengths or characters that no machine-readable zone holds.
// The slices point into the lines.
bool mrz_parse(const struct str line[MRZ_TD1_LINES], struct mrz *out);

// The birth date with its century: the one nearest to the birth year in the 12-digit number where
// that number holds, else the latest that does not lie after `not_after`. Unknown parts ("<<" or
// "00") lower the precision. False when it is no date or nothing tells its century.
bool mrz_birth_date(const struct mrz *m, struct date not_after, struct date *out);

// Unset (and true) for 991231 on a Vietnamese card: no expiry. False when it is no date.
bool mrz_expiry_date(const struct mrz *m, struct date *out);

#endif
