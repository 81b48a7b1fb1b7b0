// SPDX-License-Identifier: MIT
// Lines from a stream, in constant memory. A line ends with LF, CR LF or CR alone (many serial
// scanners send only CR), or with a zero byte where the caller asks for that; the last one may
// lack its end.
#ifndef BASE_LINES_H
#define BASE_LINES_H

#include "base/str.h"

enum {
    LINES_END = 0,     // nothing more will come
    LINES_FAILED = -1, // errno tells why
    LINES_IDLE = -2,   // nothing came for a while; more may come
};

// Where the bytes come from. read() blocks for at least one byte and returns how many it put into
// buf, or one of the values above. It is not asked again after LINES_END and LINES_FAILED.
struct lines_source {
    long (*read)(void *ctx, char *buf, size_t size);
    void *ctx;
};

enum {
    LINES_MAX_LENGTH = 1024 * 1024,
    LINES_HEAD_LENGTH = 64 * 1024, // how much of a longer line is shown
};

// The caller reads `failed` and `native`; the rest belongs to the functions below.
struct lines {
    struct lines_source source;
    bool null_ends; // lines end with a zero byte and with nothing else
    bool failed;    // the source failed, or memory was short; `native` is the errno
    int native;
    bool ended;
    bool skipping; // inside a line longer than LINES_MAX_LENGTH
    bool after_cr; // a LF that follows at once belongs to the CR before it
    bool taken;    // an end that follows at once belongs to the line taken without one
    char *buf;
    size_t start, end, size;
    size_t high;         // how far buf was ever filled, so that closing wipes no more than that
    size_t no_lf, no_cr; // no such byte lies between start and here; spares looking twice
};

enum lines_event {
    LINES_LINE,     // *line holds a line without its end; it stands until the next call
    LINES_TOO_LONG, // a line was longer than LINES_MAX_LENGTH; *line holds its beginning
    LINES_QUIET,    // the source is idle; *line holds what has come of an unfinished line
    LINES_DONE,     // no more lines; look at `failed`
};

bool lines_open(struct lines *l, struct lines_source source, bool null_ends);

// When the source fails within a line, `failed` is set already while that line's beginning is
// given as the last one, so that the caller can tell it from a whole line.
enum lines_event lines_next(struct lines *l, struct str *line);

// After LINES_QUIET: the unfinished line is taken as a whole one. Should its end arrive after all,
// it is swallowed and makes no empty line.
void lines_take_unfinished(struct lines *l);

void lines_close(struct lines *l);

// The ordinary source: a file descriptor (ctx points to the int).
long lines_read_fd(void *fd, char *buf, size_t size);

#endif
