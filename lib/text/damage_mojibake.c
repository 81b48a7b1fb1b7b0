// SPDX-License-Identifier: MIT
#include "text/damage_mojibake.h"

#include "text/utf8.h"

enum { UNKNOWN = 0xFFFD, SEQUENCE_MAX = 4 };

struct source {
    const uint32_t *points;
    size_t n;
    int (*byte_of)(uint32_t);
};

static int byte_at(const struct source *s, size_t at)
{
    return at < s->n ? s->byte_of(s->points[at]) : -1;
}

static bool is_tail(int byte)
{
    return byte >= 0x80 && byte < 0xC0;
}

// The sequence at `at`, when it is all there: its length, else 0.
static size_t whole_sequence(const struct source *s, size_t at, uint32_t *c)
{
    char bytes[SEQUENCE_MAX];
    size_t n = 0, end = 0;

    while (n < SEQUENCE_MAX && byte_at(s, at + n) >= 0x80)
        n++;
    for (size_t i = 0; i < n; i++)
        bytes[i] = (char)byte_at(s, at + i);
    int32_t value = n > 0 ? utf8_next((struct str){ bytes, n }, &end) : UTF8_BAD;
    if (value == UTF8_BAD)
        return 0;
    *c = (uint32_t)value;
    return end;
}

// The letter at `at` without its last byte: how many characters it took, else 0.
static size_t broken_sequence(const struct source *s, size_t at, cell *c)
{
    int lead = byte_at(s, at), second = byte_at(s, at + 1);
    size_t n = 1;

    if (lead == 0xE1 && second == 0xBB)
        n = 2;
    else if (lead != 0xC3 && lead != 0xC4)
        return 0;
    if (is_tail(byte_at(s, at + n)))
        return 0;
    *c = cell_choice(CHOICE_HOLE_UNDEFINED, n == 2 ? 0xE1BB : (uint32_t)lead);
    bool marked = at + n < s->n && (s->points[at + n] == '?' || s->points[at + n] == UNKNOWN);
    return n + marked;
}

bool mojibake_read(const uint32_t *points, size_t n, int (*byte_of)(uint32_t), bool holes,
                   cell *cells, size_t *count, struct mojibake_tally *tally)
{
    struct source s = { points, n, byte_of };
    size_t k = 0;

    for (size_t at = 0; at < n;) {
        uint32_t c = points[at];
        size_t length = 1;
        if (c >= 0x80) {
            length = whole_sequence(&s, at, &c);
            tally->whole += length > 0;
            if (length == 0 && holes) {
                length = broken_sequence(&s, at, &c);
                tally->holes += length > 0;
                tally->certain += length > 1;
            }
            if (length == 0)
                return false;
        }
        tally->foreign |= !cell_is_choice(c) && !cell_is_permitted(c);
        cells[k++] = c;
        at += length;
    }
    *count = k;
    return true;
}
