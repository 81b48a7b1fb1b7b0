// SPDX-License-Identifier: MIT
#include "cli/wrap.h"

#include "text/display.h"
#include "text/utf8.h"

static void next_line(struct wrap *w)
{
    bytes_put_char(w->out, '\n');
    bytes_put_str(w->out, str_of(w->begin));
    w->column = display_width(str_of(w->begin));
    w->gap = false;
}

static void put_long(struct wrap *w, struct str word)
{
    for (size_t at = 0; at < word.n;) {
        size_t start = at;
        utf8_next(word, &at);
        struct str letter = { word.p + start, at - start };
        size_t width = display_width(letter);
        if (w->column + width > w->width)
            next_line(w);
        bytes_put_str(w->out, letter);
        w->column += width;
    }
}

static void put_word(struct wrap *w, struct str word)
{
    size_t width = display_width(word);
    size_t margin = display_width(str_of(w->begin));

    if (w->width > 0 && w->column > margin && w->column + w->gap + width > w->width)
        next_line(w);
    if (w->gap) {
        bytes_put_char(w->out, ' ');
        w->column++;
    }
    if (w->width > margin + 1 && w->column + width > w->width) {
        put_long(w, word);
        return;
    }
    bytes_put_str(w->out, word);
    w->column += width;
}

void wrap_put(struct wrap *w, struct str text)
{
    while (text.n > 0) {
        size_t n = str_find(text, ' ');
        if (n > 0) {
            put_word(w, str_head(text, n));
            w->gap = false;
        }
        if (n < text.n)
            w->gap = w->column > 0;
        text = str_from(text, n + 1);
    }
}

void wrap_end(struct wrap *w)
{
    bytes_put_char(w->out, '\n');
    w->column = 0;
    w->gap = false;
}
