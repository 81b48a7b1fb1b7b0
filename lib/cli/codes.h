// SPDX-License-Identifier: MIT
#ifndef CLI_CODES_H
#define CLI_CODES_H

#include "base/bytes.h"

// Every stable code that a record or an error can carry, one a line: kind, code, severity or
// class, sentence, separated by tabs. The manual is held against this.
void codes_put(struct bytes *out);

#endif
