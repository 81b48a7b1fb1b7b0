// SPDX-License-Identifier: MIT
#include "text/decimal.h"

#include "text/legacy.h"
#include "text/letter.h"
#include "text/syllable.h"

enum { TOKEN_MAX = 32, TYPED_BYTE = 4, HOUSE_NUMBER_MAX = 5 };

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_letter(char c)
{
    return is_small(c) || (c >= 'A' && c <= 'Z');
}

static bool is_token_char(char c)
{
    return is_letter(c) || char_is_digit(c);
}

static size_t run_of(struct str s, size_t at, bool (*is)(char))
{
    size_t n = 0;
    while (at + n < s.n && is(s.p[at + n]))
        n++;
    return n;
}

static unsigned number_at(struct str s, size_t at, size_t digits)
{
    unsigned value = 0;
    for (size_t i = at; i < at + digits; i++) {
        if (i >= s.n || !char_is_digit(s.p[i]))
            return 0;
        value = value * 10 + (unsigned)(s.p[i] - '0');
    }
    return value;
}

bool decimal_in_word(struct str s)
{
    for (size_t at = 0; at < s.n;) {
        size_t n = run_of(s, at, char_is_digit);
        if (n >= 3 &&
            ((at > 0 && is_letter(s.p[at - 1])) || (at + n < s.n && is_letter(s.p[at + n]))))
            return true;
        at += n > 0 ? n : 1;
    }
    return false;
}

static bool has_digit(const cell *cells, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (cells[i] >= '0' && cells[i] <= '9')
            return true;
    return false;
}

// The byte typed at `at`, 128 to 255; 0 when there is none.
static uint8_t typed_byte(struct str s, size_t at)
{
    unsigned value = at < s.n && s.p[at] == '0' ? number_at(s, at, TYPED_BYTE) : 0;
    return value >= 0x80 && value <= 0xFF ? (uint8_t)value : 0;
}

static bool is_tail(uint8_t byte)
{
    return byte >= 0x80 && byte < 0xC0;
}

// The letter typed at `at`, or 0. *bytes is how many bytes it took; late: one of them is among
// those that Windows may swallow.
static cell typed_letter(struct str s, size_t at, bool holes, size_t *bytes, bool *late)
{
    uint8_t lead = typed_byte(s, at), second = typed_byte(s, at + TYPED_BYTE);
    uint8_t third = typed_byte(s, at + 2 * TYPED_BYTE);
    bool three = lead == 0xE1 && (second == 0xBA || second == 0xBB);
    uint8_t last = three ? third : second;
    uint32_t c;

    if (!three && (lead < 0xC3 || lead > 0xC6))
        return 0;
    *bytes = three ? 3 : 2;
    *late = is_tail(last) && last < 0xA0 && legacy_cp1252_has(last);
    if (!is_tail(last)) {
        *bytes -= 1;
        bool swallowed = holes && (three ? second == 0xBB : lead == 0xC3 || lead == 0xC4);
        return !swallowed ? 0
                          : cell_choice(CHOICE_HOLE_SWALLOWED,
                                        three ? (uint32_t)lead << 8 | second : lead);
    }
    c = three ? 0x1000u | (second & 0x3Fu) << 6 | (last & 0x3Fu)
              : (lead & 0x1Fu) << 6 | (last & 0x3Fu);
    return cell_is_letter(c) ? c : 0;
}

// U+2018 and U+2019 are typed as well: 0226 0128 0153.
static cell typed_apostrophe(struct str s, size_t at)
{
    uint8_t last = typed_byte(s, at + 2 * TYPED_BYTE);
    if (typed_byte(s, at) != 0xE2 || typed_byte(s, at + TYPED_BYTE) != 0x80)
        return 0;
    return last == 0x98 || last == 0x99 || last == 0x93 || last == 0x94 ? 0x2000u | (last & 0x3Fu)
                                                                        : 0;
}

bool decimal_read_bytes(struct str s, bool holes, struct reading_text *out,
                        struct decimal_tally *tally)
{
    bool after_letter = false;

    out->n = 0;
    for (size_t at = 0; at < s.n;) {
        size_t bytes = 3;
        bool late = true;
        cell c = typed_apostrophe(s, at);
        if (c == 0)
            c = typed_letter(s, at, holes, &bytes, &late);
        if (c == 0) {
            after_letter = is_letter(s.p[at]);
            out->cells[out->n++] = (uint8_t)s.p[at++];
            continue;
        }
        at += bytes * TYPED_BYTE;
        out->cells[out->n++] = c;
        tally->whole_late |= late;
        tally->holes += cell_is_choice(c);
        // One byte alone (À with its second one swallowed) looks like a number.
        if ((after_letter || (at < s.n && is_letter(s.p[at]))) && bytes > 1)
            tally->sure++;
        after_letter = true;
    }
    return (out->kind != TEXT_NAME && out->kind != TEXT_SEX) || !has_digit(out->cells, out->n);
}

