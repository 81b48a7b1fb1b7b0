// SPDX-License-Identifier: MIT
// The cage keeps in what is in it, each of its layers for itself, and lets work what has to work.
#include "cage/cage.h"
#include "base/sanitized.h"
#include "base/str.h"
#include "cage/layers.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/capability.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

// ---- the filter's decisions, by an interpreter of the few instructions that it uses ----

static uint32_t decide(const struct cage_filter *f, const struct seccomp_data *call)
{
    uint32_t a = 0;

    for (unsigned at = 0; at < f->n; at++) {
        const struct sock_filter *i = &f->at[at];
        switch (i->code) {
        case BPF_LD | BPF_W | BPF_ABS:
            assert_in_range(i->k, 0, sizeof *call - sizeof a);
            memcpy(&a, (const char *)call + i->k, sizeof a);
            break;
        case BPF_JMP | BPF_JEQ | BPF_K:
            at += a == i->k ? i->jt : i->jf;
            break;
        case BPF_JMP | BPF_JGE | BPF_K:
            at += a >= i->k ? i->jt : i->jf;
            break;
        case BPF_JMP | BPF_JSET | BPF_K:
            at += (a & i->k) != 0 ? i->jt : i->jf;
            break;
        case BPF_RET | BPF_K:
            return i->k;
        default:
            fail_msg("instruction %u is none of these", i->code);
        }
    }
    fail_msg("the program has no end");
    return 0;
}

enum { PID = 4711, ALLOW = -1, END = -2 };

#ifdef __x86_64__
#define ARCH AUDIT_ARCH_X86_64
#else
#define ARCH AUDIT_ARCH_AARCH64
#endif

struct decision {
    const char *what;
    long number;
    uint64_t args[6];
    int answer; // ALLOW, END or an errno
};

