// SPDX-License-Identifier: MIT
#include "text/damage.h"

#include "text/damage_mojibake.h"
#include "text/damage_reading.h"
#include "text/decimal.h"
#include "text/escape.h"
#include "text/legacy.h"
#include "text/letter.h"
#include "text/norm.h"
#include "text/utf8.h"

enum {
    MOJIBAKE_DEPTH = 3,  // UTF-8 taken for CP1252, again and again
    MARGIN = 2,          // a reading must be better than any other by so many words,
    WIDE_MARGIN = 3,     // and by so many where it has unknown words itself,
    UNKNOWN_SHARE = 4,   // at most one of so many
    DIGITS_MIN = 3,      // of a letter typed as its number
    UNSHOWN_MIN = 2,     // so many characters that nobody writes are damage
    CP437_BAD_SHARE = 3, // of what only CP437 shows, one word of three may be none
};

const char *damage_name(enum damage_kind kind)
{
#define DAMAGE_CODE(identifier, code) [identifier] = code,
    static const char *const names[] = { DAMAGE_KINDS(DAMAGE_CODE) };
#undef DAMAGE_CODE
    return kind < DAMAGE_KIND_COUNT ? names[kind] : "unknown";
}

// One text's characters; a byte that is no UTF-8 stands as U+FFFD.
struct points {
    uint32_t *p;
    size_t n;
};

struct line {
    struct arena *arena;
    struct damage_text *texts;
    size_t n;
    struct points *points; // of every text, once needed
    bool bad_utf8;
    bool ascii; // nothing else
    bool proof; // letters of Vietnamese that no code page of eight bits has
    bool pairs; // neighbours such as UTF-8's bytes become: not ASCII, or the second one lost ("?")
    bool ampersands;
    bool percents;
    bool digits;      // three in a row; fewer stand for no letter
    size_t odd;       // characters that our texts are not written with
    size_t odd_signs; // of them, those that may stand in an address for all that (°, ²)
    size_t strange;   // of them, those that nobody writes: controls, box drawings, CJK
};

static bool is_proof(uint32_t c)
{
    return c > 0xFF &&
           (letter_is_vietnamese(c) || letter_is_ethnic(c) || (c >= 0x300 && c < 0x370));
}

static bool is_odd_sign(uint32_t c)
{
    static const uint16_t signs[] = {
        0x9,  0xA0, 0xA7, 0xAA, 0xAB, 0xB0, 0xB1,   0xB2,   0xB3,   0xB4,   0xB5,   0xB7,
        0xBA, 0xBB, 0xBC, 0xBD, 0xBE, 0xD7, 0x201C, 0x201D, 0x2022, 0x2026, 0x2032, 0x2116,
    };
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (signs[i] == c)
            return true;
    return false;
}

// Invisible characters and typographic signs of U+20xx come by copying, not by damage.
static bool is_strange(uint32_t c)
{
    if (c < 0xA0)
        return true;
    if (c < 0x250 || (c >= 0x1E00 && c < 0x1F00) || (c >= 0x2000 && c < 0x2070))
        return false;
    return (c < 0x2B0 || c >= 0x370) && c != 0x20AB && c != 0x2116 && c != 0xFEFF;
}

static void survey_point(struct line *l, uint32_t c)
{
    l->ascii &= c < 0x80;
    l->proof |= is_proof(c);
    l->ampersands |= c == '&';
    l->percents |= c == '%';
    if (cell_is_permitted(c))
        return;
    l->odd++;
    if (is_odd_sign(c))
        l->odd_signs++;
    else
        l->strange += is_strange(c);
}

static void survey(struct line *l)
{
    l->ascii = true;
    for (size_t i = 0; i < l->n; i++) {
        struct str s = l->texts[i].text;
        bool after_foreign = false;
        size_t digits = 0;
        for (size_t at = 0; at < s.n;) {
            int32_t c = utf8_next(s, &at);
            bool foreign = c == UTF8_BAD || c >= 0x80;
            l->bad_utf8 |= c == UTF8_BAD;
            l->pairs |= after_foreign && (foreign || c == '?');
            after_foreign = foreign;
            digits = c >= '0' && c <= '9' ? digits + 1 : 0;
            l->digits |= digits >= DIGITS_MIN;
            survey_point(l, c == UTF8_BAD ? 0xFFFD : (uint32_t)c);
        }
    }
}

