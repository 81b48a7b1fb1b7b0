// SPDX-License-Identifier: MIT
#include "reader/finding.h"

#define FINDING_ROW(identifier, text, of, what, how, why, remedy, lines)                           \
    { .code = text,                                                                                \
      .check = of,                                                                                 \
      .state = what,                                                                               \
      .looks = how,                                                                                \
      .cause = why,                                                                                \
      .fix = remedy,                                                                               \
      .commands = lines },

static const struct doctor_finding findings[] = { DOCTOR_FINDINGS(FINDING_ROW) };

#define CHECK_ROW(identifier, code, question) { code, question },

static const struct {
    const char *code, *question;
} checks[] = { DOCTOR_CHECKS(CHECK_ROW) };

const struct doctor_finding *doctor_finding(enum doctor_code code)
{
    return &findings[code];
}

const char *doctor_check_code(enum doctor_check check)
{
    return checks[check].code;
}

const char *doctor_check_question(enum doctor_check check)
{
    return checks[check].question;
}

const char *doctor_state_name(enum doctor_state state)
{
    static const char *const names[] = {
        [DOCTOR_GOOD] = "good",       [DOCTOR_NOTE] = "note",       [DOCTOR_WARNING] = "warning",
        [DOCTOR_TROUBLE] = "trouble", [DOCTOR_SKIPPED] = "skipped",
    };
    return names[state];
}
