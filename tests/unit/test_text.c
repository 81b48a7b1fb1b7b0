// SPDX-License-Identifier: MIT
// UTF-8, composing, folding, showing, and the quick look at a text. What utf8proc knows of a
// character is the measure for the tables of our own.
#include "text/display.h"
#include "text/latin.h"
#include "text/letter.h"
#include "text/norm.h"
#include "text/scan.h"
#include "text/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>
#include <utf8proc.h>

static bool is_scalar(int32_t c)
{
    return c >= 0 && c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
}

static void utf8_every_code_point(void **state)
{
    (void)state;
    for (int32_t c = 0; c <= 0x10FFFF; c++) {
        if (!is_scalar(c))
            continue;
        utf8proc_uint8_t theirs[4];
        struct bytes ours = { 0 };
        size_t at = 0;
        utf8_put(&ours, (uint32_t)c);
        struct str expected = { (char *)theirs, (size_t)utf8proc_encode_char(c, theirs) };
        if (!str_eq(bytes_str(&ours), expected) || utf8_next(expected, &at) != c ||
            at != expected.n)
            fail_msg("U+%04X", (unsigned)c);
        bytes_free(&ours);
    }
}

// All sequences of up to three bytes, and of four with every first two: ours and theirs agree.
static void utf8_every_sequence(void **state)
{
    (void)state;
    for (uint32_t v = 0; v < 0x1000000; v += v < 0x800000 ? 251 : 7) {
        unsigned char b[4] = { (unsigned char)(v >> 16), (unsigned char)(v >> 8), (unsigned char)v,
                               0x80 };
        for (size_t n = 1; n <= 4; n++) {
            utf8proc_int32_t theirs;
            utf8proc_ssize_t used = utf8proc_iterate(b, (utf8proc_ssize_t)n, &theirs);
            size_t at = 0;
            int32_t ours = utf8_next((struct str){ (char *)b, n }, &at);
            if (used < 0 ? ours != UTF8_BAD || at != 1 : ours != theirs || at != (size_t)used)
                fail_msg("%02X %02X %02X %02X in %zu", b[0], b[1], b[2], b[3], n);
        }
    }
}

static void utf8_texts(void **state)
{
    (void)state;
    assert_true(utf8_is_valid(STR("")) && utf8_is_valid(STR("Nguyễn Văn A \U0001F600")));
    assert_false(utf8_is_valid(STR("Nguy\xE1\xBB")));
    assert_false(utf8_is_valid(STR("\xED\xA0\x80")));
    assert_false(utf8_is_valid(STR("\xC0\x80")));
    assert_false(utf8_is_valid(STR("\xF4\x90\x80\x80")));
}

static void composing(void **state)
{
    (void)state;
    struct arena a = { 0 };
    bool changed;
    struct str nfc = STR("Nguyễn Ổ Đ\U0001F600");
    struct str same = norm_nfc(&a, nfc, &changed);
    assert_true(same.p == nfc.p && !changed);
    assert_true(str_eq(norm_nfc(&a, STR("Nguye\xCC\x82\xCC\x83n O\xCC\x82\xCC\x89"), &changed),
                       STR("Nguyễn Ổ")));
    assert_true(changed);
    // the order of marks does not matter
    assert_true(str_eq(norm_nfc(&a, STR("a\xCC\xA3\xCC\x82"), &changed), STR("ậ")));
    assert_true(str_eq(norm_nfc(&a, STR("a\xCC\x82\xCC\xA3"), &changed), STR("ậ")));
    assert_true(str_eq(norm_drop_controls(&a, STR("a\x01\x7F\xC2\x85\xEF\xBB\xBFữ\nb"), &changed),
                       STR("aữ b"))); // where a line broke, words ended
    assert_true(changed);
    norm_drop_controls(&a, nfc, &changed);
    assert_false(changed);
    assert_true(str_eq(norm_replace_bad(&a, STR("\xFF"
                                                "aữ\xE1\xBB")),
                       STR("\xEF\xBF\xBD"
                           "aữ\xEF\xBF\xBD\xEF\xBF\xBD")));
    arena_free(&a);
}

// A letter taken apart is its canonical decomposition, and comes together again.
static void letters(void **state)
{
    (void)state;
    static const int32_t tones[] = { 0, 0x300, 0x309, 0x303, 0x301, 0x323 };
    static const int32_t marks[] = { 0, 0x306, 0x302, 0x31B, 0 };
    size_t vietnamese = 0;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        if (!is_scalar((int32_t)c))
            continue;
        struct letter l = letter_of(c);
        assert_int_equal(letter_is_vietnamese(c), c >= 0x80 && l.base != '\0');
        if (l.base == '\0')
            continue;
        vietnamese += c >= 0x80;
        assert_int_equal(letter_code_point(l), c);
        if (l.mark == MARK_STROKE)
            continue;
        utf8proc_int32_t parts[4] = { 0 };
        int boundary = 0;
        utf8proc_ssize_t n = utf8proc_decompose_char(
            (utf8proc_int32_t)c, parts, 4, UTF8PROC_DECOMPOSE | UTF8PROC_STABLE, &boundary);
        assert_int_equal(n, 1 + (l.mark != 0) + (l.tone != 0));
        assert_int_equal(parts[0], l.upper ? l.base - 'a' + 'A' : l.base);
        for (int i = 1; i < n; i++)
            assert_true(parts[i] == tones[l.tone] || parts[i] == marks[l.mark]);
    }
    assert_int_equal(vietnamese, 134);
    assert_int_equal(letter_code_point((struct letter){ 'q', MARK_NONE, TONE_ACUTE, false }), 0);
    assert_int_equal(letter_code_point((struct letter){ 'd', MARK_STROKE, TONE_DOT, false }), 0);
    assert_int_equal(letter_code_point((struct letter){ 'd', MARK_STROKE, TONE_NONE, true }),
                     0x110);
    assert_int_equal(letter_code_point((struct letter){ '!', MARK_NONE, TONE_NONE, true }), 0);
    assert_true(letter_is_ethnic(0x14F) && !letter_is_ethnic('o') && !letter_is_ethnic(0x1ED5));
}

