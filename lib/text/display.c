// SPDX-License-Identifier: MIT
#include "text/display.h"

#include "text/utf8.h"

#include <utf8proc.h>

static bool is_plain(int32_t c)
{
    if (c < 0x80)
        return c >= 0x20 && c != 0x7F;
    utf8proc_category_t category = utf8proc_category(c);
    // Cf holds the bidirectional and zero-width controls.
    return category != UTF8PROC_CATEGORY_CC && category != UTF8PROC_CATEGORY_CF &&
           category != UTF8PROC_CATEGORY_CN && category != UTF8PROC_CATEGORY_ZL &&
           category != UTF8PROC_CATEGORY_ZP && category != UTF8PROC_CATEGORY_CO;
}

static void put_hex(struct bytes *out, uint32_t value, int least_digits)
{
    int digits = least_digits;
    while (digits < 6 && value >> (4 * digits) != 0)
        digits++;
    while (digits-- > 0)
        bytes_put_char(out, "0123456789ABCDEF"[value >> (4 * digits) & 0xF]);
}

void display_put(struct bytes *out, struct str text)
{
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        int32_t c = utf8_next(text, &at);
        if (c == UTF8_BAD || c < 0x20 || c == 0x7F) {
            bytes_lit(out, "\\x");
            put_hex(out, (unsigned char)text.p[start], 2);
        } else if (is_plain(c)) {
            bytes_put(out, text.p + start, at - start);
        } else {
            bytes_lit(out, "\\u{");
            put_hex(out, (uint32_t)c, 4);
            bytes_lit(out, "}");
        }
    }
}

size_t display_width(struct str text)
{
    size_t width = 0;
    for (size_t at = 0; at < text.n;) {
        int32_t c = utf8_next(text, &at);
        if (c == UTF8_BAD || c < 0x20 || c == 0x7F)
            width += 4;
        else if (is_plain(c))
            width += (size_t)utf8proc_charwidth(c);
        else
            width += c > 0xFFFF ? (c > 0xFFFFF ? 10 : 9) : 8;
    }
    return width;
}
