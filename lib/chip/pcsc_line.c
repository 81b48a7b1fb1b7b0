// SPDX-License-Identifier: MIT
#include "chip/pcsc_line.h"

#include "base/clock.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { LINE_WORKING, LINE_DONE, LINE_LEFT };
enum { HANG_UP_MS = 2000, GRACE_MS = 1000 };

static void raise_event(int fd)
{
    while (eventfd_write(fd, 1) < 0 && errno == EINTR) {
    }
}

static void take_event(int fd)
{
    eventfd_t count;
    while (eventfd_read(fd, &count) < 0 && errno == EINTR) {
    }
}

static void destroy(struct pcsc_line *line)
{
    bytes_free(&line->command);
    bytes_free(&line->answer);
    if (line->asked >= 0)
        close(line->asked);
    if (line->done >= 0)
        close(line->done);
    free(line);
}

static void *serve(void *arg)
{
    struct pcsc_line *line = arg;

    for (;;) {
        take_event(line->asked);
        if (line->call == NULL)
            break;
        line->call(line);
        if (atomic_exchange(&line->state, LINE_DONE) == LINE_LEFT) {
            pcsc_call_hang_up(line);
            break;
        }
        raise_event(line->done);
    }
    destroy(line);
    return NULL;
}

// Signals are for the threads of the program.
static bool start(struct pcsc_line *line)
{
    sigset_t all, before;
    pthread_attr_t attributes;
    pthread_t thread;

    if (pthread_attr_init(&attributes) != 0)
        return false;
    sigfillset(&all);
    bool started = pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED) == 0 &&
                   pthread_sigmask(SIG_SETMASK, &all, &before) == 0;
    if (started) {
        started = pthread_create(&thread, &attributes, serve, line) == 0;
        pthread_sigmask(SIG_SETMASK, &before, NULL);
    }
    pthread_attr_destroy(&attributes);
    return started;
}

struct pcsc_line *pcsc_line_new(const char *reader)
{
    struct pcsc_line *line = calloc(1, sizeof *line);

    if (line == NULL)
        return NULL;
    snprintf(line->reader, sizeof line->reader, "%s", reader);
    line->asked = eventfd(0, EFD_CLOEXEC);
    line->done = eventfd(0, EFD_CLOEXEC);
    if (line->asked < 0 || line->done < 0 || !start(line)) {
        destroy(line);
        return NULL;
    }
    return line;
}

// False when time is up.
static bool await(const struct pcsc_line *line, unsigned timeout_ms, int stop_fd)
{
    uint64_t now = clock_now(), deadline = now + (uint64_t)timeout_ms * CLOCK_MILLISECOND;
    struct pollfd ready[] = { { line->done, POLLIN, 0 }, { stop_fd, POLLIN, 0 } };

    while (now < deadline) {
        uint64_t left = (deadline - now + CLOCK_MILLISECOND - 1) / CLOCK_MILLISECOND;
        if (poll(ready, 2, left < INT32_MAX ? (int)left : INT32_MAX) > 0) {
            if (ready[0].revents != 0)
                return true;
            ready[1].fd = -1; // the command under way is best ended in order
            uint64_t grace = clock_now() + (uint64_t)GRACE_MS * CLOCK_MILLISECOND;
            if (grace < deadline)
                deadline = grace;
        }
        now = clock_now();
    }
    return false;
}

void pcsc_line_start(struct pcsc_line *line, void (*call)(struct pcsc_line *))
{
    line->call = call;
    atomic_store(&line->state, LINE_WORKING);
    raise_event(line->asked);
}

bool pcsc_line_wait(struct pcsc_line *line, unsigned timeout_ms, int stop_fd)
{
    if (!await(line, timeout_ms, stop_fd))
        return false;
    take_event(line->done);
    return true;
}

void pcsc_line_leave(struct pcsc_line **line)
{
    struct pcsc_line *l = *line;

    *line = NULL;
    if (atomic_exchange(&l->state, LINE_LEFT) == LINE_WORKING)
        return;
    take_event(l->done); // it came back just now
    pcsc_line_free(&l);
}

struct chip_error pcsc_line_run(struct pcsc_line **line, void (*call)(struct pcsc_line *),
                                unsigned timeout_ms, int stop_fd)
{
    const char *step;

    pcsc_line_start(*line, call);
    if (pcsc_line_wait(*line, timeout_ms, stop_fd))
        return chip_ok();
    step = (*line)->step;
    pcsc_line_leave(line);
    return chip_fail(CHIP_TIMEOUT, step);
}

void pcsc_line_free(struct pcsc_line **line)
{
    if (*line == NULL)
        return;
    pcsc_line_run(line, pcsc_call_hang_up, HANG_UP_MS, -1);
    if (*line == NULL)
        return;
    (*line)->call = NULL;
    raise_event((*line)->asked);
    *line = NULL;
}
