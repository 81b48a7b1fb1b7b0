// SPDX-License-Identifier: MIT
#ifndef CLI_CHIP_CODES_H
#define CLI_CHIP_CODES_H

#include "base/bytes.h"

// Every stable code of cccd-chip, one a line: code, kind, class, sentence, separated by tabs. The
// manual is held against this.
void chip_codes_put(struct bytes *out);

#endif
