// SPDX-License-Identifier: MIT
#include "cli/stop.h"

#include <errno.h>
#include <signal.h>
#include <stddef.h>
#include <sys/eventfd.h>

static int fd = -1;
static volatile sig_atomic_t asked;

static void ask(int number)
{
    int native = errno;
    (void)number;
    asked = 1;
    (void)eventfd_write(fd, 1);
    errno = native;
}

bool stop_on_signals(void)
{
    eventfd_t asked_before;
    if (fd < 0)
        fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    else
        (void)eventfd_read(fd, &asked_before);
    asked = 0;
    // SA_RESTART, so that a write of a record is not broken off: poll() returns in any case.
    struct sigaction action = { .sa_handler = ask, .sa_flags = SA_RESTART };
    sigemptyset(&action.sa_mask);
    return fd >= 0 && sigaction(SIGINT, &action, NULL) == 0 &&
           sigaction(SIGTERM, &action, NULL) == 0;
}

bool stop_asked(void)
{
    return asked != 0;
}

int stop_fd(void)
{
    return fd;
}