static void latin_names(void **state)
{
    (void)state;
    static const char *const rows[][2] = { { "Nguyễn Thị Đoan", "NGUYEN THI DOAN" },
                                           { "Y K'Nia Byă", "Y KNIA BYA" },
                                           { "H’Bia Êban", "HBIA EBAN" },
                                           { "Kpă-Mlô  Čư", "KPA MLO CU" },
                                           { " Ý ", "Y" },
                                           { "A. B. ĩũơƯ", "A B IUOU" },
                                           { "阮文", "" },
                                           { "", "" },
                                           { "A\xFF\xC2\xA0"
                                             "B",
                                             "A B" } };
    struct arena a = { 0 };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct str got = latin_name(&a, str_of(rows[i][0]));
        if (!str_eq(got, str_of(rows[i][1])))
            fail_msg("%s became %.*s", rows[i][0], (int)got.n, got.p);
    }
    assert_true(str_eq(latin_fold(&a, STR("Số CCCD, 12: Đ\xFF阮")), STR("so cccd, 12: d\xFF阮")));
    arena_free(&a);
}

static void assert_shown(struct str text, const char *shown, size_t width)
{
    struct bytes out = { 0 };
    display_put(&out, text);
    bytes_put_char(&out, '\0');
    assert_string_equal(out.p, shown);
    assert_int_equal(display_width(text), width);
    bytes_free(&out);
}

static void showing(void **state)
{
    (void)state;
    assert_shown(STR("Nguyễn"), "Nguyễn", 6);
    assert_shown(STR("阮a"), "阮a", 3);
    assert_shown(STR("a\xCC\xA3"), "a\xCC\xA3", 1);
    assert_shown(STR("\x1B[m\x7F\0\xFF"), "\\x1B[m\\x7F\\x00\\xFF", 18);
    assert_shown(STR("\xE2\x80\xAE\xC2\x85"), "\\u{202E}\\u{0085}", 16);
    assert_shown(STR("\xF3\xA0\x80\xA0\xF4\x80\x80\x80"), "\\u{E0020}\\u{100000}", 19);
}

static bool is_apostrophe(int32_t c)
{
    return c == 0x2018 || c == 0x2019 || c == 0x2BC || c == 0xB4;
}

// The words of scan.h, said of one character.
static void check_flags(int32_t c, unsigned flags)
{
    bool vietnamese = letter_is_vietnamese((uint32_t)c);
    bool plain = c >= 0x20 && c < 0x7F && strchr("\"\\&%", c) == NULL;
    bool known = vietnamese || letter_is_ethnic((uint32_t)c) || is_apostrophe(c);

    if ((flags & SCAN_LOWER) != 0 && (c < 'a' || c > 'z'))
        fail_msg("U+%04X is no small letter", (unsigned)c);
    if ((flags & SCAN_ACCENTED) != 0 && c < 0x80)
        fail_msg("U+%04X is ASCII", (unsigned)c);
    if ((flags & SCAN_EXTENDED) != 0 && c <= 0xFF)
        fail_msg("U+%04X is in Latin-1", (unsigned)c);
    if (vietnamese && c > 0xFF && (flags & SCAN_EXTENDED) == 0)
        fail_msg("U+%04X is in no code page", (unsigned)c);
    if ((flags & SCAN_ODD) == 0 && !plain && !known)
        fail_msg("U+%04X is odd", (unsigned)c);
    if ((flags & SCAN_ODD) != 0 && (plain || vietnamese))
        fail_msg("U+%04X is not odd", (unsigned)c);
}

// Every character alone, and others behind so many: several bytes are looked at together.
static void scanning(void **state)
{
    (void)state;
    for (int32_t c = 0; c <= 0x10FFFF; c += c < 0x3000 ? 1 : 97) {
        struct bytes text = { 0 };
        if (!is_scalar(c))
            continue;
        utf8_put(&text, (uint32_t)c);
        unsigned alone = scan_text(bytes_str(&text));
        check_flags(c, alone);
        for (size_t before = 1; before < 9; before++) {
            text.n = 0;
            for (size_t i = 0; i < before; i++)
                bytes_put_char(&text, 'A');
            utf8_put(&text, (uint32_t)c);
            bytes_lit(&text, "AAAAA");
            unsigned inside = scan_text(bytes_str(&text)) & ~scan_text(STR("AAAAA"));
            if (inside != (alone & ~scan_text(STR("AAAAA"))))
                fail_msg("U+%04X behind %zu", (unsigned)c, before);
        }
        bytes_free(&text);
    }
    assert_int_equal(scan_text((struct str){ NULL, 0 }), 0);
    assert_true(scan_text(STR("\xE1\xBB")) & SCAN_ODD);
    assert_true(scan_text(STR("\xC3")) & SCAN_ODD);
    assert_true(scan_text(STR("Ng\xE1\x80n")) & SCAN_ODD);
    assert_false(scan_text(STR("Y K'Nia-Mlo A.")) & SCAN_NOT_IN_NAME);
    assert_true(scan_text(STR("A/B")) & SCAN_NOT_IN_NAME);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_every_code_point),
        cmocka_unit_test(utf8_every_sequence),
        cmocka_unit_test(utf8_texts),
        cmocka_unit_test(composing),
        cmocka_unit_test(letters),
        cmocka_unit_test(latin_names),
        cmocka_unit_test(showing),
        cmocka_unit_test(scanning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
