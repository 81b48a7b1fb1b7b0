// SPDX-License-Identifier: MIT
#include "base/lines.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

// A source that gives prepared bytes in pieces. A piece boundary at `pause` makes it idle once; at
// the end it gives `last`.
struct pieces {
    struct str data;
    size_t at;
    size_t piece; // 0: as much as fits
    size_t first; // length of the first piece, 0: as the others
    size_t pause; // idle once here; 0: never
    long last;
    int native;
    unsigned calls_after_end;
};

static long read_pieces(void *ctx, char *buf, size_t size)
{
    struct pieces *p = ctx;
    if (p->pause > 0 && p->at == p->pause) {
        p->pause = 0;
        return LINES_IDLE;
    }
    size_t n = p->data.n - p->at;
    if (n == 0) {
        assert_int_equal(p->calls_after_end++, 0);
        errno = p->native;
        return p->last;
    }
    size_t piece = p->at == 0 && p->first ? p->first : p->piece;
    if (piece && n > piece)
        n = piece;
    if (p->pause > p->at && n > p->pause - p->at)
        n = p->pause - p->at;
    if (n > size)
        n = size;
    memcpy(buf, p->data.p + p->at, n);
    p->at += n;
    return (long)n;
}

static void open_pieces(struct lines *l, struct pieces *p, bool null_ends)
{
    assert_true(lines_open(l, (struct lines_source){ read_pieces, p }, null_ends));
}

static void expect(struct lines *l, enum lines_event event, const char *text)
{
    struct str line;
    assert_int_equal(lines_next(l, &line), event);
    assert_int_equal(line.n, strlen(text));
    assert_memory_equal(line.p, text, line.n);
}

static void expect_done(struct lines *l)
{
    struct str line;
    assert_int_equal(lines_next(l, &line), LINES_DONE);
    assert_int_equal(lines_next(l, &line), LINES_DONE);
    assert_int_equal(line.n, 0);
}

static void expect_all(struct pieces p, bool null_ends, const char *const *want, size_t count)
{
    struct lines l;
    open_pieces(&l, &p, null_ends);
    for (size_t i = 0; i < count; i++)
        expect(&l, LINES_LINE, want[i]);
    expect_done(&l);
    assert_false(l.failed);
    lines_close(&l);
}

#define COUNT(a) (sizeof(a) / sizeof *(a))

static const char sample[] =
    "one\ntwo\r\nthree\rfour\n\nfive\r\r\nsix\n\rseven\r\r\r\n\n\n\r\neight\r\n\rnine";
static const char *const sample_lines[] = {
    "one",   "two", "three", "four", "", "five", "",      "six", "",
    "seven", "",    "",      "",     "", "",     "eight", "",    "nine",
};

static void test_every_split_gives_the_same_lines(void **state)
{
    (void)state;
    struct str data = STR(sample);
    for (size_t piece = 1; piece <= data.n; piece++)
        for (size_t first = 1; first <= data.n; first++)
            expect_all((struct pieces){ .data = data, .piece = piece, .first = first }, false,
                       sample_lines, COUNT(sample_lines));
}

static void test_final_end_makes_no_empty_line(void **state)
{
    (void)state;
    static const char *const want[] = { "a", "b" };
    static const struct str ends[] = { STR("a\nb\n"), STR("a\r\nb\r\n"), STR("a\rb\r"),
                                       STR("a\nb") };
    for (size_t i = 0; i < COUNT(ends); i++)
        for (size_t piece = 1; piece <= ends[i].n; piece++)
            expect_all((struct pieces){ .data = ends[i], .piece = piece }, false, want, 2);
    expect_all((struct pieces){ .data = STR("") }, false, NULL, 0);
}

static void test_bytes_of_any_kind_stay(void **state)
{
    (void)state;
    struct pieces p = { .data = STR("\xEF\xBB\xBF"
                                    "a\0b\xFF\n\0\n") };
    struct lines l;
    struct str line;
    open_pieces(&l, &p, false);
    assert_int_equal(lines_next(&l, &line), LINES_LINE);
    assert_int_equal(line.n, 7);
    assert_memory_equal(line.p,
                        "\xEF\xBB\xBF"
                        "a\0b\xFF",
                        7);
    assert_int_equal(lines_next(&l, &line), LINES_LINE);
    assert_int_equal(line.n, 1);
    expect_done(&l);
    lines_close(&l);
}

static void test_null_ends(void **state)
{
    (void)state;
    struct str data = STR("a\nb\0\0c\r\n\0\rd");
    static const char *const want[] = { "a\nb", "", "c\r\n", "\rd" };
    for (size_t piece = 1; piece <= data.n; piece++)
        expect_all((struct pieces){ .data = data, .piece = piece }, true, want, COUNT(want));
}

