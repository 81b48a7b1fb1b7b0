// SPDX-License-Identifier: MIT
#include "image/grey.h"

#include <endian.h>
#include <string.h>

enum { ARGB_BLOCK = 64 };

void grey_map_even(struct grey_layout *layout)
{
    unsigned white = (1u << layout->bits) - 1;
    for (unsigned i = 0; i < sizeof layout->map; i++)
        layout->map[i] = (uint8_t)((i & white) * 255 / white);
}

// Eight pixels at a time: the multiplication brings the bits, the highest first, to the highest
// bits of eight bytes.
static void unpack_bits(const struct grey_layout *layout, const uint8_t *in, uint8_t *out,
                        uint32_t width)
{
    const uint64_t ones = 0x0101010101010101u;
    uint64_t zero = ones * layout->map[0], change = zero ^ (ones * layout->map[1]);
    uint32_t x = 0;

    for (; x + 8 <= width; x += 8) {
        uint64_t set = ((*in++ * 0x8040201008040201u) >> 7 & ones) * 255;
        uint64_t eight = htole64(zero ^ (set & change));
        memcpy(out + x, &eight, sizeof eight);
    }
    for (unsigned bit = 7; x < width; x++, bit--)
        out[x] = layout->map[*in >> bit & 1];
}

static void unpack(const struct grey_layout *layout, const uint8_t *in, uint8_t *out,
                   uint32_t width)
{
    unsigned mask = (1u << layout->bits) - 1, shift = 8;

    for (uint32_t x = 0; x < width; x++) {
        shift -= layout->bits;
        out[x] = layout->map[*in >> shift & mask];
        if (shift == 0) {
            shift = 8;
            in++;
        }
    }
}

static uint8_t flatten(const struct grey_layout *layout, unsigned grey, unsigned alpha)
{
    if (!layout->multiplied)
        return grey_on_white(grey, alpha);
    return (uint8_t)(grey + 255 - alpha < 255 ? grey + 255 - alpha : 255);
}

// Samples of whole bytes; of 16 bits the upper 8 are enough.
static void mix(const struct grey_layout *layout, const uint8_t *in, uint8_t *out, uint32_t width)
{
    unsigned size = layout->bits / 8, step = size * layout->channels;
    const uint8_t *first = in + (layout->low_first ? size - 1 : 0);
    unsigned red = layout->blue_first ? 2 * size : 0, blue = layout->blue_first ? 0 : 2 * size;
    unsigned alpha = (layout->colour ? 3 : 1) * size;
    uint8_t flip = layout->invert ? 255 : 0;

    for (uint32_t x = 0; x < width; x++, first += step) {
        uint8_t grey = layout->colour ? grey_of(first[red], first[size], first[blue]) : *first;
        grey ^= flip;
        out[x] = layout->alpha ? flatten(layout, grey, first[alpha]) : grey;
    }
}

// Eight values at a time, since this is asked for every row.
static bool is_even(const uint8_t map[256])
{
    uint64_t eight, even = 0x0706050403020100u;

    for (unsigned i = 0; i < 256; i += 8, even += 0x0808080808080808u) {
        memcpy(&eight, map + i, sizeof eight);
        if (le64toh(eight) != even)
            return false;
    }
    return true;
}

void grey_row(const struct grey_layout *layout, const uint8_t *in, uint8_t *out, uint32_t width)
{
    if (layout->channels > 1 || layout->bits > 8)
        mix(layout, in, out, width);
    else if (layout->bits == 1)
        unpack_bits(layout, in, out, width);
    else if (layout->bits == 8 && is_even(layout->map))
        memcpy(out, in, width);
    else
        unpack(layout, in, out, width);
}

static uint8_t grey_of_argb(uint32_t pixel)
{
    unsigned grey = grey_of(pixel >> 16 & 255, pixel >> 8 & 255, pixel & 255);
    unsigned sum = grey + 255 - (pixel >> 24);
    return (uint8_t)(sum < 255 ? sum : 255);
}

// By a number of pixels that the compiler knows, and apart from what they come from, so that it
// does several at once.
static void turn_block(const uint32_t *restrict in, uint8_t *restrict out)
{
    for (unsigned i = 0; i < ARGB_BLOCK; i++)
        out[i] = grey_of_argb(in[i]);
}

void grey_row_argb(const uint32_t *in, uint8_t *out, uint32_t width)
{
    uint32_t x = 0;

    for (; x + ARGB_BLOCK <= width; x += ARGB_BLOCK)
        turn_block(in + x, out + x);
    for (; x < width; x++)
        out[x] = grey_of_argb(in[x]);
}
