// SPDX-License-Identifier: MIT
// HEIF (ISO/IEC 23008-12), HEIC and AVIF alike, by libheif: the luma is taken as it was coded. The
// turns that the file prescribes are part of the picture there, so that it comes upright.
#include "image/codec.h"
#include "image/cursor.h"
#include "image/grey.h"
#include "image/hush.h"

#include <libheif/heif.h>
#include <stdlib.h>

// A picture of 200 megapixels has some 800, for its tiles.
enum { ITEMS_MAX = 1000 };

#define HEIF_FUNCTIONS(F)                                                                          \
    F(heif_context_alloc)                                                                          \
    F(heif_context_free)                                                                           \
    F(heif_context_get_image_handle)                                                               \
    F(heif_context_get_list_of_top_level_image_IDs)                                                \
    F(heif_context_get_number_of_top_level_images)                                                 \
    F(heif_context_read_from_memory_without_copy)                                                  \
    F(heif_context_set_max_decoding_threads)                                                       \
    F(heif_context_set_maximum_image_size_limit)                                                   \
    F(heif_decode_image)                                                                           \
    F(heif_image_get_bits_per_pixel_range)                                                         \
    F(heif_image_get_colorspace)                                                                   \
    F(heif_image_get_height)                                                                       \
    F(heif_image_get_nclx_color_profile)                                                           \
    F(heif_image_get_plane_readonly)                                                               \
    F(heif_image_get_width)                                                                        \
    F(heif_image_handle_get_height)                                                                \
    F(heif_image_handle_get_width)                                                                 \
    F(heif_image_handle_release)                                                                   \
    F(heif_image_has_channel)                                                                      \
    F(heif_image_release)                                                                          \
    F(heif_init)                                                                                   \
    F(heif_nclx_color_profile_free)

static struct {
    HEIF_FUNCTIONS(LIBRARY_POINTER)
} lib;

static const char *const names[] = { HEIF_FUNCTIONS(LIBRARY_NAME) };

// Newer releases load their decoders from files of their own.
static void load_decoders(void)
{
    lib.heif_init(NULL);
}

static struct library library = {
    .soname = "libheif.so.1",
    .names = names,
    .count = sizeof names / sizeof *names,
    .pointers = &lib,
    .loaded = load_decoders,
};

struct state {
    struct heif_context *context;
    heif_item_id *ids; // of the pictures that stand for themselves
};

static enum error_code code_of(struct heif_error error)
{
    switch (error.code) {
    case heif_error_Ok:
        return ERROR_COUNT;
    case heif_error_Unsupported_filetype:
    case heif_error_Unsupported_feature:
        return ERROR_FORMAT_UNSUPPORTED;
    case heif_error_Memory_allocation_error:
        return error.subcode == heif_suberror_Security_limit_exceeded ? ERROR_TOO_LARGE
                                                                      : ERROR_NO_MEMORY;
    default:
        return error.subcode == heif_suberror_End_of_data ? ERROR_TRUNCATED : ERROR_IMAGE_DAMAGED;
    }
}

// ISO 14496-12, 4.2: the file is a row of boxes, each with its size before it; some have boxes
// inside. False where no whole one follows.
static bool next_box(struct cursor *c, struct str *kind, struct cursor *inside)
{
    size_t start = c->at;
    uint64_t size = cursor_u32(c);

    *kind = cursor_take(c, 4);
    if (size == 1)
        size = cursor_number(c, 8);
    else if (size == 0) // up to the end
        size = c->s.n - start;
    if (c->failed || size < c->at - start)
        return false;
    *inside = (struct cursor){ .s = cursor_take(c, size - (c->at - start)), .big_endian = true };
    return !c->failed;
}

static bool find_box(struct cursor *c, struct str wanted, struct cursor *inside)
{
    struct str kind;
    while (next_box(c, &kind, inside))
        if (str_eq(kind, wanted))
            return true;
    return false;
}

static bool is_cut(struct str bytes)
{
    struct cursor c = { .s = bytes, .big_endian = true }, inside;
    struct str kind;

    while (cursor_left(&c) > 0 && next_box(&c, &kind, &inside))
        continue;
    return c.failed;
}

