// SPDX-License-Identifier: MIT
#include "reader/scanner_finding.h"

#define SCANNER_ROW(identifier, code, severity, looks, cause, fix)                                 \
    { code, severity, looks, cause, fix },
static const struct scanner_finding_row rows[] = { SCANNER_FINDINGS(SCANNER_ROW) };
#undef SCANNER_ROW

const struct scanner_finding_row *scanner_finding_row(enum scanner_finding finding)
{
    return &rows[finding];
}

const char *scanner_severity_name(enum scanner_severity severity)
{
    static const char *const names[] = { "note", "warning", "error", "undecided" };
    return names[severity];
}
