// SPDX-License-Identifier: MIT
// The four functions of <math.h> that libpng names, for a program with libpng's archive in it: it
// starts without the library of all others. Reading a picture needs no more of them than that
// floor() is right; the others serve conversions of colour, which nobody asks for here.
#include <math.h>
#include <stdint.h>

// From here on, a double has no fraction, or is no number.
static const double all_whole = 0x1p52;

double floor(double x)
{
    if (!(fabs(x) < all_whole))
        return x;
    double whole = (double)(int64_t)x;
    whole = whole > x ? whole - 1 : whole;
    return copysign(whole, x);
}

double modf(double x, double *whole)
{
    *whole = isfinite(x) ? copysign(floor(fabs(x)), x) : x;
    return isinf(x) ? copysign(0, x) : copysign(x - *whole, x);
}

double frexp(double x, int *exponent)
{
    *exponent = 0;
    if (x == 0 || !isfinite(x))
        return x;
    while (fabs(x) >= 1) {
        x /= 2;
        ++*exponent;
    }
    while (fabs(x) < 0.5) {
        x *= 2;
        --*exponent;
    }
    return x;
}

// By the series of the inverse hyperbolic tangent, of which z is at most 1/3.
static double log2_of(double x)
{
    int exponent;
    double part = frexp(x, &exponent), z = (part - 1) / (part + 1), power = z, sum = 0;

    for (int n = 1; n < 40; n += 2) {
        sum += power / n;
        power *= z * z;
    }
    return exponent + 2 * sum * M_LOG2E;
}

static double exp2_of(double x)
{
    enum { FAR = 1200 }; // where all is infinite or nothing
    double whole = floor(x), term = 1, sum = 1;
    int doublings = whole > FAR ? FAR : whole < -FAR ? -FAR : (int)whole;

    for (int n = 1; n < 24; n++) {
        term *= (x - whole) * M_LN2 / n;
        sum += term;
    }
    for (; doublings > 0; doublings--)
        sum *= 2;
    for (; doublings < 0; doublings++)
        sum /= 2;
    return sum;
}

// Of positive numbers, whose power is of a size that colours and millimetres have.
double pow(double x, double y)
{
    return x == 0 ? y == 0 : x > 0 ? exp2_of(y * log2_of(x)) : NAN;
}
