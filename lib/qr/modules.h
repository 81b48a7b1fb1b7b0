// SPDX-License-Identifier: MIT
// The modules of a symbol, as light as they are in the picture, and which of them are dark.
#ifndef QR_MODULES_H
#define QR_MODULES_H

#include "qr/warp.h"

// Around the symbol so many modules of what should be paper are looked at, too.
enum { MODULES_MARGIN = 2, MODULES_WIDTH_MAX = SIDE_MAX + 2 * MODULES_MARGIN };

struct modules {
    const struct pattern *pattern;
    int width;                                          // with the margins
    float light[MODULES_WIDTH_MAX * MODULES_WIDTH_MAX]; // 1 light, -1 dark, more or less
    double sums[(MODULES_WIDTH_MAX + 1) * (MODULES_WIDTH_MAX + 1)];
    bool dark[SIDE_MAX * SIDE_MAX];
};

// A quick look: dark is what is darker in its middle than the threshold.
void modules_glance(struct modules *m, const struct grid *grid, const struct view *view);

// Modules are set off from the threshold of the view or, where that was made for smaller ones, from
// the modules around them.
enum modules_against { AGAINST_VIEW, AGAINST_MODULES };

void modules_sample(struct modules *m, const struct grid *grid, const struct warp *warp,
                    const struct view *view, enum modules_against against);

// After modules_sample(). Without a round, dark is what lies below the threshold. Each round undoes
// what blur does to neighbours: the patterns, which are known, teach how much of each neighbour is
// to be taken off; each further round learns from what the one before decided.
void modules_decide_by_learning(struct modules *m, int rounds);

// So that nothing of a card stays in memory.
void modules_wipe(struct modules *m);

#endif
