// SPDX-License-Identifier: MIT
// What a card and its reader can do, found out without any key: which doors the chip has, what
// lengths truly get through, how steady and how fast it answers. Nothing is written to the card,
// and nothing is asked that it counts: names are selected, files that are open to all are read,
// random numbers are asked for, and its power is taken and given again.
#ifndef CHIP_TRIAL_H
#define CHIP_TRIAL_H

#include "chip/card.h"

enum {
    TRIAL_PICTURE = 18000, // bytes of a face in DG2
    TRIAL_REPEATS = 60,
    TRIAL_LOSSES_MAX = 3, // after so many failures the repeats are broken off, unless for a time
};

enum trial_answer { TRIAL_NOT_ASKED, TRIAL_YES, TRIAL_NO };

struct chip_trial {
    enum trial_answer document;    // the application of an identity document is there
    enum trial_answer card_access; // EF.CardAccess can be read
    enum trial_answer pace, bac;   // offered
    enum trial_answer extended;    // commands and answers of extended length get through
    enum trial_answer uid_fixed; // the same after a reset; identity cards draw a new one each time
    uint8_t uid[10];
    size_t uid_length;
    uint8_t historical[32]; // of the ATS, or of the ATR
    size_t historical_length;
    char protocols[256]; // of PACE: "id-PACE-ECDH-GM-AES-CBC-CMAC-128 (brainpoolP256r1)", with
                         // commas

    unsigned commands, failures, resets; // of the repeats; a reset that brought the card back
    bool card_lost, reader_lost;         // at any time
    uint64_t round_trip_us;              // of a short command, the median
    uint64_t round_trip_p90_us;          // nine of ten took no longer
    // What reading so many bytes would take, by what was measured: protected, in the largest blocks
    // that got through, and with short commands. 0: not known.
    uint64_t bytes_per_second, picture_us, picture_short_us;
    struct chip_error error; // what ended it early
};

struct trial_options {
    unsigned repeats; // of a short command
    unsigned seconds; // in place of the number, for so long
    // All of it may be NULL.
    bool (*stop)(void *ctx); // true: break off
    // Each command of the repeats and its time, or why it failed. Every other one is the short one.
    void (*timed)(void *ctx, bool is_short, uint64_t us, struct chip_error error);
    uint64_t (*now)(void *ctx); // nanoseconds
    void *ctx;
};

// Ends with the card in the state after a reset, as far as it is still there.
void trial_run(struct card *card, const struct trial_options *how, struct chip_trial *out);

#endif
