// SPDX-License-Identifier: MIT
#include "qr/grid.h"

#include "base/number.h"

#include <math.h>

// The projection that takes the unit square's corners (0 0, 1 0, 0 1, 1 1) to four points.
static struct projection from_square(const struct point p[4])
{
    float dx1 = p[1].x - p[3].x, dx2 = p[2].x - p[3].x, sx = p[0].x - p[1].x + p[3].x - p[2].x;
    float dy1 = p[1].y - p[3].y, dy2 = p[2].y - p[3].y, sy = p[0].y - p[1].y + p[3].y - p[2].y;
    float det = dx1 * dy2 - dx2 * dy1;
    float g = (sx * dy2 - dx2 * sy) / det, h = (dx1 * sy - sx * dy1) / det;

    return (struct projection){ { p[1].x - p[0].x + g * p[1].x, p[2].x - p[0].x + h * p[2].x,
                                  p[0].x, p[1].y - p[0].y + g * p[1].y,
                                  p[2].y - p[0].y + h * p[2].y, p[0].y, g, h, 1 } };
}

// The inverse up to a factor, which a projection does not feel.
static struct projection invert(const struct projection *a)
{
    const float *m = a->m;
    return (struct projection){
        { m[4] * m[8] - m[5] * m[7], m[2] * m[7] - m[1] * m[8], m[1] * m[5] - m[2] * m[4],
          m[5] * m[6] - m[3] * m[8], m[0] * m[8] - m[2] * m[6], m[2] * m[3] - m[0] * m[5],
          m[3] * m[7] - m[4] * m[6], m[1] * m[6] - m[0] * m[7], m[0] * m[4] - m[1] * m[3] }
    };
}

static struct projection multiply(const struct projection *a, const struct projection *b)
{
    struct projection product;
    for (int row = 0; row < 3; row++)
        for (int column = 0; column < 3; column++)
            product.m[row * 3 + column] = a->m[row * 3] * b->m[column] +
                                          a->m[row * 3 + 1] * b->m[3 + column] +
                                          a->m[row * 3 + 2] * b->m[6 + column];
    return product;
}

static struct point project(const struct projection *to, float x, float y)
{
    const float *m = to->m;
    float w = 1 / (m[6] * x + m[7] * y + m[8]);
    return (struct point){ (m[0] * x + m[1] * y + m[2]) * w, (m[3] * x + m[4] * y + m[5]) * w };
}

struct point grid_project(const struct grid *g, float x, float y)
{
    return project(&g->to_pixels, x, y);
}

// The place of the fourth control point in modules: the last alignment pattern, or where a fourth
// finder would stand in version 1.
static float fourth(const struct pattern *p)
{
    return (float)p->side - (p->version > 1 ? 6.5f : 3.5f);
}

// The same on the way from the first finder to the second, which is 1.
static float far_part(const struct pattern *p)
{
    return (fourth(p) - 3.5f) / ((float)p->side - 7);
}

static void place(struct grid *g)
{
    float near = 3.5f, far = (float)g->pattern->side - 3.5f, last = fourth(g->pattern);
    struct point modules[4] = { { near, near }, { far, near }, { near, far }, { last, last } };
    struct projection square_to_modules = from_square(modules);
    struct projection modules_to_square = invert(&square_to_modules);
    struct projection square_to_pixels = from_square(g->control);
    g->to_pixels = multiply(&square_to_pixels, &modules_to_square);
}

struct tally {
    float sum;
    float absolute;
    int count;
};

// Compares one module with what it must be.
static void compare(const struct grid *g, const struct view *view, struct tally *t, int x, int y)
{
    int8_t must = pattern_at(g->pattern, x, y);
    float light = view_light(view, grid_project(g, (float)x + 0.5f, (float)y + 0.5f));
    t->sum -= view_clip(light / g->contrast) * (float)must;
    t->absolute += fabsf(light);
    t->count++;
}

// A square of modules around a middle.
static void compare_square(const struct grid *g, const struct view *view, struct tally *t, int x,
                           int y, int reach)
{
    for (int dy = -reach; dy <= reach; dy++)
        for (int dx = -reach; dx <= reach; dx++)
            compare(g, view, t, x + dx, y + dy);
}

static void compare_finders(const struct grid *g, const struct view *view, struct tally *t)
{
    int far = g->pattern->side - 4;
    compare_square(g, view, t, 3, 3, 3);
    compare_square(g, view, t, far, 3, 3);
    compare_square(g, view, t, 3, far, 3);
}

static void compare_timing(const struct grid *g, const struct view *view, struct tally *t)
{
    for (int i = 8; i < g->pattern->side - 8; i++) {
        compare(g, view, t, i, 6);
        compare(g, view, t, 6, i);
    }
}

static void compare_alignments(const struct grid *g, const struct view *view, struct tally *t)
{
    int at[ALIGNMENTS_MAX], count = pattern_alignments(g->pattern->version, at);
    for (int i = 1; i < count; i++)
        for (int k = 1; k < count; k++)
            compare_square(g, view, t, at[i], at[k], 2);
    for (int i = 1; i + 1 < count; i++) {
        compare_square(g, view, t, at[i], 6, 2);
        compare_square(g, view, t, 6, at[i], 2);
    }
}

