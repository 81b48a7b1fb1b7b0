// SPDX-License-Identifier: MIT
// What a mechanism of damage left of a letter: the letter itself, or a choice of letters.
#ifndef TEXT_DAMAGE_CELL_H
#define TEXT_DAMAGE_CELL_H

#include <stdint.h>

#include "base/str.h"

// A cell is a code point, or a choice made by cell_choice().
typedef uint32_t cell;

enum choice {
    CHOICE_CP437 = 1,      // value: what is left of a code point modulo 256
    CHOICE_CASE,           // value: a small letter whose capital had the same code
    CHOICE_HOLE_UNDEFINED, // value: the bytes of a letter but its last, one that CP1252 lacks
    CHOICE_HOLE_SWALLOWED, // value: the same, where the last is one of 80..9F that CP1252 has
};

enum { CELL_OPTIONS_MAX = 32 };

static inline cell cell_choice(enum choice choice, uint32_t value)
{
    return (uint32_t)choice << 28 | value;
}

static inline bool cell_is_choice(cell c)
{
    return c >> 28 != 0;
}

// All that the cell may stand for; at least one.
size_t cell_options(cell c, uint32_t options[static CELL_OPTIONS_MAX]);

// The first of them: the small letter where case is open.
uint32_t cell_first(cell c);

// The letters and signs that sound texts are written with; text from elsewhere is damaged or odd.
bool cell_is_permitted(uint32_t code_point);

// A letter of Vietnamese or of the country's other peoples, or an ASCII one.
bool cell_is_letter(uint32_t code_point);

bool cell_is_apostrophe(uint32_t code_point);

#endif
