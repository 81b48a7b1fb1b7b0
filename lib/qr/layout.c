// SPDX-License-Identifier: MIT
#include "qr/layout.h"

#include "qr/pattern.h"

#include <math.h>

// More finders than this come from patterns in the background; the surest are looked at.
enum { LOOKED_AT = 48 };

struct leg {
    float x, y, length;
};

static struct leg leg_between(const struct finder *a, const struct finder *b)
{
    struct leg l = { b->x - a->x, b->y - a->y, 0 };
    l.length = sqrtf(l.x * l.x + l.y * l.y);
    return l;
}

// The module of a finder that is turned as the leg is: a line through a square's middle is longer
// the more it is turned.
static float module_size(const struct finder *f, const struct leg *l)
{
    float turned = fmaxf(fabsf(l->x), fabsf(l->y)) / l->length;
    return (f->across + f->down) / 14 * turned;
}

static float side_along(const struct finder *a, const struct finder *b, const struct leg *l)
{
    return 2 * l->length / (module_size(a, l) + module_size(b, l)) + 7;
}

static float spread(float a, float b)
{
    return fabsf(logf(a / b));
}

// Fills in what three finders make with this one as the corner. False when that is no symbol.
static bool judge(const struct finders *all, struct triple *t)
{
    const struct finder *corner = &all->finder[t->corner];
    struct leg right = leg_between(corner, &all->finder[t->right]);
    struct leg down = leg_between(corner, &all->finder[t->down]);
    if (right.length < 1 || down.length < 1)
        return false;
    float cosine = (right.x * down.x + right.y * down.y) / (right.length * down.length);
    float along_right = side_along(corner, &all->finder[t->right], &right);
    float along_down = side_along(corner, &all->finder[t->down], &down);
    float unequal = spread(along_right, along_down);

    if (fabsf(cosine) > 0.75f || unequal > 0.8f)
        return false;
    t->side = (along_right + along_down) / 2;
    if (t->side < SIDE_MIN - 5 || t->side > SIDE_MAX + 20)
        return false;
    t->cost = fabsf(cosine) + unequal + spread(right.length, down.length) / 2;
    return true;
}

static float size_of(const struct finder *f)
{
    return f->across + f->down;
}

static bool are_alike(const struct finder *a, const struct finder *b, const struct finder *c)
{
    float least = fminf(size_of(a), fminf(size_of(b), size_of(c)));
    float most = fmaxf(size_of(a), fmaxf(size_of(b), size_of(c)));
    return most < 2 * least;
}

static float distance2(const struct finder *a, const struct finder *b)
{
    return (a->x - b->x) * (a->x - b->x) + (a->y - b->y) * (a->y - b->y);
}

// The corner lies opposite the longest side; right and down are told apart by the way they turn.
static struct triple order(const struct finders *all, size_t i, size_t j, size_t k)
{
    const struct finder *f = all->finder;
    float a = distance2(&f[j], &f[k]), b = distance2(&f[i], &f[k]), c = distance2(&f[i], &f[j]);
    struct triple t = { i, j, k, 0, 0 };

    if (b >= a && b >= c)
        t = (struct triple){ j, i, k, 0, 0 };
    else if (c >= a && c >= b)
        t = (struct triple){ k, i, j, 0, 0 };
    float turn = (f[t.right].x - f[t.corner].x) * (f[t.down].y - f[t.corner].y) -
                 (f[t.right].y - f[t.corner].y) * (f[t.down].x - f[t.corner].x);
    if (turn < 0) {
        size_t other = t.right;
        t.right = t.down;
        t.down = other;
    }
    return t;
}

static size_t insert(struct triple out[TRIPLES_MAX], size_t count, struct triple t)
{
    size_t i = count < TRIPLES_MAX ? count++ : TRIPLES_MAX;
    if (i == TRIPLES_MAX && out[--i].cost <= t.cost)
        return count;
    for (; i > 0 && out[i - 1].cost > t.cost; i--)
        out[i] = out[i - 1];
    out[i] = t;
    return count;
}

size_t layout_triples(const struct finders *finders, struct triple out[TRIPLES_MAX])
{
    size_t n = finders->count < LOOKED_AT ? finders->count : LOOKED_AT, count = 0;

    for (size_t i = 0; i < n; i++)
        for (size_t j = i + 1; j < n; j++)
            for (size_t k = j + 1; k < n; k++) {
                const struct finder *f = finders->finder;
                if (!are_alike(&f[i], &f[j], &f[k]))
                    continue;
                struct triple t = order(finders, i, j, k);
                if (judge(finders, &t))
                    count = insert(out, count, t);
            }
    return count;
}