static const struct decision decisions[] = {
    { "read", SYS_read, { 0 }, ALLOW },
    { "write", SYS_write, { 0 }, ALLOW },
    { "recvmsg", SYS_recvmsg, { 0 }, ALLOW },
    { "exit_group", SYS_exit_group, { 0 }, ALLOW },
    { "futex", SYS_futex, { 0 }, ALLOW },
    { "openat", SYS_openat, { 0 }, EACCES },
    { "openat2", SYS_openat2, { 0 }, EACCES },
    { "statx", SYS_statx, { 0, 0, AT_EMPTY_PATH }, EACCES },
    { "ioctl", SYS_ioctl, { 0 }, ENOTTY },
    { "prctl", SYS_prctl, { PR_SET_DUMPABLE, 1 }, EPERM },
    { "fstat", SYS_newfstatat, { 3, 0, 0, AT_EMPTY_PATH }, ALLOW },
    { "stat", SYS_newfstatat, { 3, 0, 0, 0 }, EACCES },
    { "stat of the folder", SYS_newfstatat, { (uint32_t)AT_FDCWD, 0, 0, AT_EMPTY_PATH }, EACCES },
    { "stat of a link", SYS_newfstatat, { 3, 0, 0, AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW }, EACCES },
    { "mmap", SYS_mmap, { 0, 4096, PROT_READ | PROT_WRITE }, ALLOW },
    { "mmap of code", SYS_mmap, { 0, 4096, PROT_READ | PROT_EXEC }, END },
    { "mmap of nothing but code", SYS_mmap, { 0, 4096, PROT_EXEC }, END },
    { "mprotect", SYS_mprotect, { 0, 4096, PROT_READ }, ALLOW },
    { "mprotect of code", SYS_mprotect, { 0, 4096, PROT_EXEC | 0xff00 }, END },
    { "pkey_mprotect", SYS_pkey_mprotect, { 0, 4096, PROT_READ }, END },
    { "getrlimit", SYS_prlimit64, { 0, RLIMIT_CPU, 0, 1 }, ALLOW },
    { "setrlimit", SYS_prlimit64, { 0, RLIMIT_CPU, 1, 0 }, END },
    { "setrlimit, high address", SYS_prlimit64, { 0, RLIMIT_CPU, 1ull << 32, 0 }, END },
    { "another's limits", SYS_prlimit64, { 1, RLIMIT_CPU, 0, 1 }, END },
    { "abort", SYS_tgkill, { PID, PID, SIGABRT }, ALLOW },
    { "a signal to another", SYS_tgkill, { PID + 1, PID, SIGABRT }, END },
    { "a signal to all", SYS_tgkill, { (uint32_t)-1, PID, SIGABRT }, END },
    { "kill", SYS_kill, { PID, SIGABRT }, END },
    { "tkill", SYS_tkill, { PID, SIGABRT }, END },
    { "rt_sigqueueinfo", SYS_rt_sigqueueinfo, { PID, SIGABRT }, END },
    { "fcntl F_GETFL", SYS_fcntl, { 3, F_GETFL }, ALLOW },
    { "fcntl F_SETOWN", SYS_fcntl, { 3, F_SETOWN, 1 }, EPERM },
    { "fcntl F_SETFL", SYS_fcntl, { 3, F_SETFL, O_ASYNC }, EPERM },
    { "fcntl F_DUPFD", SYS_fcntl, { 3, F_DUPFD, 0 }, EPERM },
    { "fork", SYS_clone, { SIGCHLD }, END },
    { "a new user namespace", SYS_clone, { CLONE_THREAD | CLONE_NEWUSER }, END },
    { "clone3", SYS_clone3, { 0 }, ENOSYS },
    { "unshare", SYS_unshare, { 0 }, END },
    { "execve", SYS_execve, { 0 }, END },
    { "execveat", SYS_execveat, { 0 }, END },
    { "socket", SYS_socket, { 0 }, END },
    { "socketpair", SYS_socketpair, { 0 }, END },
    { "connect", SYS_connect, { 0 }, END },
    { "bind", SYS_bind, { 0 }, END },
    { "accept4", SYS_accept4, { 0 }, END },
    { "ptrace", SYS_ptrace, { 0 }, END },
    { "process_vm_readv", SYS_process_vm_readv, { 0 }, END },
    { "process_vm_writev", SYS_process_vm_writev, { 0 }, END },
    { "mount", SYS_mount, { 0 }, END },
    { "chroot", SYS_chroot, { 0 }, END },
    { "bpf", SYS_bpf, { 0 }, END },
    { "perf_event_open", SYS_perf_event_open, { 0 }, END },
    { "userfaultfd", SYS_userfaultfd, { 0 }, END },
    { "io_uring_setup", SYS_io_uring_setup, { 0 }, END },
    { "io_uring_enter", SYS_io_uring_enter, { 0 }, END },
    { "keyctl", SYS_keyctl, { 0 }, END },
    { "memfd_create", SYS_memfd_create, { 0 }, END },
    { "pidfd_getfd", SYS_pidfd_getfd, { 0 }, END },
    { "open_by_handle_at", SYS_open_by_handle_at, { 0 }, END },
    { "setuid", SYS_setuid, { 0 }, END },
    { "capset", SYS_capset, { 0 }, END },
    { "seccomp", SYS_seccomp, { 0 }, END },
    { "shmget", SYS_shmget, { 0 }, END },
    { "ftruncate", SYS_ftruncate, { 0 }, END },
    { "personality", SYS_personality, { 0 }, END },
    { "a call that there is not yet", 4000, { 0 }, END },
    { "a negative call", -1, { 0 }, END },
#ifdef __x86_64__
    { "open", SYS_open, { 0 }, EACCES },
    { "stat by its old name", SYS_stat, { 0 }, EACCES },
    { "fork by its old name", SYS_fork, { 0 }, END },
    { "vfork", SYS_vfork, { 0 }, END },
    { "read as x32", 0x40000000 | SYS_read, { 0 }, END },
    { "iopl", SYS_iopl, { 3 }, END },
#endif
};

static int answer_of(uint32_t decision)
{
    if (decision == SECCOMP_RET_ALLOW)
        return ALLOW;
    if (decision == SECCOMP_RET_KILL_PROCESS)
        return END;
    assert_int_equal(decision & SECCOMP_RET_ACTION_FULL, SECCOMP_RET_ERRNO);
    return (int)(decision & SECCOMP_RET_DATA);
}

