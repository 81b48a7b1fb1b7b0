// SPDX-License-Identifier: MIT
// What the names of areas say about the cells of an address.
#ifndef TEXT_DAMAGE_PLACE_H
#define TEXT_DAMAGE_PLACE_H

#include "text/damage_cell.h"

// A part of an address that names an area, or a province, and can be the name of one known area
// alone, is that. The budget pays for the names looked at; where it does not suffice nothing is
// done.
void place_settle(cell *cells, size_t n, bool province, size_t *budget);

// Is a part named a commune by its first word? What comes before it is a hamlet then.
bool place_is_commune(const cell *cells, size_t n);

// Are the last words, back to a comma or to an abbreviation (TP. Hồ Chí Minh), those of a province?
bool place_ends_in_province(const cell *cells, size_t n);

#endif
