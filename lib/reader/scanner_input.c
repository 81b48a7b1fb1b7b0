// SPDX-License-Identifier: MIT
// Input methods for Vietnamese (Telex, VNI, VIQR): they take keys behind a vowel for its marks.
// What they make of a word depends on the program and its settings, but each mark was a key.
#include "reader/scanner_match.h"
#include "text/letter.h"
#include "text/utf8.h"

// How many of each ASCII character; capitals count as small letters.
struct keys {
    int n[128];
    int letters; // outside ASCII
    int horns;
    bool other; // something that no key makes
};

// By tone (grave, hook, tilde, acute, dot), then by mark (breve, circumflex, horn, stroke); a blank
// stands for the letter itself once more.
struct method {
    char tone[TONE_COUNT];
    char mark[MARK_STROKE + 1];
};

static const struct method methods[] = {
    [INPUT_TELEX] = { { 0, 'f', 'r', 'x', 's', 'j' }, { 0, 'w', ' ', 'w', ' ' } },
    [INPUT_VNI] = { { 0, '2', '3', '4', '1', '5' }, { 0, '8', '6', '7', '9' } },
    [INPUT_VIQR] = { { 0, '`', '?', '~', '\'', '.' }, { 0, '(', '^', '+', ' ' } },
};

static uint8_t tone_of_sign(uint32_t point)
{
    static const uint32_t signs[TONE_COUNT] = { 0, 0x300, 0x309, 0x303, 0x301, 0x323 };
    for (uint8_t tone = TONE_GRAVE; tone < TONE_COUNT; tone++)
        if (signs[tone] == point)
            return tone;
    return TONE_NONE;
}

static void count_keys(struct str word, const struct method *method, struct keys *keys)
{
    *keys = (struct keys){ 0 };
    for (size_t at = 0; at < word.n;) {
        int32_t point = utf8_next(word, &at);
        struct letter l = point >= 0 ? letter_of((uint32_t)point) : (struct letter){ 0 };
        uint8_t tone = point >= 0 ? tone_of_sign((uint32_t)point) : 0;
        if (tone != TONE_NONE) { // decomposed
            keys->n[(int)method->tone[tone]]++;
            keys->letters++;
        } else if (l.base == 0) {
            keys->other |= point < 0 || point >= 128;
            keys->n[point & 127] += point >= 0 && point < 128;
        } else {
            char mark = method->mark[l.mark];
            keys->n[(int)l.base]++;
            keys->n[(int)(mark == ' ' ? l.base : mark)] += l.mark != MARK_NONE;
            keys->n[(int)method->tone[l.tone]] += l.tone != TONE_NONE;
            keys->letters += point >= 128;
            keys->horns += l.mark == MARK_HORN;
        }
    }
}

// Telex: one w may give both letters of ươ their horn, or stand for ư alone.
static bool keys_agree(const struct keys *typed, const struct keys *came)
{
    for (int c = 1; c < 128; c++) {
        int more = came->n[c] - typed->n[c];
        int most = c == 'u' || c == 'w' || c == '7' || c == '+' ? came->horns : 0;
        if (more < 0 || more > most)
            return false;
    }
    return !came->other && !typed->other;
}

// Letters without marks and digits: what is left where digits that mean a letter became marks.
static bool same_skeleton(struct str typed, struct str came)
{
    size_t i = 0, k = 0;

    for (;;) {
        char a = 0, b = 0;
        while (i < typed.n && a == 0) {
            struct letter l = letter_of((unsigned char)typed.p[i]);
            a = l.base != 0 ? l.base : char_is_digit(typed.p[i]) ? 0 : typed.p[i];
            i++;
        }
        while (k < came.n && b == 0) {
            int32_t point = utf8_next(came, &k);
            struct letter l = point >= 0 ? letter_of((uint32_t)point) : (struct letter){ 0 };
            if (l.base != 0)
                b = l.base;
            else if (point < '0' || point > '9')
                b = point >= 0 && point < 128 ? (char)point : '\x7F';
        }
        if (a != b)
            return false;
        if (a == 0)
            return true;
    }
}

static bool has_digit(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (char_is_digit(s.p[i]))
            return true;
    return false;
}

static bool word_follows(struct str typed, struct str came, enum input_method method)
{
    struct keys of_typed, of_came;

    count_keys(typed, &methods[method], &of_typed);
    count_keys(came, &methods[method], &of_came);
    if (of_came.letters <= of_typed.letters)
        return false;
    return keys_agree(&of_typed, &of_came) || (method == INPUT_VNI && of_typed.letters == 0 &&
                                               has_digit(typed) && same_skeleton(typed, came));
}

// Up to the next blank or separator, which is taken away.
static struct str take_word(struct str *rest)
{
    size_t end = 0;
    while (end < rest->n && rest->p[end] != ' ' && rest->p[end] != '|' && rest->p[end] != ',')
        end++;
    struct str word = str_head(*rest, end);
    *rest = str_from(*rest, end + 1);
    return word;
}

// At most an eighth of the words may be otherwise: spelling checks of input methods take back what
// they made.
static bool text_follows(struct str typed, struct str came, enum input_method method)
{
    size_t words = 0, made = 0, strange = 0;

    while (typed.n > 0 || came.n > 0) {
        struct str a = take_word(&typed), b = take_word(&came);
        words++;
        if (str_eq(a, b))
            continue;
        if (word_follows(a, b, method))
            made++;
        else
            strange++;
    }
    return made > 0 && strange * 8 <= words;
}

enum input_method scanner_input_of(struct str typed, struct str came)
{
    for (int method = INPUT_TELEX; method <= INPUT_VIQR; method++)
        if (text_follows(typed, came, (enum input_method)method))
            return (enum input_method)method;
    return INPUT_NONE;
}
