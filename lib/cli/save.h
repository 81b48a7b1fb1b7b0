// SPDX-License-Identifier: MIT
#ifndef CLI_SAVE_H
#define CLI_SAVE_H

#include "base/str.h"

// Puts a text into a file that its owner alone can read, whole or not at all; a file that was there
// is replaced, what is no file (a terminal, a pipe) is written to. False with errno.
bool save_text(const char *path, struct str text);

#endif
