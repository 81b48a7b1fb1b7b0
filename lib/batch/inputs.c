// SPDX-License-Identifier: MIT
#include "batch/inputs.h"

#include "base/lines.h"
#include "batch/inputs_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// A folder that is being gone through; the one that it was found in lies below it.
struct level {
    struct folder folder;
    size_t path_length; // of its own path, with the slash
    bool read;
};

enum list_state { LIST_TO_OPEN, LIST_OPEN, LIST_OVER };

struct inputs {
    struct inputs_options options;
    int operand; // the next
    enum list_state state;
    int list;
    struct lines lines;
    struct bytes path; // of what is given out, or of the innermost folder
    int root;          // the folder that was named, while it is gone through
    size_t root_length;
    struct level *level;
    unsigned depth, levels; // in use, allocated
};

struct inputs *inputs_new(const struct inputs_options *options)
{
    struct inputs *in = calloc(1, sizeof *in);

    if (in == NULL)
        return NULL;
    in->options = *options;
    in->state = options->list == NULL ? LIST_OVER : LIST_TO_OPEN;
    in->list = in->root = -1;
    return in;
}

static void close_list(struct inputs *in)
{
    if (in->state != LIST_OPEN)
        return;
    lines_close(&in->lines);
    if (in->list != STDIN_FILENO)
        close(in->list);
    in->state = LIST_OVER;
}

static void leave_folder(struct inputs *in)
{
    folder_free(&in->level[--in->depth].folder);
    if (in->depth > 0)
        return;
    close(in->root);
    in->root = -1;
}

void inputs_free(struct inputs **inputs)
{
    struct inputs *in = *inputs;

    if (in == NULL)
        return;
    while (in->depth > 0)
        leave_folder(in);
    close_list(in);
    bytes_free(&in->path);
    free(in->level);
    free(in);
    *inputs = NULL;
}

static bool set_path(struct inputs *in, size_t kept, struct str more)
{
    in->path.n = kept < in->path.n ? kept : in->path.n;
    bytes_put_str(&in->path, more);
    bytes_put_char(&in->path, '\0');
    in->path.n -= !in->path.failed;
    return !in->path.failed;
}

static enum inputs_event give(struct inputs *in, struct str *path)
{
    *path = bytes_str(&in->path);
    return INPUTS_FILE;
}

static enum inputs_event give_error(struct inputs *in, struct str *path, struct error *error,
                                    enum error_code code, int native)
{
    *error = (struct error){ native == ENOMEM ? ERROR_NO_MEMORY : code, native };
    *path = bytes_str(&in->path);
    if (in->path.failed) { // it cannot be told, nor gone on from
        while (in->depth > 0)
            leave_folder(in);
        bytes_free(&in->path);
        *path = STR("");
    }
    return INPUTS_ERROR;
}

static enum inputs_event give_unreadable(struct inputs *in, struct str *path, struct error *error,
                                         int native)
{
    return give_error(in, path, error, ERROR_FILE_UNREADABLE, native);
}

// ---- folders ----

// The folder at the path, below the root, through no link. Without openat2 (before Linux 5.6) only
// its last part is sure to be none.
static int open_folder(const struct inputs *in)
{
    const char *below = in->path.p + in->root_length;
    struct open_how how = { .flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK,
                            .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS };

    below = *below == '\0' ? "." : below;
    int fd = (int)syscall(SYS_openat2, in->root, below, &how, sizeof how);
    if (fd < 0 && (errno == ENOSYS || errno == EPERM))
        fd = openat(in->root, below, (int)how.flags | O_NOFOLLOW);
    return fd;
}

static bool enter_folder(struct inputs *in)
{
    if (in->depth == in->levels) {
        unsigned levels = in->levels == 0 ? 8 : 2 * in->levels;
        struct level *grown = realloc(in->level, levels * sizeof *grown);
        if (grown == NULL)
            return false;
        in->level = grown;
        in->levels = levels;
    }
    in->level[in->depth++] = (struct level){ .path_length = in->path.n };
    return true;
}

// Begins with the folder that the path names. 0 or an errno.
static int enter_root(struct inputs *in)
{
    in->root = open(in->path.p, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK);
    if (in->root < 0)
        return errno;
    bool ends = in->path.p[in->path.n - 1] == '/';
    in->root_length = in->path.n + !ends;
    if (set_path(in, in->path.n, ends ? STR("") : STR("/")) && enter_folder(in))
        return 0;
    close(in->root);
    in->root = -1;
    return ENOMEM;
}

// Reads the innermost folder, or its next part. 0 or an errno.
static int read_level(struct inputs *in)
{
    struct level *level = &in->level[in->depth - 1];

    set_path(in, level->path_length, STR(""));
    level->read = true;
    int fd = open_folder(in);
    int native = fd < 0 ? errno : folder_read(&level->folder, fd);
    if (native != 0)
        level->folder.more = false;
    return native;
}

