// SPDX-License-Identifier: MIT
// GIF (87a and 89a): the first picture, on white.
#include "base/wipe.h"
#include "image/codec.h"
#include "image/cursor.h"
#include "image/grey.h"

#include <stdlib.h>

enum {
    EXTENSION = 0x21,
    PICTURE = 0x2C,
    GRAPHIC_CONTROL = 0xF9,
    CODES = 4096,
    CODE_BITS_MAX = 12,
    NO_CODE = CODES,
};

struct frame {
    uint32_t left, top, width, height;
    bool interlaced;
    uint8_t map[256]; // the grey of each colour
};

// Codes out of sub-blocks of up to 255 bytes.
struct codes {
    struct cursor *bytes;
    size_t block; // bytes left in this sub-block
    uint32_t held;
    unsigned bits; // of held
};

struct lzw {
    uint16_t prefix[CODES];
    uint8_t last[CODES], first[CODES];
    uint8_t stack[CODES];
    unsigned root_bits, bits, next, previous;
};

struct pen {
    const struct frame *frame;
    const struct plane *plane;
    uint32_t x, y;
    unsigned pass;
    uint32_t rows;  // of the frame that are whole
    uint32_t clean; // rows of the plane, from the first, that are white where nothing was put
};

// ---- the blocks before the picture ----

static void read_colours(struct cursor *c, uint8_t flags, uint8_t map[256])
{
    if ((flags & 0x80) == 0)
        return;
    for (unsigned i = 0; i < 2u << (flags & 7); i++) {
        unsigned red = cursor_u8(c), green = cursor_u8(c);
        map[i] = grey_of(red, green, cursor_u8(c));
    }
}

static void skip_blocks(struct cursor *c)
{
    for (unsigned size = cursor_u8(c); size > 0 && !c->failed; size = cursor_u8(c))
        cursor_take(c, size);
}

// The colour that is to be seen through, or -1.
static int read_extension(struct cursor *c, int transparent)
{
    if (cursor_u8(c) == GRAPHIC_CONTROL) {
        struct cursor look = *c;
        cursor_u8(&look);
        bool has = cursor_u8(&look) & 1;
        cursor_u16(&look);
        uint8_t colour = cursor_u8(&look);
        transparent = has && !look.failed ? colour : -1;
    }
    skip_blocks(c);
    return transparent;
}

static enum error_code find_frame(struct cursor *c, struct frame *f)
{
    int transparent = -1;
    uint8_t block;

    while ((block = cursor_u8(c)) == EXTENSION)
        transparent = read_extension(c, transparent);
    f->left = cursor_u16(c);
    f->top = cursor_u16(c);
    f->width = cursor_u16(c);
    f->height = cursor_u16(c);
    uint8_t flags = cursor_u8(c);
    f->interlaced = flags & 0x40;
    read_colours(c, flags, f->map);
    if (transparent >= 0)
        f->map[transparent] = 255;
    if (c->failed)
        return ERROR_TRUNCATED;
    return block == PICTURE ? ERROR_COUNT : ERROR_IMAGE_DAMAGED;
}

// ---- the picture ----

static unsigned next_code(struct codes *in, unsigned bits)
{
    while (in->bits < bits) {
        if (in->block == 0)
            in->block = cursor_u8(in->bytes);
        if (in->block == 0)
            return NO_CODE;
        in->held |= (uint32_t)cursor_u8(in->bytes) << in->bits;
        if (in->bytes->failed)
            return NO_CODE;
        in->bits += 8;
        in->block--;
    }
    unsigned code = in->held & ((1u << bits) - 1);
    in->held >>= bits;
    in->bits -= bits;
    return code;
}

// Rows 0, 8, ..., then 4, 12, ..., then 2, 6, ..., then 1, 3, ...
static void next_row(struct pen *pen)
{
    static const uint8_t starts[] = { 0, 4, 2, 1 }, steps[] = { 8, 8, 4, 2 };

    pen->x = 0;
    pen->rows++;
    pen->y += pen->frame->interlaced ? steps[pen->pass] : 1;
    while (pen->frame->interlaced && pen->y >= pen->frame->height && pen->pass < 3)
        pen->y = starts[++pen->pass];
}

