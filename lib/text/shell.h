// SPDX-License-Identifier: MIT
#ifndef TEXT_SHELL_H
#define TEXT_SHELL_H

#include "base/bytes.h"

// Appends text as one word of a POSIX shell, quoted where it has to be.
void shell_put_word(struct bytes *out, struct str text);

#endif
