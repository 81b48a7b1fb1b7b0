// SPDX-License-Identifier: MIT
#include "wire/pen.h"

#include "text/utf8.h"

static char *put_escaped(char *w, char c)
{
    static const char hex[] = "0123456789abcdef";
    static const char plain[] = "\"\\\n\r\t", letter[] = "\"\\nrt";
    const char *known = c != '\0' ? strchr(plain, c) : NULL;

    *w++ = '\\';
    if (known != NULL) {
        *w++ = letter[known - plain];
        return w;
    }
    w = PEN(w, "u00");
    *w++ = hex[(unsigned char)c >> 4];
    *w++ = hex[c & 0xF];
    return w;
}

static size_t plain_ascii(struct str s, size_t at)
{
    size_t end = at;
    while (end < s.n && s.p[end] >= 0x20 && s.p[end] <= 0x7E && s.p[end] != '"' &&
           s.p[end] != '\\')
        end++;
    return end - at;
}

char *pen_json(char *w, struct str s)
{
    *w++ = '"';
    for (size_t at = 0; at < s.n;) {
        size_t run = plain_ascii(s, at);
        if (run > 0) {
            w = pen_str(w, (struct str){ s.p + at, run });
            at += run;
            continue;
        }
        size_t start = at;
        int32_t c = utf8_next(s, &at);
        if (c == UTF8_BAD)
            w = PEN(w, "\xEF\xBF\xBD");
        else if (c < 0x20 || c == '"' || c == '\\')
            w = put_escaped(w, (char)c);
        else
            w = pen_str(w, (struct str){ s.p + start, at - start });
    }
    *w++ = '"';
    return w;
}

char *pen_number(char *w, unsigned long value)
{
    if (value < 10) {
        *w = (char)('0' + value);
        return w + 1;
    }
    char digits[PEN_NUMBER_MAX];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + value % 10);
    while ((value /= 10) > 0);
    return pen_str(w, (struct str){ digits + at, sizeof digits - at });
}

static char *put_two(char *w, unsigned value)
{
    w[0] = (char)('0' + value / 10);
    w[1] = (char)('0' + value % 10);
    return w + 2;
}

char *pen_date(char *w, struct date d)
{
    if (!date_is_set(d))
        return PEN(w, "null");
    *w++ = '"';
    w = put_two(w, (unsigned)d.year / 100);
    w = put_two(w, (unsigned)d.year % 100);
    if (d.month != 0) {
        *w++ = '-';
        w = put_two(w, d.month);
    }
    if (d.day != 0) {
        *w++ = '-';
        w = put_two(w, d.day);
    }
    *w++ = '"';
    return w;
}
