// SPDX-License-Identifier: MIT
// What BAC and PACE make of the key that a person gives, and of a card's refusal of it.
#ifndef CHIP_SECRET_H
#define CHIP_SECRET_H

#include "chip/access.h"
#include "chip/crypto.h"

enum { SW_TRIES = 0x63C0, SW_BLOCKED = 0x6983 };

// K_Enc and K_MAC (ICAO Doc 9303-11, 4.3.2 and 9.7.2).
bool access_bac_key(const struct access_key *key, enum crypto_use use, uint8_t out[CRYPTO_KEY_MAX]);

// K_pi (9.7.3).
bool access_pace_key(const struct access_key *key, enum security_cipher cipher,
                     uint8_t out[CRYPTO_KEY_MAX]);

// ID_PICC after BAC.
bool access_bac_id(const struct access_key *key, struct chip_id *out);

// At the step in which the card judges the key. Cards have several status words for it.
struct chip_error access_refused(uint16_t sw, const char *step, int *tries_left);

#endif
