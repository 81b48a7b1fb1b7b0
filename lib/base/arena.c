// SPDX-License-Identifier: MIT
#include "base/arena.h"

#include "base/wipe.h"

#include <stdint.h>
#include <stdlib.h>

enum { BLOCK_SIZE = 16 * 1024, ALIGNMENT = 16 };

struct arena_block {
    struct arena_block *next;
    size_t size;
    _Alignas(ALIGNMENT) char data[];
};

static bool grow(struct arena *a, size_t n)
{
    size_t size = n > BLOCK_SIZE ? n : BLOCK_SIZE;
    struct arena_block *block = malloc(sizeof *block + size);
    if (block == NULL)
        return a->failed = true, false;
    block->next = a->blocks;
    block->size = size;
    a->blocks = block;
    a->used = 0;
    return true;
}

void *arena_alloc(struct arena *a, size_t n)
{
    if (n > SIZE_MAX / 2)
        return a->failed = true, NULL;
    n = (n + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if ((a->blocks == NULL || a->blocks->size - a->used < n) && !grow(a, n))
        return NULL;
    void *p = a->blocks->data + a->used;
    a->used += n;
    return p;
}

struct str arena_copy(struct arena *a, struct str s)
{
    char *p = arena_alloc(a, s.n + 1);
    if (p == NULL)
        return (struct str){ "", 0 };
    if (s.n > 0)
        memcpy(p, s.p, s.n);
    p[s.n] = '\0';
    return (struct str){ p, s.n };
}

// Of the newest block only a part may be used: the rest was never written to, or is wiped.
static void drop_newest(struct arena *a)
{
    struct arena_block *block = a->blocks;

    wipe(block->data, a->used);
    a->blocks = block->next;
    a->used = a->blocks == NULL ? 0 : a->blocks->size;
    free(block);
}

void arena_reset(struct arena *a)
{
    if (a->blocks == NULL || (a->used == 0 && a->blocks->next == NULL))
        return;
    while (a->blocks->next != NULL)
        drop_newest(a);
    if (a->blocks->size > BLOCK_SIZE)
        drop_newest(a);
    else
        wipe(a->blocks->data, a->used);
    a->used = 0;
    a->failed = false;
}

void arena_free(struct arena *a)
{
    while (a->blocks != NULL)
        drop_newest(a);
    *a = (struct arena){ 0 };
}
