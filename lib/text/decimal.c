// SPDX-License-Identifier: MIT
#include "text/decimal.h"

#include "text/legacy.h"
#include "text/letter.h"
#include "text/syllable.h"

enum {
    TOKEN_MAX = 32,
    TYPED_BYTE = 4,
    LEAD_MIN = 0xC2,      // of UTF-8
    LONG_CODE_MIN = 7840, // Ạ, the first letter with four digits
    SMALL_PLOT = 0xF4,    // ô, the one small letter that is a word of addresses
};

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
            // The rest of a letter that cannot be told, such as a swallowed apostrophe's.
            bool before_letter = at + TYPED_BYTE < s.n && is_letter(s.p[at + TYPED_BYTE]);
            out->ambiguous |= (after_letter || before_letter) && typed_byte(s, at) >= LEAD_MIN;
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
    size_t commas_before, commas_behind;
    bool first;         // of a part between commas
    bool alone;         // in such a part
    bool before_number; // of another token, which stands for no letters
    bool slashed;       // beside "/" or "-", or behind "."
    unsigned announced; // what kinds of numbers the word before it announces
    bool housed;        // somewhere behind a word such as "Khu" or "Tòa"
    uint32_t letters[TOKEN_MAX];
    size_t n;
    size_t left;    // digits behind the last letter that stand for no letter
    bool long_code; // some letter's number has four digits, as no house number beside letters has
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
    t->long_code = false;
    for (size_t at = 0; at < t->s.n && t->n < TOKEN_MAX;) {
        size_t digits = 1;
        uint32_t c = (uint8_t)t->s.p[at];
        if (char_is_digit(t->s.p[at]) && (c = point_at(t->s, at, &digits)) == 0) {
            t->left = run_of(t->s, at, char_is_digit);
            return at > 0 && at + t->left == t->s.n;
        }
        t->long_code |= c >= LONG_CODE_MIN;
        t->letters[t->n++] = c;
        at += digits;
    }
    return t->n < TOKEN_MAX;
}

static bool has_code(const struct token *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->letters[i] >= 0x80)
            return true;
    return false;
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

// The letter behind a house number.
static bool is_suffix(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'h');
}

