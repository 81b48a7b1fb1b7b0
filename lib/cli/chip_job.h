// SPDX-License-Identifier: MIT
// The work of cccd-chip: cards in, a line out for each of them.
#ifndef CLI_CHIP_JOB_H
#define CLI_CHIP_JOB_H

#include "base/lines.h"
#include "chip/pcsc.h"
#include "cli/chip_keys.h"
#include "cli/output.h"
#include "cli/status.h"

struct chip_options {
    const char *reader;         // as pcsc_find() takes it, or replay:FILE; NULL: any
    int wait_ms;                // for a card; -1: for ever
    bool wait_service;          // for the service, too
    const char *out;            // the evidence folder; NULL: none is kept
    const char *trace, *record; // files; NULL: none
    bool trace_plain;
    bool table, blink;              // of list: for people; and the reader's light blinks
    struct session_options session; // without keys
};

struct chip_job;

// NULL when memory is short.
struct chip_job *chip_job_new(const char *program, const struct chip_options *options,
                              struct output *output);
void chip_job_free(struct chip_job **job);

// Reads the card that lies there, or that is laid down, with these keys.
enum status chip_job_read(struct chip_job *job, const struct chip_keys *keys);

// Reads the card of each record in turn: lines of NDJSON. Each card is asked for by name.
enum status chip_job_records(struct chip_job *job, struct lines_source source);

// The readers, and what lies on them: a line each.
enum status chip_job_list(struct chip_job *job);

// A line for each reader and card that comes and goes, until interrupted. With keys, each card that
// comes is read with them.
enum status chip_job_watch(struct chip_job *job, const struct chip_keys *keys);

// What an evidence folder holds, as if it were read now.
enum status chip_job_dump(struct chip_job *job, const char *folder);

#endif
