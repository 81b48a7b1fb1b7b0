// SPDX-License-Identifier: MIT
// A folder into which others put files, and when each of them is complete.
#ifndef BATCH_WATCH_H
#define BATCH_WATCH_H

#include "base/str.h"

struct watch;

// Files that are there already come first. NULL, with errno, when the folder cannot be watched.
struct watch *watch_open(const char *folder);

enum watch_event {
    WATCH_FILE,  // *path: written and closed, or moved here, and not touched for a while
    WATCH_QUIET, // none for now: wait as long as watch_pause() says or until watch_fd() is readable
    WATCH_LOST,  // so much happened at once that files may have been missed
    WATCH_GONE,  // the folder is there no more
};

// The path stands until the next call and has a zero byte behind it. Names that begin with a dot
// are passed over: programs write such while they are at it.
enum watch_event watch_next(struct watch *watch, struct str *path);

int watch_fd(const struct watch *watch);

// Milliseconds until a file may be complete; -1: none is waited for.
int watch_pause(const struct watch *watch);

void watch_close(struct watch **watch);

#endif
