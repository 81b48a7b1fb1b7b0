// SPDX-License-Identifier: MIT
// Durations in any number, counted in classes none of which is wider than a hundredth of what it
// holds: enough for a median and a histogram, in memory that does not grow.
#ifndef BASE_TIMES_H
#define BASE_TIMES_H

#include <stddef.h>
#include <stdint.h>

enum { TIMES_SUB = 128, TIMES_CLASSES = TIMES_SUB + 25 * (TIMES_SUB / 2) };

struct times {
    uint64_t n, least, most;     // microseconds
    uint64_t sum[TIMES_CLASSES]; // of what is in the class, so that equal ones come out exact
    uint32_t count[TIMES_CLASSES];
};

void times_add(struct times *t, uint64_t us);

// The duration that `percent` of all do not exceed: 50 is the median. 0 where there is none.
uint64_t times_at(const struct times *t, unsigned percent);

// How many are from `from` on and below `to`, classes being taken for their mean.
uint64_t times_between(const struct times *t, uint64_t from, uint64_t to);

#endif