// What comes next in the folders; INPUTS_END when they are gone through.
static enum inputs_event next_in_folders(struct inputs *in, struct str *path, struct error *error)
{
    struct folder_entry entry;

    while (in->depth > 0) {
        struct level *level = &in->level[in->depth - 1];
        if (!folder_take(&level->folder, &entry)) {
            if (level->read && !level->folder.more) {
                leave_folder(in);
                continue;
            }
            int native = read_level(in);
            if (native != 0)
                return give_unreadable(in, path, error, native);
            continue;
        }
        if (!set_path(in, level->path_length, str_of(entry.name)))
            return give_unreadable(in, path, error, ENOMEM);
        if (in->path.n >= PATH_MAX)
            return give_unreadable(in, path, error, ENAMETOOLONG);
        if (entry.native != 0)
            return give_unreadable(in, path, error, entry.native);
        if (in->path.p[in->path.n - 1] != '/')
            return give(in, path);
        if (!enter_folder(in))
            return give_unreadable(in, path, error, ENOMEM);
    }
    return INPUTS_END;
}

// ---- names ----

// What a name that was given stands for; INPUTS_END when it is a folder that is gone into.
static enum inputs_event look_at(struct inputs *in, struct str name, struct str *path,
                                 struct error *error)
{
    struct stat about;

    if (!set_path(in, 0, str_head(name, PATH_MAX)))
        return give_unreadable(in, path, error, ENOMEM);
    if (name.n >= PATH_MAX)
        return give_unreadable(in, path, error, ENAMETOOLONG);
    if (str_find(name, '\0') < name.n)
        return give_unreadable(in, path, error, EINVAL);
    if (str_eq(name, STR("-")) || stat(in->path.p, &about) != 0 || !S_ISDIR(about.st_mode))
        return give(in, path);
    if (!in->options.recurse)
        return give_unreadable(in, path, error, EISDIR);
    int native = enter_root(in);
    return native == 0 ? INPUTS_END : give_unreadable(in, path, error, native);
}

// 0 or an errno.
static int open_list(struct inputs *in)
{
    const char *list = in->options.list;

    in->state = LIST_OVER;
    in->list = strcmp(list, "-") == 0 ? STDIN_FILENO : open(list, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (in->list < 0)
        return errno;
    if (!lines_open(&in->lines, (struct lines_source){ lines_read_fd, &in->list },
                    in->options.null_ends)) {
        if (in->list != STDIN_FILENO)
            close(in->list);
        return ENOMEM;
    }
    in->state = LIST_OPEN;
    return 0;
}

// The next event that the list makes; INPUTS_END when it has led into a folder, or is over.
static enum inputs_event next_in_list(struct inputs *in, struct str *path, struct error *error)
{
    struct str name;
    int native = in->state == LIST_TO_OPEN ? open_list(in) : 0;

    if (native != 0) {
        set_path(in, 0, str_of(in->options.list));
        return give_unreadable(in, path, error, native);
    }
    while (in->state == LIST_OPEN)
        switch (lines_next(&in->lines, &name)) {
        case LINES_LINE:
        case LINES_TOO_LONG:
            if (name.n > 0)
                return look_at(in, name, path, error);
            break;
        case LINES_QUIET:
            break;
        case LINES_DONE:
            native = in->lines.failed ? in->lines.native : 0;
            close_list(in);
            if (native == 0)
                break;
            set_path(in, 0, str_of(in->options.list));
            return give_error(in, path, error, ERROR_READ_FAILED, native);
        }
    return INPUTS_END;
}

enum inputs_event inputs_next(struct inputs *in, struct str *path, struct error *error)
{
    enum inputs_event event = INPUTS_END;

    while (event == INPUTS_END) {
        if (in->depth > 0)
            event = next_in_folders(in, path, error);
        else if (in->operand < in->options.operands)
            event = look_at(in, str_of(in->options.operand[in->operand++]), path, error);
        else if (in->state != LIST_OVER)
            event = next_in_list(in, path, error);
        else
            break;
    }
    return event;
}

int inputs_open(const char *path, bool *regular, struct error *error)
{
    struct stat about;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);

    *error = (struct error){ ERROR_FILE_UNREADABLE, errno };
    if (fd < 0)
        return -1;
    bool ok = fstat(fd, &about) == 0;
    if (ok && S_ISDIR(about.st_mode)) {
        errno = EISDIR;
        ok = false;
    }
    *regular = ok && S_ISREG(about.st_mode);
    // From a FIFO, reading without waiting would find nothing.
    if (ok && (*regular || fcntl(fd, F_SETFL, O_RDONLY) == 0)) {
        *error = (struct error){ ERROR_COUNT, 0 };
        return fd;
    }
    error->native = errno;
    close(fd);
    return -1;
}
