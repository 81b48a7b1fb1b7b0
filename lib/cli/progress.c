// SPDX-License-Identifier: MIT
#include "cli/progress.h"

#include "base/clock.h"
#include "cli/language.h"

#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#include <unistd.h>

enum { PERIOD = 200 };

static uint64_t now(void)
{
    return clock_now() / CLOCK_MILLISECOND;
}

void progress_begin(struct progress *p, unsigned long total)
{
    const char *terminal = getenv("TERM");
    bool dumb = terminal == NULL || strcmp(terminal, "dumb") == 0;
    *p = (struct progress){ .wanted = isatty(STDERR_FILENO) == 1 && !dumb,
                            .began = now(),
                            .total = total };
}

static void show_left(const struct progress *p, unsigned long done, double seconds)
{
    if (p->total == 0 || done == 0 || done > p->total)
        return;
    unsigned long left = (unsigned long)(seconds / (double)done * (double)(p->total - done));
    fprintf(stderr, say(N_(", %lu:%02lu left")), left / 60, left % 60);
}

void progress_show(struct progress *p, unsigned long done, unsigned long failed)
{
    if (!p->wanted || now() - p->shown < PERIOD)
        return;
    p->shown = now();
    double seconds = (double)(p->shown - p->began) / 1000;
    fprintf(stderr, "\r\033[K%lu", done);
    if (p->total > 0)
        fprintf(stderr, "/%lu", p->total);
    fprintf(stderr, say(N_(" files, %.1f a second, %lu not read")),
            seconds > 0 ? (double)done / seconds : 0.0, failed);
    show_left(p, done, seconds);
}

void progress_end(struct progress *p)
{
    if (p->wanted && p->shown > 0)
        fputs("\r\033[K", stderr);
}
