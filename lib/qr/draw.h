// SPDX-License-Identifier: MIT
// A text becomes the modules of a QR code, by libqrencode, which is loaded for it.
#ifndef QR_DRAW_H
#define QR_DRAW_H

#include "base/str.h"

#include <stdint.h>

enum { QR_SIDE_MAX = 177 };

struct qr_modules {
    unsigned version; // 1 to 40
    unsigned side;    // in modules, without the quiet zone
    uint8_t dark[QR_SIDE_MAX * QR_SIDE_MAX];
};

enum qr_draw_end {
    QR_DRAWN,
    QR_DRAW_NO_LIBRARY,
    QR_DRAW_FAILED, // too long, or short of memory; errno tells
};

// Byte mode, no ECI, error correction level M, in the smallest version that holds the text.
enum qr_draw_end qr_draw(struct str text, struct qr_modules *out);

#endif
