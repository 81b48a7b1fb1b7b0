// SPDX-License-Identifier: MIT
#include "cli/doctor_fix.h"

#include "cli/language.h"
#include "cli/wrap.h"
#include "text/display.h"
#include "text/shell.h"

enum { WIDTH = 90 };

// A comment ends with its line: what is escaped for a terminal has no line end of any kind.
static void put_comment(struct bytes *out, const char *heading, struct str text)
{
    struct wrap w = { .out = out, .width = WIDTH, .begin = "#   ", .column = 2 };
    struct bytes shown = { 0 };

    bytes_lit(out, "# ");
    if (heading != NULL) {
        wrap_put(&w, str_of(say(heading)));
        wrap_put(&w, STR(": "));
    }
    display_put(&shown, text);
    wrap_put(&w, bytes_str(&shown));
    wrap_end(&w);
    out->failed |= shown.failed;
    bytes_free(&shown);
}

static bool acts(const struct doctor_row *row)
{
    return row->code != FINDING_NONE &&
           (row->state == DOCTOR_WARNING || row->state == DOCTOR_TROUBLE);
}

static bool asks(const struct doctor_report *report)
{
    for (size_t i = 0; i < report->rows; i++)
        if (acts(&report->row[i]) && report->row[i].commands.n > 0)
            return true;
    return false;
}

static bool stood_before(const struct doctor_report *report, size_t i)
{
    for (size_t before = 0; before < i; before++)
        if (acts(&report->row[before]) && report->row[before].code == report->row[i].code &&
            str_eq(report->row[before].commands, report->row[i].commands))
            return true;
    return false;
}

static void put_beginning(struct bytes *out, const struct doctor_origin *origin)
{
    bytes_lit(out, "#!/bin/sh\n");
    put_comment(out, NULL, str_of(say(N_("What cccd-chip doctor proposes to fix."))));
    put_comment(out, N_("Made"), origin->time);
    put_comment(out, N_("With"), origin->tools);
    put_comment(out, NULL,
                str_of(say(N_("Read it before you run it: sh FILE. It asks before each step and "
                              "does nothing without a yes; it stops where a command fails."))));
    bytes_lit(out, "set -eu\n");
}

static void put_asking(struct bytes *out)
{
    bytes_lit(out, "\nask() {\n    printf '\\n%s\\n%s [y/N] ' \"$1\" ");
    shell_put_word(out, str_of(say(N_("Do this now?"))));
    bytes_lit(out, "\n    read -r answer || return 1\n    case $answer in\n"
                   "    [yY]*) return 0 ;;\n    *) return 1 ;;\n    esac\n}\n");
}

static void put_commands(struct bytes *out, const struct doctor_row *row)
{
    struct str commands = row->commands;

    bytes_lit(out, "if ask ");
    shell_put_word(out, str_of(say(doctor_finding(row->code)->fix)));
    bytes_lit(out, "; then\n");
    for (struct str line; doctor_next_line(&commands, &line);) {
        bytes_lit(out, "    ");
        display_put(out, line);
        bytes_put_char(out, '\n');
    }
    bytes_lit(out, "fi\n");
}

static void put_block(struct bytes *out, const struct doctor_report *report, size_t i,
                      size_t number)
{
    const struct doctor_row *row = &report->row[i];
    const struct doctor_finding *finding = doctor_finding(row->code);

    bytes_lit(out, "\n# ");
    bytes_put_number(out, number);
    bytes_lit(out, ". ");
    bytes_put_str(out, str_of(finding->code));
    bytes_put_char(out, '\n');
    if (row->subject.n > 0)
        put_comment(out, NULL, row->subject);
    put_comment(out, NULL, str_of(say(finding->looks)));
    put_comment(out, N_("Cause"), str_of(say(finding->cause)));
    put_comment(out, N_("Fix"), str_of(say(finding->fix)));
    if (stood_before(report, i)) {
        put_comment(out, NULL, str_of(say(N_("The same step as above."))));
    } else if (row->commands.n > 0) {
        put_commands(out, row);
    } else {
        bytes_lit(out, "printf '\\n%s\\n' ");
        shell_put_word(out, str_of(say(finding->fix)));
        bytes_put_char(out, '\n');
    }
}

void doctor_put_fix(struct bytes *out, const struct doctor_report *report,
                    const struct doctor_origin *origin)
{
    size_t number = 0;

    put_beginning(out, origin);
    if (asks(report))
        put_asking(out);
    for (size_t i = 0; i < report->rows; i++)
        if (acts(&report->row[i]))
            put_block(out, report, i, ++number);
    if (number == 0) {
        bytes_lit(out, "\nprintf '%s\\n' ");
        shell_put_word(out, str_of(say(N_("There is nothing to fix."))));
        bytes_put_char(out, '\n');
    }
}
