// SPDX-License-Identifier: MIT
#include "text/latin.h"

#include "text/utf8.h"

#include <utf8proc.h>

// What characters come down to in a name, 64 in a row, as many as share all bytes of their UTF-8
// form but the last. "." where there is no base that only marks were added to.
enum {
    ROW_NONE,
    ROW_SIGNS, // U+0000 to U+003F
    ROW_ASCII, // U+0040 to U+007F
    ROW_C0,
    ROW_100,
    ROW_140,
    ROW_180,
    ROW_1E80,
    ROW_1EC0,
    ROW_COUNT
};

static const char base_of[ROW_COUNT][64 + 1] = {
    [ROW_SIGNS] = { [' '] = ' ', ['-'] = ' ', ['<'] = ' ' },
    [ROW_ASCII] = "\0ABCDEFGHIJKLMNOPQRSTUVWXYZ\0\0\0\0\0\0ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    [ROW_C0] = "AAAAAA.CEEEEIIII.NOOOOO..UUUUY..AAAAAA.CEEEEIIII.NOOOOO..UUUUY.Y",
    [ROW_100] = "AAAAAACCCCCCCCDDDDEEEEEEEEEEGGGGGGGGHH..IIIIIIIII...JJKK.LLLLLL.",
    [ROW_140] = "...NNNNNN...OOOOOO..RRRRRRSSSSSSSSTTTT..UUUUUUUUUUUUWWYYYZZZZZZ.",
    [ROW_180] = "................................OO.............UU...............",
    [ROW_1E80] = "WWWWWWWWWWXXXXYYZZZZZZHTWY......AAAAAAAAAAAAAAAAAAAAAAAAEEEEEEEE",
    [ROW_1EC0] = "EEEEEEEEIIIIOOOOOOOOOOOOOOOOOOOOOOOOUUUUUUUUUUUUUUYYYYYYYY......",
};

// The capital that a letter outside ASCII comes down to, for the letters of Vietnamese.
static char vietnamese_base(uint32_t c)
{
    unsigned row = ROW_NONE;
    if (c >= 0xC0 && c <= 0x1BF)
        row = ROW_C0 + (c - 0xC0) / 64;
    else if (c >= 0x1E80 && c <= 0x1EFF)
        row = ROW_1E80 + (c - 0x1E80) / 64;
    char base = base_of[row][c % 64];
    return base != '.' ? base : '\0';
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

struct latin {
    char *p;
    size_t n;
    char last;
};

// Without a space at the beginning or behind another. The operators are those that do not branch.
static inline void add_character(struct latin *out, char c)
{
    out->p[out->n] = c;
    out->n += (c != '\0') & ((c != ' ') | (out->last != ' '));
    out->last = c != '\0' ? c : out->last;
}

static struct str finish_name(const struct latin *out)
{
    bool spaced = out->n > 0 && out->last == ' ';
    return (struct str){ out->p, out->n - spaced };
}

struct str latin_name(struct arena *arena, struct str name)
{
    struct latin out = { .p = arena_alloc(arena, name.n + 1), .last = ' ' };
    if (out.p == NULL)
        return (struct str){ "", 0 };
    for (size_t at = 0; at < name.n;)
        add_character(&out, name_character(utf8_next(name, &at)));
    return finish_name(&out);
}

// What a byte of a plain name leaves, by the byte before it: nothing but for the last of a letter.
static inline char plain_character(unsigned char before, unsigned char c)
{
    static const uint8_t row_behind[256] = {
        [0xC3] = ROW_C0,  [0xC4] = ROW_100,  [0xC5] = ROW_140,
        [0xC6] = ROW_180, [0xBA] = ROW_1E80, [0xBB] = ROW_1EC0
    };
    static const uint8_t own_row[4] = { ROW_SIGNS, ROW_ASCII }, is_tail[4] = { [2] = 0xFF };

    return base_of[own_row[c / 64] | (row_behind[before] & is_tail[c / 64])][c % 64];
}

// By bytes and not by letters, so that the processor has nothing to guess: between one letter and
// the next in Vietnamese it guesses wrong half the time.
struct str latin_plain_name(struct arena *arena, struct str name)
{
    struct latin out = { .p = arena_alloc(arena, name.n + 1), .last = ' ' };
    unsigned char before = 0;
    if (out.p == NULL)
        return (struct str){ "", 0 };
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        add_character(&out, plain_character(before, c));
        before = c;
    }
    return finish_name(&out);
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
