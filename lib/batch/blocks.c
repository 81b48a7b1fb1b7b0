// SPDX-License-Identifier: MIT
#include "batch/blocks.h"

#include "base/wipe.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    BLOCK_SIZE = 64 * 1024,
    RESULT_SIZE = 16 * BLOCK_SIZE,
    SLOTS_PER_WORKER = 4, // one to work on while others are written or filled; more even out delays
};

// Shared between the caller and one worker, who take turns with it.
struct slot {
    size_t block_length;
    unsigned long lines_before;
    size_t result_length;
    bool done; // the result is whole
    _Alignas(16) char tally[BLOCKS_TALLY_MAX];
    char block[BLOCK_SIZE];
    char result[RESULT_SIZE];
};

struct worker {
    pid_t pid;
    int orders, reports; // this side of a pipe each: a byte is the number of a slot
    bool dead;
};

struct pool {
    const struct blocks_work *work;
    struct worker *worker;
    unsigned workers;
    struct slot *slot; // of worker w: w, w + workers, ...
    unsigned slots;
    bool *busy; // by slot
};

unsigned blocks_processors(void)
{
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return count > 0 ? (unsigned)count : 1;
}

static bool read_byte(int fd, unsigned char *byte)
{
    ssize_t n;
    do
        n = read(fd, byte, 1);
    while (n < 0 && errno == EINTR);
    return n == 1;
}

static bool write_byte(int fd, unsigned char byte)
{
    ssize_t n;
    do
        n = write(fd, &byte, 1);
    while (n < 0 && errno == EINTR);
    return n == 1;
}

static void work_on(const struct blocks_work *work, struct slot *slot)
{
    struct bytes out = { .p = slot->result, .cap = RESULT_SIZE, .fixed = true };
    struct str block = { slot->block, slot->block_length };

    slot->done = work->work(work->ctx, block, slot->lines_before, &out, slot->tally) && !out.failed;
    slot->result_length = out.n;
}

static _Noreturn void worker_main(struct pool *pool, int orders, int reports)
{
    unsigned char slot;

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    while (read_byte(orders, &slot)) {
        work_on(pool->work, &pool->slot[slot]);
        if (!write_byte(reports, slot))
            break;
    }
    _exit(0);
}

// In a new worker: the ends of other workers' pipes would keep them from seeing the caller go.
static void close_others(const struct pool *pool, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        close(pool->worker[i].orders);
        close(pool->worker[i].reports);
    }
}

static bool start_worker(struct pool *pool, unsigned w)
{
    int orders[2], reports[2];

    if (pipe2(orders, O_CLOEXEC) != 0)
        return false;
    if (pipe2(reports, O_CLOEXEC) != 0) {
        close(orders[0]);
        close(orders[1]);
        return false;
    }
    pid_t pid = fork();
    if (pid == 0) {
        close_others(pool, w);
        close(orders[1]);
        close(reports[0]);
        worker_main(pool, orders[0], reports[1]);
    }
    close(orders[0]);
    close(reports[1]);
    pool->worker[w] = (struct worker){ pid, orders[1], reports[0], pid < 0 };
    return true;
}

static void stop_pool(struct pool *pool)
{
    for (unsigned w = 0; w < pool->workers; w++) {
        close(pool->worker[w].orders);
        close(pool->worker[w].reports);
        while (pool->worker[w].pid > 0 && waitpid(pool->worker[w].pid, NULL, 0) < 0 &&
               errno == EINTR)
            continue;
    }
    if (pool->slot != NULL) {
        wipe(pool->slot, pool->slots * sizeof *pool->slot);
        munmap(pool->slot, pool->slots * sizeof *pool->slot);
    }
    free(pool->worker);
    free(pool->busy);
}

