// SPDX-License-Identifier: MIT
// The card's side of secure messaging (ICAO Doc 9303-11, 9.8; ISO/IEC 7816-4, 10).
#ifndef EMULATOR_SM_H
#define EMULATOR_SM_H

#include "card.h"

void session_start(struct session *s, const struct keys *keys, const uint8_t *counter);
void session_end(struct session *s);

// Verifies and decrypts: *plain is the command within, its data in *storage. 9000, or 6987, 6988.
uint16_t sm_open(struct session *s, const struct command *cmd, struct command *plain,
                 struct buf *storage);

// The protected answer with status word at its end.
bool sm_seal(struct session *s, bool odd, struct view data, uint16_t sw, struct buf *out);

// The most data bytes of an answer that takes no more than `limit` bytes on the wire.
uint32_t sm_room(const struct session *s, bool odd, uint32_t limit);

#endif
