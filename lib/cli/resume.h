// SPDX-License-Identifier: MIT
// An output file that an earlier run left behind, perhaps killed in the middle of a line: what is
// whole in it stays, what may not be is cut off and done again.
#ifndef CLI_RESUME_H
#define CLI_RESUME_H

#include "base/str.h"
#include "cli/status.h"

struct resume;

// Opens the file, or makes it, readable by its owner alone; *fd is where to go on writing. NULL,
// with errno, when it cannot be opened or is held by another run.
struct resume *resume_open(const char *path, int *fd);

// Is everything about this input in the file already? As many times as it is there, this is true: a
// path may be named twice.
bool resume_take(struct resume *resume, struct str path);

// The same, and from then on it is not: what comes under this name is another file. So is one that
// came after the last line was written. The path ends with a zero byte.
bool resume_take_all(struct resume *resume, struct str path);

// What an exit status would be if all were done that is in the file.
enum status resume_status(const struct resume *resume);

void resume_close(struct resume **resume);

#endif
