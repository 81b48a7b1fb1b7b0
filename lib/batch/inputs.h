// SPDX-License-Identifier: MIT
// The names of inputs, one after another: those on the command line, then those of a list, and for
// each that is a folder the files in it and below. Memory stays flat, however many there are.
#ifndef BATCH_INPUTS_H
#define BATCH_INPUTS_H

#include "base/error.h"

struct inputs_options {
    char *const *operand; // stay the caller's
    int operands;
    const char *list; // a file with more names, "-" for standard input; NULL: none
    bool null_ends;   // in the list a zero byte ends each name; else a line end does
    bool recurse;     // folders are gone into; else each is an error
};

enum inputs_event {
    INPUTS_FILE,  // *path is an input; "-" is given as it stands
    INPUTS_ERROR, // *path cannot be one, or a list or folder be read on, as *error says
    INPUTS_END,
};

struct inputs;

// NULL when memory is short.
struct inputs *inputs_new(const struct inputs_options *options);

// *path stands until the next call and has a zero byte behind it. A name that was given is not
// looked at but for whether it is a folder. In folders, links to files count as these, links to
// folders are passed over, and what is neither file nor folder is an error (EOPNOTSUPP). The paths
// below a folder that was given come in the order of their bytes.
enum inputs_event inputs_next(struct inputs *inputs, struct str *path, struct error *error);

void inputs_free(struct inputs **inputs);

// Opens an input for reading without waiting for anything: what was a file when its name was found
// may be a FIFO by now. -1 and *error when it cannot be opened or is a folder. *regular tells
// whether it is a file; else reading it may wait, as is usual for a FIFO.
int inputs_open(const char *path, bool *regular, struct error *error);

#endif
