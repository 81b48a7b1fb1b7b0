// SPDX-License-Identifier: MIT
// TIFF 6.0 and BigTIFF by libtiff, which sees one directory at a time: the chain of directories is
// followed here, so that it ends where it would begin again, and a bad page costs itself alone.
#include "base/wipe.h"
#include "image/codec.h"
#include "image/cursor.h"
#include "image/grey.h"

#include <stdio.h>
#include <stdlib.h>
#include <tiffio.h>

enum { SAMPLES_MAX = 32, BYTES_A_PIXEL_MAX = 8 };

#define TIFF_FUNCTIONS(F)                                                                          \
    F(TIFFClientOpenExt)                                                                           \
    F(TIFFClose)                                                                                   \
    F(TIFFComputeStrip)                                                                            \
    F(TIFFGetField)                                                                                \
    F(TIFFGetFieldDefaulted)                                                                       \
    F(TIFFGetStrileByteCount)                                                                      \
    F(TIFFGetStrileOffset)                                                                         \
    F(TIFFIsTiled)                                                                                 \
    F(TIFFOpenOptionsAlloc)                                                                        \
    F(TIFFOpenOptionsFree)                                                                         \
    F(TIFFOpenOptionsSetMaxSingleMemAlloc)                                                         \
    F(TIFFRGBAImageBegin)                                                                          \
    F(TIFFRGBAImageEnd)                                                                            \
    F(TIFFRGBAImageGet)                                                                            \
    F(TIFFReadEncodedTile)                                                                         \
    F(TIFFReadScanline)                                                                            \
    F(TIFFScanlineSize64)                                                                          \
    F(TIFFSetErrorHandler)                                                                         \
    F(TIFFSetField)                                                                                \
    F(TIFFSetSubDirectory)                                                                         \
    F(TIFFSetWarningHandler)                                                                       \
    F(TIFFTileRowSize64)                                                                           \
    F(TIFFTileSize64)

static struct {
    TIFF_FUNCTIONS(LIBRARY_POINTER)
} lib;

static const char *const names[] = { TIFF_FUNCTIONS(LIBRARY_NAME) };

static void make_silent(void)
{
    lib.TIFFSetErrorHandler(NULL);
    lib.TIFFSetWarningHandler(NULL);
}

static struct library library = {
    .soname = "libtiff.so.6",
    .names = names,
    .count = sizeof names / sizeof *names,
    .pointers = &lib,
    .loaded = make_silent,
};

struct state {
    TIFF *tif;
    struct cursor bytes; // where libtiff reads
    bool big;            // offsets of eight bytes
    uint64_t *directory; // where each page's begins
};

// The picture of one directory.
struct sheet {
    TIFF *tif;
    size_t file_size;
    uint32_t width, height;
    uint32_t step; // rows of a strip or of a tile
    uint32_t tile_width;
    uint16_t samples, bits, photometric, compression, planar;
    struct grey_layout layout;
    void *buffer;         // what libtiff fills: samples or colours
    uint64_t units, lost; // rows, tiles or strips, and how many of them did not come
    bool cut;             // something lies beyond the file's end
};

// ---- the file, for libtiff ----

static tmsize_t on_read(thandle_t handle, void *out, tmsize_t n)
{
    struct cursor *c = &((struct state *)handle)->bytes;
    size_t left = cursor_left(c);
    struct str taken = cursor_take(c, n < 0 ? 0 : (size_t)n < left ? (size_t)n : left);

    if (taken.n > 0)
        memcpy(out, taken.p, taken.n);
    return (tmsize_t)taken.n;
}

static tmsize_t on_write(thandle_t handle, void *data, tmsize_t n)
{
    (void)handle;
    (void)data;
    (void)n;
    return 0;
}

static toff_t on_seek(thandle_t handle, toff_t offset, int whence)
{
    struct cursor *c = &((struct state *)handle)->bytes;
    uint64_t from = whence == SEEK_CUR ? c->at : whence == SEEK_END ? c->s.n : 0;

    cursor_seek(c, offset > UINT64_MAX - from ? UINT64_MAX : from + offset);
    return c->at;
}

static int on_close(thandle_t handle)
{
    (void)handle;
    return 0;
}

static toff_t on_size(thandle_t handle)
{
    return ((struct state *)handle)->bytes.s.n;
}

