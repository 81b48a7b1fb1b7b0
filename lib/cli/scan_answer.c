// SPDX-License-Identifier: MIT
#include "cli/scan_answer.h"

#include <math.h>

enum { FRAME_PAGE = 1, FRAME_PICTURE };

// Both sides are the same program on the same machine: numbers stand as they are in memory.
static void put_u32(struct bytes *out, uint32_t value)
{
    bytes_put(out, &value, sizeof value);
}

static void put_u64(struct bytes *out, uint64_t value)
{
    bytes_put(out, &value, sizeof value);
}

static void put_symbol(struct bytes *out, const struct scan_symbol *s)
{
    put_u32(out, (uint32_t)s->version);
    put_u32(out, (uint32_t)s->step);
    put_u32(out, s->microseconds);
    put_u32(out, s->cropped);
    bytes_put(out, s->corner, sizeof s->corner);
    put_u32(out, (uint32_t)s->bytes.n);
    bytes_put_str(out, s->bytes);
}

void scan_answer_put(struct bytes *out, const struct scan_page *page)
{
    put_u32(out, FRAME_PAGE);
    put_u32(out, page->number);
    put_u32(out, page->of_several);
    put_u32(out, page->count.pages);
    put_u32(out, page->count.more);
    put_u32(out, (uint32_t)page->format);
    put_u32(out, page->width);
    put_u32(out, page->height);
    put_u32(out, page->orientation);
    put_u32(out, page->truncated);
    put_u32(out, (uint32_t)page->error.code);
    put_u32(out, (uint32_t)page->error.native);
    put_u32(out, page->microseconds);
    put_u32(out, page->annotated);
    put_u32(out, (uint32_t)page->symbol_count);
    for (size_t i = 0; i < page->symbol_count; i++)
        put_symbol(out, &page->symbol[i]);
}

// The rest of a frame, and whether all that was asked of it so far was there and possible.
struct reading {
    struct str left;
    bool ok;
};

static void take(struct reading *r, void *to, size_t n)
{
    memset(to, 0, n);
    r->ok = r->ok && r->left.n >= n;
    if (!r->ok)
        return;
    memcpy(to, r->left.p, n);
    r->left = str_from(r->left, n);
}

// A number from 0 to `last`.
static uint32_t take_u32(struct reading *r, uint32_t last)
{
    uint32_t value;
    take(r, &value, sizeof value);
    if (value > last)
        r->ok = false;
    return r->ok ? value : 0;
}

static uint64_t take_u64(struct reading *r)
{
    uint64_t value;
    take(r, &value, sizeof value);
    return value;
}

// A place in the picture, or a little beside it.
static float take_place(struct reading *r)
{
    float value;
    take(r, &value, sizeof value);
    if (!(fabsf(value) < 1e6f))
        r->ok = false;
    return r->ok ? value : 0;
}

static void take_symbol(struct reading *r, struct scan_symbol *s)
{
    s->version = (int)take_u32(r, 40);
    s->step = (enum qr_step)take_u32(r, QR_STEP_COUNT - 1);
    s->microseconds = take_u32(r, UINT32_MAX);
    s->cropped = take_u32(r, 1) != 0;
    for (int i = 0; i < 8; i++)
        s->corner[i / 2][i % 2] = take_place(r);
    size_t n = take_u32(r, SCAN_SYMBOL_BYTES_MAX);
    r->ok = r->ok && r->left.n >= n;
    s->bytes = str_head(r->left, r->ok ? n : 0);
    r->left = str_from(r->left, s->bytes.n);
}

bool scan_answer_read(struct str frame, struct scan_page *page)
{
    struct reading r = { frame, true };

    r.ok = take_u32(&r, FRAME_PICTURE) == FRAME_PAGE;
    page->number = take_u32(&r, UINT32_MAX);
    page->of_several = take_u32(&r, 1) != 0;
    page->count.pages = take_u32(&r, UINT32_MAX);
    page->count.more = take_u32(&r, 1) != 0;
    page->format = (enum image_format)take_u32(&r, IMAGE_FORMATS - 1);
    page->width = take_u32(&r, IMAGE_SIDE_MAX);
    page->height = take_u32(&r, IMAGE_SIDE_MAX);
    page->orientation = (uint8_t)take_u32(&r, 8);
    page->truncated = take_u32(&r, 1) != 0;
    page->error.code = (enum error_code)take_u32(&r, ERROR_COUNT);
    page->error.native = (int)take_u32(&r, 4096);
    page->microseconds = take_u32(&r, UINT32_MAX);
    page->annotated = take_u32(&r, 1) != 0;
    page->symbol_count = take_u32(&r, SCAN_SYMBOLS_MAX);
    for (size_t i = 0; i < page->symbol_count && r.ok; i++)
        take_symbol(&r, &page->symbol[i]);
    // Symbols or an error, so that every page makes a line.
    bool told = (page->symbol_count == 0) == (page->error.code != ERROR_COUNT);
    return r.ok && r.left.n == 0 && page->number > 0 && told;
}

void scan_picture_put(struct bytes *out, const struct scan_picture *picture)
{
    put_u32(out, FRAME_PICTURE);
    put_u32(out, picture->page);
    put_u32(out, picture->symbol);
    bytes_put_str(out, picture->bytes);
}

bool scan_picture_read(struct str frame, struct scan_picture *picture)
{
    struct reading r = { frame, true };

    r.ok = take_u32(&r, FRAME_PICTURE) == FRAME_PICTURE;
    picture->page = take_u32(&r, UINT32_MAX);
    picture->symbol = take_u32(&r, SCAN_SYMBOLS_MAX);
    picture->bytes = r.left;
    return r.ok;
}

void scan_request_put(struct bytes *out, const struct scan_request *request)
{
    put_u64(out, request->limits.pixels);
    put_u64(out, request->limits.bytes);
    put_u32(out, request->limits.pages);
    put_u32(out, request->budget);
    put_u32(out, request->frame);
    put_u32(out, request->crops);
    put_u32(out, request->annotate);
}

bool scan_request_read(struct str request, struct scan_request *out)
{
    struct reading r = { request, true };

    out->limits.pixels = take_u64(&r);
    out->limits.bytes = take_u64(&r);
    out->limits.pages = take_u32(&r, UINT32_MAX);
    out->budget = take_u32(&r, UINT32_MAX);
    out->frame = take_u32(&r, UINT32_MAX);
    out->crops = take_u32(&r, 1) != 0;
    out->annotate = take_u32(&r, 1) != 0;
    return r.ok;
}
