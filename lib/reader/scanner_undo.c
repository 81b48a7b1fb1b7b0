// SPDX-License-Identifier: MIT
#include "reader/scanner_profile.h"
#include "text/legacy.h"
#include "text/letter.h"
#include "text/utf8.h"

// Room for `most` bytes; a text that does not fit is no text of ours.
static bool make_room(struct arena *arena, struct bytes *b, size_t most)
{
    *b = (struct bytes){ .p = arena_alloc(arena, most), .cap = most, .fixed = true };
    return b->p != NULL;
}

static bool deliver(struct bytes *b, struct str *line)
{
    if (b->failed)
        return false;
    *line = bytes_str(b);
    return true;
}

// ---- separator ----

// A sign that stands in no field: each one is a separator.
static bool is_free_sign(struct str s)
{
    size_t end = 0;
    int32_t point = s.n > 0 ? utf8_next(s, &end) : UTF8_BAD;

    if (point < 0 || end != s.n || letter_of((uint32_t)point).base != 0)
        return false;
    return point >= 128 || (point > ' ' && strchr("0123456789,./-'()\"&`%", point) == NULL);
}

static bool undo_separator(const struct scanner_profile *p, struct arena *arena, struct str *line)
{
    struct str separator = { p->separator, p->separator_length };
    struct bytes out;

    if (!is_free_sign(separator) || !make_room(arena, &out, line->n))
        return false;
    for (struct str rest = *line; rest.n > 0;) {
        bool here = str_starts(rest, separator);
        bytes_put_char(&out, here ? '|' : rest.p[0]);
        rest = str_from(rest, here ? separator.n : 1);
    }
    return deliver(&out, line);
}

// ---- keyboard layout ----

// Letters that arrive otherwise than by keys cannot be told from what keys make.
static bool brings_letters(enum scanner_form form)
{
    return form == FORM_SOUND || form == FORM_DECOMPOSED || form == FORM_CP1258 ||
           form == FORM_LATIN;
}

// How many keys make what the text begins with; the last of them.
static int keys_for(size_t layout, struct str sign, char *key)
{
    int found = 0;

    for (char c = '!'; c <= '~'; c++) {
        char one;
        if (str_eq(scanner_layout_key(layout, c, &one), sign)) {
            *key = c;
            found++;
        }
    }
    return found;
}

static bool undo_layout(const struct scanner_profile *p, struct arena *arena, struct str *line)
{
    struct bytes out;

    if (!make_room(arena, &out, line->n))
        return false;
    for (size_t at = 0; at < line->n;) {
        size_t from = at;
        char key = ' ';
        int32_t point = utf8_next(*line, &at);
        struct str sign = str_head(str_from(*line, from), at - from);
        int found = point == ' ' ? 1 : keys_for(p->layout, sign, &key);
        if (found > 1 || (found == 1 && point >= 128 && brings_letters(p->form) &&
                          letter_of((uint32_t)point).base != 0))
            return false;
        if (found == 1)
            bytes_put_char(&out, key);
        else
            bytes_put_str(&out, sign);
    }
    return deliver(&out, line);
}

// ---- letters ----

static bool is_ours(int32_t point)
{
    return point >= 0 &&
           (letter_is_vietnamese((uint32_t)point) || letter_is_ethnic((uint32_t)point));
}

static bool undo_mojibake(struct arena *arena, int (*byte_of)(uint32_t), struct str *line)
{
    struct bytes out;

    if (!make_room(arena, &out, line->n))
        return false;
    for (size_t at = 0; at < line->n;) {
        int32_t point = utf8_next(*line, &at);
        int byte = point < 128 ? point : byte_of((uint32_t)point);
        if (byte < 0)
            return false;
        bytes_put_char(&out, (char)byte);
    }
    return utf8_is_valid(bytes_str(&out)) && deliver(&out, line);
}

static bool undo_cp1258(struct arena *arena, struct str *line)
{
    cell *cells = arena_alloc(arena, line->n * sizeof *cells + 1);
    struct bytes out;
    size_t n = 0;

    if (cells == NULL || !make_room(arena, &out, 4 * line->n + 1) || utf8_is_valid(*line) ||
        !legacy_read(LEGACY_CP1258, (const uint8_t *)line->p, line->n, cells, &n))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (cell_is_choice(cells[i]))
            return false;
        utf8_put(&out, cells[i]);
    }
    return deliver(&out, line);
}

