// SPDX-License-Identifier: MIT
#include "cli/chip_prompt.h"

#include "base/wipe.h"
#include "cli/language.h"
#include "cli/tell.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

enum { KEY_TEXT_MAX = 1024 };

static const char *const no_key = N_("that is no 12-digit number, CAN or machine-readable zone");

// To the end, or to the first empty line's end of a terminal. False with errno.
static bool read_text(int fd, char *text, size_t size, size_t *n, bool one_line)
{
    *n = 0;
    while (*n < size) {
        ssize_t got = read(fd, text + *n, size - *n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return false;
        if (got == 0)
            return true;
        *n += (size_t)got;
        if (one_line && memchr(text, '\n', *n) != NULL)
            return true;
    }
    return errno = EFBIG, false;
}

static bool open_given(const struct command *command, const char *file, const char *descriptor,
                       int *fd)
{
    char *end = NULL;

    if (file != NULL) {
        *fd = strcmp(file, "-") == 0 ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC);
        if (*fd < 0)
            tell_failure(command->name, file, errno);
        return *fd >= 0;
    }
    errno = 0;
    long number = strtol(descriptor, &end, 10);
    if (!char_is_digit(descriptor[0]) || *end != '\0' || errno != 0 || number > 65535)
        return usage_error(command, N_("--key-fd takes the number of a descriptor"), NULL), false;
    *fd = (int)number;
    return true;
}

bool chip_keys_of_file(const struct command *command, const char *file, const char *descriptor,
                       struct chip_keys *keys)
{
    char text[KEY_TEXT_MAX];
    size_t n;
    int fd;

    if (!open_given(command, file, descriptor, &fd))
        return false;
    bool ok = read_text(fd, text, sizeof text, &n, false);
    if (!ok)
        tell_failure(command->name, file != NULL ? file : "--key-fd", errno);
    else if (!(ok = chip_keys_of_text(keys, (struct str){ text, n })))
        usage_error(command, no_key, NULL);
    wipe(text, sizeof text);
    if (fd != STDIN_FILENO)
        close(fd);
    return ok;
}

// What is typed does not show.
static bool ask(int terminal, char *text, size_t size, size_t *n)
{
    struct termios shown, hidden;

    if (tcgetattr(terminal, &shown) != 0)
        return false;
    hidden = shown;
    hidden.c_lflag &= (tcflag_t) ~(tcflag_t)ECHO;
    if (tcsetattr(terminal, TCSAFLUSH, &hidden) != 0)
        return false;
    bool ok = read_text(terminal, text, size, n, true);
    tcsetattr(terminal, TCSAFLUSH, &shown);
    fputc('\n', stderr);
    return ok;
}

bool chip_keys_ask(const struct command *command, struct chip_keys *keys)
{
    char text[KEY_TEXT_MAX];
    size_t n = 0;

    if (isatty(STDIN_FILENO) != 1)
        return usage_error(command, N_("give a key: --key-file, --key-fd, --can or --mrz"), NULL),
               false;
    fprintf(stderr, "%s ", say(N_("Number or CAN of the card (not shown):")));
    fflush(stderr);
    bool ok = ask(STDIN_FILENO, text, sizeof text, &n);
    if (!ok)
        tell_failure(command->name, command->name, errno);
    else if (!(ok = chip_keys_of_text(keys, (struct str){ text, n })))
        usage_error(command, no_key, NULL);
    wipe(text, sizeof text);
    return ok;
}
