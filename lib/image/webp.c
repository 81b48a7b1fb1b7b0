// SPDX-License-Identifier: MIT
// WebP (RFC 9649) by libwebp: its luma goes into the plane itself. Of an animation, the first
// frame.
#include "base/wipe.h"
#include "image/codec.h"
#include "image/cursor.h"
#include "image/exif.h"
#include "image/grey.h"

#include <stdlib.h>
#include <webp/decode.h>

enum { RIFF_HEADER_SIZE = 12, FRAME_HEADER_SIZE = 16 };

#define WEBP_FUNCTIONS(F)                                                                          \
    F(WebPGetFeaturesInternal)                                                                     \
    F(WebPInitDecoderConfigInternal)                                                               \
    F(WebPDecode)

static struct {
    WEBP_FUNCTIONS(LIBRARY_POINTER)
} lib;

static const char *const names[] = { WEBP_FUNCTIONS(LIBRARY_NAME) };

static struct library library = {
    .soname = "libwebp.so.7",
    .names = names,
    .count = sizeof names / sizeof *names,
    .pointers = &lib,
};

// The data of the first chunk of that name; an empty slice when there is none.
static struct str find_chunk(struct str bytes, struct str name)
{
    struct cursor c = { .s = bytes };

    cursor_seek(&c, RIFF_HEADER_SIZE);
    while (!c.failed && cursor_left(&c) > 0) {
        struct str found = cursor_take(&c, 4);
        uint32_t size = cursor_u32(&c);
        if (str_eq(found, name))
            return str_head(str_from(c.s, c.at), size);
        cursor_take(&c, (uint64_t)size + size % 2);
    }
    return (struct str){ 0 };
}

static enum error_code code_of(VP8StatusCode status)
{
    switch (status) {
    case VP8_STATUS_OK:
        return ERROR_COUNT;
    case VP8_STATUS_OUT_OF_MEMORY:
        return ERROR_NO_MEMORY;
    case VP8_STATUS_NOT_ENOUGH_DATA:
        return ERROR_TRUNCATED;
    case VP8_STATUS_UNSUPPORTED_FEATURE:
        return ERROR_FORMAT_UNSUPPORTED;
    default:
        return ERROR_IMAGE_DAMAGED;
    }
}

// Luma goes from 16 to 235 here.
static void finish(const struct plane *plane, const uint8_t *alpha)
{
    uint8_t map[256];

    for (int i = 0; i < 256; i++) {
        int grey = ((i - 16) * 255 + 109) / 219;
        map[i] = (uint8_t)(i < 16 ? 0 : grey > 255 ? 255 : grey);
    }
    for (uint32_t y = 0; y < plane->height; y++) {
        uint8_t *row = plane_row(plane, y);
        for (uint32_t x = 0; x < plane->width; x++)
            row[x] = map[row[x]];
        for (uint32_t x = 0; alpha != NULL && x < plane->width; x++)
            row[x] = grey_on_white(row[x], *alpha++);
    }
}

// Both colour differences share one piece of memory, of half the size each way; alpha follows.
static enum error_code decode(struct str bytes, WebPDecoderConfig *config,
                              const struct plane *plane)
{
    struct WebPYUVABuffer *to = &config->output.u.YUVA;
    size_t half = (plane->width + 1) / 2, part = half * ((plane->height + 1) / 2);
    size_t whole = (size_t)plane->width * plane->height;
    bool alpha = config->input.has_alpha;
    uint8_t *rest = malloc(2 * part + (alpha ? whole : 0));

    if (rest == NULL)
        return ERROR_NO_MEMORY;
    config->options.no_fancy_upsampling = 1;
    config->output.colorspace = alpha ? MODE_YUVA : MODE_YUV;
    config->output.is_external_memory = 1;
    *to = (struct WebPYUVABuffer){
        .y = plane->grey,
        .u = rest,
        .v = rest + part,
        .a = alpha ? rest + 2 * part : NULL,
        .y_stride = (int)plane->stride,
        .u_stride = (int)half,
        .v_stride = (int)half,
        .a_stride = alpha ? (int)plane->width : 0,
        .y_size = plane->stride * plane->height,
        .u_size = part,
        .v_size = part,
        .a_size = alpha ? whole : 0,
    };
    enum error_code code = code_of(lib.WebPDecode((const uint8_t *)bytes.p, bytes.n, config));
    if (code == ERROR_COUNT)
        finish(plane, to->a);
    wipe_free(rest);
    return code;
}

static enum error_code get_features(struct str bytes, WebPDecoderConfig *config)
{
    return code_of(lib.WebPGetFeaturesInternal((const uint8_t *)bytes.p, bytes.n, &config->input,
                                               WEBP_DECODER_ABI_VERSION));
}

static enum error_code read_webp(struct image *image, struct image_page *page)
{
    struct str bytes = image->bytes;
    WebPDecoderConfig config;

    if (!lib.WebPInitDecoderConfigInternal(&config, WEBP_DECODER_ABI_VERSION))
        return ERROR_FORMAT_UNSUPPORTED;
    enum error_code code = get_features(bytes, &config);
    if (code == ERROR_COUNT && config.input.has_animation) {
        bytes = str_from(find_chunk(bytes, STR("ANMF")), FRAME_HEADER_SIZE);
        code = get_features(bytes, &config);
    }
    if (code == ERROR_COUNT)
        code =
            codec_alloc(image, page, (uint64_t)config.input.width, (uint64_t)config.input.height);
    if (code == ERROR_COUNT)
        code = decode(bytes, &config, &page->plane);
    page->orientation = exif_orientation(find_chunk(image->bytes, STR("EXIF")));
    return code;
}

const struct codec codec_webp = { .library = &library, .read = read_webp };
