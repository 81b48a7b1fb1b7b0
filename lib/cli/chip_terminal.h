// SPDX-License-Identifier: MIT
// The terminal's certificates and its key, from files.
#ifndef CLI_CHIP_TERMINAL_H
#define CLI_CHIP_TERMINAL_H

#include "chip/terminal.h"
#include "cli/options.h"

// NULL when it was told why.
struct terminal *chip_terminal_of_files(const struct command *command, const char *chain,
                                        const char *key);

#endif
