// SPDX-License-Identifier: MIT
// The three squares by which a QR code is found.
#ifndef QR_FINDER_H
#define QR_FINDER_H

#include "qr/bits.h"

enum { FINDERS_MAX = 384 };

struct finder {
    float x, y;   // its middle, in pixels; that of the first pixel is 0.5
    float across; // the width of the pattern along a row of the image, in pixels
    float down;   // its height along a column
    uint32_t hits;
    bool sure; // it looks the same along both diagonals
};

struct finders {
    struct finder finder[FINDERS_MAX];
    size_t count;
};

// Those in the plane, the surest first.
void finders_find(const struct bits *bits, const struct plane *plane, struct finders *out);

#endif
