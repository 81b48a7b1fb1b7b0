// SPDX-License-Identifier: MIT
#include "cli/follow.h"

#include "cli/serial.h"
#include "cli/stop.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    IDLE_MS = 300,
    FIRST_PAUSE_MS = 50, // doubled after every vain attempt, up to
    LONGEST_PAUSE_MS = 500,
    LOOK_MS = 500,            // how often the path of a silent FIFO or file is looked at
    LOOK_BLIND_MS = 200,      // the same for a file where inotify does not work
    LAST_BYTES = 1024 * 1024, // enough to read after a signal: an endless writer cannot hold us
};

enum kind { KIND_DEVICE, KIND_FIFO, KIND_FILE };

enum step { STEP_ON, STEP_DATA, STEP_IDLE, STEP_FAILED };

struct follow {
    char *path;
    struct follow_options options;
    speed_t speed;
    int fd;
    int held;  // the FIFO read before, closed once the next is open
    int watch; // inotify on the open file
    enum kind kind;
    dev_t device;
    ino_t inode;
    off_t offset;
    struct termios before;
    bool was_set; // `before` holds what to put back
    bool waiting, ever_open, gone;
    bool heard;      // bytes came since it was opened
    bool talking;    // bytes came since the last LINES_IDLE
    bool unfinished; // the last byte given was no line end
    bool owes_end;
    bool hung;    // poll says that the FIFO's last writer left
    bool leaving; // the file was replaced; what is left of it is read first
    int pause_ms;
    size_t last_bytes; // read since a signal asked to stop
};

struct follow *follow_new(const struct follow_options *options)
{
    speed_t speed;
    if (!serial_find_speed(options->baud, &speed))
        return errno = EINVAL, NULL;
    struct follow *f = calloc(1, sizeof *f);
    if (f == NULL)
        return NULL;
    f->path = strdup(options->path);
    if (f->path == NULL)
        return free(f), NULL;
    f->options = *options;
    f->options.path = f->path;
    if (f->options.idle_ms <= 0)
        f->options.idle_ms = IDLE_MS;
    f->speed = speed;
    f->fd = f->held = f->watch = -1;
    f->pause_ms = FIRST_PAUSE_MS;
    return f;
}

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static void close_path(struct follow *f)
{
    if (f->was_set && f->fd >= 0)
        tcsetattr(f->fd, TCSANOW, &f->before);
    f->was_set = false;
    close_fd(&f->watch);
    close_fd(&f->fd);
}

void follow_free(struct follow **f)
{
    if (*f == NULL)
        return;
    close_path(*f);
    close_fd(&(*f)->held);
    free((*f)->path);
    free(*f);
    *f = NULL;
}

static void tell(const struct follow *f, enum follow_event event, int native)
{
    if (f->options.event != NULL)
        f->options.event(f->options.ctx, event, native);
}

// Waits until fd (-1: nothing) has something, a signal asks to stop, or the time is over (0).
static short wait_for(int fd, int ms)
{
    struct pollfd p[] = { { .fd = fd, .events = POLLIN }, { .fd = stop_fd(), .events = POLLIN } };
    int n = poll(p, 2, ms);
    if (n == 0)
        return 0;
    return n > 0 && p[0].revents ? p[0].revents : POLLPRI; // POLLPRI: woken for another reason
}

static void pause_a_while(struct follow *f)
{
    wait_for(-1, f->pause_ms);
    f->pause_ms = f->pause_ms * 2 < LONGEST_PAUSE_MS ? f->pause_ms * 2 : LONGEST_PAUSE_MS;
}

static void break_line(struct follow *f)
{
    f->owes_end = f->unfinished;
}

static bool set_raw(struct follow *f)
{
    f->was_set = serial_set_raw(f->fd, f->speed, &f->before);
    return f->was_set;
}

// Through the descriptor, for the path may lead to another file by now.
static void watch_file(struct follow *f)
{
    char name[32];
    snprintf(name, sizeof name, "/proc/self/fd/%d", f->fd);
    f->watch = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    const uint32_t what = IN_MODIFY | IN_ATTRIB | IN_MOVE_SELF | IN_DELETE_SELF;
    if (f->watch >= 0 && inotify_add_watch(f->watch, name, what) < 0)
        close_fd(&f->watch);
}

