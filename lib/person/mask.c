// SPDX-License-Identifier: MIT
#include "person/mask.h"

#include "text/utf8.h"

enum { DIGITS_SHOWN = 3 };

static struct str mask_number(struct arena *arena, struct str number)
{
    struct str masked = arena_copy(arena, number);
    for (size_t i = DIGITS_SHOWN; i + DIGITS_SHOWN < masked.n; i++)
        ((char *)masked.p)[i] = '*';
    return masked;
}

static bool is_word(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 'A') // digits and most punctuation
            return false;
    return true;
}

// "Nguyễn Văn An" becomes "Nguyễn V*** A***": the first word stays, of the others the initial.
static struct str mask_name(struct arena *arena, struct str name)
{
    static const struct str stars = { "***", 3 };
    size_t first = str_find(name, ' ');
    if (first == name.n || !is_word(str_head(name, first)))
        first = 0; // one word, or none that a name begins with: not even that may stay
    char *out = arena_alloc(arena, name.n * 4 + stars.n + 1);
    if (out == NULL)
        return (struct str){ "", 0 };
    size_t n = first;
    memcpy(out, name.p, first);
    bool at_start = true;
    for (size_t at = first; at < name.n;) {
        size_t start = at;
        int32_t c = utf8_next(name, &at);
        if (c == ' ') {
            out[n++] = ' ';
            at_start = true;
        } else if (at_start) {
            memcpy(out + n, name.p + start, at - start);
            n += at - start;
            memcpy(out + n, stars.p, stars.n);
            n += stars.n;
            at_start = false;
        }
    }
    return (struct str){ out, n };
}

bool record_is_masked(const struct record *r)
{
    return str_find(r->id, '*') < r->id.n;
}

void record_mask(struct record *r, struct arena *arena)
{
    r->id = mask_number(arena, r->id);
    r->old_id = mask_number(arena, r->old_id);
    r->name = mask_name(arena, r->name);
    r->derived.name_ascii = mask_name(arena, r->derived.name_ascii);
    r->stated &= ~FIELD_BIT(FIELD_MRZ);
    r->derived.has_number = false; // it spells digits of the number out
    for (size_t i = 0; i < r->extra_count; i++)
        if (r->extra[i].n > 0)
            r->extra[i] = STR("***");
    for (size_t i = 0; r->repair_kind != NULL && i < FIELD_COUNT; i++)
        r->original[i] = (struct str){ "", 0 };
    for (size_t i = 0; i < r->problem_count; i++)
        r->problems[i].value = (struct str){ "", 0 };
}
