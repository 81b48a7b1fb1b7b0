// SPDX-License-Identifier: MIT
// The same picture smaller or larger.
#ifndef QR_SCALE_H
#define QR_SCALE_H

#include "image/plane.h"

// False when memory is short or the result would be empty.
bool scale_half(const struct plane *plane, struct plane *out);
bool scale_double(const struct plane *plane, struct plane *out);

// Of the same size, every pixel set off from its neighbours.
bool scale_sharp(const struct plane *plane, struct plane *out);

#endif
