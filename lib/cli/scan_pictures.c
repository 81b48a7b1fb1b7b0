// SPDX-License-Identifier: MIT
#include "cli/scan_pictures.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_KEPT = 100 };

static bool make(const char *folder)
{
    struct stat st;
    if (folder == NULL || mkdir(folder, 0700) == 0)
        return true;
    if (errno != EEXIST || stat(folder, &st) != 0)
        return false;
    return S_ISDIR(st.st_mode) || (errno = ENOTDIR, false);
}

bool scan_folders_make(const struct scan_folders *folders, const char **wrong)
{
    *wrong = folders->crops;
    if (!make(folders->crops))
        return false;
    *wrong = folders->annotated;
    return make(folders->annotated);
}

static void put_hex(struct bytes *out, uint32_t value)
{
    static const char digits[] = "0123456789abcdef";
    for (int shift = 28; shift >= 0; shift -= 4)
        bytes_put_char(out, digits[value >> shift & 0xF]);
}

// Letters and digits of ASCII stay as they are; what a shell or another system could take amiss
// becomes "_".
static void put_safe(struct bytes *out, struct str name)
{
    for (size_t i = 0; i < name.n && i < NAME_KEPT; i++) {
        char c = name.p[i];
        bool safe = char_is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                    (i > 0 && (c == '.' || c == '-'));
        bytes_put_char(out, safe ? c : '_');
    }
}

static struct str base_name(struct str path)
{
    const char *slash = path.n > 0 ? memrchr(path.p, '/', path.n) : NULL;
    return slash == NULL ? path : str_from(path, (size_t)(slash - path.p) + 1);
}

void scan_picture_path(struct bytes *out, const struct scan_folders *folders, struct str path,
                       uint32_t page, uint32_t symbol)
{
    uint64_t sum = str_hash(path);

    bytes_put_str(out, str_of(symbol > 0 ? folders->crops : folders->annotated));
    bytes_put_char(out, '/');
    put_safe(out, path.n > 0 ? base_name(path) : STR("stdin"));
    bytes_put_char(out, '-');
    put_hex(out, (uint32_t)(sum ^ sum >> 32));
    bytes_lit(out, "-p");
    bytes_put_number(out, page);
    if (symbol > 0) {
        bytes_lit(out, "-s");
        bytes_put_number(out, symbol);
    }
    bytes_put_str(out, symbol > 0 ? STR(".png") : STR(".jpg"));
    bytes_put(out, "", 1);
}

static bool write_all(int fd, struct str text)
{
    while (text.n > 0) {
        ssize_t n = write(fd, text.p, text.n);
        if (n < 0 && errno != EINTR)
            return false;
        text = str_from(text, n > 0 ? (size_t)n : 0);
    }
    return true;
}

bool scan_picture_write(const struct scan_folders *folders, struct str path,
                        const struct scan_picture *picture)
{
    struct bytes name = { 0 };

    if ((picture->symbol > 0 ? folders->crops : folders->annotated) == NULL)
        return errno = EPROTO, false; // nobody asked for it
    scan_picture_path(&name, folders, path, picture->page, picture->symbol);
    int fd = name.failed
                 ? -1
                 : open(name.p, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    bool ok = fd >= 0 && write_all(fd, picture->bytes);
    int native = name.failed ? ENOMEM : errno;
    if (fd >= 0 && close(fd) != 0) {
        native = errno;
        ok = false;
    }
    bytes_free(&name);
    errno = native;
    return ok;
}
