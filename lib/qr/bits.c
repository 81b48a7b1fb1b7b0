// SPDX-License-Identifier: MIT
#include "qr/bits.h"

#include "base/wipe.h"

#include <stdlib.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

// What is but little darker than its surroundings is paper, not print: its noise would fill the
// page with specks.
enum { PAPER_NOISE = 3 };

bool bits_alloc(struct bits *b, uint32_t width, uint32_t height)
{
    *b = (struct bits){ .width = width,
                        .height = height,
                        .stride = width / 64 + 2,
                        .blocks_x = (width + BITS_BLOCK - 1) / BITS_BLOCK,
                        .blocks_y = (height + BITS_BLOCK - 1) / BITS_BLOCK };
    b->word = calloc(b->stride * height, sizeof *b->word);
    b->threshold = malloc((size_t)b->blocks_x * b->blocks_y);
    b->sums = malloc(((size_t)b->blocks_x + 1) * (b->blocks_y + 1) * sizeof *b->sums);
    if (b->word != NULL && b->threshold != NULL && b->sums != NULL)
        return true;
    bits_free(b);
    return false;
}

void bits_free(struct bits *b)
{
    if (b->word != NULL)
        wipe(b->word, b->stride * b->height * sizeof *b->word);
    free(b->word);
    free(b->threshold);
    free(b->sums);
    *b = (struct bits){ 0 };
}

// A block at the right or lower edge has the mean of what there is of it.
static uint32_t block_mean(const struct plane *plane, uint32_t bx, uint32_t by)
{
    uint32_t sum = 0, count = 0;

    for (uint32_t y = by * BITS_BLOCK; y < plane->height && y / BITS_BLOCK == by; y++)
        for (uint32_t x = bx * BITS_BLOCK; x < plane->width && x / BITS_BLOCK == bx; x++) {
            sum += plane_row(plane, y)[x];
            count++;
        }
    return count > 0 ? sum / count : 0;
}

#if defined(__SSE2__)
static uint32_t whole_block_mean(const uint8_t *p, size_t stride)
{
    __m128i sum = _mm_setzero_si128();
    for (int y = 0; y < BITS_BLOCK; y++, p += stride)
        sum = _mm_add_epi32(sum, _mm_sad_epu8(_mm_loadl_epi64((const __m128i *)(const void *)p),
                                              _mm_setzero_si128()));
    return (uint32_t)_mm_cvtsi128_si32(sum) / (BITS_BLOCK * BITS_BLOCK);
}
#endif

void bits_sum(struct bits *b, const struct plane *plane)
{
    size_t width = (size_t)b->blocks_x + 1;

    memset(b->sums, 0, width * sizeof *b->sums);
    for (uint32_t by = 0; by < b->blocks_y; by++) {
        uint32_t *above = b->sums + by * width, *here = above + width, row = 0;
        here[0] = 0;
        for (uint32_t bx = 0; bx < b->blocks_x; bx++) {
#if defined(__SSE2__)
            if ((bx + 1) * BITS_BLOCK <= plane->width && (by + 1) * BITS_BLOCK <= plane->height)
                row += whole_block_mean(plane->grey + (size_t)by * BITS_BLOCK * plane->stride +
                                            (size_t)bx * BITS_BLOCK,
                                        plane->stride);
            else
#endif
                row += block_mean(plane, bx, by);
            here[bx + 1] = above[bx + 1] + row;
        }
    }
}

static uint32_t at_least(uint32_t a, uint32_t b)
{
    return a > b ? a - b : 0;
}

static uint32_t at_most(uint32_t a, uint32_t limit)
{
    return a < limit ? a : limit;
}

static void fill_thresholds(struct bits *b, uint32_t reach)
{
    size_t width = (size_t)b->blocks_x + 1;

    for (uint32_t by = 0; by < b->blocks_y; by++) {
        uint32_t y0 = at_least(by, reach), y1 = at_most(by + reach + 1, b->blocks_y);
        const uint32_t *top = b->sums + y0 * width, *end = b->sums + y1 * width;
        for (uint32_t bx = 0; bx < b->blocks_x; bx++) {
            uint32_t x0 = at_least(bx, reach), x1 = at_most(bx + reach + 1, b->blocks_x);
            uint32_t sum = end[x1] - end[x0] - top[x1] + top[x0];
            int mean = (int)(sum / ((x1 - x0) * (y1 - y0))) - PAPER_NOISE;
            b->threshold[(size_t)by * b->blocks_x + bx] = (uint8_t)(mean < 0 ? 0 : mean);
        }
    }
}

// Eight pixels below the threshold, the leftmost in the lowest bit.
static inline unsigned dark_of_block(const uint8_t *p, uint8_t threshold, uint32_t n)
{
    unsigned dark = 0;
    for (uint32_t i = 0; i < n; i++)
        dark |= (unsigned)(p[i] < threshold) << i;
    return dark;
}

static inline unsigned dark_of_whole_block(const uint8_t *p, uint8_t threshold)
{
#if defined(__SSE2__)
    __m128i limit = _mm_set1_epi8((char)threshold);
    __m128i grey = _mm_loadl_epi64((const __m128i *)(const void *)p);
    // Unsigned bytes are compared by their minimum: not below means that the threshold is it.
    __m128i light = _mm_cmpeq_epi8(_mm_min_epu8(grey, limit), limit);
    return ~(unsigned)_mm_movemask_epi8(light) & 0xFF;
#else
    return dark_of_block(p, threshold, BITS_BLOCK);
#endif
}

static void fill_row(struct bits *b, const struct plane *plane, uint32_t y)
{
    const uint8_t *row = plane->grey + (size_t)y * plane->stride;
    const uint8_t *threshold = b->threshold + (size_t)(y / BITS_BLOCK) * b->blocks_x;
    uint64_t *word = b->word + y * b->stride;
    uint32_t whole = b->width / BITS_BLOCK, rest = b->width % BITS_BLOCK;

    memset(word, 0, b->stride * sizeof *word);
    for (uint32_t bx = 0; bx < whole; bx++) {
        uint64_t dark = dark_of_whole_block(row + (size_t)bx * BITS_BLOCK, threshold[bx]);
        word[bx / 8] |= dark << bx % 8 * BITS_BLOCK;
    }
    if (rest > 0) {
        uint64_t dark = dark_of_block(row + (size_t)whole * BITS_BLOCK, threshold[whole], rest);
        word[whole / 8] |= dark << whole % 8 * BITS_BLOCK;
    }
}

void bits_fill(struct bits *b, const struct plane *plane, uint32_t reach)
{
    fill_thresholds(b, reach);
    for (uint32_t y = 0; y < b->height; y++)
        fill_row(b, plane, y);
}
