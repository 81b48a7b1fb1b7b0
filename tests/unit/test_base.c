// SPDX-License-Identifier: MIT
// Slices, growable bytes, the arena and base64.
#include "base/base64.h"
#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

// So that a sanitizer's allocator returns NULL for what no machine has.
const char *__asan_default_options(void)
{
    return "allocator_may_return_null=1";
}

// Every byte at every place of runs of 1 to 20, against the word's plain meaning.
static void digits(void **state)
{
    (void)state;
    char text[20];
    assert_false(str_is_digits(STR("")));
    for (size_t n = 1; n <= sizeof text; n++) {
        for (size_t i = 0; i < n; i++)
            text[i] = (char)('0' + (i * 7 + n) % 10);
        assert_true(str_is_digits((struct str){ text, n }));
        for (size_t at = 0; at < n; at++) {
            char kept = text[at];
            for (int c = 0; c < 256; c++) {
                text[at] = (char)c;
                if (str_is_digits((struct str){ text, n }) != (c >= '0' && c <= '9'))
                    fail_msg("byte %02X at %zu of %zu", (unsigned)c, at, n);
            }
            text[at] = kept;
        }
    }
}

static void slices(void **state)
{
    (void)state;
    const struct str s = STR("abcab");
    assert_true(str_eq(str_of("abcab"), s) && !str_eq(s, STR("abcaB")) && !str_eq(s, STR("abca")));
    assert_true(str_eq((struct str){ NULL, 0 }, STR("")));
    assert_true(str_starts(s, STR("abc")) && str_starts(s, STR("")) && str_starts(s, s));
    assert_false(str_starts(STR("ab"), STR("abc")));
    assert_true(str_eq(str_from(s, 3), STR("ab")) && str_eq(str_from(s, 5), STR("")));
    assert_true(str_from(s, SIZE_MAX).n == 0 && str_eq(str_head(s, 2), STR("ab")));
    assert_true(str_eq(str_head(s, 99), s));
    assert_int_equal(str_find(s, 'c'), 2);
    assert_int_equal(str_find(s, 'x'), 5);
    assert_int_equal(str_find((struct str){ NULL, 0 }, 'x'), 0);
    assert_true(str_eq(str_trim(STR("\r\n \t\0 a b\0\r\n")), STR("a b")));
    assert_int_equal(str_trim(STR(" \0\t\r\n ")).n, 0);
}

static void growing(void **state)
{
    (void)state;
    struct bytes b = { 0 };
    for (size_t i = 0; i < 10000; i++)
        bytes_put_char(&b, (char)i);
    assert_int_equal(b.n, 10000);
    for (size_t i = 0; i < 10000; i++)
        assert_int_equal((char)i, b.p[i]);
    bytes_free(&b);
    assert_true(b.p == NULL && b.n == 0 && b.cap == 0);
    bytes_put_number(&b, 0);
    bytes_put_char(&b, ' ');
    bytes_put_number(&b, 9);
    bytes_put_char(&b, ' ');
    bytes_put_number(&b, UINT64_MAX);
    assert_true(str_eq(bytes_str(&b), STR("0 9 18446744073709551615")));
    bytes_free(&b);
}

static void growing_beyond_memory(void **state)
{
    (void)state;
    struct bytes b = { 0 };
    bytes_lit(&b, "abc");
    assert_false(bytes_reserve(&b, SIZE_MAX - 1));
    assert_true(b.failed && str_eq(bytes_str(&b), STR("abc")));
    assert_false(bytes_reserve(&b, 1));
    for (int i = 0; i < 1000; i++)
        bytes_put_char(&b, 'x'); // harmless
    assert_true(b.n <= b.cap);
    bytes_free(&b);
    assert_false(bytes_reserve(&b, SIZE_MAX / 4));
    assert_true(b.failed);
    bytes_free(&b);
}

static void arenas(void **state)
{
    (void)state;
    struct arena a = { 0 };
    arena_reset(&a);
    for (int round = 0; round < 3; round++) {
        struct str first = arena_copy(&a, STR("Nguyễn"));
        for (size_t n = 0; n < 3000; n += 7) {
            char *p = arena_alloc(&a, n);
            assert_non_null(p);
            assert_int_equal((uintptr_t)p % 16, 0);
            memset(p, 0xAA, n);
        }
        char *large = arena_alloc(&a, 1000000);
        memset(large, 0xBB, 1000000);
        assert_true(str_eq(first, STR("Nguyễn")) && first.p[first.n] == '\0');
        assert_int_equal(arena_copy(&a, (struct str){ NULL, 0 }).n, 0);
        arena_reset(&a);
        assert_false(a.failed);
    }
    assert_null(arena_alloc(&a, SIZE_MAX));
    assert_true(a.failed);
    arena_reset(&a);
    assert_null(arena_alloc(&a, SIZE_MAX / 4));
    assert_int_equal(arena_copy(&a, (struct str){ "", SIZE_MAX / 4 }).n, 0);
    assert_true(a.failed);
    arena_free(&a);
    assert_true(a.blocks == NULL && !a.failed);
}

// RFC 4648, section 10, and what it calls malformed.
static void base64(void **state)
{
    (void)state;
    static const char *const rows[][2] = { { "", "" },
                                           { "f", "Zg==" },
                                           { "fo", "Zm8=" },
                                           { "foo", "Zm9v" },
                                           { "foob", "Zm9vYg==" },
                                           { "fooba", "Zm9vYmE=" },
                                           { "foobar", "Zm9vYmFy" },
                                           { "\xFB\xFF\xBE", "+/++" } };
    static const char *const wrong[] = { "Z",     "Zg",   "Zg=",  "Zg===", "=Zg=",    "Z=g=",
                                         "Zm9v=", "Zm9-", "Zm 9", "====",  "Zg==Zg==" };
    struct arena a = { 0 };
    struct str read;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bytes out = { 0 };
        base64_put(&out, str_of(rows[i][0]));
        assert_true(str_eq(bytes_str(&out), str_of(rows[i][1])));
        assert_true(base64_read(&a, bytes_str(&out), &read));
        assert_true(str_eq(read, str_of(rows[i][0])));
        bytes_free(&out);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (base64_read(&a, str_of(wrong[i]), &read))
            fail_msg("%s was read", wrong[i]);
    assert_false(base64_read(&a, STR("Zg\0="), &read));
    arena_free(&a);
}

static void errors(void **state)
{
    (void)state;
    for (enum error_code e = 0; e < ERROR_COUNT; e++) {
        assert_int_equal(error_from_name(str_of(error_name(e))), e);
        assert_true(strlen(error_sentence(e)) > 10);
    }
    assert_int_equal(error_from_name(STR("no such")), ERROR_COUNT);
    assert_int_equal(error_from_name(STR("")), ERROR_COUNT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits),  cmocka_unit_test(slices),
        cmocka_unit_test(growing), cmocka_unit_test(growing_beyond_memory),
        cmocka_unit_test(arenas),  cmocka_unit_test(base64),
        cmocka_unit_test(errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
