// SPDX-License-Identifier: MIT
// The first three digits of the number: where the birth was registered. The tables are those of
// Circular 07/2016/TT-BCA: 63 provinces as they were before July 2025, and countries from 101.
// Codes in use for provinces since July 2025 are another list and must never be read with this one.
#ifndef PERSON_AREA_H
#define PERSON_AREA_H

#include <stdbool.h>

struct area {
    const char *name; // UTF-8, NFC
    bool foreign;
};

// Looks up a code 0..999; name is NULL when the tables have no such code.
struct area area_of(int code);

#endif
