// SPDX-License-Identifier: MIT
// From dark and light modules to bytes, by libzbar: the one place that knows it.
#ifndef QR_DECODE_H
#define QR_DECODE_H

#include "base/bytes.h"

struct decoder;

struct decoder *decoder_new(void); // NULL when memory is short
void decoder_free(struct decoder **d);

// Forgets all that was read: libzbar tries by chance, and its dice must fall the same way for every
// picture, whatever came before. False when memory is short.
bool decoder_begin(struct decoder *d);

// Wipes what was read last.
void decoder_end(struct decoder *d);

// Reads a symbol from its modules, row by row. The bytes are as they stand in it. corner[0] to [3]
// are the corners of the modules, counted clockwise from the first module's, at which the symbol's
// top left, top right, bottom right and bottom left are: what was taken for a finder need not have
// been one, and the picture may be a mirror's. False when it cannot be read.
bool decoder_read(struct decoder *d, const bool *dark, int side, struct bytes *out, int corner[4]);

#endif
