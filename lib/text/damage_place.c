// SPDX-License-Identifier: MIT
#include "text/damage_place.h"

#include "text/damage_lexicon.h"
#include "text/utf8.h"

enum { PROVINCE_MAX = 24 }; // letters

static bool cell_may_be(cell c, uint32_t letter)
{
    uint32_t options[CELL_OPTIONS_MAX];

    if (!cell_is_choice(c))
        return c == letter;
    size_t n = cell_options(c, options);
    for (size_t i = 0; i < n; i++)
        if (options[i] == letter)
            return true;
    return false;
}

static uint32_t cut_last(struct str *s)
{
    size_t at = s->n - 1;
    while (at > 0 && ((unsigned char)s->p[at] & 0xC0) == 0x80)
        at--;
    size_t end = at;
    uint32_t last = (uint32_t)utf8_next(*s, &end);
    s->n = at;
    return last;
}

// Can the n cells end in the place's name? Its length, or 0.
static size_t ends_in_place(const cell *cells, size_t n, struct str place)
{
    size_t start = n;

    while (place.n > 0) {
        uint32_t letter = cut_last(&place);
        if (start == 0 || !cell_may_be(cells[--start], letter))
            return 0;
    }
    return start == 0 || cells[start - 1] == ' ' ? n - start : 0;
}

// A last byte of UTF-8 holds six bits of its letter, by which most names are out already.
static bool may_end_in(cell last, struct str place)
{
    return place.n > 0 &&
           (cell_is_choice(last) || ((last ^ (unsigned char)place.p[place.n - 1]) & 0x3F) == 0);
}

static bool may_be(const cell *cells, size_t n, struct str text)
{
    return n == 0 ? text.n == 0 : ends_in_place(cells, n, text) == n;
}

// What may stand before a place's name.
static bool may_be_type(const cell *cells, size_t n)
{
    static const char *const types[] = {
        "",      "Xã ",        "Phường ",    "Thị trấn ", "Thị Trấn ", "Huyện ",
        "Quận ", "Thị xã ",    "Thị Xã ",    "Tỉnh ",     "TP. ",      "TP.",
        "TP ",   "Thành phố ", "Thành Phố ", "TX. ",      "TX.",       "TT. ",
        "TT.",   "P. ",        "P.",         "X. ",       "H. ",
    };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (may_be(cells, n, str_of(types[i])))
            return true;
    return false;
}

void place_settle(cell *cells, size_t n, bool province, size_t *budget)
{
    const struct word_list *list = province ? &lexicon_provinces : &lexicon_places;
    struct str found = { "", 0 };
    size_t length = 0, choices = 0, at = 0;

    for (size_t i = 0; i < n; i++)
        choices += cell_is_choice(cells[i]);
    if (choices == 0 || *budget < list->count)
        return;
    *budget -= list->count;
    for (size_t i = 0; i < list->count; i++) {
        struct str place = str_of(word_list_at(list, i));
        size_t fits = may_end_in(cells[n - 1], place) ? ends_in_place(cells, n, place) : 0;
        if (fits == 0 || !may_be_type(cells, n - fits))
            continue;
        if (length != 0)
            return;
        found = place;
        length = fits;
    }
    for (size_t i = n - length; i < n; i++)
        cells[i] = (cell)utf8_next(found, &at);
}

bool place_is_commune(const cell *cells, size_t n)
{
    static const char *const types[] = {
        "Xã ", "Phường ", "Thị trấn ", "Thị Trấn ", "TT. ", "TT.", "P. ", "P.", "X. ",
    };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        struct str type = str_of(types[i]);
        if (n > type.n && may_be(cells, utf8_length(type), type))
            return true;
    }
    return false;
}

bool place_ends_in_province(const cell *cells, size_t n)
{
    const struct word_list *list = &lexicon_provinces;
    size_t tail = 0;

    while (tail < n && tail <= PROVINCE_MAX && cells[n - 1 - tail] != ',' &&
           cells[n - 1 - tail] != '.')
        tail++;
    for (size_t i = 0; tail > 0 && i < list->count; i++) {
        struct str province = str_of(word_list_at(list, i));
        if (may_end_in(cells[n - 1], province) &&
            ends_in_place(cells + n - tail, tail, province) > 0)
            return true;
    }
    return false;
}
