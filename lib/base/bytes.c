// SPDX-License-Identifier: MIT
#include "base/bytes.h"

#include "base/wipe.h"

#include <stdint.h>
#include <stdlib.h>

enum { FIRST_SIZE = 256 };

bool bytes_reserve(struct bytes *b, size_t more)
{
    if (b->failed)
        return false;
    if (b->cap - b->n >= more)
        return true;
    if (b->fixed || more > SIZE_MAX / 2 - b->n)
        return b->failed = true, false;

    size_t need = b->n + more;
    size_t cap = b->cap ? b->cap : FIRST_SIZE;
    while (cap < need)
        cap *= 2;
    // Not realloc: it would leave a copy of personal data behind in freed memory.
    char *grown = malloc(cap);
    if (grown == NULL)
        return b->failed = true, false;
    if (b->n > 0)
        memcpy(grown, b->p, b->n);
    wipe(b->p, b->n);
    free(b->p);
    b->p = grown;
    b->cap = cap;
    return true;
}

void bytes_free(struct bytes *b)
{
    wipe(b->p, b->n);
    if (!b->fixed)
        free(b->p);
    *b = (struct bytes){ 0 };
}

void bytes_put_number(struct bytes *b, unsigned long value)
{
    char digits[20];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + value % 10);
    while ((value /= 10) > 0);
    bytes_put(b, digits + at, sizeof digits - at);
}
