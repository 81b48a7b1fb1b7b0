// SPDX-License-Identifier: MIT
// What a caged worker tells of a page: written by a process that untrusted bytes may have taken
// over, so the reading side believes no length, no code and no number in it.
#ifndef CLI_SCAN_ANSWER_H
#define CLI_SCAN_ANSWER_H

#include "base/bytes.h"
#include "base/error.h"
#include "image/image.h"
#include "qr/qr.h"

enum { SCAN_SYMBOLS_MAX = 256, SCAN_SYMBOL_BYTES_MAX = 8192 };

struct scan_symbol {
    struct str bytes;
    float corner[4][2];
    int version;
    enum qr_step step;
    uint32_t microseconds; // from the beginning of the page
    bool cropped;
};

struct scan_page {
    uint32_t number;
    bool of_several; // the file has more than one page
    struct image_count count;
    enum image_format format;
    uint32_t width, height; // 0: not known
    uint8_t orientation;
    bool truncated;
    struct error error;    // the code is ERROR_COUNT where the page was read
    uint32_t microseconds; // that the page took
    bool annotated;
    size_t symbol_count;
    struct scan_symbol symbol[SCAN_SYMBOLS_MAX];
};

void scan_answer_put(struct bytes *out, const struct scan_page *page);

// False when the frame is not what scan_answer_put() makes. Symbols' bytes point into the frame.
bool scan_answer_read(struct str frame, struct scan_page *page);

// A picture for a person's eye, sent before the page that it is of.
struct scan_picture {
    uint32_t page;
    uint32_t symbol; // from 1; 0: the whole page, annotated
    struct str bytes;
};

void scan_picture_put(struct bytes *out, const struct scan_picture *picture);
bool scan_picture_read(struct str frame, struct scan_picture *picture);

// What the worker is asked.
struct scan_request {
    struct image_limits limits;
    uint32_t budget; // milliseconds for the symbols of a page
    uint32_t frame;  // from 1, of a stream; 0: a file
    bool crops, annotate;
};

void scan_request_put(struct bytes *out, const struct scan_request *request);
bool scan_request_read(struct str request, struct scan_request *out);

#endif
