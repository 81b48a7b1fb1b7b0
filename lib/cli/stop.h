// SPDX-License-Identifier: MIT
// Ctrl-C and SIGTERM end what would go on for ever, once what was begun is written.
#ifndef CLI_STOP_H
#define CLI_STOP_H

#include <stdbool.h>

// From now on those signals only ask. False, with errno, when that cannot be had.
bool stop_on_signals(void);

bool stop_asked(void);

// Readable once a signal came, so that one that comes just before poll() is not missed.
int stop_fd(void);

#endif