static void test_cr_ends_a_line_at_once(void **state)
{
    (void)state;
    struct pieces p = { .data = STR("a\r\nb\r"), .piece = 2, .pause = 2 };
    struct lines l;
    open_pieces(&l, &p, false);
    expect(&l, LINES_LINE, "a");
    assert_int_equal(p.at, 2);
    expect(&l, LINES_QUIET, "");
    expect(&l, LINES_LINE, "b");
    expect_done(&l);
    lines_close(&l);
}

static void test_unfinished_line_goes_on_after_idle(void **state)
{
    (void)state;
    struct pieces p = { .data = STR("x\nabcdef\n"), .pause = 5 };
    struct lines l;
    open_pieces(&l, &p, false);
    expect(&l, LINES_LINE, "x");
    expect(&l, LINES_QUIET, "abc");
    expect(&l, LINES_LINE, "abcdef");
    expect_done(&l);
    lines_close(&l);
}

static void test_unfinished_line_is_taken(void **state)
{
    (void)state;
    static const struct {
        struct str data;
        const char *next;
    } cases[] = {
        { STR("abcdef\n"), "def" },   { STR("abc\ndef\n"), "def" }, { STR("abc\r\ndef\n"), "def" },
        { STR("abc\rdef\n"), "def" }, { STR("abc\n\ndef\n"), "" },  { STR("abc\r\n\r\ndef"), "" },
        { STR("abc\r\rdef\n"), "" },
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        for (size_t piece = 1; piece <= cases[i].data.n; piece++) {
            struct pieces p = { .data = cases[i].data, .piece = piece, .pause = 3 };
            struct lines l;
            open_pieces(&l, &p, false);
            expect(&l, LINES_QUIET, "abc");
            lines_take_unfinished(&l);
            expect(&l, LINES_LINE, cases[i].next);
            lines_close(&l);
        }
}

static void test_taking_nothing_keeps_the_next_empty_line(void **state)
{
    (void)state;
    struct pieces p = { .data = STR("a\n\nb\n"), .pause = 2 };
    struct lines l;
    open_pieces(&l, &p, false);
    expect(&l, LINES_LINE, "a");
    expect(&l, LINES_QUIET, "");
    lines_take_unfinished(&l);
    expect(&l, LINES_LINE, "");
    expect(&l, LINES_LINE, "b");
    lines_close(&l);
}

static void test_failure_is_told_with_the_cut_line(void **state)
{
    (void)state;
    struct pieces p = { .data = STR("a\ncut"), .last = LINES_FAILED, .native = EIO };
    struct lines l;
    open_pieces(&l, &p, false);
    expect(&l, LINES_LINE, "a");
    assert_false(l.failed);
    expect(&l, LINES_LINE, "cut");
    assert_true(l.failed);
    assert_int_equal(l.native, EIO);
    expect_done(&l);
    lines_close(&l);
}

// A long line between two short ones; `length` bytes and its end.
static char *long_sample(size_t length, const char *end, struct str *data)
{
    char *text = malloc(length + 16);
    assert_non_null(text);
    size_t n = 0;
    text[n++] = 'a';
    text[n++] = '\n';
    for (size_t i = 0; i < length; i++)
        text[n++] = (char)('0' + i % 10);
    for (; *end; end++)
        text[n++] = *end;
    text[n++] = 'z';
    *data = (struct str){ text, n };
    return text;
}

static void check_long(size_t length, const char *end, size_t piece)
{
    struct str data, line;
    char *text = long_sample(length, end, &data);
    struct pieces p = { .data = data, .piece = piece };
    struct lines l;
    open_pieces(&l, &p, false);
    expect(&l, LINES_LINE, "a");
    bool over = length > LINES_MAX_LENGTH;
    assert_int_equal(lines_next(&l, &line), over ? LINES_TOO_LONG : LINES_LINE);
    assert_int_equal(line.n, over ? LINES_HEAD_LENGTH : length);
    assert_memory_equal(line.p, data.p + 2, line.n);
    expect(&l, LINES_LINE, "z");
    expect_done(&l);
    assert_true(l.size <= 2 * LINES_MAX_LENGTH);
    lines_close(&l);
    free(text);
}

static void test_long_lines(void **state)
{
    (void)state;
    static const size_t lengths[] = { 256 * 1024 - 3,
                                      256 * 1024 - 2,
                                      256 * 1024,
                                      LINES_MAX_LENGTH - 1,
                                      LINES_MAX_LENGTH,
                                      LINES_MAX_LENGTH + 1,
                                      LINES_MAX_LENGTH + 256 * 1024,
                                      3 * LINES_MAX_LENGTH };
    static const size_t piece[] = { 0, 4096, 65536, 100000, 1024 * 1024 };
    for (size_t i = 0; i < COUNT(lengths); i++)
        for (size_t j = 0; j < COUNT(piece); j++) {
            check_long(lengths[i], "\n", piece[j]);
            check_long(lengths[i], "\r", piece[j]);
            check_long(lengths[i], "\r\n", piece[j]);
        }
}

static void test_one_byte_at_a_time_is_not_quadratic(void **state)
{
    (void)state;
    clock_t start = clock();
    check_long(LINES_MAX_LENGTH, "\r\n", 1);
    assert_true(clock() - start < 5 * CLOCKS_PER_SEC);
}

static void test_too_long_line_at_the_end_is_told_once(void **state)
{
    (void)state;
    struct str data, line;
    char *text = long_sample(2 * LINES_MAX_LENGTH, "", &data);
    struct pieces p = { .data = data, .piece = 1000 };
    struct lines l;
    open_pieces(&l, &p, false);
    expect(&l, LINES_LINE, "a");
    assert_int_equal(lines_next(&l, &line), LINES_TOO_LONG);
    expect_done(&l);
    lines_close(&l);
    free(text);
}

static void test_silence_ends_a_too_long_line(void **state)
{
    (void)state;
    struct str data, line;
    char *text = long_sample(2 * LINES_MAX_LENGTH, "", &data);
    struct pieces p = { .data = data, .pause = data.n - 1 };
    struct lines l;
    open_pieces(&l, &p, false);
    expect(&l, LINES_LINE, "a");
    assert_int_equal(lines_next(&l, &line), LINES_TOO_LONG);
    expect(&l, LINES_QUIET, "");
    lines_take_unfinished(&l);
    expect(&l, LINES_LINE, "z");
    expect_done(&l);
    lines_close(&l);
    free(text);
}

// Many lines through many refills, in every mixture of ends; each line tells its own number.
static void test_many_lines(void **state)
{
    (void)state;
    enum { LINES = 60000 };
    static const char *const ends[] = { "\n", "\r\n", "\r" };
    char *text = malloc(LINES * 24);
    assert_non_null(text);
    size_t n = 0;
    for (unsigned i = 0; i < LINES; i++)
        n += (size_t)snprintf(text + n, 24, "%0*u%s", (int)(i % 13 + 1), i, ends[i * 7 % 3]);
    static const size_t piece[] = { 0, 1, 17, 4095, 65536 };
    for (size_t j = 0; j < COUNT(piece); j++) {
        struct pieces p = { .data = { text, n }, .piece = piece[j] };
        struct lines l;
        open_pieces(&l, &p, false);
        for (unsigned i = 0; i < LINES; i++) {
            char want[24];
            snprintf(want, sizeof want, "%0*u", (int)(i % 13 + 1), i);
            expect(&l, LINES_LINE, want);
        }
        expect_done(&l);
        lines_close(&l);
    }
    free(text);
}

static void test_descriptor(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe2(ends, O_NONBLOCK), 0);
    assert_int_equal(write(ends[1], "a\nb", 3), 3);
    struct lines l;
    assert_true(lines_open(&l, (struct lines_source){ lines_read_fd, &ends[0] }, false));
    expect(&l, LINES_LINE, "a");
    close(ends[1]);
    expect(&l, LINES_LINE, "b");
    expect_done(&l);
    assert_false(l.failed);
    lines_close(&l);
    close(ends[0]);
}

