// SPDX-License-Identifier: MIT
// Text without its diacritics: as machine-readable zones write it, and for comparing.
#ifndef TEXT_LATIN_H
#define TEXT_LATIN_H

#include "base/arena.h"

// A name in capital ASCII letters and single spaces, by the rules of ICAO Doc 9303-3, section 6:
// marks fall away, apostrophes and full stops too, hyphens become spaces. Other characters fall
// away as well.
struct str latin_name(struct arena *arena, struct str name);

// The same, faster, for a name in which scan_text() finds nothing odd.
struct str latin_plain_name(struct arena *arena, struct str name);

// Small ASCII letters without diacritics; what is neither letter nor digit stays as it is.
struct str latin_fold(struct arena *arena, struct str text);

#endif
