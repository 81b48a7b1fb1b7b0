// SPDX-License-Identifier: MIT
#include "qr/guess.h"

#include "base/number.h"

#include <math.h>

static struct point minus(struct point a, struct point b)
{
    return (struct point){ a.x - b.x, a.y - b.y };
}

static struct point plus(struct point a, struct point b)
{
    return (struct point){ a.x + b.x, a.y + b.y };
}

static struct point times(struct point a, float by)
{
    return (struct point){ a.x * by, a.y * by };
}

// From the direction to the right to the one downwards, seen from above.
static struct point turn(struct point a)
{
    return (struct point){ -a.y, a.x };
}

enum { CORNER, RIGHT, DOWN };

// Places the two, and the third where it would be in a square seen from above; returns which one
// that is.
static int lay_out(struct point a, struct point b, unsigned way, struct point finder[3])
{
    struct point first = way % 2 ? b : a, second = way % 2 ? a : b, d = minus(second, first);

    switch (way / 2) {
    case 0:
        finder[CORNER] = first;
        finder[RIGHT] = second;
        finder[DOWN] = plus(first, turn(d));
        return DOWN;
    case 1:
        finder[CORNER] = first;
        finder[DOWN] = second;
        finder[RIGHT] = minus(first, turn(d));
        return RIGHT;
    default:
        finder[RIGHT] = first;
        finder[DOWN] = second;
        finder[CORNER] =
            times(plus(plus(first, second), minus((struct point){ 0 }, turn(d))), 0.5f);
        return CORNER;
    }
}

struct axes {
    struct point right, down; // a module each
};

static float finder_score(const struct view *view, struct point middle, const struct axes *axes,
                          float contrast)
{
    float sum = 0;
    for (int y = -4; y <= 4; y++)
        for (int x = -4; x <= 4; x++) {
            int ring = pattern_ring(x, y);
            struct point d = plus(times(axes->right, (float)x), times(axes->down, (float)y));
            float light = view_clip(view_light(view, plus(middle, d)) / contrast);
            sum += ring == 2 || ring == 4 ? light : -light;
        }
    return sum / 81;
}

static float search(const struct view *view, struct point *middle, const struct axes *axes,
                    float contrast, int steps, float step)
{
    struct point around = *middle;
    struct axes by = { times(axes->right, step), times(axes->down, step) };
    float best = -1;

    for (int y = -steps; y <= steps; y++)
        for (int x = -steps; x <= steps; x++) {
            struct point away = plus(times(by.right, (float)x), times(by.down, (float)y));
            struct point at = plus(around, away);
            float score = finder_score(view, at, axes, contrast);
            if (score > best) {
                best = score;
                *middle = at;
            }
        }
    return best;
}

static float contrast_of(const struct view *view, const struct finder *f)
{
    float dark = -view_light(view, (struct point){ f->x, f->y });
    return dark > 4 ? dark : 4;
}

bool guess_third(const struct view *view, const struct finder *a, const struct finder *b,
                 unsigned way, struct pose *out)
{
    enum { LEAST_PERCENT = 30 };
    *out = (struct pose){ .lean = { 1, 1 },
                          .doubt = POSE_DOUBT_PERCENT / 100.0f,
                          .missing = POSE_COMPLETE };
    int missing =
        lay_out((struct point){ a->x, a->y }, (struct point){ b->x, b->y }, way, out->finder);
    struct point right = minus(out->finder[RIGHT], out->finder[CORNER]);
    float length = sqrtf(right.x * right.x + right.y * right.y);
    float turned = greater(fabsf(right.x), fabsf(right.y)) / length;
    float module = (a->across + a->down + b->across + b->down) / 28 * turned;

    out->side = length / module + 7;
    if (!(out->side > SIDE_MIN - 4 && out->side < SIDE_MAX + 10))
        return false;
    struct axes axes = { times(right, module / length), turn(times(right, module / length)) };
    float contrast = (contrast_of(view, a) + contrast_of(view, b)) / 2;
    struct point *third = &out->finder[missing];
    struct point expected = *third;
    search(view, third, &axes, contrast, 2 + (int)out->side / 12, 1);
    if (search(view, third, &axes, contrast, 3, 0.25f) * 100 > LEAST_PERCENT)
        return true;
    *third = expected;
    out->missing = missing;
    return a->sure && b->sure;
}
