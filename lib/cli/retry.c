// SPDX-License-Identifier: MIT
#include "cli/retry.h"

#include "wire/object.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

bool retry_open(struct retry *retry, const char *file)
{
    *retry = (struct retry){ .fd = open(file, O_RDONLY | O_CLOEXEC) };
    if (retry->fd < 0)
        return false;
    if (lines_open(&retry->lines, (struct lines_source){ lines_read_fd, &retry->fd }, false))
        return true;
    close(retry->fd);
    return errno = ENOMEM, false;
}

static int hex_value(char c)
{
    if (char_is_digit(c))
        return c - '0';
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// Undoes what json_put_path() does to names that are no UTF-8.
static void put_unescaped(struct bytes *out, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        bool code = s.p[i] == '\\' && s.n - i >= 4 && s.p[i + 1] == 'x' &&
                    hex_value(s.p[i + 2]) >= 0 && hex_value(s.p[i + 3]) >= 0;
        if (code)
            bytes_put_char(out, (char)(hex_value(s.p[i + 2]) << 4 | hex_value(s.p[i + 3])));
        else if (s.p[i] != '\\' || ++i < s.n)
            bytes_put_char(out, s.p[i]);
        i += code ? 3 : 0;
    }
}

static bool take_line(struct retry *retry, struct str line, bool *wanted)
{
    struct wire_object object;
    struct bytes path = { 0 };

    *wanted = false;
    if (!wire_object_read(&retry->arena, line, false, &object))
        return false;
    if (object.kind == WIRE_OBJECT_ERROR && object.path.n > 0) {
        if (object.path_escaped)
            put_unescaped(&path, object.path);
        else
            bytes_put_str(&path, object.path);
        // Pages of one document stand together: it is read once more as a whole.
        *wanted = !str_eq(bytes_str(&path), bytes_str(&retry->path));
    }
    bool ok = !path.failed;
    if (*wanted) {
        retry->path.n = 0;
        bytes_put_str(&retry->path, bytes_str(&path));
    }
    bytes_free(&path);
    return ok && !retry->path.failed;
}

bool retry_next(struct retry *retry, struct str *path)
{
    struct str line;
    bool wanted = false;

    while (!wanted) {
        enum lines_event event = lines_next(&retry->lines, &line);
        if (event == LINES_DONE || event == LINES_QUIET)
            break;
        if (event == LINES_LINE && !take_line(retry, line, &wanted)) {
            retry->failed = true;
            return false;
        }
        arena_reset(&retry->arena);
    }
    retry->failed |= retry->lines.failed;
    *path = bytes_str(&retry->path);
    return wanted;
}

void retry_close(struct retry *retry)
{
    lines_close(&retry->lines);
    arena_free(&retry->arena);
    bytes_free(&retry->path);
    close(retry->fd);
}