static bool take_points(struct line *l)
{
    l->points = arena_alloc(l->arena, l->n * sizeof *l->points);
    if (l->points == NULL)
        return false;
    for (size_t i = 0; i < l->n; i++) {
        struct str s = l->texts[i].text;
        struct points *points = &l->points[i];
        points->n = 0;
        points->p = arena_alloc(l->arena, s.n * sizeof *points->p);
        if (points->p == NULL)
            return false;
        for (size_t at = 0; at < s.n;) {
            int32_t c = utf8_next(s, &at);
            points->p[points->n++] = c == UTF8_BAD ? 0xFFFD : (uint32_t)c;
        }
    }
    return true;
}

// A reading with room for every text's bytes; false when memory is short.
static bool reading_open(const struct line *l, enum damage_kind kind, struct reading *r)
{
    *r = (struct reading){ .kind = kind, .n = l->n };
    r->texts = arena_alloc(l->arena, l->n * sizeof *r->texts);
    if (r->texts == NULL)
        return false;
    for (size_t i = 0; i < l->n; i++) {
        r->texts[i] = (struct reading_text){ .kind = l->texts[i].kind };
        r->texts[i].cells = arena_alloc(l->arena, l->texts[i].text.n * sizeof(cell));
        if (r->texts[i].cells == NULL)
            return false;
    }
    return true;
}

static struct str text_of(struct arena *arena, const struct reading_text *t)
{
    size_t room = t->n * 3 + 4;
    struct bytes out = { .p = arena_alloc(arena, room), .cap = room, .fixed = true };
    bool composed;

    if (out.p == NULL)
        return (struct str){ "", 0 };
    for (size_t i = 0; i < t->n; i++)
        utf8_put(&out, t->cells[i]);
    return norm_nfc(arena, bytes_str(&out), &composed);
}

// Hands the reading's texts to the caller.
static struct damage_report reading_deliver(struct line *l, const struct reading *r, bool certain)
{
    struct damage_report report = { DAMAGE_SOUND, r->kind, certain };
    bool ambiguous = false;

    for (size_t i = 0; i < l->n; i++) {
        struct damage_text *t = &l->texts[i];
        t->ambiguous = r->texts[i].ambiguous;
        ambiguous |= t->ambiguous;
        if (t->ambiguous)
            continue;
        t->repaired = text_of(l->arena, &r->texts[i]);
        t->changed = !l->arena->failed && !str_eq(t->repaired, t->text);
        if (t->changed)
            report.verdict = DAMAGE_REPAIRED;
    }
    if (report.verdict == DAMAGE_SOUND && ambiguous)
        report.verdict = DAMAGE_AMBIGUOUS;
    if (report.verdict == DAMAGE_SOUND)
        return (struct damage_report){ 0 };
    return report;
}

static bool undo_escapes(struct line *l, struct damage_report *report)
{
    bool html = false, percent = false;

    for (size_t i = 0; i < l->n; i++) {
        struct damage_text *t = &l->texts[i];
        bool by_percent = false, by_html = false, composed;
        struct str s = escape_undo_percent(l->arena, t->text, &by_percent);
        s = escape_undo_html(l->arena, s, &by_html);
        if (!(by_percent || by_html) || !utf8_is_valid(s))
            continue;
        t->repaired = norm_nfc(l->arena, s, &composed);
        t->changed = !l->arena->failed;
        percent |= by_percent;
        html |= by_html;
    }
    *report = (struct damage_report){ DAMAGE_REPAIRED, html ? DAMAGE_HTML : DAMAGE_PERCENT, true };
    return html || percent;
}

static bool mojibake_pass(const struct line *l, struct points *points, int (*byte_of)(uint32_t),
                          bool holes, struct reading *r, struct mojibake_tally *tally)
{
    if (!reading_open(l, DAMAGE_MOJIBAKE, r))
        return false;
    *tally = (struct mojibake_tally){ 0 };
    for (size_t i = 0; i < l->n; i++)
        if (!mojibake_read(points[i].p, points[i].n, byte_of, holes, r->texts[i].cells,
                           &r->texts[i].n, tally))
            return false;
    return true;
}

static bool mojibake_by(const struct line *l, int (*byte_of)(uint32_t), struct reading *r)
{
    struct mojibake_tally tally;
    struct points *points = arena_alloc(l->arena, l->n * sizeof *points);

    if (points == NULL)
        return false;
    memcpy(points, l->points, l->n * sizeof *points);
    for (int depth = 0; depth < MOJIBAKE_DEPTH; depth++) {
        if (!mojibake_pass(l, points, byte_of, false, r, &tally) || tally.whole == 0)
            return false;
        if (!tally.foreign)
            return true;
        for (size_t i = 0; i < l->n; i++)
            points[i] = (struct points){ r->texts[i].cells, r->texts[i].n };
    }
    return false;
}

