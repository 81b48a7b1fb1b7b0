// SPDX-License-Identifier: MIT
#include "cli/gather.h"

#include "lds/mrz.h"
#include "payload/fields.h"

static bool keep(struct gather *g, struct str line)
{
    bytes_put_str(&g->text, line);
    bytes_put_char(&g->text, '|');
    if (g->text.failed)
        return false;
    g->start[++g->count] = g->text.n;
    return true;
}

bool gather_begin(struct gather *g, struct str line, unsigned long number)
{
    g->kind = GATHER_NOTHING;
    if (field_is_id(line))
        g->kind = GATHER_PAYLOAD;
    else if (mrz_looks_like_first_line(line))
        g->kind = GATHER_MRZ;
    g->first_line = number;
    g->count = 0;
    g->text.n = g->start[0] = 0;
    return g->kind != GATHER_NOTHING && keep(g, line);
}

struct str gather_line(const struct gather *g, size_t i)
{
    return (struct str){ g->text.p + g->start[i], g->start[i + 1] - g->start[i] - 1 };
}

static enum payload_group_state state_with(const struct gather *g, size_t count, struct str next)
{
    struct str line[PAYLOAD_GROUP_MAX];
    for (size_t i = 0; i < count; i++)
        line[i] = gather_line(g, i);
    return payload_group_next(line, count, next);
}

bool gather_add(struct gather *g, struct str line)
{
    if (gather_is_full(g))
        return false;
    if (g->kind == GATHER_MRZ)
        return mrz_looks_like_line(line) && !mrz_looks_like_first_line(line) && keep(g, line);
    return state_with(g, g->count, line) != GROUP_NO && keep(g, line);
}

bool gather_is_full(const struct gather *g)
{
    return g->count == (g->kind == GATHER_MRZ ? MRZ_TD1_LINES : PAYLOAD_GROUP_MAX);
}

size_t gather_payload(const struct gather *g, struct str *payload)
{
    size_t used = g->count;

    if (g->kind != GATHER_PAYLOAD || used < PAYLOAD_GROUP_LEAST)
        return 0;
    if (used < FIELDS_2024)
        while (used > 0 && gather_line(g, used - 1).n == 0)
            used--;
    if (used == 0 || state_with(g, used - 1, gather_line(g, used - 1)) != GROUP_COMPLETE)
        return 0;
    *payload = (struct str){ g->text.p, g->start[used] - 1 };
    return used;
}
