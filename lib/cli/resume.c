// SPDX-License-Identifier: MIT
#include "cli/resume.h"

#include "wire/json.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

// The paths are not copied: the table holds the places in the file where they stand.
struct resume {
    int fd;
    char *text; // the file, mapped
    size_t size;
    size_t *slot; // where a path's line begins, and one; 0: empty
    size_t slots; // a power of two
    size_t count;
};

static const struct str line_begin = { "{\"v\":1,\"source\":{", 17 };

// How json_put_path() wrote a path at the beginning of s.
static struct str written_path(struct str s)
{
    const struct str escaped = STR(",\"path_escaped\":true");
    for (size_t i = 1; i < s.n; i++) {
        if (s.p[i] == '\\')
            i++;
        else if (s.p[i] == '"')
            return str_head(s, str_starts(str_from(s, i + 1), escaped) ? i + 1 + escaped.n : i + 1);
    }
    return (struct str){ "", 0 };
}

// The path of a line as it stands there; empty for standard input.
static struct str path_of(struct str line)
{
    struct str source = str_skip(line, line_begin), rest = str_skip(source, STR("\"path\":"));
    return rest.n < source.n ? written_path(rest) : (struct str){ "", 0 };
}

// Is this a line of ours, or what a run that was killed left of one?
static bool is_ours(struct str line, bool whole)
{
    return str_starts(line, whole ? line_begin : str_head(line_begin, line.n));
}

static struct str line_at(const struct resume *r, size_t start)
{
    struct str rest = { r->text + start, r->size - start };
    return str_head(rest, str_find(rest, '\n'));
}

static size_t find_slot(const struct resume *r, struct str path)
{
    size_t i = str_hash(path) & (r->slots - 1);
    while (r->slot[i] != 0 && !str_eq(path_of(line_at(r, r->slot[i] - 1)), path))
        i = (i + 1) & (r->slots - 1);
    return i;
}

static bool grow(struct resume *r)
{
    size_t *old = r->slot, slots = r->slots;

    r->slots = slots == 0 ? 1024 : slots * 2;
    r->slot = calloc(r->slots, sizeof *r->slot);
    for (size_t i = 0; r->slot != NULL && i < slots; i++)
        if (old[i] != 0)
            r->slot[find_slot(r, path_of(line_at(r, old[i] - 1)))] = old[i];
    free(old);
    return r->slot != NULL;
}

static bool add(struct resume *r, size_t start)
{
    if (r->count * 2 >= r->slots && !grow(r))
        return false;
    size_t i = find_slot(r, path_of(line_at(r, start)));
    r->count += r->slot[i] == 0;
    r->slot[i] = start + 1;
    return true;
}

// The lines of an input stand together, and are whole once those of another one follow. *end is
// where the last input's lines begin. A file that holds anything else stays as it is.
static bool read_all(struct resume *r, size_t *end)
{
    size_t group = 0, start = 0;

    while (start < r->size) {
        struct str line = line_at(r, start);
        bool whole = start + line.n < r->size;
        if (!is_ours(line, whole))
            return errno = EINVAL, false;
        if (!whole)
            break; // broken off
        if (!str_eq(path_of(line), path_of(line_at(r, group)))) {
            if (!add(r, group))
                return false;
            group = start;
        }
        start += line.n + 1;
    }
    *end = group;
    return true;
}

// Two runs that write the same file would ruin it. The workers of one that was killed hold it for a
// moment longer.
static bool lock(int fd)
{
    enum { TRIES = 20, PAUSE = 100 * 1000 * 1000 };
    for (int i = 0; i < TRIES; i++) {
        if (flock(fd, LOCK_EX | LOCK_NB) == 0)
            return true;
        if (errno != EWOULDBLOCK && errno != EINTR)
            return false;
        nanosleep(&(struct timespec){ 0, PAUSE }, NULL);
    }
    return false;
}

static bool map_file(struct resume *r)
{
    struct stat st;

    if (!lock(r->fd) || fstat(r->fd, &st) != 0)
        return false;
    if (!S_ISREG(st.st_mode))
        return errno = EINVAL, false;
    r->size = (size_t)st.st_size;
    if (r->size == 0)
        return true;
    void *text = mmap(NULL, r->size, PROT_READ, MAP_SHARED, r->fd, 0);
    r->text = text == MAP_FAILED ? NULL : text;
    return r->text != NULL;
}

struct resume *resume_open(const char *path, int *fd)
{
    struct resume *r = calloc(1, sizeof *r);
    size_t end = 0;

    if (r == NULL)
        return NULL;
    r->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (r->fd >= 0 && map_file(r) && read_all(r, &end) && ftruncate(r->fd, (off_t)end) == 0 &&
        lseek(r->fd, 0, SEEK_END) >= 0) {
        *fd = r->fd;
        return r;
    }
    int native = errno;
    resume_close(&r);
    errno = native;
    return NULL;
}

bool resume_has(const struct resume *r, struct str path)
{
    struct bytes key = { 0 };

    if (r->count == 0)
        return false;
    if (!str_eq(path, STR("-")))
        json_put_path(&key, path);
    bool has = r->slot[find_slot(r, bytes_str(&key))] != 0;
    bytes_free(&key);
    return has;
}

void resume_close(struct resume **resume)
{
    struct resume *r = *resume;
    if (r == NULL)
        return;
    if (r->text != NULL)
        munmap(r->text, r->size);
    if (r->fd >= 0)
        close(r->fd);
    free(r->slot);
    free(r);
    *resume = NULL;
}
