// SPDX-License-Identifier: MIT
#include "cli/scanner_load.h"

#include "cli/tell.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

// One byte more than there may be. -1 with errno.
static long read_file(const char *path, char *to, size_t size)
{
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    size_t n = 0;
    ssize_t got = -1;

    while (fd >= 0 && n < size) {
        got = read(fd, to + n, size - n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        n += (size_t)got;
    }
    int native = errno;
    if (fd >= 0)
        close(fd);
    errno = native;
    return fd < 0 || got < 0 ? -1 : (long)n;
}

enum status scanner_load(const char *program, const char *path, struct scanner_profile *profile)
{
    static char text[PROFILE_LENGTH_MAX + 1];
    const char *why = N_("it is too long for a profile");
    unsigned line = 1;
    long n = read_file(path, text, sizeof text);

    if (n < 0) {
        tell_failure(program, path, errno);
        return STATUS_FAILED;
    }
    if (n <= PROFILE_LENGTH_MAX &&
        scanner_profile_read((struct str){ text, (size_t)n }, profile, &line, &why))
        return STATUS_OK;
    char where[4200];
    snprintf(where, sizeof where, "%s:%u", path, line);
    tell(program, where, why);
    return STATUS_USAGE;
}
