// SPDX-License-Identifier: MIT
#include "person/problem.h"

#include <stddef.h>

struct problem_row {
    const char *name;
    enum severity severity;
    const char *sentence;
};

#define PROBLEM_ROW(identifier, code, severity, sentence) { code, severity, sentence },
static const struct problem_row rows[] = { PROBLEMS(PROBLEM_ROW) };
#undef PROBLEM_ROW

const char *problem_name(enum problem_code code)
{
    return rows[code].name;
}

enum severity problem_severity(enum problem_code code)
{
    return rows[code].severity;
}

const char *problem_sentence(enum problem_code code)
{
    return rows[code].sentence;
}

const char *severity_name(enum severity severity)
{
    static const char *const names[] = { "note", "warning", "error" };
    return names[severity];
}
