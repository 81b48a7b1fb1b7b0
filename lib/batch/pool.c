// SPDX-License-Identifier: MIT
#include "batch/pool.h"

#include "base/clock.h"
#include "base/wipe.h"
#include "batch/pool_state.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

int64_t pool_now(void)
{
    return (int64_t)(clock_now() / CLOCK_MICROSECOND);
}

struct entry *pool_entry(struct pool *pool, uint64_t number)
{
    return &pool->ring[number % pool->options.window];
}

void pool_fail(struct pool *pool, const char *sentence, int native)
{
    pool->stopped = true;
    if (pool->trouble.sentence == NULL)
        pool->trouble = (struct pool_trouble){ sentence, native };
}

static void fail_memory(struct pool *pool)
{
    pool_fail(pool, N_("there is not enough memory for more inputs"), ENOMEM);
}

// ---- what is told ----

static void forget_entry(struct pool *pool, struct entry *e)
{
    if (e->fd >= 0)
        close(e->fd);
    e->fd = -1;
    wipe_free(e->texts);
    e->texts = NULL;
    pool->held -= e->answer.n;
    bytes_free(&e->answer);
    e->state = ENTRY_OVER;
}

static void tell(struct pool *pool, struct entry *e, struct str answer)
{
    const struct pool_work *work = &pool->work;
    struct str frame;
    bool go_on = true;

    while (go_on && answers_frame(&answer, &frame))
        go_on = work->frame(work->ctx, &e->task, frame);
    if (!go_on || !work->end(work->ctx, &e->task, e->how, e->signal))
        pool->stopped = true;
    pool->stats.ended++;
    forget_entry(pool, e);
}

// Tells what an input held back that is over now.
static void tell_on(struct pool *pool)
{
    for (; pool->oldest < pool->next; pool->oldest++) {
        struct entry *e = pool_entry(pool, pool->oldest);
        if (e->state == ENTRY_HELD && !pool->stopped)
            tell(pool, e, bytes_str(&e->answer));
        if (e->state != ENTRY_OVER)
            break;
    }
}

static void hold(struct pool *pool, struct entry *e, struct str answer)
{
    e->state = ENTRY_HELD;
    if (e->fd >= 0)
        close(e->fd);
    e->fd = -1;
    bytes_put_str(&e->answer, answer);
    pool->held += e->answer.n;
    if (pool->held > pool->stats.held_most)
        pool->stats.held_most = pool->held;
    if (e->answer.failed)
        fail_memory(pool);
}

void pool_end_entry(struct pool *pool, struct entry *e, enum pool_end how, int signal,
                    struct str answer)
{
    e->how = how;
    e->signal = signal;
    if (pool->stopped)
        return;
    if (!pool->options.unordered && e->task.number != pool->oldest) {
        hold(pool, e, answer);
    } else {
        tell(pool, e, answer);
        tell_on(pool);
    }
}

// ---- what comes back ----

static void take_answer(struct pool *pool, struct worker *w, struct str answer)
{
    int64_t now = pool_now(), took = now - w->since;
    uint64_t number = w->queue[0];

    memmove(w->queue, w->queue + 1, --w->queued * sizeof w->queue[0]);
    w->since = now;
    w->worked += took;
    pool->usual += (took - pool->usual) / 8;
    pool->under_way--;
    pool_end_entry(pool, pool_entry(pool, number), POOL_DONE, 0, answer);
}

static bool is_expected(const struct worker *w, uint32_t serial)
{
    return w->greeted ? w->queued > 0 && serial == (uint32_t)w->queue[0]
                      : serial == WORKER_GREETING;
}

// False when the worker is to be given up.
static bool take_answers(struct pool *pool, struct worker *w)
{
    enum answers_event event;
    struct str answer;
    uint32_t serial;

    while (!pool->stopped &&
           (event = answers_next(&w->in, &pool->limits, &answer, &serial)) != ANSWERS_PART) {
        if (event == ANSWERS_BROKEN || !is_expected(w, serial))
            return false;
        if (w->greeted) {
            take_answer(pool, w, answer);
            continue;
        }
        struct cage_error error = worker_greeting(answer);
        w->greeted = error.step == CAGE_DONE;
        if (w->greeted)
            pool->starts_failed = 0;
        else
            crew_note_failure(pool, error);
    }
    return true;
}

