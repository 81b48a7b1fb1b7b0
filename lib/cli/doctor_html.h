// SPDX-License-Identifier: MIT
// The doctor's report as one page to send away: nothing in it is fetched, run or personal.
#ifndef CLI_DOCTOR_HTML_H
#define CLI_DOCTOR_HTML_H

#include "cli/doctor_words.h"

// What is personal is masked here. False when memory is short.
bool doctor_put_html(struct bytes *out, const struct doctor_report *report,
                     const struct doctor_origin *origin);

#endif
