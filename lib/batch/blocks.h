// SPDX-License-Identifier: MIT
// Lines worked on by several processes. The input is cut into blocks where the caller says that one
// may end; each block is worked on alone; the results are taken in the order of the input.
#ifndef BATCH_BLOCKS_H
#define BATCH_BLOCKS_H

#include "base/bytes.h"

// More workers than this would only wait for the process that reads and writes for them.
enum { BLOCKS_TALLY_MAX = 256, BLOCKS_JOBS_MAX = 8 };

struct blocks_work {
    // Where a block may end within this text: behind a line end, where nothing that comes before
    // bears on what follows. 0 when there is no such place.
    size_t (*cut)(struct str text);
    // Works on a block, in another process as a rule: appends to out, fills the tally (of at most
    // BLOCKS_TALLY_MAX bytes). False when
    // that cannot be done within out's fixed space; it is then asked again, in the calling process
    // and with growing space.
    bool (*work)(void *ctx, struct str block, unsigned long lines_before, struct bytes *out,
                 void *tally);
    // In the calling process and in order. False ends it all.
    bool (*take)(void *ctx, struct str out, const void *tally);
    void *ctx;
};

// Reads fd to its end, or until the text has no place to cut at any more. What was read and not
// worked on is in *rest and *lines counts the lines before it; the caller goes on from there. False
// when take() ended it or memory was short. A worker that dies costs nothing: its block is done
// again here; the caller ignores SIGPIPE for that.
bool blocks_run(const struct blocks_work *work, unsigned jobs, int fd, struct bytes *rest,
                unsigned long *lines);

// How many processors this process may use.
unsigned blocks_processors(void);

#endif
