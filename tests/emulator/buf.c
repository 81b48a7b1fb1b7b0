// SPDX-License-Identifier: MIT
#include "buf.h"

#include <stdlib.h>
#include <string.h>

void buf_clear(struct buf *b)
{
    b->n = 0;
    b->full = false;
}

void buf_put(struct buf *b, const void *bytes, size_t n)
{
    if (n > BUF_MAX - b->n) {
        b->full = true;
        return;
    }
    if (n > 0)
        memcpy(b->b + b->n, bytes, n);
    b->n += n;
}

void buf_put_byte(struct buf *b, uint8_t byte)
{
    buf_put(b, &byte, 1);
}

void buf_put_view(struct buf *b, struct view v)
{
    buf_put(b, v.b, v.n);
}

void buf_put_hex(struct buf *b, const char *hex)
{
    for (; hex[0] != '\0'; hex += 2) {
        const char pair[3] = { hex[0], hex[1], '\0' };
        char *end;
        unsigned long byte = strtoul(pair, &end, 16);
        if (end != pair + 2) {
            b->full = true;
            return;
        }
        buf_put_byte(b, (uint8_t)byte);
    }
}

void buf_put_tlv(struct buf *b, unsigned tag, struct view value)
{
    if (tag > 0xFF)
        buf_put_byte(b, (uint8_t)(tag >> 8));
    buf_put_byte(b, (uint8_t)tag);
    if (value.n > 0xFF) {
        buf_put_byte(b, 0x82);
        buf_put_byte(b, (uint8_t)(value.n >> 8));
    } else if (value.n > 0x7F) {
        buf_put_byte(b, 0x81);
    }
    if (value.n > 0xFFFF)
        b->full = true;
    buf_put_byte(b, (uint8_t)value.n);
    buf_put_view(b, value);
}

static bool byte_take(struct view *in, unsigned *byte)
{
    if (in->n == 0)
        return false;
    *byte = *in->b++;
    in->n--;
    return true;
}

bool tlv_take(struct view *in, unsigned *tag, struct view *value)
{
    unsigned byte, length;
    if (!byte_take(in, tag))
        return false;
    if ((*tag & 0x1F) == 0x1F) {
        if (!byte_take(in, &byte) || byte > 0x7F)
            return false;
        *tag = *tag << 8 | byte;
    }
    if (!byte_take(in, &length))
        return false;
    if (length > 0x7F) {
        unsigned more = length & 0x7F;
        if (more < 1 || more > 3)
            return false;
        for (length = 0; more > 0; more--) {
            if (!byte_take(in, &byte))
                return false;
            length = length << 8 | byte;
        }
    }
    if (length > in->n)
        return false;
    *value = (struct view){ in->b, length };
    in->b += length;
    in->n -= length;
    return true;
}

bool tlv_find(struct view in, unsigned tag, struct view *value)
{
    unsigned t;
    while (in.n > 0 && tlv_take(&in, &t, value)) {
        if (t == tag)
            return true;
    }
    *value = (struct view){ NULL, 0 };
    return false;
}

bool view_is(struct view a, struct view b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.b, b.b, a.n) == 0);
}

void buf_pad(struct buf *b, size_t from, size_t block)
{
    buf_put_byte(b, 0x80);
    while ((b->n - from) % block != 0 && !b->full)
        buf_put_byte(b, 0);
}

bool pad_length(struct view padded, size_t *n)
{
    size_t i = padded.n;
    while (i > 0 && padded.b[i - 1] == 0)
        i--;
    if (i == 0 || padded.b[i - 1] != 0x80)
        return false;
    *n = i - 1;
    return true;
}
