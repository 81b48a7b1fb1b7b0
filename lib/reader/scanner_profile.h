// SPDX-License-Identifier: MIT
// What one scanner does to every code, learnt from the test sheet, and its undoing. Only what has
// one reading is undone; the rest is left to lib/text/damage.h and its rules.
#ifndef READER_SCANNER_PROFILE_H
#define READER_SCANNER_PROFILE_H

#include "base/arena.h"
#include "reader/scanner_exam.h"

enum { PROFILE_LENGTH_MAX = 16 * 1024 };

struct scanner_profile {
    enum scanner_form form;
    enum scanner_case letters;
    size_t layout;
    char separator[SCAN_SEPARATOR_MAX], prefix[EXAM_TEXT_MAX], suffix[EXAM_TEXT_MAX];
    size_t separator_length, prefix_length, suffix_length;
};

// False where the scans have nothing in common that could be learnt.
bool scanner_profile_learn(const struct exam *exam, struct scanner_profile *profile);

// Lines of text without anything personal in them.
void scanner_profile_put(const struct scanner_profile *profile, struct bytes *out);

// On a mistake *line is where it stands, from 1, and *why a sentence; else true.
bool scanner_profile_read(struct str text, struct scanner_profile *profile, unsigned *line,
                          const char **why);

// What the scanner was given before it made this line of it, as far as that can be told for
// certain. False: the line stays as it came.
bool scanner_profile_undo(const struct scanner_profile *profile, struct arena *arena,
                          struct str line, struct str *out);

#endif
