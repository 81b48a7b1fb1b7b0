// SPDX-License-Identifier: MIT
#include "reader/sysroot.h"

#include "base/bytes.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <unistd.h>

enum { CONTENT_MAX = 8 << 20, NAMES_MAX = 8192, PIECE = 4096 };

bool sysroot_open(struct sysroot *root, const char *path, struct arena *arena)
{
    root->arena = arena;
    root->fd = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    return root->fd >= 0;
}

void sysroot_close(struct sysroot *root)
{
    if (root->fd >= 0)
        close(root->fd);
    root->fd = -1;
}

// A link that begins with a slash is followed from the root of the tree, not of the machine.
static int open_below(const struct sysroot *root, const char *path, uint64_t flags)
{
    struct open_how how = { .flags = flags | O_CLOEXEC, .resolve = RESOLVE_IN_ROOT };

    return (int)syscall(SYS_openat2, root->fd, path, &how, sizeof how);
}

// The files of /proc and /sys do not tell their size.
static bool read_all(int fd, struct bytes *out)
{
    while (out->n < CONTENT_MAX && bytes_reserve(out, PIECE)) {
        ssize_t n = read(fd, out->p + out->n, PIECE);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n == 0;
        out->n += (size_t)n;
    }
    return !out->failed;
}

// Only what is a file: a pipe would hold the doctor up.
static bool read_file(const struct sysroot *root, const char *path, struct bytes *out)
{
    int fd = open_below(root, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    struct stat is;

    if (fd < 0)
        return false;
    bool whole = fstat(fd, &is) == 0 && S_ISREG(is.st_mode) && read_all(fd, out);
    root->arena->failed |= out->failed;
    close(fd);
    return whole;
}

struct str sysroot_read(const struct sysroot *root, const char *path)
{
    struct bytes content = { 0 };
    struct str kept = { "", 0 };

    if (read_file(root, path, &content) && content.n > 0)
        kept = arena_copy(root->arena, bytes_str(&content));
    bytes_free(&content);
    return kept;
}

bool sysroot_mentions(const struct sysroot *root, const char *path, const char *text)
{
    struct bytes content = { 0 };
    bool found = read_file(root, path, &content) && content.n > 0 &&
                 memmem(content.p, content.n, text, strlen(text)) != NULL;

    bytes_free(&content);
    return found;
}

struct str sysroot_line(const struct sysroot *root, const char *path)
{
    struct str content = sysroot_read(root, path);

    return str_trim(str_head(content, str_find(content, '\n')));
}

struct str sysroot_link(const struct sysroot *root, const char *path)
{
    char target[PIECE];
    int fd = open_below(root, path, O_PATH | O_NOFOLLOW);
    ssize_t n = fd >= 0 ? readlinkat(fd, "", target, sizeof target) : -1;

    if (fd >= 0)
        close(fd);
    if (n <= 0)
        return (struct str){ "", 0 };
    size_t start = (size_t)n;
    while (start > 0 && target[start - 1] != '/')
        start--;
    return arena_copy(root->arena, (struct str){ target + start, (size_t)n - start });
}

bool sysroot_stat(const struct sysroot *root, const char *path, struct stat *out)
{
    int fd = open_below(root, path, O_PATH);
    bool there = fd >= 0 && fstat(fd, out) == 0;

    if (fd >= 0)
        close(fd);
    return there;
}

bool sysroot_exists(const struct sysroot *root, const char *path)
{
    struct stat is;

    return sysroot_stat(root, path, &is);
}

static int by_name(const void *a, const void *b)
{
    const struct str *x = a, *y = b;
    int order = memcmp(x->p, y->p, x->n < y->n ? x->n : y->n);

    return order != 0 ? order : (x->n > y->n) - (x->n < y->n);
}

static size_t read_names(DIR *dir, struct str *names, struct arena *arena)
{
    size_t n = 0;

    for (const struct dirent *entry; n < NAMES_MAX && (entry = readdir(dir)) != NULL;)
        if (entry->d_name[0] != '.')
            names[n++] = arena_copy(arena, str_of(entry->d_name));
    qsort(names, n, sizeof *names, by_name);
    return n;
}

struct sysroot_names sysroot_names(const struct sysroot *root, const char *path)
{
    struct sysroot_names all = { NULL, 0 };
    int fd = open_below(root, path, O_RDONLY | O_DIRECTORY);
    DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
    struct str *names = dir != NULL ? malloc(NAMES_MAX * sizeof *names) : NULL;

    if (names != NULL) {
        all.n = read_names(dir, names, root->arena);
        all.name = arena_alloc(root->arena, all.n * sizeof *names + 1);
        if (all.name != NULL && all.n > 0)
            memcpy(all.name, names, all.n * sizeof *names);
        else
            all.n = 0;
    } else if (dir != NULL) {
        root->arena->failed = true;
    }
    free(names);
    if (dir != NULL)
        closedir(dir);
    else if (fd >= 0)
        close(fd);
    return all;
}

// By the descriptor of its folder: the path of a socket may not be longer than 107 bytes.
int sysroot_connect(const struct sysroot *root, const char *folder, const char *name)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int error = 0, at = open_below(root, folder, O_PATH | O_DIRECTORY);

    if (at < 0)
        return errno;
    snprintf(address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d/%s", at, name);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0 || (connect(fd, (const struct sockaddr *)&address, sizeof address) != 0 &&
                   errno != EAGAIN)) // it listens, and is busy
        error = errno;
    if (fd >= 0)
        close(fd);
    close(at);
    return error;
}
