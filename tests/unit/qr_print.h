// SPDX-License-Identifier: MIT
// QR codes as libqrencode makes them, printed on grey planes as a camera might see them.
#ifndef UNIT_QR_PRINT_H
#define UNIT_QR_PRINT_H

#include "base/str.h"
#include "image/plane.h"

#include <dlfcn.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

// ---- libqrencode: as qrencode.h has it ----

enum level { LEVEL_L, LEVEL_M, LEVEL_Q, LEVEL_H };
enum { IS_DARK = 1, IS_TIMING = 0x10, IS_ALIGNMENT = 0x20, IS_FINDER = 0x40 };

struct symbol {
    int version, side;
    unsigned char *module;
};

static struct symbol *(*encode)(int size, const unsigned char *data, int version, int level);
static void (*release)(struct symbol *symbol);

static inline int load_encoder(void **state)
{
    (void)state;
    void *library = dlopen("libqrencode.so.4", RTLD_NOW);
    if (library != NULL) {
        *(void **)&encode = dlsym(library, "QRcode_encodeData");
        *(void **)&release = dlsym(library, "QRcode_free");
    }
    return 0;
}

static inline struct symbol *encoded(struct str bytes, int version, enum level level)
{
    if (encode == NULL || release == NULL) {
        print_message("SKIP: libqrencode (package libqrencode4) is not installed\n");
        skip();
    }
    struct symbol *s = encode((int)bytes.n, (const unsigned char *)bytes.p, version, (int)level);
    assert_non_null(s);
    return s;
}

// ---- numbers as if by chance, the same in every run ----

static uint32_t chance;

static inline uint32_t any(uint32_t below)
{
    chance = chance * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)(chance >> 8) * below) >> 24);
}

// ---- pictures ----

struct spot {
    double x, y;
};

// A symbol and where its corners come to lie, clockwise from its top left one.
struct print {
    const struct symbol *symbol;
    struct spot corner[4];
    bool mirrored, inverted;
    double to_module[9];
};

static inline void invert(const double m[9], double out[9])
{
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++) {
            int a = (k + 1) % 3, b = (k + 2) % 3, c = (i + 1) % 3, d = (i + 2) % 3;
            out[i * 3 + k] = m[a * 3 + c] * m[b * 3 + d] - m[a * 3 + d] * m[b * 3 + c];
        }
}

// Where the unit square goes is the textbook's formula; what is wanted is the way back.
static inline void prepare(struct print *p)
{
    const struct spot *c = p->corner;
    double sx = c[0].x - c[1].x + c[2].x - c[3].x, sy = c[0].y - c[1].y + c[2].y - c[3].y;
    double ax = c[1].x - c[2].x, ay = c[1].y - c[2].y;
    double bx = c[3].x - c[2].x, by = c[3].y - c[2].y;
    double whole = ax * by - ay * bx;
    double g = (sx * by - sy * bx) / whole, h = (ax * sy - ay * sx) / whole;
    double m[9] = { c[1].x - c[0].x + g * c[1].x,
                    c[3].x - c[0].x + h * c[3].x,
                    c[0].x,
                    c[1].y - c[0].y + g * c[1].y,
                    c[3].y - c[0].y + h * c[3].y,
                    c[0].y,
                    g,
                    h,
                    1 };
    invert(m, p->to_module);
}

// 0 dark, 1 light, -1 beside the symbol and its quiet zone.
static inline int colour_at(const struct print *p, double x, double y)
{
    const double *m = p->to_module;
    double w = m[6] * x + m[7] * y + m[8], side = p->symbol->side;
    double u = (m[0] * x + m[1] * y + m[2]) / w * side, v = (m[3] * x + m[4] * y + m[5]) / w * side;

    if (!(u >= -4 && v >= -4 && u < side + 4 && v < side + 4))
        return -1;
    bool dark = false;
    if (u >= 0 && v >= 0 && u < side && v < side) {
        int i = p->mirrored ? (int)v : (int)u, k = p->mirrored ? (int)u : (int)v;
        dark = p->symbol->module[k * p->symbol->side + i] & IS_DARK;
    }
    return dark == p->inverted;
}

static inline struct plane empty_plane(uint32_t width, uint32_t height, uint8_t grey)
{
    struct plane plane;
    assert_true(plane_alloc(&plane, width, height));
    memset(plane.grey, grey, plane.stride * height);
    for (uint32_t y = 0; y < height; y++) // what is beyond the width means nothing
        for (size_t x = width; x < plane.stride; x++)
            plane_row(&plane, y)[x] = (uint8_t)any(256);
    return plane;
}

// Each pixel is the mean of sixteen places in it; a little noise on top.
static inline void draw(const struct plane *plane, struct print *p)
{
    enum { FINE = 4, INK = 40, PAPER = 215 };

    prepare(p);
    for (uint32_t y = 0; y < plane->height; y++)
        for (uint32_t x = 0; x < plane->width; x++) {
            int sum = 0, count = 0;
            for (int i = 0; i < FINE * FINE; i++) {
                int colour = colour_at(p, x + (i % FINE + 0.5) / FINE, y + (i / FINE + 0.5) / FINE);
                sum += colour > 0 ? PAPER : INK;
                count += colour >= 0;
            }
            if (count == FINE * FINE)
                plane_row(plane, y)[x] = (uint8_t)(sum / count - 4 + (int)any(9));
        }
}

// Upright, or turned by so many degrees around the middle of the plane.
static inline struct print turned_print(const struct symbol *s, double middle_x, double middle_y,
                                        double pixels, double degrees)
{
    struct print p = { .symbol = s };
    double half = s->side * pixels / 2, a = degrees * M_PI / 180;
    const struct spot at[4] = {
        { -half, -half }, { half, -half }, { half, half }, { -half, half }
    };

    for (int i = 0; i < 4; i++)
        p.corner[i] = (struct spot){ middle_x + at[i].x * cos(a) - at[i].y * sin(a),
                                     middle_y + at[i].x * sin(a) + at[i].y * cos(a) };
    return p;
}

#endif
