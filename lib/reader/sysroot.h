// SPDX-License-Identifier: MIT
// The one place where the doctor touches the machine's files: all below one folder, so that a
// recorded or made-up tree can stand for another machine. No link leads out of it.
#ifndef READER_SYSROOT_H
#define READER_SYSROOT_H

#include "base/arena.h"

#include <sys/stat.h>

struct sysroot {
    int fd;
    struct arena *arena; // everything that is read lies here
};

bool sysroot_open(struct sysroot *root, const char *path, struct arena *arena);
void sysroot_close(struct sysroot *root);

// Paths begin at the root, without a slash before them.

// The content, as much of it as makes sense to look at (8 MB); empty where there is none.
struct str sysroot_read(const struct sysroot *root, const char *path);

// Does the file hold this text? It may be long, and is not kept.
bool sysroot_mentions(const struct sysroot *root, const char *path, const char *text);

// A file of one short line, without its end.
struct str sysroot_line(const struct sysroot *root, const char *path);

// The last name of what a link points to; empty where it is none.
struct str sysroot_link(const struct sysroot *root, const char *path);

bool sysroot_stat(const struct sysroot *root, const char *path, struct stat *out);
bool sysroot_exists(const struct sysroot *root, const char *path);

// The names in a folder, in order; none where it is none.
struct sysroot_names {
    struct str *name;
    size_t n;
};

struct sysroot_names sysroot_names(const struct sysroot *root, const char *path);

// Connects to a socket and lets go of it. 0, or an errno.
int sysroot_connect(const struct sysroot *root, const char *folder, const char *name);

#endif
