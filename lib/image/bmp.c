// SPDX-License-Identifier: MIT
// Windows and OS/2 bitmaps.
#include "image/codec.h"
#include "image/cursor.h"
#include "image/grey.h"

enum {
    FILE_HEADER_SIZE = 14,
    CORE_HEADER_SIZE = 12,
    INFO_HEADER_SIZE = 40,
    HEADER_WITH_ALPHA = 56, // from this size on the header holds a mask of alpha
    PLAIN = 0,
    RLE8 = 1,
    RLE4 = 2,
    MASKS = 3,
    MASKS_WITH_ALPHA = 6,
};

// Some of the bits of a pixel, as a number from 0 to 255.
struct field {
    uint32_t mask;
    unsigned shift;
    uint8_t value[256];
};

struct bitmap {
    uint32_t header_size, start; // of the pixels
    uint32_t width, height, bits, compression;
    bool top_down;
    struct field red, green, blue, alpha;
    struct grey_layout layout;
};

// ---- the header ----

static void field_set(struct field *f, uint32_t mask)
{
    unsigned low = mask != 0 ? (unsigned)__builtin_ctz(mask) : 0;
    uint32_t most = mask >> low;
    unsigned extra = 0;

    while (most >> extra > 255)
        extra++;
    f->mask = mask;
    f->shift = low + extra;
    most >>= extra;
    for (unsigned i = 0; i < 256; i++)
        f->value[i] = (uint8_t)(most == 0 ? 0 : i >= most ? 255 : (i * 255 + most / 2) / most);
}

static unsigned field_get(const struct field *f, uint32_t pixel)
{
    return f->value[(pixel & f->mask) >> f->shift & 255];
}

static void read_masks(struct cursor *c, struct bitmap *b)
{
    if (b->compression == PLAIN) {
        field_set(&b->red, b->bits == 16 ? 0x7C00 : 0xFF0000);
        field_set(&b->green, b->bits == 16 ? 0x03E0 : 0xFF00);
        field_set(&b->blue, b->bits == 16 ? 0x001F : 0xFF);
        return;
    }
    cursor_seek(c, FILE_HEADER_SIZE + INFO_HEADER_SIZE);
    field_set(&b->red, cursor_u32(c));
    field_set(&b->green, cursor_u32(c));
    field_set(&b->blue, cursor_u32(c));
    if (b->compression == MASKS_WITH_ALPHA || b->header_size >= HEADER_WITH_ALPHA)
        field_set(&b->alpha, cursor_u32(c));
}

static void read_palette(struct cursor *c, struct bitmap *b)
{
    unsigned size = b->header_size == CORE_HEADER_SIZE ? 3 : 4;

    cursor_seek(c, (uint64_t)FILE_HEADER_SIZE + b->header_size);
    for (unsigned i = 0; i < 1u << b->bits && c->at + size <= b->start; i++) {
        unsigned blue = cursor_u8(c), green = cursor_u8(c), red = cursor_u8(c);
        b->layout.map[i] = grey_of(red, green, blue);
        cursor_take(c, size - 3);
    }
}

static void read_sides(struct cursor *c, struct bitmap *b)
{
    if (b->header_size == CORE_HEADER_SIZE) {
        b->width = cursor_u16(c);
        b->height = cursor_u16(c);
        return;
    }
    b->width = cursor_u32(c);
    b->height = cursor_u32(c);
    b->top_down = b->height >> 31;
    if (b->top_down)
        b->height = -b->height;
}

static bool is_known(const struct bitmap *b)
{
    switch (b->compression) {
    case PLAIN:
        return b->bits == 1 || b->bits == 2 || b->bits == 4 || b->bits == 8 || b->bits == 16 ||
               b->bits == 24 || b->bits == 32;
    case RLE8:
        return b->bits == 8 && !b->top_down;
    case RLE4:
        return b->bits == 4 && !b->top_down;
    case MASKS:
    case MASKS_WITH_ALPHA:
        return b->bits == 16 || b->bits == 32;
    default:
        return false;
    }
}

static enum error_code read_header(struct cursor *c, struct bitmap *b)
{
    cursor_seek(c, 10);
    b->start = cursor_u32(c);
    b->header_size = cursor_u32(c);
    read_sides(c, b);
    cursor_u16(c);
    b->bits = cursor_u16(c);
    b->compression = b->header_size >= INFO_HEADER_SIZE ? cursor_u32(c) : PLAIN;
    if (c->failed)
        return ERROR_TRUNCATED;
    if (!is_known(b))
        return ERROR_FORMAT_UNSUPPORTED;
    b->layout = (struct grey_layout){ .bits = b->bits, .channels = 1 };
    if (b->bits <= 8) {
        read_palette(c, b);
    } else if (b->bits == 24) {
        b->layout =
            (struct grey_layout){ .bits = 8, .channels = 3, .colour = true, .blue_first = true };
    } else {
        read_masks(c, b);
    }
    return c->failed ? ERROR_TRUNCATED : ERROR_COUNT;
}

// ---- the pixels ----

static uint8_t *row_of(const struct bitmap *b, const struct plane *plane, uint32_t y)
{
    return plane_row(plane, b->top_down ? y : plane->height - 1 - y);
}

