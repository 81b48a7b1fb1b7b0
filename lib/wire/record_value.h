// SPDX-License-Identifier: MIT
// A field's value as JSON and CSV spell it, taken into a record.
#ifndef WIRE_RECORD_VALUE_H
#define WIRE_RECORD_VALUE_H

#include "person/record.h"
#include "text/damage.h"

// Takes one value: numbers and texts as they are, dates in ISO form or as dd/mm/yyyy, the sex as a
// code or as the card has it. One that does not fit becomes a problem.
void record_take(struct record *r, enum field field, struct str value);

// The source speaks of the field and says that there is nothing: no old number, no expiry.
void record_take_none(struct record *r, enum field field);

#endif
