// SPDX-License-Identifier: MIT
// Letters made of dots: no font has to be there, in a file or on the machine that prints it, and
// every program shows the same.
#include "reader/testcard.h"
#include "text/letter.h"
#include "text/utf8.h"

enum { DOTS_WIDE = 5, DOTS_HIGH = 7, ADVANCE = 6 };

struct glyph {
    char sign;
    uint8_t row[DOTS_HIGH]; // the bit of 16 is the leftmost dot
};

static const struct glyph glyphs[] = {
    { 'A', { 14, 17, 17, 31, 17, 17, 17 } }, { 'B', { 30, 17, 17, 30, 17, 17, 30 } },
    { 'C', { 14, 17, 16, 16, 16, 17, 14 } }, { 'D', { 30, 17, 17, 17, 17, 17, 30 } },
    { 'E', { 31, 16, 16, 30, 16, 16, 31 } }, { 'F', { 31, 16, 16, 30, 16, 16, 16 } },
    { 'G', { 14, 17, 16, 23, 17, 17, 14 } }, { 'H', { 17, 17, 17, 31, 17, 17, 17 } },
    { 'I', { 14, 4, 4, 4, 4, 4, 14 } },      { 'J', { 7, 2, 2, 2, 2, 18, 12 } },
    { 'K', { 17, 18, 20, 24, 20, 18, 17 } }, { 'L', { 16, 16, 16, 16, 16, 16, 31 } },
    { 'M', { 17, 27, 21, 21, 17, 17, 17 } }, { 'N', { 17, 25, 21, 19, 17, 17, 17 } },
    { 'O', { 14, 17, 17, 17, 17, 17, 14 } }, { 'P', { 30, 17, 17, 30, 16, 16, 16 } },
    { 'Q', { 14, 17, 17, 17, 21, 18, 13 } }, { 'R', { 30, 17, 17, 30, 20, 18, 17 } },
    { 'S', { 15, 16, 16, 14, 1, 1, 30 } },   { 'T', { 31, 4, 4, 4, 4, 4, 4 } },
    { 'U', { 17, 17, 17, 17, 17, 17, 14 } }, { 'V', { 17, 17, 17, 17, 17, 10, 4 } },
    { 'W', { 17, 17, 17, 21, 21, 27, 17 } }, { 'X', { 17, 17, 10, 4, 10, 17, 17 } },
    { 'Y', { 17, 17, 10, 4, 4, 4, 4 } },     { 'Z', { 31, 1, 2, 4, 8, 16, 31 } },
    { '0', { 14, 17, 19, 21, 25, 17, 14 } }, { '1', { 4, 12, 4, 4, 4, 4, 14 } },
    { '2', { 14, 17, 1, 6, 8, 16, 31 } },    { '3', { 14, 17, 1, 6, 1, 17, 14 } },
    { '4', { 2, 6, 10, 18, 31, 2, 2 } },     { '5', { 31, 16, 30, 1, 1, 17, 14 } },
    { '6', { 6, 8, 16, 30, 17, 17, 14 } },   { '7', { 31, 1, 2, 4, 8, 8, 8 } },
    { '8', { 14, 17, 17, 14, 17, 17, 14 } }, { '9', { 14, 17, 17, 15, 1, 2, 12 } },
    { '.', { 0, 0, 0, 0, 0, 12, 12 } },      { ',', { 0, 0, 0, 0, 12, 4, 8 } },
    { ':', { 0, 12, 12, 0, 12, 12, 0 } },    { ';', { 0, 12, 12, 0, 12, 4, 8 } },
    { '-', { 0, 0, 0, 31, 0, 0, 0 } },       { '/', { 1, 1, 2, 4, 8, 16, 16 } },
    { '%', { 24, 25, 2, 4, 8, 19, 3 } },
};

// Above the letter, the uppermost row first; a tone over another mark stands higher.
static const uint8_t tones[TONE_COUNT][2] = {
    [TONE_GRAVE] = { 8, 4 }, [TONE_HOOK] = { 12, 4 }, [TONE_TILDE] = { 13, 22 },
    [TONE_ACUTE] = { 2, 4 }, [TONE_DOT] = { 0, 0 },
};

static const uint8_t marks[][2] = {
    [MARK_BREVE] = { 17, 14 },
    [MARK_CIRCUMFLEX] = { 4, 10 },
    [MARK_HORN] = { 0, 0 },
    [MARK_STROKE] = { 0, 0 },
};

struct pen {
    struct testcard *card;
    double x, y, dot;
};

static void put_row(const struct pen *pen, int y, uint8_t row)
{
    for (int x = 0; x < DOTS_WIDE; x++)
        if (row & (16 >> x))
            testcard_put_box(pen->card, pen->x + x * pen->dot, pen->y + y * pen->dot, pen->dot,
                             pen->dot);
}

static void put_marks(const struct pen *pen, struct letter l)
{
    bool above = l.mark == MARK_BREVE || l.mark == MARK_CIRCUMFLEX;

    for (int i = 0; i < 2; i++) {
        put_row(pen, i - 3, above ? marks[l.mark][i] : 0);
        put_row(pen, i - (above ? 6 : 3), tones[l.tone][i]);
    }
    if (l.tone == TONE_DOT)
        put_row(pen, DOTS_HIGH + 1, 4);
    if (l.mark == MARK_HORN) // beside the letter
        testcard_put_box(pen->card, pen->x + DOTS_WIDE * pen->dot, pen->y - pen->dot, pen->dot,
                         2 * pen->dot);
    if (l.mark == MARK_STROKE)
        testcard_put_box(pen->card, pen->x - pen->dot, pen->y + 3 * pen->dot, 4 * pen->dot,
                         pen->dot);
}

static void put_sign(const struct pen *pen, uint32_t code_point)
{
    struct letter l = letter_of(code_point);
    uint32_t sign = l.base != 0 ? (uint32_t)(l.base - 'a' + 'A') : code_point;

    for (size_t i = 0; i < sizeof glyphs / sizeof *glyphs; i++)
        if ((uint32_t)glyphs[i].sign == sign)
            for (int y = 0; y < DOTS_HIGH; y++)
                put_row(pen, y, glyphs[i].row[y]);
    if (l.base != 0)
        put_marks(pen, l);
}

void testcard_put_text(struct testcard *card, double x, double y, double dot, struct str text)
{
    struct pen pen = { card, x, y, dot };

    for (size_t at = 0; at < text.n;) {
        put_sign(&pen, (uint32_t)utf8_next(text, &at));
        pen.x += ADVANCE * dot;
    }
}
