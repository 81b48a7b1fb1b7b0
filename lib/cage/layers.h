// SPDX-License-Identifier: MIT
// The layers of the cage, one by one: for cage_enter(), and for tests of what each does alone.
#ifndef CAGE_LAYERS_H
#define CAGE_LAYERS_H

#include "cage/cage.h"

#include <linux/filter.h>

enum { CAGE_FILTER_MAX = 512 };

struct cage_filter {
    struct sock_filter at[CAGE_FILTER_MAX];
    uint16_t n;
};

// The program for a process of this id. False on processors that it was not written for.
bool cage_filter_make(struct cage_filter *f, uint32_t pid, bool threads);

// Each returns 0 or an errno.
int cage_filter_load(const struct cage_filter *f);
int cage_landlock_enter(void);
int cage_drop_privileges(void);
int cage_drop_descriptors(const int *keep, size_t count);
int cage_set_limits(const struct cage_limits *limits);

#endif
