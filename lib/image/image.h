// SPDX-License-Identifier: MIT
// The bytes of a file become grey planes, a page at a time. The format is told by the content;
// limits are held against what a header says before memory is taken for it.
#ifndef IMAGE_IMAGE_H
#define IMAGE_IMAGE_H

#include "base/error.h"
#include "base/str.h"
#include "image/plane.h"

enum image_format {
    IMAGE_UNKNOWN,
    IMAGE_JPEG,
    IMAGE_PNG,
    IMAGE_TIFF,
    IMAGE_WEBP,
    IMAGE_HEIF,
    IMAGE_AVIF,
    IMAGE_PNM,
    IMAGE_BMP,
    IMAGE_GIF,
    IMAGE_PDF,
    IMAGE_FORMATS
};

// No picture may be wider or higher than this, whatever the limit on its pixels.
enum { IMAGE_SIDE_MAX = 65535 };

struct image_limits {
    uint64_t pixels; // of one page
    uint64_t bytes;  // of the file
    uint32_t pages;
};

struct image_page {
    uint32_t number; // from 1
    struct plane plane;
    uint8_t orientation; // EXIF's 1 to 8; the plane is as stored, not turned
    bool truncated;      // rows are missing (white) or doubtful, but fewer than half of them
    struct error error;  // the code is ERROR_COUNT where there is a plane
};

struct image;

// By content; 64 bytes tell every format, but a PDF may begin anywhere within its first 1024.
enum image_format image_sniff(struct str head);

// "jpeg", "png", ...; "unknown".
const char *image_format_name(enum image_format format);

// Loads the library that reads this format, so that a process which may open no file can decode it
// later. False: it is not installed. To be called as often as one likes.
bool image_prepare(enum image_format format);

// The shared library that image_prepare() loads; NULL where there is none to load.
const char *image_library(enum image_format format);

// The bytes stay the caller's and must stay where they are. NULL on an error of the whole file:
// format_unknown, format_unsupported, too_large (in bytes), encrypted, truncated, image_damaged,
// no_memory.
struct image *image_open(struct str bytes, const struct image_limits *limits, struct error *error);

enum image_format image_format_of(const struct image *image);

// How many pages the document has, as far as that is known.
struct image_count {
    uint32_t pages; // 0: not known
    bool more;      // it has more than these
};

struct image_count image_count_of(const struct image *image);

// False: no more pages. A page that cannot be read has its error set and an empty plane; others may
// follow. A document that is known to have more pages than the limit is refused as a whole: the
// first page is too_many_pages, and the last. Where their number is not known before, the pages up
// to the limit come first. The caller frees the plane.
bool image_next(struct image *image, struct image_page *page);

void image_close(struct image **image);

#endif
