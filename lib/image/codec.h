// SPDX-License-Identifier: MIT
// What every codec of this room offers to image.c, and what image.c does for them.
#ifndef IMAGE_CODEC_H
#define IMAGE_CODEC_H

#include "image/image.h"
#include "image/loader.h"

struct codec {
    struct library *library;                      // NULL: nothing to load
    enum error_code (*open)(struct image *image); // NULL: nothing to do; ERROR_COUNT: all well
    bool (*has_page)(struct image *image);        // NULL: there is one page
    enum error_code (*read)(struct image *image, struct image_page *page);
    void (*close)(struct image *image); // NULL: nothing to do; also called when open() failed
};

struct image {
    struct str bytes;
    struct image_limits limits;
    enum image_format format;
    const struct codec *codec;
    uint32_t pages;           // read so far
    struct image_count count; // set by open() where it can be told
    bool ended;
    void *state; // the codec's own
};

extern const struct codec codec_jpeg, codec_png, codec_tiff, codec_webp, codec_heif, codec_pnm,
    codec_bmp, codec_gif, codec_pdf;

// May a page be that large? ERROR_COUNT, ERROR_TOO_LARGE; ERROR_IMAGE_DAMAGED where a side is zero.
enum error_code codec_check_size(const struct image *image, uint64_t width, uint64_t height);

// The same, and the page's plane is allocated.
enum error_code codec_alloc(const struct image *image, struct image_page *page, uint64_t width,
                            uint64_t height);

// Only so many rows of the page could be read. Where they are fewer than half, the page is lost for
// the reason given.
enum error_code codec_settle(struct image_page *page, uint64_t rows, enum error_code why);

#endif
