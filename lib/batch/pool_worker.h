// SPDX-License-Identifier: MIT
// One worker: the process, and the two channels to it. Requests go to it as messages with a
// descriptor each, answers come back through a pipe (pool_answers.h). Its first answer tells how it
// entered the cage: without a frame when it did, else with the step and the errno; its serial is
// WORKER_GREETING.
#ifndef BATCH_POOL_WORKER_H
#define BATCH_POOL_WORKER_H

#include "batch/pool.h"
#include "batch/pool_answers.h"

#include <sys/types.h>

#define WORKER_GREETING 0xCCCDu

struct worker_end {
    pid_t pid;
    int requests, answers; // the calling process's ends
};

struct worker_plan {
    const struct pool_work *work;
    const struct answers_limits *limits;
    struct cage_limits cage;
    uint32_t kinds;
    bool keep_stderr;
};

// 0 or an errno.
int worker_start(const struct worker_plan *plan, struct worker_end *out);

enum worker_sent { WORKER_SENT, WORKER_FULL, WORKER_GONE };

// The answer will have the same serial.
enum worker_sent worker_send(const struct worker_end *end, int fd, uint32_t serial,
                             struct str request);

// It ends when it has answered what was sent to it.
void worker_dismiss(const struct worker_end *end);

// Closes the channels and ends the process, which may take it a while: it is to be asked for with
// worker_reap() until that returns true.
void worker_stop(struct worker_end *end);
bool worker_reap(pid_t pid, int *status);

// What a worker's first answer says.
struct cage_error worker_greeting(struct str answer);

#endif