static void filter_decides(void **state)
{
    struct cage_filter f;

    (void)state;
    assert_true(cage_filter_make(&f, PID, false));
    for (size_t i = 0; i < sizeof decisions / sizeof decisions[0]; i++) {
        struct seccomp_data call = { .nr = (int)decisions[i].number, .arch = ARCH };
        memcpy(call.args, decisions[i].args, sizeof call.args);
        if (answer_of(decide(&f, &call)) != decisions[i].answer)
            fail_msg("%s: %d", decisions[i].what, answer_of(decide(&f, &call)));
        // By the numbers of another processor nothing is allowed.
        call.arch = AUDIT_ARCH_I386;
        assert_int_equal(answer_of(decide(&f, &call)), END);
    }
    struct seccomp_data thread = { .nr = SYS_clone, .arch = ARCH, .args = { CLONE_THREAD } };
    assert_int_equal(answer_of(decide(&f, &thread)), EAGAIN);
    assert_true(cage_filter_make(&f, PID, true));
    assert_int_equal(answer_of(decide(&f, &thread)), ALLOW);
    thread.args[0] = SIGCHLD;
    assert_int_equal(answer_of(decide(&f, &thread)), END);
}

// ---- processes inside ----

// Runs it in a process of its own; its exit status, or 1000 and the signal that ended it.
static int outcome(int (*inside)(const int *keep), const int *keep)
{
    int status;

    fflush(stdout);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        _exit(inside(keep));
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFSIGNALED(status) ? 1000 + WTERMSIG(status) : WEXITSTATUS(status);
}

static bool enter(const int *keep, size_t count, bool threads)
{
    struct cage_limits limits = { .memory = SANITIZED ? 0 : (uint64_t)512 << 20,
                                  .seconds = 20,
                                  .threads = threads,
                                  .keep = keep,
                                  .keep_count = count };
    struct cage_error error;
    bool ok = cage_enter(&limits, &error);
    return ok && error.step == CAGE_DONE && error.native == 0;
}

static void *touch(void *p)
{
    *(int *)p = 1;
    return NULL;
}

// Everything that a decoder does. Each step has its number.
static int use_what_is_allowed(const int *keep)
{
    struct stat about;
    struct timespec now;
    struct rlimit limit;
    struct rusage usage;
    struct sysinfo info;
    pthread_t thread;
    char data[8] = "", *p;
    int reached = 0;

    if (!enter(keep, 2, false))
        return 1;
    if (fstat(keep[0], &about) != 0 || about.st_size != 4)
        return 2;
    if (pread(keep[0], data, 4, 0) != 4 || strcmp(data, "data") != 0 ||
        lseek(keep[0], 0, SEEK_END) != 4)
        return 3;
    p = mmap(NULL, 4, PROT_READ, MAP_PRIVATE, keep[0], 0);
    if (p == MAP_FAILED || memcmp(p, "data", 4) != 0 || munmap(p, 4) != 0)
        return 4;
    for (size_t size = 1; size <= (size_t)64 << 20; size *= 4) {
        if ((p = malloc(size)) == NULL)
            return 5;
        memset(p, 1, size);
        p = realloc(p, 2 * size);
        if (p == NULL)
            return 6;
        free(p);
    }
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0 || clock() == (clock_t)-1 || time(NULL) < 1)
        return 7;
    if (getrlimit(RLIMIT_AS, &limit) != 0 || getrusage(RUSAGE_SELF, &usage) != 0 ||
        sysinfo(&info) != 0 || sysconf(_SC_NPROCESSORS_ONLN) < 1 || getpid() < 1)
        return 8;
    if (fopen("/etc/fonts/fonts.conf", "r") != NULL || errno != EACCES || access("/", R_OK) == 0 ||
        stat("/", &about) == 0 || mkdir("/tmp/x", 0700) == 0 || isatty(0))
        return 9;
    if (pthread_create(&thread, NULL, touch, &reached) != EAGAIN)
        return 10;
    if (nanosleep(&(struct timespec){ 0, 1000 }, NULL) != 0 || sched_yield() != 0)
        return 11;
    return send(keep[1], "ok", 2, 0) == 2 ? 0 : 12;
}

