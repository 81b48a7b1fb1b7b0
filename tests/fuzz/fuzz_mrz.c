// SPDX-License-Identifier: MIT
// Any three lines: what the parser says must follow from the lines by the words of the standard,
// which are worked out here a second time and in another way.
#include "lds/mrz.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
    if (!condition)
        abort();
}

static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

static int value_of(char c)
{
    const char *hit = c ? strchr(alphabet, c) : NULL;
    return c == '<' ? 0 : hit ? (int)(hit - alphabet) : -1;
}

// As the standard counts: lines and positions from 1.
struct piece {
    int line, first, last;
};

static bool sum_is(const struct str line[], const struct piece *piece, size_t count, char digit)
{
    long sum = 0;
    size_t place = 0;
    for (size_t i = 0; i < count; i++)
        for (int at = piece[i].first; at <= piece[i].last; at++, place++)
            sum += value_of(line[piece[i].line - 1].p[at - 1]) * (place % 3 == 0   ? 7
                                                                  : place % 3 == 1 ? 3
                                                                                   : 1);
    return digit == '0' + sum % 10;
}

static bool all_of(struct str line, int first, int last, const char *set)
{
    for (int at = first; at <= last; at++)
        if (strchr(set, line.p[at - 1]) == NULL)
            return false;
    return true;
}

static bool field_holds(const struct str line[], struct piece p, const char *set, int check)
{
    return all_of(line[p.line - 1], p.first, p.last, set) &&
           sum_is(line, &p, 1, line[p.line - 1].p[check - 1]);
}

static bool long_number_holds(const struct str line[])
{
    int end = 16;
    while (end <= 30 && line[0].p[end - 1] != '<')
        end++;
    if (line[0].p[14] != '<' || end > 30 || end < 18)
        return false;
    const struct piece bare[] = { { 1, 6, 14 }, { 1, 16, end - 2 } };
    const struct piece filled = { 1, 6, end - 2 };
    return sum_is(line, bare, 2, line[0].p[end - 2]) ||
           sum_is(line, &filled, 1, line[0].p[end - 2]);
}

static void check_digits(const struct mrz *m)
{
    static const struct piece whole[] = { { 1, 6, 30 }, { 2, 1, 7 }, { 2, 9, 15 }, { 2, 19, 29 } };
    const struct str *line = m->line;
    bool vietnam = memcmp(line[0].p + 2, "VNM", 3) == 0;
    const char *digits = "0123456789", *dates = "0123456789<";
    struct piece number = { 1, 6, 14 }, id = { 1, 16, 27 };

    require(m->vietnamese == vietnam);
    require(m->holds[MRZ_CHECK_DOCUMENT] ==
            (field_holds(line, number, vietnam ? digits : "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<",
                         15) ||
             (!vietnam && long_number_holds(line))));
    require(m->holds[MRZ_CHECK_ID] ==
            (!vietnam || (all_of(line[0], 28, 29, "<") && field_holds(line, id, digits, 30))));
    require(m->holds[MRZ_CHECK_BIRTH] == field_holds(line, (struct piece){ 2, 1, 6 }, dates, 7));
    require(m->holds[MRZ_CHECK_EXPIRY] == field_holds(line, (struct piece){ 2, 9, 14 }, dates, 15));
    require(m->holds[MRZ_CHECK_COMPOSITE] == sum_is(line, whole, 4, line[1].p[29]));
    for (size_t i = 0; i < MRZ_CHECK_COUNT; i++)
        require(!(m->holds[i] && m->holds_if_read[i]));
}

static void require_inside(struct str slice, struct str line)
{
    require((uintptr_t)slice.p >= (uintptr_t)line.p &&
            (uintptr_t)slice.p + slice.n <= (uintptr_t)line.p + line.n);
    require(slice.n == 0 || slice.p[slice.n - 1] != '<');
}

static void check_slices(const struct mrz *m)
{
    const struct str upper[] = { m->document_code, m->issuer,      m->document_number,
                                 m->document_rest, m->optional[0], m->id };
    for (size_t i = 0; i < sizeof upper / sizeof *upper; i++)
        require_inside(upper[i], m->line[0]);
    require_inside(m->optional[1], m->line[1]);
    require_inside(m->nationality, m->line[1]);
    require_inside(m->surname, m->line[2]);
    require_inside(m->given, m->line[2]);
    require(m->id.n == 0 || m->vietnamese);
    require(m->given.n == 0 || m->given.p[0] != '<');
    require(m->sex == 'M' || m->sex == 'F' || m->sex == '<');
}

static void check_dates(const struct mrz *m)
{
    const struct date now = { 2026, 1, 1 };
    struct date d;
    if (mrz_birth_date(m, now, &d)) {
        require(date_is_real(d));
        require(d.year % 100 == value_of(m->birth[0]) * 10 + value_of(m->birth[1]));
        require(m->vietnamese || date_compare(d, now) <= 0);
    }
    if (mrz_expiry_date(m, &d))
        require(date_is_set(d) ? date_is_real(d) && date_is_day(d) : m->vietnamese);
}

static bool is_zone_text(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (value_of(s.p[i]) < 0)
            return false;
    return true;
}

static void check_shapes(struct str s)
{
    int digit = mrz_check_digit(s);
    require(is_zone_text(s) ? digit >= 0 && digit <= 9 : digit == -1);
    if (mrz_looks_like_line(s))
        require(s.n >= 28 && s.n <= 32 && is_zone_text(s) && !str_is_digits(s));
    if (mrz_looks_like_whole(s))
        require(s.n >= 84 && s.n <= 96 && is_zone_text(s) && !str_is_digits(s));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str rest = { (const char *)data, size }, line[MRZ_TD1_LINES];
    struct mrz m;
    bool fits = true;

    check_shapes(rest);
    for (size_t i = 0; i < MRZ_TD1_LINES; i++) {
        line[i] = str_head(rest, str_find(rest, '\n'));
        rest = str_from(rest, line[i].n + 1);
        check_shapes(line[i]);
        fits = fits && line[i].n == MRZ_TD1_LINE && is_zone_text(line[i]);
    }
    require(mrz_parse(line, &m) == fits);
    if (!fits)
        return 0;
    check_digits(&m);
    check_slices(&m);
    check_dates(&m);
    return 0;
}
