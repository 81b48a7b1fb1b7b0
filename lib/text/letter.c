// SPDX-License-Identifier: MIT
#include "text/letter.h"

#include <stddef.h>

// One row a vowel and mark: without tone, then grave, hook, tilde, acute, dot; small letters, then
// capitals. X(base, mark, small letters, capitals)
#define VOWELS(X)                                                                                  \
    X('a', MARK_NONE, 'a', 0xE0, 0x1EA3, 0xE3, 0xE1, 0x1EA1, 'A', 0xC0, 0x1EA2, 0xC3, 0xC1,        \
      0x1EA0)                                                                                      \
    X('a', MARK_BREVE, 0x103, 0x1EB1, 0x1EB3, 0x1EB5, 0x1EAF, 0x1EB7, 0x102, 0x1EB0, 0x1EB2,       \
      0x1EB4, 0x1EAE, 0x1EB6)                                                                      \
    X('a', MARK_CIRCUMFLEX, 0xE2, 0x1EA7, 0x1EA9, 0x1EAB, 0x1EA5, 0x1EAD, 0xC2, 0x1EA6, 0x1EA8,    \
      0x1EAA, 0x1EA4, 0x1EAC)                                                                      \
    X('e', MARK_NONE, 'e', 0xE8, 0x1EBB, 0x1EBD, 0xE9, 0x1EB9, 'E', 0xC8, 0x1EBA, 0x1EBC, 0xC9,    \
      0x1EB8)                                                                                      \
    X('e', MARK_CIRCUMFLEX, 0xEA, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EBF, 0x1EC7, 0xCA, 0x1EC0, 0x1EC2,    \
      0x1EC4, 0x1EBE, 0x1EC6)                                                                      \
    X('i', MARK_NONE, 'i', 0xEC, 0x1EC9, 0x129, 0xED, 0x1ECB, 'I', 0xCC, 0x1EC8, 0x128, 0xCD,      \
      0x1ECA)                                                                                      \
    X('o', MARK_NONE, 'o', 0xF2, 0x1ECF, 0xF5, 0xF3, 0x1ECD, 'O', 0xD2, 0x1ECE, 0xD5, 0xD3,        \
      0x1ECC)                                                                                      \
    X('o', MARK_CIRCUMFLEX, 0xF4, 0x1ED3, 0x1ED5, 0x1ED7, 0x1ED1, 0x1ED9, 0xD4, 0x1ED2, 0x1ED4,    \
      0x1ED6, 0x1ED0, 0x1ED8)                                                                      \
    X('o', MARK_HORN, 0x1A1, 0x1EDD, 0x1EDF, 0x1EE1, 0x1EDB, 0x1EE3, 0x1A0, 0x1EDC, 0x1EDE,        \
      0x1EE0, 0x1EDA, 0x1EE2)                                                                      \
    X('u', MARK_NONE, 'u', 0xF9, 0x1EE7, 0x169, 0xFA, 0x1EE5, 'U', 0xD9, 0x1EE6, 0x168, 0xDA,      \
      0x1EE4)                                                                                      \
    X('u', MARK_HORN, 0x1B0, 0x1EEB, 0x1EED, 0x1EEF, 0x1EE9, 0x1EF1, 0x1AF, 0x1EEA, 0x1EEC,        \
      0x1EEE, 0x1EE8, 0x1EF0)                                                                      \
    X('y', MARK_NONE, 'y', 0x1EF3, 0x1EF7, 0x1EF9, 0xFD, 0x1EF5, 'Y', 0x1EF2, 0x1EF6, 0x1EF8,      \
      0xDD, 0x1EF4)

enum {
    LATIN_FIRST = 'A', // the letters lie in two stretches of Unicode
    LATIN_LAST = 0x1B0,
    ADDITIONAL_FIRST = 0x1EA0,
    ADDITIONAL_LAST = 0x1EF9,
    ADDITIONAL_AT = LATIN_LAST - LATIN_FIRST + 1,
    LETTER_COUNT = ADDITIONAL_AT + ADDITIONAL_LAST - ADDITIONAL_FIRST + 1,
    D_STROKE = 0x111,
    D_STROKE_CAPITAL = 0x110,
};