// Finds out what was opened and makes it ready; false with errno.
static bool set_up(struct follow *f)
{
    struct stat s;
    if (fstat(f->fd, &s) < 0)
        return false;
    f->device = s.st_dev;
    f->inode = s.st_ino;
    if (S_ISFIFO(s.st_mode)) {
        f->kind = KIND_FIFO;
    } else if (S_ISREG(s.st_mode)) {
        f->kind = KIND_FILE;
        watch_file(f);
    } else if (S_ISCHR(s.st_mode)) {
        f->kind = KIND_DEVICE;
        return !isatty(f->fd) || set_raw(f);
    } else {
        errno = S_ISDIR(s.st_mode) ? EISDIR : ENOTSUP;
        return false;
    }
    return true;
}

static bool worth_waiting(const struct follow *f, int native)
{
    switch (native) {
    case ENOENT:
    case ENXIO:
    case ENODEV:
    case EIO:
    case EBUSY:
    case EINTR:
    case EAGAIN:
        return true;
    case EACCES:
    case EPERM:
        return f->ever_open; // udev sets the rights a moment after the device is back
    default:
        return false;
    }
}

static enum step not_there(struct follow *f, int native)
{
    close_path(f);
    if (!worth_waiting(f, native))
        return errno = native, STEP_FAILED;
    if (f->ever_open && !f->gone) {
        f->gone = true;
        tell(f, FOLLOW_GONE, native);
    } else if (!f->ever_open && !f->waiting) {
        f->waiting = true;
        tell(f, FOLLOW_WAITING, native);
    }
    pause_a_while(f);
    return STEP_ON;
}

