// SPDX-License-Identifier: MIT
#ifndef PERSON_MASK_H
#define PERSON_MASK_H

#include "person/record.h"

// Hides the middle of numbers and the name in a derived record, and drops what would give them
// away elsewhere: MRZ lines, originals of repairs, extra fields, values quoted by problems.
void record_mask(struct record *r, struct arena *arena);

// Does the number show that this has been done to the record? Doing it once more changes nothing.
bool record_is_masked(const struct record *r);

#endif
