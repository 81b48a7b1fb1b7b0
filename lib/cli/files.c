// SPDX-License-Identifier: MIT
#include "cli/files.h"

#include "base/arena.h"
#include "base/lines.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

static bool read_named(const char *name, files_fn *each, void *ctx)
{
    if (strcmp(name, "-") == 0)
        return each(ctx, name, STDIN_FILENO, 0);
    int fd = open(name, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return each(ctx, name, -1, errno);
    bool go_on = each(ctx, name, fd, 0);
    close(fd);
    return go_on;
}

bool files_each(char *const *operand, int count, files_fn *each, void *ctx)
{
    bool go_on = true;
    if (count == 0)
        return each(ctx, "-", STDIN_FILENO, 0);
    for (int i = 0; i < count && go_on; i++)
        go_on = read_named(operand[i], each, ctx);
    return go_on;
}

static bool read_list(int fd, files_fn *each, void *ctx, int *native)
{
    struct lines lines;
    struct arena arena = { 0 };
    struct str name;
    bool go_on = true;

    if (!lines_open(&lines, (struct lines_source){ lines_read_fd, &fd }, true))
        return *native = ENOMEM, false;
    for (enum lines_event event; go_on && (event = lines_next(&lines, &name)) != LINES_DONE;) {
        const char *copy = arena_copy(&arena, str_head(name, PATH_MAX)).p;
        if (event == LINES_TOO_LONG || name.n >= PATH_MAX)
            go_on = each(ctx, copy, -1, ENAMETOOLONG);
        else if (name.n > 0)
            go_on = read_named(copy, each, ctx);
        arena_reset(&arena);
    }
    *native = lines.native;
    lines_close(&lines);
    arena_free(&arena);
    return *native == 0;
}

bool files_each_listed(const char *list, files_fn *each, void *ctx, int *native)
{
    bool is_input = strcmp(list, "-") == 0;
    int fd = is_input ? STDIN_FILENO : open(list, O_RDONLY | O_CLOEXEC | O_NOCTTY);

    if (fd < 0)
        return *native = errno, false;
    bool ok = read_list(fd, each, ctx, native);
    if (!is_input)
        close(fd);
    return ok;
}