// ISO 14496-12, 8.11.6, before libheif looks at the items, which takes it a time that grows with
// the square of their number. Where more are shown than pages are allowed, it is not asked at all.
static enum error_code check_items(struct image *image)
{
    struct cursor file = { .s = image->bytes, .big_endian = true }, meta, list, item;
    uint32_t items = 0, shown = 0;
    struct str kind;

    if (!find_box(&file, STR("meta"), &meta))
        return ERROR_COUNT;
    cursor_u32(&meta); // version and flags
    if (!find_box(&meta, STR("iinf"), &list))
        return ERROR_COUNT;
    cursor_number(&list, cursor_u32(&list) >> 24 == 0 ? 2 : 4); // how many it says they are
    while ((items <= ITEMS_MAX || shown <= image->limits.pages) && next_box(&list, &kind, &item)) {
        shown += (cursor_u32(&item) & 1) == 0; // else it is hidden: a part of another one
        items++;
    }
    if (items <= ITEMS_MAX)
        return ERROR_COUNT;
    if (shown <= image->limits.pages)
        return ERROR_TOO_LARGE;
    image->count = (struct image_count){ image->limits.pages, true };
    return ERROR_COUNT;
}

static enum error_code list_pictures(struct image *image)
{
    struct state *s = image->state;
    int count = lib.heif_context_get_number_of_top_level_images(s->context);

    if (count <= 0)
        return ERROR_IMAGE_DAMAGED;
    s->ids = calloc((size_t)count, sizeof *s->ids);
    if (s->ids == NULL)
        return ERROR_NO_MEMORY;
    image->count.pages =
        (uint32_t)lib.heif_context_get_list_of_top_level_image_IDs(s->context, s->ids, count);
    return ERROR_COUNT;
}

static enum error_code open_image(struct image *image)
{
    struct state *s = calloc(1, sizeof *s);

    image->state = s;
    if (s == NULL || (s->context = lib.heif_context_alloc()) == NULL)
        return ERROR_NO_MEMORY;
    lib.heif_context_set_maximum_image_size_limit(s->context, IMAGE_SIDE_MAX);
    lib.heif_context_set_max_decoding_threads(s->context, 0);
    enum error_code code = check_items(image);
    if (code != ERROR_COUNT || image->count.more)
        return code;
    code = code_of(lib.heif_context_read_from_memory_without_copy(s->context, image->bytes.p,
                                                                  image->bytes.n, NULL));
    if (code == ERROR_COUNT)
        code = list_pictures(image);
    return code == ERROR_IMAGE_DAMAGED && is_cut(image->bytes) ? ERROR_TRUNCATED : code;
}

static void close_image(struct image *image)
{
    struct state *s = image->state;

    if (s != NULL && s->context != NULL)
        lib.heif_context_free(s->context);
    if (s != NULL)
        free(s->ids);
    free(s);
}

static bool has_page(struct image *image)
{
    return image->pages < image->count.pages;
}

// One channel of a decoded picture, as values of eight bits.
struct channel {
    const uint8_t *samples;
    int stride, width, height;
    unsigned shift; // by which a sample of two bytes is too long
};

static bool get_channel(const struct heif_image *from, enum heif_channel which, struct channel *c)
{
    if (!lib.heif_image_has_channel(from, which))
        return false;
    c->samples = lib.heif_image_get_plane_readonly(from, which, &c->stride);
    c->width = lib.heif_image_get_width(from, which);
    c->height = lib.heif_image_get_height(from, which);
    int bits = lib.heif_image_get_bits_per_pixel_range(from, which);
    c->shift = bits > 8 ? (unsigned)bits - 8 : 0;
    return c->samples != NULL && c->width > 0 && c->height > 0 && bits >= 8 && bits <= 16;
}

static uint8_t value_at(const struct channel *c, uint32_t x, uint32_t y)
{
    const uint8_t *row = c->samples + (size_t)y * (size_t)c->stride;
    uint16_t wide;

    if (c->shift == 0)
        return row[x];
    memcpy(&wide, row + (size_t)x * 2, sizeof wide);
    return wide >> c->shift > 255 ? 255 : (uint8_t)(wide >> c->shift);
}

