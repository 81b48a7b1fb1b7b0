// SPDX-License-Identifier: MIT
// The doctor's report for other programs: cccd-record(5).
#ifndef CLI_DOCTOR_JSON_H
#define CLI_DOCTOR_JSON_H

#include "base/bytes.h"
#include "reader/report.h"

// One NDJSON object for one row, without its line end.
void doctor_put_line(struct bytes *out, const struct doctor_row *row);

// One object with all rows, without a line end.
void doctor_put_json(struct bytes *out, const struct doctor_report *report);

#endif
