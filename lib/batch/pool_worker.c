// SPDX-License-Identifier: MIT
#include "batch/pool_worker.h"

#include "base/wipe.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    REQUESTS = 3, // the worker's ends have these numbers in the worker
    ANSWERS = 4,
    ABOVE_BOTH = 5,
    GATHER = 64 * 1024, // frames are sent together up to this size
};

struct pool_reply {
    int fd;
    struct answers_limits limits;
    size_t size; // of this answer so far
    struct bytes out;
};

// ---- in the worker ----

// Nobody reads any more when this fails.
static void write_all(int fd, const char *p, size_t n)
{
    while (n > 0) {
        ssize_t written = write(fd, p, n);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            _exit(EXIT_FAILURE);
        p += written;
        n -= (size_t)written;
    }
}

static void flush_reply(struct pool_reply *reply)
{
    write_all(reply->fd, reply->out.p, reply->out.n);
    wipe(reply->out.p, reply->out.n);
    reply->out.n = 0;
}

static void put_number(struct pool_reply *reply, uint32_t number)
{
    bytes_put(&reply->out, &number, sizeof number);
}

bool pool_reply_put(struct pool_reply *reply, struct str frame)
{
    const struct answers_limits *limits = &reply->limits;

    if (frame.n > limits->frame || limits->answer - reply->size < ANSWERS_LENGTH_SIZE ||
        limits->answer - reply->size - ANSWERS_LENGTH_SIZE < frame.n)
        return false;
    reply->size += ANSWERS_LENGTH_SIZE + frame.n;
    if (reply->out.n + ANSWERS_LENGTH_SIZE + frame.n > GATHER)
        flush_reply(reply);
    put_number(reply, (uint32_t)frame.n);
    if (ANSWERS_LENGTH_SIZE + frame.n <= GATHER) {
        bytes_put_str(&reply->out, frame);
    } else {
        flush_reply(reply);
        write_all(reply->fd, frame.p, frame.n);
    }
    return true;
}

static void end_reply(struct pool_reply *reply, uint32_t serial)
{
    if (reply->out.n + ANSWERS_LENGTH_SIZE + ANSWERS_SERIAL_SIZE > GATHER)
        flush_reply(reply);
    put_number(reply, ANSWERS_END);
    put_number(reply, serial);
    flush_reply(reply);
    reply->size = 0;
}

static int descriptor_of(struct msghdr *message)
{
    struct cmsghdr *c = CMSG_FIRSTHDR(message);
    int fd;

    if (c == NULL || c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS ||
        c->cmsg_len != CMSG_LEN(sizeof fd))
        return -1;
    memcpy(&fd, CMSG_DATA(c), sizeof fd);
    return fd;
}

// Every message begins with its serial; one without any byte would look like the end.
static bool receive(char *request, size_t *n, int *fd, uint32_t *serial)
{
    _Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(int))];
    struct iovec parts[] = { { serial, sizeof *serial }, { request, POOL_REQUEST_MAX } };
    struct msghdr message = {
        .msg_iov = parts, .msg_iovlen = 2, .msg_control = control, .msg_controllen = sizeof control
    };
    ssize_t got;

    do
        got = recvmsg(REQUESTS, &message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    if (got < (ssize_t)sizeof *serial || (*fd = descriptor_of(&message)) < 0)
        return false;
    *n = (size_t)got - sizeof *serial;
    return true;
}

