// SPDX-License-Identifier: MIT
// Terminal Authentication, version 1 (BSI TR-03110-1, 3.5; TR-03110-3, B.4): the terminal proves to
// the chip that it may read fingerprints and irises.
#ifndef CHIP_TERMINAL_AUTH_H
#define CHIP_TERMINAL_AUTH_H

#include "chip/proof.h"
#include "chip/sm.h"
#include "chip/terminal.h"
#include "lds/security_infos.h"

struct terminal_auth {
    const struct terminal *terminal;
    const struct security_infos *dg14; // may name EF.CVCA
    struct str chip_id;                // ID_PICC, as access left it
    struct str key;                    // Comp(PK_PCD), as Chip Authentication left it
    uint8_t rights;                    // out: what the certificates allow
};

// With the application selected, in the session of Chip Authentication. CHIP_TA_*, with the
// certificate or the trust points that it is about in the proof's detail. Tells what happened in
// *out in any case.
struct chip_error terminal_auth_run(struct channel *c, struct terminal_auth *a, struct proof *out);

#endif
