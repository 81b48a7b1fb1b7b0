// SPDX-License-Identifier: MIT
// What a worker tells comes back as it was; what no worker would tell is refused.
#include "cli/scan_answer.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static struct scan_page page, back;

static struct scan_page *some_page(size_t symbols)
{
    static const char bytes[] = "001090000001||Nguyễn Văn A|01011990|Nam|Hà Nội|15032022";

    page = (struct scan_page){ .number = 3,
                               .of_several = true,
                               .count = { 7, true },
                               .format = IMAGE_TIFF,
                               .width = 1654,
                               .height = 2339,
                               .orientation = 6,
                               .truncated = true,
                               .error = { ERROR_COUNT, 0 },
                               .microseconds = 48300,
                               .annotated = true,
                               .symbol_count = symbols };
    for (size_t i = 0; i < symbols; i++) {
        struct scan_symbol *s = &page.symbol[i];
        *s = (struct scan_symbol){ .bytes = { bytes, i % sizeof bytes },
                                   .version = 1 + (int)(i % 40),
                                   .step = (enum qr_step)(i % QR_STEP_COUNT),
                                   .microseconds = (uint32_t)i,
                                   .cropped = i % 2 == 1 };
        for (int k = 0; k < 8; k++)
            s->corner[k / 2][k % 2] = (float)k * 100.25f - (float)i;
    }
    return &page;
}

static struct bytes written(const struct scan_page *p)
{
    struct bytes frame = { 0 };
    scan_answer_put(&frame, p);
    assert_false(frame.failed);
    return frame;
}

static void assert_same_symbol(const struct scan_symbol *a, const struct scan_symbol *b)
{
    assert_true(str_eq(a->bytes, b->bytes));
    assert_memory_equal(a->corner, b->corner, sizeof a->corner);
    assert_int_equal(a->version, b->version);
    assert_int_equal(a->step, b->step);
    assert_int_equal(a->microseconds, b->microseconds);
    assert_int_equal(a->cropped, b->cropped);
}

static void assert_same_page(const struct scan_page *a, const struct scan_page *b)
{
    assert_int_equal(a->number, b->number);
    assert_int_equal(a->of_several, b->of_several);
    assert_int_equal(a->count.pages, b->count.pages);
    assert_int_equal(a->count.more, b->count.more);
    assert_int_equal(a->format, b->format);
    assert_int_equal(a->width, b->width);
    assert_int_equal(a->height, b->height);
    assert_int_equal(a->orientation, b->orientation);
    assert_int_equal(a->truncated, b->truncated);
    assert_int_equal(a->error.code, b->error.code);
    assert_int_equal(a->error.native, b->error.native);
    assert_int_equal(a->microseconds, b->microseconds);
    assert_int_equal(a->annotated, b->annotated);
    assert_int_equal(a->symbol_count, b->symbol_count);
    for (size_t i = 0; i < a->symbol_count; i++)
        assert_same_symbol(&a->symbol[i], &b->symbol[i]);
}

// ---- the tests ----

static void there_and_back(void **state)
{
    (void)state;
    static const size_t counts[] = { 1, 2, 57, SCAN_SYMBOLS_MAX };

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        struct bytes frame = written(some_page(counts[i]));
        assert_true(scan_answer_read(bytes_str(&frame), &back));
        assert_same_page(&page, &back);
        bytes_free(&frame);
    }
}

static void every_error(void **state)
{
    (void)state;
    for (int code = 0; code < ERROR_COUNT; code++) {
        some_page(0)->error = (struct error){ (enum error_code)code, code };
        struct bytes frame = written(&page);
        assert_true(scan_answer_read(bytes_str(&frame), &back));
        assert_same_page(&page, &back);
        bytes_free(&frame);
    }
}

static void the_longest_symbol(void **state)
{
    (void)state;
    static char bytes[SCAN_SYMBOL_BYTES_MAX + 1];

    some_page(1)->symbol[0].bytes = (struct str){ bytes, SCAN_SYMBOL_BYTES_MAX };
    struct bytes frame = written(&page);
    assert_true(scan_answer_read(bytes_str(&frame), &back));
    assert_int_equal(back.symbol[0].bytes.n, SCAN_SYMBOL_BYTES_MAX);
    bytes_free(&frame);
    page.symbol[0].bytes.n++;
    frame = written(&page);
    assert_false(scan_answer_read(bytes_str(&frame), &back));
    bytes_free(&frame);
}

// In memory of exactly its size: a sanitizer sees what is read beyond it.
static bool is_read(const char *p, size_t n)
{
    char *exact = malloc(n > 0 ? n : 1);
    assert_non_null(exact);
    memcpy(exact, p, n);
    bool ok = scan_answer_read((struct str){ exact, n }, &back);
    free(exact);
    return ok;
}

static void too_short_or_too_long(void **state)
{
    (void)state;
    struct bytes frame = written(some_page(5));

    for (size_t n = 0; n < frame.n; n++)
        assert_false(is_read(frame.p, n));
    bytes_put_char(&frame, '\0');
    assert_false(is_read(frame.p, frame.n));
    assert_true(is_read(frame.p, frame.n - 1));
    bytes_free(&frame);
}

