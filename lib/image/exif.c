// SPDX-License-Identifier: MIT
#include "image/exif.h"

#include "image/cursor.h"

enum { TAG_ORIENTATION = 0x0112, TYPE_SHORT = 3, TYPE_LONG = 4 };

// One entry of twelve bytes (TIFF 6.0, section 2): tag, type, count, value.
static uint32_t read_entry(struct cursor *c, uint16_t *tag)
{
    *tag = cursor_u16(c);
    uint16_t type = cursor_u16(c);
    cursor_u32(c);
    size_t next = c->at + 4;
    uint32_t value = type == TYPE_SHORT ? cursor_u16(c) : type == TYPE_LONG ? cursor_u32(c) : 0;
    cursor_seek(c, next);
    return value;
}

uint8_t exif_orientation(struct str block)
{
    struct cursor c = { .s = str_skip(block, STR("Exif\0\0")) };

    c.big_endian = str_starts(c.s, STR("MM\0*"));
    if (!c.big_endian && !str_starts(c.s, STR("II*\0")))
        return 1;
    cursor_seek(&c, 4);
    cursor_seek(&c, cursor_u32(&c));
    for (unsigned left = cursor_u16(&c); left > 0 && !c.failed; left--) {
        uint16_t tag;
        uint32_t value = read_entry(&c, &tag);
        if (tag == TAG_ORIENTATION)
            return value >= 1 && value <= 8 && !c.failed ? (uint8_t)value : 1;
    }
    return 1;
}
