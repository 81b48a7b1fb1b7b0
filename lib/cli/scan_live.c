// SPDX-License-Identifier: MIT
#include "cli/scan_live.h"

#include "batch/watch.h"
#include "cli/stop.h"
#include "image/frames.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/stat.h>
#include <unistd.h>

// One descriptor that is readable when any of two is. -1, with errno, when it cannot be had.
static int either(int first, int second)
{
    int fd = epoll_create1(EPOLL_CLOEXEC);
    struct epoll_event event = { .events = EPOLLIN };
    bool ok = fd >= 0 && epoll_ctl(fd, EPOLL_CTL_ADD, second, &event) == 0;

    // A file is always readable and cannot be waited for.
    ok = ok && (epoll_ctl(fd, EPOLL_CTL_ADD, first, &event) == 0 || errno == EPERM);
    if (ok || fd < 0)
        return fd;
    int native = errno;
    close(fd);
    errno = native;
    return -1;
}

static enum live_end watch_folder(struct scan_job *job, struct watch *watch, struct resume *resume,
                                  int wake)
{
    struct str path;

    while (!stop_asked()) {
        switch (watch_next(watch, &path)) {
        case WATCH_FILE:
            if (!(resume != NULL && resume_take_all(resume, path)) && !scan_job_file(job, path))
                return LIVE_FAILED;
            break;
        case WATCH_QUIET:
            if (!scan_job_wait(job, wake, watch_pause(watch)))
                return LIVE_FAILED;
            break;
        case WATCH_LOST:
            return LIVE_LOST;
        case WATCH_GONE:
            return LIVE_GONE;
        }
    }
    return LIVE_STOPPED;
}

enum live_end scan_live_folder(struct scan_job *job, const char *folder, struct resume *resume)
{
    struct watch *watch = NULL;
    enum live_end end = LIVE_FAILED;
    int wake = -1;

    if (stop_on_signals() && (watch = watch_open(folder)) != NULL &&
        (wake = either(watch_fd(watch), stop_fd())) >= 0)
        end = watch_folder(job, watch, resume, wake);
    int native = errno;
    if (wake >= 0)
        close(wake);
    watch_close(&watch);
    errno = native;
    return end;
}

static bool give_frames(struct scan_job *job, struct frames *frames, uint32_t *number)
{
    struct str frame;
    while (!stop_asked() && frames_next(frames, &frame)) {
        if (!scan_job_frame(job, frame, ++*number))
            return false;
        frames_drop(frames, frame);
    }
    return true;
}

static enum live_end read_stream(struct scan_job *job, int fd, int wake, struct frames *frames)
{
    struct stat st;
    int pause = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? 0 : -1;
    static char chunk[65536];
    uint32_t number = 0;

    while (!stop_asked()) {
        if (!scan_job_wait(job, wake, pause))
            return LIVE_FAILED;
        if (stop_asked())
            break;
        ssize_t n = read(fd, chunk, sizeof chunk);
        if (n < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (n <= 0)
            return n == 0 ? LIVE_STOPPED : LIVE_FAILED;
        if (!frames_put(frames, (struct str){ chunk, (size_t)n }) ||
            !give_frames(job, frames, &number))
            return LIVE_FAILED;
    }
    return LIVE_STOPPED;
}

enum live_end scan_live_stream(struct scan_job *job, int fd, uint64_t frame_max)
{
    struct frames frames = { .limit = (size_t)frame_max };
    enum live_end end = LIVE_FAILED;
    int wake = -1;

    if (stop_on_signals() && (wake = either(fd, stop_fd())) >= 0)
        end = read_stream(job, fd, wake, &frames);
    int native = errno;
    if (wake >= 0)
        close(wake);
    bytes_free(&frames.buffer);
    errno = native;
    return end;
}
