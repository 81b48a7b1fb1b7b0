// SPDX-License-Identifier: MIT
// A card that is a recording (chip/record.h): it answers as the card did, as long as the commands
// are the same.
#ifndef CHIP_REPLAY_H
#define CHIP_REPLAY_H

#include "chip/card.h"

struct chip_error replay_open(const char *path, struct card *out);

// How far it has come, for messages: CHIP_RECORDING_DIFFERS and CHIP_RECORDING_UNREADABLE mean this
// line of the file.
unsigned long replay_line(const struct card *card);

// A chip_random_source, with the ctx of a card that is a recording: the numbers that were drawn. It
// fails where the recording has none there, or another count of them.
bool replay_random(void *ctx, void *out, size_t n);

#endif
