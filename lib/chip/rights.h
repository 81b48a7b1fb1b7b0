// SPDX-License-Identifier: MIT
// What a terminal has proven in a session, and with which keys: gone with the session.
#ifndef CHIP_RIGHTS_H
#define CHIP_RIGHTS_H

#include "chip/access.h"
#include "chip/genuine.h"
#include "chip/terminal_auth.h"

struct rights {
    const struct terminal *terminal; // NULL: none
    struct chip_id chip_id;
    struct bytes key; // Comp() of ours in the session's Chip Authentication; empty: none was run
    uint8_t granted;  // CV_RIGHT_*
    bool needed;      // to be proven again in each session
};

// After a Chip Authentication that held.
void rights_keep_key(struct rights *r, const struct proof *chip_auth);

// Terminal Authentication; before it Chip Authentication, where the session had none yet (BSI
// TR-03110-1, 3.5.1).
struct chip_error rights_prove(struct rights *r, struct channel *c,
                               const struct security_infos *dg14, struct proof *out);

// The session is over.
void rights_forget(struct rights *r);

bool rights_allow(const struct rights *r, enum lds_file file);

#endif
