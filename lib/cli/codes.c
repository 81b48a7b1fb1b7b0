// SPDX-License-Identifier: MIT
#include "cli/codes.h"

#include "base/error.h"
#include "cli/language.h"
#include "person/problem.h"
#include "text/damage.h"

static void put_row(struct bytes *out, const char *kind, const char *code, const char *grade,
                    const char *sentence)
{
    bytes_put_str(out, str_of(code));
    bytes_put_char(out, '\t');
    bytes_put_str(out, str_of(kind));
    bytes_put_char(out, '\t');
    bytes_put_str(out, str_of(grade));
    bytes_put_char(out, '\t');
    bytes_put_str(out, str_of(say(sentence)));
    bytes_put_char(out, '\n');
}

void codes_put(struct bytes *out)
{
    for (enum error_code e = 0; e < ERROR_COUNT; e++)
        put_row(out, "error", error_name(e),
                error_class_of(e) == ERROR_NEGATIVE ? "negative" : "unreadable", error_sentence(e));
    for (enum problem_code p = 0; p < PROBLEM_COUNT; p++)
        put_row(out, "problem", problem_name(p), severity_name(problem_severity(p)),
                problem_sentence(p));
    for (enum damage_kind d = DAMAGE_NONE + 1; d < DAMAGE_UNKNOWN; d++)
        put_row(out, "repair", damage_name(d), "", "");
}
