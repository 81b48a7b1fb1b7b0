// SPDX-License-Identifier: MIT
#include "payload/fields.h"
#include "payload/payload.h"

// A scanner may also leave out the line of the empty old number; then every later field comes one
// line earlier.
static size_t field_index(const struct str *line, size_t count)
{
    bool old_id_left_out = count > 1 && line[1].n > 0 && !field_is_old_id(line[1]);
    return count + old_id_left_out;
}

static bool is_text(struct str s)
{
    return s.n > 0 && !str_is_digits(s) && str_find(s, '|') == s.n && s.p[0] != '{';
}

static bool fits(size_t index, struct str s)
{
    switch (index) {
    case 0:
        return field_is_id(s);
    case 1:
        return s.n == 0 || field_is_old_id(s) || is_text(s);
    case 2:
    case 5:
        return is_text(s);
    case 3:
    case 6:
        return field_is_date(s);
    case 4:
        return field_is_sex(s);
    default: // the four further fields of 2024, empty for most people
        return index < FIELDS_2024 && s.n == 0;
    }
}

enum payload_group_state payload_group_next(const struct str *line, size_t count,
                                            struct str candidate)
{
    size_t index = field_index(line, count);
    if (!fits(index, candidate))
        return GROUP_NO;
    return index + 1 < FIELDS_2021 ? GROUP_OPEN : GROUP_COMPLETE;
}