// Can the token be meant as it stands: 224, H224, 225A, K225b? No more than two letters come before
// a number; behind it, one.
static bool may_be_number(const struct token *t)
{
    size_t before = run_of(t->s, 0, is_letter), digits = run_of(t->s, before, char_is_digit);
    size_t after = t->s.n - before - digits;

    if (t->long_code && before + after > 0)
        return false;
    return before + after <= 2 && !(before == 2 && is_small(t->s.p[1])) &&
           (after == 0 || (after == 1 && is_suffix(t->s.p[t->s.n - 1])));
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

// Even though it is no word: neither H225a nor Khu225, without the space, looks like this.
static bool is_certain(const struct token *t)
{
    size_t after = 0;
    while (after < t->s.n && is_letter(t->s.p[t->s.n - 1 - after]))
        after++;
    return is_sure(t) && (after >= 2 || (after == 1 && t->long_code));
}

enum {
    PURE_NUMBER = 1,     // nothing but a number
    LETTERED_NUMBER = 2, // H224; not at once perhaps: Khu Đô Thị X, H224
    SOME_NUMBER = 4,     // or a name
};

enum meaning { MEANS_NUMBER, MEANS_WORD, MEANS_EITHER };

enum { ANNOUNCER_MAX = 5 };

// Words that a number follows, in small letters, and kinds of numbers.
static const struct announcer {
    unsigned numbers;
    uint16_t word[ANNOUNCER_MAX];
} announcers[] = {
    { PURE_NUMBER, { 's', 0x1ED1 } },                       // số
    { PURE_NUMBER, { 'h', 0x1EBB, 'm' } },                  // hẻm
    { PURE_NUMBER, { 'h', 0x1EBD, 'm' } },                  // hẽm
    { PURE_NUMBER, { 'n', 'g', 0xF5 } },                    // ngõ
    { PURE_NUMBER, { 'n', 'g', 0xE1, 'c', 'h' } },          // ngách
    { PURE_NUMBER, { 'k', 'i', 0x1EC7, 't' } },             // kiệt
    { PURE_NUMBER, { 'p', 'h', 0xF2, 'n', 'g' } },          // phòng
    { PURE_NUMBER, { 't', 0x1EA7, 'n', 'g' } },             // tầng
    { PURE_NUMBER | LETTERED_NUMBER, { 'l', 0xF4 } },       // lô
    { PURE_NUMBER | LETTERED_NUMBER, { 'c', 0x103, 'n' } }, // căn
    { PURE_NUMBER | LETTERED_NUMBER, { 'n', 'h', 0xE0 } },  // nhà
    { PURE_NUMBER | LETTERED_NUMBER, { 'b', 'l', 'o', 'c', 'k' } },
    { LETTERED_NUMBER, { 'k', 'h', 'u' } },
    { LETTERED_NUMBER, { 'c', 0x1B0 } },                 // chung cư
    { LETTERED_NUMBER, { 't', 0xF2, 'a' } },             // tòa
    { LETTERED_NUMBER, { 't', 'o', 0xE0 } },             // toà
    { LETTERED_NUMBER, { 'd', 0xE3, 'y' } },             // dãy
    { SOME_NUMBER, { 't', 0x1ED5 } },                    // tổ
    { SOME_NUMBER, { 0x111, 0x1ED9, 'i' } },             // đội
    { SOME_NUMBER, { 'c', 0x1EE5, 'm' } },               // cụm
    { SOME_NUMBER, { 0xF4 } },                           // ô
    { SOME_NUMBER, { 't', 'h', 0x1EED, 'a' } },          // thửa
    { SOME_NUMBER, { 'l', 0x1ED9 } },                    // lộ
    { SOME_NUMBER, { 0x111, 0x1B0, 0x1EDD, 'n', 'g' } }, // đường
    { SOME_NUMBER, { 'p', 'h', 0x1ED1 } },               // phố
    { SOME_NUMBER, { 't', 'h', 0xF4, 'n' } },            // thôn
    { SOME_NUMBER, { 'x', 0xF3, 'm' } },                 // xóm
    { SOME_NUMBER, { 0x1EA5, 'p' } },                    // ấp
    { SOME_NUMBER, { 'k', 'h', 0xF3, 'm' } },            // khóm
    { SOME_NUMBER, { 'b', 0x1EA3, 'n' } },               // bản
};

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

static bool has_digits(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (char_is_digit(s.p[i]))
            return true;
    return false;
}

static unsigned announced_by(const struct token *t)
{
    uint16_t word[ANNOUNCER_MAX] = { 0 };

    if (t->n > ANNOUNCER_MAX)
        return 0;
    for (size_t i = 0; i < t->n; i++)
        if ((word[i] = (uint16_t)letter_small(t->letters[i])) == 0)
            return 0;
    for (size_t i = 0; i < sizeof announcers / sizeof announcers[0]; i++)
        if (memcmp(announcers[i].word, word, sizeof word) == 0)
            return announcers[i].numbers;
    return 0;
}

// The names of areas, which come last, have no numbers of three digits, nor any with letters.
static bool is_in_area(const struct token *t)
{
    return t->commas_before > 0 && t->commas_behind <= 1;
}

// Digits alone. One letter is a word behind another word (Mường É), or before one.
static enum meaning meaning_of_digits(const struct token *t)
{
    bool in_name = is_in_area(t) && !t->alone && is_upper(t->letters[0]);

    if (t->n > 1 || in_name)
        return t->slashed || t->announced || !is_word(t) ? MEANS_EITHER : MEANS_WORD;
    if (t->long_code)
        return MEANS_EITHER;
    if (t->slashed || (t->announced & PURE_NUMBER))
        return MEANS_NUMBER;
    return is_upper(t->letters[0]) || t->letters[0] == SMALL_PLOT ? MEANS_EITHER : MEANS_NUMBER;
}

// Numbers with letters come at the start of an address or behind words for what is numbered. A word
// that spelling does not allow may be one of some other people's.
static enum meaning meaning_by_place(const struct token *t, bool word)
{
    bool numbered = t->before_number && announced_by(t) != 0; // Lô 5
    bool starts = t->first && t->commas_before == 0 && !numbered;
    bool number = t->slashed || (t->announced & (PURE_NUMBER | LETTERED_NUMBER));

    if (word && (number || t->announced || t->alone))
        return MEANS_EITHER;
    if (word)
        return starts || t->housed ? MEANS_EITHER : MEANS_WORD;
    if (shape_fits(t, 0, t->n) && syllable_may_be_foreign(t->letters, t->n))
        return MEANS_EITHER;
    return starts || number ? MEANS_NUMBER : MEANS_EITHER;
}

static enum meaning meaning_in_area(const struct token *t, bool word)
{
    return word && !t->slashed && !t->announced && !t->alone ? MEANS_WORD : MEANS_EITHER;
}

// *by_spelling: that it is one, or none, was decided by what words there can be.
static enum meaning meaning_of(const struct token *t, bool *by_spelling)
{
    if (t->left > 0) {
        *by_spelling = has_code(t);
        return t->long_code || (is_word(t) && t->n > 1 && t->left < 3) ? MEANS_EITHER
                                                                       : MEANS_NUMBER;
    }
    if (str_is_digits(t->s))
        return meaning_of_digits(t);
    bool word = is_word(t);
    if (!may_be_number(t))
        return word || is_certain(t) ? MEANS_WORD : MEANS_EITHER;
    if (is_in_area(t))
        return meaning_in_area(t, word);
    *by_spelling = true;
    return meaning_by_place(t, word);
}

// Does a number follow that stands for no letters?
static bool is_before_number(struct str s, size_t end)
{
    struct token next = { .kind = TEXT_OTHER };

    if (end >= s.n || s.p[end] != ' ')
        return false;
    next.s = (struct str){ s.p + end + 1, run_of(s, end + 1, is_token_char) };
    return has_digits(next.s) && (!decode_token(&next) || !has_code(&next));
}

static void look_around(struct token *t, struct str s, size_t at)
{
    size_t end = at + t->s.n;

    t->first = part_begins(s, at);
    t->alone = t->first && part_ends(s, end);
    t->slashed = beside(s, at, t->s.n, "/-") || (at > 0 && s.p[at - 1] == '.');
    t->before_number = is_before_number(s, end);
}

static bool has_small(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (is_small(s.p[i]))
            return true;
    return false;
}

static enum meaning meaning_of_undecoded(const struct token *t)
{
    for (size_t at = 0; at < t->s.n && !may_be_number(t);) {
        size_t n = run_of(t->s, at, char_is_digit);
        if (n >= 3)
            return MEANS_EITHER;
        at += n > 0 ? n : 1;
    }
    return MEANS_NUMBER;
}

// Appends the token as a word or as it is. False when a name's token cannot be a word.
static bool put_token(struct token *t, struct reading_text *out, struct decimal_tally *tally)
{
    bool name = t->kind == TEXT_NAME || t->kind == TEXT_SEX, by_spelling = false;
    bool digits = has_digits(t->s), decoded = decode_token(t);
    enum meaning meaning = !digits ? MEANS_NUMBER : MEANS_WORD;

    if (name && digits && (!decoded || t->left > 0))
        return false;
    if (!name && digits)
        meaning = decoded ? meaning_of(t, &by_spelling) : meaning_of_undecoded(t);
    out->by_spelling |= by_spelling;
    out->ambiguous |= meaning == MEANS_EITHER;
    if (meaning == MEANS_WORD) {
        bool attached = !str_is_digits(t->s);
        tally->sure += is_word(t) && (is_sure(t) || (name && (attached || t->n > 1)));
        memcpy(out->cells + out->n, t->letters, t->n * sizeof *t->letters);
        out->n += t->n;
    }
    for (size_t i = 0; meaning != MEANS_WORD && i < t->s.n; i++)
        out->cells[out->n++] = (uint8_t)t->s.p[i];
    if (digits && meaning != MEANS_WORD)
        t->announced = t->housed = 0;
    else if (decoded)
        t->announced = announced_by(t);
    t->housed |= (t->announced & LETTERED_NUMBER) != 0;
    return true;
}

static void pass_sign(struct token *t, char sign)
{
    if (sign == ' ')
        return;
    t->announced = 0;
    if (sign != ',')
        return;
    t->commas_before++;
    t->commas_behind--;
}

bool decimal_read_points(struct str s, struct reading_text *out, struct decimal_tally *tally)
{
    struct token t = { .kind = out->kind,
                       .text_has_small = has_small(s),
                       .commas_behind = str_count(s, ',') };

    out->n = 0;
    for (size_t at = 0; at < s.n;) {
        size_t n = run_of(s, at, is_token_char);
        if (n == 0) {
            pass_sign(&t, s.p[at]);
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
