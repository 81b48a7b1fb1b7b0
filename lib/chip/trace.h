// SPDX-License-Identifier: MIT
// A log of commands and answers for reports of errors: heads, lengths, status words, names and
// times. What commands and answers carry is left out, for it is a person's, or opens the way to it;
// in its place stands the length, and a word that is the same for the same bytes in this trace. The
// word is made with a key that is written nowhere, so that nobody finds the bytes by trial. Only
// what SELECT and MANAGE SECURITY ENVIRONMENT carry outside of secure messaging is shown: names of
// files and algorithms.
#ifndef CHIP_TRACE_H
#define CHIP_TRACE_H

#include "chip/card.h"

// *out is to be used, and closed, in place of *inner, which is the trace's own from now on. `plain`
// leaves nothing out. The file is new, or emptied, and nobody else's to read. On an error *inner is
// as before.
struct chip_error trace_open(struct card *inner, const char *path, bool plain, struct card *out);

#endif
