// SPDX-License-Identifier: MIT
// Standard output: gathered, written whole, and never believed to have arrived unless it did.
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "base/bytes.h"

struct output {
    int fd;
    bool each;         // hand on every item at once
    bool hold;         // write nothing: somebody else takes the text
    struct bytes text; // append here, then call output_item()
    int native;        // errno of the first failed write; 0: none
};

// An item is complete: it is written now or with the next ones. False once a write has failed.
bool output_item(struct output *o);

// Writes what is gathered, then this text, which need not be copied for it.
bool output_direct(struct output *o, struct str text);

// Writes what is left. False when anything could not be written.
bool output_finish(struct output *o);

#endif
