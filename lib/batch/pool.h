// SPDX-License-Identifier: MIT
// Inputs worked on by caged processes, each on one descriptor at a time. What a worker sends back
// is never trusted but as to its content, which is the caller's to judge: a worker that breaks the
// protocol, dies or takes too long costs its input alone, which is tried once more in a new worker.
//
// The process has one thread while a pool lives, and ignores SIGPIPE. Callbacks do not call the
// pool. A worker begins as a copy of the calling process: what that holds of other people's data
// at that time is better wiped.
#ifndef BATCH_POOL_H
#define BATCH_POOL_H

#include "base/str.h"
#include "cage/cage.h"

enum {
    POOL_JOBS_MAX = 256,
    POOL_REQUEST_MAX = 32 * 1024,
};

enum pool_end {
    POOL_DONE,    // all its frames were handed over before
    POOL_CRASHED, // twice; nothing of its frames is handed over, as with the next two
    POOL_TIMEOUT, // the second time; the first may have been a crash
    POOL_REFUSED, // begin() has refused its kind
    POOL_PASSED,  // it had no descriptor: it took its place in the order, no more
};

struct pool_input {
    int fd;             // the pool's from now on; open for reading only. -1: see POOL_PASSED
    uint32_t kinds;     // bits: which libraries its worker needs
    struct str request; // at most POOL_REQUEST_MAX bytes for the worker; copied
    struct str label;   // for the callbacks, not told to the worker; copied
};

// An input as the callbacks see it.
struct pool_task {
    uint64_t number; // from 0, in the order in which they were given
    struct str request, label;
};

struct pool_reply;

struct pool_work {
    // In the calling process, before a worker is forked for kinds that none had before: loads what
    // they need. False: inputs of these kinds are refused. NULL: nothing to load.
    bool (*begin)(void *ctx, uint32_t kinds);
    // In a new worker before it enters the cage, with all kinds begun so far. May be NULL.
    void (*settle)(void *ctx, uint32_t kinds);
    // Inside the cage. fd may be read with pread() or mapped; its offset is at the beginning where
    // it can be moved at all, and stays shared with the caller's. Closed afterwards. What the work
    // leaves in memory, the next input's work could find: wipe it.
    void (*work)(void *ctx, int fd, struct str request, struct pool_reply *reply);
    // In the calling process: every frame of an input, then its end, in the order of the inputs or
    // as they come. False stops the pool. `signal` is what ended the worker, or 0.
    bool (*frame)(void *ctx, const struct pool_task *task, struct str frame);
    bool (*end)(void *ctx, const struct pool_task *task, enum pool_end how, int signal);
    void *ctx;
};

// Sends a frame. False, and nothing is sent, when the answer to this input would grow beyond what
// the pool takes.
bool pool_reply_put(struct pool_reply *reply, struct str frame);

struct pool_options {
    unsigned jobs;    // workers, at least 1
    bool unordered;   // ends are told as they come
    bool keep_stderr; // workers write to the caller's: for finding bugs, never for users' files
    uint32_t milliseconds; // of wall time for an input; 0: 60 seconds
    uint64_t memory;       // of a worker, as in struct cage_limits; 0: no limit
    uint32_t threaded;     // kinds whose libraries cannot do without threads
    // 0 in each of these: what serves.
    unsigned renew_after; // inputs, then a worker is replaced; 500
    unsigned window;      // how many inputs may be begun while an earlier one is not ended; 4096
    size_t hold_max;   // bytes of answers that wait for an earlier one; with more, no input is fed
    size_t frame_max;  // bytes of one frame; 16 MiB
    size_t answer_max; // bytes of all frames of one input, and 4 for each; 64 MiB
};

struct pool_stats {
    uint64_t inputs, ended;     // given, and told to be ended
    uint64_t crashes, timeouts; // tries that ended so, the first ones too
    uint64_t workers;           // started
    size_t held_most;           // bytes that waited
};

// Why the pool could not go on.
struct pool_trouble {
    const char *sentence; // NULL: it can
    int native;
};

struct pool;

// Starts no process yet. NULL when memory is short.
struct pool *pool_new(const struct pool_work *work, const struct pool_options *options);

// Gives an input; waits until there is room for it. False when a callback stopped the pool or the
// pool is in trouble; the descriptor is closed then, too.
bool pool_feed(struct pool *pool, const struct pool_input *input);

enum pool_wait {
    POOL_IDLE,     // every input has ended (only without an fd)
    POOL_READABLE, // the fd has something to read, or its other side is closed
    POOL_ELAPSED,
    POOL_STOPPED, // as when pool_feed() is false
};

// Works on until fd is readable (-1: none), or so many milliseconds are over (-1: no end).
enum pool_wait pool_wait(struct pool *pool, int fd, int milliseconds);

// Waits until every input has ended. False as with pool_feed().
bool pool_drain(struct pool *pool);

const struct pool_stats *pool_stats(const struct pool *pool);
struct pool_trouble pool_trouble(const struct pool *pool);

// Ends the workers, whatever they are at; no callback is called any more.
void pool_free(struct pool **pool);

#endif
