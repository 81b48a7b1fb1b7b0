// SPDX-License-Identifier: MIT
// The files that a command line names.
#ifndef CLI_FILES_H
#define CLI_FILES_H

#include <stdbool.h>

// Called for each file: fd is open for reading, or -1 with the errno. False ends the round.
typedef bool files_fn(void *ctx, const char *name, int fd, int native);

// Each operand in turn; standard input for "-" and where there is none.
bool files_each(char *const *operand, int count, files_fn *each, void *ctx);

// Each name in a list file ("-": standard input), where a zero byte ends every name. False and
// *native when the list itself cannot be read.
bool files_each_listed(const char *list, files_fn *each, void *ctx, int *native);

#endif
