// SPDX-License-Identifier: MIT
#include "person/expiry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

enum { COLUMNS = 6, ROWS_MIN = 80 };

static struct date date(int year, int month, int day)
{
    return (struct date){ (int16_t)year, (uint8_t)month, (uint8_t)day };
}

static void put_candidates(struct bytes *dates, struct bytes *ages, const struct expiry *e)
{
    for (size_t i = 0; i < e->count; i++) {
        if (i > 0) {
            bytes_lit(dates, ";");
            bytes_lit(ages, ";");
        }
        if (date_is_set(e->candidate[i].date))
            date_put_iso(dates, e->candidate[i].date);
        else
            bytes_lit(dates, "none");
        bytes_put_number(ages, e->candidate[i].age);
    }
}

static bool is_text(struct bytes *b, const char *expected)
{
    return str_eq(bytes_str(b), str_of(expected));
}

// Compares one row of the table with what the code says; tells of the difference.
static bool row_holds(char *const column[COLUMNS])
{
    struct date birth, issue;
    struct expiry e;
    struct bytes dates = { 0 }, ages = { 0 }, prolonged = { 0 };

    assert_true(date_from_iso(str_of(column[0]), &birth));
    assert_true(date_from_iso(str_of(column[1]), &issue));
    assert_true(expiry_compute(birth, issue, &e));
    put_candidates(&dates, &ages, &e);
    if (date_is_set(e.prolonged_to))
        date_put_iso(&prolonged, e.prolonged_to);
    else
        bytes_lit(&prolonged, "-");

    bool ok =
        is_text(&dates, column[2]) && is_text(&ages, column[3]) && is_text(&prolonged, column[4]);
    ok = ok && (e.law == EXPIRY_LAW_2023) == (strcmp(column[1], "2024-07-01") >= 0);
    if (!ok)
        print_error("%s %s (%s): %.*s %.*s %.*s\n", column[0], column[1], column[5], (int)dates.n,
                    dates.p, (int)ages.n, ages.p, (int)prolonged.n, prolonged.p);
    bytes_free(&dates);
    bytes_free(&ages);
    bytes_free(&prolonged);
    return ok;
}

static FILE *open_data(const char *name)
{
    char path[4096];
    const char *top = getenv("CCCD_TOP");
    snprintf(path, sizeof path, "%s/tests/data/%s", top ? top : ".", name);
    FILE *f = fopen(path, "r");
    if (f == NULL)
        fail_msg("%s cannot be opened", path);
    return f;
}

static void agrees_with_the_table(void **state)
{
    (void)state;
    FILE *f = open_data("expiry.tsv");
    char line[512];
    size_t rows = 0, wrong = 0;

    assert_non_null(fgets(line, sizeof line, f));
    while (fgets(line, sizeof line, f) != NULL) {
        char *column[COLUMNS], *rest = line;
        line[strcspn(line, "\n")] = '\0';
        for (size_t i = 0; i < COLUMNS; i++)
            assert_non_null(column[i] = strsep(&rest, "\t"));
        wrong += !row_holds(column);
        rows++;
    }
    fclose(f);
    assert_true(rows >= ROWS_MIN);
    assert_int_equal(wrong, 0);
}

static void refuses_what_is_no_date(void **state)
{
    (void)state;
    const struct {
        struct date birth, issue;
    } rows[] = {
        { { 0, 0, 0 }, { 2022, 1, 1 } },      { { 1990, 1, 1 }, { 0, 0, 0 } },
        { { 1990, 2, 30 }, { 2022, 1, 1 } },  { { 1990, 1, 1 }, { 2023, 2, 29 } },
        { { 1990, 0, 5 }, { 2022, 1, 1 } },   { { 1990, 1, 1 }, { 2022, 5, 0 } },
        { { 1990, 1, 1 }, { 2022, 0, 0 } },   { { 2022, 1, 2 }, { 2022, 1, 1 } },
        { { 2022, 2, 0 }, { 2022, 1, 31 } },  { { 2023, 0, 0 }, { 2022, 12, 31 } },
        { { 1700, 1, 1 }, { 2022, 12, 31 } },
    };
    struct expiry e;

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_false(expiry_compute(rows[i].birth, rows[i].issue, &e));
}

