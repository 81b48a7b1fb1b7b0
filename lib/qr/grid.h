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

// How strongly lines that are parallel on the card draw together in the picture, to the right and
// downwards: how many times as far away as the near end the far one is.
struct perspective {
    float right, down;
};

// What is known of a symbol before its grid is laid.
struct pose {
    struct point finder[3]; // the middles: top left, top right, bottom left
    float side;             // how many modules a side may have
    struct perspective lean;
    float doubt; // how far off the logarithm of that may be
    int missing; // which finder cannot be seen, but only be expected there; or POSE_COMPLETE
};

enum {
    POSE_COMPLETE = -1,
    POSE_DOUBT_PERCENT = 60, // when nothing is known of the perspective
};

struct grid {
    const struct pattern *pattern;
    struct point control[4]; // where the middles of the finders (top left, top right, bottom left)
                             // and of the last alignment pattern lie
    struct projection to_pixels;
    struct perspective lean;
    float contrast; // how far modules are from the threshold
    float timing;   // how well the timing patterns fit: 1 as drawn, 0 not at all
    float score;    // the same of all patterns
};

// The grid through the middles of three finders, with as much perspective as the timing patterns
// between them show.
void grid_begin(struct grid *g, const struct pattern *pattern, const struct pose *pose,
                const struct view *view);

// Looks for a finder that cannot be seen where the other patterns fit best.
void grid_find_missing(struct grid *g, int missing, const struct view *view);

// How well all patterns fit, into the grid's score. Where they fit better without perspective, it
// is taken out: short timing patterns tell little.
void grid_judge(struct grid *g, const struct view *view);

// After grid_judge(): does the grid lie so well that fitting it would hardly move it? The pattern
// farthest from the finders tells.
bool grid_is_plain(const struct grid *g, const struct view *view);

// After grid_judge(), looks for the place where all patterns fit best.
void grid_fit(struct grid *g, const struct view *view);

// The same of the last corner alone, by all that stands in the symbol: in version 1 no pattern
// tells where it is.
void grid_fit_to_data(struct grid *g, const struct view *view);

struct point grid_project(const struct grid *g, float x, float y);

// Is the point in the picture, with neighbours at all sides?
static inline bool view_has(const struct view *v, struct point p)
{
    return p.x >= 0.5f && p.y >= 0.5f && p.x - 0.5f < (float)(v->plane->width - 1) &&
           p.y - 0.5f < (float)(v->plane->height - 1);
}

// The grey at a point that is in the picture.
static inline float view_grey(const struct view *v, struct point p)
{
    float x = p.x - 0.5f, y = p.y - 0.5f;
    uint32_t ix = (uint32_t)x, iy = (uint32_t)y;
    float fx = x - (float)ix, fy = y - (float)iy;
    const uint8_t *a = v->plane->grey + iy * v->plane->stride + ix, *b = a + v->plane->stride;
    float top = (float)a[0] + fx * (float)(a[1] - a[0]);
    float bottom = (float)b[0] + fx * (float)(b[1] - b[0]);
    return top + fy * (bottom - top);
}

// How far the picture is lighter (or, below zero, darker) at a point than its threshold.
static inline float view_light(const struct view *v, struct point p)
{
    if (!view_has(v, p))
        return 0;
    return view_grey(v, p) -
           bits_threshold(v->bits, (uint32_t)(p.x - 0.5f), (uint32_t)(p.y - 0.5f));
}

#endif
