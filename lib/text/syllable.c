// SPDX-License-Identifier: MIT
#include "text/syllable.h"

#include <stdlib.h>

#include "base/bytes.h"

#include "text/letter.h"
#include "text/utf8.h"

enum {
    SYLLABLE_MAX = 7, // nghiêng
    RIME_MAX = 4,     // uyên
    WORD_MAX = 24,
    WORD_MAX_BYTES = WORD_MAX * 3 + 1,
};

// Spelling is looked up without tones, one character a letter: W is ă, A â, E ê, O ô, P ơ, U ư, D
// đ. Tone positions: which letters of the rime may carry the tone.
enum { FIRST = 1, SECOND = 2, THIRD = 4 };

struct rime {
    char spelling[RIME_MAX + 1];
    uint8_t tone_on;
};

// Sorted by spelling.
static const struct rime rimes[] = {
    { "Ac", FIRST },
    { "Am", FIRST },
    { "An", FIRST },
    { "Ang", FIRST },
    { "Ap", FIRST },
    { "At", FIRST },
    { "Au", FIRST },
    { "Ay", FIRST },
    { "E", FIRST },
    { "Ech", FIRST },
    { "Em", FIRST },
    { "En", FIRST },
    { "Enh", FIRST },
    { "Ep", FIRST },
    { "Et", FIRST },
    { "Eu", FIRST },
    { "O", FIRST },
    { "Oc", FIRST },
    { "Oi", FIRST },
    { "Om", FIRST },
    { "On", FIRST },
    { "Ong", FIRST },
    { "Op", FIRST },
    { "Ot", FIRST },
    { "P", FIRST },
    { "Pi", FIRST },
    { "Pm", FIRST },
    { "Pn", FIRST },
    { "Pp", FIRST },
    { "Pt", FIRST },
    { "U", FIRST },
    { "UP", SECOND },
    { "UPc", SECOND },
    { "UPi", SECOND },
    { "UPm", SECOND },
    { "UPn", SECOND },
    { "UPng", SECOND },
    { "UPp", SECOND },
    { "UPt", SECOND },
    { "UPu", SECOND },
    { "Ua", FIRST },
    { "Uc", FIRST },
    { "Ui", FIRST },
    { "Um", FIRST },
    { "Un", FIRST },
    { "Ung", FIRST },
    { "Ut", FIRST },
    { "Uu", FIRST },
    { "Wc", FIRST },
    { "Wm", FIRST },
    { "Wn", FIRST },
    { "Wng", FIRST },
    { "Wp", FIRST },
    { "Wt", FIRST },
    { "a", FIRST },
    { "ac", FIRST },
    { "ach", FIRST },
    { "ai", FIRST },
    { "am", FIRST },
    { "an", FIRST },
    { "ang", FIRST },
    { "anh", FIRST },
    { "ao", FIRST },
    { "ap", FIRST },
    { "at", FIRST },
    { "au", FIRST },
    { "ay", FIRST },
    { "e", FIRST },
    { "ec", FIRST },
    { "em", FIRST },
    { "en", FIRST },
    { "eng", FIRST },
    { "eo", FIRST },
    { "ep", FIRST },
    { "et", FIRST },
    { "i", FIRST },
    { "iEc", SECOND },
    { "iEm", SECOND },
    { "iEn", SECOND },
    { "iEng", SECOND },
    { "iEp", SECOND },
    { "iEt", SECOND },
    { "iEu", SECOND },
    { "ia", FIRST },
    { "ich", FIRST },
    { "im", FIRST },
    { "in", FIRST },
    { "inh", FIRST },
    { "ip", FIRST },
    { "it", FIRST },
    { "iu", FIRST },
    { "o", FIRST },
    { "oWc", SECOND },
    { "oWm", SECOND },
    { "oWn", SECOND },
    { "oWng", SECOND },
    { "oWt", SECOND },
    { "oa", FIRST | SECOND },
    { "oac", SECOND },
    { "oach", SECOND },
    { "oai", SECOND },
    { "oam", SECOND },
    { "oan", SECOND },
    { "oang", SECOND },
    { "oanh", SECOND },
    { "oao", SECOND },
    { "oap", SECOND },
    { "oat", SECOND },
    { "oay", SECOND },
    { "oc", FIRST },
    { "oe", FIRST | SECOND },
    { "oem", SECOND },
    { "oen", SECOND },
    { "oeo", SECOND },
    { "oet", SECOND },
    { "oi", FIRST },
    { "om", FIRST },
    { "on", FIRST },
    { "ong", FIRST },
    { "ooc", FIRST | SECOND },
    { "oong", FIRST | SECOND },
    { "op", FIRST },
    { "ot", FIRST },
    { "u", FIRST },
    { "uAn", SECOND },
    { "uAng", SECOND },
    { "uAt", SECOND },
    { "uAy", SECOND },
    { "uE", SECOND },
    { "uEch", SECOND },
    { "uEn", SECOND },
    { "uEnh", SECOND },
    { "uOc", SECOND },
    { "uOi", SECOND },
    { "uOm", SECOND },
    { "uOn", SECOND },
    { "uOng", SECOND },
    { "uOt", SECOND },
    { "uP", SECOND },
    { "ua", FIRST },
    { "uc", FIRST },
    { "ui", FIRST },
    { "um", FIRST },
    { "un", FIRST },
    { "ung", FIRST },
    { "up", FIRST },
    { "ut", FIRST },
    { "uy", FIRST | SECOND },
    { "uyEn", THIRD },
    { "uyEt", THIRD },
    { "uya", SECOND },
    { "uych", SECOND },
    { "uyn", SECOND },
    { "uynh", SECOND },
    { "uyp", SECOND },
    { "uyt", SECOND },
    { "uyu", SECOND },
    { "y", FIRST },
    { "yEm", SECOND },
    { "yEn", SECOND },
    { "yEng", SECOND },
    { "yEt", SECOND },
    { "yEu", SECOND },
    { "ych", FIRST },
    { "yn", FIRST },
    { "ynh", FIRST },
    { "yt", FIRST },
};

