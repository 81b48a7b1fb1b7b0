// SPDX-License-Identifier: MIT
#include "cli/chip_evidence.h"

#include "chip/digest.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MANIFEST_MAX = 1024 * 1024, CONTENT_MAX = 4 * 1024 * 1024 };

static const char manifest_name[] = "manifest.json";

bool evidence_is_free(const char *folder)
{
    DIR *dir = opendir(folder);
    const struct dirent *entry;
    bool empty = true;

    if (dir == NULL)
        return errno == ENOENT;
    while (empty && (entry = readdir(dir)) != NULL)
        empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    closedir(dir);
    if (!empty)
        errno = ENOTEMPTY;
    return empty;
}

// ---- saving ----

static bool write_all(int fd, struct str bytes)
{
    while (bytes.n > 0) {
        ssize_t n = write(fd, bytes.p, bytes.n);
        if (n < 0 && errno != EINTR)
            return false;
        bytes = str_from(bytes, n > 0 ? (size_t)n : 0);
    }
    return true;
}

static bool save_file(int folder, struct str name, struct str bytes)
{
    char path[64];

    if (name.n >= sizeof path)
        return errno = ENAMETOOLONG, false;
    memcpy(path, name.p, name.n);
    path[name.n] = '\0';
    int fd = openat(folder, path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return false;
    bool ok = write_all(fd, bytes) && fsync(fd) == 0;
    int native = errno;
    if (close(fd) != 0 && ok) {
        native = errno;
        ok = false;
    }
    errno = native;
    return ok;
}

static struct str content_named(const struct evidence *e, struct str name)
{
    enum lds_file file = lds_file_named(name);
    return file == LDS_FILE_COUNT ? (struct str){ NULL, 0 } : e->content[file];
}

static bool save_all(int folder, const struct evidence *e)
{
    const struct manifest *m = &e->manifest;
    struct bytes text = { 0 };
    bool ok = true;

    for (size_t i = 0; i < m->files && ok; i++)
        if (m->file[i].path.n > 0)
            ok = save_file(folder, m->file[i].path, content_named(e, m->file[i].name));
    for (size_t i = 0; i < m->images && ok; i++)
        ok = save_file(folder, m->image[i].path, e->image[i]);
    wire_put_manifest(&text, m);
    if (text.failed)
        errno = ENOMEM;
    ok = ok && !text.failed && save_file(folder, str_of(manifest_name), bytes_str(&text)) &&
         fsync(folder) == 0;
    bytes_free(&text);
    return ok;
}

static void remove_file(int folder, struct str name)
{
    char path[64];

    if (name.n == 0 || name.n >= sizeof path)
        return;
    memcpy(path, name.p, name.n);
    path[name.n] = '\0';
    unlinkat(folder, path, 0);
}

static void remove_all(int folder, const struct evidence *e)
{
    for (size_t i = 0; i < e->manifest.files; i++)
        remove_file(folder, e->manifest.file[i].path);
    for (size_t i = 0; i < e->manifest.images; i++)
        remove_file(folder, e->manifest.image[i].path);
    remove_file(folder, str_of(manifest_name));
}

// The folder's name is made known once it is there for good.
static bool settle_parent(const char *folder)
{
    struct bytes parent = { 0 };
    struct str name = str_of(folder);
    const char *slash = memrchr(name.p, '/', name.n);

    if (slash == NULL)
        bytes_put_char(&parent, '.');
    else
        bytes_put(&parent, name.p, (size_t)(slash - name.p) + 1);
    bytes_put(&parent, "", 1);
    int fd = parent.failed ? -1 : open(parent.p, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    bytes_free(&parent);
    return ok;
}

bool evidence_save(const char *folder, const struct evidence *e)
{
    struct bytes name = { 0 };
    struct str path = str_of(folder);

    while (path.n > 1 && path.p[path.n - 1] == '/')
        path.n--;
    bytes_put_str(&name, path);
    bytes_lit(&name, ".XXXXXX");
    bytes_put(&name, "", 1);
    if (name.failed)
        return errno = ENOMEM, false;
    bool made = mkdtemp(name.p) != NULL; // 0700
    int fd = made ? open(name.p, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1;
    bool ok = fd >= 0 && save_all(fd, e) && rename(name.p, folder) == 0;
    int native = errno;
    if (fd >= 0 && !ok)
        remove_all(fd, e);
    if (made && !ok)
        rmdir(name.p);
    if (fd >= 0)
        close(fd);
    bytes_free(&name);
    errno = native;
    return ok && settle_parent(folder);
}

// ---- loading ----

static bool load_file(int folder, const char *name, size_t most, struct bytes *out)
{
    struct stat st;
    int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

    if (fd < 0)
        return false;
    bool ok = fstat(fd, &st) == 0 && (S_ISREG(st.st_mode) || (errno = EINVAL, false)) &&
              ((uint64_t)st.st_size <= most || (errno = EFBIG, false)) &&
              (bytes_reserve(out, (size_t)st.st_size + 1) || (errno = ENOMEM, false));
    while (ok && out->n < out->cap) {
        ssize_t n = read(fd, out->p + out->n, out->cap - out->n);
        if (n < 0 && errno == EINTR)
            continue;
        ok = n >= 0;
        if (n <= 0)
            break;
        out->n += (size_t)n;
    }
    int native = errno;
    close(fd);
    errno = native;
    return ok;
}

static bool is_as_told(const struct manifest_file *told, struct str content)
{
    uint8_t hash[SHA256_SIZE];

    return content.n == told->length && chip_sha256(content, hash) &&
           memcmp(hash, told->sha256, sizeof hash) == 0;
}

static enum evidence_loaded load_told(struct arena *arena, int folder, struct evidence *e, size_t i,
                                      const char **name)
{
    const struct manifest_file *told = &e->manifest.file[i];
    enum lds_file file = lds_file_named(told->name);

    if (told->path.n == 0)
        return EVIDENCE_LOADED;
    *name = arena_copy(arena, told->path).p;
    if (file == LDS_FILE_COUNT || e->content[file].n > 0)
        return EVIDENCE_ALTERED;
    struct bytes *storage = &e->storage[file];
    if (!load_file(folder, *name, CONTENT_MAX, storage))
        return EVIDENCE_UNREADABLE;
    e->content[file] = bytes_str(storage);
    return is_as_told(told, e->content[file]) ? EVIDENCE_LOADED : EVIDENCE_ALTERED;
}

static enum evidence_loaded load_all(struct arena *arena, int folder, struct evidence *e,
                                     const char **name)
{
    struct bytes text = { 0 };
    enum evidence_loaded result = EVIDENCE_LOADED;

    *name = manifest_name;
    bool loaded = load_file(folder, manifest_name, MANIFEST_MAX, &text);
    if (!loaded)
        result = errno == ENOENT ? EVIDENCE_NO_MANIFEST : EVIDENCE_UNREADABLE;
    else if (!wire_manifest_read(arena, bytes_str(&text), &e->manifest))
        result = EVIDENCE_NO_MANIFEST;
    int native = errno;
    bytes_free(&text);
    errno = native;
    for (size_t i = 0; i < e->manifest.files && result == EVIDENCE_LOADED; i++)
        result = load_told(arena, folder, e, i, name);
    return result;
}

enum evidence_loaded evidence_load(struct arena *arena, const char *folder, struct evidence *e,
                                   const char **name)
{
    *e = (struct evidence){ 0 };
    *name = folder;
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return EVIDENCE_UNREADABLE;
    enum evidence_loaded result = load_all(arena, fd, e, name);
    int native = errno;
    close(fd);
    errno = native;
    return result;
}

void evidence_free(struct evidence *e)
{
    for (size_t i = 0; i < LDS_FILE_COUNT; i++)
        bytes_free(&e->storage[i]);
    *e = (struct evidence){ 0 };
}
