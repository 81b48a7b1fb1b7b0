// SPDX-License-Identifier: MIT
// What every program tells of itself: its options, its version, its codes, its completion.
#ifndef CLI_ABOUT_H
#define CLI_ABOUT_H

#include "cli/options.h"
#include "cli/output.h"
#include "cli/status.h"

struct about {
    int help, version, list_codes, completion; // the options' places in the table
    int list_checks;                           // where there is put_checks
    void (*put_version)(const char *name, struct bytes *out);
    void (*put_codes)(struct bytes *out);
    void (*put_checks)(struct bytes *out); // NULL: the program checks nothing
};

// Is any of it asked for? Then everything else is left.
bool about_is_asked(const struct about *about, const struct arguments *a);

enum status about_show(const struct about *about, const struct command *command,
                       const struct arguments *a, struct output *output);

#endif