enum onset_class {
    ANY,      // any rime, but none that begins with yê
    EMPTY,    // no consonant
    HARD,     // c, g, ng: not before e, ê, i, y
    SOFT,     // gh, ngh: only before e, ê, i
    SOFT_Y,   // k: the same, and y
    AFTER_QU, // the u is spoken for: no o, u, ư
    AFTER_GI, // the i is spoken for: no i, y
    GI_SHORT, // g before a rime in i: gì, gìn, giếng
};

static const struct {
    char spelling[4];
    enum onset_class class;
} onsets[] = {
    { "", EMPTY }, { "b", ANY },       { "c", HARD },     { "ch", ANY },  { "d", ANY },
    { "D", ANY },  { "g", HARD },      { "g", GI_SHORT }, { "gh", SOFT }, { "gi", AFTER_GI },
    { "h", ANY },  { "k", SOFT_Y },    { "kh", ANY },     { "l", ANY },   { "m", ANY },
    { "n", ANY },  { "ng", HARD },     { "ngh", SOFT },   { "nh", ANY },  { "p", ANY },
    { "ph", ANY }, { "qu", AFTER_QU }, { "r", ANY },      { "s", ANY },   { "t", ANY },
    { "th", ANY }, { "tr", ANY },      { "v", ANY },      { "x", ANY },
};

static char spelling_of(struct letter l)
{
    switch (l.mark) {
    case MARK_BREVE:
        return 'W';
    case MARK_CIRCUMFLEX:
        return l.base == 'a' ? 'A' : l.base == 'e' ? 'E' : 'O';
    case MARK_HORN:
        return l.base == 'o' ? 'P' : 'U';
    case MARK_STROKE:
        return 'D';
    default:
        return l.base;
    }
}

// The characters of a rime as one number, which sorts as they do.
static uint32_t packed(const char *spelling)
{
    const uint8_t *c = (const uint8_t *)spelling;
    return (uint32_t)c[0] << 24 | (uint32_t)c[1] << 16 | (uint32_t)c[2] << 8 | c[3];
}

static int compare_rimes(const void *key, const void *rime)
{
    uint32_t a = *(const uint32_t *)key, b = packed(((const struct rime *)rime)->spelling);
    return (a > b) - (a < b);
}

static bool onset_takes(enum onset_class class, const char *rime)
{
    char first = rime[0];
    switch (class) {
    case ANY:
        return first != 'y' || rime[1] == '\0';
    case EMPTY:
        return strncmp(rime, "iE", 2) != 0;
    case HARD:
        return strchr("eEiy", first) == NULL;
    case SOFT:
        return strchr("eEi", first) != NULL;
    case SOFT_Y:
        return strchr("eEi", first) != NULL || strcmp(rime, "y") == 0;
    case AFTER_QU:
        return strchr("ouU", first) == NULL;
    case AFTER_GI:
        return first != 'i' && first != 'y';
    case GI_SHORT:
        return first == 'i' && strcmp(rime, "ia") != 0;
    }
    return false;
}

// A syllable that a stop closes has one of two tones.
static bool tone_suits(const char *rime, size_t n, uint8_t tone)
{
    bool stopped = strchr("cpt", rime[n - 1]) != NULL || (n > 1 && rime[n - 2] == 'c');
    return !stopped || tone == TONE_ACUTE || tone == TONE_DOT;
}

