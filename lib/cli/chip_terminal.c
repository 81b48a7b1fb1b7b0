// SPDX-License-Identifier: MIT
#include "cli/chip_terminal.h"

#include "cli/tell.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

// One byte more than there may be, so that a longer file is seen to be one. False with errno.
static bool read_all(int fd, struct bytes *out)
{
    if (!bytes_reserve(out, TERMINAL_FILE_MAX + 1))
        return errno = ENOMEM, false;
    while (out->n <= TERMINAL_FILE_MAX) {
        ssize_t got = read(fd, out->p + out->n, TERMINAL_FILE_MAX + 1 - out->n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got == 0;
        out->n += (size_t)got;
    }
    return errno = EFBIG, false;
}

static bool load(const struct command *command, const char *path, bool is_secret, struct bytes *out)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC);
    bool ok = fd >= 0 && fstat(fd, &st) == 0;

    if (ok && is_secret && S_ISREG(st.st_mode) && (st.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        tell(command->name, path, N_("others on this computer can read the terminal's key"));
    ok = ok && read_all(fd, out);
    if (!ok)
        tell_failure(command->name, path, errno);
    if (fd >= 0)
        close(fd);
    return ok;
}

typedef enum terminal_fault taker_fn(struct terminal *, struct str);

static bool take(const struct command *command, struct terminal *t, const char *path,
                 bool is_secret, taker_fn *taker)
{
    struct bytes file = { 0 };
    enum terminal_fault fault = TERMINAL_FINE;

    bool ok = load(command, path, is_secret, &file);
    if (ok)
        fault = taker(t, bytes_str(&file));
    if (fault != TERMINAL_FINE)
        tell(command->name, path, terminal_fault_sentence(fault));
    bytes_free(&file);
    return ok && fault == TERMINAL_FINE;
}

struct terminal *chip_terminal_of_files(const struct command *command, const char *chain,
                                        const char *key)
{
    struct terminal *t = terminal_new();
    enum terminal_fault fault = t != NULL ? TERMINAL_FINE : TERMINAL_NO_MEMORY;

    bool ok = t != NULL && take(command, t, chain, false, terminal_add) &&
              take(command, t, key, true, terminal_set_key);
    if (ok)
        fault = terminal_settle(t);
    if (fault != TERMINAL_FINE)
        tell(command->name, key, terminal_fault_sentence(fault));
    if (!ok || fault != TERMINAL_FINE)
        terminal_free(&t);
    return t;
}
