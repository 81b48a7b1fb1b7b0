// SPDX-License-Identifier: MIT
#include "text/norm.h"

#include "base/wipe.h"
#include "text/utf8.h"

#include <utf8proc.h>

// Composing sorts the marks on one letter, in time that grows with the square of their number. No
// writing puts more than a few there; UAX #15 (stream-safe text) draws the line at thirty.
static bool has_too_many_marks(struct str text)
{
    enum { MARKS_MAX = 30 };
    size_t marks = 0;

    for (size_t at = 0; at < text.n && marks <= MARKS_MAX;) {
        int32_t c = utf8_next(text, &at);
        bool is_mark = c != UTF8_BAD && utf8proc_get_property(c)->combining_class != 0;
        marks = is_mark ? marks + 1 : 0;
    }
    return marks > MARKS_MAX;
}

struct str norm_nfc(struct arena *arena, struct str text, bool *changed)
{
    *changed = false;
    if (has_too_many_marks(text))
        return text;
    utf8proc_uint8_t *composed = NULL;
    utf8proc_ssize_t n =
        utf8proc_map((const utf8proc_uint8_t *)text.p, (utf8proc_ssize_t)text.n, &composed,
                     (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    if (n < 0) {
        arena->failed |= n == UTF8PROC_ERROR_NOMEM;
        return text;
    }
    struct str nfc = { (const char *)composed, (size_t)n };
    if (!str_eq(nfc, text)) {
        text = arena_copy(arena, nfc);
        *changed = !arena->failed;
    }
    wipe_free(composed);
    return text;
}

static bool is_control(int32_t c)
{
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0xFEFF;
}

struct str norm_drop_controls(struct arena *arena, struct str text, bool *changed)
{
    *changed = false;
    char *kept = arena_alloc(arena, text.n);
    if (kept == NULL)
        return text;
    size_t n = 0;
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        int32_t c = utf8_next(text, &at);
        bool is_break = c == '\n' || c == '\r' || c == '\t';
        bool dropped = c != UTF8_BAD && is_control(c);
        *changed |= dropped;
        if (is_break)
            kept[n++] = ' ';
        if (dropped)
            continue;
        memcpy(kept + n, text.p + start, at - start);
        n += at - start;
    }
    return (struct str){ kept, n };
}

struct str norm_replace_bad(struct arena *arena, struct str text)
{
    static const char replacement[] = "\xEF\xBF\xBD";
    char *out = arena_alloc(arena, text.n * 3);
    if (out == NULL)
        return (struct str){ "", 0 };
    size_t n = 0;
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        bool bad = utf8_next(text, &at) == UTF8_BAD;
        memcpy(out + n, bad ? replacement : text.p + start, bad ? 3 : at - start);
        n += bad ? 3 : at - start;
    }
    return (struct str){ out, n };
}