static float score(const struct grid *g, const struct view *view)
{
    struct tally t = { 0 };
    compare_finders(g, view, &t);
    compare_timing(g, view, &t);
    compare_alignments(g, view, &t);
    return t.sum / (float)t.count;
}

// Contrast as the finders have it.
static void measure_contrast(struct grid *g, const struct view *view)
{
    struct tally t = { 0 };
    compare_finders(g, view, &t);
    g->contrast = t.absolute / (float)t.count;
    if (g->contrast < 2)
        g->contrast = 2;
}

static struct point step(const struct grid *g, float x, float y)
{
    struct point a = g->control[0], b = g->control[1], c = g->control[2];
    float modules = (float)g->pattern->side - 7;
    return (struct point){ (x * (b.x - a.x) + y * (c.x - a.x)) / modules,
                           (x * (b.y - a.y) + y * (c.y - a.y)) / modules };
}

// A point by its way from the first finder to the second and to the third, 1 being all of it.
static struct point in_perspective(const struct grid *g, struct perspective p, float u, float v)
{
    const struct point *c = g->control;
    float w = 1 / (1 + (p.right - 1) * u + (p.down - 1) * v);
    float a = 1 - u - v, b = u * p.right, d = v * p.down;
    return (struct point){ (a * c[0].x + b * c[1].x + d * c[2].x) * w,
                           (a * c[0].y + b * c[1].y + d * c[2].y) * w };
}

// How well one of the two timing patterns fits.
static float timing_along(const struct grid *g, const struct view *view, struct perspective p,
                          bool down)
{
    int side = g->pattern->side;
    float sum = 0, all = (float)side - 7, across = 3 / all;

    for (int i = 8; i < side - 8; i++) {
        float along = ((float)i - 3) / all;
        struct point at =
            down ? in_perspective(g, p, across, along) : in_perspective(g, p, along, across);
        float light = view_clip(view_light(view, at) / g->contrast);
        sum += i % 2 == 0 ? -light : light;
    }
    return sum / (float)(side - 16);
}

// The perspective that suits a timing pattern best.
static float best_timing(const struct grid *g, const struct view *view, const struct pose *pose,
                         struct perspective *p, bool down)
{
    enum { STEPS = 10 };
    // The shorter the pattern, the less it tells, and the likelier is what was known before.
    const float doubt = 0.1f + 1 / (float)(g->pattern->side - 16);
    const float middle = down ? pose->lean.down : pose->lean.right, by = pose->doubt / STEPS;
    float *part = down ? &p->down : &p->right, best = -1, best_part = middle;

    for (int i = -STEPS; i <= STEPS; i++) {
        *part = middle * exp_small((float)i * by);
        float fit = timing_along(g, view, *p, down) - fabsf((float)i * by) * doubt;
        if (fit > best) {
            best = fit;
            best_part = *part;
        }
    }
    *part = best_part;
    return best;
}

void grid_begin(struct grid *g, const struct pattern *pattern, const struct pose *pose,
                const struct view *view)
{
    float part = far_part(pattern);
    struct perspective p = pose->lean;

    *g = (struct grid){ .pattern = pattern, .contrast = 1 };
    for (int i = 0; i < 3; i++)
        g->control[i] = pose->finder[i];
    g->control[3] = in_perspective(g, p, part, part);
    place(g);
    measure_contrast(g, view);
    best_timing(g, view, pose, &p, false);
    float down = best_timing(g, view, pose, &p, true);
    g->timing = (best_timing(g, view, pose, &p, false) + down) / 2;
    g->lean = p;
    g->control[3] = in_perspective(g, p, part, part);
    place(g);
}

void grid_judge(struct grid *g, const struct view *view)
{
    float part = far_part(g->pattern);
    struct grid flat = *g;

    g->score = score(g, view);
    flat.lean = (struct perspective){ 1, 1 };
    flat.control[3] = in_perspective(g, flat.lean, part, part);
    place(&flat);
    flat.score = score(&flat, view);
    if (flat.score > g->score)
        *g = flat;
}

// How well an alignment pattern fits around a point, the finders giving direction and size.
static float alignment_score(const struct grid *g, const struct view *view, struct point middle)
{
    float sum = 0;
    for (int y = -2; y <= 2; y++)
        for (int x = -2; x <= 2; x++) {
            struct point d = step(g, (float)x, (float)y);
            int ring = pattern_ring(x, y);
            float light = view_light(view, (struct point){ middle.x + d.x, middle.y + d.y });
            sum += view_clip(light / g->contrast) * (ring == 1 ? 1.0f : -1.0f);
        }
    return sum / 25;
}

bool grid_is_plain(const struct grid *g, const struct view *view)
{
    enum { PLAIN_PERCENT = 80, ALIGNED_PERCENT = 65 };
    return g->score * 100 >= PLAIN_PERCENT &&
           (g->pattern->version == 1 ||
            alignment_score(g, view, g->control[3]) * 100 >= ALIGNED_PERCENT);
}

enum { PLACES = 4 };

