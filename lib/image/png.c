// SPDX-License-Identifier: MIT
// PNG (ISO/IEC 15948) by libpng.
#include "base/wipe.h"
#include "image/codec.h"
#include "image/cursor.h"
#include "image/exif.h"
#include "image/grey.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>

enum {
    CHUNK_MEMORY_MAX = 1 << 20,
    SIGNATURE_SIZE = 8,
    READ_BYTES = 4096,     // at a time
    LAST_ROW_BYTES = 4096, // and as often its own size
    LAST_ROW_FACTOR = 16,
};

struct reader {
    png_structp png;
    png_infop info;
    struct cursor bytes;
    jmp_buf escape;
    enum error_code failure;
    struct grey_layout layout;
    bool last;     // this row is
    uint64_t left; // bytes that may be read for it
    uint8_t *row;  // of samples
    uint8_t *grey; // of one pass of an interlaced picture
    uint64_t rows; // read so far; of an interlaced picture, as many as its pixels would fill
};

static _Noreturn void fail(struct reader *r, enum error_code code)
{
    r->failure = code;
    longjmp(r->escape, 1);
}

static _Noreturn void on_error(png_structp png, png_const_charp text)
{
    struct reader *r = png_get_error_ptr(png);
    (void)text;
    fail(r, r->bytes.failed ? ERROR_TRUNCATED : ERROR_IMAGE_DAMAGED);
}

static void on_warning(png_structp png, png_const_charp text)
{
    (void)png;
    (void)text;
}

static void on_read(png_structp png, png_bytep out, size_t n)
{
    struct reader *r = png_get_io_ptr(png);
    struct str taken = cursor_take(&r->bytes, n);

    if (r->bytes.failed || (r->last && n > r->left))
        png_error(png, "");
    r->left -= r->last ? n : 0;
    memcpy(out, taken.p, n);
}

static void set_up(struct reader *r)
{
    r->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, r, on_error, on_warning);
    if (r->png == NULL)
        fail(r, ERROR_NO_MEMORY);
    r->info = png_create_info_struct(r->png);
    if (r->info == NULL)
        fail(r, ERROR_NO_MEMORY);
    png_set_read_fn(r->png, r, on_read);
    png_set_user_limits(r->png, IMAGE_SIDE_MAX, IMAGE_SIDE_MAX);
    png_set_compression_buffer_size(r->png, READ_BYTES);
    png_set_chunk_malloc_max(r->png, CHUNK_MEMORY_MAX);
    // Texts, profiles and the like are passed over, and a wrong checksum is no reason to give up.
    png_set_keep_unknown_chunks(r->png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
    png_set_crc_action(r->png, PNG_CRC_QUIET_USE, PNG_CRC_QUIET_USE);
}

// A palette's colours as grey, or the greys of fewer than eight bits; transparent ones on white.
static void make_map(struct reader *r, bool palette)
{
    png_colorp colours = NULL;
    png_bytep alphas = NULL;
    png_color_16p key = NULL;
    int colour_count = 0, alpha_count = 0;

    grey_map_even(&r->layout);
    if (palette)
        png_get_PLTE(r->png, r->info, &colours, &colour_count);
    png_get_tRNS(r->png, r->info, &alphas, &alpha_count, &key);
    for (int i = 0; i < colour_count && i < 256; i++) {
        uint8_t grey = grey_of(colours[i].red, colours[i].green, colours[i].blue);
        r->layout.map[i] = grey_on_white(grey, alphas != NULL && i < alpha_count ? alphas[i] : 255);
    }
    if (!palette && key != NULL && key->gray < 256)
        r->layout.map[key->gray] = 255;
}

static void choose_layout(struct reader *r)
{
    unsigned type = png_get_color_type(r->png, r->info);

    r->layout.bits = png_get_bit_depth(r->png, r->info);
    r->layout.channels = png_get_channels(r->png, r->info);
    r->layout.alpha = type & PNG_COLOR_MASK_ALPHA;
    if (r->layout.channels == 1 && r->layout.bits <= 8) {
        make_map(r, type == PNG_COLOR_TYPE_PALETTE);
    } else if (png_get_valid(r->png, r->info, PNG_INFO_tRNS)) {
        png_set_tRNS_to_alpha(r->png);
        r->layout.alpha = true;
        r->layout.channels++;
    }
    r->layout.colour = type & PNG_COLOR_MASK_COLOR && r->layout.channels > 1;
}

