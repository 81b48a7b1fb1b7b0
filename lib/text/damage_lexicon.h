// SPDX-License-Identifier: MIT
// Names that show which code page a line makes sense in, and areas that can be told from all others
// where an address names areas. All lists are UTF-8, sorted by bytes; words are in small letters,
// places in title case.
#ifndef TEXT_DAMAGE_LEXICON_H
#define TEXT_DAMAGE_LEXICON_H

#include "text/word_list.h"

extern const struct word_list lexicon_surnames;
extern const struct word_list lexicon_provinces;
extern const struct word_list lexicon_places;

#endif
