// SPDX-License-Identifier: MIT
// The judge's own: what it has before it, and rows as they are added.
#ifndef READER_ROWS_H
#define READER_ROWS_H

#include "reader/judge.h"

struct judging {
    const struct machine *machine;
    const struct desk *desk;
    struct doctor_report *report;
};

// A new row without facts. What is judged is a machine where the subject is empty. Never NULL: when
// memory is short or there are too many, the arena says failed and the row is thrown away.
struct doctor_row *row_good(struct judging *j, enum doctor_check check, struct str subject);
struct doctor_row *row_found(struct judging *j, enum doctor_code code, struct str subject);
void row_skipped(struct judging *j, enum doctor_check check, struct str subject,
                 const char *reason);

void row_fact(struct doctor_row *row, const char *name, struct str value);
void row_personal(struct doctor_row *row, const char *name, struct str value);
__attribute__((format(printf, 4, 5))) void row_say(struct judging *j, struct doctor_row *row,
                                                   const char *name, const char *format, ...);

// Skips a question that a trouble with the same subject, or with the machine, makes pointless.
// Only troubles with `since` and later questions count.
bool row_pointless(struct judging *j, enum doctor_check check, enum doctor_check since,
                   struct str subject);

// The commands of every finding, when its facts are complete.
void rows_finish(struct judging *j);

// A device and a reader of the service are the same thing, as far as their names and numbers tell.
bool same_reader(const struct machine_device *device, const struct desk_reader *reader);

// The service lists it: whatever it needs, it has.
bool is_listed(const struct judging *j, const struct machine_device *device);

struct str device_name(struct judging *j, const struct machine_device *device);

void judge_machine(struct judging *j);
void judge_service(struct judging *j);
void judge_reader(struct judging *j, const struct desk_reader *reader);

#endif
