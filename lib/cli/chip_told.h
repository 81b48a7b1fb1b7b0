// SPDX-License-Identifier: MIT
// What the files of a card tell, as far as they can be understood.
#ifndef CLI_CHIP_TOLD_H
#define CLI_CHIP_TOLD_H

#include "chip/error.h"
#include "cli/chip_evidence.h"
#include "person/record.h"

struct told {
    struct record record;
    bool has_record;
    struct bytes extra; // members of "chip", each followed by a comma
    // Of a file without which the person, the list of files or a proof is missing.
    struct chip_error error;
};

// Files that are not what they must be are marked in the manifest, with the fault and where it is,
// and told to whoever waits. chip_told_free() in any case.
void chip_told_make(struct arena *arena, const char *program, struct evidence *e, struct told *out);

void chip_told_free(struct told *t);

#endif
