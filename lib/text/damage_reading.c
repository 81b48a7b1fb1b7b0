// SPDX-License-Identifier: MIT
#include "text/damage_reading.h"

#include "text/damage_lexicon.h"
#include "text/damage_place.h"
#include "text/letter.h"
#include "text/syllable.h"

enum {
    WORD_MAX = 16,            // letters; a longer run is no word
    CANDIDATES_MAX = 4096,    // of one word
    BUDGET = 2 * 1000 * 1000, // candidates of one line, so that hostile lines end
    SEX_WEIGHT = 3,           // the sex has two words alone: another one refutes a reading
    PROVINCE_WEIGHT = 2,      // an address ends in a province
    SURNAME_WEIGHT = 1,       // a name begins with a family name
    ABBREVIATION_MAX = 4,     // letters
};

enum style {
    STYLE_MIXED, // some letter of the text is small for certain
    STYLE_UPPER, // all are capitals
    STYLE_OPEN,  // too few letters to tell
};

enum shape { SHAPE_TITLE, SHAPE_UPPER, SHAPE_SMALL, SHAPE_COUNT };

// Where an address names its areas, counted from its end.
enum area_part {
    PART_PROVINCE,
    PART_DISTRICT, // or a commune, since there are no more districts
    PART_COMMUNE,
    PART_OTHER, // hamlets, streets and houses have names of their own, of which there are no lists
};

// What is known of the text around a word.
struct setting {
    enum text_kind kind;
    enum style style;
    enum area_part part;
    bool starts_small; // some word surely begins with a small letter
    size_t *budget;
};

struct word {
    const struct setting *setting;
    size_t n;
    bool after_apostrophe;
    size_t upper, small; // letters that are so for certain
    size_t count[WORD_MAX];
    uint32_t options[WORD_MAX][CELL_OPTIONS_MAX];
    uint32_t capitals[WORD_MAX]; // which of the options are such, a bit each
    size_t fitting;              // candidates of a fitting shape
    size_t legal;                // those that spelling allows
    bool rival; // another may be a word of some other people's; all words of areas are known
    uint32_t fitting_one[WORD_MAX];
    uint32_t legal_one[WORD_MAX];
};

static bool is_upper(uint32_t c)
{
    struct letter l = letter_of(c);
    return l.base != 0 ? l.upper : c == 0xD1 || (c != 0xF1 && c % 2 == 0);
}

static bool is_word_cell(cell c)
{
    return cell_is_choice(c) || cell_is_letter(c);
}

static bool same_letters(const uint32_t *a, const uint32_t *b, size_t n)
{
    return memcmp(a, b, n * sizeof *a) == 0;
}

static bool is_sex(const uint32_t *letters, size_t n)
{
    static const uint32_t words[][3] = {
        { 'N', 'a', 'm' }, { 'N', 'A', 'M' }, { 'N', 0x1EEF, 0 }, { 'N', 0x1EEE, 0 }
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if ((words[i][2] != 0 ? 3 : 2) == n && same_letters(words[i], letters, n))
            return true;
    return false;
}

// Where an address writes all its words with capitals, these still begin with a small letter.
static bool is_small_in_addresses(const uint32_t *letters, size_t n)
{
    static const uint32_t words[][5] = {
        { 0x1EA5, 'p' },                    // ấp
        { 0x1EDF },                         // ở
        { 0x111, 0x1B0, 0x1EDD, 'n', 'g' }, // đường
        { 0x111, 0x1ED9, 'i' },             // đội
        { 0x111, 0x1EA1, 'i' },             // đại
    };
    static const size_t lengths[] = { 2, 1, 5, 3, 3 };
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++)
        if (lengths[i] == n && same_letters(words[i], letters, n))
            return true;
    return false;
}

// The rules come first: most words follow them.
static bool is_syllable(const uint32_t *letters, size_t n)
{
    return syllable_is_legal(letters, n) || syllable_is_known(letters, n);
}

static bool is_word(const struct word *w, const uint32_t *letters)
{
    if (w->setting->kind == TEXT_SEX)
        return is_sex(letters, w->n);
    return is_syllable(letters, w->n);
}

static bool shape_asks_capital(enum shape shape, size_t at)
{
    return shape == SHAPE_UPPER || (shape == SHAPE_TITLE && at == 0);
}

