// SPDX-License-Identifier: MIT
// What cccd-scan writes of a page: a symbol, or why there is none.
#ifndef WIRE_SYMBOL_H
#define WIRE_SYMBOL_H

#include "wire/item.h"

struct wire_image {
    const char *format;
    uint32_t pages;         // of the document; 0: not known. One alone is not written
    bool more_pages;        // it has more than these, which are not written then
    uint32_t width, height; // 0: not known
    unsigned orientation;   // EXIF's; 0 and 1 are not written
    bool truncated;
    uint32_t microseconds;
    struct str annotated; // the path of a picture of the page; empty: none
};

struct wire_symbol {
    struct str text;
    const char *encoding; // that the bytes were read in
    struct str bytes;
    const char *kind;
    const float (*corner)[2]; // four of them
    int version;              // 1 to 40
    const char *step;
    uint32_t microseconds;
    struct str crop; // the path of a picture of the symbol; empty: none
};

// One NDJSON object without its line end. Without a symbol the error is written.
void wire_put_page(struct bytes *out, const struct wire_source *source,
                   const struct wire_image *image, const struct wire_symbol *symbol,
                   struct error error, say_fn *say);

#endif