static void put_masked(const struct bitmap *b, struct str row, uint8_t *out)
{
    struct cursor c = { .s = row };

    for (uint32_t x = 0; x < b->width; x++) {
        uint32_t pixel = (uint32_t)cursor_number(&c, b->bits / 8);
        uint8_t grey = grey_of(field_get(&b->red, pixel), field_get(&b->green, pixel),
                               field_get(&b->blue, pixel));
        out[x] = b->alpha.mask != 0 ? grey_on_white(grey, field_get(&b->alpha, pixel)) : grey;
    }
}

// Rows are padded to four bytes.
static uint32_t read_rows(const struct bitmap *b, struct cursor *c, const struct plane *plane)
{
    uint64_t size = ((uint64_t)b->width * b->bits + 31) / 32 * 4;
    uint32_t y = 0;

    for (; y < b->height; y++) {
        struct str row = cursor_take(c, size);
        if (c->failed)
            break;
        if (b->bits == 16 || b->bits == 32)
            put_masked(b, row, row_of(b, plane, y));
        else
            grey_row(&b->layout, (const uint8_t *)row.p, row_of(b, plane, y), b->width);
    }
    return y;
}

struct pen {
    const struct bitmap *bitmap;
    const struct plane *plane;
    uint32_t x, y;
    bool ended;
    uint32_t clean; // rows, in the file's order, that have the first colour where nothing was put
};

static void clean_rows(struct pen *pen, uint32_t end)
{
    for (; pen->clean < end && pen->clean < pen->bitmap->height; pen->clean++)
        memset(row_of(pen->bitmap, pen->plane, pen->clean), pen->bitmap->layout.map[0],
               pen->bitmap->width);
}

static void put_index(struct pen *pen, unsigned index)
{
    if (pen->y >= pen->clean)
        clean_rows(pen, pen->y + 1);
    if (pen->x < pen->bitmap->width && pen->y < pen->bitmap->height)
        row_of(pen->bitmap, pen->plane, pen->y)[pen->x] = pen->bitmap->layout.map[index & 255];
    if (pen->x < pen->bitmap->width)
        pen->x++;
}

// The index of the i-th pixel of a run or of literal bytes.
static unsigned index_of(const struct bitmap *b, unsigned byte, unsigned i)
{
    return b->compression == RLE8 ? byte : i % 2 == 0 ? byte >> 4 : byte & 15;
}

static void put_literals(struct pen *pen, struct cursor *c, unsigned count)
{
    bool half = pen->bitmap->compression == RLE4;
    size_t size = half ? (count + 1) / 2 : count;
    struct str data = cursor_take(c, size);

    for (unsigned i = 0; i < count && data.n > 0; i++)
        put_index(pen, index_of(pen->bitmap, (unsigned char)data.p[half ? i / 2 : i], i));
    if (size % 2 != 0)
        cursor_u8(c);
}

// Behind a zero byte. False: the picture ends.
static bool follow_escape(struct pen *pen, struct cursor *c, unsigned code)
{
    switch (code) {
    case 0:
        pen->x = 0;
        pen->y++;
        return true;
    case 1:
        pen->ended = true;
        return false;
    case 2: {
        uint32_t right = cursor_u8(c);
        pen->x = pen->x + right < pen->bitmap->width ? pen->x + right : pen->bitmap->width;
        pen->y += cursor_u8(c);
        return true;
    }
    default:
        put_literals(pen, c, code);
        return true;
    }
}

// What the file passes over has the first colour.
static uint32_t read_runs(const struct bitmap *b, struct cursor *c, const struct plane *plane)
{
    struct pen pen = { .bitmap = b, .plane = plane };

    while (pen.y < b->height) {
        unsigned count = cursor_u8(c), byte = cursor_u8(c);
        if (c->failed)
            break;
        if (count == 0 && !follow_escape(&pen, c, byte))
            break;
        for (unsigned i = 0; i < count; i++)
            put_index(&pen, index_of(b, byte, i));
    }
    uint32_t rows = pen.ended || pen.y > b->height ? b->height : pen.y;
    // A picture may end where it likes, but not one that a few bytes would make large.
    if (pen.ended && pen.clean < b->height / 2)
        rows = pen.clean;
    clean_rows(&pen, rows);
    return rows;
}

static enum error_code read_bmp(struct image *image, struct image_page *page)
{
    struct cursor c = { .s = image->bytes };
    struct bitmap b = { 0 };
    uint32_t rows;

    enum error_code code = read_header(&c, &b);
    if (code == ERROR_COUNT)
        code = codec_alloc(image, page, b.width, b.height);
    if (code != ERROR_COUNT)
        return code;
    cursor_seek(&c, b.start);
    if (b.compression == RLE8 || b.compression == RLE4)
        rows = read_runs(&b, &c, &page->plane);
    else
        rows = read_rows(&b, &c, &page->plane);
    code = codec_settle(page, rows, ERROR_TRUNCATED);
    for (uint32_t y = rows; y < b.height && code == ERROR_COUNT; y++)
        memset(row_of(&b, &page->plane, y), 255, b.width);
    return code;
}

const struct codec codec_bmp = { .read = read_bmp };
