// SPDX-License-Identifier: MIT
// Which three finders belong together.
#ifndef QR_LAYOUT_H
#define QR_LAYOUT_H

#include "qr/finder.h"

enum { TRIPLES_MAX = 512 };

struct triple {
    size_t corner, right, down; // finders of the top left, top right and bottom left of a symbol
    float side;                 // how many modules it may have along a side
    float cost;                 // how far it is from a square seen from above
};

// The likeliest triples first; returns how many.
size_t layout_triples(const struct finders *finders, struct triple out[TRIPLES_MAX]);

#endif
