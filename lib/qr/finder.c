// SPDX-License-Identifier: MIT
#include "qr/finder.h"

#include <math.h>
#include <stdlib.h>

// Through its middle, in whatever direction, a pattern is dark, light, dark, light, dark over 1, 1,
// 3, 1 and 1 modules.
enum { RUNS = 5, PATTERN_MODULES = 7 };

struct search {
    const struct bits *bits;
    const struct plane *plane;
    struct finders *out;
};

// Do five runs look like a pattern? Blur and thresholds move all edges alike, so that dark runs
// grow by what light ones lose; `slack` is what a whole pixel may add to that.
static bool is_pattern(const float run[RUNS], float slack)
{
    float total = run[0] + run[1] + run[2] + run[3] + run[4];
    float module = total / PATTERN_MODULES, off = module * 0.5f + slack;

    return total >= PATTERN_MODULES && fabsf(run[0] - module) < off &&
           fabsf(run[1] - module) < off && fabsf(run[2] - 3 * module) < 2 * off &&
           fabsf(run[3] - module) < off && fabsf(run[4] - module) < off;
}

// A line through the image, one pixel after another: a row, a column or a diagonal.
struct line {
    const struct search *search;
    uint32_t x, y; // where it begins
    int dx, dy;
    uint32_t length;
};

static uint32_t x_of(const struct line *l, uint32_t at)
{
    return l->x + (uint32_t)((int)at * l->dx);
}

static uint32_t y_of(const struct line *l, uint32_t at)
{
    return l->y + (uint32_t)((int)at * l->dy);
}

static bool is_dark(const struct line *l, uint32_t at)
{
    return bits_dark(l->search->bits, x_of(l, at), y_of(l, at));
}

static float above_threshold(const struct line *l, uint32_t at)
{
    uint32_t x = x_of(l, at), y = y_of(l, at);
    const struct plane *plane = l->search->plane;
    return (float)plane->grey[y * plane->stride + x] - bits_threshold(l->search->bits, x, y) + 0.5f;
}

// Where between the middles of two neighbours the line passes the threshold.
static float edge_between(const struct line *l, uint32_t first)
{
    float a = above_threshold(l, first), b = above_threshold(l, first + 1);
    float part = a * b < 0 ? a / (a - b) : 0.5f;
    return (float)first + 0.5f + part;
}

// Walks from `at` in one direction to the next change; false when there is none within `limit`
// steps. What lies beyond the picture is light: symbols are often cut out without a rim.
static bool walk(const struct line *l, uint32_t *at, int step, uint32_t limit, float *edge)
{
    bool dark = is_dark(l, *at);
    for (uint32_t i = 0; i < limit; i++) {
        if (*at == (step < 0 ? 0 : l->length - 1)) {
            *edge = step < 0 ? 0 : (float)l->length;
            return dark;
        }
        uint32_t next = step < 0 ? *at - 1 : *at + 1;
        if (is_dark(l, next) != dark) {
            *edge = edge_between(l, step < 0 ? next : *at);
            *at = next;
            return true;
        }
        *at = next;
    }
    return false;
}

// Measures the pattern along a line through a dark place in its middle.
static bool measure(const struct line *l, float at, float width, float *middle, float *size)
{
    float edge[RUNS + 1], run[RUNS];
    uint32_t limit = (uint32_t)(width * 1.5f) + 3;

    if (at < 0 || at >= (float)l->length)
        return false;
    uint32_t place = (uint32_t)at, back = place;
    if (!is_dark(l, place))
        return false;
    for (int i = 3; i < RUNS + 1; i++)
        if (!walk(l, &place, 1, limit, &edge[i]))
            return false;
    for (int i = 2; i >= 0; i--)
        if (!walk(l, &back, -1, limit, &edge[i]))
            return false;
    for (int i = 0; i < RUNS; i++)
        run[i] = edge[i + 1] - edge[i];
    if (!is_pattern(run, 0.35f))
        return false;
    *middle = (edge[2] + edge[3]) / 2;
    *size = edge[RUNS] - edge[0];
    return true;
}

static void add(struct finders *all, struct finder f)
{
    for (size_t i = 0; i < all->count; i++) {
        struct finder *known = &all->finder[i];
        float near = (f.across + f.down + known->across + known->down) / 12;
        if (fabsf(known->x - f.x) > near || fabsf(known->y - f.y) > near)
            continue;
        float n = (float)known->hits++;
        known->x = (known->x * n + f.x) / (n + 1);
        known->y = (known->y * n + f.y) / (n + 1);
        known->across = (known->across * n + f.across) / (n + 1);
        known->down = (known->down * n + f.down) / (n + 1);
        known->sure |= f.sure;
        return;
    }
    if (all->count < FINDERS_MAX)
        all->finder[all->count++] = f;
}