// libtiff does not write to what it is given here.
static int on_map(thandle_t handle, void **start, toff_t *size)
{
    struct str s = ((struct state *)handle)->bytes.s;
    memcpy(start, &s.p, sizeof s.p);
    *size = s.n;
    return 1;
}

static void on_unmap(thandle_t handle, void *start, toff_t size)
{
    (void)handle;
    (void)start;
    (void)size;
}

static TIFF *open_tiff(struct state *s, uint64_t pixels)
{
    TIFFOpenOptions *options = lib.TIFFOpenOptionsAlloc();
    uint64_t most = pixels < INT64_MAX / BYTES_A_PIXEL_MAX ? pixels * BYTES_A_PIXEL_MAX : INT64_MAX;

    if (options == NULL)
        return NULL;
    lib.TIFFOpenOptionsSetMaxSingleMemAlloc(options, (tmsize_t)most);
    // "h": no directory is read yet.
    TIFF *tif = lib.TIFFClientOpenExt("", "rh", s, on_read, on_write, on_seek, on_close, on_size,
                                      on_map, on_unmap, options);
    lib.TIFFOpenOptionsFree(options);
    return tif;
}

// ---- the chain of directories ----

static struct cursor cursor_of(const struct state *s, uint64_t at)
{
    struct cursor c = { .s = s->bytes.s, .big_endian = s->bytes.big_endian };
    cursor_seek(&c, at);
    return c;
}

// TIFF 6.0, section 2: a count, entries of twelve bytes, the offset of the next directory. In a
// BigTIFF these are eight, twenty and eight bytes.
static uint64_t directory_after(const struct state *s, uint64_t directory)
{
    struct cursor c = cursor_of(s, directory);
    uint64_t entries = cursor_number(&c, s->big ? 8 : 2);

    if (entries > c.s.n)
        return 0;
    cursor_seek(&c, c.at + entries * (s->big ? 20 : 12));
    uint64_t next = cursor_number(&c, s->big ? 8 : 4);
    return c.failed ? 0 : next;
}

// After so many steps a chain is either longer than that, or turns in a circle, in which its last
// directory lies: how many there are before the first one that comes again.
static size_t before_circle(const uint64_t *directory, size_t count)
{
    size_t turn = 1, start = 0;

    while (turn < count && directory[count - 1 - turn] != directory[count - 1])
        turn++;
    if (turn == count)
        return count;
    while (directory[start] != directory[start + turn])
        start++;
    return start + turn;
}

// All directories, but never more than one beyond the limit.
static enum error_code follow_chain(struct image *image, uint64_t first)
{
    struct state *s = image->state;
    size_t most = (size_t)image->limits.pages + 1, room = 0, count = 0;

    for (uint64_t next = first; next != 0 && count < most; next = directory_after(s, next)) {
        if (count == room) {
            room = room == 0 ? 16 : room * 2 < most ? room * 2 : most;
            uint64_t *grown = realloc(s->directory, room * sizeof *grown);
            if (grown == NULL)
                return ERROR_NO_MEMORY;
            s->directory = grown;
        }
        s->directory[count++] = next;
    }
    if (count == most)
        count = before_circle(s->directory, count);
    image->count.more = count == most;
    image->count.pages = (uint32_t)(count == most ? most - 1 : count);
    return ERROR_COUNT;
}

static enum error_code open_image(struct image *image)
{
    struct state *s = calloc(1, sizeof *s);

    image->state = s;
    if (s == NULL)
        return ERROR_NO_MEMORY;
    s->bytes.s = image->bytes;
    s->bytes.big_endian = str_starts(image->bytes, STR("MM"));
    struct cursor c = cursor_of(s, 2);
    s->big = cursor_u16(&c) == 43;
    cursor_seek(&c, s->big ? 8 : 4);
    uint64_t first = cursor_number(&c, s->big ? 8 : 4);
    if (c.failed || first >= image->bytes.n)
        return ERROR_TRUNCATED;
    s->tif = open_tiff(s, image->limits.pixels);
    return s->tif != NULL ? follow_chain(image, first) : ERROR_IMAGE_DAMAGED;
}

static void close_image(struct image *image)
{
    struct state *s = image->state;

    if (s != NULL && s->tif != NULL)
        lib.TIFFClose(s->tif);
    if (s != NULL)
        free(s->directory);
    free(s);
}

static bool has_page(struct image *image)
{
    return image->pages < image->count.pages;
}

// ---- one page ----

