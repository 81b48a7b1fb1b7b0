// SPDX-License-Identifier: MIT
#include "base/times.h"

// Below TIMES_SUB each microsecond is a class; above, each doubling has TIMES_SUB / 2 of them.
static size_t class_of(uint64_t us)
{
    unsigned shift = 0;

    if (us > UINT32_MAX)
        us = UINT32_MAX;
    while (us >> shift >= TIMES_SUB)
        shift++;
    return shift * (TIMES_SUB / 2) + (size_t)(us >> shift);
}

void times_add(struct times *t, uint64_t us)
{
    if (us > UINT32_MAX)
        us = UINT32_MAX;
    size_t at = class_of(us);
    if (t->count[at] == UINT32_MAX)
        return;
    t->count[at]++;
    t->sum[at] += us;
    if (t->n == 0 || us < t->least)
        t->least = us;
    if (us > t->most)
        t->most = us;
    t->n++;
}

uint64_t times_at(const struct times *t, unsigned percent)
{
    uint64_t rank = t->n / 100 * percent + (t->n % 100 * percent + 99) / 100, passed = 0;

    if (rank == 0)
        rank = 1;
    for (size_t i = 0; i < TIMES_CLASSES; i++) {
        passed += t->count[i];
        if (passed >= rank)
            return t->sum[i] / t->count[i];
    }
    return 0;
}

uint64_t times_between(const struct times *t, uint64_t from, uint64_t to)
{
    uint64_t n = 0;

    for (size_t i = 0; i < TIMES_CLASSES; i++) {
        uint64_t mean = t->count[i] > 0 ? t->sum[i] / t->count[i] : 0;
        if (t->count[i] > 0 && mean >= from && mean < to)
            n += t->count[i];
    }
    return n;
}
