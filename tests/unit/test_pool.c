// SPDX-License-Identifier: MIT
// A pool gives every input's answer once and in order, whatever its workers do.
#include "batch/pool.h"
#include "base/bytes.h"
#include "base/sanitized.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { ANSWERS = 4, INPUTS_MAX = 6000, ANSWER_MAX = 64 };

// Seen by the test and by all workers.
static struct shared {
    int tries; // of a request "once..."
    int begun; // requests "count"
    pid_t worker;
} * shared;

static int content; // a file that holds "data"

static struct ended {
    bool is;
    enum pool_end how;
    int signal;
    unsigned frames;
    char answer[ANSWER_MAX]; // its frames joined
    size_t length;           // of all of them
} ends[INPUTS_MAX];

static struct caller {
    uint64_t next; // to end, where they are ordered
    bool ordered;
    unsigned ended;
    unsigned stop_at; // 0: never
    uint64_t order[INPUTS_MAX];
    char begun[64]; // kinds, each as a letter
    uint32_t refused;
} caller;

static void spend_us(long us)
{
    nanosleep(&(struct timespec){ us / 1000000, us % 1000000 * 1000 }, NULL);
}

static void burn_ms(long ms)
{
    struct timespec t;
    do
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    while (t.tv_sec * 1000 + t.tv_nsec / 1000000 < ms);
}

static void put_text(struct pool_reply *reply, const char *text)
{
    if (!pool_reply_put(reply, str_of(text)))
        _exit(7);
}

static void send_raw(const void *p, size_t n)
{
    if (write(ANSWERS, p, n) < 0)
        _exit(8);
}

static void misbehave(const char *how, struct pool_reply *reply)
{
    static const uint32_t garbage[] = { 0x7fffffff, 1, 2, 3 }, half[] = { 100, 1 };
    static const uint32_t ends_twice[] = { UINT32_MAX, UINT32_MAX, UINT32_MAX };
    static char block[65536];

    if (strcmp(how, "segv") == 0)
        raise(SIGSEGV);
    if (strcmp(how, "abort") == 0)
        abort();
    if (strcmp(how, "exit") == 0)
        _exit(0);
    if (strcmp(how, "late") == 0) {
        put_text(reply, "lost");
        send_raw(half, 0);
        raise(SIGBUS);
    }
    if (strcmp(how, "hang") == 0)
        for (;;)
            spend_us(1000000);
    if (strcmp(how, "garbage") == 0)
        send_raw(garbage, sizeof garbage);
    if (strcmp(how, "half") == 0) {
        send_raw(half, sizeof half);
        _exit(0);
    }
    if (strcmp(how, "ends") == 0)
        send_raw(ends_twice, sizeof ends_twice);
    if (strcmp(how, "open") == 0)
        syscall(SYS_socket, 1, 1, 0);
    // An endless number of empty frames.
    while (strcmp(how, "flood") == 0)
        send_raw(block, sizeof block);
    spend_us(5000000);
}

static void work_big(struct pool_reply *reply, size_t size)
{
    char *p = malloc(size);
    memset(p, 'b', size);
    if (!pool_reply_put(reply, (struct str){ p, size }))
        put_text(reply, "refused");
    free(p);
}

static void work(void *ctx, int fd, struct str request, struct pool_reply *reply)
{
    char text[ANSWER_MAX] = "", data[5] = "";
    long number = 0;

    (void)ctx;
    memcpy(text, request.p, request.n < sizeof text - 1 ? request.n : sizeof text - 1);
    if (pread(fd, data, 4, 0) != 4 || strcmp(data, "data") != 0)
        _exit(9);
    shared->worker = getpid();
    if (strncmp(text, "bad ", 4) == 0)
        misbehave(text + 4, reply);
    if (strncmp(text, "once ", 5) == 0 && shared->tries++ == 0) {
        put_text(reply, "of the first try");
        misbehave(text + 5, reply);
    }
    if (sscanf(text, "sleep %ld", &number) == 1)
        spend_us(number);
    if (sscanf(text, "burn %ld", &number) == 1)
        burn_ms(number);
    if (sscanf(text, "big %ld", &number) == 1)
        work_big(reply, (size_t)number);
    if (sscanf(text, "many %ld", &number) == 1)
        while (number-- > 0)
            put_text(reply, "");
    if (strcmp(text, "errno of open") == 0)
        snprintf(text, sizeof text, "%d", open("/", O_RDONLY) < 0 ? errno : 0);
    if (strcmp(text, "who") == 0) {
        spend_us(2000);
        snprintf(text, sizeof text, "%d", (int)getpid());
    }
    if (strcmp(text, "memory") == 0)
        snprintf(text, sizeof text, "%d", malloc((size_t)1 << 30) == NULL);
    put_text(reply, text);
    put_text(reply, "!");
}