static bool examine_mojibake(struct line *l, struct damage_report *report)
{
    struct reading r;
    struct mojibake_tally tally;

    if (mojibake_by(l, legacy_windows_byte, &r) || mojibake_by(l, legacy_cp437_byte, &r)) {
        *report = reading_deliver(l, &r, true);
        return true;
    }
    if (!mojibake_pass(l, l->points, legacy_windows_byte, true, &r, &tally) || tally.foreign ||
        tally.whole + tally.certain == 0)
        return false;
    reading_resolve(&r);
    *report = reading_deliver(l, &r, tally.holes == 0);
    return true;
}

static bool decimal_pass(const struct line *l, bool bytes, bool holes, struct reading *r,
                         struct decimal_tally *tally)
{
    enum damage_kind kind = bytes ? DAMAGE_UTF8_DECIMAL : DAMAGE_CODE_POINT_DECIMAL;

    *tally = (struct decimal_tally){ 0 };
    if (!reading_open(l, kind, r))
        return false;
    for (size_t i = 0; i < l->n; i++) {
        struct str s = l->texts[i].text;
        struct reading_text *t = &r->texts[i];
        bool number = str_is_digits(s) && t->kind == TEXT_OTHER;
        if (number) {
            for (t->n = 0; t->n < s.n; t->n++)
                t->cells[t->n] = (uint8_t)s.p[t->n];
        } else if (!(bytes ? decimal_read_bytes(s, holes, t, tally)
                           : decimal_read_points(s, t, tally))) {
            return false;
        }
    }
    return true;
}

static bool examine_decimal(struct line *l, struct damage_report *report)
{
    struct reading r;
    struct decimal_tally tally;

    bool found = decimal_pass(l, true, true, &r, &tally);
    if (!found || (tally.holes > 0 && tally.whole_late))
        found = decimal_pass(l, true, false, &r, &tally);
    if (found && tally.sure > 0) {
        if (tally.holes > 0)
            reading_resolve(&r);
        *report = reading_deliver(l, &r, tally.holes == 0);
        return true;
    }
    if (decimal_pass(l, false, false, &r, &tally) && tally.sure > 0) {
        reading_check_spelling(&r);
        *report = reading_deliver(l, &r, false);
        return true;
    }
    return false;
}

static bool name_has_numbers(const struct line *l)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->texts[i].kind == TEXT_NAME && decimal_in_word(l->texts[i].text))
            return true;
    return false;
}

// In CP437 these ASCII characters are images of letters: h i of Ũ ũ, l m of Ŭ ŭ, N O of Ŏ ŏ.
static bool is_cp437_image(uint32_t c)
{
    return c >= 0x80 || c < ' ' || strchr("hilmNO", (int)c) != NULL;
}

static bool is_digit_at(struct points s, size_t at)
{
    return at < s.n && s.p[at] >= '0' && s.p[at] <= '9';
}

// ( and ) are images of Ĩ and ĩ where they cannot be parentheses. Either may be in a text that has
// both, inside a word, and in one that has only one of them, outside; so may - (of ĭ) at the end of
// a word. No letter stands beside a digit.
static cell cp437_sign(struct points s, size_t at, bool both, bool *ambiguous)
{
    uint32_t c = s.p[at];
    bool after = at > 0 && s.p[at - 1] != ' ' && s.p[at - 1] != ',';
    bool before = at + 1 < s.n && s.p[at + 1] != ' ' && s.p[at + 1] != ',';

    if (c == '-') {
        *ambiguous |= after && !before;
        return c;
    }
    if (is_digit_at(s, at + 1) || (at > 0 && is_digit_at(s, at - 1)))
        return c;
    *ambiguous |= both == after;
    if (!after)
        return c;
    return c == '(' ? 0x128 : 0x129;
}

static bool cp437_text(struct points s, struct reading_text *out)
{
    bool opens = false, closes = false;
    for (size_t i = 0; i < s.n; i++) {
        opens |= s.p[i] == '(';
        closes |= s.p[i] == ')';
    }
    for (out->n = 0; out->n < s.n; out->n++) {
        uint32_t c = s.p[out->n];
        int byte = c == 0xA0 ? ' ' : legacy_cp437_byte(c);
        cell *to = &out->cells[out->n];
        if (byte < 0)
            return false;
        *to = (cell)byte;
        if (byte == '(' || byte == ')' || byte == '-') {
            *to = cp437_sign(s, out->n, opens && closes, &out->ambiguous);
        } else if (is_cp437_image((uint32_t)byte)) {
            *to = cell_choice(CHOICE_CP437, (uint32_t)byte);
            uint32_t first = cell_first(*to);
            if (!cell_is_permitted(first))
                return false;
            if (!cell_is_letter(first))
                *to = first;
        }
    }
    return true;
}

