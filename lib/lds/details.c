// SPDX-License-Identifier: MIT
#include "lds/details.h"

#include "lds/reading.h"

enum { TAG_LIST = 0x5C, TAG_SEVERAL = 0xA0 };

struct naming {
    const struct detail_name *names;
    size_t count;
};

static const char *name_of(const struct naming *n, uint32_t tag)
{
    for (size_t i = 0; i < n->count; i++)
        if (n->names[i].tag == tag)
            return n->names[i].name;
    return NULL;
}

static bool add(const struct tlv *e, const struct naming *n, struct details *out,
                struct lds_error *error)
{
    if (out->n == DETAILS_MAX)
        return lds_fail(error, LDS_TOO_MANY, e->at);
    out->at[out->n++] = (struct detail){ e->tag, name_of(n, e->tag), e->value, e->at };
    return true;
}

// Other names, or other people: how many, and as many of one tag.
static bool add_several(const struct tlv *several, const struct naming *n, struct details *out,
                        struct lds_error *error)
{
    struct tlv_reader r = tlv_inside(several);
    struct tlv e;
    uint32_t count;
    if (!lds_expect_number(&r, &count, error))
        return false;
    while (tlv_next(&r, &e)) {
        if (count-- == 0)
            return lds_fail(error, LDS_SURPLUS, e.at);
        if (!add(&e, n, out, error))
            return false;
    }
    if (r.fault != TLV_FINE)
        return lds_fail_at(error, &r);
    return count == 0 || lds_fail(error, LDS_CUT, r.base + r.at);
}

// The list is not held against what follows: what is there can be read without it.
bool details_read(struct str file, uint32_t tag, const struct detail_name *names, size_t count,
                  struct details *out, struct lds_error *error)
{
    const struct naming naming = { names, count };
    struct tlv_reader r;
    struct tlv e;

    *out = (struct details){ .n = 0 };
    if (!lds_open(file, tag, &r, error))
        return false;
    if (!tlv_expect(&r, TAG_LIST, &e))
        return lds_fail_at(error, &r);
    out->tags = e.value;
    while (tlv_next(&r, &e))
        if (!(e.tag == TAG_SEVERAL ? add_several : add)(&e, &naming, out, error))
            return false;
    return r.fault == TLV_FINE || lds_fail_at(error, &r);
}

const struct detail *details_find(const struct details *d, uint32_t tag)
{
    for (size_t i = 0; i < d->n; i++)
        if (d->at[i].tag == tag)
            return &d->at[i];
    return NULL;
}
