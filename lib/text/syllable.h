// SPDX-License-Identifier: MIT
// How Vietnamese is spelt: which groups of letters can be a syllable, and the words of names and
// places that follow other rules. It serves to judge readings of damaged text, never to correct
// what somebody is called.
#ifndef TEXT_SYLLABLE_H
#define TEXT_SYLLABLE_H

#include <stdint.h>

#include "base/str.h"
#include "text/word_list.h"

// Composed letters, without regard to their case; old and new tone placement (hòa, hoà) are both
// legal. Letters alone: no digits, apostrophes or hyphens.
bool syllable_is_legal(const uint32_t *letters, size_t n);

// Is this a word of place names, or of names of the country's other peoples, that is no Vietnamese
// syllable (Pleiku, Krông, Niê)? Letters alone, as above.
bool syllable_is_known(const uint32_t *letters, size_t n);

// Could it be a word of the country's other peoples, whose spelling has no rules here? Their names
// are written with Vietnamese letters without tones.
bool syllable_may_be_foreign(const uint32_t *letters, size_t n);

// Are they, as small letters, one of the words of a list that is sorted by its UTF-8 bytes?
bool syllable_is_among(const uint32_t *letters, size_t n, const struct word_list *words);

// An ASCII name that lost its other letters on the way ("Trn Vn Hng"): at least two words in title
// case without any vowel, which no people of the country writes.
bool damage_letters_missing(struct str name);

// The words of syllable_is_known: small letters, UTF-8, sorted by their bytes.
extern const struct word_list syllable_words;

#endif
