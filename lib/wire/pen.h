// SPDX-License-Identifier: MIT
// Writing into space that was reserved for the worst case: no look at the capacity at every piece.
// A record takes some fifty pieces, and a batch a million records.
#ifndef WIRE_PEN_H
#define WIRE_PEN_H

#include "base/date.h"

// Each returns where the next piece goes.
#define PEN(w, literal) (memcpy((w), (literal), sizeof(literal) - 1), (w) + sizeof(literal) - 1)

// Most pieces are short; a call of memcpy() costs more than they do. The last block overlaps the
// one before, so that nothing is read or written beyond n.
static inline char *pen_str(char *w, struct str s)
{
    if (s.n >= 16) {
        for (size_t i = 0; i + 16 < s.n; i += 16)
            memcpy(w + i, s.p + i, 16);
        memcpy(w + s.n - 16, s.p + s.n - 16, 16);
    } else if (s.n >= 8) {
        memcpy(w, s.p, 8);
        memcpy(w + s.n - 8, s.p + s.n - 8, 8);
    } else {
        for (size_t i = 0; i < s.n; i++)
            w[i] = s.p[i];
    }
    return w + s.n;
}

static inline char *pen_quoted(char *w, struct str s)
{
    *w++ = '"';
    w = pen_str(w, s);
    *w++ = '"';
    return w;
}

// A quoted JSON string: at most PEN_JSON_MAX bytes for n bytes of text. Bytes that are no UTF-8
// become U+FFFD.
#define PEN_JSON_MAX(n) (6 * (n) + 2)
char *pen_json(char *w, struct str s);

// The digits of 2 to the 64th.
enum { PEN_NUMBER_MAX = 20 };
char *pen_number(char *w, unsigned long value);

// A quoted ISO date, or null where it is unset.
enum { PEN_DATE_MAX = DATE_ISO_MAX + 2 };
char *pen_date(char *w, struct date d);

#endif
