// SPDX-License-Identifier: MIT
// How far a long job is, on one line of a terminal that is written again and again.
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
    bool wanted;
    uint64_t began, shown; // of CLOCK_MONOTONIC, in milliseconds
    unsigned long total;   // 0: not known
};

// Only where standard error is a terminal.
void progress_begin(struct progress *p, unsigned long total);

// Not more often than the eye needs.
void progress_show(struct progress *p, unsigned long done, unsigned long failed);

// Takes the line away.
void progress_end(struct progress *p);

#endif
