// SPDX-License-Identifier: MIT
// A grey plane made black and white by what is around every pixel, and the threshold that did it.
#ifndef QR_BITS_H
#define QR_BITS_H

#include "image/plane.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { BITS_BLOCK = 8 }; // the threshold is worked out for squares of so many pixels

struct bits {
    uint32_t width, height;
    size_t stride;  // words a row; one more is there, so that a look beyond the end finds white
    uint64_t *word; // 1 is dark; the lowest bit is leftmost
    uint32_t blocks_x, blocks_y;
    uint8_t *threshold; // by block: what is below it is dark
    uint32_t *sums;     // of the blocks' grey, added up from the top left corner
};

// Makes room for planes of this size. False when memory is short.
bool bits_alloc(struct bits *b, uint32_t width, uint32_t height);
void bits_free(struct bits *b);

// A pixel is dark when it lies below the mean of a square of about 2 * reach + 1 blocks.
void bits_sum(struct bits *b, const struct plane *plane);
void bits_fill(struct bits *b, const struct plane *plane, uint32_t reach);

static inline bool bits_dark(const struct bits *b, uint32_t x, uint32_t y)
{
    return b->word[y * b->stride + x / 64] >> x % 64 & 1;
}

static inline uint8_t bits_threshold(const struct bits *b, uint32_t x, uint32_t y)
{
    return b->threshold[(size_t)(y / BITS_BLOCK) * b->blocks_x + x / BITS_BLOCK];
}

#endif
