// SPDX-License-Identifier: MIT
// Text for a person's terminal.
#ifndef TEXT_DISPLAY_H
#define TEXT_DISPLAY_H

#include "base/bytes.h"

// Appends text with control, bidirectional and zero-width characters and bad bytes written as
// \u{202E} or \x1B, so that nothing from outside can steer a terminal.
void display_put(struct bytes *out, struct str text);

// How many terminal columns text takes, escaped as display_put() writes it.
size_t display_width(struct str text);

#endif
