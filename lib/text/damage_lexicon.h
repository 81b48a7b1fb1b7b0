// SPDX-License-Identifier: MIT
// Names that show which code page a line makes sense in, and areas that can be told from all others
// where an address names areas. All lists are UTF-8, sorted by bytes; words are in small letters,
// places in title case.
#ifndef TEXT_DAMAGE_LEXICON_H
#define TEXT_DAMAGE_LEXICON_H

#include <stddef.h>

extern const char *const lexicon_surnames[];
extern const size_t lexicon_surnames_count;
extern const char *const lexicon_provinces[];
extern const size_t lexicon_provinces_count;
extern const char *const lexicon_places[];
extern const size_t lexicon_places_count;

#endif