static bool start_pool(struct pool *pool, const struct blocks_work *work, unsigned jobs)
{
    *pool = (struct pool){ .work = work, .slots = jobs * SLOTS_PER_WORKER };
    pool->worker = calloc(jobs, sizeof *pool->worker);
    pool->busy = calloc(pool->slots, sizeof *pool->busy);
    void *shared = mmap(NULL, pool->slots * sizeof *pool->slot, PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pool->slot = shared == MAP_FAILED ? NULL : shared;
    if (pool->worker == NULL || pool->busy == NULL || pool->slot == NULL)
        return false;
    while (pool->workers < jobs && start_worker(pool, pool->workers))
        pool->workers++;
    return pool->workers > 0;
}

// The block is done here, with as much space as it takes.
static bool do_here(const struct blocks_work *work, const struct slot *slot)
{
    struct bytes out = { 0 };
    _Alignas(16) char tally[BLOCKS_TALLY_MAX];
    struct str block = { slot->block, slot->block_length };
    bool ok = work->work(work->ctx, block, slot->lines_before, &out, tally) && !out.failed &&
              work->take(work->ctx, bytes_str(&out), tally);
    bytes_free(&out);
    return ok;
}

// Waits for a slot's result and takes it; at once when the slot is empty.
static bool collect(struct pool *pool, unsigned s)
{
    struct worker *worker = &pool->worker[s % pool->workers];
    struct slot *slot = &pool->slot[s];
    unsigned char reported;

    if (!pool->busy[s])
        return true;
    pool->busy[s] = false;
    // A worker's slots come back in the order in which they were given.
    worker->dead = worker->dead || !read_byte(worker->reports, &reported);
    if (worker->dead || !slot->done)
        return do_here(pool->work, slot);
    return pool->work->take(pool->work->ctx, (struct str){ slot->result, slot->result_length },
                            slot->tally);
}

static void hand_out(struct pool *pool, unsigned s)
{
    struct worker *worker = &pool->worker[s % pool->workers];
    pool->slot[s].done = false;
    pool->busy[s] = true;
    worker->dead = worker->dead || !write_byte(worker->orders, (unsigned char)s);
}

static unsigned long count_lines(struct str text)
{
    unsigned long count = 0;
    bool only_lf = str_find(text, '\r') == text.n;

    if (only_lf) {
        for (size_t at = str_find(text, '\n'); at < text.n; count++)
            at += 1 + str_find(str_from(text, at + 1), '\n');
        return count;
    }
    for (size_t i = 0; i < text.n; i++)
        count +=
            text.p[i] == '\n' || (text.p[i] == '\r' && (i + 1 == text.n || text.p[i + 1] != '\n'));
    return count;
}

// Fills up the text to a block's size. False at the end of the input or on an error, which the
// caller will meet again when it reads on.
static bool fill(int fd, struct bytes *text)
{
    while (text->n < BLOCK_SIZE) {
        ssize_t n = read(fd, text->p + text->n, BLOCK_SIZE - text->n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        text->n += (size_t)n;
    }
    return true;
}

// Moves what may be worked on alone into the slot.
static bool next_block(struct pool *pool, unsigned s, int fd, struct bytes *text,
                       unsigned long *lines)
{
    struct slot *slot = &pool->slot[s];

    if (!fill(fd, text))
        return false;
    size_t length = pool->work->cut(bytes_str(text));
    if (length == 0)
        return false;
    memcpy(slot->block, text->p, length);
    slot->block_length = length;
    slot->lines_before = *lines;
    *lines += count_lines((struct str){ text->p, length });
    memmove(text->p, text->p + length, text->n - length);
    text->n -= length;
    return true;
}

bool blocks_run(const struct blocks_work *work, unsigned jobs, int fd, struct bytes *rest,
                unsigned long *lines)
{
    struct pool pool;
    unsigned s = 0;
    bool ok = bytes_reserve(rest, BLOCK_SIZE);

    jobs = jobs < BLOCKS_JOBS_MAX ? jobs : BLOCKS_JOBS_MAX;
    if (start_pool(&pool, work, jobs)) {
        pool.slots = pool.workers * SLOTS_PER_WORKER;
        while (ok && (ok = collect(&pool, s)) && next_block(&pool, s, fd, rest, lines)) {
            hand_out(&pool, s);
            s = (s + 1) % pool.slots;
        }
        for (unsigned i = 0; i < pool.slots && ok; i++)
            ok = collect(&pool, (s + i) % pool.slots);
    }
    stop_pool(&pool);
    return ok;
}
