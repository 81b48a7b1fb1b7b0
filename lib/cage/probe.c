// SPDX-License-Identifier: MIT
// The proof that the cage bites. Each attempt is made by a process inside, where it must end as the
// table says and in no other way, and by one outside, where it must succeed: a probe that cannot
// fail, or that fails for another reason, is so seen.
#include "cage/cage.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    IO_URING_SETUP = 425,
    PIDFD_OPEN = 434,
    CPU_SECONDS = 1,
};

static const uint64_t MEMORY_MORE = 256ull << 20, MEMORY_TOO_MUCH = 8ull << 30;

// What an attempt finds: descriptors opened before, of which all but `forgotten` are kept.
struct ground {
    int report, socket, file, forgotten;
    pid_t parent;
};

static int outcome(long result)
{
    return result < 0 ? errno : 0;
}

static int try_open(const struct ground *g)
{
    (void)g;
    return outcome(open("/", O_RDONLY | O_CLOEXEC));
}

// The file has no name, so that the one made outside leaves nothing behind.
static int try_create(const struct ground *g)
{
    (void)g;
    return outcome(open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
}

static int try_memory_file(const struct ground *g)
{
    (void)g;
    return outcome(memfd_create("probe", MFD_CLOEXEC));
}

static int try_socket(const struct ground *g)
{
    (void)g;
    return outcome(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
}

// Of datagrams, so that nothing is sent.
static int try_connect(const struct ground *g)
{
    struct sockaddr_in to = { .sin_family = AF_INET,
                              .sin_port = htons(9),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    return outcome(connect(g->socket, (struct sockaddr *)&to, sizeof to));
}

static int try_execute(const struct ground *g)
{
    char name[] = "true", *const arguments[] = { name, NULL }, *const environment[] = { NULL };
    (void)g;
    return outcome(execve("/bin/true", arguments, environment)); // which ends with 0
}

static int try_trace(const struct ground *g)
{
    (void)g;
    return outcome(ptrace(PTRACE_TRACEME, 0, NULL, NULL));
}

static int try_fork(const struct ground *g)
{
    pid_t pid = fork();
    (void)g;
    if (pid == 0)
        _exit(0);
    if (pid > 0)
        waitpid(pid, NULL, 0);
    return outcome(pid);
}

// Signal 0 is only a question.
static int try_kill(const struct ground *g)
{
    return outcome(kill(g->parent, 0));
}

static int try_handle(const struct ground *g)
{
    return outcome(syscall(PIDFD_OPEN, g->parent, 0));
}

static int try_code(const struct ground *g)
{
    (void)g;
    void *p = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return p == MAP_FAILED ? errno : 0;
}

static int try_data_as_code(const struct ground *g)
{
    (void)g;
    void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return p == MAP_FAILED ? errno : outcome(mprotect(p, 4096, PROT_READ | PROT_EXEC));
}

static int try_memory(const struct ground *g)
{
    (void)g;
    void *p = mmap(NULL, MEMORY_TOO_MUCH, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return p == MAP_FAILED ? errno : 0;
}

static int try_time(const struct ground *g)
{
    struct timespec now;
    (void)g;
    do
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    while (now.tv_sec == 0 || now.tv_nsec < 300 * 1000 * 1000);
    return 0;
}

static int try_limit(const struct ground *g)
{
    struct rlimit limit;
    (void)g;
    if (getrlimit(RLIMIT_CPU, &limit) != 0)
        return errno;
    return outcome(setrlimit(RLIMIT_CPU, &limit));
}

static int try_old_descriptor(const struct ground *g)
{
    char byte;
    ssize_t n = read(g->forgotten, &byte, 1);
    return n == 1 ? 0 : n < 0 ? errno : EIO;
}

static int try_write(const struct ground *g)
{
    return outcome(write(g->file, "x", 1));
}

static int try_ring(const struct ground *g)
{
    unsigned char parameters[120] = { 0 };
    (void)g;
    return outcome(syscall(IO_URING_SETUP, 1, parameters));
}

static int try_other_memory(const struct ground *g)
{
    char from = 'x', to = 0;
    struct iovec here = { &to, 1 }, there = { &from, 1 };
    (void)g;
    return outcome(process_vm_readv(getpid(), &here, 1, &there, 1, 0));
}

#ifdef __x86_64__
// The calls of 32-bit programs have other numbers: 20 asks for the process's id.
static int try_old_calls(const struct ground *g)
{
    long result = 20;
    (void)g;
    __asm__ volatile("int $0x80" : "+a"(result) : : "memory", "r8", "r9", "r10", "r11");
    return result == getpid() ? 0 : ENOSYS;
}
#endif

struct probe_row {
    const char *name;
    int (*attempt)(const struct ground *);
    int signal, native; // how it ends inside
};

static const struct probe_row rows[] = {
    { N_("open a file"), try_open, 0, EACCES },
    { N_("create a file"), try_create, 0, EACCES },
    { N_("create a file in memory"), try_memory_file, SIGSYS, 0 },
    { N_("write to a file that was open before"), try_write, SIGXFSZ, 0 },
    { N_("read from a file that was open before"), try_old_descriptor, 0, EBADF },
    { N_("make a socket"), try_socket, SIGSYS, 0 },
    { N_("connect a socket"), try_connect, SIGSYS, 0 },
    { N_("run a program"), try_execute, SIGSYS, 0 },
    { N_("start a process"), try_fork, SIGSYS, 0 },
    { N_("send a signal to another process"), try_kill, SIGSYS, 0 },
    { N_("get hold of another process"), try_handle, SIGSYS, 0 },
    { N_("trace a process"), try_trace, SIGSYS, 0 },
    { N_("read a process's memory"), try_other_memory, SIGSYS, 0 },
    { N_("map memory to run code from"), try_code, SIGSYS, 0 },
    { N_("make data runnable"), try_data_as_code, SIGSYS, 0 },
    { N_("call the kernel through io_uring"), try_ring, SIGSYS, 0 },
#ifdef __x86_64__
    { N_("call the kernel as a 32-bit program"), try_old_calls, SIGSYS, 0 },
#endif
    { N_("change a limit"), try_limit, SIGSYS, 0 },
    { N_("take more memory than allowed"), try_memory, 0, ENOMEM },
    { N_("take more time than allowed"), try_time, SIGXCPU, 0 },
};

size_t cage_probe_count(void)
{
    return sizeof rows / sizeof rows[0];
}

// ---- the process that makes an attempt ----

enum { STAGE_OUTSIDE = 1, STAGE_INSIDE, STAGE_ENDED };

// At most three of them go through the pipe: each is written at once and whole.
struct report {
    int stage;
    int value; // STAGE_OUTSIDE: the step at which it failed; STAGE_ENDED: an errno or 0
    int native;
};

static void tell(const struct ground *g, int stage, int value, int native)
{
    struct report r = { stage, value, native };
    if (write(g->report, &r, sizeof r) != (ssize_t)sizeof r)
        _exit(1);
}

// A sanitizer's shadow memory counts as well: the limit is set from what is there.
static uint64_t address_space(void)
{
    char text[128] = "";
    int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);

    if (fd >= 0 && read(fd, text, sizeof text - 1) < 0)
        text[0] = '\0';
    close(fd);
    return strtoull(text, NULL, 10) * (uint64_t)sysconf(_SC_PAGESIZE);
}

static bool enter(const struct ground *g)
{
    const int keep[] = { g->report, g->socket, g->file };
    struct cage_limits limits = { .memory = address_space() + MEMORY_MORE,
                                  .seconds = CPU_SECONDS,
                                  .keep = keep,
                                  .keep_count = sizeof keep / sizeof keep[0] };
    struct cage_error error;

    if (cage_enter(&limits, &error))
        return true;
    tell(g, STAGE_OUTSIDE, (int)error.step, error.native);
    return false;
}

static _Noreturn void attempt_main(const struct probe_row *row, int report, pid_t parent,
                                   bool inside)
{
    int ends[2] = { -1, -1 };
    struct ground g = { .report = report, .parent = parent };

    for (int s = 1; s < NSIG; s++)
        signal(s, SIG_DFL);
    g.socket = socket(AF_INET, SOCK_DGRAM, 0);
    g.file = memfd_create("probe", 0);
    if (pipe(ends) == 0 && write(ends[1], "x", 1) == 1)
        g.forgotten = ends[0];
    if (inside && !enter(&g))
        _exit(1);
    tell(&g, STAGE_INSIDE, 0, 0);
    tell(&g, STAGE_ENDED, row->attempt(&g), 0);
    _exit(0);
}

struct result {
    bool begun;
    int signal, native;
    struct cage_error error;
};

static void read_reports(int fd, struct result *out, bool *ended)
{
    struct report r;

    while (read(fd, &r, sizeof r) == (ssize_t)sizeof r)
        switch (r.stage) {
        case STAGE_OUTSIDE:
            if (r.value > CAGE_DONE && r.value < CAGE_STEP_COUNT)
                out->error = (struct cage_error){ (enum cage_step)r.value, r.native };
            break;
        case STAGE_INSIDE:
            out->begun = true;
            break;
        default:
            out->native = r.value;
            *ended = true;
        }
}

// An attempt whose process ends with 0 and without a report has succeeded: it ran a program.
static bool run(const struct probe_row *row, bool inside, struct result *out)
{
    int ends[2], status = 0;
    bool ended = false;

    *out = (struct result){ .error = { CAGE_PRIVILEGES, 0 } };
    if (pipe2(ends, O_CLOEXEC) != 0)
        return out->error.native = errno, false;
    pid_t parent = getpid(), pid = fork();
    if (pid == 0)
        attempt_main(row, ends[1], parent, inside);
    out->error.native = pid < 0 ? errno : 0;
    close(ends[1]);
    if (pid > 0) {
        read_reports(ends[0], out, &ended);
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
            continue;
    }
    close(ends[0]);
    out->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    if (out->begun && !ended && out->signal == 0 && WEXITSTATUS(status) != 0)
        out->native = ECHILD;
    return out->begun;
}

bool cage_probe(size_t i, struct cage_probe *out, struct cage_error *error)
{
    struct result inside, outside;

    *out = (struct cage_probe){ .name = rows[i].name };
    if (!run(&rows[i], true, &inside) || !run(&rows[i], false, &outside)) {
        *error = inside.begun ? outside.error : inside.error;
        return false;
    }
    out->signal = inside.signal;
    out->native = inside.native;
    out->held = inside.signal == rows[i].signal && inside.native == rows[i].native;
    out->control =
        outside.signal == 0 && outside.native == 0 ? CAGE_CONTROL_OK : CAGE_CONTROL_FAILED;
    return true;
}
