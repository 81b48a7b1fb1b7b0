// SPDX-License-Identifier: MIT
// cccd-scan testcard: the test sheet for QR scanners, to a file or to standard output.
#ifndef CLI_SCAN_TESTCARD_H
#define CLI_SCAN_TESTCARD_H

#include "cli/options.h"
#include "cli/output.h"
#include "cli/status.h"

// The format goes by the end of the file's name; SVG to standard output where `file` is NULL.
// `size` is one of the option's choices, or NULL for all.
enum status scan_testcard(const struct command *command, const char *file, const char *size,
                          struct output *output);

#endif