static enum step open_path(struct follow *f)
{
    f->fd = open(f->path, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    bool ready = f->fd >= 0 && set_up(f);
    int native = errno;
    close_fd(&f->held);
    if (!ready)
        return not_there(f, native);
    f->offset = 0;
    f->heard = f->hung = f->leaving = false;
    if (!f->ever_open)
        tell(f, FOLLOW_OPENED, 0);
    else if (f->gone)
        tell(f, FOLLOW_BACK, 0);
    f->ever_open = true;
    f->gone = false;
    return STEP_ON;
}

static enum step device_gone(struct follow *f, int native)
{
    close_path(f);
    break_line(f);
    if (!f->gone)
        tell(f, FOLLOW_GONE, native);
    f->gone = true;
    pause_a_while(f);
    return STEP_ON;
}

// True when the path leads to something else than what is open.
static bool is_replaced(struct follow *f)
{
    struct stat s;
    if (stat(f->path, &s) < 0) {
        int native = errno;
        if (!f->gone)
            tell(f, FOLLOW_GONE, native);
        f->gone = true;
        return false;
    }
    if (s.st_dev != f->device || s.st_ino != f->inode)
        return true;
    if (f->gone)
        tell(f, FOLLOW_BACK, 0);
    f->gone = false;
    return false;
}

// A FIFO whose last writer left reports a hang-up until it is opened anew. The old descriptor is
// kept until then: without a reader for a moment, the next writer would be killed by SIGPIPE and
// what it wrote be lost. Opened for writing as well, it would never hang up, and the end of a
// writer, which ends its last line, would not be seen.
static enum step reopen_fifo(struct follow *f)
{
    break_line(f);
    if (!f->heard)
        pause_a_while(f);
    f->held = f->fd;
    f->fd = -1;
    return STEP_ON;
}

static enum step wait_for_stream(struct follow *f)
{
    bool fifo = f->kind == KIND_FIFO;
    short got = wait_for(f->fd, f->talking ? f->options.idle_ms : fifo ? LOOK_MS : -1);
    bool hung = (got & (POLLHUP | POLLERR | POLLNVAL)) != 0;
    if (!fifo && hung && !(got & POLLIN))
        return device_gone(f, 0);
    f->hung = hung;
    if (got == 0 && f->talking)
        return f->talking = false, STEP_IDLE;
    if (got == 0 && fifo && !f->heard && is_replaced(f)) {
        if (!f->gone)
            tell(f, FOLLOW_REPLACED, 0);
        return reopen_fifo(f);
    }
    return STEP_ON;
}

// Nothing to read and no writer: one has left, or none has come yet.
static enum step fifo_is_empty(struct follow *f)
{
    if (!f->hung && !f->heard)
        return wait_for_stream(f);
    if (f->heard)
        tell(f, FOLLOW_WRITER_LEFT, 0);
    return reopen_fifo(f);
}

static void forget_changes(struct follow *f)
{
    _Alignas(struct inotify_event) char events[4096];
    while (f->watch >= 0 && read(f->watch, events, sizeof events) > 0)
        continue;
}

static enum step leave_file(struct follow *f)
{
    break_line(f);
    if (!f->gone)
        tell(f, FOLLOW_REPLACED, 0);
    close_path(f);
    return STEP_ON;
}

static enum step file_is_read(struct follow *f)
{
    struct stat s;
    if (fstat(f->fd, &s) == 0 && s.st_size < f->offset) {
        if (lseek(f->fd, 0, SEEK_SET) < 0)
            return STEP_FAILED;
        f->offset = 0;
        break_line(f);
        tell(f, FOLLOW_TRUNCATED, 0);
        return STEP_ON;
    }
    if (f->leaving)
        return leave_file(f);
    // It is read once more before it is left: something may have been added just now.
    f->leaving = is_replaced(f);
    if (f->leaving)
        return STEP_ON;
    wait_for(f->watch, f->watch >= 0 ? LOOK_MS : LOOK_BLIND_MS);
    forget_changes(f);
    return STEP_ON;
}

static void note_bytes(struct follow *f, const char *buf, size_t n)
{
    char last = buf[n - 1];
    f->unfinished = f->options.null_ends ? last != '\0' : last != '\n' && last != '\r';
    f->heard = f->talking = true;
    f->offset += (off_t)n;
    f->pause_ms = FIRST_PAUSE_MS;
}

static enum step read_more(struct follow *f, char *buf, size_t size, long *n)
{
    *n = read(f->fd, buf, size);
    int native = *n < 0 ? errno : 0;
    if (*n > 0)
        return note_bytes(f, buf, (size_t)*n), STEP_DATA;
    if (native == EINTR)
        return STEP_ON;
    if (native == EAGAIN)
        return wait_for_stream(f);
    if (f->kind == KIND_DEVICE)
        return device_gone(f, native);
    if (native != 0)
        return STEP_FAILED;
    return f->kind == KIND_FIFO ? fifo_is_empty(f) : file_is_read(f);
}

// After a signal: what is there already, and the rest of the line if that was too much.
static long read_last(struct follow *f, char *buf, size_t size)
{
    bool enough = f->last_bytes >= LAST_BYTES;
    if (f->fd < 0 || (enough && !f->unfinished) || f->last_bytes >= 2 * LAST_BYTES)
        return LINES_END;
    size_t most = enough ? 1 : LAST_BYTES - f->last_bytes;
    ssize_t n;
    do
        n = read(f->fd, buf, size < most ? size : most);
    while (n < 0 && errno == EINTR);
    if (n <= 0)
        return LINES_END;
    note_bytes(f, buf, (size_t)n);
    f->last_bytes += (size_t)n;
    return n;
}

static long follow_read(void *ctx, char *buf, size_t size)
{
    struct follow *f = ctx;
    for (;;) {
        long n = 0;
        if (f->owes_end) {
            f->owes_end = f->unfinished = false;
            buf[0] = f->options.null_ends ? '\0' : '\n';
            return 1;
        }
        if (stop_asked())
            return read_last(f, buf, size);
        switch (f->fd < 0 ? open_path(f) : read_more(f, buf, size, &n)) {
        case STEP_DATA:
            return n;
        case STEP_IDLE:
            return LINES_IDLE;
        case STEP_FAILED:
            return LINES_FAILED;
        case STEP_ON:
            break;
        }
    }
}

struct lines_source follow_source(struct follow *f)
{
    return (struct lines_source){ follow_read, f };
}