static void test_descriptor_fails(void **state)
{
    (void)state;
    int folder = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_true(folder >= 0);
    struct lines l;
    assert_true(lines_open(&l, (struct lines_source){ lines_read_fd, &folder }, false));
    expect_done(&l);
    assert_true(l.failed);
    assert_int_equal(l.native, EISDIR);
    lines_close(&l);
    close(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_split_gives_the_same_lines),
        cmocka_unit_test(test_final_end_makes_no_empty_line),
        cmocka_unit_test(test_bytes_of_any_kind_stay),
        cmocka_unit_test(test_null_ends),
        cmocka_unit_test(test_cr_ends_a_line_at_once),
        cmocka_unit_test(test_unfinished_line_goes_on_after_idle),
        cmocka_unit_test(test_unfinished_line_is_taken),
        cmocka_unit_test(test_taking_nothing_keeps_the_next_empty_line),
        cmocka_unit_test(test_failure_is_told_with_the_cut_line),
        cmocka_unit_test(test_long_lines),
        cmocka_unit_test(test_one_byte_at_a_time_is_not_quadratic),
        cmocka_unit_test(test_too_long_line_at_the_end_is_told_once),
        cmocka_unit_test(test_silence_ends_a_too_long_line),
        cmocka_unit_test(test_many_lines),
        cmocka_unit_test(test_descriptor),
        cmocka_unit_test(test_descriptor_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
