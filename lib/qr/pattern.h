// SPDX-License-Identifier: MIT
// The modules of a QR code that are the same in every symbol of a version (ISO/IEC 18004, 6.3):
// finder, timing and alignment patterns. They tell where the grid lies and how the picture blurs.
#ifndef QR_PATTERN_H
#define QR_PATTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

enum { VERSION_MAX = 40, SIDE_MIN = 21, SIDE_MAX = 177, ALIGNMENTS_MAX = 7 };

static inline int side_of_version(int version)
{
    return 17 + 4 * version;
}

// How far a module is from the middle of a finder or alignment pattern, which are made of rings.
static inline int pattern_ring(int dx, int dy)
{
    return abs(dx) > abs(dy) ? abs(dx) : abs(dy);
}

// Where alignment patterns have their middles, along either side; how many.
int pattern_alignments(int version, int at[ALIGNMENTS_MAX]);

struct pattern {
    int version, side;
    int8_t module[SIDE_MAX * SIDE_MAX]; // by row: 1 dark, -1 light, 0 it depends on the symbol
};

void pattern_make(struct pattern *p, int version);

static inline int8_t pattern_at(const struct pattern *p, int x, int y)
{
    return p->module[y * p->side + x];
}

#endif
