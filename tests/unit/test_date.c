// SPDX-License-Identifier: MIT
#include "base/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

typedef bool date_from_fn(struct str s, struct date *out);

struct reading {
    struct str text;
    struct date date; // year -1: not of that form
};

static const struct date no_date = { -1, 0, 0 };

static void check_readings(date_from_fn *from, const struct reading *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct date d = no_date;
        bool found = from(rows[i].text, &d);
        if (found != (rows[i].date.year >= 0) || !date_eq(d, rows[i].date))
            fail_msg("\"%.*s\": %d, %d-%d-%d", (int)rows[i].text.n, rows[i].text.p, found, d.year,
                     d.month, d.day);
    }
}

static void reads_the_payload_form(void **state)
{
    (void)state;
    const struct reading rows[] = {
        { STR("01021990"), { 1990, 2, 1 } },
        { STR("31122024"), { 2024, 12, 31 } },
        { STR("00001990"), { 1990, 0, 0 } },
        { STR("00071990"), { 1990, 7, 0 } },
        { STR("31021990"), { 1990, 2, 31 } },
        { STR("99999999"), { 9999, 99, 99 } },
        { STR(""), no_date },
        { STR("0102199"), no_date },
        { STR("010219900"), no_date },
        { STR("1/2/1990"), no_date },
        { STR("0102199O"), no_date },
        { STR(" 1021990"), no_date },
        { STR("-1021990"), no_date },
        { STR("01\00021990"), no_date },
        { STR("0102199\xb9"), no_date },
    };
    check_readings(date_from_ddmmyyyy, rows, sizeof rows / sizeof *rows);
}

static void reads_the_written_form(void **state)
{
    (void)state;
    const struct reading rows[] = {
        { STR("01/02/1990"), { 1990, 2, 1 } },
        { STR("1/2/1990"), { 1990, 2, 1 } },
        { STR("1-2-1990"), { 1990, 2, 1 } },
        { STR("01.02.1990"), { 1990, 2, 1 } },
        { STR("02/1990"), { 1990, 2, 0 } },
        { STR("1990"), { 1990, 0, 0 } },
        { STR("31/02/1990"), { 1990, 2, 31 } },
        { STR(""), no_date },
        { STR("/"), no_date },
        { STR("1/2"), no_date },
        { STR("1/2/90"), no_date },
        { STR("001/2/1990"), no_date },
        { STR("1/002/1990"), no_date },
        { STR("1/2/01990"), no_date },
        { STR("1/2/1990/"), no_date },
        { STR("1/2/3/1990"), no_date },
        { STR("/2/1990"), no_date },
        { STR("1//1990"), no_date },
        { STR("1/2/1990 "), no_date },
        { STR("1 2 1990"), no_date },
        { STR("1\0002\0001990"), no_date },
        { STR("1990/02/01"), no_date },
        { STR("99999999999999999999"), no_date },
    };
    check_readings(date_from_slashed, rows, sizeof rows / sizeof *rows);
}

static void reads_the_iso_form(void **state)
{
    (void)state;
    const struct reading rows[] = {
        { STR("1990-02-01"), { 1990, 2, 1 } },
        { STR("1990-02"), { 1990, 2, 0 } },
        { STR("1990"), { 1990, 0, 0 } },
        { STR("1990-13-40"), { 1990, 13, 40 } },
        { STR(""), no_date },
        { STR("1990-2-1"), no_date },
        { STR("1990/02/01"), no_date },
        { STR("90-02-01"), no_date },
        { STR("01-02-1990"), no_date },
        { STR("1990-02-01-"), no_date },
        { STR("1990-02-"), no_date },
        { STR("1990-02-01T00:00"), no_date },
        { STR("19900201"), no_date },
        { STR("1990-002-01"), no_date },
        { STR("-1990"), no_date },
    };
    check_readings(date_from_iso, rows, sizeof rows / sizeof *rows);
}

