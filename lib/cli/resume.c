// SPDX-License-Identifier: MIT
#include "cli/resume.h"

#include "base/error.h"
#include "wire/json.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

// What is done, by its path: of that only a sum is kept, and the place in the file where it stands.
struct done {
    uint64_t start; // of a line with that path, and one; 0: empty
    uint32_t sum;
    uint32_t times; // that it is done and was not asked for yet
};

struct resume {
    int fd;
    char *text; // the file, mapped
    size_t size;
    struct timespec written; // last, before this run
    size_t looked;           // since pages of it were last given back
    struct done *slot;
    size_t slots; // a power of two
    size_t count;
    enum status status; // of what is done
};

enum { PAGES_ONCE = 64 * 1024 }; // of a file, which the kernel maps when one is looked at

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

// The pages of the file that were looked at are no memory of ours any longer.
static void give_back(struct resume *r, size_t looked)
{
    enum { ENOUGH = 4 << 20 };
    r->looked += looked;
    if (r->looked < ENOUGH)
        return;
    madvise(r->text, r->size, MADV_DONTNEED);
    r->looked = 0;
}

static uint32_t sum_of(struct str path)
{
    uint64_t hash = str_hash(path);
    return (uint32_t)(hash ^ hash >> 32);
}

static struct done *find_slot(const struct resume *r, struct str path)
{
    uint32_t sum = sum_of(path);
    size_t i = sum & (r->slots - 1);

    while (r->slot[i].start != 0 &&
           (r->slot[i].sum != sum || !str_eq(path_of(line_at(r, r->slot[i].start - 1)), path)))
        i = (i + 1) & (r->slots - 1);
    return &r->slot[i];
}

static bool grow(struct resume *r)
{
    size_t slots = r->slots == 0 ? 1024 : r->slots * 2;
    struct done *slot = calloc(slots, sizeof *slot);

    for (size_t i = 0; slot != NULL && i < r->slots; i++) {
        size_t at = r->slot[i].sum & (slots - 1);
        if (r->slot[i].start == 0)
            continue;
        while (slot[at].start != 0)
            at = (at + 1) & (slots - 1);
        slot[at] = r->slot[i];
    }
    if (slot == NULL)
        return false;
    free(r->slot);
    r->slot = slot;
    r->slots = slots;
    return true;
}

static bool add(struct resume *r, size_t start, uint32_t times)
{
    if (r->count * 4 >= r->slots * 3 && !grow(r))
        return false;
    struct str path = path_of(line_at(r, start));
    struct done *d = find_slot(r, path);
    r->count += d->start == 0;
    *d = (struct done){ start + 1, sum_of(path), d->times + times };
    return true;
}

// ---- what the lines say ----

// Up to the next number of milliseconds, or to the end.
static struct str up_to_time(struct str s)
{
    const char *at = s.n > 0 ? memmem(s.p, s.n, "\"ms\":", 5) : NULL;
    return at == NULL ? s : str_head(s, (size_t)(at - s.p) + 5);
}

// Within a string no quote stands alone, so that none can look like the name of a member.
static bool same_but_times(struct str a, struct str b)
{
    for (;;) {
        struct str x = up_to_time(a), y = up_to_time(b);
        if (!str_eq(x, y))
            return false;
        if (x.n == a.n || y.n == b.n)
            return x.n == a.n && y.n == b.n;
        for (a = str_from(a, x.n); a.n > 0 && (char_is_digit(a.p[0]) || a.p[0] == '.');)
            a = str_from(a, 1);
        for (b = str_from(b, y.n); b.n > 0 && (char_is_digit(b.p[0]) || b.p[0] == '.');)
            b = str_from(b, 1);
    }
}

// What stands behind that, up to the next quote; empty where it does not stand in the line.
static struct str behind(struct str line, struct str what)
{
    const char *at = memmem(line.p, line.n, what.p, what.n);
    if (at == NULL)
        return (struct str){ "", 0 };
    struct str rest = str_from(line, (size_t)(at - line.p) + what.n);
    return str_head(rest, str_find(rest, '"'));
}

