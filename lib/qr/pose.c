// SPDX-License-Identifier: MIT
#include "qr/pose.h"

#include "base/number.h"

#include <math.h>

enum { FINDER_MODULES = 7 };

// How far it is from the middle of a finder to its rim: dark, light and dark again are passed.
// Below zero when that is not what stands there.
static float reach(const struct view *view, struct point middle, struct point by, float limit)
{
    enum { EDGES = 3 };
    const float by_pixels = 0.75f;
    float before = view_light(view, middle), edge[EDGES];
    int passed = 0;

    for (int i = 1; passed < EDGES && (float)i * by_pixels < limit; i++) {
        float at = (float)i * by_pixels;
        float light =
            view_light(view, (struct point){ middle.x + by.x * at, middle.y + by.y * at });
        if ((light < 0) != (before < 0))
            edge[passed++] = at - by_pixels * light / (light - before);
        before = light;
    }
    // The edges lie 1.5, 2.5 and 3.5 modules from the middle.
    if (passed < EDGES || fabsf(edge[0] - edge[2] * 3 / 7) > edge[2] / 7 + 0.5f)
        return -1;
    return edge[2];
}

// The length of a module of a finder in a direction; below zero when it cannot be told.
static float module_along(const struct view *view, struct point middle, struct point by,
                          float limit)
{
    float there = reach(view, middle, by, limit);
    float back = reach(view, middle, (struct point){ -by.x, -by.y }, limit);
    return there < 0 || back < 0 ? -1 : (there + back) / FINDER_MODULES;
}

// One side of a symbol: in perspective the geometric mean of the modules at both its ends is the
// mean of them all, and the square root of their ratio is how much the lines draw together.
static bool measure_side(const struct view *view, struct point a, struct point b,
                         const float limit[2], float *side, float *lean)
{
    struct point by = { b.x - a.x, b.y - a.y };
    float length = sqrtf(by.x * by.x + by.y * by.y);

    by.x /= length;
    by.y /= length;
    float at_a = module_along(view, a, by, limit[0]), at_b = module_along(view, b, by, limit[1]);
    if (at_a <= 0 || at_b <= 0)
        return false;
    *side = length / sqrtf(at_a * at_b) + FINDER_MODULES;
    *lean = sqrtf(at_a / at_b);
    return true;
}

enum pose_end pose_measure(const struct view *view, const float size[3], struct pose *pose)
{
    const float most_unequal = 0.35f;
    const struct point *f = pose->finder;
    const float of_right[] = { size[0], size[1] }, of_down[] = { size[0], size[2] };
    struct perspective lean;
    float right, down;

    if (!measure_side(view, f[0], f[1], of_right, &right, &lean.right) ||
        !measure_side(view, f[0], f[2], of_down, &down, &lean.down))
        return POSE_UNKNOWN;
    if (fabsf(log_ratio(right, down)) > most_unequal)
        return POSE_IMPOSSIBLE;
    pose->side = (right + down) / 2;
    pose->lean = lean;
    pose->doubt = 0.1f + 4 / lesser(size[0], lesser(size[1], size[2]));
    return POSE_MEASURED;
}