struct token {
    struct str s;
    enum text_kind kind;
    bool text_has_small;
    bool first;    // of the whole text, which has other parts
    bool alone;    // between two commas
    bool slashed;  // beside "/" or "-"
    bool numbered; // after a word such as "Số" or "Lô"
    bool before_number;
    uint32_t letters[TOKEN_MAX];
    size_t n;
    size_t left; // digits behind the last letter that stand for no letter
};

static uint32_t point_at(struct str s, size_t at, size_t *digits)
{
    for (*digits = 3; *digits <= 4; ++*digits) {
        uint32_t c = number_at(s, at, *digits);
        if (c >= 0x80 && (c < 1000) == (*digits == 3) &&
            (cell_is_letter(c) || cell_is_apostrophe(c)))
            return c;
    }
    return 0;
}

// False when the token has digits within that stand for no letter.
static bool decode_token(struct token *t)
{
    t->n = t->left = 0;
    for (size_t at = 0; at < t->s.n && t->n < TOKEN_MAX;) {
        size_t digits = 1;
        uint32_t c = (uint8_t)t->s.p[at];
        if (char_is_digit(t->s.p[at]) && (c = point_at(t->s, at, &digits)) == 0) {
            t->left = run_of(t->s, at, char_is_digit);
            return at > 0 && at + t->left == t->s.n;
        }
        t->letters[t->n++] = c;
        at += digits;
    }
    return t->n < TOKEN_MAX;
}

static bool is_upper(uint32_t c)
{
    struct letter l = letter_of(c);
    return l.base != 0 ? l.upper : c % 2 == 0;
}

static bool shape_fits(const struct token *t, size_t start, size_t n)
{
    size_t upper = 0;
    for (size_t i = 1; i < n; i++)
        upper += is_upper(t->letters[start + i]);
    if (upper == 0)
        return start > 0 || t->kind == TEXT_ADDRESS || is_upper(t->letters[start]);
    return upper == n - 1 && is_upper(t->letters[start]) && !t->text_has_small;
}

static bool is_sex(const struct token *t)
{
    return t->n == 2 && t->letters[0] == 'N' && (t->letters[1] | 1) == 0x1EEF;
}

// Is what the token stands for a word?
static bool is_word(const struct token *t)
{
    size_t start = 0;
    if (t->kind == TEXT_SEX)
        return is_sex(t);
    for (size_t i = 0; i <= t->n; i++) {
        if (i < t->n && !cell_is_apostrophe(t->letters[i]))
            continue;
        size_t n = i - start;
        if (n > 0 && (!shape_fits(t, start, n) || (!syllable_is_legal(t->letters + start, n) &&
                                                   !syllable_is_known(t->letters + start, n))))
            return false;
        start = i + 1;
    }
    return t->n > 0;
}

// No house number has digits between letters or behind a small one.
static bool is_sure(const struct token *t)
{
    for (size_t at = 0; at < t->s.n;) {
        size_t n = run_of(t->s, at, char_is_digit);
        size_t before = at, after = t->s.n - at - n;
        if (n >= 3 && ((before >= 2 && is_small(t->s.p[at - 1])) || (before > 0 && after > 0) ||
                       (after >= 2 && is_small(t->s.p[at + n]))))
            return true;
        at += n > 0 ? n : 1;
    }
    return false;
}

enum meaning { MEANS_NUMBER, MEANS_WORD, MEANS_EITHER };

// The letters that are words of places' names by themselves and may begin them: Ô Môn, Ý Yên, É
// Tòng, Ủ, Ỷ La and the like.
static bool begins_place(uint32_t c)
{
    static const uint16_t letters[] = { 0xC1, 0xC9,  0xCA,   0xD3,   0xD4,  0xDA,
                                        0xDD, 0x1A0, 0x1ED4, 0x1EE6, 0x1EF6 };
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
        if (letters[i] == c)
            return true;
    return false;
}

// Digits alone. One letter is a word behind another word (Mường É), or before one; of house numbers
// at the start of an address only those are taken for words that begin places.
static enum meaning meaning_of_digits(const struct token *t)
{
    if (t->n > 1)
        return t->slashed || t->numbered ? MEANS_EITHER : MEANS_WORD;
    if (t->slashed || t->numbered || t->alone || !is_upper(t->letters[0]))
        return MEANS_NUMBER;
    bool house = t->first && t->s.n == 3 && !begins_place(t->letters[0]);
    return house ? MEANS_NUMBER : MEANS_EITHER;
}

static enum meaning meaning_of(const struct token *t)
{
    bool letter_first = is_letter(t->s.p[0]);

    if (t->left > 0)
        return is_word(t) && t->n > 1 && t->left < 3 ? MEANS_EITHER : MEANS_NUMBER;
    if (is_sure(t))
        return MEANS_WORD;
    if (!is_word(t)) { // a word of some other people's, or TT212
        bool long_enough = t->n > (t->kind == TEXT_ADDRESS ? 2 : 1);
        return long_enough && !str_is_digits(t->s) && shape_fits(t, 0, t->n) ? MEANS_EITHER
                                                                             : MEANS_NUMBER;
    }
    if (str_is_digits(t->s))
        return meaning_of_digits(t);
    if (t->s.n > HOUSE_NUMBER_MAX)
        return MEANS_WORD;
    if (t->slashed || t->numbered)
        return MEANS_EITHER;
    if (!letter_first && t->s.n == HOUSE_NUMBER_MAX && is_small(t->s.p[t->s.n - 1]))
        return MEANS_WORD;
    if (!letter_first || t->s.n < HOUSE_NUMBER_MAX)
        return t->alone || (t->first && !t->before_number) ? MEANS_EITHER : MEANS_WORD;
    return t->alone ? MEANS_EITHER : MEANS_WORD;
}

