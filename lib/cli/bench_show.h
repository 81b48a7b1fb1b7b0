// SPDX-License-Identifier: MIT
// What cccd-chip bench found, for people and for programs.
#ifndef CLI_BENCH_SHOW_H
#define CLI_BENCH_SHOW_H

#include "base/bytes.h"
#include "base/times.h"
#include "chip/trial.h"

struct bench_result {
    const char *reader;
    uint64_t ms; // that it took
    struct chip_trial trial;
    struct times times; // of the short command
    uint32_t errors[CHIP_CODE_COUNT];
};

// One NDJSON object without its line end.
void bench_put_line(struct bytes *out, const struct bench_result *result);

void bench_put_text(struct bytes *out, const struct bench_result *result);

#endif
