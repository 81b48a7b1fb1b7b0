// SPDX-License-Identifier: MIT
// What the parts of cccd-chip's work share.
#ifndef CLI_CHIP_STATE_H
#define CLI_CHIP_STATE_H

#include "cli/chip_job.h"
#include "cli/chip_progress.h"

struct chip_job {
    const char *program;
    const struct chip_options *options;
    struct output *output;
    struct arena arena;
    struct pcsc *pcsc; // once it is needed
    struct chip_progress waiting;
    unsigned long cards; // read so far
};

// Speaks with the smart card service from now on.
struct chip_error chip_job_service(struct chip_job *job);

// The person who waits is told at once, whatever becomes of the line.
void chip_job_tell(const struct chip_job *job, const char *what, struct chip_error error);

enum status chip_job_end_line(struct chip_job *job, enum status status);

// Reads the card on that reader.
enum status chip_job_read_on(struct chip_job *job, const char *reader,
                             const struct chip_keys *keys);

#endif
