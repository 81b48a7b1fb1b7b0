// SPDX-License-Identifier: MIT
#include "text/damage_reading.h"

#include "text/letter.h"
#include "text/syllable.h"

enum {
    WORD_MAX = 16,           // letters; a longer run is no word
    CANDIDATES_MAX = 4096,   // of one word
    BUDGET = 2 * 1000 * 1000, // candidates of one line, so that hostile lines end
    SEX_WEIGHT = 3,           // the sex has two words alone: another one refutes a reading
};

enum style {
    STYLE_MIXED, // some letter of the text is small for certain
    STYLE_UPPER, // all are capitals
    STYLE_OPEN,  // too few letters to tell
};

enum shape { SHAPE_TITLE, SHAPE_UPPER, SHAPE_SMALL, SHAPE_COUNT };

// What is known of the text around a word.
struct setting {
    enum text_kind kind;
    enum style style;
    bool starts_small; // some word surely begins with a small letter
    size_t *budget;
};

struct word {
    const struct setting *setting;
    size_t n;
    bool after_apostrophe;
    bool choice;
    cell cells[WORD_MAX];
    size_t count[WORD_MAX];
    uint32_t options[WORD_MAX][CELL_OPTIONS_MAX];
    size_t total; // candidates of a fitting shape
    size_t legal; // those that are words
    uint32_t found[WORD_MAX];
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

// Is the word one of those given, as ASCII letters with 'U' for ũ, in any case?
static bool is_among(const uint32_t *letters, size_t n, const char *const *words, size_t count)
{
    for (size_t w = 0; w < count; w++) {
        size_t i = 0;
        while (i < n && words[w][i] != '\0') {
            struct letter l = letter_of(letters[i]);
            char c = l.base == 'u' && l.tone == TONE_TILDE ? 'U' : l.base;
            if (c != words[w][i])
                break;
            i++;
        }
        if (i == n && words[w][i] == '\0')
            return true;
    }
    return false;
}

// CP437 shows ũ as i. Spelling allows ũ in nearly every place of i; these are the words that there
// are, of those whose reading with i is a word as well.
static bool tilde_u_is_word(const uint32_t *letters, size_t n)
{
    static const char *const words[] = {
        "cU", "chU", "dU", "hU", "lU", "mU", "ngU", "nhU", "phU", "rU", "tU", "thU", "trU", "vU",
        "xU", "dUa", "giUa", "lUa", "rUa", "mUn", "nhUn", "cUn", "lUn", "chUm", "lUm", "cUm", "tUm",
    };
    bool open = false;
    for (size_t i = 0; i < n; i++) {
        struct letter l = letter_of(letters[i]);
        open |= l.base == 'u' && l.tone == TONE_TILDE &&
                (i + 1 == n || strchr("amn", letter_of(letters[i + 1]).base) != NULL);
        open &= i + 2 >= n || letter_of(letters[n - 1]).base != 'g';
    }
    return !open || is_among(letters, n, words, sizeof words / sizeof words[0]);
}

static bool from_ascii(const struct word *w, const uint32_t *letters)
{
    for (size_t i = 0; i < w->n; i++)
        if (cell_is_choice(w->cells[i]) && (w->cells[i] & 0x0FFFFFFF) < 0x80 && letters[i] >= 0x80)
            return true;
    return false;
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
        { 0x1EA5, 'p' },                          // ấp
        { 0x1EDF },                               // ở
        { 0x111, 0x1B0, 0x1EDD, 'n', 'g' },       // đường
        { 0x111, 0x1ED9, 'i' },                   // đội
        { 0x111, 0x1EA1, 'i' },                   // đại
    };
    static const size_t lengths[] = { 2, 1, 5, 3, 3 };
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++)
        if (lengths[i] == n && same_letters(words[i], letters, n))
            return true;
    return false;
}

static bool is_word(const struct word *w, const uint32_t *letters)
{
    if (w->setting->kind == TEXT_SEX)
        return is_sex(letters, w->n);
    if (syllable_is_known(letters, w->n))
        return true;
    if (!syllable_is_legal(letters, w->n))
        return false;
    return !from_ascii(w, letters) || tilde_u_is_word(letters, w->n);
}

static bool shape_takes(enum shape shape, size_t at, uint32_t c)
{
    return is_upper(c) == (shape == SHAPE_UPPER || (shape == SHAPE_TITLE && at == 0));
}