static bool read_cp437(const struct line *l, struct reading *r)
{
    if (l->bad_utf8 || l->odd == 0 || !reading_open(l, DAMAGE_CP437, r))
        return false;
    for (size_t i = 0; i < l->n; i++)
        if (!cp437_text(l->points[i], &r->texts[i]))
            return false;
    reading_resolve(r);
    return true;
}

// The bytes as they came, or those that CP1252 shows as the characters that came.
static const uint8_t *source_bytes(const struct line *l, size_t i, size_t *n)
{
    struct str s = l->texts[i].text;
    struct points points = l->points[i];

    if (l->bad_utf8)
        return *n = s.n, (const uint8_t *)s.p;
    uint8_t *bytes = arena_alloc(l->arena, points.n);
    for (*n = 0; bytes != NULL && *n < points.n; ++*n) {
        int byte = legacy_latin_byte(points.p[*n]);
        if (byte < 0)
            return NULL;
        bytes[*n] = (uint8_t)byte;
    }
    return bytes;
}

// A line with toned capitals of the table's own was not typed in a font that lacks them: its small
// letters are small.
static void settle_case(struct reading *r)
{
    bool capitals = false;
    for (size_t i = 0; i < r->n; i++) {
        for (size_t k = 0; k < r->texts[i].n; k++) {
            struct letter c = letter_of(r->texts[i].cells[k]);
            bool shared = r->kind == DAMAGE_TCVN3 || c.tone == TONE_DOT;
            capitals |= c.base != 0 && c.upper && c.tone != TONE_NONE && shared;
        }
    }
    for (size_t i = 0; i < r->n && capitals; i++)
        for (size_t k = 0; k < r->texts[i].n; k++)
            if (cell_is_choice(r->texts[i].cells[k]))
                r->texts[i].cells[k] = cell_first(r->texts[i].cells[k]);
}

static bool read_legacy(const struct line *l, enum legacy legacy, struct reading *r)
{
    static const enum damage_kind kinds[LEGACY_COUNT] = {
        [LEGACY_CP1258] = DAMAGE_CP1258,  [LEGACY_TCVN3] = DAMAGE_TCVN3,
        [LEGACY_VNI] = DAMAGE_VNI,        [LEGACY_VPS] = DAMAGE_VPS,
        [LEGACY_VISCII] = DAMAGE_UNKNOWN,
    };
    if (!reading_open(l, kinds[legacy], r))
        return false;
    for (size_t i = 0; i < l->n; i++) {
        size_t n;
        const uint8_t *bytes = source_bytes(l, i, &n);
        if (bytes == NULL || !legacy_read(legacy, bytes, n, r->texts[i].cells, &r->texts[i].n))
            return false;
    }
    settle_case(r);
    reading_resolve(r);
    return true;
}

// The text as it came: the rival of all readings, where it can be one.
static bool read_as_is(const struct line *l, struct reading *r)
{
    if (l->bad_utf8 || l->odd > l->odd_signs || !reading_open(l, DAMAGE_NONE, r))
        return false;
    for (size_t i = 0; i < l->n; i++) {
        r->texts[i].n = l->points[i].n;
        memcpy(r->texts[i].cells, l->points[i].p, l->points[i].n * sizeof(cell));
    }
    reading_resolve(r);
    r->bad += l->odd;
    return true;
}

static struct damage_report ambiguous_report(struct line *l)
{
    for (size_t i = 0; i < l->n; i++) {
        struct str s = l->texts[i].text;
        for (size_t at = 0; at < s.n && !l->texts[i].ambiguous; at++)
            l->texts[i].ambiguous = (unsigned char)s.p[at] >= 0x80 || s.p[at] < ' ';
    }
    return (struct damage_report){ DAMAGE_AMBIGUOUS, DAMAGE_UNKNOWN, false };
}

static struct damage_report unexplained(const struct line *l)
{
    bool damaged = l->bad_utf8 || l->strange > 0 || (l->ascii && name_has_numbers(l)) ||
                   (!l->proof && l->odd - l->odd_signs >= UNSHOWN_MIN);
    if (damaged)
        return (struct damage_report){ DAMAGE_UNREADABLE, DAMAGE_UNKNOWN, false };
    return (struct damage_report){ 0 };
}

