// SPDX-License-Identifier: MIT
// From what was seen of a machine, its service and its cards to what is wrong, in the order of
// cause. A pure function: everything that is looked at was looked at before.
#ifndef READER_JUDGE_H
#define READER_JUDGE_H

#include "reader/desk.h"
#include "reader/machine.h"
#include "reader/report.h"

// False when memory is short. The report lies in the arena.
bool doctor_judge(const struct machine *machine, const struct desk *desk, struct arena *arena,
                  struct doctor_report *report);

#endif
