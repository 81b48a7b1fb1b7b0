// SPDX-License-Identifier: MIT
// The seccomp filter: which system calls a decoder needs once it is set up, which may fail without
// harm, and the end of the process for all others (seccomp(2), and the kernel's
// Documentation/userspace-api/seccomp_filter.rst).
#include "cage/layers.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined __x86_64__ && !defined __ILP32__
#define FILTER_ARCH AUDIT_ARCH_X86_64
#elif defined __aarch64__ && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define FILTER_ARCH AUDIT_ARCH_AARCH64
#endif

#ifdef FILTER_ARCH

// What is answered to a call: this, or an errno.
enum call_answer {
    CALL_ALLOWED = 0,
    CALL_ENDS = -1, // the process
    // By its arguments.
    CALL_MEMORY = -2,
    CALL_FSTATAT = -3,
    CALL_PRLIMIT = -4,
    CALL_FCNTL = -5,
    CALL_CLONE = -6,
    CALL_TGKILL = -7,
};

struct call_row {
    uint32_t number;
    int answer;
};

static const struct call_row calls[] = {
    { __NR_read, CALL_ALLOWED },
    { __NR_write, CALL_ALLOWED },
    { __NR_recvmsg, CALL_ALLOWED },
    { __NR_close, CALL_ALLOWED },
    { __NR_lseek, CALL_ALLOWED },
    { __NR_fstat, CALL_ALLOWED },
    { __NR_munmap, CALL_ALLOWED },
    { __NR_brk, CALL_ALLOWED },
    { __NR_futex, CALL_ALLOWED },
    { __NR_pread64, CALL_ALLOWED },
    { __NR_readv, CALL_ALLOWED },
    { __NR_preadv, CALL_ALLOWED },
    { __NR_writev, CALL_ALLOWED },
    { __NR_sendmsg, CALL_ALLOWED },
    { __NR_recvfrom, CALL_ALLOWED },
    { __NR_sendto, CALL_ALLOWED },
    { __NR_mremap, CALL_ALLOWED },
    { __NR_madvise, CALL_ALLOWED },
    { __NR_clock_gettime, CALL_ALLOWED },
    { __NR_clock_getres, CALL_ALLOWED },
    { __NR_gettimeofday, CALL_ALLOWED },
    { __NR_getrandom, CALL_ALLOWED },
    { __NR_rt_sigaction, CALL_ALLOWED },
    { __NR_rt_sigprocmask, CALL_ALLOWED },
    { __NR_rt_sigreturn, CALL_ALLOWED },
    { __NR_rt_sigpending, CALL_ALLOWED },
    { __NR_rt_sigsuspend, CALL_ALLOWED },
    { __NR_rt_sigtimedwait, CALL_ALLOWED },
    { __NR_sigaltstack, CALL_ALLOWED },
    { __NR_exit, CALL_ALLOWED },
    { __NR_exit_group, CALL_ALLOWED },
    { __NR_nanosleep, CALL_ALLOWED },
    { __NR_clock_nanosleep, CALL_ALLOWED },
    { __NR_sched_yield, CALL_ALLOWED },
    { __NR_getpid, CALL_ALLOWED },
    { __NR_gettid, CALL_ALLOWED },
    { __NR_ppoll, CALL_ALLOWED },
    { __NR_set_robust_list, CALL_ALLOWED },
    { __NR_rseq, CALL_ALLOWED },
    { __NR_restart_syscall, CALL_ALLOWED },
    { __NR_membarrier, CALL_ALLOWED },
    { __NR_getcpu, CALL_ALLOWED },
    { __NR_getrusage, CALL_ALLOWED },
    { __NR_sysinfo, CALL_ALLOWED },
    { __NR_uname, CALL_ALLOWED },
    { __NR_openat, EACCES },
    { __NR_faccessat, EACCES },
    { __NR_readlinkat, EACCES },
    { __NR_mkdirat, EACCES },
    { __NR_unlinkat, EACCES },
    { __NR_statfs, EACCES },
    { __NR_getcwd, EACCES },
    { __NR_statx, EACCES },
    // Numbers of calls that both processors have in common, where old headers lack the name.
    { 437 /* openat2 */, EACCES },
    { 439 /* faccessat2 */, EACCES },
    // The C library then asks with clone(), whose flags can be seen.
    { 435 /* clone3 */, ENOSYS },
    // A codec that counts the processors, to start as many threads, finds one.
    { __NR_sched_getaffinity, ENOSYS },
    { __NR_ioctl, ENOTTY },
    { __NR_prctl, EPERM },
    { __NR_mmap, CALL_MEMORY },
    { __NR_mprotect, CALL_MEMORY },
    { __NR_newfstatat, CALL_FSTATAT },
    { __NR_prlimit64, CALL_PRLIMIT },
    { __NR_fcntl, CALL_FCNTL },
    { __NR_clone, CALL_CLONE },
    { __NR_tgkill, CALL_TGKILL },
#ifdef __x86_64__
    { __NR_poll, CALL_ALLOWED },
    { __NR_time, CALL_ALLOWED },
    { __NR_open, EACCES },
    { __NR_creat, EACCES },
    { __NR_access, EACCES },
    { __NR_readlink, EACCES },
    { __NR_stat, EACCES },
    { __NR_lstat, EACCES },
    { __NR_mkdir, EACCES },
    { __NR_unlink, EACCES },
#endif
};

