// SPDX-License-Identifier: MIT
// The doctor's report as a person reads it on a terminal.
#ifndef CLI_DOCTOR_TEXT_H
#define CLI_DOCTOR_TEXT_H

#include "base/bytes.h"
#include "reader/report.h"

struct doctor_style {
    bool colour;
    bool utf8;    // marks beyond ASCII can be shown
    size_t width; // columns; 0: lines as long as they get
};

// What suits this descriptor; `when` as colour_wanted() takes it.
struct doctor_style doctor_style_for(int fd, const char *when);

void doctor_put_text(struct bytes *out, const struct doctor_report *report,
                     const struct doctor_style *style);

#endif
