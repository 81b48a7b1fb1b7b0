// SPDX-License-Identifier: MIT
// What the doctor proposes, as a shell script for a person to read first.
#ifndef CLI_DOCTOR_FIX_H
#define CLI_DOCTOR_FIX_H

#include "cli/doctor_words.h"

// Plain POSIX shell that asks before each step. Making it changes nothing.
void doctor_put_fix(struct bytes *out, const struct doctor_report *report,
                    const struct doctor_origin *origin);

#endif
