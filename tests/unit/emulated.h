// SPDX-License-Identifier: MIT
// The emulated card as a struct card, over a pipe instead of a reader: frames of two bytes of
// length and a body; bodies of one byte are 0 power off, 1 power on, 2 reset, 4 ATR.
#ifndef EMULATED_H
#define EMULATED_H

#include "chip/card.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

struct emulated {
    pid_t pid;
    int fd;
    unsigned resets;
};

static bool emulated_all(int fd, void *p, size_t n, bool out)
{
    char *at = p;

    while (n > 0) {
        ssize_t done = out ? send(fd, at, n, MSG_NOSIGNAL) : recv(fd, at, n, 0);
        if (done <= 0)
            return false;
        at += done;
        n -= (size_t)done;
    }
    return true;
}

static bool emulated_send(struct emulated *e, const void *p, size_t n)
{
    uint8_t length[2] = { (uint8_t)(n >> 8), (uint8_t)n };
    return emulated_all(e->fd, length, sizeof length, true) &&
           emulated_all(e->fd, (void *)(uintptr_t)p, n, true);
}

static bool emulated_receive(struct emulated *e, struct bytes *out)
{
    uint8_t length[2];

    if (!emulated_all(e->fd, length, sizeof length, false))
        return false;
    size_t n = (size_t)length[0] << 8 | length[1];
    if (!bytes_reserve(out, n) || !emulated_all(e->fd, out->p + out->n, n, false))
        return false;
    out->n += n;
    return true;
}

static struct chip_error emulated_transmit(void *ctx, struct str command, struct bytes *answer)
{
    struct emulated *e = ctx;

    if (!emulated_send(e, command.p, command.n) || !emulated_receive(e, answer))
        return chip_fail(CHIP_CARD_GONE, NULL);
    return answer->n < 2 ? chip_fail(CHIP_ANSWER_SHORT, NULL) : chip_ok();
}

static struct chip_error emulated_reset(void *ctx)
{
    struct emulated *e = ctx;

    e->resets++;
    return emulated_send(e, "\0", 1) && emulated_send(e, "\1", 1) ? chip_ok()
                                                                  : chip_fail(CHIP_CARD_GONE, NULL);
}

static void emulated_close(void *ctx)
{
    struct emulated *e = ctx;

    if (e->pid <= 0)
        return;
    close(e->fd);
    kill(e->pid, SIGTERM);
    waitpid(e->pid, NULL, 0);
    e->pid = 0;
}

// The program lies beside the tests. option: NULL, or one more for it.
static bool emulated_open(struct emulated *e, const char *folder, const char *const *options,
                          struct card *card)
{
    static const struct card_ops ops = { emulated_transmit, emulated_reset, emulated_close };
    static char program[4096];
    char *argv[16] = { program, (char[]){ "--stdio" } };
    int pair[2], n = 2;
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 32);

    if (length <= 0 || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return false;
    program[length] = '\0';
    char *slash = strrchr(program, '/');
    memcpy(slash + 1, "card_emulator", sizeof "card_emulator");
    for (; options != NULL && *options != NULL && n < 14; options++)
        argv[n++] = (char *)(uintptr_t)*options;
    argv[n] = (char *)(uintptr_t)folder;
    *e = (struct emulated){ .pid = fork(), .fd = pair[0] };
    if (e->pid == 0) {
        dup2(pair[1], STDIN_FILENO);
        dup2(pair[1], STDOUT_FILENO);
        execv(program, argv);
        _exit(127);
    }
    close(pair[1]);
    *card = (struct card){ .ops = &ops, .ctx = e, .reader = "emulated", .protocol = "T=1" };
    return e->pid > 0 && emulated_send(e, "\1", 1);
}

#endif
