// SPDX-License-Identifier: MIT
// The code pages and fonts of old that scanners, forms and databases still send Vietnamese in.
#ifndef TEXT_LEGACY_H
#define TEXT_LEGACY_H

#include "text/damage_cell.h"

enum legacy { LEGACY_CP1258, LEGACY_TCVN3, LEGACY_VNI, LEGACY_VPS, LEGACY_VISCII, LEGACY_COUNT };

// Does CP1252 define this byte? 81, 8D, 8F, 90 and 9D it does not.
bool legacy_cp1252_has(uint8_t byte);

// The byte that is shown as this character by CP1252 or by Latin-1 (the two agree on every
// character that both have), or -1.
int legacy_latin_byte(uint32_t code_point);

// The same where windows-1258, the code page of Vietnamese Windows, did the reading as well.
int legacy_windows_byte(uint32_t code_point);

// The byte that is shown as this character by CP437, signs for controls (☻) included, or -1.
int legacy_cp437_byte(uint32_t code_point);

// Reads bytes as the code page or font has them, into cells with room for n; *count is how many.
// False when some byte or sequence is no Vietnamese there.
bool legacy_read(enum legacy legacy, const uint8_t *bytes, size_t n, cell *cells, size_t *count);

#endif
