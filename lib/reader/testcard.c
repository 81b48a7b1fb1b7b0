// SPDX-License-Identifier: MIT
#include "reader/testcard.h"

#include "reader/specimen.h"

#include <stdio.h>
#include <stdlib.h>

static const double MARGIN = 15, SMALL_DOT = 0.25, LARGE_DOT = 0.55, LINE = 4;

// The sheet's words are in both languages whoever prints it: it is handed on.
static const char *const words[] = {
    "In đúng 100 %, không co giãn cho vừa trang. Đo khung: phải đúng 100 mm.",
    "Quét lần lượt từng mã vào: cccd-parse doctor. Kết thúc: Ctrl-D.",
    "Mã dài ở dưới chứa đủ 134 chữ cái tiếng Việt; ô vuông vẫn nhỏ như mã nhỏ nhất.",
    "",
    "Print at 100 %, not fitted to the page. Measure the frame: it must be 100 mm.",
    "Scan one code after another into: cccd-parse doctor. To end: Ctrl-D.",
    "The long codes below hold all 134 Vietnamese letters; modules as in the smallest.",
};

void testcard_put_box(struct testcard *card, double x, double y, double width, double height)
{
    if (card->n == card->cap && !card->failed) {
        size_t cap = card->cap > 0 ? 2 * card->cap : 4096;
        struct testcard_box *more = realloc(card->boxes, cap * sizeof *more);
        card->failed = more == NULL;
        if (more != NULL) {
            card->boxes = more;
            card->cap = cap;
        }
    }
    if (!card->failed)
        card->boxes[card->n++] = (struct testcard_box){ x, y, width, height, card->groups };
}

static void put_code(struct testcard *card, const struct qr_modules *code, double left, double top,
                     double module)
{
    for (unsigned y = 0; y < code->side; y++)
        for (unsigned x = 0, end; x < code->side; x = end + 1) {
            const uint8_t *row = code->dark + (size_t)y * code->side;
            for (end = x; end < code->side && row[end]; end++)
                continue;
            if (end > x)
                testcard_put_box(card, left + x * module, top + y * module, (end - x) * module,
                                 module);
        }
    card->groups++;
}

static void put_line(struct testcard *card, double x, double y, double dot, const char *text)
{
    testcard_put_text(card, x, y, dot, str_of(text));
    card->groups++;
}

// A frame of 100 mm with a mark every 10 mm.
static void put_ruler(struct testcard *card, double x, double y)
{
    enum { LENGTH = 100, HEIGHT = 6 };
    const double stroke = 0.2;

    testcard_put_box(card, x, y, LENGTH, stroke);
    testcard_put_box(card, x, y + HEIGHT - stroke, LENGTH, stroke);
    testcard_put_box(card, x, y, stroke, HEIGHT);
    testcard_put_box(card, x + LENGTH - stroke, y, stroke, HEIGHT);
    for (int mark = 10; mark < LENGTH; mark += 10)
        testcard_put_box(card, x + mark - stroke / 2, y, stroke, mark == LENGTH / 2 ? 4 : 2);
    card->groups++;
    put_line(card, x + LENGTH + 3, y + 2.5, SMALL_DOT, "100 mm");
}

static void put_words(struct testcard *card)
{
    put_line(card, MARGIN, 15, LARGE_DOT, "cccd-tools: SPECIMEN");
    put_line(card, MARGIN, 24, LARGE_DOT, "Thử máy quét QR / QR scanner test");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        put_line(card, MARGIN, 35 + LINE * (double)i, SMALL_DOT, words[i]);
    put_ruler(card, MARGIN, 68);
}

// What a person has to know of a code stands under it.
static void put_label(struct testcard *card, const struct specimen *s, double x, double y,
                      const struct qr_modules *code, double module)
{
    char text[3][64];

    snprintf(text[0], sizeof text[0], "SPECIMEN %u: %.1f mm", s->generation, code->side * module);
    snprintf(text[1], sizeof text[1], "ô / module %.3f mm", module);
    snprintf(text[2], sizeof text[2], "...%.6s  %u-M", s->payload + SPECIMEN_NUMBER_LENGTH - 6,
             code->version);
    for (int i = 0; i < 3; i++)
        put_line(card, x, y + i * LINE, SMALL_DOT, text[i]);
}

struct place {
    double x, y;
    double module[2]; // of the smallest code of each generation
};

static enum qr_draw_end put_specimen(struct testcard *card, size_t i, struct place *at)
{
    const struct specimen *s = &specimens[i];
    double *least = &at->module[s->generation == 2024];
    struct qr_modules code;
    enum qr_draw_end end = qr_draw(str_of(s->payload), &code);

    if (end != QR_DRAWN)
        return end;
    double module = s->millimetres > 0 ? (double)s->millimetres / code.side : *least;
    if (*least == 0)
        *least = module;
    put_code(card, &code, at->x, at->y, module);
    put_label(card, s, at->x, at->y + code.side * module + 6, &code, module);
    at->x += 60;
    return QR_DRAWN;
}

enum qr_draw_end testcard_make(struct testcard *card, unsigned millimetres)
{
    struct place at = { .x = MARGIN + 5, .y = 90 };
    const struct specimen *before = &specimens[0];

    *card = (struct testcard){ 0 };
    put_words(card);
    for (size_t i = 0; i < SPECIMEN_COUNT; i++) {
        const struct specimen *s = &specimens[i];
        if (millimetres != 0 && s->millimetres != 0 && s->millimetres != millimetres)
            continue;
        bool cards = s->millimetres != 0;
        if (cards ? s->generation != before->generation : before->millimetres != 0) {
            at.x = MARGIN + 5;
            at.y += 55;
        }
        before = s;
        enum qr_draw_end end = put_specimen(card, i, &at);
        if (end != QR_DRAWN)
            return end;
    }
    return card->failed ? QR_DRAW_FAILED : QR_DRAWN;
}

void testcard_free(struct testcard *card)
{
    free(card->boxes);
    *card = (struct testcard){ 0 };
}
