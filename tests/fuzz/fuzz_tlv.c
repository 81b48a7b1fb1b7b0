// SPDX-License-Identifier: MIT
// Any bytes as TLV: every element lies inside its own level, faults lie inside the file, the levels
// add up, and what was read is written the same way where it was written in the shortest form.
#include "tlv/tlv.h"

#include "fuzz.h"

#include <stdlib.h>

enum { DEPTH_MAX = 32 };

static void require(bool condition)
{
    if (!condition)
        abort();
}

static void check_element(const struct tlv *e, struct str file)
{
    size_t header = e->whole.n - e->value.n;
    require(e->tag != 0 && e->at + e->whole.n <= file.n);
    require(e->whole.p == file.p + e->at && e->value.p == e->whole.p + header);
    require(header >= 2 && header <= 9);

    size_t total = 0;
    for (size_t n = 0; n < header; n++)
        require(!tlv_total(str_head(e->whole, n), &total));
    require(tlv_total(str_head(e->whole, header), &total) && total == e->whole.n);

    struct bytes out = { 0 };
    tlv_put_header(&out, e->tag, e->value.n);
    require(!out.failed && out.n <= header);
    require(out.n < header || memcmp(out.p, e->whole.p, header) == 0);
    bytes_free(&out);
}

static void check_fault(const struct tlv_reader *r, struct str file)
{
    struct tlv_reader copy = *r;
    struct tlv e;
    if (r->fault == TLV_FINE) {
        require(r->at == r->all.n && tlv_end(&copy));
        return;
    }
    require(r->fault_at >= r->base && r->fault_at <= r->base + r->all.n);
    require(r->base + r->all.n <= file.n);
    require(!tlv_next(&copy, &e) && !tlv_take(&copy, 0x30, &e) && !tlv_expect(&copy, 0x30, &e));
    require(tlv_peek(&copy) == 0 && !tlv_end(&copy));
    require(copy.fault == r->fault && copy.fault_at == r->fault_at && copy.at == r->at);
}

static void walk(struct tlv_reader r, struct str file, int depth)
{
    struct tlv e, first;
    size_t sum = 0;
    for (;;) {
        uint32_t tag = tlv_peek(&r);
        struct tlv_reader strict = r;
        if (!tlv_next(&r, &e))
            break;
        require(e.tag == tag && tlv_expect(&strict, tag, &first) && strict.at == r.at);
        check_element(&e, file);
        require(tlv_find(r.all, e.tag, &first) && first.whole.p <= e.whole.p);
        sum += e.whole.n;
        require(sum == r.at);
        if (depth < DEPTH_MAX)
            walk(tlv_inside(&e), file, depth + 1);
    }
    check_fault(&r, file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { SIZE_MAX_HERE = 512 }; // a level is searched once for each of its elements
    struct str file = { (const char *)data, size < SIZE_MAX_HERE ? size : SIZE_MAX_HERE };
    walk(tlv_reader_of(file), file, 0);
    return 0;
}