static uint16_t number_of(TIFF *tif, uint32_t tag, uint16_t otherwise)
{
    uint16_t value = otherwise;
    return lib.TIFFGetFieldDefaulted(tif, tag, &value) ? value : otherwise;
}

static uint16_t photometric_of(const struct sheet *s)
{
    bool fax = s->compression == COMPRESSION_CCITTRLE || s->compression == COMPRESSION_CCITTFAX3 ||
               s->compression == COMPRESSION_CCITTFAX4 || s->compression == COMPRESSION_CCITTRLEW;
    uint16_t usual = fax              ? PHOTOMETRIC_MINISWHITE
                     : s->samples > 2 ? PHOTOMETRIC_RGB
                                      : PHOTOMETRIC_MINISBLACK;
    return number_of(s->tif, TIFFTAG_PHOTOMETRIC, usual);
}

static void read_tags(struct sheet *s)
{
    lib.TIFFGetField(s->tif, TIFFTAG_IMAGEWIDTH, &s->width);
    lib.TIFFGetField(s->tif, TIFFTAG_IMAGELENGTH, &s->height);
    s->samples = number_of(s->tif, TIFFTAG_SAMPLESPERPIXEL, 1);
    s->bits = number_of(s->tif, TIFFTAG_BITSPERSAMPLE, 1);
    s->compression = number_of(s->tif, TIFFTAG_COMPRESSION, COMPRESSION_NONE);
    s->planar = number_of(s->tif, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    s->photometric = photometric_of(s);
    if (lib.TIFFIsTiled(s->tif)) {
        lib.TIFFGetField(s->tif, TIFFTAG_TILEWIDTH, &s->tile_width);
        lib.TIFFGetField(s->tif, TIFFTAG_TILELENGTH, &s->step);
    } else {
        lib.TIFFGetFieldDefaulted(s->tif, TIFFTAG_ROWSPERSTRIP, &s->step);
    }
    if (s->tile_width == 0 && s->step > s->height)
        s->step = s->height;
}

// TIFF 6.0, section 5: sixteen bits a colour; some programs write eight.
static bool map_palette(struct sheet *s)
{
    uint16_t *red, *green, *blue;
    unsigned count = 1u << s->bits, shift = 0;

    if (!lib.TIFFGetField(s->tif, TIFFTAG_COLORMAP, &red, &green, &blue))
        return false;
    for (unsigned i = 0; i < count; i++)
        if (red[i] > 255 || green[i] > 255 || blue[i] > 255)
            shift = 8;
    for (unsigned i = 0; i < count; i++)
        s->layout.map[i] = grey_of(red[i] >> shift, green[i] >> shift, blue[i] >> shift);
    return true;
}

static bool choose_map(struct sheet *s)
{
    grey_map_even(&s->layout);
    if (s->photometric == PHOTOMETRIC_PALETTE)
        return s->bits <= 8 && s->samples == 1 && map_palette(s);
    s->layout.invert = s->photometric == PHOTOMETRIC_MINISWHITE;
    if (s->layout.invert)
        for (size_t i = 0; i < sizeof s->layout.map; i++)
            s->layout.map[i] ^= 255;
    return true;
}

static void choose_alpha(struct sheet *s)
{
    uint16_t count = 0, *types = NULL;

    lib.TIFFGetFieldDefaulted(s->tif, TIFFTAG_EXTRASAMPLES, &count, &types);
    if (count == 0 || s->samples != count + (s->layout.colour ? 3 : 1))
        return;
    s->layout.alpha = types[0] == EXTRASAMPLE_ASSOCALPHA || types[0] == EXTRASAMPLE_UNASSALPHA;
    s->layout.multiplied = types[0] == EXTRASAMPLE_ASSOCALPHA;
}

// False where the rows are not samples that grey_row() takes; libtiff then makes colours of them.
static bool choose_layout(struct sheet *s)
{
    const uint16_t one = 1;

    s->layout = (struct grey_layout){ .bits = s->bits, .channels = s->samples };
    s->layout.low_first = *(const uint8_t *)&one == 1; // libtiff gives the machine's order
    bool ycbcr = s->photometric == PHOTOMETRIC_YCBCR && s->compression == COMPRESSION_JPEG;
    bool one_each = s->photometric == PHOTOMETRIC_MINISWHITE ||
                    s->photometric == PHOTOMETRIC_MINISBLACK ||
                    s->photometric == PHOTOMETRIC_PALETTE;
    s->layout.colour = s->photometric == PHOTOMETRIC_RGB || ycbcr;
    if (number_of(s->tif, TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT) != SAMPLEFORMAT_UINT ||
        (s->samples > 1 && s->planar != PLANARCONFIG_CONTIG) || s->samples > SAMPLES_MAX)
        return false;
    if (ycbcr && (s->samples != 3 || s->bits != 8 ||
                  !lib.TIFFSetField(s->tif, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB)))
        return false;
    if (s->bits != 8 && s->bits != 16 &&
        !(s->samples == 1 && (s->bits == 1 || s->bits == 2 || s->bits == 4)))
        return false;
    if (!(s->layout.colour ? s->samples >= 3 : one_each))
        return false;
    choose_alpha(s);
    return choose_map(s);
}

// Some of the picture does not come. False: so much that nothing is left to be read.
static bool lose(struct sheet *s, uint32_t strile, uint64_t units)
{
    uint64_t at = lib.TIFFGetStrileOffset(s->tif, strile);
    uint64_t size = lib.TIFFGetStrileByteCount(s->tif, strile);

    s->cut = s->cut || at > s->file_size || size > s->file_size - at;
    s->lost += units;
    return s->lost * 2 <= s->units;
}

static uint32_t smaller(uint32_t a, uint64_t b)
{
    return a < b ? a : (uint32_t)b;
}

static void blank(const struct plane *plane, uint32_t x, uint32_t y, uint32_t width, uint32_t rows)
{
    for (uint32_t i = 0; i < rows; i++)
        memset(plane_row(plane, y + i) + x, 255, width);
}

// When a row is lost, so is the rest of its strip.
static enum error_code read_rows(struct sheet *s, const struct plane *plane)
{
    uint64_t size = lib.TIFFScanlineSize64(s->tif), need = grey_row_size(&s->layout, s->width);

    s->units = s->height;
    if (size < need || size > need * SAMPLES_MAX)
        return ERROR_IMAGE_DAMAGED;
    s->buffer = calloc(1, size);
    if (s->buffer == NULL)
        return ERROR_NO_MEMORY;
    for (uint32_t y = 0; y < s->height;) {
        if (lib.TIFFReadScanline(s->tif, s->buffer, y, 0) == 1) {
            grey_row(&s->layout, s->buffer, plane_row(plane, y++), s->width);
            continue;
        }
        uint32_t rows = smaller(s->step - y % s->step, s->height - y);
        if (!lose(s, lib.TIFFComputeStrip(s->tif, y, 0), rows))
            break;
        blank(plane, 0, y, s->width, rows);
        y += rows;
    }
    return ERROR_COUNT;
}

// False: too much is lost.
static bool read_tile(struct sheet *s, const struct plane *plane, uint32_t tile, uint32_t x,
                      uint32_t y)
{
    uint64_t size = lib.TIFFTileSize64(s->tif), row_size = lib.TIFFTileRowSize64(s->tif);
    uint32_t width = smaller(s->tile_width, s->width - x), rows = smaller(s->step, s->height - y);

    if (lib.TIFFReadEncodedTile(s->tif, tile, s->buffer, (tmsize_t)size) < 0) {
        if (!lose(s, tile, 1))
            return false;
        blank(plane, x, y, width, rows);
        return true;
    }
    const uint8_t *samples = s->buffer;
    for (uint32_t i = 0; i < rows; i++)
        grey_row(&s->layout, samples + i * row_size, plane_row(plane, y + i) + x, width);
    return true;
}

static enum error_code read_tiles(struct sheet *s, const struct plane *plane)
{
    uint64_t size = lib.TIFFTileSize64(s->tif), row_size = lib.TIFFTileRowSize64(s->tif);
    uint32_t across = (s->width - 1) / s->tile_width + 1, down = (s->height - 1) / s->step + 1;

    s->units = (uint64_t)across * down;
    if (row_size < grey_row_size(&s->layout, s->tile_width) || size / row_size < s->step)
        return ERROR_IMAGE_DAMAGED;
    s->buffer = calloc(1, size);
    if (s->buffer == NULL)
        return ERROR_NO_MEMORY;
    for (uint32_t tile = 0; tile < s->units; tile++)
        if (!read_tile(s, plane, tile, tile % across * s->tile_width, tile / across * s->step))
            break;
    return ERROR_COUNT;
}

static void put_colours(const uint32_t *in, uint8_t *out, uint32_t width)
{
    for (uint32_t x = 0; x < width; x++) {
        unsigned grey = grey_of(TIFFGetR(in[x]), TIFFGetG(in[x]), TIFFGetB(in[x]));
        unsigned missing = 255 - TIFFGetA(in[x]);
        out[x] = (uint8_t)(grey + missing < 255 ? grey + missing : 255);
    }
}

static void read_colour_strips(struct sheet *s, TIFFRGBAImage *from, const struct plane *plane)
{
    uint32_t *colours = s->buffer;

    s->units = s->height;
    for (uint64_t at = 0; at < s->height; at += s->step) {
        uint32_t y = (uint32_t)at, rows = smaller(s->step, s->height - at);
        from->row_offset = (int)y;
        if (!lib.TIFFRGBAImageGet(from, colours, s->width, rows)) {
            if (!lose(s, s->tile_width > 0 ? 0 : lib.TIFFComputeStrip(s->tif, y, 0), rows))
                break;
            blank(plane, 0, y, s->width, rows);
            continue;
        }
        for (uint32_t i = 0; i < rows; i++)
            put_colours(colours + (size_t)i * s->width, plane_row(plane, y + i), s->width);
    }
}

// Whatever libtiff knows how to turn into colours: ink, L*a*b*, separate planes, odd depths.
static enum error_code read_colours(struct sheet *s, const struct plane *plane)
{
    TIFFRGBAImage from;
    char text[1024];

    if (!lib.TIFFRGBAImageBegin(&from, s->tif, 1, text))
        return ERROR_FORMAT_UNSUPPORTED;
    from.req_orientation = from.orientation; // as stored
    s->buffer = calloc((size_t)s->width * smaller(s->step, s->height), sizeof(uint32_t));
    if (s->buffer != NULL)
        read_colour_strips(s, &from, plane);
    lib.TIFFRGBAImageEnd(&from);
    return s->buffer != NULL ? ERROR_COUNT : ERROR_NO_MEMORY;
}

// What the tags say beyond the picture's size, which is checked.
static enum error_code check_tags(const struct sheet *s, uint64_t pixels)
{
    uint64_t most = pixels < UINT64_MAX / 64 ? pixels * BYTES_A_PIXEL_MAX : UINT64_MAX;

    if (s->step == 0 || (lib.TIFFIsTiled(s->tif) && s->tile_width == 0))
        return ERROR_IMAGE_DAMAGED;
    if (s->tile_width > IMAGE_SIDE_MAX || s->samples > SAMPLES_MAX ||
        (s->tile_width > 0 && lib.TIFFTileSize64(s->tif) > most))
        return ERROR_TOO_LARGE;
    return ERROR_COUNT;
}

static enum error_code read_sheet(const struct image *image, struct sheet *s,
                                  struct image_page *page)
{
    read_tags(s);
    enum error_code code = codec_check_size(image, s->width, s->height);
    if (code == ERROR_COUNT)
        code = check_tags(s, image->limits.pixels);
    if (code == ERROR_COUNT)
        code = codec_alloc(image, page, s->width, s->height);
    if (code != ERROR_COUNT)
        return code;
    if (!choose_layout(s))
        code = read_colours(s, &page->plane);
    else if (s->tile_width > 0)
        code = read_tiles(s, &page->plane);
    else
        code = read_rows(s, &page->plane);
    if (code != ERROR_COUNT)
        return code;
    return codec_settle(page, (s->units - s->lost) * s->height / s->units,
                        s->cut ? ERROR_TRUNCATED : ERROR_IMAGE_DAMAGED);
}

static enum error_code read_page(struct image *image, struct image_page *page)
{
    struct state *state = image->state;
    struct sheet s = { .tif = state->tif, .file_size = image->bytes.n };
    uint64_t directory = state->directory[image->pages];

    if (directory >= image->bytes.n)
        return ERROR_TRUNCATED;
    if (!lib.TIFFSetSubDirectory(state->tif, directory))
        return ERROR_IMAGE_DAMAGED;
    enum error_code code = read_sheet(image, &s, page);
    wipe_free(s.buffer);
    uint16_t orientation = number_of(state->tif, TIFFTAG_ORIENTATION, 1);
    page->orientation = orientation >= 1 && orientation <= 8 ? (uint8_t)orientation : 1;
    return code;
}

const struct codec codec_tiff = { &library, open_image, has_page, read_page, close_image };
