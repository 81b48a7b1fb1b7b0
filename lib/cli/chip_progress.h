// SPDX-License-Identifier: MIT
// How far a card is, on one line of a terminal: the step, the file, how much of it.
#ifndef CLI_CHIP_PROGRESS_H
#define CLI_CHIP_PROGRESS_H

#include "chip/error.h"
#include "lds/lds.h"

struct chip_progress {
    bool wanted, shown;
    const char *step;
    enum chip_code what; // that is waited for
    int seconds;
};

// Only where standard error is a terminal.
void chip_progress_begin(struct chip_progress *p);

// As session_watch has them; ctx is the progress.
void chip_progress_step(void *ctx, const char *step);
void chip_progress_file(void *ctx, enum lds_file file, size_t done, size_t total);

// As pcsc_open has it: what is waited for, and how long still.
void chip_progress_wait(void *ctx, enum chip_code what, int seconds);

// Takes the line away.
void chip_progress_end(struct chip_progress *p);

#endif
