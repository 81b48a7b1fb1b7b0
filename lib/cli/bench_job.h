// SPDX-License-Identifier: MIT
// cccd-chip bench: one reader and its card tried for long, without a key.
#ifndef CLI_BENCH_JOB_H
#define CLI_BENCH_JOB_H

#include "cli/output.h"
#include "cli/status.h"

enum { BENCH_SECONDS = 10, BENCH_SECONDS_MAX = 86400 };

struct bench_options {
    const char *program;
    const char *reader; // as pcsc_find() takes it; NULL: the one that has a card
    unsigned seconds;
    bool for_people; // text with bars; else one NDJSON line
};

// Ends early when stop_asked(); what there is until then is told.
enum status bench_run(const struct bench_options *how, struct output *output);

#endif
