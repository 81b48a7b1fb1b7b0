// SPDX-License-Identifier: MIT
#ifndef WIRE_RECORD_READ_H
#define WIRE_RECORD_READ_H

#include "person/record.h"

#include <jansson.h>

// A record from its JSON object, as an older or newer release may have written it: what is stated
// is read and checked, what is derived is derived anew, codes that this release does not know are
// left out. False when memory is short.
bool wire_record_read(struct arena *arena, const json_t *object, struct record *out);

#endif
