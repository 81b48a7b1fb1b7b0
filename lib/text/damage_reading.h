// SPDX-License-Identifier: MIT
// What one mechanism would make of a line: cells first, then the words that spelling allows.
#ifndef TEXT_DAMAGE_READING_H
#define TEXT_DAMAGE_READING_H

#include "text/damage.h"
#include "text/damage_cell.h"

struct reading_text {
    enum text_kind kind;
    cell *cells; // after reading_resolve() code points alone, unless ambiguous
    size_t n;
    bool ambiguous;
    bool by_spelling; // of several readings only one had all its words spelt by the rules
};

struct reading {
    enum damage_kind kind;
    struct reading_text *texts;
    size_t n;
    size_t words;  // words with letters outside ASCII
    size_t bad;    // of them, those that are no words
    size_t doubt;  // weight of what is missing: a family name, a province
    bool open;     // some cell is a choice; where none is, spelling decides nothing
    bool unspelt;  // some word has no reading that is spelt by the rules; only told where `open`
    bool misspelt; // nor one that some other people's words are spelt like
    size_t budget;
};

// Chooses among the cells' options, word by word: by the case of letters first, then by spelling.
// A word with more than one reading makes its text ambiguous. In a line that has words which are
// spelt by no rule, in whatever text, spelling is no judge: what it decided is ambiguous as well.
void reading_resolve(struct reading *r);

// The same rule for a reading that was resolved otherwise.
void reading_check_spelling(struct reading *r);

// Do two readings say the same?
bool reading_eq(const struct reading *a, const struct reading *b);

#endif
