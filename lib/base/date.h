// SPDX-License-Identifier: MIT
// Dates at the precision that the card gives: a whole day, a month, or only a year.
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include "base/bytes.h"

#include <stdint.h>

struct date {
    int16_t year;  // 0: no date at all
    uint8_t month; // 0: only the year is known
    uint8_t day;   // 0: only year and month are known
};

enum { DATE_ISO_MAX = 10 };

static inline bool date_is_set(struct date d)
{
    return d.year != 0;
}

static inline bool date_is_day(struct date d)
{
    return d.day != 0;
}

static inline bool date_eq(struct date a, struct date b)
{
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

bool year_is_leap(int year);

// True when the calendar has this day, month or year (1800 to 2399: what a number can encode).
bool date_is_real(struct date d);

// Digits ddmmyyyy, as the QR code has them; zeros for an unknown day or month.
// False when s has another form; the date may still be unreal.
bool date_from_ddmmyyyy(struct str s, struct date *out);

// dd/mm/yyyy, d/m/yyyy, with "/", "-" or "."; mm/yyyy; yyyy.
bool date_from_slashed(struct str s, struct date *out);

// yyyy-mm-dd, yyyy-mm, yyyy.
bool date_from_iso(struct str s, struct date *out);

// <0, 0, >0 over what both dates know: 1958 and 1958-07-04 compare as equal.
int date_compare(struct date a, struct date b);

// Appends yyyy-mm-dd, yyyy-mm or yyyy.
void date_put_iso(struct bytes *out, struct date d);

#endif