// False at its end.
static bool read_worker(struct pool *pool, struct worker *w)
{
    size_t room;
    char *to = answers_room(&w->in, &room);
    ssize_t n;

    if (to == NULL)
        return fail_memory(pool), true;
    do
        n = read(w->end.answers, to, room);
    while (n < 0 && errno == EINTR);
    if (n < 0 && errno == EAGAIN)
        return true;
    if (n <= 0)
        return false;
    answers_add(&w->in, (size_t)n);
    w->heard = pool_now();
    return take_answers(pool, w);
}

// A long document answers page by page: the time is that of each part. How long it can go on is
// bounded by what the cage grants of the processor and by answer_max.
static int64_t began(const struct worker *w)
{
    return w->heard > w->since ? w->heard : w->since;
}

// Time in which this process was stopped, or elsewhere, is not the workers' fault.
static void forgive(struct pool *pool, int64_t now, int64_t away)
{
    for (unsigned i = 0; away > AWAY && i < pool->options.jobs; i++) {
        struct worker *w = &pool->worker[i];
        w->since = w->since + away < now ? w->since + away : now;
        w->heard = w->heard + away < now ? w->heard + away : now;
    }
}

static void end_overdue(struct pool *pool)
{
    int64_t limit = (int64_t)pool->options.milliseconds * 1000, now = pool_now();

    for (unsigned i = 0; i < pool->options.jobs && !pool->stopped; i++) {
        struct worker *w = &pool->worker[i];
        if (w->end.pid > 0 && w->queued > 0 && now - began(w) > limit)
            crew_lose(pool, w, POOL_TIMEOUT);
    }
}

// How long nothing will have to be done, in ms, at most up to `until`; -1: as long as nothing
// comes.
static int patience(const struct pool *pool, int64_t now, int64_t until)
{
    int64_t first = until;

    if (pool->under_way == 0 && pool->deaths == 0 && until == INT64_MAX)
        return -1;

    for (unsigned i = 0; i < pool->options.jobs; i++) {
        const struct worker *w = &pool->worker[i];
        int64_t due = began(w) + (int64_t)pool->options.milliseconds * 1000 + 1000;
        if (w->end.pid > 0 && w->queued > 0 && due < first)
            first = due;
    }
    if (first - now > SLICE)
        first = now + SLICE;
    return first > now ? (int)((first - now + 999) / 1000) : 0;
}

// One round: waits for workers, or for fd, until something comes or at most to the given time.
static bool work_on(struct pool *pool, int fd, int64_t until)
{
    unsigned jobs = pool->options.jobs;
    int64_t before = pool_now();
    int wait = patience(pool, before, until);

    forgive(pool, before, before - pool->seen);
    for (unsigned i = 0; i < jobs; i++) {
        const struct worker *w = &pool->worker[i];
        pool->polled[i] = (struct pollfd){ w->end.pid > 0 ? w->end.answers : -1, POLLIN, 0 };
    }
    pool->polled[jobs] = (struct pollfd){ fd, POLLIN, 0 };
    if (poll(pool->polled, jobs + 1, wait) < 0 && errno != EINTR)
        return pool_fail(pool, N_("waiting for the processes that read inputs failed"), errno),
               false;
    pool->seen = pool_now();
    if (wait >= 0)
        forgive(pool, pool->seen, pool->seen - before - (int64_t)wait * 1000);
    for (unsigned i = 0; i < jobs && !pool->stopped; i++)
        if (pool->polled[i].revents != 0 && !read_worker(pool, &pool->worker[i]))
            crew_lose(pool, &pool->worker[i], POOL_CRASHED);
    end_overdue(pool);
    if (pool->deaths > 0)
        crew_reap(pool);
    crew_hand_out(pool);
    pool->seen = pool_now();
    return pool->polled[jobs].revents != 0;
}

// ---- for the caller ----

static bool keep_texts(struct entry *e, const struct pool_input *input)
{
    struct str request = input->request, label = input->label;

    e->texts = malloc(request.n + label.n + 1);
    if (e->texts == NULL)
        return false;
    if (request.n > 0)
        memcpy(e->texts, request.p, request.n);
    if (label.n > 0)
        memcpy(e->texts + request.n, label.p, label.n);
    e->task.request = (struct str){ e->texts, request.n };
    e->task.label = (struct str){ e->texts + request.n, label.n };
    return true;
}

static bool has_room(const struct pool *pool)
{
    return pool->under_way < pool->options.jobs * crew_ahead(pool) &&
           pool->next - pool->oldest < pool->options.window && pool->held <= pool->options.hold_max;
}

