// SPDX-License-Identifier: MIT
#include "qr/layout.h"

#include "base/number.h"
#include "qr/pattern.h"

#include <math.h>

// Of each finder so many others of its size, the nearest, are tried as its neighbours: on a page
// full of symbols, and in a background full of patterns, those of one symbol are not far apart.
enum { NEIGHBOURS = 16 };

// The way from a finder to another.
struct leg {
    size_t to;
    float x, y, length;
    float side; // how many modules a symbol with this side would have
};

// The module of a finder that is turned as the leg is: a line through a square's middle is longer
// the more it is turned.
static float module_size(const struct finder *f, const struct leg *l)
{
    float turned = greater(fabsf(l->x), fabsf(l->y)) / l->length;
    return (f->across + f->down) / 14 * turned;
}

static float size_of(const struct finder *f)
{
    return f->across + f->down;
}

static bool are_alike(const struct finder *a, const struct finder *b)
{
    return size_of(a) < 3 * size_of(b) && size_of(b) < 3 * size_of(a);
}

static size_t keep_nearest(struct leg leg[NEIGHBOURS], size_t count, struct leg l)
{
    size_t i = count < NEIGHBOURS ? count++ : NEIGHBOURS;
    if (i == NEIGHBOURS && leg[--i].length <= l.length)
        return count;
    for (; i > 0 && leg[i - 1].length > l.length; i--)
        leg[i] = leg[i - 1];
    leg[i] = l;
    return count;
}

static size_t legs_from(const struct finders *all, size_t from, struct leg leg[NEIGHBOURS])
{
    const struct finder *a = &all->finder[from];
    size_t count = 0;

    for (size_t i = 0; i < all->count; i++) {
        const struct finder *b = &all->finder[i];
        struct leg l = { i, b->x - a->x, b->y - a->y, 0, 0 };
        if (i == from || !are_alike(a, b))
            continue;
        l.length = l.x * l.x + l.y * l.y;
        count = keep_nearest(leg, count, l);
    }
    for (size_t i = 0; i < count; i++) {
        const struct finder *b = &all->finder[leg[i].to];
        leg[i].length = sqrtf(leg[i].length);
        leg[i].side = 2 * leg[i].length / (module_size(a, &leg[i]) + module_size(b, &leg[i])) + 7;
    }
    return count;
}

static float spread(float a, float b)
{
    return fabsf(log_ratio(a, b));
}

// Fills in the triple of two legs from a corner. False when that is no symbol.
static bool judge(const struct leg *a, const struct leg *b, struct triple *t)
{
    const float widest = 0.75f, most_unequal = 1.1f;
    float cosine = (a->x * b->x + a->y * b->y) / (a->length * b->length);
    // Right and down are told apart by the way they turn.
    bool in_turn = a->x * b->y > a->y * b->x;

    t->right = in_turn ? a->to : b->to;
    t->down = in_turn ? b->to : a->to;
    t->side = (a->side + b->side) / 2;
    if (fabsf(cosine) > widest || t->side < SIDE_MIN - 5 || t->side > SIDE_MAX + 20)
        return false;
    float unequal = spread(a->side, b->side);
    // A page of symbols has squares between them, too, but larger ones.
    t->cost = fabsf(cosine) + unequal + spread(a->length, b->length) / 2 + t->side / 400;
    return unequal <= most_unequal;
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
    struct leg leg[NEIGHBOURS];
    size_t count = 0;

    for (size_t corner = 0; corner < finders->count; corner++) {
        size_t legs = legs_from(finders, corner, leg);
        for (size_t i = 0; i < legs; i++)
            for (size_t k = i + 1; k < legs; k++) {
                struct triple t = { .corner = corner };
                if (judge(&leg[i], &leg[k], &t))
                    count = insert(out, count, t);
            }
    }
    return count;
}
