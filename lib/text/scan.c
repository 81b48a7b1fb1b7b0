// SPDX-License-Identifier: MIT
#include "text/scan.h"

#include <stdint.h>

#define L SCAN_LOWER
#define N SCAN_NOT_IN_NAME
#define O SCAN_ODD
static const uint8_t ascii_flags[128] = {
    O,
    O,
    O,
    O,
    O,
    O,
    O,
    O,
    O,
    O,
    O,
    O,
    O,
    O,
    O,
    O,
    O,
    O,
    O,
    O,
    O,
    O,
    O,
    O,
    O,
    O,
    O,
    O,
    O,
    O,
    O,
    O,
    // space ! " # $ % & ' ( ) * + , - . /
    0,
    N,
    O,
    N,
    N,
    O,
    O,
    0,
    N,
    N,
    N,
    N,
    N,
    0,
    0,
    N,
    N,
    N,
    N,
    N,
    N,
    N,
    N,
    N,
    N,
    N,
    N,
    N,
    N,
    N,
    N,
    N,
    N,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    N,
    O,
    N,
    N,
    N,
    0,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    L,
    N,
    N,
    N,
    N,
    O,
};
#undef L
#undef N
#undef O

// The second bytes (less 0x80) that make a letter of Vietnamese or of names of the country's other
// peoples, a bit each, by the low bits of the lead byte C0 to DF.
#define BIT(byte)          (1ULL << ((byte)-0x80))
#define RANGE(first, last) ((~0ULL >> (0x3F - ((last) - (first)))) << ((first)-0x80))
static const uint64_t after_lead[32] = {
    [0x03] = RANGE(0x80, 0x83) | RANGE(0x88, 0x8A) | RANGE(0x8C, 0x8D) | RANGE(0x91, 0x95) |
             RANGE(0x99, 0x9A) | BIT(0x9D) | RANGE(0xA0, 0xA3) | RANGE(0xA8, 0xAA) |
             RANGE(0xAC, 0xAD) | RANGE(0xB1, 0xB5) | RANGE(0xB9, 0xBA) | BIT(0xBD),
    [0x04] = RANGE(0x82, 0x83) | RANGE(0x8C, 0x8D) | RANGE(0x90, 0x91) | RANGE(0x94, 0x95) |
             RANGE(0xA8, 0xA9) | RANGE(0xAC, 0xAD),
    [0x05] = RANGE(0x8E, 0x8F) | RANGE(0xA8, 0xA9) | RANGE(0xAC, 0xAD),
    [0x06] = RANGE(0xA0, 0xA1) | RANGE(0xAF, 0xB0),
};

static unsigned two_bytes(const unsigned char *p)
{
    unsigned tail = p[1] - 0x80u;
    if (tail > 0x3F || (p[0] & 0xE0) != 0xC0 || (after_lead[p[0] & 0x1F] >> tail & 1) == 0)
        return SCAN_ODD;
    return p[0] == 0xC3 ? SCAN_ACCENTED : SCAN_ACCENTED | SCAN_EXTENDED;
}

// U+1EA0 to U+1EF9, all of which are Vietnamese, behind the lead byte E1.
static unsigned three_bytes(const unsigned char *p)
{
    unsigned c = (p[1] - 0xBAu) << 6 | (p[2] & 0x3F);
    bool tails = p[1] >= 0xBA && p[1] <= 0xBB && (p[2] & 0xC0) == 0x80;
    return tails && c >= 0x20 && c <= 0x79 ? SCAN_ACCENTED | SCAN_EXTENDED : SCAN_ODD;
}

static bool four_are_ascii(const unsigned char *p, const unsigned char *end)
{
    uint32_t v;
    if (end - p < 4)
        return false;
    memcpy(&v, p, sizeof v);
    return (v & 0x80808080u) == 0;
}

unsigned scan_text(struct str s)
{
    if (s.n == 0)
        return 0;
    const unsigned char *p = (const unsigned char *)s.p;
    const unsigned char *end = p + s.n;
    unsigned flags = 0;

    while (p < end) {
        if (four_are_ascii(p, end)) {
            flags |= ascii_flags[p[0]] | ascii_flags[p[1]] | ascii_flags[p[2]] | ascii_flags[p[3]];
            p += 4;
        } else if (*p < 0x80) {
            flags |= ascii_flags[*p++];
        } else if (*p == 0xE1 && end - p >= 3) {
            flags |= three_bytes(p);
            p += 3;
        } else if (end - p >= 2) {
            flags |= two_bytes(p);
            p += 2;
        } else {
            flags |= SCAN_ODD;
            p++;
        }
    }
    return flags;
}
