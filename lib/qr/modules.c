// SPDX-License-Identifier: MIT
#include "qr/modules.h"

#include "base/number.h"
#include "base/wipe.h"

#include <string.h>

static float *light_at(struct modules *m, int x, int y)
{
    return &m->light[(y + MODULES_MARGIN) * m->width + x + MODULES_MARGIN];
}

// Beyond the picture all is as at its rim.
static struct point in_picture(const struct plane *plane, struct point p)
{
    return (struct point){ lesser(greater(p.x, 0.5f), (float)plane->width - 0.6f),
                           lesser(greater(p.y, 0.5f), (float)plane->height - 0.6f) };
}

// The mean over the inner part of a module: its edges belong to the neighbours when it is blurred.
static float sample(const struct grid *g, const struct warp *w, const struct view *view,
                    enum modules_against against, int x, int y)
{
    static const float at[] = { 0.3f, 0.5f, 0.7f };
    float sum = 0;
    for (int i = 0; i < 9; i++) {
        struct point p = warp_project(w, g, (float)x + at[i % 3], (float)y + at[i / 3]);
        sum += against == AGAINST_VIEW ? view_light(view, p)
                                       : view_grey(view, in_picture(view->plane, p));
    }
    return sum / 9 / g->contrast;
}

// Sets modules off from the mean of those around them, so many to each side.
static void compare_with_surroundings(struct modules *m)
{
    enum { REACH = 5 };
    int side = m->width;
    double *sums = m->sums; // added up from the top left corner; zero before and after

    for (int y = 0; y < side; y++) {
        double row = 0;
        for (int x = 0; x < side; x++) {
            row += (double)m->light[y * side + x];
            sums[(y + 1) * (side + 1) + x + 1] = sums[y * (side + 1) + x + 1] + row;
        }
    }
    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++) {
            int x0 = x > REACH ? x - REACH : 0, x1 = x + REACH < side ? x + REACH + 1 : side;
            int y0 = y > REACH ? y - REACH : 0, y1 = y + REACH < side ? y + REACH + 1 : side;
            double sum = sums[y1 * (side + 1) + x1] - sums[y1 * (side + 1) + x0] -
                         sums[y0 * (side + 1) + x1] + sums[y0 * (side + 1) + x0];
            float mean = (float)(sum / ((x1 - x0) * (y1 - y0)));
            m->light[y * side + x] -= mean;
        }
    wipe(sums, (size_t)(side + 1) * (size_t)(side + 1) * sizeof *sums);
}

void modules_sample(struct modules *m, const struct grid *grid, const struct warp *warp,
                    const struct view *view, enum modules_against against)
{
    static const float most = 3;
    int side = grid->pattern->side;

    m->pattern = grid->pattern;
    m->width = side + 2 * MODULES_MARGIN;
    for (int y = -MODULES_MARGIN; y < side + MODULES_MARGIN; y++)
        for (int x = -MODULES_MARGIN; x < side + MODULES_MARGIN; x++)
            *light_at(m, x, y) = sample(grid, warp, view, against, x, y);
    if (against == AGAINST_MODULES)
        compare_with_surroundings(m);
    for (int i = 0; i < m->width * m->width; i++)
        m->light[i] = lesser(greater(m->light[i], -most), most);
}

static void decide(struct modules *m, int x, int y, float light)
{
    int8_t known = pattern_at(m->pattern, x, y);
    m->dark[y * m->pattern->side + x] = known != 0 ? known > 0 : light < 0;
}

void modules_glance(struct modules *m, const struct grid *grid, const struct view *view)
{
    int side = grid->pattern->side;

    m->pattern = grid->pattern;
    m->width = 0;
    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++) {
            struct point middle = grid_project(grid, (float)x + 0.5f, (float)y + 0.5f);
            decide(m, x, y, view_light(view, middle));
        }
}

static void decide_all(struct modules *m)
{
    for (int y = 0; y < m->pattern->side; y++)
        for (int x = 0; x < m->pattern->side; x++)
            decide(m, x, y, *light_at(m, x, y));
}

// A module, its eight neighbours, and a constant.
enum { TAPS = 10 };

static void take_taps(struct modules *m, int x, int y, float tap[TAPS])
{
    for (int i = 0; i < TAPS - 1; i++)
        tap[i] = *light_at(m, x + i % 3 - 1, y + i / 3 - 1);
    tap[TAPS - 1] = 1;
}

// Normal equations of the least squares, the right side being the last column.
struct equations {
    float a[TAPS][TAPS + 1];
};

static void add_equation(struct equations *e, const float tap[TAPS], float target, float weight)
{
    for (int i = 0; i < TAPS; i++) {
        for (int k = 0; k < TAPS; k++)
            e->a[i][k] += weight * tap[i] * tap[k];
        e->a[i][TAPS] += weight * tap[i] * target;
    }
}

// Gauss without pivoting: the matrix is symmetric and, by what is added to its diagonal, positive.
static void solve(struct equations *e, float out[TAPS])
{
    for (int i = 0; i < TAPS; i++)
        for (int row = i + 1; row < TAPS; row++) {
            float part = e->a[row][i] / e->a[i][i];
            for (int k = i; k <= TAPS; k++)
                e->a[row][k] -= part * e->a[i][k];
        }
    for (int i = TAPS - 1; i >= 0; i--) {
        out[i] = e->a[i][TAPS];
        for (int k = i + 1; k < TAPS; k++)
            out[i] -= e->a[i][k] * out[k];
        out[i] /= e->a[i][i];
    }
}

static float apply(const float tap[TAPS], const float weight[TAPS])
{
    float sum = 0;
    for (int i = 0; i < TAPS; i++)
        sum += tap[i] * weight[i];
    return sum;
}

// Without evidence a module is taken as it is: the diagonal pulls the weights that way.
static void begin_equations(struct equations *e, float pull)
{
    memset(e, 0, sizeof *e);
    for (int i = 0; i < TAPS; i++)
        e->a[i][i] = pull;
    e->a[4][TAPS] = pull; // the module itself
}

static void learn(struct modules *m, bool from_all, float weight[TAPS])
{
    struct equations e;
    float tap[TAPS];
    int side = m->pattern->side;

    begin_equations(&e, 4);
    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++) {
            int8_t known = pattern_at(m->pattern, x, y);
            if (known == 0 && !from_all)
                continue;
            take_taps(m, x, y, tap);
            add_equation(&e, tap, m->dark[y * side + x] ? -1 : 1, 1);
        }
    solve(&e, weight);
}

void modules_decide_by_learning(struct modules *m, int rounds)
{
    float weight[TAPS], tap[TAPS];
    int side = m->pattern->side;

    decide_all(m);
    for (int round = 0; round < rounds; round++) {
        learn(m, round > 0, weight);
        for (int y = 0; y < side; y++)
            for (int x = 0; x < side; x++) {
                take_taps(m, x, y, tap);
                decide(m, x, y, apply(tap, weight));
            }
    }
}

void modules_wipe(struct modules *m)
{
    wipe(m->light, (size_t)m->width * (size_t)m->width * sizeof *m->light);
    wipe(m->dark, (size_t)m->pattern->side * (size_t)m->pattern->side * sizeof *m->dark);
}
