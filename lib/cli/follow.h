// SPDX-License-Identifier: MIT
// A source of lines that does not end: a serial scanner, a FIFO or a growing file. It outlives the
// device that is pulled out, the writer that leaves and the file that is cut or replaced.
#ifndef CLI_FOLLOW_H
#define CLI_FOLLOW_H

#include "base/lines.h"

enum follow_event {
    FOLLOW_WAITING,     // nothing can be opened at the path yet; native says why
    FOLLOW_OPENED,      // for the first time
    FOLLOW_GONE,        // the device hung up, or the path leads nowhere now; native, or 0, says why
    FOLLOW_BACK,        // after FOLLOW_GONE
    FOLLOW_WRITER_LEFT, // the FIFO has no writer any more; the next one is waited for
    FOLLOW_TRUNCATED,   // the file became shorter and is read from its start again
    FOLLOW_REPLACED,    // another file stands at the path and is read from its start
};

struct follow_options {
    const char *path;
    unsigned long baud; // 0: as the device is set
    int idle_ms;        // how long a device or FIFO is silent before LINES_IDLE; 0: 300
    bool null_ends;     // as in struct lines
    void (*event)(void *ctx, enum follow_event event, int native); // may be NULL
    void *ctx;
};

struct follow;

// Opens nothing yet. NULL with errno: EINVAL where no device has that speed, ENOMEM.
struct follow *follow_new(const struct follow_options *options);

// The device's old settings are put back.
void follow_free(struct follow **f);

// LINES_FAILED with EACCES, EISDIR and the like where waiting would not help. Where a stream breaks
// off within a line (device gone, writer left, file cut or replaced) an end is put after the part
// that came, so that it is not joined to what comes next.
struct lines_source follow_source(struct follow *f);

#endif
