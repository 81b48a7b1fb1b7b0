// SPDX-License-Identifier: MIT
// What cccd-chip writes of a card: one line, with what was read, and what went wrong.
#ifndef CLI_CHIP_LINE_H
#define CLI_CHIP_LINE_H

#include "chip/error.h"
#include "cli/chip_evidence.h"
#include "person/record.h"

struct chip_line {
    struct str object; // the line that asked for the card, which is passed on; empty: none
    bool lacks_version, lacks_source; // has the object
    struct str reader;                // the source, where there is no object: a reader's name,
    struct str folder;                // or an evidence folder
    struct evidence *evidence;        // NULL: nothing was read
    const struct record *record;      // of the chip; NULL: none
    struct str extra;                 // members of "chip" that no record has: ,"dg13":{...}
    struct str kept;                  // the folder where the files are now; empty: nowhere
    struct chip_error error;
};

// One NDJSON object without its line end.
void chip_line_put(struct bytes *out, const struct chip_line *line);

// Only the "error" member's value.
void chip_error_put(struct bytes *out, struct chip_error error);

#endif
