// SPDX-License-Identifier: MIT
#include "batch/inputs_folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int compare(const void *a, const void *b, void *names)
{
    const char *base = names;
    return strcmp(base + *(const uint32_t *)a + 1, base + *(const uint32_t *)b + 1);
}

static void sort(struct folder *f)
{
    if (f->count > 1)
        qsort_r(f->at, f->count, sizeof *f->at, compare, f->names.p);
}

// Sorts, and keeps the first part.
static bool cut(struct folder *f)
{
    struct bytes kept = { 0 };

    sort(f);
    if (f->count <= FOLDER_PART)
        return true;
    for (size_t i = 0; i < FOLDER_PART; i++) {
        const char *entry = f->names.p + f->at[i];
        f->at[i] = (uint32_t)kept.n;
        bytes_put(&kept, entry, strlen(entry + 1) + 2);
    }
    bytes_free(&f->names);
    f->names = kept;
    f->count = FOLDER_PART;
    f->more = true;
    return !kept.failed;
}

enum found { FOUND_FOLDER, FOUND_ENTRY, FOUND_NOTHING };

// Links are followed, except to folders, so that there are no loops.
static enum found look_at(int fd, const struct dirent *d, int *native)
{
    struct stat about;

    *native = 0;
    if (d->d_type == DT_REG)
        return FOUND_ENTRY;
    if (d->d_type == DT_DIR)
        return FOUND_FOLDER;
    if (fstatat(fd, d->d_name, &about, AT_SYMLINK_NOFOLLOW) != 0)
        return *native = errno, FOUND_ENTRY;
    if (S_ISDIR(about.st_mode))
        return FOUND_FOLDER;
    if (S_ISLNK(about.st_mode)) {
        if (fstatat(fd, d->d_name, &about, 0) != 0)
            return *native = errno, FOUND_ENTRY;
        if (S_ISDIR(about.st_mode))
            return FOUND_NOTHING;
    }
    *native = S_ISREG(about.st_mode) ? 0 : EOPNOTSUPP;
    return FOUND_ENTRY;
}

static bool put(struct folder *f, struct str name, bool is_folder, int native)
{
    f->at[f->count++] = (uint32_t)f->names.n;
    bytes_put_char(&f->names, (char)native);
    bytes_put_str(&f->names, name);
    if (is_folder)
        bytes_put_char(&f->names, '/');
    bytes_put_char(&f->names, '\0');
    return !f->names.failed && (f->count < 2 * FOLDER_PART || cut(f));
}

// Between those that were taken and the last that is kept; both compare as their names do with the
// slash of a folder.
static bool is_wanted(const struct folder *f, const char *after, const char *name, bool is_folder)
{
    char whole[sizeof((struct dirent *)NULL)->d_name + 1];
    size_t n = strlen(name);

    memcpy(whole, name, n);
    memcpy(whole + n, is_folder ? "/" : "", is_folder ? 2 : 1);
    return (after == NULL || strcmp(whole, after) > 0) &&
           (!f->more || strcmp(whole, f->names.p + f->at[FOLDER_PART - 1] + 1) < 0);
}

static int read_all(struct folder *f, DIR *dir, const char *after)
{
    struct dirent *d;
    int native;

    while (errno = 0, (d = readdir(dir)) != NULL) {
        if (strcmp(d->d_name, ".") == 0 || strcmp(d->d_name, "..") == 0)
            continue;
        enum found found = look_at(dirfd(dir), d, &native);
        bool is_folder = found == FOUND_FOLDER;
        if (found != FOUND_NOTHING && is_wanted(f, after, d->d_name, is_folder) &&
            !put(f, str_of(d->d_name), is_folder, native))
            return ENOMEM;
    }
    return errno;
}

static bool resize(struct folder *f, size_t count)
{
    uint32_t *at = realloc(f->at, (count > 0 ? count : 1) * sizeof *at);
    if (at != NULL)
        f->at = at;
    return at != NULL;
}

int folder_read(struct folder *f, int fd)
{
    DIR *dir = fdopendir(fd);
    struct bytes before = f->names;
    const char *after = f->count > 0 ? before.p + f->at[f->count - 1] + 1 : NULL;
    int native;

    f->names = (struct bytes){ 0 };
    f->count = f->next = 0;
    f->more = false;
    if (dir == NULL)
        native = errno;
    else if (!resize(f, 2 * FOLDER_PART))
        native = ENOMEM;
    else
        native = read_all(f, dir, after);
    if (native != ENOMEM && !cut(f))
        native = ENOMEM;
    if (native == ENOMEM)
        f->count = 0;
    resize(f, f->count);
    if (dir != NULL)
        closedir(dir);
    else
        close(fd);
    bytes_free(&before);
    return native;
}

bool folder_take(struct folder *f, struct folder_entry *out)
{
    if (f->next >= f->count)
        return false;
    const char *entry = f->names.p + f->at[f->next++];
    *out = (struct folder_entry){ entry + 1, (unsigned char)entry[0] };
    return true;
}

void folder_free(struct folder *f)
{
    bytes_free(&f->names);
    free(f->at);
    *f = (struct folder){ 0 };
}
