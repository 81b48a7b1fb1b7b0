// SPDX-License-Identifier: MIT
#include "cli/chip_progress.h"

#include "cli/language.h"

#include <stdio.h>
#include <unistd.h>

static const char clear_line[] = "\r\033[K";

void chip_progress_begin(struct chip_progress *p)
{
    *p = (struct chip_progress){ .wanted = isatty(STDERR_FILENO) == 1 };
}

void chip_progress_step(void *ctx, const char *step)
{
    struct chip_progress *p = ctx;

    p->step = step;
    if (!p->wanted)
        return;
    p->shown = true;
    fprintf(stderr, "%s%s", clear_line, step);
    fflush(stderr);
}

void chip_progress_file(void *ctx, enum lds_file file, size_t done, size_t total)
{
    struct chip_progress *p = ctx;

    if (!p->wanted || total == 0)
        return;
    p->shown = true;
    fprintf(stderr, "%s%s %u %%", clear_line, lds_file(file)->name,
            (unsigned)(100 * (uint64_t)done / total));
    fflush(stderr);
}

void chip_progress_wait(void *ctx, enum chip_code what, int seconds)
{
    struct chip_progress *p = ctx;
    char left[32] = "";

    if (!p->wanted || (p->shown && p->what == what && p->seconds == seconds))
        return;
    p->shown = true;
    p->what = what;
    p->seconds = seconds;
    if (seconds >= 0)
        snprintf(left, sizeof left, " (%d s)", seconds);
    fprintf(stderr, "%s%s%s: %s", clear_line, say(N_("waiting")), left,
            say(chip_error_sentence(what)));
    fflush(stderr);
}

void chip_progress_end(struct chip_progress *p)
{
    if (p->shown)
        fputs(clear_line, stderr);
    p->shown = false;
}