static void decoders_can_work(void **state)
{
    int pair[2], keep[2];
    char reply[2];

    (void)state;
    int fd = memfd_create("content", 0);
    assert_int_equal(write(fd, "data", 4), 4);
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair), 0);
    keep[0] = fd;
    keep[1] = pair[1];
    assert_int_equal(outcome(use_what_is_allowed, keep), 0);
    assert_int_equal(read(pair[0], reply, 2), 2);
    close(fd);
    close(pair[0]);
    close(pair[1]);
}

static int start_threads(const int *keep)
{
    pthread_t thread[4];
    int reached[4] = { 0 };

    if (!enter(keep, 0, true))
        return 1;
    for (int i = 0; i < 4; i++)
        if (pthread_create(&thread[i], NULL, touch, &reached[i]) != 0)
            return 2;
    for (int i = 0; i < 4; i++)
        if (pthread_join(thread[i], NULL) != 0 || reached[i] != 1)
            return 3;
    return fork() < 0 ? 4 : 5;
}

static void threads_only_when_asked_for(void **state)
{
    (void)state;
    assert_int_equal(outcome(start_threads, NULL), 1000 + SIGSYS);
}

static int end_itself(const int *keep)
{
    if (!enter(keep, 0, false))
        return 1;
    signal(SIGABRT, SIG_DFL);
    abort();
}

static void abort_is_what_it_is(void **state)
{
    (void)state;
    assert_int_equal(outcome(end_itself, NULL), 1000 + SIGABRT);
}

static int look_for_descriptors(const int *keep)
{
    char byte;

    if (!enter(keep, 2, false))
        return 1;
    for (int fd = 3; fd < 2000; fd++)
        if ((fcntl(fd, F_GETFD) >= 0) != (fd == keep[0] || fd == keep[1]))
            return 2;
    for (int fd = 0; fd < 3; fd++)
        if (read(fd, &byte, 1) != 0 || write(fd, "x", 1) >= 0 || errno != EBADF)
            return 3;
    return 0;
}

static void no_descriptor_but_those_kept(void **state)
{
    int many[40];

    (void)state;
    for (int i = 0; i < 40; i++)
        assert_true((many[i] = open("/dev/zero", O_RDWR)) >= 0);
    int far = fcntl(many[0], F_DUPFD, 1500);
    assert_true(far >= 1500);
    assert_int_equal(outcome(look_for_descriptors, (int[]){ many[20], far }), 0);
    assert_int_equal(outcome(look_for_descriptors, (int[]){ far, many[39] }), 0);
    for (int i = 0; i < 40; i++)
        close(many[i]);
    close(far);
}

// A kernel without close_range() and Landlock.
static int enter_on_an_old_kernel(const int *keep)
{
    struct sock_filter at[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_close_range, 1, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_landlock_create_ruleset, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct cage_filter old = { .n = sizeof at / sizeof at[0] };

    memcpy(old.at, at, sizeof at);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || cage_filter_load(&old) != 0)
        return 10;
    if (cage_landlock_version() != 0 || syscall(SYS_close_range, 1999, 1999, 0) == 0)
        return 11;
    return look_for_descriptors(keep);
}

static void old_kernels_will_do(void **state)
{
    (void)state;
    int far = fcntl(STDIN_FILENO, F_DUPFD, 1700), near = fcntl(STDIN_FILENO, F_DUPFD, 30);
    assert_true(far >= 1700 && near >= 30);
    int kept[] = { open("/dev/zero", O_RDWR), near + 1 };
    assert_int_equal(dup2(kept[0], kept[1]), kept[1]);
    assert_int_equal(outcome(enter_on_an_old_kernel, kept), 0);
    close(far);
    close(near);
    close(kept[0]);
    close(kept[1]);
}

// Standard error can be kept, and one that is closed is no way out either.
static int keep_standard_error(const int *keep)
{
    close(0);
    if (!enter(keep, 1, false))
        return 1;
    return write(2, "", 0) == 0 && write(1, "x", 1) < 0 && write(0, "x", 1) < 0 ? 0 : 2;
}