static void put_pixel(struct pen *pen, uint8_t colour)
{
    uint64_t x = (uint64_t)pen->frame->left + pen->x, y = (uint64_t)pen->frame->top + pen->y;

    for (; pen->clean <= y && pen->clean < pen->plane->height; pen->clean++)
        memset(plane_row(pen->plane, pen->clean), 255, pen->plane->width);
    if (x < pen->plane->width && y < pen->plane->height)
        plane_row(pen->plane, (uint32_t)y)[x] = pen->frame->map[colour];
    if (++pen->x == pen->frame->width)
        next_row(pen);
}

static void lzw_clear(struct lzw *z)
{
    z->bits = z->root_bits + 1;
    z->next = (1u << z->root_bits) + 2;
    z->previous = NO_CODE;
}

static void lzw_add(struct lzw *z, uint8_t last)
{
    if (z->previous == NO_CODE || z->next >= CODES)
        return;
    z->prefix[z->next] = (uint16_t)z->previous;
    z->last[z->next] = last;
    z->first[z->next] = z->first[z->previous];
    z->next++;
    if (z->next == 1u << z->bits && z->bits < CODE_BITS_MAX)
        z->bits++;
}

// A code stands for the text of its prefix and one byte more, so it is unrolled from its end.
static void lzw_put(struct lzw *z, unsigned code, struct pen *pen)
{
    unsigned depth = 0, roots = 1u << z->root_bits;

    for (; code >= roots && depth < CODES; code = z->prefix[code])
        z->stack[depth++] = z->last[code];
    put_pixel(pen, (uint8_t)code);
    while (depth > 0 && pen->rows < pen->frame->height)
        put_pixel(pen, z->stack[--depth]);
}

// False where the data are no LZW.
static bool lzw_step(struct lzw *z, unsigned code, struct pen *pen)
{
    unsigned clear = 1u << z->root_bits;

    if (code == clear) {
        lzw_clear(z);
        return true;
    }
    if (code > z->next || code == clear + 1 || (code == z->next && z->previous == NO_CODE))
        return false;
    uint8_t first = z->first[code == z->next ? z->previous : code];
    bool unknown = code == z->next;
    lzw_add(z, first);
    if (unknown && code >= z->next)
        return false;
    lzw_put(z, code, pen);
    z->previous = code;
    return true;
}

static enum error_code read_pixels(struct cursor *c, struct lzw *z, struct pen *pen)
{
    struct codes in = { .bytes = c };
    unsigned end;

    z->root_bits = cursor_u8(c);
    if (c->failed || z->root_bits < 1 || z->root_bits > 8)
        return c->failed ? ERROR_TRUNCATED : ERROR_IMAGE_DAMAGED;
    end = (1u << z->root_bits) + 1;
    for (unsigned i = 0; i < 1u << z->root_bits; i++)
        z->first[i] = (uint8_t)i;
    lzw_clear(z);
    while (pen->rows < pen->frame->height) {
        unsigned code = next_code(&in, z->bits);
        if (code == NO_CODE || code == end)
            return ERROR_TRUNCATED;
        if (!lzw_step(z, code, pen))
            return ERROR_IMAGE_DAMAGED;
    }
    return ERROR_COUNT;
}

static enum error_code read_frame(struct cursor *c, const struct frame *f, struct image_page *page)
{
    struct pen pen = { .frame = f, .plane = &page->plane };
    struct lzw *z = calloc(1, sizeof *z);

    if (z == NULL)
        return ERROR_NO_MEMORY;
    enum error_code code = read_pixels(c, z, &pen);
    wipe_free(z);
    if (code != ERROR_COUNT)
        code = codec_settle(page, (uint64_t)pen.rows * page->plane.height / f->height, code);
    if (code == ERROR_COUNT)
        plane_blank(&page->plane, pen.clean);
    return code;
}

static enum error_code read_gif(struct image *image, struct image_page *page)
{
    struct cursor c = { .s = image->bytes };
    struct frame f = { 0 };

    cursor_seek(&c, 6);
    uint32_t width = cursor_u16(&c), height = cursor_u16(&c);
    uint8_t flags = cursor_u8(&c);
    cursor_u16(&c);
    read_colours(&c, flags, f.map);
    enum error_code code = find_frame(&c, &f);
    if (code == ERROR_COUNT)
        code = codec_check_size(image, f.width, f.height);
    if (code == ERROR_COUNT)
        code = codec_alloc(image, page, width > 0 ? width : f.left + f.width,
                           height > 0 ? height : f.top + f.height);
    return code == ERROR_COUNT ? read_frame(&c, &f, page) : code;
}

const struct codec codec_gif = { .read = read_gif };