// The rime of n characters has room for RIME_MAX; tone_at is the toned letter's place, or -1.
static bool rime_is_legal(const char *spelling, size_t n, int tone_at, uint8_t tone)
{
    uint32_t key = packed(spelling);

    if (n > RIME_MAX)
        return false;
    const struct rime *rime =
        bsearch(&key, rimes, sizeof rimes / sizeof rimes[0], sizeof rimes[0], compare_rimes);
    if (rime == NULL || !tone_suits(spelling, n, tone))
        return false;
    return tone_at < 0 || (tone_at < 3 && (rime->tone_on >> tone_at & 1) != 0);
}

// Does the spelling begin with the onset? *n is how long the onset is.
static bool begins_with(const char *spelling, const char *onset, size_t *n)
{
    for (*n = 0; onset[*n] != '\0'; ++*n)
        if (spelling[*n] != onset[*n])
            return false;
    return true;
}

// The same for every onset that the n letters may begin with.
static bool spelling_is_legal(const char *spelling, size_t n, int tone_at, uint8_t tone)
{
    size_t head;

    for (size_t i = 0; i < sizeof onsets / sizeof onsets[0]; i++) {
        if (!begins_with(spelling, onsets[i].spelling, &head) || head >= n)
            continue;
        if (tone_at >= 0 && tone_at < (int)head)
            continue;
        int tone_in_rime = tone_at < 0 ? -1 : tone_at - (int)head;
        if (onset_takes(onsets[i].class, spelling + head) &&
            rime_is_legal(spelling + head, n - head, tone_in_rime, tone))
            return true;
    }
    return false;
}

bool syllable_is_legal(const uint32_t *letters, size_t n)
{
    char spelling[SYLLABLE_MAX + 1] = "";
    uint8_t tone = TONE_NONE;
    int tone_at = -1;

    if (n == 0 || n > SYLLABLE_MAX)
        return false;
    for (size_t i = 0; i < n; i++) {
        struct letter l = letter_of(letters[i]);
        if (l.base == 0 || (l.tone != TONE_NONE && tone_at >= 0))
            return false;
        spelling[i] = spelling_of(l);
        if (l.tone != TONE_NONE) {
            tone = l.tone;
            tone_at = (int)i;
        }
    }
    return spelling_is_legal(spelling, n, tone_at, tone);
}

static uint32_t small_letter(uint32_t c)
{
    uint32_t small = letter_small(c);
    if (small != 0)
        return small;
    // Č Ĕ Ĭ Ŏ Ŭ stand one before their small letters.
    if (c >= 0x100 && letter_is_ethnic(c))
        return c | 1;
    return c == 0xD1 ? 0xF1 : c;
}

static int compare_words(const void *key, const void *word)
{
    return strcmp(key, word);
}

bool syllable_is_among(const uint32_t *letters, size_t n, const struct word_list *words)
{
    char word[WORD_MAX_BYTES];
    size_t at = 0;

    if (n == 0 || n > WORD_MAX)
        return false;
    for (size_t i = 0; i < n; i++) {
        uint32_t c = small_letter(letters[i]);
        char storage[4] = "";
        struct bytes one = { .p = storage, .cap = sizeof storage, .fixed = true };
        if (c == 0 || c > 0xFFFF)
            return false;
        utf8_put(&one, c);
        memcpy(word + at, storage, one.n);
        at += one.n;
    }
    word[at] = '\0';
    return bsearch(word, words->rows, words->count, words->width, compare_words) != NULL;
}

bool syllable_is_known(const uint32_t *letters, size_t n)
{
    return syllable_is_among(letters, n, &syllable_words);
}

bool syllable_may_be_foreign(const uint32_t *letters, size_t n)
{
    bool vowel = false;

    for (size_t i = 0; i < n; i++) {
        struct letter l = letter_of(letters[i]);
        if (l.base == 0 || l.tone != TONE_NONE)
            return false;
        vowel |= strchr("aeiouy", l.base) != NULL;
    }
    return vowel;
}

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

// Title case, two letters or more, and no vowel among them.
static bool word_lacks_vowels(struct str word)
{
    if (word.n < 2 || !is_capital(word.p[0]) || strchr("AEIOUY", word.p[0]) != NULL)
        return false;
    for (size_t i = 1; i < word.n; i++)
        if (!is_small(word.p[i]) || strchr("aeiouy", word.p[i]) != NULL)
            return false;
    return true;
}

bool damage_letters_missing(struct str name)
{
    size_t lacking = 0;

    for (size_t at = 0; at < name.n; at++)
        if (!is_small(name.p[at]) && !is_capital(name.p[at]) && name.p[at] != ' ')
            return false;
    while (name.n > 0) {
        size_t end = str_find(name, ' ');
        lacking += word_lacks_vowels(str_head(name, end));
        name = str_from(name, end + 1);
    }
    return lacking >= 2;
}