// A file, its page and all: what comes before the first closing brace behind the path.
static struct str page_of(struct str line)
{
    struct str path = path_of(line);
    size_t at = path.n > 0 ? (size_t)(path.p - line.p) + path.n : 0;
    return str_head(line, at + str_find(str_from(line, at), '}'));
}

static enum status status_of(struct str line)
{
    struct str kind = behind(line, STR(",\"symbol\":{\"kind\":\""));
    struct str code = behind(line, STR(",\"error\":{\"code\":\""));

    if (kind.n > 0)
        return str_eq(kind, STR("cccd")) ? STATUS_OK : STATUS_NEGATIVE;
    enum error_code error = error_from_name(code);
    return error < ERROR_COUNT && error_class_of(error) == ERROR_NEGATIVE ? STATUS_NEGATIVE
                                                                          : STATUS_UNREADABLE;
}

// ---- the file ----

// The lines of an input, gathered as they come.
struct group {
    size_t start;
    uint32_t times;     // that its first line is there: nothing else is twice in one input
    size_t page;        // where the lines of the last page begin
    enum status status; // of the pages before
    enum status best;   // of that page: a card makes up for other codes beside it
};

static void end_page(struct group *g)
{
    g->status = status_worse(g->status, g->best);
    g->best = STATUS_OK;
}

static void take_line(const struct resume *r, struct group *g, size_t start)
{
    struct str line = line_at(r, start);
    enum status status = status_of(line);
    bool first = start == g->start, fresh = first;

    g->times += first || same_but_times(line, line_at(r, g->start));
    if (!fresh)
        fresh = !str_eq(page_of(line), page_of(line_at(r, g->page)));
    if (fresh) {
        end_page(g);
        g->page = start;
        g->best = status;
    } else if (status_worse(status, g->best) == g->best) {
        g->best = status;
    }
}

static bool end_group(struct resume *r, struct group *g, size_t next)
{
    end_page(g);
    r->status = status_worse(r->status, g->status);
    bool ok = add(r, g->start, g->times);
    give_back(r, next - g->start);
    *g = (struct group){ .start = next, .page = next };
    return ok;
}

// The lines of an input stand together, and are whole once those of another one follow. *end is
// where the last input's lines begin. A file that holds anything else stays as it is.
static bool read_all(struct resume *r, size_t *end)
{
    struct group group = { 0 };
    size_t start = 0;

    while (start < r->size) {
        struct str line = line_at(r, start);
        bool whole = start + line.n < r->size;
        if (!is_ours(line, whole))
            return errno = EINVAL, false;
        if (!whole)
            break; // broken off
        if (!str_eq(path_of(line), path_of(line_at(r, group.start))) &&
            !end_group(r, &group, start))
            return false;
        take_line(r, &group, start);
        start += line.n + 1;
    }
    *end = group.start;
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
    r->written = st.st_mtim;
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

// NULL where it is not done.
static struct done *find(struct resume *r, struct str path)
{
    struct bytes key = { 0 };

    if (r->count == 0)
        return NULL;
    if (!str_eq(path, STR("-")))
        json_put_path(&key, path);
    struct done *d = find_slot(r, bytes_str(&key));
    bytes_free(&key);
    give_back(r, PAGES_ONCE);
    return d->start == 0 ? NULL : d;
}

bool resume_take(struct resume *resume, struct str path)
{
    struct done *d = find(resume, path);
    if (d == NULL || d->times == 0)
        return false;
    d->times--;
    return true;
}

// The change of its status is what no program can date back: a moved file keeps its own time.
static bool came_later(const struct resume *r, struct str path)
{
    struct stat st;
    return stat(path.p, &st) == 0 &&
           (st.st_ctim.tv_sec != r->written.tv_sec ? st.st_ctim.tv_sec > r->written.tv_sec
                                                   : st.st_ctim.tv_nsec > r->written.tv_nsec);
}

bool resume_take_all(struct resume *resume, struct str path)
{
    struct done *d = find(resume, path);
    if (d == NULL || d->times == 0)
        return false;
    d->times = 0;
    return !came_later(resume, path);
}

enum status resume_status(const struct resume *resume)
{
    return resume->status;
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
