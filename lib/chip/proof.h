// SPDX-License-Identifier: MIT
// That a chip knows a secret which no copy of its files has: what was asked and answered, so that
// it can be verified later without the card. Nothing in a proof opens the card.
#ifndef CHIP_PROOF_H
#define CHIP_PROOF_H

#include "base/bytes.h"

enum proof_kind {
    PROOF_NONE,
    PROOF_CHIP_AUTH,
    PROOF_PACE_CAM,
    PROOF_ACTIVE_AUTH,
    PROOF_TERMINAL_AUTH, // the other way round: the terminal's, to the chip
};

struct proof_item {
    const char *name; // as the manifest has it
    struct bytes value;
};

enum { PROOF_ITEMS_MAX = 16 };

struct proof {
    enum proof_kind kind;
    char algorithm[64]; // the standard's name
    bool holds;         // as judged when it was made
    char detail[80];    // the certificate or the names that a failure is about
    struct proof_item item[PROOF_ITEMS_MAX];
    size_t n;
};

// Keeps a copy. False when there is no room.
bool proof_add(struct proof *p, const char *name, struct str value);

// Empty where there is none with that name.
struct str proof_item(const struct proof *p, const char *name);

void proof_free(struct proof *p);

#endif
