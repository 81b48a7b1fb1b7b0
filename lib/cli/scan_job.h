// SPDX-License-Identifier: MIT
// The work of cccd-scan: files in, a line out for every symbol, page or file.
#ifndef CLI_SCAN_JOB_H
#define CLI_SCAN_JOB_H

#include "cli/output.h"
#include "cli/scan_pictures.h"
#include "cli/status.h"

struct scan_counts {
    unsigned long files, pages, cards, others, empty, failed;
};

struct scan_options {
    struct scan_request request;
    unsigned jobs;
    bool unordered;
    bool all; // QR codes that are no card are written beside those that are
    uint64_t memory;
    struct scan_folders folders;
};

struct scan_job;

// NULL when memory is short. The output stays the caller's.
struct scan_job *scan_job_new(const struct scan_options *options, struct output *output);
void scan_job_free(struct scan_job **job);

// A file, by the path that is to stand in its lines; "-" is standard input. Waits until a worker
// has room. False when the output failed or the workers cannot go on.
bool scan_job_file(struct scan_job *job, struct str path);

// A picture of a stream, from 1: without a QR code it makes no line, and a code that was seen a
// moment ago makes none either.
bool scan_job_frame(struct scan_job *job, struct str frame, uint32_t number);

// An input that is no file: a line with that error, in its place.
bool scan_job_error(struct scan_job *job, struct str path, struct error error);

// Waits until all is written. False as above.
bool scan_job_finish(struct scan_job *job);

// Works on until the descriptor is readable or so many milliseconds are over (-1: no end). False as
// above.
bool scan_job_wait(struct scan_job *job, int fd, int milliseconds);

enum status scan_job_status(const struct scan_job *job);

// The errno with which the first picture could not be written; 0: none.
int scan_job_picture_failure(const struct scan_job *job);
const struct scan_counts *scan_job_counts(const struct scan_job *job);

// Why the workers cannot go on: a sentence and an errno; NULL when that is not the cause.
const char *scan_job_trouble(const struct scan_job *job, int *native);

#endif
