// SPDX-License-Identifier: MIT
// What the parts of a trial share.
#ifndef CHIP_TRIAL_WORK_H
#define CHIP_TRIAL_WORK_H

#include "chip/files.h"
#include "chip/trial.h"

enum { TRIAL_NAME_MAX = 300 };

struct trial_work {
    struct card *card;
    const struct trial_options *how;
    struct chip_trial *out;
    struct channel channel;
    struct bytes file; // EF.CardAccess
    bool gone;         // at the last reset
};

// Reads EF.CardAccess with short commands, and leaves it selected.
struct chip_error trial_read_file(struct trial_work *w);

// SELECT by a name of that many bytes which no application has: one is 16 bytes at the longest
// (ISO/IEC 7816-4, 8.2.1.2), and the registered ones begin otherwise. It reads nothing, changes
// nothing and is counted nowhere. name holds TRIAL_NAME_MAX bytes.
struct apdu trial_select_nothing(char *name, size_t length);

// The card begins anew after that error; notes what was lost. CHIP_OK: it is there again.
struct chip_error trial_recover(struct trial_work *w, struct chip_error error);

// Repeats short commands, and reckons from the time that they take.
struct chip_error trial_repeat(struct trial_work *w);

#endif
