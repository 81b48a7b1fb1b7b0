// SPDX-License-Identifier: MIT
// Where the modules of a symbol lie in the picture.
#ifndef QR_GRID_H
#define QR_GRID_H

#include "qr/bits.h"
#include "qr/pattern.h"

struct point {
    float x, y;
};

// A plane and what it is compared with.
struct view {
    const struct plane *plane;
    const struct bits *bits;
};

// From -1 to 1.
static inline float view_clip(float light)
{
    return light < -1 ? -1 : light > 1 ? 1 : light;
}

// A projection from modules (the first one's middle is 0.5, 0.5) to pixels.
struct projection {
    float m[9];
};

struct grid {
    const struct pattern *pattern;
    struct point control[4]; // where the middles of the finders (top left, top right, bottom left)
                             // and of the last alignment pattern lie
    struct projection to_pixels;
    float contrast; // how far modules are from the threshold
    float timing;   // how well the timing patterns fit: 1 as drawn, 0 not at all
    float score;    // the same of all patterns
};

// The grid through the middles of three finders, with as much perspective as the timing patterns
// between them show.
void grid_begin(struct grid *g, const struct pattern *pattern, const struct point finder[3],
                const struct view *view);

// How well all patterns fit, into the grid's score. Where they fit better without perspective, it
// is taken out: short timing patterns tell little.
void grid_judge(struct grid *g, const struct view *view);

// After grid_judge(): does the grid lie so well that fitting it would hardly move it? The pattern
// farthest from the finders tells.
bool grid_is_plain(const struct grid *g, const struct view *view);

// After grid_judge(), looks for the place where all patterns fit best.
void grid_fit(struct grid *g, const struct view *view);

struct point grid_project(const struct grid *g, float x, float y);

// How far the picture is lighter (or, below zero, darker) at a point than its threshold.
static inline float view_light(const struct view *v, struct point p)
{
    float x = p.x - 0.5f, y = p.y - 0.5f;
    if (!(x >= 0 && y >= 0 && x < (float)(v->plane->width - 1) &&
          y < (float)(v->plane->height - 1)))
        return 0;
    uint32_t ix = (uint32_t)x, iy = (uint32_t)y;
    float fx = x - (float)ix, fy = y - (float)iy;
    const uint8_t *a = v->plane->grey + iy * v->plane->stride + ix, *b = a + v->plane->stride;
    float top = (float)a[0] + fx * (float)(a[1] - a[0]);
    float bottom = (float)b[0] + fx * (float)(b[1] - b[0]);
    return top + fy * (bottom - top) - bits_threshold(v->bits, ix, iy);
}

#endif
