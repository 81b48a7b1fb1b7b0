// SPDX-License-Identifier: MIT
#include "cage/cage.h"

#include "cage/layers.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SYS_close_range
#define SYS_close_range 436
#endif

enum { STANDARD_DESCRIPTORS = 3, SPARE_DESCRIPTORS = 2 };

#define STEP_SENTENCE(identifier, sentence) sentence,
static const char *const sentences[] = { CAGE_STEPS(STEP_SENTENCE) };
#undef STEP_SENTENCE

const char *cage_sentence(enum cage_step step)
{
    return sentences[step];
}

// A filter may be loaded by a process without privileges only when it can gain none; being not
// dumpable keeps other processes of the same user out of it, and its memory out of core files.
int cage_drop_privileges(void)
{
    struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
    static const struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3];

    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 ||
        syscall(SYS_capset, &header, none) != 0)
        return errno;
    return 0;
}

static bool is_kept(int fd, const int *keep, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (keep[i] == fd)
            return true;
    return false;
}

static int highest(const int *keep, size_t count)
{
    int most = STANDARD_DESCRIPTORS - 1;
    for (size_t i = 0; i < count; i++)
        most = keep[i] > most ? keep[i] : most;
    return most;
}

static int close_from(unsigned first, unsigned last)
{
    if (syscall(SYS_close_range, first, last, 0) == 0)
        return 0;
    if (errno != ENOSYS)
        return errno;
    long end = sysconf(_SC_OPEN_MAX);
    for (unsigned fd = first; fd <= last && (long)fd < end; fd++)
        close((int)fd);
    return 0;
}

// A library that complains on standard error is not to write into whatever got that number next.
// The reading end of a pipe without a writer serves without a path to open.
static int fill_standard(const int *keep, size_t count)
{
    int ends[2];

    if (pipe(ends) != 0)
        return errno;
    close(ends[1]);
    for (int fd = 0; fd < STANDARD_DESCRIPTORS; fd++)
        if (!is_kept(fd, keep, count) && fd != ends[0] && dup2(ends[0], fd) < 0)
            return errno;
    return 0; // closed with all the others
}

int cage_drop_descriptors(const int *keep, size_t count)
{
    int result = fill_standard(keep, count);
    int most = highest(keep, count);

    for (int fd = STANDARD_DESCRIPTORS; fd < most && result == 0; fd++)
        if (!is_kept(fd, keep, count))
            close(fd);
    return result == 0 ? close_from((unsigned)most + 1, UINT_MAX) : result;
}

static int set_limit(int resource, uint64_t soft, uint64_t hard)
{
    struct rlimit limit;

    if (getrlimit(resource, &limit) != 0)
        return errno;
    if (limit.rlim_max > hard)
        limit.rlim_max = hard;
    limit.rlim_cur = soft < limit.rlim_max ? soft : limit.rlim_max;
    return setrlimit(resource, &limit) == 0 ? 0 : errno;
}

int cage_set_limits(const struct cage_limits *limits)
{
    uint64_t descriptors =
        (uint64_t)highest(limits->keep, limits->keep_count) + 1 + SPARE_DESCRIPTORS;
    int result = set_limit(RLIMIT_CORE, 0, 0);

    if (result == 0)
        result = set_limit(RLIMIT_FSIZE, 0, 0);
    // The user's other processes count as well, so that no number would allow a few threads.
    if (result == 0 && !limits->threads)
        result = set_limit(RLIMIT_NPROC, 0, 0);
    if (result == 0)
        result = set_limit(RLIMIT_NOFILE, descriptors, descriptors);
    if (result == 0 && limits->seconds > 0)
        result = set_limit(RLIMIT_CPU, limits->seconds, (uint64_t)limits->seconds + 1);
    if (result == 0 && limits->memory > 0)
        result = set_limit(RLIMIT_AS, limits->memory, limits->memory);
    return result;
}

bool cage_enter(const struct cage_limits *limits, struct cage_error *error)
{
    struct cage_filter filter;

    *error = (struct cage_error){ CAGE_PROCESSOR, ENOTSUP };
    if (!cage_filter_make(&filter, (uint32_t)getpid(), limits->threads))
        return false;
    error->step = CAGE_PRIVILEGES;
    if ((error->native = cage_drop_privileges()) != 0)
        return false;
    error->step = CAGE_DESCRIPTORS;
    error->native = limits->keep_count > CAGE_KEEP_MAX
                        ? EINVAL
                        : cage_drop_descriptors(limits->keep, limits->keep_count);
    if (error->native != 0)
        return false;
    error->step = CAGE_LANDLOCK;
    if ((error->native = cage_landlock_enter()) != 0)
        return false;
    error->step = CAGE_LIMITS;
    if ((error->native = cage_set_limits(limits)) != 0)
        return false;
    error->step = CAGE_SECCOMP;
    if ((error->native = cage_filter_load(&filter)) != 0)
        return false;
    *error = (struct cage_error){ CAGE_DONE, 0 };
    return true;
}
