// SPDX-License-Identifier: MIT
// A scanner's profile from a file.
#ifndef CLI_SCANNER_LOAD_H
#define CLI_SCANNER_LOAD_H

#include "cli/status.h"
#include "reader/scanner_profile.h"

// What is wrong is told. STATUS_FAILED where the file cannot be read, STATUS_USAGE where it is no
// profile.
enum status scanner_load(const char *program, const char *path, struct scanner_profile *profile);

#endif
