// SPDX-License-Identifier: MIT
#include "reader/format.h"

#include <stdarg.h>
#include <stdio.h>

enum { FORMAT_MAX = 4096 };

struct str reader_format(struct arena *arena, const char *format, ...)
{
    char text[FORMAT_MAX];
    va_list values;

    va_start(values, format);
    int n = vsnprintf(text, sizeof text, format, values);
    va_end(values);
    if (n < 0 || n >= FORMAT_MAX)
        return STR("");
    struct str kept = arena_copy(arena, (struct str){ text, (size_t)n + 1 });
    return kept.n > 0 ? str_head(kept, (size_t)n) : STR("");
}
