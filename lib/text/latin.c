// SPDX-License-Identifier: MIT
#include "text/latin.h"

#include "text/utf8.h"

#include <utf8proc.h>

// What a byte stands for in a name, by the byte before it: a capital, a space or nothing. Lead
// bytes stand for nothing, the last byte for the letter; "." where there is no base that only marks
// were added to. A row begins with ASCII, since BA and BB may also end a letter.
#define SIXTEEN "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
#define SIGNS   " \0\0\0\0\0\0\0\0\0\0\0\0 \0\0\0\0\0\0\0\0\0\0\0\0\0\0 \0\0\0"
#define LETTERS "\0ABCDEFGHIJKLMNOPQRSTUVWXYZ\0\0\0\0\0"
#define ASCII   SIXTEEN SIXTEEN SIGNS LETTERS LETTERS

enum { BEHIND_ANY, BEHIND_C3, BEHIND_C4, BEHIND_C5, BEHIND_C6, BEHIND_BA, BEHIND_BB, BEHIND_COUNT };

static const char base_of[BEHIND_COUNT][256] = {
    [BEHIND_ANY] = ASCII,
    // U+00C0 to U+01BF
    [BEHIND_C3] = ASCII "AAAAAA.CEEEEIIII.NOOOOO..UUUUY..AAAAAA.CEEEEIIII.NOOOOO..UUUUY.Y",
    [BEHIND_C4] = ASCII "AAAAAACCCCCCCCDDDDEEEEEEEEEEGGGGGGGGHH..IIIIIIIII...JJKK.LLLLLL.",
    [BEHIND_C5] = ASCII "...NNNNNN...OOOOOO..RRRRRRSSSSSSSSTTTT..UUUUUUUUUUUUWWYYYZZZZZZ.",
    [BEHIND_C6] = ASCII "................................OO.............UU...............",
    // E1 BA and E1 BB: U+1E80 to U+1EFF
    [BEHIND_BA] = ASCII "WWWWWWWWWWXXXXYYZZZZZZHTWY......AAAAAAAAAAAAAAAAAAAAAAAAEEEEEEEE",
    [BEHIND_BB] = ASCII "EEEEEEEEIIIIOOOOOOOOOOOOOOOOOOOOOOOOUUUUUUUUUUUUUUYYYYYYYY......",
};

// The capital that a letter outside ASCII comes down to, for the letters of Vietnamese.
static char vietnamese_base(uint32_t c)
{
    unsigned row = BEHIND_ANY;
    if (c >= 0xC0 && c <= 0x1BF)
        row = BEHIND_C3 + (c - 0xC0) / 64;
    else if (c >= 0x1E80 && c <= 0x1EFF)
        row = BEHIND_BA + (c - 0x1E80) / 64;
    char base = base_of[row][0x80 | c % 64];
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

// By bytes and not by letters, so that the processor has nothing to guess: between one letter and
// the next in Vietnamese it guesses wrong half the time.
struct str latin_plain_name(struct arena *arena, struct str name)
{
    static const uint8_t row_behind[256] = {
        [0xC3] = BEHIND_C3, [0xC4] = BEHIND_C4, [0xC5] = BEHIND_C5,
        [0xC6] = BEHIND_C6, [0xBA] = BEHIND_BA, [0xBB] = BEHIND_BB
    };
    struct latin out = { .p = arena_alloc(arena, name.n + 1), .last = ' ' };
    const char *row = base_of[BEHIND_ANY];
    if (out.p == NULL)
        return (struct str){ "", 0 };
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        add_character(&out, row[c]);
        row = base_of[row_behind[c]];
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
