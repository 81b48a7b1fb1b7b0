// SPDX-License-Identifier: MIT
// The inputs that an earlier output of cccd-scan says nothing but an error of.
#ifndef CLI_RETRY_H
#define CLI_RETRY_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/lines.h"

struct retry {
    int fd;
    struct lines lines;
    struct arena arena;
    struct bytes path; // the last one given
    bool failed;       // the file could not be read on, or memory was short
};

// False, with errno, when the file cannot be read.
bool retry_open(struct retry *retry, const char *file);

// The next path; it stands until the next call. False at the end; look at `failed`.
bool retry_next(struct retry *retry, struct str *path);

void retry_close(struct retry *retry);

#endif
