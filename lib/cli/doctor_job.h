// SPDX-License-Identifier: MIT
// cccd-chip doctor: what is wrong between a card and this program.
#ifndef CLI_DOCTOR_JOB_H
#define CLI_DOCTOR_JOB_H

#include "cli/output.h"
#include "cli/status.h"

enum doctor_format { DOCTOR_TEXT, DOCTOR_NDJSON, DOCTOR_JSON };

struct doctor_options {
    const char *program;
    const char *reader;  // whose card is tried, as pcsc_find() takes it; NULL: each one's
    const char *sysroot; // where the machine's files are; NULL: here
    enum doctor_format format;
    const char *report, *fix_script; // files; NULL: none
};

// Nothing is changed but these files. STATUS_NEGATIVE where something is to be mended.
enum status doctor_run(const struct doctor_options *how, struct output *output);

#endif
