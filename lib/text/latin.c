// SPDX-License-Identifier: MIT
#include "text/latin.h"

#include "text/utf8.h"

#include <utf8proc.h>

// U+00C0 to U+00FF and U+1EA0 to U+1EF9 in order; "." where the letter is no base and marks.
static const char base_of_c0[] = "AAAAAA.CEEEEIIII.NOOOOO..UUUUY..AAAAAA.CEEEEIIII.NOOOOO..UUUUY.Y";
static const char base_of_1ea0[] =
    "AAAAAAAAAAAAAAAAAAAAAAAAEEEEEEEEEEEEEEEEIIIIOOOOOOOOOOOOOOOOOOOOOOOO"
    "UUUUUUUUUUUUUUYYYYYYYY";

// The capital that a letter outside ASCII comes down to, for the letters of Vietnamese.
static char vietnamese_base(uint32_t c)
{
    if (c >= 0x1EA0 && c <= 0x1EF9)
        return base_of_1ea0[c - 0x1EA0];
    if (c >= 0xC0 && c <= 0xFF)
        return base_of_c0[c - 0xC0] != '.' ? base_of_c0[c - 0xC0] : '\0';
    switch (c | 1) { // capital and small letter are neighbours, but for the last pair
    case 0x103:
        return 'A';
    case 0x10D:
        return 'C';
    case 0x111:
        return 'D';
    case 0x115:
        return 'E';
    case 0x129:
    case 0x12D:
        return 'I';
    case 0x169:
    case 0x16D:
        return 'U';
    case 0x14F:
    case 0x1A1:
        return 'O';
    default:
        return c == 0x1AF || c == 0x1B0 ? 'U' : '\0';
    }
}

// The capital ASCII letter that a code point is written with once its marks are gone, or 0.
static char base_capital(int32_t c)
{
    if (c < 0x80)
        return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c >= 'A' && c <= 'Z' ? (char)c : '\0';
    char base = vietnamese_base((uint32_t)c);
    if (base != '\0')
        return base;
    utf8proc_int32_t parts[8];
    int boundary = UTF8PROC_BOUNDCLASS_START;
    utf8proc_ssize_t n =
        utf8proc_decompose_char(c, parts, 8, UTF8PROC_DECOMPOSE | UTF8PROC_STABLE, &boundary);
    return n > 1 && n <= 8 && parts[0] < 0x80 ? base_capital(parts[0]) : '\0';
}

// What a character leaves in a name: a capital, a space, or nothing (0).
static char name_character(int32_t c)
{
    if (c == ' ' || c == '-' || c == '<' || c == 0xA0 || c == 0x2010 || c == 0x2011)
        return ' ';
    return c == UTF8_BAD ? '\0' : base_capital(c);
}

// The capital of one of U+1EA0 to U+1EF9, of which a name's letters outside ASCII mostly are; 0 for
// anything else at p.
static char common_letter(const char *p, size_t left)
{
    if (left < 3 || (unsigned char)p[0] != 0xE1)
        return '\0';
    unsigned c = ((unsigned char)p[1] - 0xB8u) << 6 | ((unsigned char)p[2] & 0x3F);
    return c >= 0xA0 && c <= 0xF9 ? base_of_1ea0[c - 0xA0] : '\0';
}

static char next_name_character(struct str name, size_t *at)
{
    const char *p = name.p + *at;
    unsigned char letter = (unsigned char)*p & ~0x20u;

    if (letter >= 'A' && letter <= 'Z') {
        *at += 1;
        return (char)letter;
    }
    char common = common_letter(p, name.n - *at);
    if (common != '\0') {
        *at += 3;
        return common;
    }
    return name_character(utf8_next(name, at));
}

struct str latin_name(struct arena *arena, struct str name)
{
    char *out = arena_alloc(arena, name.n + 1);
    if (out == NULL)
        return (struct str){ "", 0 };
    size_t n = 0;
    for (size_t at = 0; at < name.n;) {
        char c = next_name_character(name, &at);
        bool doubled = c == ' ' && (n == 0 || out[n - 1] == ' ');
        out[n] = c;
        n += c != '\0' && !doubled;
    }
    while (n > 0 && out[n - 1] == ' ')
        n--;
    return (struct str){ out, n };
}

struct str latin_fold(struct arena *arena, struct str text)
{
    char *out = arena_alloc(arena, text.n);
    if (out == NULL)
        return (struct str){ "", 0 };
    size_t n = 0;
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        int32_t c = utf8_next(text, &at);
        char capital = c == UTF8_BAD ? '\0' : base_capital(c);
        if (capital != '\0') {
            out[n++] = (char)(capital - 'A' + 'a');
        } else {
            memcpy(out + n, text.p + start, at - start);
            n += at - start;
        }
    }
    return (struct str){ out, n };
}
