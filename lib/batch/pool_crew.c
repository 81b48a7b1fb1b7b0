// SPDX-License-Identifier: MIT
#include "batch/pool_state.h"

#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// ---- workers come and go ----

void crew_reap(struct pool *pool)
{
    unsigned left = 0;
    int status;

    for (unsigned i = 0; i < pool->deaths; i++)
        if (!worker_reap(pool->dying[i], &status))
            pool->dying[left++] = pool->dying[i];
    pool->deaths = left;
}

// Gives a process that was ended some time to be gone: one that reads from a dead network file
// system may need longer, and is not waited for.
static bool reap_soon(pid_t pid, int *status)
{
    enum { PATIENCE = 100 }; // milliseconds
    // Where there is no such descriptor, poll() only waits.
    struct pollfd end = { .fd = (int)syscall(SYS_pidfd_open, pid, 0), .events = POLLIN };
    int waited = 0;

    while (!worker_reap(pid, status) && waited++ < PATIENCE)
        poll(&end, 1, 1);
    if (end.fd >= 0)
        close(end.fd);
    return waited <= PATIENCE;
}

static void remove_worker(struct pool *pool, struct worker *w, int *status)
{
    pid_t pid = w->end.pid;

    worker_stop(&w->end);
    bool gone = status != NULL ? reap_soon(pid, status) : worker_reap(pid, &(int){ 0 });
    if (!gone && pool->deaths == DYING_MAX)
        crew_reap(pool);
    if (!gone && pool->deaths < DYING_MAX)
        pool->dying[pool->deaths++] = pid;
    answers_free(&w->in);
    *w = (struct worker){ 0 };
}

void crew_add_pending(struct pool *pool, uint64_t number)
{
    unsigned at = pool->pendings++;

    for (; at > 0 && pool->pending[at - 1] > number; at--)
        pool->pending[at] = pool->pending[at - 1];
    pool->pending[at] = number;
    pool_entry(pool, number)->state = ENTRY_PENDING;
}

static void try_again(struct pool *pool, uint64_t number, enum pool_end how, int signal)
{
    struct entry *e = pool_entry(pool, number);

    pool->stats.crashes += how == POOL_CRASHED;
    pool->stats.timeouts += how == POOL_TIMEOUT;
    if (++e->tries < TRIES) {
        crew_add_pending(pool, number);
    } else {
        pool->under_way--;
        pool_end_entry(pool, e, how, signal, (struct str){ NULL, 0 });
    }
}

void crew_note_failure(struct pool *pool, struct cage_error error)
{
    if (error.step != CAGE_DONE)
        pool_fail(pool, cage_sentence(error.step), error.native);
    else if (++pool->starts_failed >= START_TRIES)
        pool_fail(pool, N_("the processes that read inputs die as soon as they begin"), 0);
}

void crew_lose(struct pool *pool, struct worker *w, enum pool_end how)
{
    uint64_t queue[AHEAD_MAX];
    unsigned queued = w->queued, first = w->greeted && queued > 0;
    bool greeted = w->greeted;
    int status = 0;

    memcpy(queue, w->queue, sizeof queue);
    remove_worker(pool, w, &status);
    if (!greeted)
        crew_note_failure(pool, (struct cage_error){ CAGE_DONE, 0 });
    for (unsigned i = 0; i < queued; i++)
        lseek(pool_entry(pool, queue[i])->fd, 0, SEEK_SET);
    for (unsigned i = first; i < queued; i++)
        crew_add_pending(pool, queue[i]);
    if (first > 0)
        try_again(pool, queue[0], how, WIFSIGNALED(status) ? WTERMSIG(status) : 0);
}

// 0 or an errno.
static int start_worker(struct pool *pool, struct worker *w)
{
    // As a bound on threads as well, of which each counts; the wall time is what limits an input.
    uint32_t seconds = 4 * (RENEW_TIME / SECOND + pool->options.milliseconds / 1000 + 1);
    struct worker_plan plan = { .work = &pool->work,
                                .limits = &pool->limits,
                                .cage = { .memory = pool->options.memory,
                                          .seconds = seconds,
                                          .threads = (pool->kinds & pool->options.threaded) != 0 },
                                .kinds = pool->kinds,
                                .keep_stderr = pool->options.keep_stderr };
    int error = worker_start(&plan, &w->end);

    if (error != 0)
        return error;
    w->kinds = pool->kinds;
    pool->stats.workers++;
    return 0;
}

// ---- what they are given ----

unsigned crew_ahead(const struct pool *pool)
{
    int64_t count = 1 + AHEAD_TIME / (pool->usual + 1);
    return count < AHEAD_MIN ? AHEAD_MIN : count > AHEAD_MAX ? AHEAD_MAX : (unsigned)count;
}

