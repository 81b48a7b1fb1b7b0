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
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined __x86_64__ && !defined __ILP32__
#define FILTER_ARCH AUDIT_ARCH_X86_64
#elif defined __aarch64__ && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define FILTER_ARCH AUDIT_ARCH_AARCH64
#endif

#ifdef FILTER_ARCH

enum { CALL_ALLOWED = 0 };

struct call_row {
    uint32_t number;
    uint32_t answer; // CALL_ALLOWED or an errno
};

// In the order in which the kernel compares: those of every input first.
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

// What stands between this and call_end() is for that call alone, and answers it in any case.
static uint16_t call_begin(struct cage_filter *f, uint32_t number)
{
    if_is(f, number);
    return f->n;
}

static void call_end(struct cage_filter *f, uint16_t begin)
{
    f->at[begin - 1].jf = (uint8_t)(f->n - begin);
}

static void put_memory_call(struct cage_filter *f, uint32_t number)
{
    uint16_t begin = call_begin(f, number);
    load_low(f, 2);
    if_has(f, PROT_EXEC);
    put_end(f);
    put_answer(f, CALL_ALLOWED);
    call_end(f, begin);
}

// fstat() of the C library: a descriptor and an empty path.
static void put_fstatat(struct cage_filter *f)
{
    uint16_t begin = call_begin(f, __NR_newfstatat);
    load_low(f, 3);
    if_is_not(f, AT_EMPTY_PATH);
    put_answer(f, EACCES);
    load_low(f, 0);
    if_has(f, 0x80000000u); // AT_FDCWD
    put_answer(f, EACCES);
    put_answer(f, CALL_ALLOWED);
    call_end(f, begin);
}

// Limits may be read, its own alone.
static void put_prlimit(struct cage_filter *f)
{
    uint16_t begin = call_begin(f, __NR_prlimit64);
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
    call_end(f, begin);
}

// Not F_SETOWN: it could have signals sent to others.
static void put_fcntl(struct cage_filter *f)
{
    uint16_t begin = call_begin(f, __NR_fcntl);
    load_low(f, 1);
    if_is(f, F_GETFL);
    put_answer(f, CALL_ALLOWED);
    if_is(f, F_GETFD);
    put_answer(f, CALL_ALLOWED);
    put_answer(f, EPERM);
    call_end(f, begin);
}

// A codec that asks for threads does without them, or has them where it cannot; never a process.
// The kernel demands the other flags that make threads of one process with CLONE_THREAD.
static void put_clone(struct cage_filter *f, bool threads)
{
    uint16_t begin = call_begin(f, __NR_clone);
    load_low(f, 0);
    if_has(f, CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER |
                  CLONE_NEWPID | CLONE_NEWNET | CLONE_PTRACE);
    put_end(f);
    if_has(f, CLONE_THREAD);
    put_answer(f, threads ? CALL_ALLOWED : EAGAIN);
    put_end(f);
    call_end(f, begin);
}

// abort() and raise().
static void put_tgkill(struct cage_filter *f, uint32_t pid)
{
    uint16_t begin = call_begin(f, __NR_tgkill);
    load_low(f, 0);
    if_is(f, pid);
    put_answer(f, CALL_ALLOWED);
    put_end(f);
    call_end(f, begin);
}

bool cage_filter_make(struct cage_filter *f, uint32_t pid, bool threads)
{
    f->n = 0;
    load(f, offsetof(struct seccomp_data, arch));
    if_is_not(f, FILTER_ARCH);
    put_end(f);
    load(f, offsetof(struct seccomp_data, nr));
    // The calls of x32, whose arch is the same, have numbers that are none of these.
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        if_is(f, calls[i].number);
        put_answer(f, calls[i].answer);
    }
    put_memory_call(f, __NR_mmap);
    put_memory_call(f, __NR_mprotect);
    put_fstatat(f);
    put_prlimit(f);
    put_fcntl(f);
    put_clone(f, threads);
    put_tgkill(f, pid);
    put_end(f);
    return f->n < CAGE_FILTER_MAX;
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