static void standard_error_can_be_kept(void **state)
{
    (void)state;
    assert_int_equal(outcome(keep_standard_error, (int[]){ 2 }), 0);
}

static int keep_too_many(const int *keep)
{
    int all[CAGE_KEEP_MAX + 1] = { 0 };
    struct cage_limits limits = { .keep = all, .keep_count = CAGE_KEEP_MAX + 1 };
    struct cage_error error;

    (void)keep;
    return !cage_enter(&limits, &error) && error.step == CAGE_DESCRIPTORS && error.native == EINVAL
               ? 0
               : 1;
}

static void failures_are_told(void **state)
{
    (void)state;
    assert_int_equal(outcome(keep_too_many, NULL), 0);
    for (int step = 0; step < CAGE_STEP_COUNT; step++)
        assert_true(strlen(cage_sentence((enum cage_step)step)) > 10);
}

// A descriptor can still be received inside, one after the other and no third at a time.
static int receive_descriptors(const int *keep)
{
    char byte;

    if (dup2(keep[0], 3) != 3 || !enter((int[]){ 3 }, 1, false))
        return 1;
    for (int i = 0; i < 5; i++) {
        _Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(int))];
        struct iovec part = { &byte, 1 };
        struct msghdr m = { .msg_iov = &part,
                            .msg_iovlen = 1,
                            .msg_control = control,
                            .msg_controllen = sizeof control };
        int fd;
        if (recvmsg(3, &m, MSG_CMSG_CLOEXEC) != 1)
            return 2;
        if (i == 4) // two are held by now
            return CMSG_FIRSTHDR(&m) == NULL && (m.msg_flags & MSG_CTRUNC) != 0 ? 0 : 3;
        if (CMSG_FIRSTHDR(&m) == NULL)
            return 4;
        memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&m)), sizeof fd);
        if (pread(fd, &byte, 1, 0) != 1)
            return 5;
        if (i < 2)
            close(fd);
    }
    return 6;
}

static void descriptors_can_be_received(void **state)
{
    int pair[2], fd = memfd_create("content", 0);

    (void)state;
    assert_int_equal(write(fd, "data", 4), 4);
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair), 0);
    for (int i = 0; i < 5; i++) {
        _Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(int))] = { 0 };
        struct iovec part = { control, 1 };
        struct msghdr m = { .msg_iov = &part,
                            .msg_iovlen = 1,
                            .msg_control = control,
                            .msg_controllen = sizeof control };
        *CMSG_FIRSTHDR(&m) = (struct cmsghdr){ .cmsg_len = CMSG_LEN(sizeof fd),
                                               .cmsg_level = SOL_SOCKET,
                                               .cmsg_type = SCM_RIGHTS };
        memcpy(CMSG_DATA(CMSG_FIRSTHDR(&m)), &fd, sizeof fd);
        assert_int_equal(sendmsg(pair[0], &m, 0), 1);
    }
    assert_int_equal(outcome(receive_descriptors, (int[]){ pair[1] }), 0);
    close(fd);
    close(pair[0]);
    close(pair[1]);
}

// ---- each layer without the others ----

static int landlock_alone(const int *keep)
{
    int version = cage_landlock_version();
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(9) };

    (void)keep;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || cage_landlock_enter() != 0)
        return 1;
    if (open("/", O_RDONLY | O_DIRECTORY) >= 0 || errno != EACCES)
        return 2;
    if (open("/tmp", O_TMPFILE | O_RDWR, 0600) >= 0 || errno != EACCES)
        return 3;
    if (version >= 4 &&
        (connect(socket(AF_INET, SOCK_STREAM, 0), (struct sockaddr *)&to, sizeof to) == 0 ||
         errno != EACCES))
        return 4;
    if (version >= 6 && (kill(getppid(), 0) == 0 || errno != EPERM))
        return 5;
    return 0;
}