struct places {
    struct point at[PLACES];
    float score[PLACES];
};

static void keep_best(struct places *best, struct point at, float score)
{
    int i = PLACES - 1;
    if (score <= best->score[i])
        return;
    for (; i > 0 && best->score[i - 1] < score; i--) {
        best->score[i] = best->score[i - 1];
        best->at[i] = best->at[i - 1];
    }
    best->score[i] = score;
    best->at[i] = at;
}

// Perspective moves the far corner most: the alignment pattern there is looked for around the place
// where it would be without.
static void find_places(const struct grid *g, const struct view *view, struct places *best)
{
    const float by = 0.75f; // of a module
    const int steps = (int)((1.5f + (float)g->pattern->side / 18) / by);

    for (int i = 0; i < PLACES; i++)
        best->score[i] = -2;
    for (int y = -steps; y <= steps; y++)
        for (int x = -steps; x <= steps; x++) {
            struct point d = step(g, (float)x * by, (float)y * by);
            struct point at = { g->control[3].x + d.x, g->control[3].y + d.y };
            keep_best(best, at, alignment_score(g, view, at));
        }
}

static void find_fourth(struct grid *g, const struct view *view)
{
    struct grid best = *g;
    struct places places;

    if (g->pattern->version > 1) {
        find_places(g, view, &places);
        for (int i = 0; i < PLACES; i++) {
            struct grid other = *g;
            other.control[3] = places.at[i];
            place(&other);
            other.score = score(&other, view);
            if (other.score > best.score)
                best = other;
        }
    }
    *g = best;
}

static bool try_move(struct grid *g, const struct view *view, int control, struct point by)
{
    struct grid moved = *g;
    moved.control[control].x += by.x;
    moved.control[control].y += by.y;
    place(&moved);
    moved.score = score(&moved, view);
    if (moved.score <= g->score)
        return false;
    *g = moved;
    return true;
}

static bool try_moves(struct grid *g, const struct view *view, float modules)
{
    // In version 1 nothing stands in the last corner by which a move could be judged.
    int last = g->pattern->version > 1 ? 3 : 2;
    bool better = false;
    for (int control = last; control >= 0; control--)
        for (int i = 0; i < 4; i++) {
            float by = i % 2 ? -modules : modules;
            better |= try_move(g, view, control, i < 2 ? step(g, by, 0) : step(g, 0, by));
        }
    return better;
}

static void refine(struct grid *g, const struct view *view)
{
    enum { ROUNDS = 4 };
    static const float modules[] = { 0.5f, 0.25f, 0.12f };
    for (size_t i = 0; i < sizeof modules / sizeof *modules; i++)
        for (int round = 0; round < ROUNDS && try_moves(g, view, modules[i]); round++)
            continue;
}

static void search_missing(struct grid *g, int missing, const struct view *view, int steps,
                           float by)
{
    float part = far_part(g->pattern);
    struct grid best = *g;

    best.score = -2;
    for (int y = -steps; y <= steps; y++)
        for (int x = -steps; x <= steps; x++) {
            struct grid moved = *g;
            struct point d = step(g, (float)x * by, (float)y * by);
            moved.control[missing].x += d.x;
            moved.control[missing].y += d.y;
            moved.control[3] = in_perspective(&moved, g->lean, part, part);
            place(&moved);
            moved.score = score(&moved, view);
            if (moved.score > best.score)
                best = moved;
        }
    *g = best;
}

void grid_find_missing(struct grid *g, int missing, const struct view *view)
{
    search_missing(g, missing, view, 3 + g->pattern->side / 12, 0.75f);
    search_missing(g, missing, view, 2, 0.25f);
}

void grid_fit(struct grid *g, const struct view *view)
{
    enum { HOPELESS_PERCENT = 25 };

    find_fourth(g, view);
    if (g->score * 100 < HOPELESS_PERCENT)
        return;
    refine(g, view);
    measure_contrast(g, view);
    g->score = score(g, view);
}

// How clearly all modules are dark or light, too.
static float clearness(const struct grid *g, const struct view *view)
{
    int side = g->pattern->side;
    float sum = 0;

    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++) {
            int8_t must = pattern_at(g->pattern, x, y);
            float a = view_light(view, grid_project(g, (float)x + 0.3f, (float)y + 0.3f));
            float b = view_light(view, grid_project(g, (float)x + 0.7f, (float)y + 0.7f));
            float light = view_clip((a + b) / 2 / g->contrast);
            sum += must != 0 ? -(float)must * light : fabsf(light);
        }
    return sum;
}

void grid_fit_to_data(struct grid *g, const struct view *view)
{
    enum { STEPS = 8 };
    struct grid best = *g;
    float most = clearness(g, view);

    for (int y = -STEPS; y <= STEPS; y++)
        for (int x = -STEPS; x <= STEPS; x++) {
            struct grid moved = *g;
            struct point by = step(g, (float)x * 0.25f, (float)y * 0.25f);
            moved.control[3].x += by.x;
            moved.control[3].y += by.y;
            place(&moved);
            float clear = clearness(&moved, view);
            if (clear > most) {
                most = clear;
                best = moved;
            }
        }
    *g = best;
}
