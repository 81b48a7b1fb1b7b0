// SPDX-License-Identifier: MIT
#include "text/syllable.h"

#include "text/letter.h"
#include "text/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

static bool judge(bool (*is)(const uint32_t *, size_t), struct str word)
{
    uint32_t letters[64];
    size_t n = 0;
    for (size_t at = 0; at < word.n && n < 64;)
        letters[n++] = (uint32_t)utf8_next(word, &at);
    return is(letters, n);
}

static bool is_legal(struct str word)
{
    return judge(syllable_is_legal, word);
}

static bool is_known(struct str word)
{
    return judge(syllable_is_known, word);
}

static void legal_syllables(void **state)
{
    static const char *const words[] = {
        "Nguyễn", "NGUYỄN", "nguyễn", "hòa",   "hoà",   "thủy",  "thuỷ",  "quý",     "Quốc",
        "gì",     "giếng",  "gia",    "nghĩa", "khuya", "yên",   "Ý",     "Ô",       "ấp",
        "oanh",   "ứng",    "Đường",  "đặc",   "khuỷu", "huỳnh", "xoong", "quyết",   "ngoèo",
        "mười",   "vườn",   "tuyết",  "kỳ",    "mỹ",    "lý",    "Phước", "nghiêng",
    };
    (void)state;
    for (size_t i = 0; i < LENGTH(words); i++)
        if (!is_legal(str_of(words[i])))
            fail_msg("%s should be legal", words[i]);
}

static void illegal_syllables(void **state)
{
    static const char *const words[] = {
        "",     "ng",  "lac",   "đàc",    "mảt",      "câ",     "să",   "kà",    "gê", "nghà",
        "cế",   "Niê", "Krông", "Pleiku", "iên",      "hoá̀",    "túán", "tuán",  "wa", "Kpă",
        "giia", "quu", "ngyễn", "bằn1",   "nghiêngg", "thhanh", "nưởc", "phich",
    };
    (void)state;
    for (size_t i = 0; i < LENGTH(words); i++)
        if (is_legal(str_of(words[i])))
            fail_msg("%s should not be legal", words[i]);
}

static void known_words(void **state)
{
    static const char *const known[] = { "Pleiku", "KRÔNG", "Niê",  "Kpă", "Đắk",
                                         "Pắk",    "Ayŭn",  "AYŬN", "Mlô" };
    static const char *const unknown[] = { "Nguyễn", "Hà", "xyz", "", "Qwerty", "H'leo", "\xFF" };
    (void)state;
    for (size_t i = 0; i < LENGTH(known); i++)
        if (!is_known(str_of(known[i])))
            fail_msg("%s should be known", known[i]);
    for (size_t i = 0; i < LENGTH(unknown); i++)
        if (is_known(str_of(unknown[i])))
            fail_msg("%s should not be known", unknown[i]);
}

static void words_without_tones_may_be_foreign(void **state)
{
    static const struct {
        const char *word;
        bool may_be;
    } words[] = { { "Hơnh", true }, { "Đơt", true },  { "ding", true }, { "Đạt", false },
                  { "Tđm", false }, { "Hŏk", false }, { "x9a", false }, { "", false } };
    (void)state;
    for (size_t i = 0; i < LENGTH(words); i++) {
        uint32_t letters[16];
        size_t n = 0;
        struct str word = str_of(words[i].word);
        for (size_t at = 0; at < word.n;)
            letters[n++] = (uint32_t)utf8_next(word, &at);
        if (syllable_may_be_foreign(letters, n) != words[i].may_be)
            fail_msg("%s", words[i].word);
    }
}

static void words_are_sorted(void **state)
{
    (void)state;
    for (size_t i = 1; i < syllable_words.count; i++)
        assert_true(strcmp(word_list_at(&syllable_words, i - 1), word_list_at(&syllable_words, i)) <
                    0);
}

static void names_that_lost_letters(void **state)
{
    static const char *const sound[] = {
        "Kim Anh",    "Y Bham",          "K'Brin",       "Mai Lan Anh",
        "Ksor Hnhok", "Nguyen Van Phuc", "Le Thi My Ly", "Rmah Siu",
        "H Lys",      "TRAN VAN TT",     "Ng Thi Ly",    "",
        "Y",          "Lee Min Ho",      "Kpa Y Thim",
    };
    (void)state;
    assert_true(damage_letters_missing(STR("Trn Vn Hng")));
    assert_true(damage_letters_missing(STR("Nguyn Vn Dng")));
    for (size_t i = 0; i < LENGTH(sound); i++)
        if (damage_letters_missing(str_of(sound[i])))
            fail_msg("%s lacks nothing", sound[i]);
}

// Parts between apostrophes are words of their own, and may be nothing but a consonant ("H'leo").
static bool is_spelled(struct str word)
{
    if (is_legal(word))
        return true;
    for (size_t end; word.n > 0; word = str_from(word, end + 1)) {
        end = str_find(word, '\'');
        struct str part = str_head(word, end);
        if (part.n > 0 && !is_known(part) && !(end < word.n && is_legal(part)))
            return false;
    }
    return true;
}

// Columns of the public lists of areas that hold names; see shared/data/areas.
static size_t count_unspelled(const char *path)
{
    char line[1024];
    size_t unspelled = 0;
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        struct str name = str_of(line);
        for (int column = 0; column < 3; column++)
            name = str_from(name, str_find(name, '\t') + 1);
        name = str_head(name, str_find(name, '\t'));
        while (name.n > 0) {
            struct str word = str_head(name, str_find(name, ' '));
            bool letters = word.n > 0 && strcspn(word.p, "0123456789-.()") >= word.n;
            unspelled += letters && !is_spelled(word);
            name = str_from(name, word.n + 1);
        }
    }
    fclose(file);
    return unspelled;
}

static void every_commune_is_spelled(void **state)
{
    const char *shared = getenv("CCCD_SHARED"), *top = getenv("CCCD_TOP");
    char path[4096];
    (void)state;
    if (shared != NULL)
        snprintf(path, sizeof path, "%s/data/areas/communes_old.tsv", shared);
    else
        snprintf(path, sizeof path, "%s/../shared/data/areas/communes_old.tsv", top ? top : ".");
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        print_message("SKIP: no %s\n", path);
        skip();
    }
    fclose(file);
    // Header words and Roman numerals are no syllables.
    assert_true(count_unspelled(path) <= 40);
}

// Ground truth: what the letters are made of.
static void small_letters(void **state)
{
    (void)state;
    assert_int_equal(letter_small('Q'), 'q');
    assert_int_equal(letter_small(0x110), 0x111);
    for (uint32_t c = 0; c < 0x3000; c++) {
        struct letter l = letter_of(c), small = letter_of(letter_small(c));
        assert_int_equal(small.base, l.base);
        assert_int_equal(small.mark, l.mark);
        assert_int_equal(small.tone, l.tone);
        assert_false(small.upper);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(legal_syllables),  cmocka_unit_test(illegal_syllables),
        cmocka_unit_test(known_words),      cmocka_unit_test(words_without_tones_may_be_foreign),
        cmocka_unit_test(words_are_sorted), cmocka_unit_test(names_that_lost_letters),
        cmocka_unit_test(small_letters),    cmocka_unit_test(every_commune_is_spelled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