static void landlock_holds_alone(void **state)
{
    (void)state;
    if (cage_landlock_version() == 0) {
        print_message("this kernel has no Landlock\n");
        skip();
    }
    assert_int_equal(outcome(landlock_alone, NULL), 0);
}

static bool is_limited(int resource, uint64_t soft, uint64_t hard)
{
    struct rlimit limit;
    return getrlimit(resource, &limit) == 0 && limit.rlim_cur <= soft && limit.rlim_max <= hard;
}

static int limits_alone(const int *keep)
{
    struct cage_limits limits = {
        .memory = (uint64_t)64 << 30, .seconds = 7, .keep = keep, .keep_count = 1
    };
    (void)keep;
    if (cage_set_limits(&limits) != 0)
        return 1;
    bool ok = is_limited(RLIMIT_CORE, 0, 0) && is_limited(RLIMIT_FSIZE, 0, 0) &&
              is_limited(RLIMIT_NPROC, 0, 0) && is_limited(RLIMIT_CPU, 7, 8) &&
              is_limited(RLIMIT_AS, (uint64_t)64 << 30, (uint64_t)64 << 30) &&
              is_limited(RLIMIT_NOFILE, 12, 12);
    return ok ? 0 : 2;
}

static void limits_are_set(void **state)
{
    (void)state;
    assert_int_equal(outcome(limits_alone, (int[]){ 9 }), 0);
}

static int privileges_alone(const int *keep)
{
    struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
    struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];

    (void)keep;
    if (cage_drop_privileges() != 0 || syscall(SYS_capget, &header, data) != 0)
        return 1;
    for (int i = 0; i < _LINUX_CAPABILITY_U32S_3; i++)
        if (data[i].effective != 0 || data[i].permitted != 0 || data[i].inheritable != 0)
            return 2;
    return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 && prctl(PR_GET_DUMPABLE) == 0 ? 0 : 3;
}

static void privileges_are_dropped(void **state)
{
    (void)state;
    assert_int_equal(outcome(privileges_alone, NULL), 0);
}

// ---- the proof that a user can ask for ----

static void every_probe_holds(void **state)
{
    struct cage_probe p;
    struct cage_error error;

    (void)state;
    assert_true(cage_probe_count() >= 18);
    for (size_t i = 0; i < cage_probe_count(); i++) {
        if (!cage_probe(i, &p, &error))
            fail_msg("%s: %s: %s", p.name, cage_sentence(error.step), strerror(error.native));
        if (!p.held)
            fail_msg("%s: signal %d, %s", p.name, p.signal, strerror(p.native));
        // A kernel or a container may forbid it outside as well.
        if (p.control != CAGE_CONTROL_OK)
            print_message("%s: fails outside as well\n", p.name);
    }
}

// The same as an ordinary user, where the tests are run by root.
static int as_nobody(const int *keep)
{
    struct cage_probe p;
    struct cage_error error;

    (void)keep;
    if (setgid(65534) != 0 || setuid(65534) != 0)
        return 99;
    for (size_t i = 0; i < cage_probe_count(); i++)
        if (!cage_probe(i, &p, &error) || !p.held)
            return (int)i + 1;
    return 0;
}

static void every_probe_holds_for_ordinary_users(void **state)
{
    (void)state;
    if (geteuid() != 0) {
        print_message("the tests are run by an ordinary user already\n");
        skip();
    }
    assert_int_equal(outcome(as_nobody, NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(filter_decides),
        cmocka_unit_test(decoders_can_work),
        cmocka_unit_test(threads_only_when_asked_for),
        cmocka_unit_test(abort_is_what_it_is),
        cmocka_unit_test(no_descriptor_but_those_kept),
        cmocka_unit_test(old_kernels_will_do),
        cmocka_unit_test(standard_error_can_be_kept),
        cmocka_unit_test(failures_are_told),
        cmocka_unit_test(descriptors_can_be_received),
        cmocka_unit_test(landlock_holds_alone),
        cmocka_unit_test(limits_are_set),
        cmocka_unit_test(privileges_are_dropped),
        cmocka_unit_test(every_probe_holds),
        cmocka_unit_test(every_probe_holds_for_ordinary_users),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