// Which shapes a word may have where it stands.
static bool shape_is_allowed(const struct word *w, enum shape shape)
{
    const struct setting *s = w->setting;

    switch (shape) {
    case SHAPE_TITLE:
        return s->style != STYLE_UPPER || w->n == 1;
    case SHAPE_UPPER:
        if (w->upper >= 2 && w->small == 0)
            return true;
        return s->style == STYLE_UPPER || (s->style == STYLE_OPEN && s->kind != TEXT_SEX);
    default:
        if (s->kind == TEXT_SEX)
            return false;
        return w->after_apostrophe || (s->kind != TEXT_NAME && s->style != STYLE_UPPER) ||
               (s->kind == TEXT_NAME && s->starts_small);
    }
}

static bool small_suits(const struct word *w, const uint32_t *letters)
{
    return w->after_apostrophe || w->setting->starts_small || is_small_in_addresses(letters, w->n);
}

static void note(size_t *count, uint32_t *found, const uint32_t *letters, size_t n)
{
    if (*count == 0 || !same_letters(found, letters, n))
        ++*count;
    if (*count == 1)
        memcpy(found, letters, n * sizeof *letters);
}

static void take_candidate(struct word *w, const uint32_t *letters, bool small)
{
    if (small && !small_suits(w, letters))
        return;
    note(&w->fitting, w->fitting_one, letters, w->n);
    if (is_word(w, letters))
        note(&w->legal, w->legal_one, letters, w->n);
    else
        w->rival |= w->setting->part == PART_OTHER && syllable_may_be_foreign(letters, w->n);
}

// The letters that suit a shape, place by place, and the one picked at each.
struct choices {
    size_t n;
    size_t count[WORD_MAX];
    size_t pick[WORD_MAX];
    uint32_t options[WORD_MAX][CELL_OPTIONS_MAX];
};

// The number of candidates that the choices make; 0 when some place has no letter of the shape.
static size_t narrow(const struct word *w, enum shape shape, struct choices *c)
{
    size_t product = 1;

    c->n = w->n;
    for (size_t i = 0; i < w->n; i++) {
        bool capital = shape_asks_capital(shape, i);
        c->count[i] = c->pick[i] = 0;
        for (size_t k = 0; k < w->count[i]; k++)
            if ((w->capitals[i] >> k & 1) == capital)
                c->options[i][c->count[i]++] = w->options[i][k];
        if (product <= CANDIDATES_MAX)
            product *= c->count[i];
        if (product == 0)
            return 0;
    }
    return product;
}

static bool next_pick(struct choices *c)
{
    for (size_t i = 0; i < c->n; i++) {
        if (++c->pick[i] < c->count[i])
            return true;
        c->pick[i] = 0;
    }
    return false;
}

static bool try_shape(struct word *w, enum shape shape)
{
    struct choices c;
    uint32_t letters[WORD_MAX];
    size_t product = narrow(w, shape, &c);

    if (product > CANDIDATES_MAX || product > *w->setting->budget)
        return false;
    if (product == 0)
        return true;
    *w->setting->budget -= product;
    do {
        for (size_t i = 0; i < c.n; i++)
            letters[i] = c.options[i][c.pick[i]];
        take_candidate(w, letters, shape == SHAPE_SMALL);
    } while (next_pick(&c));
    return true;
}

// The one reading that is left, or NULL.
static const uint32_t *word_resolve(struct word *w)
{
    if (w->n > WORD_MAX)
        return NULL;
    for (enum shape shape = 0; shape < SHAPE_COUNT; shape++)
        if (shape_is_allowed(w, shape) && !try_shape(w, shape))
            return NULL;
    if (w->legal == 1)
        return w->rival && w->setting->kind != TEXT_SEX ? NULL : w->legal_one;
    return w->legal == 0 && w->fitting == 1 ? w->fitting_one : NULL;
}

static bool word_has_foreign(const cell *cells, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (cells[i] >= 0x80)
            return true;
    return false;
}

static bool beside_digit(const struct reading_text *t, size_t at, size_t n)
{
    return (at > 0 && t->cells[at - 1] >= '0' && t->cells[at - 1] <= '9') ||
           (at + n < t->n && t->cells[at + n] >= '0' && t->cells[at + n] <= '9');
}

// Half a word of some other people's: it does not say how the rest is spelt.
static bool beside_apostrophe(const struct reading_text *t, size_t at, size_t n)
{
    return (at > 0 && cell_is_apostrophe(t->cells[at - 1])) ||
           (at + n < t->n && cell_is_apostrophe(t->cells[at + n]));
}