static bool take_frame(void *ctx, const struct pool_task *task, struct str frame)
{
    struct ended *e = &ends[task->number];
    struct caller *c = ctx;

    assert_false(e->is);
    if (c->ordered)
        assert_int_equal(task->number, c->next);
    if (e->length + frame.n < ANSWER_MAX)
        memcpy(e->answer + e->length, frame.p, frame.n);
    e->length += frame.n;
    e->frames++;
    return true;
}

static bool take_end(void *ctx, const struct pool_task *task, enum pool_end how, int signal)
{
    struct ended *e = &ends[task->number];
    struct caller *c = ctx;

    assert_false(e->is);
    if (c->ordered)
        assert_int_equal(task->number, c->next);
    c->next++;
    c->order[c->ended++] = task->number;
    e->is = true;
    e->how = how;
    e->signal = signal;
    assert_true(str_starts(task->label, STR("label ")));
    assert_int_equal(strtoul(task->label.p + 6, NULL, 10), task->number);
    return c->stop_at == 0 || c->ended < c->stop_at;
}

static bool begin(void *ctx, uint32_t kinds)
{
    struct caller *c = ctx;

    for (int bit = 0; bit < 26; bit++)
        if (kinds >> bit & 1)
            c->begun[strlen(c->begun)] = (char)('a' + bit);
    return (kinds & c->refused) == 0;
}

static const struct pool_work how_to_work = {
    .begin = begin, .work = work, .frame = take_frame, .end = take_end, .ctx = &caller
};

static struct pool *new_pool(const struct pool_options *options)
{
    memset(ends, 0, sizeof ends);
    caller = (struct caller){ .ordered = !options->unordered };
    memset(shared, 0, sizeof *shared);
    struct pool_options with_stderr = *options;
    with_stderr.keep_stderr = SANITIZED;
    struct pool *pool = pool_new(&how_to_work, &with_stderr);
    assert_non_null(pool);
    return pool;
}

static bool feed_kind(struct pool *pool, const char *request, uint32_t kinds)
{
    static uint64_t unused;
    char label[32];
    uint64_t number = pool == NULL ? unused : pool_stats(pool)->inputs;
    // Behind the label stands what ends the number: the pool adds none.
    snprintf(label, sizeof label, "label %lu.", (unsigned long)number);
    return pool_feed(pool, &(struct pool_input){ .fd = dup(content),
                                                 .kinds = kinds,
                                                 .request = str_of(request),
                                                 .label = str_of(label) });
}

static bool feed(struct pool *pool, const char *request)
{
    return feed_kind(pool, request, 0);
}

static void expect_done(uint64_t number, const char *answer)
{
    struct ended *e = &ends[number];

    assert_true(e->is);
    assert_int_equal(e->how, POOL_DONE);
    assert_int_equal(e->length, strlen(answer));
    assert_memory_equal(e->answer, answer, e->length);
}

static unsigned open_descriptors(void)
{
    unsigned count = 0;
    DIR *dir = opendir("/proc/self/fd");

    assert_non_null(dir);
    while (readdir(dir) != NULL)
        count++;
    closedir(dir);
    return count;
}

static void keeps_order_with_random_delays(void **state)
{
    static char requests[5000][24];
    unsigned before = open_descriptors();
    struct pool *pool = new_pool(&(struct pool_options){ .jobs = 3 });

    (void)state;
    srand(1);
    for (int i = 0; i < 5000; i++) {
        bool slow = rand() % 16 == 0;
        snprintf(requests[i], sizeof requests[i], slow ? "sleep %d" : "%d",
                 slow ? rand() % 3000 : i);
        assert_true(feed(pool, requests[i]));
    }
    assert_true(pool_drain(pool));
    assert_int_equal(pool_stats(pool)->ended, 5000);
    assert_int_equal(pool_stats(pool)->crashes + pool_stats(pool)->timeouts, 0);
    assert_in_range(pool_stats(pool)->workers, 10, 16); // renewed after 500
    pool_free(&pool);
    assert_null(pool);
    for (int i = 0; i < 5000; i++) {
        char answer[32];
        snprintf(answer, sizeof answer, "%s!", requests[i]);
        expect_done((uint64_t)i, answer);
        assert_int_equal(ends[i].frames, 2);
    }
    assert_int_equal(open_descriptors(), before);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
}

