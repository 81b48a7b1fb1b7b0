// SPDX-License-Identifier: MIT
// A key from where it does not show: a file, a descriptor, a terminal that does not echo.
#ifndef CLI_CHIP_PROMPT_H
#define CLI_CHIP_PROMPT_H

#include "cli/chip_keys.h"
#include "cli/options.h"

// From the file ("-": standard input), or from the descriptor of that number where file is NULL.
// False when it was told why.
bool chip_keys_of_file(const struct command *command, const char *file, const char *descriptor,
                       struct chip_keys *keys);

// Asks the person at the terminal. False when it was told why.
bool chip_keys_ask(const struct command *command, struct chip_keys *keys);

#endif
