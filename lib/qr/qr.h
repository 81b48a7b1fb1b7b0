// SPDX-License-Identifier: MIT
// QR codes in a picture, however it was taken.
#ifndef QR_QR_H
#define QR_QR_H

#include "base/str.h"
#include "image/plane.h"

// X(identifier, name): what was tried until a symbol could be read, from cheap to dear.
#define QR_STEPS(X)                                                                                \
    X(QR_STEP_DIRECT, "direct")     /* three finders, compared with what is next to them */        \
    X(QR_STEP_COARSE, "coarse")     /* compared with wider surroundings: larger modules */         \
    X(QR_STEP_PAIR, "pair")         /* two finders, and the third from where it must be */         \
    X(QR_STEP_WIDE, "wide")         /* compared with wide surroundings: large modules */           \
    X(QR_STEP_SHARP, "sharp")       /* with neighbours set off from each other: blur */            \
    X(QR_STEP_HALF, "half")         /* at half the size: large modules, noise, screens of print */ \
    X(QR_STEP_DOUBLE, "double")     /* at twice the size: modules of less than two pixels */       \
    X(QR_STEP_INVERTED, "inverted") /* light on dark */

#define QR_STEP_ENUM(identifier, name) identifier,
enum qr_step { QR_STEPS(QR_STEP_ENUM) QR_STEP_COUNT };
#undef QR_STEP_ENUM

const char *qr_step_name(enum qr_step step);

struct qr_symbol {
    struct str bytes;   // as they stand in the symbol; they stand until the callback returns
    float corner[4][2]; // in pixels: top left, top right, bottom right, bottom left of the symbol
    int version;
    enum qr_step step;
};

struct qr_reader;

struct qr_reader *qr_reader_new(void); // NULL when memory is short
void qr_reader_free(struct qr_reader **reader);

struct qr_job {
    uint64_t deadline; // of CLOCK_MONOTONIC, in nanoseconds; 0: none
    void (*found)(void *ctx, const struct qr_symbol *symbol);
    void *ctx;
};

enum qr_end { QR_END_DONE, QR_END_DEADLINE, QR_END_NO_MEMORY };

// Every symbol of the plane. What was read before does not bear on the result.
enum qr_end qr_read(struct qr_reader *reader, const struct plane *plane, const struct qr_job *job);

#endif
