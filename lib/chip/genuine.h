// SPDX-License-Identifier: MIT
// Is the chip the one that was issued? Chip Authentication (ICAO Doc 9303-11, 6.2), PACE with Chip
// Authentication Mapping (4.4.3.5), Active Authentication (6.1). The keys are the card's own words:
// that the state signed them is for passive authentication to tell.
#ifndef CHIP_GENUINE_H
#define CHIP_GENUINE_H

#include "chip/proof.h"
#include "chip/sm.h"
#include "lds/security_infos.h"

// By what DG14 says; on success the channel goes on with new session keys. CHIP_UNSUPPORTED when
// DG14 has no key for it that can be used. CHIP_NOT_GENUINE when the chip fails.
struct chip_error chip_auth_run(struct channel *c, const struct security_infos *dg14,
                                struct proof *out);

// Of a run that opened a session: Comp() of the terminal's ephemeral key, for Terminal
// Authentication in it.
bool chip_auth_key(const struct proof *proof, struct bytes *out);

// What PACE-CAM left, with the chip's static key from EF.CardSecurity's SecurityInfos. Sets holds.
struct chip_error chip_auth_verify_cam(struct proof *cam,
                                       const struct security_infos *card_security);

// dg15: its SubjectPublicKeyInfo; dg14 may be NULL, and names the hash of ECDSA. The challenge is
// eight fresh random bytes. CHIP_NOT_GENUINE when the signature does not hold.
struct chip_error active_auth_run(struct channel *c, struct str public_key,
                                  const struct security_infos *dg14, struct proof *out);

// The same judgement over a transcript of before: sets holds.
struct chip_error active_auth_verify(struct proof *proof);

#endif
