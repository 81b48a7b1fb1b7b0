// SPDX-License-Identifier: MIT
// Time that only goes forward, for measuring and for deadlines.
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>
#include <time.h>

enum { CLOCK_MICROSECOND = 1000, CLOCK_MILLISECOND = 1000 * 1000 };
#define CLOCK_SECOND 1000000000ULL

// Nanoseconds since some moment.
static inline uint64_t clock_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * CLOCK_SECOND + (uint64_t)t.tv_nsec;
}

#endif
