// SPDX-License-Identifier: MIT
// What is done inside the cage: a file's bytes become pages, and pages symbols.
#ifndef CLI_SCAN_WORK_H
#define CLI_SCAN_WORK_H

#include "batch/pool.h"

// Loads what the formats in `kinds` (a bit each, by enum image_format) need: a pool's begin().
bool scan_work_begin(void *ctx, uint32_t kinds);

// A pool's settle() and work().
void scan_work_settle(void *ctx, uint32_t kinds);
void scan_work(void *ctx, int fd, struct str request, struct pool_reply *reply);

#endif
