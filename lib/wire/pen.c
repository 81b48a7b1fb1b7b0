// SPDX-License-Identifier: MIT
#include "wire/pen.h"

#include "text/scan.h"
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
    while (end < s.n && s.p[end] >= 0x20 && s.p[end] <= 0x7E && s.p[end] != '"' && s.p[end] != '\\')
        end++;
    return end - at;
}

char *pen_json(char *w, struct str s)
{
    if ((scan_text(s) & SCAN_ODD) == 0)
        return pen_quoted(w, s);
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

static char *put_two(char *w, unsigned value)
{
    static const char pairs[] = "00010203040506070809101112131415161718192021222324"
                                "25262728293031323334353637383940414243444546474849"
                                "50515253545556575859606162636465666768697071727374"
                                "75767778798081828384858687888990919293949596979899";
    memcpy(w, pairs + value * 2, 2);
    return w + 2;
}

static size_t digits_in(unsigned long value)
{
    size_t n = 1;
    for (unsigned long least = 10; n < PEN_NUMBER_MAX && value >= least; n++)
        least *= 10;
    return n;
}

char *pen_number(char *w, unsigned long value)
{
    if (value >= 10 && value < 100)
        return put_two(w, (unsigned)value);
    if (value >= 1000 && value < 10000)
        return put_two(put_two(w, (unsigned)value / 100), (unsigned)value % 100);
    size_t at = digits_in(value);
    char *end = w + at;

    for (; value >= 100; value /= 100)
        put_two(w + (at -= 2), (unsigned)(value % 100));
    if (value >= 10)
        put_two(w, (unsigned)value);
    else
        *w = (char)('0' + value);
    return end;
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
