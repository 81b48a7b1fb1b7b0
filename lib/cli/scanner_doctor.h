// SPDX-License-Identifier: MIT
// cccd-parse doctor: what is wrong with a QR scanner, by what it makes of the test sheet.
#ifndef CLI_SCANNER_DOCTOR_H
#define CLI_SCANNER_DOCTOR_H

#include "cli/output.h"
#include "cli/status.h"

struct scanner_doctor {
    const char *program;
    const char *path; // "-": standard input
    unsigned long baud;
    int wait_ms;
    bool tried_11;
    bool ndjson;
    bool colour;
    const char *learn; // where to write a profile; NULL: nowhere
};

// STATUS_USAGE where no device has the speed: the caller says so.
enum status scanner_doctor_run(const struct scanner_doctor *doctor, struct output *output);

// The codes of findings, as codes_put() lists others.
void scanner_codes_put(struct bytes *out);

#endif
