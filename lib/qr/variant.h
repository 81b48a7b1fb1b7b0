// SPDX-License-Identifier: MIT
// The same picture made anew, for what cannot be seen in it as it is.
#ifndef QR_VARIANT_H
#define QR_VARIANT_H

#include "image/plane.h"

// False when memory is short or the result would be empty.
bool variant_half(const struct plane *plane, struct plane *out);
bool variant_double(const struct plane *plane, struct plane *out);

// Of the same size, every pixel set off from its neighbours.
bool variant_sharp(const struct plane *plane, struct plane *out);

// Dark and light exchanged.
bool variant_negative(const struct plane *plane, struct plane *out);

#endif