// TP, TDP, KTT, Q., 12A, XIV, "bis": written otherwise than words are, wherever words are sound.
static bool is_abbreviation(const struct reading_text *t, const struct setting *s, size_t at,
                            size_t n)
{
    static const uint32_t bis[] = { 'b', 'i', 's' };
    const cell *letters = t->cells + at;
    size_t upper = 0, vowels = 0;

    for (size_t i = 0; i < n; i++) {
        upper += is_upper(letters[i]);
        vowels += letters[i] < 0x80 && strchr("AEIOUY", (int)letters[i]) != NULL;
    }
    return n == 1 || (at + n < t->n && t->cells[at + n] == '.') || beside_digit(t, at, n) ||
           (n == 3 && same_letters(letters, bis, n)) ||
           (upper == n && n <= ABBREVIATION_MAX && (vowels == 0 || s->style != STYLE_UPPER));
}

static bool word_is_spelt(const struct reading_text *t, const struct setting *s, size_t at,
                          size_t n)
{
    return t->kind == TEXT_SEX || beside_apostrophe(t, at, n) || is_syllable(t->cells + at, n) ||
           is_abbreviation(t, s, at, n);
}

// By the commas before and behind it. The first part of several may be a hamlet.
static enum area_part part_between(size_t before, size_t behind)
{
    if ((before == 0 && behind > 0) || behind >= PART_OTHER)
        return PART_OTHER;
    return (enum area_part)behind;
}

static size_t count_commas(const struct reading_text *t)
{
    size_t commas = 0;
    for (size_t i = 0; i < t->n; i++)
        commas += t->cells[i] == ',';
    return commas;
}

static void word_add_option(struct word *w, size_t i, uint32_t letter)
{
    w->capitals[i] |= (uint32_t)is_upper(letter) << w->count[i];
    w->options[i][w->count[i]++] = letter;
}

// The letters that the word's cell number i may be.
static void word_take_cell(struct word *w, size_t i, cell c)
{
    uint32_t options[CELL_OPTIONS_MAX];
    size_t n = cell_options(c, options);

    w->capitals[i] = 0;
    w->count[i] = 0;
    for (size_t k = 0; k < n; k++)
        if (cell_is_letter(options[k]))
            word_add_option(w, i, options[k]);
    if (n > 1 || w->count[i] == 0)
        return;
    w->upper += w->capitals[i] != 0;
    w->small += w->capitals[i] == 0;
}

// The word of n cells at `at`. Of the arrays only what the word needs is written.
static void word_open(struct word *w, const struct setting *s, const struct reading_text *t,
                      size_t at, size_t n)
{
    w->setting = s;
    w->n = n;
    w->after_apostrophe = at > 0 && cell_is_apostrophe(t->cells[at - 1]);
    w->upper = w->small = w->fitting = w->legal = 0;
    w->rival = false;
    for (size_t i = 0; i < n && n <= WORD_MAX; i++)
        word_take_cell(w, i, t->cells[at + i]);
}

// Reads the word of n cells at `at`.
static void read_word(struct reading *r, struct reading_text *t, const struct setting *s, size_t at,
                      size_t n)
{
    struct word w;

    if (!word_has_foreign(t->cells + at, n)) {
        r->unspelt |= r->open && !word_is_spelt(t, s, at, n);
        return;
    }
    r->words++;
    r->bad += beside_digit(t, at, n);
    word_open(&w, s, t, at, n);
    const uint32_t *found = word_resolve(&w);
    if (w.legal == 0 && (found == NULL || word_has_foreign(found, n))) {
        r->bad += t->kind == TEXT_SEX ? SEX_WEIGHT : 1;
        r->unspelt |= !beside_apostrophe(t, at, n);
        r->misspelt |= found == NULL || !syllable_may_be_foreign(found, n);
    }
    if (found != NULL) {
        memcpy(t->cells + at, found, n * sizeof *found);
        r->bad += s->style == STYLE_MIXED && n >= 2 && is_upper(found[1]); // "Nứ" read as "NỄ"
    }
    // The sex is one of two words, however names are spelt.
    t->by_spelling |= found != NULL && w.fitting > 1 && t->kind != TEXT_SEX;
    for (size_t i = 0; i < n; i++)
        t->ambiguous |= cell_is_choice(t->cells[at + i]);
}

static void settle_places(struct reading_text *t, size_t *budget)
{
    size_t end = t->n, commas = count_commas(t);
    for (size_t part = 0; part < PART_OTHER && end > 0; part++) {
        size_t start = end;
        while (start > 0 && t->cells[start - 1] != ',')
            start--;
        size_t blank = start;
        while (blank < end && t->cells[blank] == ' ')
            blank++;
        enum area_part is = part_between(commas - part, part);
        if (is != PART_OTHER)
            place_settle(t->cells + blank, end - blank, is == PART_PROVINCE, budget);
        if (is == PART_OTHER ||
            (is == PART_DISTRICT && place_is_commune(t->cells + blank, end - blank)))
            return;
        end = start > 0 ? start - 1 : 0;
    }
}

