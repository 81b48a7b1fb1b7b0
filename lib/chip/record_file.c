// SPDX-License-Identifier: MIT
#include "chip/record_file.h"

#include "base/wipe.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

int record_file_open(const char *path)
{
    struct stat status;
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);

    if (fd < 0)
        return -1;
    // What was there before may have been for everyone to read.
    if (fstat(fd, &status) == 0 &&
        (!S_ISREG(status.st_mode) || (fchmod(fd, 0600) == 0 && ftruncate(fd, 0) == 0)))
        return fd;
    int error = errno;
    close(fd);
    errno = error;
    return -1;
}

bool record_file_write(int fd, struct bytes *line)
{
    bool whole = !line->failed;

    for (size_t at = 0; whole && at < line->n;) {
        ssize_t written = write(fd, line->p + at, line->n - at);
        if (written > 0)
            at += (size_t)written;
        else if (errno != EINTR)
            whole = false;
    }
    wipe(line->p, line->n);
    line->n = 0;
    return whole;
}

void record_put_hex(struct bytes *out, struct str data)
{
    static const char digits[] = "0123456789ABCDEF";

    if (!bytes_reserve(out, 2 * data.n))
        return;
    for (size_t i = 0; i < data.n; i++) {
        bytes_put_char(out, digits[(uint8_t)data.p[i] >> 4]);
        bytes_put_char(out, digits[(uint8_t)data.p[i] & 0x0F]);
    }
}

void record_put_text(struct bytes *out, const char *text)
{
    for (; *text != '\0'; text++)
        bytes_put_char(out, *text >= ' ' && *text <= '~' ? *text : '?');
}