static void tells_as_they_come_when_asked(void **state)
{
    struct pool *pool = new_pool(&(struct pool_options){ .jobs = 2, .unordered = true });

    (void)state;
    assert_true(feed(pool, "sleep 300000"));
    for (int i = 0; i < 200; i++)
        assert_true(feed(pool, "x"));
    assert_true(pool_drain(pool));
    pool_free(&pool);
    assert_int_equal(caller.ended, 201);
    for (uint64_t i = 1; i < 201; i++)
        expect_done(i, "x!");
    // All but those that were given to the slow one's worker are told before it.
    assert_int_not_equal(caller.order[0], 0);
    for (unsigned i = 0; i < 150; i++)
        assert_int_not_equal(caller.order[i], 0);
}

struct fault {
    const char *request;
    enum pool_end how;
    int signal;
};

static const struct fault faults[] = {
    { "bad segv", POOL_CRASHED, SIGSEGV },    { "bad abort", POOL_CRASHED, SIGABRT },
    { "bad exit", POOL_CRASHED, 0 },          { "bad late", POOL_CRASHED, SIGBUS },
    { "bad garbage", POOL_CRASHED, SIGKILL }, { "bad half", POOL_CRASHED, 0 },
    { "bad ends", POOL_CRASHED, SIGKILL },    { "bad flood", POOL_CRASHED, SIGKILL },
    { "bad open", POOL_CRASHED, SIGSYS },     { "bad hang", POOL_TIMEOUT, SIGKILL },
};

enum { FAULTS = sizeof faults / sizeof faults[0] };

// Only what hangs needs a limit that it meets.
static uint32_t limit_for(const struct fault *fault)
{
    return fault->how == POOL_TIMEOUT ? 1000 : 30000;
}

static void expect_fault(uint64_t number, const struct fault *fault)
{
    const struct ended *e = &ends[number];

    assert_true(e->is);
    assert_int_equal(e->frames, 0);
    assert_int_equal(e->how, fault->how);
    assert_int_equal(e->signal, fault->signal);
}

static void a_fault_costs_its_input_alone(void **state)
{
    unsigned before = open_descriptors();

    (void)state;
    for (unsigned jobs = 1; jobs <= 2; jobs++)
        for (size_t f = 0; f < FAULTS; f++) {
            struct pool *pool = new_pool(
                &(struct pool_options){ .jobs = jobs, .milliseconds = limit_for(&faults[f]) });
            for (int i = 0; i < 30; i++)
                assert_true(feed(pool, i % 15 == 7 ? faults[f].request : "fine"));
            assert_true(pool_drain(pool));
            assert_int_equal(pool_stats(pool)->crashes + pool_stats(pool)->timeouts, 4);
            pool_free(&pool);
            for (uint64_t i = 0; i < 30; i++)
                if (i % 15 != 7)
                    expect_done(i, "fine!");
                else
                    expect_fault(i, &faults[f]);
        }
    assert_int_equal(open_descriptors(), before);
}

static void a_drained_pool_takes_more(void **state)
{
    (void)state;
    struct pool *pool = new_pool(&(struct pool_options){ .jobs = 1 });
    for (uint64_t i = 0; i < 3; i++) {
        assert_true(feed(pool, "fine"));
        assert_true(pool_drain(pool));
        expect_done(i, "fine!");
        assert_int_equal(pool_stats(pool)->workers, i + 1);
    }
    pool_free(&pool);
}

static void a_fault_is_forgiven_once(void **state)
{
    (void)state;
    for (size_t f = 0; f < FAULTS; f++) {
        char request[32];
        snprintf(request, sizeof request, "once %s", faults[f].request + 4);
        struct pool *pool =
            new_pool(&(struct pool_options){ .jobs = 1, .milliseconds = limit_for(&faults[f]) });
        assert_true(feed(pool, "before"));
        assert_true(feed(pool, request));
        assert_true(feed(pool, "behind"));
        assert_true(pool_drain(pool));
        assert_int_equal(pool_stats(pool)->crashes + pool_stats(pool)->timeouts, 1);
        pool_free(&pool);
        expect_done(0, "before!");
        snprintf(request, sizeof request, "once %s!", faults[f].request + 4);
        expect_done(1, request);
        expect_done(2, "behind!");
        assert_int_equal(shared->tries, 2);
    }
}

