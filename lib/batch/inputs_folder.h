// SPDX-License-Identifier: MIT
// What a folder holds, in the order of bytes, with memory for a part of it at a time: of a folder
// with more entries, it is read again for the next ones.
#ifndef BATCH_INPUTS_FOLDER_H
#define BATCH_INPUTS_FOLDER_H

#include "base/bytes.h"

enum { FOLDER_PART = 16384 }; // entries that are sorted at a time

struct folder {
    struct bytes names; // for each entry: an errno or 0, its name, and a zero byte
    uint32_t *at;       // where each begins
    size_t count, next;
    bool more; // there are entries behind these
};

struct folder_entry {
    const char *name; // a folder's ends with '/'
    int native;       // why it cannot be an input, or 0
};

// The entries behind those that were taken. fd is closed. 0 or an errno; what was read before an
// error can be taken.
int folder_read(struct folder *f, int fd);

// False when these are all taken: read on if there are more.
bool folder_take(struct folder *f, struct folder_entry *out);

void folder_free(struct folder *f);

#endif
