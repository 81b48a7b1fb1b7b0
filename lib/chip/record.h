// SPDX-License-Identifier: MIT
// A recording of all that goes between the program and a card, so that it can be done once more
// without the card (chip/replay.h). It holds a person's data, and with the random numbers the keys
// of the session: it is for its owner alone, and for cards of invented people.
//
// A text file: a heading, and then a line for each thing that happened, in upper-case hex.
//   # recording 1 atr=3B80800101 protocol=contactless longest=0 reader=Example Reader 00 00
//   > 00A4040C07A0000002471001   a command
//   < 9000                       its answer
//   ! card_gone                  the error instead of it, or of the reset
//   * 0123456789ABCDEF           random bytes that were drawn
//   # reset
#ifndef CHIP_RECORD_H
#define CHIP_RECORD_H

#include "chip/card.h"

// *out is to be used, and closed, in place of *inner, which is the recording's own from now on. The
// file is new, or emptied, and nobody else's to read. On an error *inner is as before.
struct chip_error record_open(struct card *inner, const char *path, struct card *out);

// A chip_random_source, with the ctx of a card that is recorded: the system's numbers, noted down.
bool record_random(void *ctx, void *out, size_t n);

#endif
