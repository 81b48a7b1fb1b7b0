// SPDX-License-Identifier: MIT
// An output file that an earlier run left behind, perhaps killed in the middle of a line: what is
// whole in it stays, what may not be is cut off and done again.
#ifndef CLI_RESUME_H
#define CLI_RESUME_H

#include "base/str.h"

struct resume;

// Opens the file, or makes it, readable by its owner alone; *fd is where to go on writing. NULL,
// with errno, when it cannot be opened or is held by another run.
struct resume *resume_open(const char *path, int *fd);

// Is everything about this input in the file already?
bool resume_has(const struct resume *resume, struct str path);

void resume_close(struct resume **resume);

#endif
