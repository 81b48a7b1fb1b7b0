// SPDX-License-Identifier: MIT
#include "qr/draw.h"

#include "image/loader.h"

#include <qrencode.h>

#define QRENCODE_FUNCTIONS(F)                                                                      \
    F(QRcode_encodeData)                                                                           \
    F(QRcode_free)

static struct {
    QRENCODE_FUNCTIONS(LIBRARY_POINTER)
} lib;

static const char *const names[] = { QRENCODE_FUNCTIONS(LIBRARY_NAME) };

static struct library library = {
    .soname = "libqrencode.so.4",
    .names = names,
    .count = sizeof names / sizeof *names,
    .pointers = &lib,
};

enum qr_draw_end qr_draw(struct str text, struct qr_modules *out)
{
    if (!library_load(&library))
        return QR_DRAW_NO_LIBRARY;
    QRcode *code =
        lib.QRcode_encodeData((int)text.n, (const unsigned char *)text.p, 0, QR_ECLEVEL_M);
    if (code == NULL)
        return QR_DRAW_FAILED;
    bool fits = code->width > 0 && code->width <= QR_SIDE_MAX;
    if (fits) {
        out->version = (unsigned)code->version;
        out->side = (unsigned)code->width;
        for (size_t i = 0; i < (size_t)out->side * out->side; i++)
            out->dark[i] = code->data[i] & 1; // the other bits tell what the module is for
    }
    lib.QRcode_free(code);
    return fits ? QR_DRAWN : QR_DRAW_FAILED;
}