static bool begin_kinds(struct pool *pool, uint32_t kinds)
{
    kinds &= ~pool->kinds;
    if (kinds == 0)
        return true;
    if (pool->work.begin != NULL && !pool->work.begin(pool->work.ctx, kinds))
        return false;
    pool->kinds |= kinds;
    return true;
}

bool pool_feed(struct pool *pool, const struct pool_input *input)
{
    static const struct str nothing = { NULL, 0 };

    while (!pool->stopped && !has_room(pool))
        work_on(pool, -1, INT64_MAX);
    struct entry *e = pool_entry(pool, pool->next);
    if (!pool->stopped && input->request.n > POOL_REQUEST_MAX)
        pool_fail(pool, N_("the request for an input is too long"), EMSGSIZE);
    else if (!pool->stopped && !keep_texts(e, input))
        fail_memory(pool);
    if (pool->stopped) {
        if (input->fd >= 0)
            close(input->fd);
        return false;
    }
    e->task.number = pool->next++;
    e->fd = input->fd;
    e->kinds = input->kinds;
    e->tries = 0;
    pool->stats.inputs++;
    if (e->fd < 0) {
        pool_end_entry(pool, e, POOL_PASSED, 0, nothing);
    } else if (!begin_kinds(pool, e->kinds)) {
        pool_end_entry(pool, e, POOL_REFUSED, 0, nothing);
    } else {
        pool->under_way++;
        crew_add_pending(pool, e->task.number);
        crew_hand_out(pool);
    }
    pool->seen = pool_now();
    return !pool->stopped;
}

enum pool_wait pool_wait(struct pool *pool, int fd, int milliseconds)
{
    int64_t until = milliseconds < 0 ? INT64_MAX : pool_now() + (int64_t)milliseconds * 1000;

    while (!pool->stopped) {
        if (fd < 0 && pool->under_way == 0)
            return POOL_IDLE;
        if (work_on(pool, fd, until))
            return POOL_READABLE;
        if (pool_now() >= until)
            return pool->stopped ? POOL_STOPPED : POOL_ELAPSED;
    }
    return POOL_STOPPED;
}

bool pool_drain(struct pool *pool)
{
    crew_dismiss(pool);
    return pool_wait(pool, -1, -1) == POOL_IDLE;
}

const struct pool_stats *pool_stats(const struct pool *pool)
{
    return &pool->stats;
}

struct pool_trouble pool_trouble(const struct pool *pool)
{
    return pool->trouble;
}

static void settle_options(struct pool *pool, const struct pool_options *given)
{
    struct pool_options *o = &pool->options;

    *o = *given;
    o->jobs = o->jobs < 1 ? 1 : o->jobs > POOL_JOBS_MAX ? POOL_JOBS_MAX : o->jobs;
    o->milliseconds = o->milliseconds == 0 ? 60 * 1000 : o->milliseconds;
    o->renew_after = o->renew_after == 0 ? 500 : o->renew_after;
    o->window = o->window == 0 ? 4096 : o->window;
    o->hold_max = o->hold_max == 0 ? 8 * 1024 * 1024 : o->hold_max;
    o->frame_max = o->frame_max == 0 ? 16 * 1024 * 1024 : o->frame_max;
    o->answer_max = o->answer_max == 0 ? 64 * 1024 * 1024 : o->answer_max;
    pool->limits = (struct answers_limits){ o->frame_max, o->answer_max };
}

struct pool *pool_new(const struct pool_work *work, const struct pool_options *options)
{
    struct pool *pool = calloc(1, sizeof *pool);

    if (pool == NULL)
        return NULL;
    settle_options(pool, options);
    unsigned jobs = pool->options.jobs;
    pool->work = *work;
    pool->seen = pool_now();
    pool->usual = SECOND;
    pool->ring = calloc(pool->options.window, sizeof *pool->ring);
    pool->pending = calloc(jobs * AHEAD_MAX, sizeof *pool->pending);
    pool->worker = calloc(jobs, sizeof *pool->worker);
    pool->polled = calloc(jobs + 1, sizeof *pool->polled);
    if (pool->ring == NULL || pool->pending == NULL || pool->worker == NULL || pool->polled == NULL)
        pool_free(&pool);
    return pool;
}

void pool_free(struct pool **pool)
{
    struct pool *p = *pool;

    if (p == NULL)
        return;
    if (p->worker != NULL)
        crew_end(p);
    for (; p->ring != NULL && p->oldest < p->next; p->oldest++)
        forget_entry(p, pool_entry(p, p->oldest));
    free(p->ring);
    free(p->pending);
    free(p->worker);
    free(p->polled);
    free(p);
    *pool = NULL;
}
