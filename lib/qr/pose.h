// SPDX-License-Identifier: MIT
// How a symbol must lie for its finders to look as they do.
#ifndef QR_POSE_H
#define QR_POSE_H

#include "qr/grid.h"

enum pose_end { POSE_MEASURED, POSE_UNKNOWN, POSE_IMPOSSIBLE };

// Where the middles of three finders are told (top left, top right, bottom left) and how many
// modules a side may have, measures along the sides what these finders show of both: the side, and
// how much perspective there is. `size` is how long a row and a column through each finder are,
// together. Nothing is changed when they show nothing of the kind, or are of no one symbol.
enum pose_end pose_measure(const struct view *view, const float size[3], struct pose *pose);

#endif