static size_t score(const struct reading *r)
{
    return r->bad + r->doubt;
}

static bool is_good_enough(const struct line *l, const struct reading *r)
{
    if (r->kind == DAMAGE_CP437 && l->strange > 0)
        return r->bad * CP437_BAD_SHARE <= r->words;
    return !r->misspelt && r->bad * UNKNOWN_SHARE <= r->words &&
           (r->kind != DAMAGE_NONE || r->bad == 0);
}

// The reading with the fewest words that are none wins, if no other comes near.
static struct damage_report compare_readings(struct line *l)
{
    struct reading readings[LEGACY_COUNT + 2];
    size_t n = 0, best = 0;

    n += read_as_is(l, &readings[n]);
    // No reading can be better than this one by the margin, so none needs to be made.
    if (n > 0 && score(&readings[0]) < MARGIN)
        return unexplained(l);
    n += read_cp437(l, &readings[n]);
    for (enum legacy legacy = 0; legacy < LEGACY_COUNT; legacy++)
        n += read_legacy(l, legacy, &readings[n]);
    for (size_t i = 1; i < n; i++)
        if (score(&readings[i]) < score(&readings[best]))
            best = i;
    if (n == 0 || !is_good_enough(l, &readings[best]))
        return unexplained(l);
    size_t margin = readings[best].bad == 0 ? MARGIN : WIDE_MARGIN;
    for (size_t i = 0; i < n; i++) {
        if (reading_eq(&readings[i], &readings[best]) ||
            score(&readings[i]) >= score(&readings[best]) + margin)
            continue;
        // Sound text is the likeliest of all.
        return readings[0].kind == DAMAGE_NONE ? unexplained(l) : ambiguous_report(l);
    }
    if (readings[best].kind == DAMAGE_NONE)
        return unexplained(l);
    if (readings[best].kind == DAMAGE_UNKNOWN)
        return (struct damage_report){ DAMAGE_UNREADABLE, DAMAGE_UNKNOWN, false };
    return reading_deliver(l, &readings[best], false);
}

static bool is_settled(const struct line *l)
{
    bool clean = !l->bad_utf8 && l->odd == 0 && !l->ampersands && !l->percents;
    return clean && (l->proof || (l->ascii && !l->digits));
}

struct damage_report damage_examine(struct arena *arena, struct damage_text *texts, size_t n)
{
    struct line l = { .arena = arena, .texts = texts, .n = n };
    struct damage_report report = { 0 };

    for (size_t i = 0; i < n; i++) {
        texts[i].repaired = texts[i].text;
        texts[i].changed = texts[i].ambiguous = false;
    }
    survey(&l);
    if (is_settled(&l))
        return report;
    if ((l.ampersands || l.percents) && undo_escapes(&l, &report))
        return report;
    if (l.ascii && l.odd == 0)
        return l.digits && examine_decimal(&l, &report) ? report : unexplained(&l);
    if (l.odd == 0 && l.proof)
        return (struct damage_report){ 0 };
    if (!take_points(&l) || (!l.bad_utf8 && l.pairs && examine_mojibake(&l, &report)))
        return report;
    return l.proof ? unexplained(&l) : compare_readings(&l);
}

static bool is_separator(struct str escaped, bool html)
{
    static const char *const percent[] = { "%7C", "%7c" };
    static const char *const references[] = { "&#124;", "&#x7c;", "&#x7C;",   "&#X7C;",
                                              "&#X7c;", "&vert;", "&verbar;", "&VerticalLine;" };
    for (size_t i = 0; i < (html ? sizeof references / sizeof references[0] : 2); i++)
        if (str_starts(escaped, str_of(html ? references[i] : percent[i])))
            return true;
    return false;
}

static bool has_separator(struct str line, bool html)
{
    for (size_t at = 0; at < line.n; at++)
        if (line.p[at] == (html ? '&' : '%') && is_separator(str_from(line, at), html))
            return true;
    return false;
}

enum damage_kind damage_unescape_line(struct arena *arena, struct str line, struct str *out)
{
    bool changed = false;

    *out = line;
    if (has_separator(line, false)) {
        *out = escape_undo_percent(arena, line, &changed);
        if (changed)
            return DAMAGE_PERCENT;
    }
    if (has_separator(line, true)) {
        *out = escape_undo_html(arena, line, &changed);
        if (changed)
            return DAMAGE_HTML;
    }
    return DAMAGE_NONE;
}
