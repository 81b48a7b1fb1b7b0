// SPDX-License-Identifier: MIT
// UTF-8 that was shown by a code page of eight bits.
#ifndef TEXT_DAMAGE_MOJIBAKE_H
#define TEXT_DAMAGE_MOJIBAKE_H

#include "text/damage_cell.h"

struct mojibake_tally {
    size_t whole;   // sequences of UTF-8 that came whole
    size_t holes;   // those whose last byte is missing, "?" or U+FFFD
    size_t certain; // of these, those that nothing else explains
    bool foreign;   // something came out that our texts are not written with
};

// Turns characters back into the bytes that byte_of() says, and reads these as UTF-8; cells has
// room for n. False when they are none. With `holes`, the last byte of a letter may be missing
// where CP1252 does not define it.
bool mojibake_read(const uint32_t *points, size_t n, int (*byte_of)(uint32_t), bool holes,
                   cell *cells, size_t *count, struct mojibake_tally *tally);

#endif
