// SPDX-License-Identifier: MIT
// Opening access to the chip (ICAO Doc 9303-11, 4.3 and 4.4): PACE, or Basic Access Control with
// the keys that the machine-readable zone gives. On success the channel has its session.
#ifndef CHIP_ACCESS_H
#define CHIP_ACCESS_H

#include "chip/proof.h"
#include "chip/sm.h"

enum access_kind { ACCESS_CAN, ACCESS_MRZ };

// All of it secret: access_key_wipe() when done.
struct access_key {
    enum access_kind kind;
    char can[33];      // ACCESS_CAN: the digits
    char document[33]; // ACCESS_MRZ: the document number as the zone has it, fillers included
    char birth[7], expiry[7]; // yymmdd
    bool may_be_last;         // go on where the card tells that fewer than two tries are left
};

void access_key_wipe(struct access_key *key);

// ID_PICC, which Terminal Authentication signs (BSI TR-03110-1, 3.5.2): after PACE, Comp() of the
// chip's ephemeral key; after BAC, the document number with its check digit, which is personal.
struct chip_id {
    uint8_t bytes[68]; // of P-521: 66
    size_t length;
};

struct access_outcome {
    int tries_left;    // as the card tells them with 63Cx; -1: it does not
    struct proof cam;  // of PACE-CAM: what chip_auth_verify_cam() needs; kind PROOF_NONE otherwise
    struct chip_id id; // on success
};

// One attempt. CHIP_KEY_WRONG: the key is not this card's; CHIP_KEY_BLOCKED; CHIP_KEY_SUSPENDED
// before the attempt where it could be the last (may_be_last).
struct chip_error pace_run(struct channel *c, const struct security_info *info,
                           const struct access_key *key, struct access_outcome *out);

// Can pace_run() do it: a standardised domain, a mapping and a cipher that are known?
bool pace_is_supported(const struct security_info *info);

// With the application selected. The key must be ACCESS_MRZ.
struct chip_error bac_run(struct channel *c, const struct access_key *key,
                          struct access_outcome *out);

#endif
