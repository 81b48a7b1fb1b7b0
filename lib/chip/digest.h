// SPDX-License-Identifier: MIT
#ifndef CHIP_DIGEST_H
#define CHIP_DIGEST_H

#include "base/str.h"

enum { CHIP_SHA256_SIZE = 32 };

// False when the library fails.
bool chip_sha256(struct str bytes, uint8_t out[CHIP_SHA256_SIZE]);

#endif