static void knows_the_calendar(void **state)
{
    (void)state;
    const struct {
        struct date date;
        bool real;
    } rows[] = {
        { { 1990, 1, 31 }, true },  { { 1990, 1, 32 }, false },  { { 1990, 2, 28 }, true },
        { { 1990, 2, 29 }, false }, { { 2000, 2, 29 }, true },   { { 1900, 2, 29 }, false },
        { { 2024, 2, 29 }, true },  { { 2024, 2, 30 }, false },  { { 2100, 2, 29 }, false },
        { { 1990, 4, 30 }, true },  { { 1990, 4, 31 }, false },  { { 1990, 6, 31 }, false },
        { { 1990, 9, 31 }, false }, { { 1990, 11, 31 }, false }, { { 1990, 12, 31 }, true },
        { { 1990, 13, 1 }, false }, { { 1990, 255, 1 }, false }, { { 1990, 1, 255 }, false },
        { { 1990, 7, 0 }, true },   { { 1990, 0, 0 }, true },    { { 1990, 0, 1 }, false },
        { { 0, 0, 0 }, false },     { { 1799, 12, 31 }, false }, { { 1800, 1, 1 }, true },
        { { 2399, 12, 31 }, true }, { { 2400, 1, 1 }, false },   { { -1990, 1, 1 }, false },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(date_is_real(rows[i].date), rows[i].real);
}

// 400 years of the Gregorian calendar are 146,097 days.
static void counts_the_days_of_400_years(void **state)
{
    (void)state;
    long days = 0, leap_years = 0;
    for (int year = 1900; year < 2300; year++) {
        leap_years += year_is_leap(year);
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= 40; day++)
                days += date_is_real((struct date){ (int16_t)year, (uint8_t)month, (uint8_t)day });
    }
    assert_int_equal(days, 146097);
    assert_int_equal(leap_years, 97);
}

static int sign(int value)
{
    return (value > 0) - (value < 0);
}

static void compares_what_both_know(void **state)
{
    (void)state;
    const struct {
        struct date a, b;
        int expected;
    } rows[] = {
        { { 1990, 2, 1 }, { 1990, 2, 1 }, 0 },   { { 1990, 2, 1 }, { 1990, 2, 2 }, -1 },
        { { 1990, 2, 28 }, { 1990, 3, 1 }, -1 }, { { 1990, 12, 31 }, { 1991, 1, 1 }, -1 },
        { { 1990, 2, 0 }, { 1990, 2, 28 }, 0 },  { { 1990, 2, 0 }, { 1990, 3, 1 }, -1 },
        { { 1990, 0, 0 }, { 1990, 12, 31 }, 0 }, { { 1990, 0, 0 }, { 1991, 0, 0 }, -1 },
        { { 1990, 0, 0 }, { 1989, 12, 31 }, 1 }, { { 1958, 0, 0 }, { 1958, 7, 4 }, 0 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(sign(date_compare(rows[i].a, rows[i].b)), rows[i].expected);
        assert_int_equal(sign(date_compare(rows[i].b, rows[i].a)), -rows[i].expected);
    }
}

static void knows_how_much_is_known(void **state)
{
    (void)state;
    assert_false(date_is_set((struct date){ 0 }));
    assert_true(date_is_set((struct date){ 1990, 0, 0 }));
    assert_false(date_is_day((struct date){ 1990, 7, 0 }));
    assert_true(date_is_day((struct date){ 1990, 7, 1 }));
    assert_false(date_eq((struct date){ 1990, 7, 1 }, (struct date){ 1990, 7, 0 }));
    assert_false(date_eq((struct date){ 1990, 7, 1 }, (struct date){ 1990, 8, 1 }));
    assert_false(date_eq((struct date){ 1990, 7, 1 }, (struct date){ 1991, 7, 1 }));
}

static void writes_the_iso_form(void **state)
{
    (void)state;
    const struct {
        struct date date;
        const char *iso;
    } rows[] = {
        { { 1990, 2, 1 }, "1990-02-01" }, { { 2024, 12, 31 }, "2024-12-31" },
        { { 1990, 7, 0 }, "1990-07" },    { { 1990, 0, 0 }, "1990" },
        { { 2005, 0, 0 }, "2005" },       { { 1800, 10, 20 }, "1800-10-20" },
    };
    struct bytes b = { 0 };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct date back;
        b.n = 0;
        bytes_lit(&b, ">");
        date_put_iso(&b, rows[i].date);
        struct str iso = str_from(bytes_str(&b), 1);
        assert_true(str_eq(iso, str_of(rows[i].iso)));
        assert_true(iso.n <= DATE_ISO_MAX);
        assert_true(date_from_iso(iso, &back));
        assert_true(date_eq(back, rows[i].date));
    }
    bytes_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_the_payload_form),       cmocka_unit_test(reads_the_written_form),
        cmocka_unit_test(reads_the_iso_form),           cmocka_unit_test(knows_the_calendar),
        cmocka_unit_test(counts_the_days_of_400_years), cmocka_unit_test(compares_what_both_know),
        cmocka_unit_test(knows_how_much_is_known),      cmocka_unit_test(writes_the_iso_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
