// SPDX-License-Identifier: MIT
#include "cli/doctor_table.h"

#include "cli/doctor_words.h"
#include "cli/language.h"

static void put_cell(struct bytes *out, const char *text)
{
    bytes_put_char(out, '\t');
    bytes_put_str(out, str_of(text));
}

static void put_finding(struct bytes *out, const struct doctor_finding *finding)
{
    struct str commands = str_of(finding->commands != NULL ? finding->commands : "");

    bytes_lit(out, "finding");
    put_cell(out, finding->code);
    put_cell(out, doctor_check_code(finding->check));
    put_cell(out, doctor_state_name(finding->state));
    put_cell(out, say(finding->looks));
    put_cell(out, say(finding->cause));
    put_cell(out, say(finding->fix));
    for (struct str line; doctor_next_line(&commands, &line);) {
        bytes_put_char(out, '\t');
        bytes_put_str(out, line);
    }
    bytes_put_char(out, '\n');
}

void doctor_put_table(struct bytes *out)
{
    for (enum doctor_check check = 0; check < DOCTOR_CHECK_COUNT; check++) {
        bytes_lit(out, "check");
        put_cell(out, doctor_check_code(check));
        put_cell(out, say(doctor_check_question(check)));
        bytes_put_char(out, '\n');
        for (enum doctor_code code = FINDING_NONE + 1; code < DOCTOR_CODE_COUNT; code++)
            if (doctor_finding(code)->check == check)
                put_finding(out, doctor_finding(code));
    }
}
