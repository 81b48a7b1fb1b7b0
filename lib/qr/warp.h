// SPDX-License-Identifier: MIT
// How far the modules of a symbol on paper that is not flat, or behind a lens that bends lines, lie
// from where their grid would have them.
#ifndef QR_WARP_H
#define QR_WARP_H

#include "qr/grid.h"

enum { WARP_NODES_MAX = SIDE_MAX / 7 + 2 };

// Known at nodes that are evenly spread over the symbol, in modules; between them it changes
// evenly.
struct warp {
    int nodes; // along a side; without any, nothing is warped
    float spacing;
    struct point away[WARP_NODES_MAX * WARP_NODES_MAX];
};

// Goes from the finders to what is farther away, and shifts what is around each node until the
// patterns there, and modules that are as dark or light as can be, lie in the grid.
void warp_fit(struct warp *w, const struct grid *g, const struct view *view);

// The place in the picture of a point in modules.
struct point warp_project(const struct warp *w, const struct grid *g, float x, float y);

#endif
