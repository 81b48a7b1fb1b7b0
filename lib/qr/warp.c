// SPDX-License-Identifier: MIT
#include "qr/warp.h"

#include "base/number.h"

#include <math.h>

static struct point lerp(struct point a, struct point b, float part)
{
    return (struct point){ a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part };
}

struct point warp_project(const struct warp *w, const struct grid *g, float x, float y)
{
    if (w->nodes == 0)
        return grid_project(g, x, y);
    float at_x = lesser(greater(x / w->spacing, 0), (float)(w->nodes - 1) - 0.001f);
    float at_y = lesser(greater(y / w->spacing, 0), (float)(w->nodes - 1) - 0.001f);
    int i = (int)at_x, k = (int)at_y;
    const struct point *a = &w->away[k * w->nodes + i], *b = a + w->nodes;
    struct point away =
        lerp(lerp(a[0], a[1], at_x - (float)i), lerp(b[0], b[1], at_x - (float)i), at_y - (float)k);
    return grid_project(g, x + away.x, y + away.y);
}

// The modules around a node.
struct window {
    const struct grid *grid;
    const struct view *view;
    int x0, y0, x1, y1;
};

static int within(float at, int reach, int side)
{
    int last = side - reach, middle = (int)at;
    return middle < reach ? reach : middle > last ? last : middle;
}

// As large at the rim of the symbol as elsewhere.
static struct window window_of(const struct warp *w, const struct grid *g, const struct view *view,
                               int i, int k)
{
    enum { REACH = 4 };
    int x = within((float)i * w->spacing, REACH, g->pattern->side);
    int y = within((float)k * w->spacing, REACH, g->pattern->side);
    return (struct window){ g, view, x - REACH, y - REACH, x + REACH, y + REACH };
}

// Two places in a module tell more than its middle: they differ as soon as it lies askew.
static float light_of(const struct window *win, float x, float y)
{
    float a = view_light(win->view, grid_project(win->grid, x + 0.3f, y + 0.3f));
    float b = view_light(win->view, grid_project(win->grid, x + 0.7f, y + 0.7f));
    return view_clip((a + b) / 2 / win->grid->contrast);
}

static float fit_of(const struct window *win, struct point away)
{
    float sum = 0;
    for (int y = win->y0; y < win->y1; y++)
        for (int x = win->x0; x < win->x1; x++) {
            int8_t must = pattern_at(win->grid->pattern, x, y);
            float light = light_of(win, (float)x + away.x, (float)y + away.y);
            sum += must != 0 ? -(float)must * light : fabsf(light);
        }
    return sum / (float)((win->x1 - win->x0) * (win->y1 - win->y0));
}

static struct point best_around(const struct window *win, struct point start, int steps, float by)
{
    const float doubt = 0.05f;
    struct point best = start;
    float best_fit = -2;

    for (int y = -steps; y <= steps; y++)
        for (int x = -steps; x <= steps; x++) {
            struct point off = { (float)x * by, (float)y * by };
            struct point at = { start.x + off.x, start.y + off.y };
            float fit = fit_of(win, at) - doubt * (off.x * off.x + off.y * off.y);
            if (fit > best_fit) {
                best_fit = fit;
                best = at;
            }
        }
    return best;
}

// What the neighbours that are known would have here: the nearest ones' mean, carried on where the
// next one is known, too.
static struct point expected(const struct warp *w, const bool *known, int i, int k)
{
    struct point sum = { 0, 0 };
    float count = 0;

    for (int dk = -1; dk <= 1; dk++)
        for (int di = -1; di <= 1; di++) {
            int x = i + di, y = k + dk, x2 = x + di, y2 = y + dk, n = w->nodes;
            if ((di == 0 && dk == 0) || x < 0 || y < 0 || x >= n || y >= n || !known[y * n + x])
                continue;
            struct point a = w->away[y * n + x];
            if (x2 >= 0 && y2 >= 0 && x2 < n && y2 < n && known[y2 * n + x2])
                a = lerp(w->away[y2 * n + x2], a, 1.5f);
            sum.x += a.x;
            sum.y += a.y;
            count++;
        }
    return count > 0 ? (struct point){ sum.x / count, sum.y / count } : sum;
}

// How far a node is from the nearest finder.
static int steps_to_finder(const struct warp *w, int i, int k)
{
    int last = w->nodes - 1, here = i + k, right = last - i + k, down = i + last - k;
    int near = right < down ? right : down;
    return here < near ? here : near;
}

void warp_fit(struct warp *w, const struct grid *g, const struct view *view)
{
    bool known[WARP_NODES_MAX * WARP_NODES_MAX] = { false };
    int side = g->pattern->side;

    w->nodes = side / 7 + 1;
    w->spacing = (float)side / (float)(w->nodes - 1);
    for (int steps = 0; steps < 2 * w->nodes; steps++)
        for (int k = 0; k < w->nodes; k++)
            for (int i = 0; i < w->nodes; i++) {
                if (steps_to_finder(w, i, k) != steps)
                    continue;
                struct window win = window_of(w, g, view, i, k);
                struct point at = expected(w, known, i, k);
                at = best_around(&win, at, 3, 0.2f);
                w->away[k * w->nodes + i] = best_around(&win, at, 1, 0.07f);
                known[k * w->nodes + i] = true;
            }
}