// Which shapes a word may have where it stands.
static bool shape_is_allowed(const struct word *w, enum shape shape)
{
    const struct setting *s = w->setting;
    size_t upper = 0, small = 0;

    for (size_t i = 0; i < w->n; i++) {
        if (w->count[i] == 1 && cell_is_letter(w->options[i][0])) {
            upper += is_upper(w->options[i][0]);
            small += !is_upper(w->options[i][0]);
        }
    }
    switch (shape) {
    case SHAPE_TITLE:
        return s->style != STYLE_UPPER || w->n == 1;
    case SHAPE_UPPER:
        if (upper >= 2 && small == 0)
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

static void take_candidate(struct word *w, const uint32_t *letters, bool small)
{
    if (small && !small_suits(w, letters))
        return;
    bool known = w->total > 0 && same_letters(w->found, letters, w->n);
    if (known)
        return;
    bool legal = is_word(w, letters);
    w->total++;
    w->legal += legal;
    if (w->total == 1 || (legal && w->legal == 1))
        memcpy(w->found, letters, w->n * sizeof *letters);
}

// The options of every cell that suit the shape; the product of their numbers, 0 when there is
// none.
static size_t narrow(const struct word *w, enum shape shape, uint32_t options[][CELL_OPTIONS_MAX],
                     size_t *count)
{
    size_t product = 1;
    for (size_t i = 0; i < w->n; i++) {
        count[i] = 0;
        for (size_t k = 0; k < w->count[i]; k++)
            if (shape_takes(shape, i, w->options[i][k]) && cell_is_letter(w->options[i][k]))
                options[i][count[i]++] = w->options[i][k];
        if (product <= CANDIDATES_MAX)
            product *= count[i];
    }
    return product;
}

static bool try_shape(struct word *w, enum shape shape)
{
    uint32_t options[WORD_MAX][CELL_OPTIONS_MAX];
    uint32_t letters[WORD_MAX];
    size_t count[WORD_MAX];
    size_t product = narrow(w, shape, options, count);

    if (product > CANDIDATES_MAX || product > *w->setting->budget)
        return false;
    *w->setting->budget -= product;
    for (size_t number = 0; number < product; number++) {
        size_t rest = number;
        for (size_t i = 0; i < w->n; i++) {
            letters[i] = options[i][rest % count[i]];
            rest /= count[i];
        }
        take_candidate(w, letters, shape == SHAPE_SMALL);
    }
    return true;
}

// True when exactly one reading is left; it stands in found.
static bool word_resolve(struct word *w)
{
    for (enum shape shape = 0; shape < SHAPE_COUNT; shape++)
        if (shape_is_allowed(w, shape) && !try_shape(w, shape))
            return false;
    return w->legal == 1 || (w->legal == 0 && w->total == 1);
}

static bool word_has_foreign(const cell *cells, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (cells[i] >= 0x80)
            return true;
    return false;
}

// Reads the word of n cells at `at`.
static void read_word(struct reading *r, struct reading_text *t, const struct setting *s, size_t at,
                      size_t n)
{
    struct word w = { .setting = s, .n = n };
    bool digit = (at > 0 && t->cells[at - 1] >= '0' && t->cells[at - 1] <= '9') ||
                 (at + n < t->n && t->cells[at + n] >= '0' && t->cells[at + n] <= '9');
    bool foreign = word_has_foreign(t->cells + at, n);

    if (!foreign)
        return;
    r->words++;
    r->bad += digit;
    w.after_apostrophe = at > 0 && cell_is_apostrophe(t->cells[at - 1]);
    for (size_t i = 0; i < n && n <= WORD_MAX; i++) {
        w.cells[i] = t->cells[at + i];
        w.choice |= cell_is_choice(w.cells[i]);
        w.count[i] = cell_options(w.cells[i], w.options[i]);
    }
    if (n <= WORD_MAX && word_resolve(&w)) {
        memcpy(t->cells + at, w.found, n * sizeof *w.found);
        if (w.legal == 0 && word_has_foreign(w.found, n))
            r->bad += t->kind == TEXT_SEX ? SEX_WEIGHT : 1;
        return;
    }
    if (w.legal == 0)
        r->bad += t->kind == TEXT_SEX ? SEX_WEIGHT : 1;
    for (size_t i = 0; i < n; i++)
        t->ambiguous |= cell_is_choice(t->cells[at + i]);
}

static struct setting setting_of(const struct reading_text *t, size_t *budget)
{
    struct setting s = { .kind = t->kind, .budget = budget };
    size_t upper = 0, small = 0, run = 0, longest = 0, capital_starts = 0, small_starts = 0;

    for (size_t i = 0; i < t->n; i++) {
        cell c = t->cells[i];
        bool letter = !cell_is_choice(c) && cell_is_letter(c);
        bool start = letter && (i == 0 || t->cells[i - 1] == ' ' || t->cells[i - 1] == ',');
        run = letter && is_upper(c) ? run + 1 : 0;
        longest = run > longest ? run : longest;
        upper += letter && is_upper(c);
        small += letter && !is_upper(c);
        capital_starts += start && is_upper(c);
        small_starts += start && !is_upper(c);
    }
    s.style = small > 0 ? STYLE_MIXED : longest >= 2 && upper >= 4 ? STYLE_UPPER : STYLE_OPEN;
    s.starts_small = t->kind == TEXT_NAME ? small > 0 && upper == 0
                                          : small_starts > 0 || capital_starts == 0;
    return s;
}

void reading_resolve(struct reading *r)
{
    r->words = r->bad = 0;
    r->budget = BUDGET;
    for (size_t i = 0; i < r->n; i++) {
        struct reading_text *t = &r->texts[i];
        struct setting s = setting_of(t, &r->budget);
        for (size_t at = 0; at < t->n;) {
            size_t n = 0;
            while (at + n < t->n && is_word_cell(t->cells[at + n]))
                n++;
            if (n > 0)
                read_word(r, t, &s, at, n);
            at += n + 1;
        }
    }
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
