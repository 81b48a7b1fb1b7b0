// SPDX-License-Identifier: MIT
// Rows of samples, as files hold them, become rows of grey.
#ifndef IMAGE_GREY_H
#define IMAGE_GREY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The luma of ITU-R BT.601, 0 to 255.
static inline uint8_t grey_of(unsigned red, unsigned green, unsigned blue)
{
    return (uint8_t)((red * 19595 + green * 38470 + blue * 7471 + 32768) >> 16);
}

static inline uint8_t grey_on_white(unsigned grey, unsigned alpha)
{
    return (uint8_t)((grey * alpha + 255 * (255 - alpha) + 127) / 255);
}

// Ink: 255 of it is none, as Adobe's programs write it.
static inline uint8_t grey_of_ink(unsigned cyan, unsigned magenta, unsigned yellow, unsigned black)
{
    return (uint8_t)((grey_of(cyan, magenta, yellow) * black + 127) / 255);
}

struct grey_layout {
    unsigned bits;     // of a sample: 1, 2, 4, 8 or 16
    unsigned channels; // samples of a pixel
    bool low_first;    // of 16 bits, the lower 8 come first
    bool colour;       // else the first sample is grey
    bool blue_first;   // of colour
    bool alpha;        // comes after grey or colour
    bool multiplied;   // by alpha already
    bool invert;       // 0 is white; only where there is no map
    uint8_t map[256];  // the grey of each value, where there is one channel of up to eight bits
};

// A map where all bits set is white.
void grey_map_even(struct grey_layout *layout);

// The bytes that a row takes.
static inline uint64_t grey_row_size(const struct grey_layout *layout, uint32_t width)
{
    return ((uint64_t)width * layout->channels * layout->bits + 7) / 8;
}

void grey_row(const struct grey_layout *layout, const uint8_t *in, uint8_t *out, uint32_t width);

// One row of a picture of 32 bits a pixel, alpha highest and multiplied in, as cairo has them.
void grey_row_argb(const uint32_t *in, uint8_t *out, uint32_t width);

#endif