// What scan_page cannot have is refused, whichever field says it.
static void beyond_range(void **state)
{
    (void)state;
    for (int field = 0; field < 11; field++) {
        struct scan_page *p = some_page(2);
        struct scan_symbol *s = &p->symbol[1];
        switch (field) {
        case 0:
            p->number = 0;
            break;
        case 1:
            p->format = IMAGE_FORMATS;
            break;
        case 2:
            p->width = IMAGE_SIDE_MAX + 1;
            break;
        case 3:
            p->height = UINT32_MAX;
            break;
        case 4:
            p->orientation = 9;
            break;
        case 5:
            p->error.code = (enum error_code)(ERROR_COUNT + 1);
            break;
        case 6:
            p->error.native = -1;
            break;
        case 7:
            s->version = 41;
            break;
        case 8:
            s->version = -1;
            break;
        case 9:
            s->step = QR_STEP_COUNT;
            break;
        default:
            s->step = (enum qr_step)UINT32_MAX;
            break;
        }
        struct bytes frame = written(p);
        if (is_read(frame.p, frame.n))
            fail_msg("field %d was believed", field);
        bytes_free(&frame);
    }
}

static void corners_nowhere(void **state)
{
    (void)state;
    const float places[] = { NAN, INFINITY, -INFINITY, 1e7f, -1e30f };

    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        for (int k = 0; k < 8; k++) {
            some_page(1)->symbol[0].corner[k / 2][k % 2] = places[i];
            struct bytes frame = written(&page);
            assert_false(is_read(frame.p, frame.n));
            bytes_free(&frame);
        }
}

// A page was read when there is a symbol, and only then: else it would make no line, or two.
static void neither_symbol_nor_error(void **state)
{
    (void)state;
    struct bytes frame = written(some_page(0));
    assert_false(is_read(frame.p, frame.n));
    bytes_free(&frame);
}

// Every four bytes of a frame replaced by what numbers rarely are: nothing is believed that lies
// outside of the frame.
static void any_number_anywhere(void **state)
{
    (void)state;
    static const uint32_t numbers[] = { 0,    1,          255,        256,       8192,
                                        8193, 0x7FFFFFFF, 0x80000000, UINT32_MAX };
    struct bytes frame = written(some_page(3));

    for (size_t at = 0; at + 4 <= frame.n; at++)
        for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
            char *exact = malloc(frame.n);
            assert_non_null(exact);
            memcpy(exact, frame.p, frame.n);
            memcpy(exact + at, &numbers[i], sizeof numbers[i]);
            if (scan_answer_read((struct str){ exact, frame.n }, &back)) {
                assert_in_range(back.symbol_count, 0, SCAN_SYMBOLS_MAX);
                for (size_t k = 0; k < back.symbol_count; k++)
                    assert_true(back.symbol[k].bytes.p >= exact &&
                                back.symbol[k].bytes.p + back.symbol[k].bytes.n <= exact + frame.n);
            }
            free(exact);
        }
    bytes_free(&frame);
}

static void pictures(void **state)
{
    (void)state;
    const struct scan_picture picture = { 7, SCAN_SYMBOLS_MAX, STR("\x89PNG") };
    struct scan_picture got;
    struct bytes frame = { 0 };

    scan_picture_put(&frame, &picture);
    assert_true(scan_picture_read(bytes_str(&frame), &got));
    assert_int_equal(got.page, 7);
    assert_int_equal(got.symbol, SCAN_SYMBOLS_MAX);
    assert_true(str_eq(got.bytes, picture.bytes));
    assert_false(scan_answer_read(bytes_str(&frame), &back));
    for (size_t n = 0; n + picture.bytes.n < frame.n; n++)
        assert_false(scan_picture_read((struct str){ frame.p, n }, &got));
    bytes_free(&frame);
    scan_picture_put(&frame, &(struct scan_picture){ 1, SCAN_SYMBOLS_MAX + 1, STR("x") });
    assert_false(scan_picture_read(bytes_str(&frame), &got));
    bytes_free(&frame);
    frame = written(some_page(1));
    assert_false(scan_picture_read(bytes_str(&frame), &got));
    bytes_free(&frame);
}

static void requests(void **state)
{
    (void)state;
    const struct scan_request request = { { 1ull << 40, 1ull << 33, 7 }, 2000, 9, true, false };
    struct scan_request got;
    struct bytes text = { 0 };

    scan_request_put(&text, &request);
    assert_true(scan_request_read(bytes_str(&text), &got));
    assert_true(got.limits.pixels == request.limits.pixels);
    assert_true(got.limits.bytes == request.limits.bytes);
    assert_int_equal(got.limits.pages, 7);
    assert_int_equal(got.budget, 2000);
    assert_int_equal(got.frame, 9);
    assert_true(got.crops);
    assert_false(got.annotate);
    for (size_t n = 0; n < text.n; n++)
        assert_false(scan_request_read((struct str){ text.p, n }, &got));
    bytes_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_and_back),
        cmocka_unit_test(every_error),
        cmocka_unit_test(the_longest_symbol),
        cmocka_unit_test(too_short_or_too_long),
        cmocka_unit_test(beyond_range),
        cmocka_unit_test(corners_nowhere),
        cmocka_unit_test(neither_symbol_nor_error),
        cmocka_unit_test(any_number_anywhere),
        cmocka_unit_test(pictures),
        cmocka_unit_test(requests),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
