// SPDX-License-Identifier: MIT
#include "tlv/tlv.h"

enum {
    TAG_BYTES_MAX = 4,
    LENGTH_BYTES_MAX = 4,
    TAG_NUMBER_FOLLOWS = 0x1F, // these five bits set: the number is in the bytes that follow
    CONTINUES = 0x80,          // of a byte of a long tag number: another one follows
    LONG_LENGTH = 0x80,        // of the first length byte: the rest counts the length's bytes
};

// A header as it was read, or the fault in it and where that lies.
struct header {
    uint32_t tag;
    size_t length; // of the value
    size_t size;   // of tag and length
    enum tlv_fault fault;
    size_t fault_at;
};

static uint8_t byte_at(struct str s, size_t i)
{
    return (uint8_t)s.p[i];
}

// A tag or length is at fault from where it begins.
static bool header_fault(struct header *h, enum tlv_fault fault, size_t at)
{
    h->fault = fault;
    h->fault_at = at;
    return false;
}

// ISO/IEC 8825-1, 8.1.2. Zero is the end of contents of an indefinite length and no tag. The
// number may be below 31 in the long form: the tags 5F01 and 5F0E of ICAO Doc 9303-10 are so.
static bool read_tag(struct str s, size_t start, struct header *h)
{
    size_t i = start;
    if (i == s.n)
        return header_fault(h, TLV_CUT, start);
    h->tag = byte_at(s, i++);
    if (h->tag == 0)
        return header_fault(h, TLV_TAG, start);
    bool more = (h->tag & TAG_NUMBER_FOLLOWS) == TAG_NUMBER_FOLLOWS;
    while (more) {
        if (i == s.n)
            return header_fault(h, TLV_CUT, start);
        uint8_t byte = byte_at(s, i);
        if (i - start == TAG_BYTES_MAX || (i - start == 1 && byte == CONTINUES))
            return header_fault(h, TLV_TAG, start);
        h->tag = h->tag << 8 | byte;
        more = (byte & CONTINUES) != 0;
        i++;
    }
    h->size = i - start;
    return true;
}

// ISO/IEC 8825-1, 8.1.3. More bytes than needed are BER, which ISO/IEC 7816-4 allows.
static bool read_length(struct str s, size_t start, struct header *h)
{
    if (start == s.n)
        return header_fault(h, TLV_CUT, start);
    uint8_t first = byte_at(s, start);
    size_t count = first & ~LONG_LENGTH;
    h->size++;
    h->length = first;
    if ((first & LONG_LENGTH) == 0)
        return true;
    if (count == 0)
        return header_fault(h, TLV_INDEFINITE, start);
    if (count > LENGTH_BYTES_MAX)
        return header_fault(h, TLV_LENGTH, start);
    if (count > s.n - start - 1)
        return header_fault(h, TLV_CUT, start);
    h->length = 0;
    for (size_t i = 1; i <= count; i++)
        h->length = h->length << 8 | byte_at(s, start + i);
    h->size += count;
    return true;
}

static bool read_header(struct str s, size_t start, struct header *h)
{
    *h = (struct header){ 0 };
    return read_tag(s, start, h) && read_length(s, start + h->size, h);
}

struct tlv_reader tlv_reader_of(struct str bytes)
{
    return (struct tlv_reader){ .all = bytes };
}

struct tlv_reader tlv_inside(const struct tlv *element)
{
    return (struct tlv_reader){ .all = element->value,
                                .base = element->at + element->whole.n - element->value.n };
}

static bool reader_fault(struct tlv_reader *r, enum tlv_fault fault, size_t at)
{
    r->fault = fault;
    r->fault_at = r->base + at;
    return false;
}

bool tlv_next(struct tlv_reader *r, struct tlv *out)
{
    struct header h;
    struct str rest = str_from(r->all, r->at);

    if (r->fault != TLV_FINE || rest.n == 0)
        return false;
    if (!read_header(r->all, r->at, &h))
        return reader_fault(r, h.fault, h.fault_at);
    if (h.length > rest.n - h.size)
        return reader_fault(r, TLV_CUT, r->at);
    *out = (struct tlv){ .tag = h.tag,
                         .value = { rest.p + h.size, h.length },
                         .whole = { rest.p, h.size + h.length },
                         .at = r->base + r->at };
    r->at += out->whole.n;
    return true;
}

uint32_t tlv_peek(const struct tlv_reader *r)
{
    struct header h = { 0 };
    bool known = r->fault == TLV_FINE && r->at < r->all.n && read_tag(r->all, r->at, &h);
    return known ? h.tag : 0;
}

bool tlv_take(struct tlv_reader *r, uint32_t tag, struct tlv *out)
{
    return tlv_peek(r) == tag && tlv_next(r, out);
}

bool tlv_expect(struct tlv_reader *r, uint32_t tag, struct tlv *out)
{
    size_t start = r->at;
    if (r->fault == TLV_FINE && start >= r->all.n)
        return reader_fault(r, TLV_CUT, start);
    if (!tlv_next(r, out))
        return false;
    if (out->tag == tag)
        return true;
    r->at = start;
    return reader_fault(r, TLV_UNEXPECTED, start);
}

bool tlv_end(struct tlv_reader *r)
{
    if (r->fault == TLV_FINE && r->at < r->all.n)
        return reader_fault(r, TLV_SURPLUS, r->at);
    return r->fault == TLV_FINE;
}

bool tlv_find(struct str bytes, uint32_t tag, struct tlv *out)
{
    struct tlv_reader r = tlv_reader_of(bytes);
    while (tlv_next(&r, out))
        if (out->tag == tag)
            return true;
    return false;
}

bool tlv_total(struct str head, size_t *total)
{
    struct header h;
    if (!read_header(head, 0, &h) || h.length > SIZE_MAX - h.size)
        return false;
    *total = h.size + h.length;
    return true;
}

static void put_number(struct bytes *out, uint32_t value, size_t bytes)
{
    while (bytes-- > 0)
        bytes_put_char(out, (char)(value >> 8 * bytes));
}

// How many bytes a number needs; at least one.
static size_t number_size(uint32_t value)
{
    size_t n = 1;
    while (n < sizeof value && value >> 8 * n != 0)
        n++;
    return n;
}

void tlv_put_header(struct bytes *out, uint32_t tag, size_t length)
{
    if (length > UINT32_MAX) {
        out->failed = true;
        return;
    }
    put_number(out, tag, number_size(tag));
    size_t count = number_size((uint32_t)length);
    if (length >= LONG_LENGTH)
        bytes_put_char(out, (char)(LONG_LENGTH | count));
    put_number(out, (uint32_t)length, count);
}

void tlv_put(struct bytes *out, uint32_t tag, struct str value)
{
    tlv_put_header(out, tag, value.n);
    bytes_put_str(out, value);
}
