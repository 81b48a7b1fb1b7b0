// SPDX-License-Identifier: MIT
#include "qr/decode.h"

#include "base/wipe.h"
#include "qr/pattern.h"

#include <stdlib.h>
#include <zbar.h>

// As little as libzbar reads in every version: its time goes by the pixels.
enum { QUIET_ZONE = 2, PIXELS = 2, SIZE_MAX_PIXELS = (SIDE_MAX + 2 * QUIET_ZONE) * PIXELS };

struct decoder {
    zbar_image_scanner_t *scanner;
    bool used;
    zbar_image_t *image;
    size_t drawn;                     // how much of the picture was ever used since it was wiped
    bool failed[SIDE_MAX * SIDE_MAX]; // the modules that could not be read last
    int failed_side;                  // 0: none
    uint8_t picture[SIZE_MAX_PIXELS * SIZE_MAX_PIXELS];
};

struct decoder *decoder_new(void)
{
    struct decoder *d = calloc(1, sizeof *d);
    if (d == NULL)
        return NULL;
    d->image = zbar_image_create();
    if (d->image == NULL || !decoder_begin(d)) {
        decoder_free(&d);
        return NULL;
    }
    zbar_image_set_format(d->image, zbar_fourcc('Y', '8', '0', '0'));
    return d;
}

bool decoder_begin(struct decoder *d)
{
    if (d->scanner != NULL && !d->used)
        return true;
    if (d->scanner != NULL)
        zbar_image_scanner_destroy(d->scanner);
    d->used = false;
    d->scanner = zbar_image_scanner_create();
    if (d->scanner == NULL)
        return false;
    zbar_image_scanner_set_config(d->scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
    zbar_image_scanner_set_config(d->scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
    zbar_image_scanner_set_config(d->scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
    return true;
}

void decoder_end(struct decoder *d)
{
    wipe(d->picture, d->drawn);
    d->drawn = 0;
    wipe(d->failed, (size_t)d->failed_side * (size_t)d->failed_side);
    d->failed_side = 0;
}

void decoder_free(struct decoder **d)
{
    if (*d == NULL)
        return;
    if ((*d)->image != NULL)
        zbar_image_destroy((*d)->image);
    if ((*d)->scanner != NULL)
        zbar_image_scanner_destroy((*d)->scanner);
    decoder_end(*d);
    free(*d);
    *d = NULL;
}

static size_t draw(struct decoder *d, const bool *dark, int side)
{
    size_t size = (size_t)(side + 2 * QUIET_ZONE) * PIXELS;

    memset(d->picture, 0xFF, size * size);
    d->drawn = size * size > d->drawn ? size * size : d->drawn;
    for (int y = 0; y < side; y++) {
        uint8_t *row = d->picture + (size_t)(y + QUIET_ZONE) * PIXELS * size;
        for (int x = 0; x < side; x++)
            if (dark[y * side + x])
                memset(row + (size_t)(x + QUIET_ZONE) * PIXELS, 0, PIXELS);
        for (size_t i = 1; i < PIXELS; i++)
            memcpy(row + i * size, row, size);
    }
    return size;
}

// libzbar outlines a symbol from its top left corner by bottom left and bottom right.
static void find_corners(const zbar_symbol_t *symbol, size_t size, int corner[4])
{
    for (unsigned i = 0; i < 4; i++) {
        bool known = zbar_symbol_get_loc_size(symbol) == 4;
        bool right = known && zbar_symbol_get_loc_x(symbol, (4 - i) % 4) > (int)size / 2;
        bool bottom = known && zbar_symbol_get_loc_y(symbol, (4 - i) % 4) > (int)size / 2;
        corner[i] = !known ? (int)i : bottom ? (right ? 2 : 3) : right;
    }
}

static const zbar_symbol_t *scan(struct decoder *d, size_t size)
{
    d->used = true;
    zbar_image_set_size(d->image, (unsigned)size, (unsigned)size);
    zbar_image_set_data(d->image, d->picture, size * size, NULL);
    if (zbar_scan_image(d->scanner, d->image) <= 0)
        return NULL;
    const zbar_symbol_t *symbol = zbar_image_first_symbol(d->image);
    return symbol != NULL && zbar_symbol_get_type(symbol) == ZBAR_QRCODE ? symbol : NULL;
}

bool decoder_read(struct decoder *d, const bool *dark, int side, struct bytes *out, int corner[4])
{
    size_t modules = (size_t)side * (size_t)side;

    if (d->scanner == NULL || (side == d->failed_side && memcmp(dark, d->failed, modules) == 0))
        return false;
    size_t size = draw(d, dark, side);
    const zbar_symbol_t *symbol = scan(d, size);
    // Nobody prints an empty code, but noise can correct to one.
    if (symbol == NULL || zbar_symbol_get_data_length(symbol) == 0) {
        memcpy(d->failed, dark, modules);
        d->failed_side = side;
        return false;
    }
    find_corners(symbol, size, corner);
    bytes_put(out, zbar_symbol_get_data(symbol), zbar_symbol_get_data_length(symbol));
    return true;
}
