// SPDX-License-Identifier: MIT
// A slice of bytes that somebody else owns. It is not terminated by a zero byte.
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
    const char *p;
    size_t n;
};

#define STR(literal) ((struct str){ (literal), sizeof(literal) - 1 })

static inline struct str str_of(const char *zero_terminated)
{
    return (struct str){ zero_terminated, strlen(zero_terminated) };
}

static inline bool str_eq(struct str a, struct str b)
{
    // With the length of b, which often is a literal: a comparison of known length takes no call.
    return a.n == b.n && (b.n == 0 || memcmp(a.p, b.p, b.n) == 0);
}

static inline bool str_starts(struct str s, struct str prefix)
{
    return s.n >= prefix.n && (prefix.n == 0 || memcmp(s.p, prefix.p, prefix.n) == 0);
}

static inline struct str str_from(struct str s, size_t start)
{
    return start < s.n ? (struct str){ s.p + start, s.n - start } : (struct str){ s.p, 0 };
}

// Without the prefix, where s begins with it.
static inline struct str str_skip(struct str s, struct str prefix)
{
    return str_starts(s, prefix) ? str_from(s, prefix.n) : s;
}

static inline struct str str_head(struct str s, size_t n)
{
    return (struct str){ s.p, n < s.n ? n : s.n };
}

static inline bool char_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

// Are the eight bytes at p digits? The high half of '0' to '9' is 3, and it is still 3 with six
// added.
static inline bool eight_are_digits(const char *p)
{
    const uint64_t ones = 0x0101010101010101u;
    uint64_t v;
    memcpy(&v, p, sizeof v);
    return ((v & (ones * 0xF0)) | ((v + ones * 6) & (ones * 0xF0)) >> 4) == ones * 0x33;
}

// True for one digit or more and nothing else.
bool str_is_digits(struct str s);

// Where c stands first in s, or s.n.
size_t str_find(struct str s, char c);

// How often c stands in s.
size_t str_count(struct str s, char c);

// For tables and for telling one text from another where nobody sets out to make two alike
// (FNV-1a).
uint64_t str_hash(struct str s);

// Without spaces, tabs, CR, LF and zero bytes at either end: what scanners add.
struct str str_trim(struct str s);

#endif
