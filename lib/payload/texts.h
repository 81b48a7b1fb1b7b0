// SPDX-License-Identifier: MIT
// The free texts of a payload: judged together for damage, since one scanner damages all of them
// in one way, then brought to NFC and into the record.
#ifndef PAYLOAD_TEXTS_H
#define PAYLOAD_TEXTS_H

#include "person/record.h"
#include "text/damage.h"
#include "text/scan_map.h"

struct texts {
    struct str name;
    struct str sex;
    struct str residence;
    const struct scan_map *map; // of the line that they and the extra fields are parts of, or NULL
};

// Fills name, sex and residence of the record, and rewrites the extra fields already in it.
void texts_read(struct arena *arena, const struct texts *t, struct record *r);

// The same for a record whose name and residence are already in it, as tables of an office hold
// them.
void texts_clean(struct arena *arena, struct record *r);

#endif
