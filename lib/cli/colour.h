// SPDX-License-Identifier: MIT
#ifndef CLI_COLOUR_H
#define CLI_COLOUR_H

#include "base/bytes.h"
#include "person/problem.h"

// "always", "never" or "auto": only on a terminal, and not where NO_COLOR or TERM=dumb say no.
bool colour_wanted(const char *when, int fd);

void colour_put(struct bytes *out, bool wanted, enum severity severity);
void colour_end(struct bytes *out, bool wanted);

#endif
