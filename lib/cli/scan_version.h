// SPDX-License-Identifier: MIT
#ifndef CLI_SCAN_VERSION_H
#define CLI_SCAN_VERSION_H

#include "base/bytes.h"

// version_put(), and what pictures are read with: versions, formats, and libraries that are not
// installed.
void scan_version_put(const char *name, struct bytes *out);

#endif