static bool same_size(const struct channel *a, const struct channel *b)
{
    return a->width == b->width && a->height == b->height;
}

static void put_luma(const struct heif_image *from, const struct channel *luma,
                     const struct plane *plane)
{
    struct heif_color_profile_nclx *profile = NULL;
    uint8_t map[256];

    lib.heif_image_get_nclx_color_profile(from, &profile);
    bool full = profile == NULL || profile->full_range_flag;
    for (int i = 0; i < 256; i++) {
        int wide = i < 16 ? 0 : ((i - 16) * 255 + 109) / 219;
        map[i] = (uint8_t)(full ? i : wide > 255 ? 255 : wide);
    }
    lib.heif_nclx_color_profile_free(profile);
    for (uint32_t y = 0; y < plane->height; y++)
        for (uint32_t x = 0; x < plane->width; x++)
            plane_row(plane, y)[x] = map[value_at(luma, x, y)];
}

static bool put_colours(const struct heif_image *from, const struct channel *red,
                        const struct plane *plane)
{
    struct channel green, blue;

    if (!get_channel(from, heif_channel_G, &green) || !get_channel(from, heif_channel_B, &blue) ||
        !same_size(red, &green) || !same_size(red, &blue))
        return false;
    for (uint32_t y = 0; y < plane->height; y++)
        for (uint32_t x = 0; x < plane->width; x++)
            plane_row(plane, y)[x] =
                grey_of(value_at(red, x, y), value_at(&green, x, y), value_at(&blue, x, y));
    return true;
}

static void put_on_white(const struct channel *alpha, const struct plane *plane)
{
    for (uint32_t y = 0; y < plane->height; y++) {
        uint8_t *row = plane_row(plane, y);
        for (uint32_t x = 0; x < plane->width; x++)
            row[x] = grey_on_white(row[x], value_at(alpha, x, y));
    }
}

static enum error_code convert(const struct image *image, const struct heif_image *from,
                               struct image_page *page)
{
    bool colours = lib.heif_image_get_colorspace(from) == heif_colorspace_RGB;
    struct channel first, alpha;

    if (!get_channel(from, colours ? heif_channel_R : heif_channel_Y, &first))
        return ERROR_FORMAT_UNSUPPORTED;
    enum error_code code = codec_alloc(image, page, (uint64_t)first.width, (uint64_t)first.height);
    if (code != ERROR_COUNT)
        return code;
    if (!colours)
        put_luma(from, &first, &page->plane);
    else if (!put_colours(from, &first, &page->plane))
        return ERROR_FORMAT_UNSUPPORTED;
    if (get_channel(from, heif_channel_Alpha, &alpha) && same_size(&first, &alpha))
        put_on_white(&alpha, &page->plane);
    return ERROR_COUNT;
}

static uint64_t side_of(int length)
{
    return length > 0 ? (uint64_t)length : 0;
}

static enum error_code decode(const struct image *image, const struct heif_image_handle *handle,
                              struct image_page *page)
{
    struct heif_image *decoded = NULL;
    struct hush hush;
    enum error_code code = codec_check_size(image, side_of(lib.heif_image_handle_get_width(handle)),
                                            side_of(lib.heif_image_handle_get_height(handle)));

    hush_begin(&hush);
    if (code == ERROR_COUNT)
        code = code_of(lib.heif_decode_image(handle, &decoded, heif_colorspace_undefined,
                                             heif_chroma_undefined, NULL));
    hush_end(&hush);
    if (code == ERROR_COUNT)
        code = convert(image, decoded, page);
    if (decoded != NULL)
        lib.heif_image_release(decoded);
    return code;
}

static enum error_code read_page(struct image *image, struct image_page *page)
{
    const struct state *s = image->state;
    struct heif_image_handle *handle = NULL;
    enum error_code code =
        code_of(lib.heif_context_get_image_handle(s->context, s->ids[image->pages], &handle));

    if (code == ERROR_COUNT)
        code = decode(image, handle, page);
    if (handle != NULL)
        lib.heif_image_handle_release(handle);
    return code == ERROR_IMAGE_DAMAGED && is_cut(image->bytes) ? ERROR_TRUNCATED : code;
}

const struct codec codec_heif = { &library, open_image, has_page, read_page, close_image };
