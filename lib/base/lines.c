// SPDX-License-Identifier: MIT
#include "base/lines.h"

#include "base/wipe.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

enum { CHUNK = 256 * 1024, SIZE_LIMIT = LINES_MAX_LENGTH + CHUNK };

bool lines_open(struct lines *l, struct lines_source source, bool null_ends)
{
    *l = (struct lines){ .source = source, .null_ends = null_ends };
    l->buf = malloc(CHUNK);
    l->size = l->buf ? CHUNK : 0;
    return l->buf != NULL;
}

void lines_close(struct lines *l)
{
    wipe(l->buf, l->high);
    free(l->buf);
    *l = (struct lines){ .ended = true };
}

// The place of the first c before limit, or limit.
static size_t find(const struct lines *l, size_t *none_before, char c, size_t limit)
{
    size_t from = *none_before > l->start ? *none_before : l->start;
    if (from >= limit)
        return limit;
    const char *hit = memchr(l->buf + from, c, limit - from);
    *none_before = hit ? (size_t)(hit - l->buf) : limit;
    return *none_before;
}

static size_t find_line_end(struct lines *l)
{
    size_t lf = find(l, &l->no_lf, l->null_ends ? '\0' : '\n', l->end);
    if (l->null_ends)
        return lf;
    // In all that is buffered: most input has no CR at all, and then one look is enough.
    size_t cr = find(l, &l->no_cr, '\r', l->end);
    return cr < lf ? cr : lf;
}

static void swallow_lf(struct lines *l)
{
    if (!l->after_cr || l->start == l->end)
        return;
    l->after_cr = false;
    if (l->buf[l->start] == '\n')
        l->start++;
}

// Gives the line that ends at `at`; false when nobody is to see it.
static bool cut_line(struct lines *l, size_t at, struct str *line)
{
    *line = (struct str){ l->buf + l->start, at - l->start };
    l->after_cr = !l->null_ends && l->buf[at] == '\r';
    l->start = at + 1;
    bool hidden = l->skipping || (l->taken && line->n == 0);
    l->skipping = l->taken = false;
    return !hidden;
}

static enum lines_event give(struct str *line)
{
    if (line->n <= LINES_MAX_LENGTH)
        return LINES_LINE;
    *line = str_head(*line, LINES_HEAD_LENGTH);
    return LINES_TOO_LONG;
}

// All that is buffered, as one piece without an end.
static void drain(struct lines *l, struct str *piece)
{
    *piece = (struct str){ l->buf + l->start, l->skipping ? 0 : l->end - l->start };
    l->start = l->end;
}

static void fail(struct lines *l, int native)
{
    l->failed = l->ended = true;
    l->native = native;
}

static void compact(struct lines *l)
{
    size_t kept = l->end - l->start;
    if (kept > 0 && l->start > 0)
        memmove(l->buf, l->buf + l->start, kept);
    l->no_lf -= l->no_lf < l->start ? l->no_lf : l->start;
    l->no_cr -= l->no_cr < l->start ? l->no_cr : l->start;
    l->start = 0;
    l->end = kept;
}

static bool grow(struct lines *l)
{
    size_t size = l->size < SIZE_LIMIT / 2 ? l->size * 2 : SIZE_LIMIT;
    // Not realloc: it would leave a copy of personal data behind in freed memory.
    char *grown = malloc(size);
    if (grown == NULL)
        return false;
    if (l->end > 0)
        memcpy(grown, l->buf, l->end);
    wipe(l->buf, l->high);
    free(l->buf);
    l->buf = grown;
    l->size = size;
    return true;
}

// False when the source is idle.
static bool refill(struct lines *l)
{
    compact(l);
    if (l->end == l->size && !grow(l))
        return fail(l, ENOMEM), true;
    long n = l->source.read(l->source.ctx, l->buf + l->end, l->size - l->end);
    if (n == LINES_IDLE)
        return false;
    if (n > 0)
        l->end += (size_t)n;
    else if (n == LINES_END)
        l->ended = true;
    else
        fail(l, errno);
    if (l->end > l->high)
        l->high = l->end;
    return true;
}

// No end is in sight. True when what is buffered has to be said or dropped before reading on.
static bool overflows(struct lines *l, struct str *line)
{
    if (!l->skipping && l->end - l->start <= LINES_MAX_LENGTH)
        return false;
    drain(l, line);
    return true;
}

enum lines_event lines_next(struct lines *l, struct str *line)
{
    for (;;) {
        swallow_lf(l);
        size_t at = find_line_end(l);
        if (at < l->end) {
            if (cut_line(l, at, line))
                return give(line);
            continue;
        }
        if (overflows(l, line) && !l->skipping) {
            l->skipping = true;
            return give(line);
        }
        if (l->ended) {
            drain(l, line);
            return line->n > 0 ? LINES_LINE : LINES_DONE;
        }
        if (!refill(l)) {
            *line = (struct str){ l->buf + l->start, l->end - l->start };
            return LINES_QUIET;
        }
    }
}

void lines_take_unfinished(struct lines *l)
{
    l->taken = l->taken || l->skipping || l->start < l->end;
    l->skipping = false;
    l->start = l->end;
}

static void wait_readable(int fd)
{
    struct pollfd p = { .fd = fd, .events = POLLIN };
    poll(&p, 1, -1);
}

long lines_read_fd(void *fd, char *buf, size_t size)
{
    int in = *(const int *)fd;
    for (;;) {
        ssize_t n = read(in, buf, size);
        if (n >= 0)
            return n; // zero is LINES_END
        // A terminal or a pipe may have been made non-blocking by another process that shares it.
        if (errno == EAGAIN)
            wait_readable(in);
        else if (errno != EINTR)
            return LINES_FAILED;
    }
}
