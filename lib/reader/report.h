// SPDX-License-Identifier: MIT
// What the doctor says: a row for each question, or for each reader or device where it is asked of
// each.
#ifndef READER_REPORT_H
#define READER_REPORT_H

#include "base/arena.h"
#include "reader/finding.h"

enum { DOCTOR_FACTS_MAX = 12, DOCTOR_ROWS_MAX = 512 };

// What was seen: "version" "1.9.9", with stable English names. A personal one (a serial number, a
// UID, an account) is masked in what is sent away.
struct doctor_fact {
    const char *name;
    struct str value;
    bool personal;
};

struct doctor_row {
    enum doctor_check check;
    enum doctor_state state;
    enum doctor_code code;     // FINDING_NONE where it is good or skipped
    enum doctor_check because; // where skipped: the question whose trouble makes this one pointless
    const char *reason;        // where skipped without such a question: a sentence; else NULL
    struct str subject;        // a reader's name, a device; empty: the machine
    struct doctor_fact fact[DOCTOR_FACTS_MAX];
    size_t facts;
    struct str commands; // of the fix, one a line, ready to be pasted; empty: none
};

struct doctor_report {
    struct arena *arena;
    struct doctor_row *row;
    size_t rows;
};

// The commands of a finding with the facts put in, quoted for the shell; empty where it has none or
// a fact is missing.
struct str doctor_commands(struct arena *arena, const struct doctor_finding *finding,
                           const struct doctor_fact *facts, size_t n);

// The worst state of all rows, where being skipped counts as good.
enum doctor_state doctor_worst(const struct doctor_report *report);

#endif
