// SPDX-License-Identifier: MIT
// The one growable buffer. A failed allocation is remembered in `failed`; appending goes on
// harmlessly, so a writer checks once at the end.
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include "base/str.h"

struct bytes {
    char *p;
    size_t n;
    size_t cap;
    bool failed;
    bool fixed; // p is somebody else's space: it neither grows nor is freed
};

// Makes room for `more` bytes beyond n; false (and failed) when memory is short.
bool bytes_reserve(struct bytes *b, size_t more);

// Wipes and frees the storage; the buffer is empty and usable again.
void bytes_free(struct bytes *b);

static inline void bytes_put(struct bytes *b, const void *data, size_t n)
{
    if (n > 0 && (b->cap - b->n >= n || bytes_reserve(b, n))) {
        memcpy(b->p + b->n, data, n);
        b->n += n;
    }
}

static inline void bytes_put_str(struct bytes *b, struct str s)
{
    bytes_put(b, s.p, s.n);
}

static inline void bytes_put_char(struct bytes *b, char c)
{
    bytes_put(b, &c, 1);
}

// A constant piece of text; its length is known when compiled.
#define bytes_lit(b, literal) bytes_put((b), (literal), sizeof(literal) - 1)

void bytes_put_number(struct bytes *b, unsigned long value);

static inline struct str bytes_str(const struct bytes *b)
{
    return (struct str){ b->p, b->n };
}

#endif