static void every_input_may_fail(void **state)
{
    struct pool *pool = new_pool(&(struct pool_options){ .jobs = 2 });

    (void)state;
    for (int i = 0; i < 60; i++)
        assert_true(feed(pool, "bad exit"));
    assert_true(pool_drain(pool));
    assert_int_equal(pool_stats(pool)->crashes, 120);
    pool_free(&pool);
    for (uint64_t i = 0; i < 60; i++)
        assert_int_equal(ends[i].how, POOL_CRASHED);
}

static void loads_what_an_input_needs(void **state)
{
    struct pool *pool = new_pool(&(struct pool_options){ .jobs = 2 });

    (void)state;
    caller.refused = 1 << 3;
    for (int i = 0; i < 40; i++) {
        static const uint32_t kinds[] = { 1 << 0, 1 << 1, 1 << 3, 1 << 0 | 1 << 2 };
        assert_true(feed_kind(pool, "x", kinds[i / 10]));
    }
    assert_true(pool_drain(pool));
    assert_in_range(pool_stats(pool)->workers, 3, 6);
    pool_free(&pool);
    for (uint64_t i = 0; i < 40; i++)
        if (i / 10 != 2)
            expect_done(i, "x!");
        else
            assert_int_equal(ends[i].how, POOL_REFUSED);
    // What was loaded is not loaded again; what was refused is asked about again.
    assert_string_equal(caller.begun, "abddddddddddc");
}

// A worker that lacks what all further inputs need must not be idle to the end.
static void renews_who_cannot_help(void **state)
{
    enum { INPUTS = 40 };
    struct pool *pool = new_pool(&(struct pool_options){ .jobs = 2 });
    unsigned by_first = 0;

    (void)state;
    assert_true(feed_kind(pool, "x", 1 << 0));
    for (int i = 1; i <= INPUTS; i++)
        assert_true(feed_kind(pool, "who", 1 << 1));
    assert_true(pool_drain(pool));
    pool_free(&pool);
    for (uint64_t i = 1; i <= INPUTS; i++)
        by_first += strcmp(ends[i].answer, ends[1].answer) == 0;
    assert_in_range(by_first, 2, INPUTS - 2);
}

static void passes_what_has_no_descriptor(void **state)
{
    struct pool *pool = new_pool(&(struct pool_options){ .jobs = 2 });

    (void)state;
    for (int i = 0; i < 100; i++) {
        char label[32];
        snprintf(label, sizeof label, "label %d.", i);
        if (i % 3 == 0)
            assert_true(feed(pool, "sleep 1000"));
        else
            assert_true(pool_feed(pool, &(struct pool_input){ .fd = -1, .label = str_of(label) }));
    }
    assert_true(pool_drain(pool));
    pool_free(&pool);
    assert_int_equal(caller.ended, 100);
    for (uint64_t i = 0; i < 100; i++)
        assert_int_equal(ends[i].how, i % 3 == 0 ? POOL_DONE : POOL_PASSED);
}

static void holds_back_no_more_than_allowed(void **state)
{
    struct pool *pool =
        new_pool(&(struct pool_options){ .jobs = 2, .hold_max = 1000000, .milliseconds = 60000 });

    (void)state;
    assert_true(feed(pool, "sleep 500000"));
    for (int i = 0; i < 200; i++)
        assert_true(feed(pool, "big 50000"));
    assert_true(pool_drain(pool));
    // What was given before the limit was reached comes on top.
    assert_in_range(pool_stats(pool)->held_most, 1000000, 1000000 + 2 * 32 * 50100);
    pool_free(&pool);

    pool = new_pool(&(struct pool_options){ .jobs = 2, .window = 16 });
    assert_true(feed(pool, "sleep 300000"));
    for (int i = 0; i < 50; i++) {
        assert_true(feed(pool, "x"));
        assert_true(pool_stats(pool)->inputs - pool_stats(pool)->ended <= 16);
    }
    assert_true(pool_drain(pool));
    pool_free(&pool);
}

