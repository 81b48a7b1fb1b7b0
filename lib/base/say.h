// SPDX-License-Identifier: MIT
// Sentences for people are kept in English in the tables of lib/ and translated at the edge.
#ifndef BASE_SAY_H
#define BASE_SAY_H

// Marks a sentence for xgettext and leaves it as it is.
#define N_(sentence) sentence

// Turns an English sentence into the reader's language; the sentence itself when there is none.
typedef const char *say_fn(const char *sentence);

#endif
