// SPDX-License-Identifier: MIT
// The person of whom a chip's files speak.
#ifndef CLI_CHIP_RECORD_H
#define CLI_CHIP_RECORD_H

#include "lds/dg1.h"
#include "lds/details.h"
#include "lds/dg13.h"
#include "person/record.h"

// In the shape of every record: DG13's full spelling where there is one, and the zone of DG1 beside
// it. Either may be NULL. False when neither tells of a person.
bool chip_record_make(struct arena *arena, const struct dg1 *dg1, const struct dg13 *dg13,
                      struct record *out);

// What DG13 tells beyond a record: the members of an object, each followed by a comma.
void chip_record_put_more(struct bytes *out, const struct dg13 *dg13);

// What DG1 of another state's document tells, in the same way: the record is of Vietnam's.
void chip_record_put_zone(struct bytes *out, const struct dg1 *dg1);

// What DG11 or DG12 tells, as an object of that name.
void chip_record_put_details(struct bytes *out, const char *name, const struct details *d);

#endif