static void takes_answers_of_any_size(void **state)
{
    struct pool *pool = new_pool(&(struct pool_options){
        .jobs = 2, .frame_max = 3000000, .answer_max = 3500000, .window = 64 });

    (void)state;
    assert_true(feed(pool, "big 3000000"));
    assert_true(feed(pool, "big 3000001"));
    assert_true(feed(pool, "big 65531"));
    assert_true(feed(pool, "big 65532"));
    assert_true(feed(pool, "big 65533"));
    assert_true(feed(pool, "big 65537"));
    assert_true(feed(pool, "many 100000"));
    assert_true(feed(pool, ""));
    assert_true(pool_drain(pool));
    pool_free(&pool);
    assert_int_equal(ends[0].length, 3000000 + strlen("big 3000000!"));
    expect_done(1, "refusedbig 3000001!");
    assert_int_equal(ends[2].length, 65531 + strlen("big 65531!"));
    assert_int_equal(ends[3].length, 65532 + strlen("big 65532!"));
    assert_int_equal(ends[4].length, 65533 + strlen("big 65533!"));
    assert_int_equal(ends[5].length, 65537 + strlen("big 65537!"));
    assert_int_equal(ends[6].frames, 100002);
    expect_done(7, "!");
}

static void stops_when_told_to(void **state)
{
    unsigned before = open_descriptors();
    struct pool *pool = new_pool(&(struct pool_options){ .jobs = 2 });
    bool ok = true;

    (void)state;
    caller.stop_at = 10;
    for (int i = 0; i < 1000 && ok; i++)
        ok = feed(pool, "x");
    assert_false(ok);
    assert_false(feed(pool, "x"));
    assert_false(pool_drain(pool));
    assert_int_equal(pool_wait(pool, -1, 0), POOL_STOPPED);
    assert_null(pool_trouble(pool).sentence);
    assert_int_equal(caller.ended, 10);
    pool_free(&pool);
    assert_int_equal(open_descriptors(), before);
}

static void waits_for_the_caller(void **state)
{
    struct pool *pool = new_pool(&(struct pool_options){ .jobs = 1 });
    int ends_of_pipe[2];

    (void)state;
    assert_int_equal(pipe(ends_of_pipe), 0);
    assert_int_equal(pool_wait(pool, -1, -1), POOL_IDLE);
    assert_int_equal(pool_wait(pool, ends_of_pipe[0], 20), POOL_ELAPSED);
    assert_true(feed(pool, "sleep 50000"));
    assert_int_equal(pool_wait(pool, ends_of_pipe[0], 10), POOL_ELAPSED);
    assert_int_equal(caller.ended, 0);
    assert_int_equal(pool_wait(pool, ends_of_pipe[0], 500), POOL_ELAPSED);
    assert_int_equal(caller.ended, 1); // told while it waited
    assert_true(feed(pool, "sleep 100000"));
    assert_int_equal(write(ends_of_pipe[1], "x", 1), 1);
    assert_int_equal(pool_wait(pool, ends_of_pipe[0], -1), POOL_READABLE);
    assert_int_equal(pool_wait(pool, -1, -1), POOL_IDLE);
    assert_int_equal(caller.ended, 2);
    pool_free(&pool);
    close(ends_of_pipe[0]);
    close(ends_of_pipe[1]);
}

static void works_inside_the_cage(void **state)
{
    struct pool *pool = new_pool(
        &(struct pool_options){ .jobs = 1, .memory = SANITIZED ? 0 : (uint64_t)512 << 20 });

    (void)state;
    assert_true(feed(pool, "errno of open"));
    assert_true(feed(pool, "memory"));
    assert_true(pool_drain(pool));
    pool_free(&pool);
    char refused[16];
    snprintf(refused, sizeof refused, "%d!", EACCES);
    expect_done(0, refused);
    expect_done(1, SANITIZED ? "0!" : "1!");
}

// ---- workers that never get to work ----

static void die_at_once(void *ctx, uint32_t kinds)
{
    (void)ctx;
    (void)kinds;
    _exit(1);
}

// The kernel refuses any further filter.
static void refuse_filters(void *ctx, uint32_t kinds)
{
    struct sock_filter at[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_seccomp, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EINVAL),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = { sizeof at / sizeof at[0], at };

    (void)ctx;
    (void)kinds;
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program);
}

