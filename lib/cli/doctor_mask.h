// SPDX-License-Identifier: MIT
// A report without what is personal, for sending it away.
#ifndef CLI_DOCTOR_MASK_H
#define CLI_DOCTOR_MASK_H

#include "reader/report.h"

// The same rows, where of each personal fact only the last two characters are left, wherever it
// stands: in other facts, names and commands too. So it is with the serial number that the service
// puts into a reader's name. Everything lies in the report's arena; false when memory is short.
bool doctor_mask(const struct doctor_report *report, struct doctor_report *masked);

#endif