static void counts_years_of_age(void **state)
{
    (void)state;
    const struct {
        struct date birth, on;
        int lowest, highest;
    } rows[] = {
        { { 1990, 7, 15 }, { 2022, 7, 14 }, 31, 31 }, { { 1990, 7, 15 }, { 2022, 7, 15 }, 32, 32 },
        { { 1990, 7, 15 }, { 2022, 7, 16 }, 32, 32 }, { { 1990, 7, 15 }, { 1990, 7, 15 }, 0, 0 },
        { { 1990, 12, 31 }, { 1991, 1, 1 }, 0, 0 },   { { 2000, 2, 29 }, { 2023, 2, 27 }, 22, 22 },
        { { 2000, 2, 29 }, { 2023, 2, 28 }, 23, 23 }, // kept on 28 February
        { { 2000, 2, 29 }, { 2024, 2, 28 }, 23, 23 }, { { 2000, 2, 29 }, { 2024, 2, 29 }, 24, 24 },
        { { 1990, 7, 0 }, { 2022, 6, 30 }, 31, 31 },  { { 1990, 7, 0 }, { 2022, 7, 1 }, 31, 32 },
        { { 1990, 7, 0 }, { 2022, 7, 30 }, 31, 32 },  { { 1990, 7, 0 }, { 2022, 7, 31 }, 32, 32 },
        { { 1990, 4, 0 }, { 2022, 4, 30 }, 32, 32 },  { { 1990, 0, 0 }, { 2022, 1, 1 }, 31, 32 },
        { { 1990, 0, 0 }, { 2022, 12, 30 }, 31, 32 }, { { 1990, 0, 0 }, { 2022, 12, 31 }, 32, 32 },
        { { 1990, 0, 0 }, { 1990, 5, 5 }, 0, 0 },     { { 1990, 5, 0 }, { 1990, 5, 5 }, 0, 0 },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct expiry e;
        assert_true(expiry_compute(rows[i].birth, rows[i].on, &e));
        assert_int_equal(e.lowest_age, rows[i].lowest);
        assert_int_equal(e.highest_age, rows[i].highest);
    }
}

// A small generator with a fixed start: the same pairs in every run.
static unsigned next_random(unsigned below)
{
    static uint64_t state = 20240701;
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(state >> 33) % below;
}

static struct date random_day(int first_year, unsigned years)
{
    for (;;) {
        struct date d = date(first_year + (int)next_random(years), 1 + (int)next_random(12),
                             1 + (int)next_random(31));
        if (next_random(16) == 0)
            d = date(d.year, 2, 29);
        if (date_is_real(d))
            return d;
    }
}

// A birthday, or the day before or after 29 February where the year has none.
static bool is_birthday(struct date birth, struct date d)
{
    if (birth.month == 2 && birth.day == 29 && !year_is_leap(d.year))
        return date_eq(d, date(d.year, 2, 28)) || date_eq(d, date(d.year, 3, 1));
    return d.month == birth.month && d.day == birth.day;
}

static void check_candidate(struct date birth, struct date issue, struct expiry_candidate c)
{
    assert_true(date_is_real(c.date));
    assert_true(c.age == 14 || c.age == 25 || c.age == 40 || c.age == 60);
    assert_int_equal(c.date.year - birth.year, c.age);
    assert_true(is_birthday(birth, c.date));
    // More than two years ahead, by the two-year rule; 20 at the most between changes, and two
    // more.
    assert_true(date_compare(c.date, date(issue.year + 2, issue.month, issue.day)) >= 0);
    assert_true(c.date.year - issue.year <= 25);
}

static void keeps_its_promises_for_any_person(void **state)
{
    (void)state;
    for (size_t i = 0; i < 200000; i++) {
        struct date birth = random_day(1900, 130), issue = random_day(2015, 30);
        struct expiry e;
        if (date_compare(birth, issue) > 0) {
            assert_false(expiry_compute(birth, issue, &e));
            continue;
        }
        assert_true(expiry_compute(birth, issue, &e));
        bool leap_day = birth.month == 2 && birth.day == 29;
        assert_in_range(e.count, 1, leap_day ? 2 : 1);
        for (size_t k = 0; k < e.count; k++) {
            if (e.candidate[k].age != 0)
                check_candidate(birth, issue, e.candidate[k]);
            else
                assert_false(date_is_set(e.candidate[k].date));
        }
        // One who is certainly 58 has a card for life, one who is certainly younger has not.
        if (issue.year - birth.year != 58)
            assert_int_equal(e.candidate[0].age == 0, issue.year - birth.year > 58);
    }
}

// A birth date of which less is known must leave every possible day's candidates in.
static void knowing_less_rules_nothing_out(void **state)
{
    (void)state;
    for (size_t i = 0; i < 100000; i++) {
        struct date birth = random_day(1950, 74), issue = random_day(2024, 4);
        struct expiry whole, part;
        struct date known = date(birth.year, next_random(2) ? birth.month : 0, 0);
        if (!expiry_compute(birth, issue, &whole))
            continue;
        assert_true(expiry_compute(known, issue, &part));
        for (size_t k = 0; k < whole.count; k++) {
            size_t at = 0;
            while (at < part.count && part.candidate[at].age != whole.candidate[k].age)
                at++;
            assert_true(at < part.count);
            if (part.candidate[at].age != 0) {
                assert_int_equal(part.candidate[at].date.year, whole.candidate[k].date.year);
                assert_int_equal(part.candidate[at].date.month, known.month);
                assert_int_equal(part.candidate[at].date.day, 0);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_the_table),
        cmocka_unit_test(refuses_what_is_no_date),
        cmocka_unit_test(counts_years_of_age),
        cmocka_unit_test(keeps_its_promises_for_any_person),
        cmocka_unit_test(knowing_less_rules_nothing_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