static struct pool_trouble trouble_with(void (*settle)(void *, uint32_t))
{
    struct pool_work with = how_to_work;
    with.settle = settle;
    caller = (struct caller){ .ordered = true };
    struct pool *pool = pool_new(&with, &(struct pool_options){ .jobs = 2 });
    assert_non_null(pool);
    for (int i = 0; i < 10 && feed(pool, "x"); i++)
        continue;
    assert_false(pool_drain(pool));
    struct pool_trouble trouble = pool_trouble(pool);
    assert_int_equal(caller.ended, 0);
    pool_free(&pool);
    return trouble;
}

static void tells_why_it_cannot_work(void **state)
{
    unsigned before = open_descriptors();

    (void)state;
    assert_non_null(trouble_with(die_at_once).sentence);
    struct pool_trouble trouble = trouble_with(refuse_filters);
    assert_string_equal(trouble.sentence, cage_sentence(CAGE_SECCOMP));
    assert_int_equal(trouble.native, EINVAL);
    assert_int_equal(open_descriptors(), before);

    struct rlimit old, few;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
    few = (struct rlimit){ before - 1, old.rlim_max }; // one for "." "..", one left
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
    trouble = trouble_with(NULL);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &old), 0);
    assert_int_equal(trouble.native, EMFILE);
    assert_int_equal(open_descriptors(), before);
}

// ---- what happens to the calling process ----

static void wait_for_worker(void)
{
    for (int i = 0; i < 2000 && shared->worker == 0; i++)
        spend_us(1000);
    assert_int_not_equal(shared->worker, 0);
}

static pid_t run_apart(const char *request, uint32_t milliseconds)
{
    struct pool *pool = new_pool(&(struct pool_options){ .jobs = 1, .milliseconds = milliseconds });
    pid_t pid = fork();

    assert_true(pid >= 0);
    if (pid == 0) {
        setpgid(0, 0);
        bool ok = feed(pool, request) && pool_drain(pool) && ends[0].how == POOL_DONE &&
                  pool_stats(pool)->timeouts + pool_stats(pool)->crashes == 0;
        pool_free(&pool);
        _exit(ok ? 0 : 1);
    }
    setpgid(pid, pid);
    pool_free(&pool);
    return pid;
}

static void workers_do_not_outlive_the_caller(void **state)
{
    int status;

    (void)state;
    assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
    pid_t pid = run_apart("bad hang", 60000);
    wait_for_worker();
    kill(pid, SIGKILL);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(waitpid(shared->worker, &status, 0), shared->worker);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

static void time_in_which_all_stood_still_does_not_count(void **state)
{
    int status;

    (void)state;
    pid_t pid = run_apart("burn 400", 1500);
    wait_for_worker();
    kill(-pid, SIGSTOP);
    spend_us(2500000);
    kill(-pid, SIGCONT);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void a_signal_to_the_group_is_for_the_caller(void **state)
{
    int status;

    (void)state;
    pid_t pid = run_apart("sleep 300000", 60000);
    wait_for_worker();
    kill(shared->worker, SIGINT);
    kill(shared->worker, SIGTERM);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static int prepare(void **state)
{
    (void)state;
    shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    content = memfd_create("content", MFD_CLOEXEC);
    return shared == MAP_FAILED || content < 0 || write(content, "data", 4) != 4;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_order_with_random_delays),
        cmocka_unit_test(tells_as_they_come_when_asked),
        cmocka_unit_test(a_fault_costs_its_input_alone),
        cmocka_unit_test(a_drained_pool_takes_more),
        cmocka_unit_test(a_fault_is_forgiven_once),
        cmocka_unit_test(every_input_may_fail),
        cmocka_unit_test(loads_what_an_input_needs),
        cmocka_unit_test(renews_who_cannot_help),
        cmocka_unit_test(passes_what_has_no_descriptor),
        cmocka_unit_test(holds_back_no_more_than_allowed),
        cmocka_unit_test(takes_answers_of_any_size),
        cmocka_unit_test(stops_when_told_to),
        cmocka_unit_test(waits_for_the_caller),
        cmocka_unit_test(works_inside_the_cage),
        cmocka_unit_test(tells_why_it_cannot_work),
        cmocka_unit_test(workers_do_not_outlive_the_caller),
        cmocka_unit_test(time_in_which_all_stood_still_does_not_count),
        cmocka_unit_test(a_signal_to_the_group_is_for_the_caller),
    };
    signal(SIGPIPE, SIG_IGN); // as the programs do
    return cmocka_run_group_tests(tests, prepare, NULL);
}
