// SPDX-License-Identifier: MIT
// What a pool knows. pool.c tells what comes back, in its order; pool_crew.c has the workers, and
// gives them what is pending.
#ifndef BATCH_POOL_STATE_H
#define BATCH_POOL_STATE_H

#include "batch/pool_worker.h"

#include <poll.h>

enum {
    AHEAD_MAX = 32, // inputs that a worker may have, the one that it is at among them
    AHEAD_MIN = 2,
    AHEAD_TIME = 2000, // µs of work that a worker shall have before it
    TRIES = 2,
    START_TRIES = 3,
    DYING_MAX = 64,
    SECOND = 1000 * 1000,
    RENEW_TIME = 120 * SECOND, // of work, then a worker is replaced as well
    SLICE = SECOND / 4,        // the pool looks after its workers at least so often
    AWAY = SECOND / 4,         // with less it was only busy
};

enum entry_state {
    ENTRY_OVER,    // told to be ended, or never used
    ENTRY_PENDING, // no worker has it
    ENTRY_FED,
    ENTRY_HELD, // ended; an earlier one is not
};

struct entry {
    struct pool_task task;
    char *texts; // of the task
    int fd;
    uint32_t kinds;
    uint8_t state, tries;
    enum pool_end how;
    int signal;
    struct bytes answer; // while held
};

struct worker {
    struct worker_end end; // pid 0: there is none
    uint32_t kinds;
    unsigned fed;   // inputs since it was started
    bool greeted;   // it is inside the cage
    bool retiring;  // is given nothing more
    int64_t since;  // when it came to the first of its queue
    int64_t heard;  // when it last sent anything of its answer
    int64_t worked; // µs
    struct answers in;
    uint64_t queue[AHEAD_MAX]; // inputs that it has, the one that it is at first
    unsigned queued;
};

struct pool {
    struct pool_work work;
    struct pool_options options;
    struct answers_limits limits;
    struct pool_stats stats;
    struct pool_trouble trouble;
    bool stopped;
    uint32_t kinds;        // begun
    struct entry *ring;    // of options.window entries, by their number
    uint64_t next, oldest; // to be given; not over
    unsigned under_way;    // pending or fed
    uint64_t *pending;     // their numbers in order
    unsigned pendings;
    size_t held; // bytes
    struct worker *worker;
    struct pollfd *polled;  // by worker, and the caller's
    pid_t dying[DYING_MAX]; // ended, not yet gone
    unsigned deaths;
    unsigned starts_failed; // in a row
    int64_t seen;           // when the pool was last at work
    int64_t usual;          // µs that an input takes, about
};

int64_t pool_now(void); // µs

struct entry *pool_entry(struct pool *pool, uint64_t number);

void pool_fail(struct pool *pool, const char *sentence, int native);

// The input has ended: it is told, or held until those before it are.
void pool_end_entry(struct pool *pool, struct entry *e, enum pool_end how, int signal,
                    struct str answer);

// How many inputs a worker may have, by how long they take.
unsigned crew_ahead(const struct pool *pool);

void crew_add_pending(struct pool *pool, uint64_t number);

// Gives workers what is pending as far as they take it, and starts and replaces them for that.
void crew_hand_out(struct pool *pool);

// The worker has died, or is to be ended for what it did: the input that it was at takes the blame,
// those behind it go to another.
void crew_lose(struct pool *pool, struct worker *w, enum pool_end how);

// A worker did not get into the cage; several in a row are the end of the pool.
void crew_note_failure(struct pool *pool, struct cage_error error);

// Nothing more comes for now: workers that have all that is left end by themselves after it, while
// their last answers are told.
void crew_dismiss(struct pool *pool);

void crew_reap(struct pool *pool);

// Ends all workers.
void crew_end(struct pool *pool);

#endif
