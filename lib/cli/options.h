// SPDX-License-Identifier: MIT
// A command line, its help and its completion, from one table.
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "base/bytes.h"

#include <stdio.h>

struct option {
    char letter;         // 0: none
    const char *name;    // without the dashes
    const char *value;   // what the value is called in the help; NULL: the option takes none;
                         // in brackets: it may be left out, or stands behind "="
    const char *choices; // the values it may have, separated by "|"; NULL: any
    const char *help;    // NULL: not shown
};

struct command {
    const char *name;
    const char *usage;   // behind the name: "[OPTION]... [FILE]..."
    const char *purpose; // one sentence
    const struct option *options;
    size_t option_count;
    const char *notes; // below the options
};

enum { OPTIONS_MAX = 48 };

struct arguments {
    const char *value[OPTIONS_MAX]; // by the option's place in the table: NULL when not given, ""
                                    // when given without a value
    char **operand;                 // a part of argv, in order
    int operand_count;
};

// Options and operands may stand in any order; "--" ends the options, "-" is an operand. On a
// mistake a sentence goes to stderr and false comes back. Operands are moved to argv's end.
bool arguments_read(const struct command *command, int argc, char **argv, struct arguments *out);

// "PROGRAM: message" and where to find help, to stderr; control characters in it are escaped.
void usage_error(const struct command *command, const char *message, const char *what);

void command_put_help(const struct command *command, struct bytes *out);

// A completion script for "bash", "zsh" or "fish". False for another shell.
bool command_put_completion(const struct command *command, const char *shell, struct bytes *out);

#endif
