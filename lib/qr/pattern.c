// SPDX-License-Identifier: MIT
#include "qr/pattern.h"

#include <string.h>

// ISO/IEC 18004, annex E: evenly spaced from the last back to the second, in even steps; version 32
// alone departs from the rule.
int pattern_alignments(int version, int at[ALIGNMENTS_MAX])
{
    if (version == 1)
        return 0;
    int count = version / 7 + 2, last = side_of_version(version) - 7;
    int gaps = 2 * (count - 1);
    int step = version == 32 ? 26 : (version * 4 + count * 2 + 1) / gaps * 2;

    at[0] = 6;
    for (int i = count - 1; i > 0; i--)
        at[i] = last - (count - 1 - i) * step;
    return count;
}

static void put(struct pattern *p, int x, int y, bool dark)
{
    if (x >= 0 && y >= 0 && x < p->side && y < p->side)
        p->module[y * p->side + x] = dark ? 1 : -1;
}

// With the light separator around it.
static void put_finder(struct pattern *p, int x, int y)
{
    for (int dy = -4; dy <= 4; dy++)
        for (int dx = -4; dx <= 4; dx++)
            put(p, x + dx, y + dy, pattern_ring(dx, dy) != 2 && pattern_ring(dx, dy) != 4);
}

static void put_alignment(struct pattern *p, int x, int y)
{
    for (int dy = -2; dy <= 2; dy++)
        for (int dx = -2; dx <= 2; dx++)
            put(p, x + dx, y + dy, pattern_ring(dx, dy) != 1);
}

void pattern_make(struct pattern *p, int version)
{
    int at[ALIGNMENTS_MAX];

    p->version = version;
    p->side = side_of_version(version);
    memset(p->module, 0, (size_t)p->side * (size_t)p->side);
    for (int i = 8; i < p->side - 8; i++) {
        put(p, i, 6, i % 2 == 0);
        put(p, 6, i, i % 2 == 0);
    }
    int count = pattern_alignments(version, at);
    for (int i = 0; i < count; i++)
        for (int k = 0; k < count; k++) {
            bool in_finder =
                (i == 0 && k == 0) || (i == 0 && k == count - 1) || (i == count - 1 && k == 0);
            if (!in_finder)
                put_alignment(p, at[i], at[k]);
        }
    put_finder(p, 3, 3);
    put_finder(p, p->side - 4, 3);
    put_finder(p, 3, p->side - 4);
    put(p, 8, p->side - 8, true); // the dark module, 7.9.1
}
