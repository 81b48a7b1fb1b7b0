// SPDX-License-Identifier: MIT
#include "base/base64.h"

#include <stdint.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_put(struct bytes *out, struct str s)
{
    for (size_t i = 0; i < s.n; i += 3) {
        uint32_t group = 0;
        size_t have = s.n - i < 3 ? s.n - i : 3;
        for (size_t k = 0; k < 3; k++)
            group = group << 8 | (k < have ? (unsigned char)s.p[i + k] : 0);
        for (size_t k = 0; k < 4; k++)
            bytes_put_char(out, k <= have ? digits[group >> (18 - 6 * k) & 0x3F] : '=');
    }
}

static int digit_value(char c)
{
    const char *hit = c != '\0' ? strchr(digits, c) : NULL;
    return hit ? (int)(hit - digits) : -1;
}

bool base64_read(struct arena *arena, struct str text, struct str *out)
{
    if (text.n % 4 != 0)
        return false;
    size_t padding = 0;
    while (padding < 2 && text.n > 0 && text.p[text.n - 1 - padding] == '=')
        padding++;
    char *bytes = arena_alloc(arena, text.n / 4 * 3);
    if (bytes == NULL)
        return false;
    size_t n = 0;
    uint32_t group = 0;
    for (size_t i = 0; i < text.n; i++) {
        int value = i < text.n - padding ? digit_value(text.p[i]) : 0;
        if (value < 0)
            return false;
        group = group << 6 | (uint32_t)value;
        if (i % 4 == 3)
            for (int shift = 16; shift >= 0; shift -= 8)
                bytes[n++] = (char)(group >> shift);
    }
    *out = (struct str){ bytes, n - padding };
    return true;
}