#define AT(c) ((c) >= ADDITIONAL_FIRST ? (c)-ADDITIONAL_FIRST + ADDITIONAL_AT : (c)-LATIN_FIRST)
#define LETTERS(b, m, s0, s1, s2, s3, s4, s5, c0, c1, c2, c3, c4, c5)                              \
    [AT(s0)] = { b, m, TONE_NONE, false }, [AT(s1)] = { b, m, TONE_GRAVE, false },                 \
    [AT(s2)] = { b, m, TONE_HOOK, false }, [AT(s3)] = { b, m, TONE_TILDE, false },                 \
    [AT(s4)] = { b, m, TONE_ACUTE, false }, [AT(s5)] = { b, m, TONE_DOT, false },                  \
    [AT(c0)] = { b, m, TONE_NONE, true }, [AT(c1)] = { b, m, TONE_GRAVE, true },                   \
    [AT(c2)] = { b, m, TONE_HOOK, true }, [AT(c3)] = { b, m, TONE_TILDE, true },                   \
    [AT(c4)] = { b, m, TONE_ACUTE, true }, [AT(c5)] = { b, m, TONE_DOT, true },
#define CONSONANT(s, c)                                                                            \
    [AT(s)] = { s, MARK_NONE, TONE_NONE, false }, [AT(c)] = { s, MARK_NONE, TONE_NONE, true }
static const struct letter letters[LETTER_COUNT] = {
    VOWELS(LETTERS)[AT(D_STROKE)] = { 'd', MARK_STROKE, TONE_NONE, false },
    [AT(D_STROKE_CAPITAL)] = { 'd', MARK_STROKE, TONE_NONE, true },
    CONSONANT('b', 'B'),
    CONSONANT('c', 'C'),
    CONSONANT('d', 'D'),
    CONSONANT('f', 'F'),
    CONSONANT('g', 'G'),
    CONSONANT('h', 'H'),
    CONSONANT('j', 'J'),
    CONSONANT('k', 'K'),
    CONSONANT('l', 'L'),
    CONSONANT('m', 'M'),
    CONSONANT('n', 'N'),
    CONSONANT('p', 'P'),
    CONSONANT('q', 'Q'),
    CONSONANT('r', 'R'),
    CONSONANT('s', 'S'),
    CONSONANT('t', 'T'),
    CONSONANT('v', 'V'),
    CONSONANT('w', 'W'),
    CONSONANT('x', 'X'),
    CONSONANT('z', 'Z'),
};

// Both cases of a vowel with its tones.
struct vowel {
    char base;
    uint8_t mark;
    uint16_t small[TONE_COUNT];
    uint16_t capital[TONE_COUNT];
};

#define VOWEL(b, m, s0, s1, s2, s3, s4, s5, c0, c1, c2, c3, c4, c5)                                \
    { b, m, { s0, s1, s2, s3, s4, s5 }, { c0, c1, c2, c3, c4, c5 } },
static const struct vowel vowels[] = { VOWELS(VOWEL) };

struct letter letter_of(uint32_t c)
{
    if (c < LATIN_FIRST || c > ADDITIONAL_LAST || (c > LATIN_LAST && c < ADDITIONAL_FIRST))
        return (struct letter){ 0 };
    return letters[AT(c)];
}

uint32_t letter_code_point(struct letter l)
{
    if (l.base == 'd' && l.mark == MARK_STROKE)
        return l.tone != TONE_NONE ? 0 : l.upper ? D_STROKE_CAPITAL : D_STROKE;
    for (size_t v = 0; v < sizeof vowels / sizeof vowels[0]; v++)
        if (vowels[v].base == l.base && vowels[v].mark == l.mark && l.tone < TONE_COUNT)
            return l.upper ? vowels[v].capital[l.tone] : vowels[v].small[l.tone];
    if (l.mark != MARK_NONE || l.tone != TONE_NONE || l.base < 'a' || l.base > 'z')
        return 0;
    return (uint32_t)(l.upper ? l.base - 'a' + 'A' : l.base);
}

uint32_t letter_small(uint32_t code_point)
{
    struct letter l = letter_of(code_point);
    if (l.base == 0 || !l.upper)
        return l.base != 0 ? code_point : 0;
    l.upper = false;
    return letter_code_point(l);
}

bool letter_is_vietnamese(uint32_t code_point)
{
    return code_point >= 0x80 && letter_of(code_point).base != 0;
}

bool letter_is_ethnic(uint32_t code_point)
{
    switch (code_point) {
    case 0x10C: // C with caron
    case 0x10D:
    case 0x114: // E with breve
    case 0x115:
    case 0x12C: // I with breve
    case 0x12D:
    case 0x14E: // O with breve
    case 0x14F:
    case 0x16C: // U with breve
    case 0x16D:
    case 0xD1: // N with tilde
    case 0xF1:
        return true;
    default:
        return false;
    }
}
