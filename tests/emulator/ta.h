// SPDX-License-Identifier: MIT
// Terminal Authentication version 1, the chip's side (BSI TR-03110-1, 3.5; TR-03110-3, B.4).
#ifndef EMULATOR_TA_H
#define EMULATOR_TA_H

#include "cv.h"

enum { TRUST_POINTS = 2, IMPORTED_MAX = 4 };

struct ta {
    struct cv trust[TRUST_POINTS]; // the newer first; kept without power
    uint32_t date;                 // the card's, of the newest certificate that it believes

    // Gone with the session.
    struct cv imported[IMPORTED_MAX];
    size_t n_imported;
    const struct cv *issuer;   // chosen with MSE:Set DST
    const struct cv *terminal; // chosen with MSE:Set AT
    bool has_challenge;
    uint8_t challenge[8];
    uint8_t path_rights[IMPORTED_MAX]; // of the imported ones, along the way to them
    struct view id, key;               // ID_PICC, Comp(PK_PCD)
    uint8_t id_space[128], key_space[128];
    bool chip_authenticated;
    uint8_t rights; // granted
};

#endif