static void read_header(struct reader *r, const struct image *image, struct image_page *page)
{
    png_read_info(r->png, r->info);
    uint32_t width = png_get_image_width(r->png, r->info);
    uint32_t height = png_get_image_height(r->png, r->info);
    enum error_code code = codec_alloc(image, page, width, height);
    if (code != ERROR_COUNT)
        fail(r, code);
    choose_layout(r);
    png_read_update_info(r->png, r->info);
    if (png_get_rowbytes(r->png, r->info) != grey_row_size(&r->layout, width))
        fail(r, ERROR_IMAGE_DAMAGED);
    r->row = malloc(png_get_rowbytes(r->png, r->info));
    r->grey = malloc(width);
    if (r->row == NULL || r->grey == NULL)
        fail(r, ERROR_NO_MEMORY);
}

// Behind the last row, libpng reads all data that are left; they may be without end.
static void read_row(struct reader *r, bool last)
{
    r->last = last;
    r->left = png_get_rowbytes(r->png, r->info) * LAST_ROW_FACTOR + LAST_ROW_BYTES;
    png_read_row(r->png, r->row, NULL);
}

static void read_rows(struct reader *r, const struct plane *plane)
{
    for (; r->rows < plane->height; r->rows++) {
        read_row(r, r->rows + 1 == plane->height);
        grey_row(&r->layout, r->row, plane_row(plane, (uint32_t)r->rows), plane->width);
    }
}

// One of the seven pictures that an interlaced one consists of.
static void read_pass(struct reader *r, const struct plane *plane, unsigned pass)
{
    uint32_t rows = PNG_PASS_ROWS(plane->height, pass), columns = PNG_PASS_COLS(plane->width, pass);

    for (uint32_t y = 0; y < rows && columns > 0; y++) {
        read_row(r, pass + 1 == PNG_INTERLACE_ADAM7_PASSES && y + 1 == rows);
        grey_row(&r->layout, r->row, r->grey, columns);
        uint8_t *out = plane_row(plane, PNG_ROW_FROM_PASS_ROW(y, pass));
        for (uint32_t x = 0; x < columns; x++)
            out[PNG_COL_FROM_PASS_COL(x, pass)] = r->grey[x];
        // The last pass fills every second row.
        if (pass + 1 == PNG_INTERLACE_ADAM7_PASSES)
            r->rows = plane->height / 2 + y + 1;
    }
}

static void decode(struct reader *r, const struct plane *plane)
{
    if (png_get_interlace_type(r->png, r->info) == PNG_INTERLACE_NONE) {
        read_rows(r, plane);
        return;
    }
    for (unsigned pass = 0; pass < PNG_INTERLACE_ADAM7_PASSES; pass++)
        read_pass(r, plane, pass);
    r->rows = plane->height;
}

// Everything that libpng may leave by a jump.
static void run(struct reader *r, const struct image *image, struct image_page *page)
{
    if (setjmp(r->escape) != 0)
        return;
    set_up(r);
    read_header(r, image, page);
    decode(r, &page->plane);
}

// The rows that the last pass of an interlaced picture did not bring become like those above them.
static void fill_pass(const struct plane *plane, uint64_t rows)
{
    uint64_t missing = rows > plane->height / 2 ? (rows - plane->height / 2) * 2 + 1 : 1;

    for (uint64_t y = missing; y < plane->height; y += 2)
        memcpy(plane_row(plane, (uint32_t)y), plane_row(plane, (uint32_t)y - 1), plane->width);
}

static enum error_code settle(const struct reader *r, struct image_page *page)
{
    if (r->failure == ERROR_COUNT || page->plane.grey == NULL || r->failure == ERROR_NO_MEMORY)
        return r->failure;
    if (codec_settle(page, r->rows, r->failure) != ERROR_COUNT)
        return r->failure;
    if (png_get_interlace_type(r->png, r->info) == PNG_INTERLACE_NONE)
        plane_blank(&page->plane, (uint32_t)r->rows);
    else
        fill_pass(&page->plane, r->rows);
    return ERROR_COUNT;
}

static uint8_t find_orientation(struct str bytes)
{
    struct cursor c = { .s = bytes, .at = SIGNATURE_SIZE, .big_endian = true };

    while (!c.failed) {
        uint32_t length = cursor_u32(&c);
        struct str type = cursor_take(&c, 4), data = cursor_take(&c, length);
        cursor_u32(&c);
        if (str_eq(type, STR("eXIf")))
            return exif_orientation(data);
        if (str_eq(type, STR("IDAT")))
            break;
    }
    return 1;
}

static enum error_code read_png(struct image *image, struct image_page *page)
{
    struct reader r = { .bytes.s = image->bytes, .failure = ERROR_COUNT };

    run(&r, image, page);
    enum error_code code = settle(&r, page);
    png_destroy_read_struct(&r.png, &r.info, NULL);
    wipe_free(r.row);
    wipe_free(r.grey);
    if (code == ERROR_COUNT)
        page->orientation = find_orientation(image->bytes);
    return code;
}

const struct codec codec_png = { .read = read_png };