static struct line row_at(struct search *s, float y)
{
    return (struct line){ s, 0, (uint32_t)y, 1, 0, s->bits->width };
}

static struct line column_at(struct search *s, float x)
{
    return (struct line){ s, (uint32_t)x, 0, 0, 1, s->bits->height };
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static bool is_inside(const struct search *s, float x, float y)
{
    return x >= 0 && y >= 0 && x < (float)s->bits->width && y < (float)s->bits->height;
}

// Along the diagonal through a point that falls to the right, or the one that falls to the left.
static bool measure_diagonal(struct search *s, const struct finder *f, bool to_left)
{
    uint32_t x = (uint32_t)f->x, y = (uint32_t)f->y, right = s->bits->width - 1 - x;
    uint32_t before = least(y, to_left ? right : x);
    uint32_t behind = least(s->bits->height - 1 - y, to_left ? x : right);
    struct line l = { s,          to_left ? x + before : x - before,
                      y - before, to_left ? -1 : 1,
                      1,          before + behind + 1 };
    float ignored;
    return measure(&l, (float)before, f->across, &ignored, &ignored);
}

// A row looked like a pattern: is it one from above and from the side, too?
static void examine(struct search *s, uint32_t y, float x, float width)
{
    struct finder f = { .x = x, .hits = 1 };
    float ignored;

    if (!is_inside(s, x, (float)y))
        return;
    struct line column = column_at(s, x);
    if (!measure(&column, (float)y, width, &f.y, &f.down) || !is_inside(s, x, f.y))
        return;
    struct line row = row_at(s, f.y);
    if (!measure(&row, x, width, &f.x, &f.across) || !is_inside(s, f.x, f.y))
        return;
    column = column_at(s, f.x);
    if (!measure(&column, f.y, width, &f.y, &ignored) || !is_inside(s, f.x, f.y))
        return;
    if (f.across > 4 * f.down || f.down > 4 * f.across)
        return;
    f.sure = measure_diagonal(s, &f, false) && measure_diagonal(s, &f, true);
    add(s->out, f);
}

// The last places where the row changed; an even count of changes since its beginning means that it
// was white before.
struct row_scan {
    uint32_t edge[RUNS + 1];
    uint32_t count;
};

// What most runs of most rows fail: the middle one is the longest, and not by too much.
static bool may_be_pattern(const uint32_t edge[RUNS + 1])
{
    uint32_t before = edge[2] - edge[1], middle = edge[3] - edge[2], behind = edge[4] - edge[3];
    return middle > before && middle > behind && middle < 5 * (before + behind);
}

static void take_edge(struct search *s, struct row_scan *scan, uint32_t y, uint32_t x)
{
    float run[RUNS];

    for (int i = 0; i < RUNS; i++)
        scan->edge[i] = scan->edge[i + 1];
    scan->edge[RUNS] = x;
    scan->count++;
    if (scan->count % 2 != 0 || scan->count < RUNS + 1 || !may_be_pattern(scan->edge))
        return;
    for (int i = 0; i < RUNS; i++)
        run[i] = (float)(scan->edge[i + 1] - scan->edge[i]);
    if (is_pattern(run, 0.7f))
        examine(s, y, (float)(scan->edge[2] + scan->edge[3]) / 2,
                (float)(scan->edge[RUNS] - scan->edge[0]));
}

static void scan_row(struct search *s, uint32_t y)
{
    const uint64_t *word = s->bits->word + y * s->bits->stride;
    struct row_scan scan = { 0 };
    uint64_t carry = 0;

    for (size_t i = 0; i < s->bits->stride; i++) {
        uint64_t changes = word[i] ^ (word[i] << 1 | carry);
        carry = word[i] >> 63;
        for (; changes != 0; changes &= changes - 1)
            take_edge(s, &scan, y, (uint32_t)(i * 64) + (uint32_t)__builtin_ctzll(changes));
    }
}

// How sure it is: the share of its rows that showed it.
static float sureness(const struct finder *f)
{
    return (float)f->hits / (f->down + 8) + (f->sure ? 1 : 0);
}

static int surest_first(const void *a, const void *b)
{
    float sure_a = sureness(a), sure_b = sureness(b);
    return (sure_a < sure_b) - (sure_a > sure_b);
}

void finders_find(const struct bits *bits, const struct plane *plane, struct finders *out)
{
    struct search search = { bits, plane, out };

    out->count = 0;
    for (uint32_t y = 0; y < bits->height; y++)
        scan_row(&search, y);
    qsort(out->finder, out->count, sizeof *out->finder, surest_first);
}
