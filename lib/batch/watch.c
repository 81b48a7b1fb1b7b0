// SPDX-License-Identifier: MIT
#include "batch/watch.h"

#include "base/bytes.h"
#include "base/clock.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <unistd.h>

enum { SETTLED = 400 }; // milliseconds without a touch

// A file that was seen, and when it was touched last.
struct seen {
    char *name;
    uint64_t at;
    bool closed; // by whoever wrote it
};

struct watch {
    int fd;
    struct bytes path; // the folder and "/", then a name
    size_t folder;     // how long the folder's part is
    struct seen *seen;
    size_t count, room;
    bool lost, gone;
};

static uint64_t now(void)
{
    return clock_now() / CLOCK_MILLISECOND;
}

static struct seen *find(struct watch *w, const char *name)
{
    for (size_t i = 0; i < w->count; i++)
        if (strcmp(w->seen[i].name, name) == 0)
            return &w->seen[i];
    return NULL;
}

static struct seen *add(struct watch *w, const char *name)
{
    if (w->count == w->room) {
        size_t room = w->room == 0 ? 64 : w->room * 2;
        struct seen *more = reallocarray(w->seen, room, sizeof *more);
        if (more == NULL)
            return NULL;
        w->seen = more;
        w->room = room;
    }
    char *copy = strdup(name);
    if (copy == NULL)
        return NULL;
    w->seen[w->count] = (struct seen){ .name = copy };
    return &w->seen[w->count++];
}

// A file is noted when it is closed; one that is written to again after that is waited for anew.
static void touch(struct watch *w, const char *name, bool closed)
{
    if (name[0] == '.')
        return;
    struct seen *s = find(w, name);
    if (s == NULL && !closed)
        return;
    if (s == NULL)
        s = add(w, name);
    if (s == NULL) {
        w->lost = true;
        return;
    }
    s->at = now();
    s->closed = closed;
}

static void forget(struct watch *w, struct seen *s)
{
    free(s->name);
    memmove(s, s + 1, (size_t)(w->seen + w->count - s - 1) * sizeof *s);
    w->count--;
}

static void take_event(struct watch *w, const struct inotify_event *event)
{
    if (event->mask & IN_Q_OVERFLOW)
        w->lost = true;
    if (event->mask & (IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED | IN_UNMOUNT))
        w->gone = true;
    if (event->len == 0 || (event->mask & IN_ISDIR))
        return;
    if (event->mask & (IN_DELETE | IN_MOVED_FROM)) {
        struct seen *s = find(w, event->name);
        if (s != NULL)
            forget(w, s);
    } else {
        touch(w, event->name, (event->mask & (IN_CLOSE_WRITE | IN_MOVED_TO)) != 0);
    }
}

static void take_events(struct watch *w)
{
    _Alignas(struct inotify_event) char buffer[16 * (sizeof(struct inotify_event) + NAME_MAX + 1)];
    ssize_t n;

    while ((n = read(w->fd, buffer, sizeof buffer)) > 0)
        for (size_t at = 0; at + sizeof(struct inotify_event) <= (size_t)n;) {
            struct inotify_event *event = (struct inotify_event *)(void *)(buffer + at);
            take_event(w, event);
            at += sizeof *event + event->len;
        }
}

static bool add_present(struct watch *w, const char *folder)
{
    struct dirent **entry;
    int count = scandir(folder, &entry, NULL, alphasort);

    for (int i = 0; i < count; i++) {
        if (entry[i]->d_type == DT_REG || entry[i]->d_type == DT_UNKNOWN)
            touch(w, entry[i]->d_name, true);
        free(entry[i]);
    }
    if (count >= 0)
        free(entry);
    return count >= 0;
}

struct watch *watch_open(const char *folder)
{
    struct watch *w = calloc(1, sizeof *w);
    if (w == NULL)
        return NULL;
    w->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    bytes_put_str(&w->path, str_of(folder));
    if (w->path.n > 0 && w->path.p[w->path.n - 1] != '/')
        bytes_put_char(&w->path, '/');
    w->folder = w->path.n;
    uint32_t mask = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MODIFY | IN_DELETE | IN_MOVED_FROM |
                    IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
    // Watched before it is read, so that what comes in between is told twice rather than not.
    if (w->fd < 0 || inotify_add_watch(w->fd, folder, mask) < 0 || !add_present(w, folder)) {
        int native = errno;
        watch_close(&w);
        errno = native;
    }
    return w;
}

static bool is_settled(const struct seen *s)
{
    return s->closed && now() - s->at >= SETTLED;
}

enum watch_event watch_next(struct watch *w, struct str *path)
{
    take_events(w);
    for (size_t i = 0; i < w->count; i++) {
        struct seen *s = &w->seen[i];
        if (!is_settled(s))
            continue;
        w->path.n = w->folder;
        bytes_put_str(&w->path, str_of(s->name));
        bytes_put_char(&w->path, '\0');
        forget(w, s);
        *path = str_head(bytes_str(&w->path), w->path.n - 1);
        return w->path.failed ? WATCH_LOST : WATCH_FILE;
    }
    if (w->lost) {
        w->lost = false;
        return WATCH_LOST;
    }
    return w->gone && w->count == 0 ? WATCH_GONE : WATCH_QUIET;
}

int watch_fd(const struct watch *w)
{
    return w->fd;
}

int watch_pause(const struct watch *w)
{
    uint64_t least = UINT64_MAX, moment = now();

    for (size_t i = 0; i < w->count; i++) {
        if (!w->seen[i].closed)
            continue;
        uint64_t passed = moment - w->seen[i].at;
        uint64_t left = passed < SETTLED ? SETTLED - passed : 0;
        least = left < least ? left : least;
    }
    return least == UINT64_MAX ? -1 : (int)least;
}

void watch_close(struct watch **watch)
{
    struct watch *w = *watch;
    if (w == NULL)
        return;
    if (w->fd >= 0)
        close(w->fd);
    for (size_t i = 0; i < w->count; i++)
        free(w->seen[i].name);
    free(w->seen);
    bytes_free(&w->path);
    free(w);
    *watch = NULL;
}
