// SPDX-License-Identifier: MIT
// Two finders tell where the third must be, when wear, glare or a stamp spoilt it.
#ifndef QR_GUESS_H
#define QR_GUESS_H

#include "qr/finder.h"
#include "qr/grid.h"

enum { GUESS_WAYS = 6 }; // in which two finders may belong to one symbol

// False when two such finders make no symbol in that way, or nothing like a third one is there and
// they are not sure enough to do without.
bool guess_third(const struct view *view, const struct finder *a, const struct finder *b,
                 unsigned way, struct pose *out);

#endif
