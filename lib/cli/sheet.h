// SPDX-License-Identifier: MIT
// One record as a person reads it: a field a line, then what is doubtful about it.
#ifndef CLI_SHEET_H
#define CLI_SHEET_H

#include "cli/emit.h"

void sheet_put(struct emitter *e, const struct wire_item *item);

#endif