static bool suits(const struct worker *w, const struct entry *e)
{
    return w->end.pid > 0 && !w->retiring && (e->kinds & ~w->kinds) == 0 &&
           (e->tries == 0 || w->fed == 0);
}

// The worker with the least to do among those that will do, one yet to be started included; NULL
// when there is none. One that has nothing to do and will not do makes room for another, that no
// processor is idle while inputs wait.
static struct worker *choose_worker(struct pool *pool, const struct entry *e)
{
    struct worker *best = NULL, *none = NULL, *idle = NULL;

    for (unsigned i = 0; i < pool->options.jobs; i++) {
        struct worker *w = &pool->worker[i];
        if (w->end.pid == 0)
            none = none == NULL ? w : none;
        else if (suits(w, e))
            best = best == NULL || w->queued < best->queued ? w : best;
        else if (w->queued == 0)
            idle = w;
    }
    if (best != NULL && best->queued == 0)
        return best;
    if (none == NULL && idle != NULL) {
        remove_worker(pool, idle, NULL);
        none = idle;
    }
    return none != NULL ? none : best;
}

// No worker will do for this input, nor can one be added: the one with the least to do makes room.
static void make_room(struct pool *pool)
{
    struct worker *best = NULL;

    for (unsigned i = 0; i < pool->options.jobs; i++) {
        struct worker *w = &pool->worker[i];
        if (w->retiring)
            return; // one does so already
        if (w->end.pid > 0 && (best == NULL || w->queued < best->queued))
            best = w;
    }
    if (best != NULL)
        best->retiring = true;
}

static bool any_busy(const struct pool *pool)
{
    for (unsigned i = 0; i < pool->options.jobs; i++)
        if (pool->worker[i].queued > 0)
            return true;
    return false;
}

static bool send_entry(struct pool *pool, struct worker *w, struct entry *e)
{
    enum worker_sent sent = worker_send(&w->end, e->fd, (uint32_t)e->task.number, e->task.request);

    if (sent != WORKER_SENT) {
        // One that has nothing to do takes a request, or something is wrong with it.
        w->retiring = sent == WORKER_GONE || w->queued == 0;
        if (sent == WORKER_FULL && w->fed == 0)
            crew_note_failure(pool, (struct cage_error){ CAGE_DONE, 0 });
        return false;
    }
    if (w->queued == 0)
        w->since = pool_now();
    w->queue[w->queued++] = e->task.number;
    w->retiring = ++w->fed >= pool->options.renew_after;
    e->state = ENTRY_FED;
    return true;
}

// False when it has to wait.
static bool assign(struct pool *pool, struct entry *e)
{
    struct worker *w = choose_worker(pool, e);
    int error;

    if (w == NULL)
        return make_room(pool), false;
    if (w->end.pid == 0 && (error = start_worker(pool, w)) != 0) {
        // Those that there are may do; with nobody at work, nothing would change by waiting.
        if (!any_busy(pool) && ++pool->starts_failed >= START_TRIES)
            pool_fail(pool, N_("no process can be started to read the input"), error);
        return false;
    }
    return w->queued < crew_ahead(pool) && send_entry(pool, w, e);
}

static void retire_workers(struct pool *pool)
{
    for (unsigned i = 0; i < pool->options.jobs; i++) {
        struct worker *w = &pool->worker[i];
        w->retiring = w->retiring || w->worked > RENEW_TIME;
        if (w->end.pid > 0 && w->retiring && w->queued == 0)
            remove_worker(pool, w, NULL);
    }
}

void crew_hand_out(struct pool *pool)
{
    unsigned left = 0;

    if (pool->pendings == 0)
        return;
    retire_workers(pool);
    for (unsigned i = 0; i < pool->pendings; i++) {
        uint64_t number = pool->pending[i];
        if (pool->stopped || !assign(pool, pool_entry(pool, number)))
            pool->pending[left++] = number;
    }
    pool->pendings = left;
}

void crew_dismiss(struct pool *pool)
{
    for (unsigned i = 0; pool->pendings == 0 && i < pool->options.jobs; i++) {
        struct worker *w = &pool->worker[i];
        if (w->end.pid > 0)
            worker_dismiss(&w->end);
        w->retiring = w->end.pid > 0;
    }
}

void crew_end(struct pool *pool)
{
    int status;

    for (unsigned i = 0; i < pool->options.jobs; i++)
        if (pool->worker[i].end.pid > 0)
            remove_worker(pool, &pool->worker[i], NULL);
    for (; pool->deaths > 0; pool->deaths--)
        reap_soon(pool->dying[pool->deaths - 1], &status);
}
