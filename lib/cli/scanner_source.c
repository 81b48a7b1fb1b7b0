// SPDX-License-Identifier: MIT
#include "cli/scanner_source.h"

#include "cli/serial.h"
#include "cli/stop.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CTRL_C = 3, CTRL_D = 4, PIECE = 4096 };

// In a terminal that is raw, Ctrl-C and Ctrl-D are characters. A scanner may send them too, but
// among others.
static bool is_end_key(const char *p, ssize_t n)
{
    return n == 1 && (p[0] == CTRL_C || p[0] == CTRL_D);
}

// 1: something can be read; 0: silence, or a signal; -1 with errno.
static int wait_for(int fd, int ms)
{
    struct pollfd p[] = { { .fd = fd, .events = POLLIN }, { .fd = stop_fd(), .events = POLLIN } };
    int n = poll(p, 2, ms);

    if (n < 0)
        return errno == EINTR ? 0 : -1;
    return n > 0 && p[0].revents != 0;
}

// A person at the terminal may have to look for the sheet first.
static int patience(const struct scanner_source *source, int fd, bool tty, size_t heard)
{
    return fd == STDIN_FILENO && tty && heard == 0 ? -1 : source->wait_ms;
}

// What hung up has ended; so has a device that was pulled out.
static bool read_all(const struct scanner_source *source, int fd, bool tty, size_t most,
                     struct bytes *out)
{
    for (;;) {
        int ready = tty ? wait_for(fd, patience(source, fd, tty, out->n)) : 1;
        if (ready <= 0)
            return ready == 0;
        if (!bytes_reserve(out, PIECE))
            return errno = ENOMEM, false;
        ssize_t n = read(fd, out->p + out->n, PIECE);
        if (n < 0 && (errno == EINTR || errno == EAGAIN) && !stop_asked())
            continue;
        if (n < 0 && errno != EIO)
            return stop_asked();
        if (n <= 0 || (tty && fd == STDIN_FILENO && is_end_key(out->p + out->n, n)))
            return true;
        out->n += (size_t)n;
        if (source->heard != NULL)
            source->heard(source->ctx, (size_t)n);
        if (out->n >= most)
            return true;
    }
}

static enum scanner_source_end read_tty(const struct scanner_source *source, int fd, size_t most,
                                        struct bytes *out)
{
    struct termios before;
    speed_t speed;

    // the speed of the terminal that a person sits at is none of our business
    if (!serial_find_speed(fd == STDIN_FILENO ? 0 : source->baud, &speed))
        return SCANNER_SOURCE_SPEED;
    if (!serial_set_raw(fd, speed, &before))
        return SCANNER_SOURCE_FAILED;
    bool ok = read_all(source, fd, true, most, out);
    int native = errno;
    tcsetattr(fd, TCSANOW, &before);
    errno = native;
    return ok ? SCANNER_SOURCE_LIVE : SCANNER_SOURCE_FAILED;
}

// Without blocking: a serial line without a carrier would. A FIFO waits for its other end.
static int open_path(const char *path)
{
    struct stat st;
    bool fifo = stat(path, &st) == 0 && S_ISFIFO(st.st_mode);

    return open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC | (fifo ? 0 : O_NONBLOCK));
}

enum scanner_source_end scanner_source_read(const struct scanner_source *source, size_t most,
                                            struct bytes *out)
{
    bool standard = strcmp(source->path, "-") == 0;
    int fd = standard ? STDIN_FILENO : open_path(source->path);
    struct stat st;
    enum scanner_source_end end = SCANNER_SOURCE_FAILED;

    if (fd < 0)
        return end;
    if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode))
        errno = EISDIR;
    else if (isatty(fd) == 1)
        end = read_tty(source, fd, most, out);
    else if (read_all(source, fd, false, most, out))
        end = SCANNER_SOURCE_READ;
    int native = errno;
    if (!standard)
        close(fd);
    errno = native;
    return end;
}
