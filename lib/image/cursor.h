// SPDX-License-Identifier: MIT
// Numbers out of bytes, in either order. Reading beyond the end gives zeros and is remembered.
#ifndef IMAGE_CURSOR_H
#define IMAGE_CURSOR_H

#include "base/str.h"

struct cursor {
    struct str s;
    size_t at;
    bool big_endian;
    bool failed;
};

static inline size_t cursor_left(const struct cursor *c)
{
    return c->s.n - c->at;
}

// The next n bytes; an empty slice when there are fewer.
static inline struct str cursor_take(struct cursor *c, uint64_t n)
{
    if (n > cursor_left(c)) {
        c->failed = true;
        return (struct str){ 0 };
    }
    struct str taken = { c->s.p + c->at, (size_t)n };
    c->at += (size_t)n;
    return taken;
}

static inline void cursor_seek(struct cursor *c, uint64_t at)
{
    c->failed = c->failed || at > c->s.n;
    c->at = at > c->s.n ? c->s.n : (size_t)at;
}

static inline uint64_t cursor_number(struct cursor *c, unsigned bytes)
{
    struct str s = cursor_take(c, bytes);
    uint64_t value = 0;

    for (size_t i = 0; i < s.n; i++)
        value = value << 8 | (unsigned char)s.p[c->big_endian ? i : s.n - 1 - i];
    return value;
}

static inline uint8_t cursor_u8(struct cursor *c)
{
    return (uint8_t)cursor_number(c, 1);
}

static inline uint16_t cursor_u16(struct cursor *c)
{
    return (uint16_t)cursor_number(c, 2);
}

static inline uint32_t cursor_u32(struct cursor *c)
{
    return (uint32_t)cursor_number(c, 4);
}

#endif
