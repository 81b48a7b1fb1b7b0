// SPDX-License-Identifier: MIT
// What the doctor's rows are called, in the reader's language, wherever they are shown.
#ifndef CLI_DOCTOR_WORDS_H
#define CLI_DOCTOR_WORDS_H

#include "base/bytes.h"
#include "reader/report.h"

// When and where a report was made.
struct doctor_origin {
    struct str time;   // "2026-01-02 03:04 UTC"
    struct str tools;  // "cccd-tools 0.1.0"
    struct str kernel; // "Linux 6.1.0-9-amd64, x86_64"
};

// Here and now. Its texts lie in the arena.
struct doctor_origin doctor_origin_here(struct arena *arena);

// "warning", translated.
const char *doctor_state_word(enum doctor_state state);

// "serial number"; names that are not known stand for themselves.
const char *doctor_fact_label(const char *name);

// The value; one of the few fixed words is translated. It may hold anything.
struct str doctor_fact_value(const struct doctor_fact *fact);

// "maker: ACS, serial number: 1234", for a terminal.
void doctor_put_facts(struct bytes *out, const struct doctor_row *row);

// From this row on, so many are skipped for the same reason; 0 where it is not skipped.
size_t doctor_skipped_alike(const struct doctor_report *report, size_t from);

// Why a row was skipped.
void doctor_put_reason(struct bytes *out, const struct doctor_row *row);

// Rows in that state.
size_t doctor_count(const struct doctor_report *report, enum doctor_state state);

// What it comes to: "Nothing is wrong."
void doctor_put_summary(struct bytes *out, const struct doctor_report *report);

// Takes the first line of *rest. False where there is none.
bool doctor_next_line(struct str *rest, struct str *line);

#endif
