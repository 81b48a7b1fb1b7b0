// SPDX-License-Identifier: MIT
// Asks the smart card service, the readers and the cards on them, for the doctor. All of it takes
// a bounded time, also when the service hangs or a reader never answers.
#ifndef CLI_DESK_LOOK_H
#define CLI_DESK_LOOK_H

#include "base/arena.h"
#include "chip/error.h"
#include "chip/trial.h"
#include "reader/desk.h"

struct desk_look {
    const char *reader; // whose card is tried, as pcsc_find() takes it; NULL: each one's
    unsigned repeats;   // 0: cards are not tried
    int stop_fd;        // readable: break off; -1: none
    // Which reader's card is tried now; may be NULL.
    void (*trying)(void *ctx, const char *reader);
    void *ctx;
};

// CHIP_OK, whatever the service and the cards say; CHIP_READER_UNKNOWN or CHIP_READER_AMBIGUOUS:
// no such reader, and no card was tried; CHIP_NO_MEMORY. What stands in *out lies in the arena.
struct chip_error desk_look(struct desk *out, const struct desk_look *how, struct arena *arena);

// What a call's error says of the service.
enum desk_service desk_service_of(struct chip_error error);

// From what chip/ has to what the doctor has.
void desk_take_trial(struct desk_trial *out, const struct chip_trial *trial, struct arena *arena);

#endif
