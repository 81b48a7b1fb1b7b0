// SPDX-License-Identifier: MIT
// What is left when a scanner types letters as Alt and a decimal number, and Alt does not arrive:
// the numbers, in the midst of ASCII text.
#ifndef TEXT_DECIMAL_H
#define TEXT_DECIMAL_H

#include "text/damage_reading.h"

struct decimal_tally {
    size_t sure;     // words that nothing but this damage explains
    size_t holes;    // letters whose last byte did not arrive
    bool whole_late; // some byte of 80..9F that CP1252 has did arrive
};

// Bytes of UTF-8 as four digits, 0225 0187 0141. Where `holes` is set, the bytes 80..9F that CP1252
// has may be missing. out->cells has room for the text's length. False when the text, being a name,
// still holds digits.
bool decimal_read_bytes(struct str text, bool holes, struct reading_text *out,
                        struct decimal_tally *tally);

// Code points of three or four digits, 224 or 7885. In an address a number may be meant as such: a
// word that may be either makes it ambiguous. False when the text, being a name, has other digits.
bool decimal_read_points(struct str text, struct reading_text *out, struct decimal_tally *tally);

// Three digits or more stand beside a letter: in a name that is no accident.
bool decimal_in_word(struct str text);

#endif
