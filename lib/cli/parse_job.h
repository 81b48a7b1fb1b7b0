// SPDX-License-Identifier: MIT
// The work of cccd-parse: lines in, an item out for each of them.
#ifndef CLI_PARSE_JOB_H
#define CLI_PARSE_JOB_H

#include "base/lines.h"
#include "cli/emit.h"
#include "cli/status.h"
#include "reader/scanner_profile.h"

struct parse_counts {
    unsigned long lines, records, repaired, warned, wrong, failed;
};

struct parse_job;

struct parse_options {
    bool mask;
    bool strict;    // warnings count as a negative answer
    bool null_ends; // lines end with a zero byte
    bool live;      // a scanner sends them: empty lines mean nothing, silence ends a payload
    const struct scanner_profile *scanner; // what made the lines; NULL: not known
};

// NULL when memory is short. The emitter stays the caller's.
struct parse_job *parse_job_new(const struct parse_options *options, struct emitter *emitter);
void parse_job_free(struct parse_job **job);

// Reads a source to its end. The path is what stands in every item; empty for standard input.
// False when the output failed or memory was short: nothing more can be done then.
bool parse_job_read(struct parse_job *job, struct str path, struct lines_source source);

// An input that could not even be opened: an item with that error.
bool parse_job_unreadable(struct parse_job *job, struct str path, int native);

// parse_job_read() in steps: an input begins; what comes of it goes on where it stood.
bool parse_job_begin(struct parse_job *job, struct str path);
bool parse_job_continue(struct parse_job *job, struct lines_source source);

// So many lines of the input were read elsewhere.
void parse_job_skip(struct parse_job *job, unsigned long lines);

// For a part of an input that stands behind so many lines: what was counted is forgotten.
void parse_job_restart(struct parse_job *job, unsigned long line);

// What another job did for this one.
void parse_job_add(struct parse_job *job, const struct parse_counts *counts, enum status status);

// What the items seen so far amount to.
enum status parse_job_status(const struct parse_job *job);
const struct parse_counts *parse_job_counts(const struct parse_job *job);

#endif
