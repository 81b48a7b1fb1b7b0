// SPDX-License-Identifier: MIT
#include "payload/other.h"

#include "base/date.h"

static bool is_one_of(struct str s, char a, char b)
{
    return s.n == 1 && (s.p[0] == a || s.p[0] == b);
}

bool fields_are_pc_covid(const struct fields *f)
{
    struct date born;
    return f->count >= 5 && f->field[2].n == 10 && date_from_iso(f->field[2], &born) &&
           is_one_of(f->field[3], '0', '1');
}

static bool is_hex(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (strchr("0123456789abcdefABCDEF", s.p[i]) == NULL || s.p[i] == '\0')
            return false;
    return s.n >= 2 && s.n % 2 == 0;
}

bool fields_are_health_insurance(const struct fields *f)
{
    struct date born;
    return f->count >= 5 && is_hex(f->field[1]) && !str_is_digits(f->field[1]) &&
           date_from_slashed(f->field[2], &born) && is_one_of(f->field[3], '1', '2');
}
