// SPDX-License-Identifier: MIT
// Any picture: what is found lies in or near it, and is found again by a reader that read nothing
// before. The first two bytes are its size, the third tells what the pixels are made of.
#include "fuzz.h"
#include "qr/pattern.h"
#include "qr/qr.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <time.h>

enum { HEAD = 3, BUDGET_MS = 300, FOUND_MAX = 64 };

static void require(bool condition)
{
    if (!condition)
        abort();
}

static uint64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

struct seen {
    const struct plane *plane;
    size_t count;
    uint32_t sum[FOUND_MAX];
};

static void check_symbol(void *ctx, const struct qr_symbol *symbol)
{
    struct seen *seen = ctx;
    float far = 2 * (float)(seen->plane->width + seen->plane->height) + 1000;

    require(symbol->bytes.n > 0 && symbol->bytes.n < 8192);
    require(symbol->version >= 1 && symbol->version <= VERSION_MAX);
    require((unsigned)symbol->step < QR_STEP_COUNT && qr_step_name(symbol->step)[0] != '\0');
    for (int i = 0; i < 8; i++)
        require(fabsf(symbol->corner[i / 2][i % 2]) < far);
    uint32_t sum = 0;
    for (size_t i = 0; i < symbol->bytes.n; i++)
        sum = sum * 31 + (unsigned char)symbol->bytes.p[i];
    if (seen->count < FOUND_MAX)
        seen->sum[seen->count++] = sum;
}

static bool read_all(struct qr_reader *reader, const struct plane *plane, struct seen *seen)
{
    uint64_t start = now();
    struct qr_job job = { start + BUDGET_MS * 1000000ull, check_symbol, seen };

    *seen = (struct seen){ .plane = plane };
    enum qr_end end = qr_read(reader, plane, &job);
    require(end != QR_END_NO_MEMORY);
    return end == QR_END_DONE;
}

// A bit a pixel, or a byte a pixel, or squares of either; what is missing begins anew.
static void fill(const struct plane *plane, const uint8_t *data, size_t size, uint8_t how)
{
    bool bits = how & 1;
    uint32_t square = 1 + (how >> 1 & 3);
    uint8_t dark = how >> 3 & 0x1F;
    uint32_t across = (plane->width + square - 1) / square;

    for (uint32_t y = 0; y < plane->height; y++)
        for (uint32_t x = 0; x < plane->width; x++) {
            size_t at = (size_t)(y / square) * across + x / square;
            plane_row(plane, y)[x] =
                bits ? (data[at / 8 % size] >> at % 8 & 1 ? dark : 255 - dark) : data[at % size];
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct qr_reader *used; // one that has read all that came before
    struct qr_reader *fresh;
    struct plane plane;
    struct seen first, second;

    if (size <= HEAD)
        return 0;
    require(plane_alloc(&plane, 1 + data[0] % 200, 1 + data[1] % 200));
    fill(&plane, data + HEAD, size - HEAD, data[2]);
    used = used != NULL ? used : qr_reader_new();
    fresh = qr_reader_new();
    require(used != NULL && fresh != NULL);
    if (read_all(used, &plane, &first) && read_all(fresh, &plane, &second)) {
        require(first.count == second.count);
        require(memcmp(first.sum, second.sum, first.count * sizeof *first.sum) == 0);
    }
    qr_reader_free(&fresh);
    plane_free(&plane);
    return 0;
}