enum { ANNOUNCER_MAX = 5 };

// Words that a number follows, in small letters: số, lô, hẻm, hẽm, ngõ, ngách, kiệt, phòng, căn,
// nhà, tầng, block.
static const uint16_t announcers[][ANNOUNCER_MAX] = {
    { 's', 0x1ED1 },           { 'l', 0xF4 },
    { 'h', 0x1EBB, 'm' },      { 'h', 0x1EBD, 'm' },
    { 'n', 'g', 0xF5 },        { 'n', 'g', 0xE1, 'c', 'h' },
    { 'k', 'i', 0x1EC7, 't' }, { 'p', 'h', 0xF2, 'n', 'g' },
    { 'c', 0x103, 'n' },       { 'n', 'h', 0xE0 },
    { 't', 0x1EA7, 'n', 'g' }, { 'b', 'l', 'o', 'c', 'k' },
};

static bool is_announcer(const uint16_t *word, const uint32_t *letters, size_t n)
{
    size_t i = 0;
    for (; i < n && i < ANNOUNCER_MAX && word[i] != 0; i++) {
        struct letter l = letter_of(letters[i]);
        l.upper = false;
        if (letter_code_point(l) != word[i])
            return false;
    }
    return i == n && (i == ANNOUNCER_MAX || word[i] == 0);
}

static bool announces_number(const struct token *t)
{
    for (size_t i = 0; i < sizeof announcers / sizeof announcers[0]; i++)
        if (is_announcer(announcers[i], t->letters, t->n))
            return true;
    return false;
}

static bool beside(struct str s, size_t at, size_t n, const char *signs)
{
    return (at > 0 && strchr(signs, s.p[at - 1]) != NULL) ||
           (at + n < s.n && strchr(signs, s.p[at + n]) != NULL);
}

static bool part_begins(struct str s, size_t at)
{
    while (at > 0 && s.p[at - 1] == ' ')
        at--;
    return at == 0 || s.p[at - 1] == ',';
}

static bool part_ends(struct str s, size_t at)
{
    while (at < s.n && s.p[at] == ' ')
        at++;
    return at == s.n || s.p[at] == ',';
}

static void look_around(struct token *t, struct str s, size_t at)
{
    size_t end = at + t->s.n;
    t->alone = part_begins(s, at) && part_ends(s, end);
    t->first = at == 0 && str_find(s, ',') < s.n;
    t->slashed = beside(s, at, t->s.n, "/-");
    t->before_number = end + 1 < s.n && s.p[end] == ' ' && char_is_digit(s.p[end + 1]) &&
                       run_of(s, end + 1, is_token_char) < 3;
}

static bool has_small(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (is_small(s.p[i]))
            return true;
    return false;
}

static bool has_digits(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (char_is_digit(s.p[i]))
            return true;
    return false;
}

// Appends the token as a word or as it is. False when a name's token cannot be a word.
static bool put_token(struct token *t, struct reading_text *out, struct decimal_tally *tally)
{
    bool name = t->kind == TEXT_NAME || t->kind == TEXT_SEX;
    bool digits = has_digits(t->s);
    bool decoded = digits && decode_token(t);
    enum meaning meaning = decoded ? meaning_of(t) : MEANS_NUMBER;

    if (name && digits) {
        if (!decoded || t->left > 0)
            return false;
        meaning = MEANS_WORD;
    }
    t->numbered = false;
    if (meaning == MEANS_WORD) {
        bool attached = !str_is_digits(t->s);
        tally->sure += is_word(t) && (is_sure(t) || (name && (attached || t->n > 1)));
        memcpy(out->cells + out->n, t->letters, t->n * sizeof *t->letters);
        out->n += t->n;
        t->numbered = announces_number(t);
        return true;
    }
    out->ambiguous |= meaning == MEANS_EITHER;
    for (size_t i = 0; i < t->s.n; i++)
        out->cells[out->n++] = (uint8_t)t->s.p[i];
    if (!digits && decode_token(t))
        t->numbered = announces_number(t);
    return true;
}

bool decimal_read_points(struct str s, struct reading_text *out, struct decimal_tally *tally)
{
    struct token t = { .kind = out->kind, .text_has_small = has_small(s) };

    out->n = 0;
    for (size_t at = 0; at < s.n;) {
        size_t n = run_of(s, at, is_token_char);
        if (n == 0) {
            if (s.p[at] != ' ')
                t.numbered = false;
            out->cells[out->n++] = (uint8_t)s.p[at++];
            continue;
        }
        t.s = (struct str){ s.p + at, n };
        look_around(&t, s, at);
        if (!put_token(&t, out, tally))
            return false;
        at += n;
    }
    return true;
}