static bool is_word_border(cell c)
{
    return c == ' ' || c == ',' || c == '(';
}

static struct setting setting_of(const struct reading_text *t, size_t *budget)
{
    struct setting s = { .kind = t->kind, .part = PART_OTHER, .budget = budget };
    size_t upper = 0, small = 0, run = 0, longest = 0, capital_starts = 0, small_starts = 0;

    for (size_t i = 0; i < t->n; i++) {
        cell c = t->cells[i];
        bool letter = !cell_is_choice(c) && cell_is_letter(c), capital = letter && is_upper(c);
        bool start = letter && (i == 0 || is_word_border(t->cells[i - 1]));
        run = capital ? run + 1 : 0;
        longest = run > longest ? run : longest;
        upper += capital;
        small += letter && !capital;
        capital_starts += start && capital;
        small_starts += start && !capital;
    }
    s.style = small > 0 ? STYLE_MIXED : longest >= 2 && upper >= 4 ? STYLE_UPPER : STYLE_OPEN;
    s.starts_small =
        t->kind == TEXT_NAME ? small > 0 && upper == 0 : small_starts > 0 || capital_starts == 0;
    return s;
}

static bool begins_with_surname(const struct reading_text *t)
{
    size_t n = 0;
    while (n < t->n && cell_is_letter(t->cells[n]))
        n++;
    return syllable_is_among(t->cells, n, &lexicon_surnames);
}

static size_t doubt_about(const struct reading_text *t)
{
    if (t->kind == TEXT_NAME)
        return begins_with_surname(t) ? 0 : SURNAME_WEIGHT;
    return t->kind != TEXT_ADDRESS || place_ends_in_province(t->cells, t->n) ? 0 : PROVINCE_WEIGHT;
}

static size_t word_at(const struct reading_text *t, size_t at)
{
    size_t n = 0;
    while (at + n < t->n && is_word_cell(t->cells[at + n]))
        n++;
    return n;
}

static void read_words(struct reading *r, struct reading_text *t, struct setting *s)
{
    size_t before = 0, commas = t->kind == TEXT_ADDRESS ? count_commas(t) : 0;

    for (size_t at = 0; at < t->n;) {
        size_t n = word_at(t, at);
        if (commas > 0)
            s->part = part_between(before, commas - before);
        if (n > 0)
            read_word(r, t, s, at, n);
        before += at + n < t->n && t->cells[at + n] == ',';
        at += n + 1;
    }
}

static bool has_choices(const struct reading_text *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (cell_is_choice(t->cells[i]))
            return true;
    return false;
}

static void distrust_spelling(struct reading *r)
{
    for (size_t i = 0; i < r->n; i++)
        r->texts[i].ambiguous |= r->unspelt && r->texts[i].by_spelling;
}

void reading_resolve(struct reading *r)
{
    r->words = r->bad = r->doubt = 0;
    r->unspelt = r->misspelt = false;
    r->open = false;
    r->budget = BUDGET;
    for (size_t i = 0; i < r->n; i++)
        r->open |= has_choices(&r->texts[i]);
    for (size_t i = 0; i < r->n; i++) {
        struct reading_text *t = &r->texts[i];
        struct setting s = setting_of(t, &r->budget);
        if (t->kind == TEXT_ADDRESS && s.style != STYLE_UPPER && has_choices(t)) {
            settle_places(t, &r->budget);
            s = setting_of(t, &r->budget);
        }
        read_words(r, t, &s);
        r->doubt += doubt_about(t);
    }
    distrust_spelling(r);
}

void reading_check_spelling(struct reading *r)
{
    size_t budget = 0;

    for (size_t i = 0; i < r->n; i++) {
        const struct reading_text *t = &r->texts[i];
        struct setting s = setting_of(t, &budget);
        for (size_t at = 0; at < t->n; at++) {
            size_t n = word_at(t, at);
            r->unspelt |= n > 0 && !word_is_spelt(t, &s, at, n);
            at += n;
        }
    }
    distrust_spelling(r);
}

bool reading_eq(const struct reading *a, const struct reading *b)
{
    for (size_t i = 0; i < a->n; i++) {
        const struct reading_text *s = &a->texts[i], *t = &b->texts[i];
        if (s->n != t->n || s->ambiguous != t->ambiguous ||
            (s->n > 0 && memcmp(s->cells, t->cells, s->n * sizeof *s->cells) != 0))
            return false;
    }
    return true;
}
