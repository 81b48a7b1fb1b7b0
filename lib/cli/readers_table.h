// SPDX-License-Identifier: MIT
// The readers as a table for people.
#ifndef CLI_READERS_TABLE_H
#define CLI_READERS_TABLE_H

#include "base/bytes.h"
#include "chip/pcsc.h"

void readers_table_put(struct bytes *out, const struct pcsc_readers *readers);

#endif
