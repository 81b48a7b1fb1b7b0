// SPDX-License-Identifier: MIT
// Memory for the working of one input: taken piece by piece, given back all at once.
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/str.h"

struct arena_block;

struct arena {
    struct arena_block *blocks; // the newest first
    size_t used;                // in the newest
    bool failed;                // some allocation could not be had
};

// n bytes, aligned for any type, not zeroed; NULL when memory is short.
void *arena_alloc(struct arena *a, size_t n);

// A copy that lives as long as the arena's contents; an empty slice when memory is short.
struct str arena_copy(struct arena *a, struct str s);

// Everything taken is given back; the first block is wiped and kept for the next input.
void arena_reset(struct arena *a);

void arena_free(struct arena *a);

#endif
