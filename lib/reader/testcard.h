// SPDX-License-Identifier: MIT
// The test sheet for QR scanners: the specimen codes on a page of A4, at true size.
#ifndef READER_TESTCARD_H
#define READER_TESTCARD_H

#include "base/bytes.h"
#include "qr/draw.h"

// Everything on the sheet is made of rectangles; those of a group are filled together, so that
// neighbours leave no seam between them.
struct testcard_box {
    double x, y, width, height; // millimetres from the top left
    unsigned group;
};

struct testcard {
    struct testcard_box *boxes;
    size_t n, cap;
    unsigned groups;
    bool failed; // memory was short
};

enum { TESTCARD_WIDTH = 210, TESTCARD_HEIGHT = 297 };

enum testcard_format { TESTCARD_SVG, TESTCARD_PDF, TESTCARD_PNG };

// All sizes, or the one of so many millimetres.
enum qr_draw_end testcard_make(struct testcard *card, unsigned millimetres);
void testcard_free(struct testcard *card);

// False when memory was short.
bool testcard_write(const struct testcard *card, enum testcard_format format, struct bytes *out);

// For those that lay the sheet out: text in capital letters whose dots are so large.
void testcard_put_box(struct testcard *card, double x, double y, double width, double height);
void testcard_put_text(struct testcard *card, double x, double y, double dot, struct str text);
#endif
