// SPDX-License-Identifier: MIT
#include "cli/bench_job.h"

#include "base/clock.h"
#include "chip/pcsc.h"
#include "cli/bench_show.h"
#include "cli/chip_line.h"
#include "cli/language.h"
#include "cli/stop.h"
#include "cli/tell.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { COMMAND_MS = 10000, RETURN_MS = 5000 };

struct bench {
    const struct bench_options *how;
    struct bench_result result;
    uint64_t began;
    bool wants_progress;
    uint64_t told_seconds; // on the terminal
    unsigned commands;
};

static bool is_stopped(void *ctx)
{
    (void)ctx;
    return stop_asked();
}

static void tell_progress(struct bench *b)
{
    uint64_t seconds = (clock_now() - b->began) / CLOCK_SECOND;

    if (!b->wants_progress || seconds == b->told_seconds)
        return;
    b->told_seconds = seconds;
    fprintf(stderr, "\r\033[K%llu/%u s: %u", (unsigned long long)seconds, b->how->seconds,
            b->commands);
    fflush(stderr);
}

static void take_time(void *ctx, bool is_short, uint64_t us, struct chip_error error)
{
    struct bench *b = ctx;

    b->commands++;
    b->result.errors[error.code] += error.code != CHIP_OK;
    if (is_short)
        times_add(&b->result.times, us);
    tell_progress(b);
}

static enum status end(struct output *output, enum status status)
{
    return output_item(output) ? status : STATUS_FAILED;
}

static enum status fail(const struct bench_options *how, struct output *output,
                        struct chip_error error)
{
    const char *hint = chip_error_hint(error.code);

    tell(how->program, "PC/SC", chip_error_sentence(error.code));
    if (hint != NULL)
        tell(how->program, say(N_("what to do")), hint);
    if (how->for_people)
        return STATUS_FAILED;
    bytes_lit(&output->text, "{\"v\":1,\"source\":{},\"error\":");
    chip_error_put(&output->text, error);
    bytes_lit(&output->text, "}\n");
    return end(output, STATUS_FAILED);
}

// A card that was lost before the first command was timed is an error, too.
static bool count_the_end(struct bench_result *r)
{
    enum chip_code code = r->trial.error.code;

    if (code != CHIP_OK && code != CHIP_STOPPED && r->trial.failures == 0) {
        r->trial.failures++;
        r->errors[code]++;
    }
    return r->trial.failures > 0;
}

static enum status measure(struct bench *b, struct card *card, struct output *output)
{
    struct trial_options options = {
        .seconds = b->how->seconds, .stop = is_stopped, .timed = take_time, .ctx = b
    };

    b->result.reader = card->reader;
    b->wants_progress = isatty(STDERR_FILENO) == 1;
    b->began = clock_now();
    trial_run(card, &options, &b->result.trial);
    b->result.ms = (clock_now() - b->began) / CLOCK_MILLISECOND;
    if (b->told_seconds > 0)
        fputs("\r\033[K", stderr);
    bool failed = count_the_end(&b->result);
    if (b->how->for_people) {
        bench_put_text(&output->text, &b->result);
    } else {
        bench_put_line(&output->text, &b->result);
        bytes_put_char(&output->text, '\n');
    }
    return end(output, failed ? STATUS_NEGATIVE : STATUS_OK);
}

enum status bench_run(const struct bench_options *how, struct output *output)
{
    struct pcsc_open open = { .reader = how->reader,
                              .reset_wait_ms = RETURN_MS,
                              .timeout_ms = COMMAND_MS,
                              .stop_fd = stop_fd() };
    struct bench *b = calloc(1, sizeof *b);
    struct card card = { .ops = NULL };
    struct pcsc *pcsc = NULL;
    enum status status;

    if (b == NULL) {
        tell_failure(how->program, how->program, ENOMEM);
        return STATUS_FAILED;
    }
    b->how = how;
    struct chip_error error = pcsc_new(&pcsc);
    if (error.code == CHIP_OK)
        error = pcsc_open(pcsc, &open, &card);
    status = error.code == CHIP_OK ? measure(b, &card, output) : fail(how, output, error);
    card_close(&card);
    pcsc_free(&pcsc);
    free(b);
    return status;
}
