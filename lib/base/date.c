// SPDX-License-Identifier: MIT
#include "base/date.h"

enum { YEAR_MIN = 1800, YEAR_MAX = 2399 };

bool year_is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

bool date_is_real(struct date d)
{
    static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    if (d.year < YEAR_MIN || d.year > YEAR_MAX || d.month > 12)
        return false;
    if (d.month == 0)
        return d.day == 0;
    return d.day <= days[d.month - 1] + (d.month == 2 && year_is_leap(d.year));
}

// The value of n digits at p, or -1.
static int digits_value(const char *p, size_t n)
{
    int value = 0;
    for (size_t i = 0; i < n; i++) {
        if (!char_is_digit(p[i]))
            return -1;
        value = value * 10 + (p[i] - '0');
    }
    return value;
}

static int two_digits(const char *p)
{
    return (p[0] - '0') * 10 + (p[1] - '0');
}

bool date_from_ddmmyyyy(struct str s, struct date *out)
{
    if (s.n != 8 || !eight_are_digits(s.p))
        return false;
    *out = (struct date){ (int16_t)(two_digits(s.p + 4) * 100 + two_digits(s.p + 6)),
                          (uint8_t)two_digits(s.p + 2), (uint8_t)two_digits(s.p) };
    return true;
}

// Cuts s at separators into at most three numbers; returns how many, 0 for another form.
static size_t cut_numbers(struct str s, const char *separators, int value[3], size_t width[3])
{
    size_t count = 0;
    for (size_t start = 0; start <= s.n; count++) {
        size_t end = start;
        while (end < s.n && char_is_digit(s.p[end]))
            end++;
        width[count] = end - start;
        if (width[count] == 0 || width[count] > 4)
            return 0;
        value[count] = digits_value(s.p + start, width[count]);
        if (end == s.n)
            return count + 1;
        if (count == 2 || strchr(separators, s.p[end]) == NULL || s.p[end] == '\0')
            return 0;
        start = end + 1;
    }
    return 0;
}

bool date_from_slashed(struct str s, struct date *out)
{
    int value[3];
    size_t width[3];
    size_t count = cut_numbers(s, "/-.", value, width);

    if (count == 0 || width[count - 1] != 4)
        return false;
    for (size_t i = 0; i + 1 < count; i++)
        if (width[i] > 2)
            return false;
    *out = (struct date){ (int16_t)value[count - 1], count > 1 ? (uint8_t)value[count - 2] : 0,
                          count > 2 ? (uint8_t)value[0] : 0 };
    return true;
}

bool date_from_iso(struct str s, struct date *out)
{
    int value[3];
    size_t width[3];
    size_t count = cut_numbers(s, "-", value, width);

    if (count == 0 || width[0] != 4)
        return false;
    for (size_t i = 1; i < count; i++)
        if (width[i] != 2)
            return false;
    *out = (struct date){ (int16_t)value[0], count > 1 ? (uint8_t)value[1] : 0,
                          count > 2 ? (uint8_t)value[2] : 0 };
    return true;
}

int date_compare(struct date a, struct date b)
{
    if (a.year != b.year)
        return a.year - b.year;
    if (a.month == 0 || b.month == 0 || a.month != b.month)
        return a.month == 0 || b.month == 0 ? 0 : a.month - b.month;
    return a.day == 0 || b.day == 0 ? 0 : a.day - b.day;
}

static void put_two(char *p, unsigned value)
{
    p[0] = (char)('0' + value / 10 % 10);
    p[1] = (char)('0' + value % 10);
}

void date_put_iso(struct bytes *out, struct date d)
{
    char iso[DATE_ISO_MAX];
    put_two(iso, (unsigned)d.year / 100);
    put_two(iso + 2, (unsigned)d.year % 100);
    iso[4] = iso[7] = '-';
    put_two(iso + 5, d.month);
    put_two(iso + 8, d.day);
    bytes_put(out, iso, d.month == 0 ? 4 : d.day == 0 ? 7 : 10);
}
