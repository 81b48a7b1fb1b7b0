// SPDX-License-Identifier: MIT
#include "reader/judge.h"

#include "reader/rows.h"

static const struct str the_machine = { "", 0 };

// Where there is no reader to be asked about, the questions are there all the same: nobody should
// wonder whether they were forgotten.
static void skip_readers(struct judging *j)
{
    for (enum doctor_check check = CHECK_READER_MODEL; check < DOCTOR_CHECK_COUNT; check++)
        if (!row_pointless(j, check, CHECK_USB, the_machine))
            row_skipped(j, check, the_machine, N_("there is no reader"));
}

bool doctor_judge(const struct machine *machine, const struct desk *desk, struct arena *arena,
                  struct doctor_report *report)
{
    struct judging j = { .machine = machine, .desk = desk, .report = report };

    *report = (struct doctor_report){ .arena = arena };
    report->row = arena_alloc(arena, DOCTOR_ROWS_MAX * sizeof *report->row);
    if (report->row == NULL)
        return false;
    judge_machine(&j);
    judge_service(&j);
    for (size_t i = 0; i < desk->readers; i++)
        judge_reader(&j, &desk->reader[i]);
    if (desk->readers == 0)
        skip_readers(&j);
    rows_finish(&j);
    return !arena->failed;
}