static void put(struct cage_filter *f, uint16_t code, uint32_t k, uint8_t yes, uint8_t no)
{
    if (f->n < CAGE_FILTER_MAX)
        f->at[f->n++] = (struct sock_filter)BPF_JUMP(code, k, yes, no);
}

static void put_answer(struct cage_filter *f, uint32_t answer)
{
    put(f, BPF_RET | BPF_K, answer == CALL_ALLOWED ? SECCOMP_RET_ALLOW : SECCOMP_RET_ERRNO | answer,
        0, 0);
}

static void put_end(struct cage_filter *f)
{
    put(f, BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS, 0, 0);
}

static void load(struct cage_filter *f, size_t offset)
{
    put(f, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

static void load_low(struct cage_filter *f, unsigned argument)
{
    load(f, offsetof(struct seccomp_data, args) + 8 * argument);
}

static void load_high(struct cage_filter *f, unsigned argument)
{
    load(f, offsetof(struct seccomp_data, args) + 8 * argument + 4);
}

// The one instruction that follows is done only if the loaded value is k.
static void if_is(struct cage_filter *f, uint32_t k)
{
    put(f, BPF_JMP | BPF_JEQ | BPF_K, k, 0, 1);
}

static void if_is_not(struct cage_filter *f, uint32_t k)
{
    put(f, BPF_JMP | BPF_JEQ | BPF_K, k, 1, 0);
}

static void if_has(struct cage_filter *f, uint32_t bits)
{
    put(f, BPF_JMP | BPF_JSET | BPF_K, bits, 0, 1);
}

static void put_memory_call(struct cage_filter *f)
{
    load_low(f, 2);
    if_has(f, PROT_EXEC);
    put_end(f);
    put_answer(f, CALL_ALLOWED);
}

// fstat() of the C library: a descriptor and an empty path.
static void put_fstatat(struct cage_filter *f)
{
    load_low(f, 3);
    if_is_not(f, AT_EMPTY_PATH);
    put_answer(f, EACCES);
    load_low(f, 0);
    if_has(f, 0x80000000u); // AT_FDCWD
    put_answer(f, EACCES);
    put_answer(f, CALL_ALLOWED);
}

// Limits may be read, its own alone.
static void put_prlimit(struct cage_filter *f)
{
    static const unsigned pid = 0, new_limit = 2;
    load_low(f, pid);
    if_is_not(f, 0);
    put_end(f);
    load_low(f, new_limit);
    if_is_not(f, 0);
    put_end(f);
    load_high(f, new_limit);
    if_is_not(f, 0);
    put_end(f);
    put_answer(f, CALL_ALLOWED);
}

// Not F_SETOWN: it could have signals sent to others.
static void put_fcntl(struct cage_filter *f)
{
    load_low(f, 1);
    if_is(f, F_GETFL);
    put_answer(f, CALL_ALLOWED);
    if_is(f, F_GETFD);
    put_answer(f, CALL_ALLOWED);
    put_answer(f, EPERM);
}

// A codec that asks for threads does without them, or has them where it cannot; never a process.
// The kernel demands the other flags that make threads of one process with CLONE_THREAD.
static void put_clone(struct cage_filter *f, bool threads)
{
    load_low(f, 0);
    if_has(f, CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER |
                  CLONE_NEWPID | CLONE_NEWNET | CLONE_PTRACE);
    put_end(f);
    if_has(f, CLONE_THREAD);
    put_answer(f, threads ? CALL_ALLOWED : EAGAIN);
    put_end(f);
}

// abort() and raise().
static void put_tgkill(struct cage_filter *f, uint32_t pid)
{
    load_low(f, 0);
    if_is(f, pid);
    put_answer(f, CALL_ALLOWED);
    put_end(f);
}

static void put_call(struct cage_filter *f, int answer, uint32_t pid, bool threads)
{
    switch (answer) {
    case CALL_ENDS:
        return put_end(f);
    case CALL_MEMORY:
        return put_memory_call(f);
    case CALL_FSTATAT:
        return put_fstatat(f);
    case CALL_PRLIMIT:
        return put_prlimit(f);
    case CALL_FCNTL:
        return put_fcntl(f);
    case CALL_CLONE:
        return put_clone(f, threads);
    case CALL_TGKILL:
        return put_tgkill(f, pid);
    default:
        return put_answer(f, (uint32_t)answer);
    }
}

// A jump is at most so long.
enum { JUMP_MAX = UINT8_MAX };

enum { CALLS = sizeof calls / sizeof calls[0], RANGES_MAX = 2 * CALLS + 1 };

// Calls with numbers in a row that have the same answer, each from its number to the next one's.
struct ranges {
    struct call_row at[RANGES_MAX];
    size_t n;
};

static int compare_numbers(const void *a, const void *b)
{
    const struct call_row *left = a, *right = b;
    return (left->number > right->number) - (left->number < right->number);
}

static void add_range(struct ranges *r, uint32_t number, int answer)
{
    if (r->n == 0 || r->at[r->n - 1].answer != answer)
        r->at[r->n++] = (struct call_row){ number, answer };
}

// What is not named ends the process, the calls of x32 among it: their arch is the same, their
// numbers are above all others.
static void find_ranges(struct ranges *r)
{
    struct call_row sorted[CALLS];
    uint32_t next = 0;

    memcpy(sorted, calls, sizeof calls);
    qsort(sorted, CALLS, sizeof sorted[0], compare_numbers);
    r->n = 0;
    for (size_t i = 0; i < CALLS; i++) {
        if (sorted[i].number > next || i == 0)
            add_range(r, next, CALL_ENDS);
        add_range(r, sorted[i].number, sorted[i].answer);
        next = sorted[i].number + 1;
    }
    add_range(r, next, CALL_ENDS);
}

// What an instruction goes on to, if it jumps or if not.
struct way {
    uint16_t from;
    bool jumps, led;
    int answer;
};

struct ways {
    struct way at[RANGES_MAX];
    size_t n;
};

static void lead_here(struct cage_filter *f, struct way *way)
{
    uint8_t distance = (uint8_t)(f->n - way->from - 1);

    way->led = true;
    if (way->jumps)
        f->at[way->from].jt = distance;
    else
        f->at[way->from].jf = distance;
}

// By halves: when the filter is loaded, the kernel goes through it once for each call that there
// is.
static void put_search(struct cage_filter *f, const struct call_row *range, size_t n,
                       struct ways *ways)
{
    size_t half = n / 2;
    uint16_t choice = f->n;

    put(f, BPF_JMP | BPF_JGE | BPF_K, range[half].number, 0, 0);
    for (int jumps = 0; jumps <= 1; jumps++) {
        const struct call_row *part = jumps ? range + half : range;
        size_t parts = jumps ? n - half : half;
        struct way way = { choice, jumps != 0, false, part->answer };
        if (parts == 1) {
            ways->at[ways->n++] = way;
        } else {
            lead_here(f, &way);
            put_search(f, part, parts, ways);
        }
    }
}

// What answers a call stands once, for all ways to it.
static void put_end_of_ways(struct cage_filter *f, struct ways *ways, int answer, uint32_t pid,
                            bool threads)
{
    for (size_t i = 0; i < ways->n; i++)
        if (ways->at[i].answer == answer)
            lead_here(f, &ways->at[i]);
    put_call(f, answer, pid, threads);
}

bool cage_filter_make(struct cage_filter *f, uint32_t pid, bool threads)
{
    struct ranges ranges;
    struct ways ways = { .n = 0 };

    find_ranges(&ranges);
    f->n = 0;
    load(f, offsetof(struct seccomp_data, arch));
    if_is_not(f, FILTER_ARCH);
    put_end(f);
    load(f, offsetof(struct seccomp_data, nr));
    put_search(f, ranges.at, ranges.n, &ways);
    for (size_t i = 0; i < ways.n; i++)
        if (!ways.at[i].led)
            put_end_of_ways(f, &ways, ways.at[i].answer, pid, threads);
    return f->n <= JUMP_MAX;
}

#else

bool cage_filter_make(struct cage_filter *f, uint32_t pid, bool threads)
{
    (void)pid;
    (void)threads;
    f->n = 0;
    return false;
}

#endif

// TSYNC: should there be other threads after all, they are confined as well.
int cage_filter_load(const struct cage_filter *f)
{
    struct sock_fprog program = { f->n, (struct sock_filter *)f->at };
    long result =
        syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
    return result == 0 ? 0 : result > 0 ? EBUSY : errno;
}
