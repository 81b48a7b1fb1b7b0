// SPDX-License-Identifier: MIT
// Messages for the person at the terminal, on standard error.
#ifndef CLI_TELL_H
#define CLI_TELL_H

#include "cli/output.h"
#include "cli/status.h"

// "PROGRAM: WHAT: SENTENCE". What comes from outside (a file's name) stands in `what` and is
// escaped; the sentence is said in the reader's language.
void tell(const char *program, const char *what, const char *sentence);

// The same with the system's words for an errno.
void tell_failure(const char *program, const char *what, int native);

// Writes what is left of the output. A reader that went away (EPIPE) knows it; everybody else is
// told.
enum status tell_finished(const char *program, struct output *output);

#endif