// "0225": 225. Only bytes beyond ASCII are typed so.
static int byte_at(struct str s)
{
    int value = 0;

    if (s.n < 4 || s.p[0] != '0')
        return -1;
    for (int i = 1; i < 4; i++) {
        if (!char_is_digit(s.p[i]))
            return -1;
        value = value * 10 + s.p[i] - '0';
    }
    return value >= 128 && value <= 255 ? value : -1;
}

// A letter of ours at the beginning of s, in how many bytes of s; 0 where there is none.
static size_t letter_at(struct str s, struct bytes *out)
{
    char coded[4];

    for (size_t n = 0; n < sizeof coded; n++) {
        int byte = byte_at(str_from(s, 4 * n));
        size_t at = 0;
        if (byte < 0)
            return 0;
        coded[n] = (char)byte;
        struct str text = { coded, n + 1 };
        if (is_ours(utf8_next(text, &at)) && at == text.n) {
            bytes_put_str(out, text);
            return 4 * text.n;
        }
    }
    return 0;
}

static size_t word_length(struct str s)
{
    size_t n = 0;
    while (n < s.n && s.p[n] != ' ' && s.p[n] != '|' && s.p[n] != ',')
        n++;
    return n;
}

// A word of digits alone may be a number: of a house, or a date. No name has one, and no number is
// as long as two letters.
static bool may_be_number(struct str word, unsigned field)
{
    enum { NAME = 2, TWO_LETTERS = 16 };
    return field != NAME && str_is_digits(word) && word.n < TWO_LETTERS;
}

static bool undo_word(struct str word, struct bytes *out)
{
    bool changed = false;

    while (word.n > 0) {
        size_t used = letter_at(word, out);
        changed |= used > 0;
        if (used == 0)
            bytes_put_char(out, word.p[0]);
        word = str_from(word, used > 0 ? used : 1);
    }
    return changed;
}

static bool undo_decimal(struct arena *arena, struct str *line)
{
    struct bytes out;
    bool changed = false;
    unsigned field = 0;

    if (!make_room(arena, &out, line->n))
        return false;
    for (struct str rest = *line; rest.n > 0; rest = str_from(rest, 1)) {
        struct str word = str_head(rest, word_length(rest));
        rest = str_from(rest, word.n);
        if (may_be_number(word, field))
            bytes_put_str(&out, word);
        else
            changed |= undo_word(word, &out);
        if (rest.n > 0)
            bytes_put_char(&out, rest.p[0]);
        field += rest.n > 0 && rest.p[0] == '|';
    }
    return changed && deliver(&out, line);
}

static bool undo_form(const struct scanner_profile *p, struct arena *arena, struct str *line)
{
    switch (p->form) {
    case FORM_MOJIBAKE:
        return undo_mojibake(arena, legacy_windows_byte, line);
    case FORM_MOJIBAKE_OEM:
        return undo_mojibake(arena, legacy_cp437_byte, line);
    case FORM_CP1258:
        return undo_cp1258(arena, line);
    case FORM_UTF8_DECIMAL:
        return undo_decimal(arena, line);
    default: // nothing to do, nothing that could be done, or what is done without a profile
        return false;
    }
}

static bool undo_frame(const struct scanner_profile *p, struct str *line)
{
    struct str prefix = { p->prefix, p->prefix_length }, suffix = { p->suffix, p->suffix_length };
    size_t before = line->n;

    *line = str_skip(*line, prefix);
    if (suffix.n > 0 && line->n >= suffix.n && str_eq(str_from(*line, line->n - suffix.n), suffix))
        line->n -= suffix.n;
    return line->n < before;
}

bool scanner_profile_undo(const struct scanner_profile *profile, struct arena *arena,
                          struct str line, struct str *out)
{
    bool changed = undo_frame(profile, &line);

    if (profile->separator_length > 0 && profile->layout == LAYOUT_US)
        changed |= undo_separator(profile, arena, &line);
    if (profile->layout != LAYOUT_US && profile->separator_length == 0)
        changed |= undo_layout(profile, arena, &line);
    changed |= undo_form(profile, arena, &line);
    *out = line;
    return changed;
}