// A signal to the whole group of processes is for the caller to act upon; should that end it, the
// kernel ends its workers.
static void settle_signals(pid_t parent)
{
    sigset_t none;

    for (int s = 1; s < NSIG; s++)
        signal(s, s == SIGINT || s == SIGTERM || s == SIGHUP || s == SIGQUIT ? SIG_IGN : SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(EXIT_FAILURE);
}

static void settle_channels(int requests, int answers)
{
    requests = fcntl(requests, F_DUPFD_CLOEXEC, ABOVE_BOTH);
    answers = fcntl(answers, F_DUPFD_CLOEXEC, ABOVE_BOTH);
    if (requests < 0 || answers < 0 || dup2(requests, REQUESTS) < 0 || dup2(answers, ANSWERS) < 0)
        _exit(EXIT_FAILURE);
}

static void greet(struct pool_reply *reply, const struct cage_error *error)
{
    int32_t told[2] = { (int32_t)error->step, error->native };

    if (error->step != CAGE_DONE)
        pool_reply_put(reply, (struct str){ (const char *)told, sizeof told });
    end_reply(reply, WORKER_GREETING);
}

static _Noreturn void worker_main(const struct worker_plan *plan)
{
    const struct pool_work *work = plan->work;
    static const int keep[] = { REQUESTS, ANSWERS, STDERR_FILENO };
    struct cage_limits cage = plan->cage;
    struct cage_error error;
    struct pool_reply reply = { .fd = ANSWERS, .limits = *plan->limits };
    static char request[POOL_REQUEST_MAX];
    size_t n;
    uint32_t serial;
    int fd;

    if (work->settle != NULL)
        work->settle(work->ctx, plan->kinds);
    cage.keep = keep;
    cage.keep_count = plan->keep_stderr ? 3 : 2;
    if (!bytes_reserve(&reply.out, GATHER))
        _exit(EXIT_FAILURE);
    bool inside = cage_enter(&cage, &error);
    greet(&reply, &error);
    while (inside && receive(request, &n, &fd, &serial)) {
        work->work(work->ctx, fd, (struct str){ request, n }, &reply);
        close(fd);
        wipe(request, n);
        end_reply(&reply, serial);
    }
    _exit(EXIT_SUCCESS);
}

// ---- in the calling process ----

static void close_pair(const int *pair)
{
    close(pair[0]);
    close(pair[1]);
}

int worker_start(const struct worker_plan *plan, struct worker_end *out)
{
    int requests[2], answers[2], error = 0;

    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, requests) != 0)
        return errno;
    if (pipe2(answers, O_CLOEXEC) != 0) {
        error = errno;
        close_pair(requests);
        return error;
    }
    pid_t parent = getpid(), pid = fork();
    if (pid == 0) {
        settle_signals(parent);
        settle_channels(requests[1], answers[1]);
        worker_main(plan);
    }
    if (pid < 0) {
        error = errno;
        close_pair(requests);
        close_pair(answers);
        return error;
    }
    close(requests[1]);
    close(answers[1]);
    // Nothing is read from here that the worker might send, descriptors least of all.
    shutdown(requests[0], SHUT_RD);
    fcntl(answers[0], F_SETFL, O_NONBLOCK);
    *out = (struct worker_end){ pid, requests[0], answers[0] };
    return 0;
}

enum worker_sent worker_send(const struct worker_end *end, int fd, uint32_t serial,
                             struct str request)
{
    _Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof fd)] = { 0 };
    struct iovec parts[] = { { &serial, sizeof serial }, { (char *)request.p, request.n } };
    struct msghdr message = {
        .msg_iov = parts, .msg_iovlen = 2, .msg_control = control, .msg_controllen = sizeof control
    };
    struct cmsghdr *c = CMSG_FIRSTHDR(&message);
    ssize_t sent;

    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(sizeof fd);
    memcpy(CMSG_DATA(c), &fd, sizeof fd);
    do
        sent = sendmsg(end->requests, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    if (sent >= 0)
        return WORKER_SENT;
    return errno == EPIPE || errno == ECONNRESET || errno == EBADF ? WORKER_GONE : WORKER_FULL;
}

void worker_dismiss(const struct worker_end *end)
{
    shutdown(end->requests, SHUT_WR);
}

void worker_stop(struct worker_end *end)
{
    kill(end->pid, SIGKILL); // before it could die of a closed pipe
    close(end->requests);
    close(end->answers);
    end->requests = end->answers = -1;
}

// Also when it is nobody's child any more: SIGCHLD may be ignored.
bool worker_reap(pid_t pid, int *status)
{
    pid_t reaped;

    *status = 0;
    do
        reaped = waitpid(pid, status, WNOHANG);
    while (reaped < 0 && errno == EINTR);
    return reaped != 0;
}

struct cage_error worker_greeting(struct str answer)
{
    struct cage_error error = { CAGE_DONE, 0 };
    struct str frame;
    int32_t told[2];

    if (!answers_frame(&answer, &frame))
        return error;
    error = (struct cage_error){ CAGE_SECCOMP, EPROTO };
    if (frame.n == sizeof told) {
        memcpy(told, frame.p, sizeof told);
        if (told[0] > CAGE_DONE && told[0] < CAGE_STEP_COUNT)
            error = (struct cage_error){ (enum cage_step)told[0], told[1] };
    }
    return error;
}
