// SPDX-License-Identifier: MIT
// Bytes of bounded number, and the TLV of ISO/IEC 8825-1 as far as a card's commands need it.
#ifndef EMULATOR_BUF_H
#define EMULATOR_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { BUF_MAX = 70000 };

struct buf {
    size_t n;
    bool full; // something did not fit: what is here is not to be used
    uint8_t b[BUF_MAX];
};

struct view {
    const uint8_t *b;
    size_t n;
};

static inline struct view view_of(const struct buf *b)
{
    return (struct view){ b->b, b->n };
}

void buf_clear(struct buf *b);
void buf_put(struct buf *b, const void *bytes, size_t n);
void buf_put_byte(struct buf *b, uint8_t byte);
void buf_put_view(struct buf *b, struct view v);
void buf_put_hex(struct buf *b, const char *hex);

// Tags of one or two bytes (0x87, 0x7F49).
void buf_put_tlv(struct buf *b, unsigned tag, struct view value);

// Takes the first object off *in. False when it does not fit in what is there.
bool tlv_take(struct view *in, unsigned *tag, struct view *value);

// The value of the first object with that tag.
bool tlv_find(struct view in, unsigned tag, struct view *value);

bool view_is(struct view a, struct view b);

// Padding method 2 of ISO/IEC 9797-1: 80, then zeros up to the block.
void buf_pad(struct buf *b, size_t from, size_t block);

// The length without that padding; false when there is none.
bool pad_length(struct view padded, size_t *n);

#endif
