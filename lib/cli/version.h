// SPDX-License-Identifier: MIT
#ifndef CLI_VERSION_H
#define CLI_VERSION_H

#include "base/bytes.h"

// "NAME (cccd-tools) VERSION" and the versions of the libraries it runs with.
void version_put(const char *name, struct bytes *out);

#endif
