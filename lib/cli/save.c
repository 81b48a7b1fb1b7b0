// SPDX-License-Identifier: MIT
#include "cli/save.h"

#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

// Closes the descriptor in any case.
static bool write_and_close(int fd, struct str text, bool keep)
{
    struct output output = { .fd = fd };
    bool ok = output_direct(&output, text);

    if (ok && keep && fsync(fd) != 0) {
        ok = false;
        output.native = errno;
    }
    if (close(fd) != 0 && ok) {
        ok = false;
        output.native = errno;
    }
    errno = output.native;
    return ok;
}

static bool write_into(const char *path, struct str text)
{
    int fd = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
    return fd >= 0 && write_and_close(fd, text, false);
}

bool save_text(const char *path, struct str text)
{
    struct bytes name = { 0 };
    struct stat st;

    if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
        return write_into(path, text);
    bytes_put_str(&name, str_of(path));
    bytes_lit(&name, ".XXXXXX");
    bytes_put(&name, "", 1);
    if (name.failed) {
        bytes_free(&name);
        errno = ENOMEM;
        return false;
    }
    int fd = mkostemp(name.p, O_CLOEXEC); // 0600
    bool ok = fd >= 0 && write_and_close(fd, text, true) && rename(name.p, path) == 0;
    int native = errno;
    if (fd >= 0 && !ok)
        unlink(name.p);
    bytes_free(&name);
    errno = native;
    return ok;
}
