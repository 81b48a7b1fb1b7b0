// SPDX-License-Identifier: MIT
// From dark and light modules to bytes, by libzbar: the one place that knows it.
#ifndef QR_DECODE_H
#define QR_DECODE_H

#include "base/bytes.h"

struct decoder;

struct decoder *decoder_new(void); // NULL when memory is short
void decoder_free(struct decoder **d);

// Reads a symbol from its modules, row by row. The bytes are as they stand in it; false when it
// cannot be read.
bool decoder_read(struct decoder *d, const bool *dark, int side, struct bytes *out);

#endif
