// SPDX-License-Identifier: MIT
#include "text/utf8.h"

// How many continuation bytes a lead byte asks for; -1 when it is no lead byte.
static int tail_length(unsigned char lead)
{
    if (lead < 0x80)
        return 0;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 1;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 2;
    return lead >= 0xF0 && lead <= 0xF4 ? 3 : -1;
}

int32_t utf8_next(struct str s, size_t *at)
{
    static const int32_t least[] = { 0, 0x80, 0x800, 0x10000 };
    const unsigned char *p = (const unsigned char *)s.p + *at;
    int tail = tail_length(*p);

    *at += 1;
    if (tail == 0)
        return *p;
    if (tail < 0 || s.n - *at < (size_t)tail)
        return UTF8_BAD;
    int32_t value = *p & (0x3F >> tail);
    for (int i = 1; i <= tail; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return UTF8_BAD;
        value = value << 6 | (p[i] & 0x3F);
    }
    if (value < least[tail] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return UTF8_BAD;
    *at += (size_t)tail;
    return value;
}

bool utf8_is_valid(struct str s)
{
    for (size_t at = 0; at < s.n;)
        if (utf8_next(s, &at) == UTF8_BAD)
            return false;
    return true;
}

void utf8_put(struct bytes *out, uint32_t c)
{
    char b[4];
    if (c < 0x80) {
        bytes_put_char(out, (char)c);
    } else if (c < 0x800) {
        b[0] = (char)(0xC0 | c >> 6);
        b[1] = (char)(0x80 | (c & 0x3F));
        bytes_put(out, b, 2);
    } else if (c < 0x10000) {
        b[0] = (char)(0xE0 | c >> 12);
        b[1] = (char)(0x80 | (c >> 6 & 0x3F));
        b[2] = (char)(0x80 | (c & 0x3F));
        bytes_put(out, b, 3);
    } else {
        b[0] = (char)(0xF0 | c >> 18);
        b[1] = (char)(0x80 | (c >> 12 & 0x3F));
        b[2] = (char)(0x80 | (c >> 6 & 0x3F));
        b[3] = (char)(0x80 | (c & 0x3F));
        bytes_put(out, b, 4);
    }
}

size_t utf8_length(struct str s)
{
    size_t count = 0;
    for (size_t at = 0; at < s.n; count++)
        utf8_next(s, &at);
    return count;
}
