// SPDX-License-Identifier: MIT
#include "cli/about.h"

#include "cli/tell.h"

static bool checks_are_asked(const struct about *about, const struct arguments *a)
{
    return about->put_checks != NULL && a->value[about->list_checks] != NULL;
}

bool about_is_asked(const struct about *about, const struct arguments *a)
{
    return a->value[about->help] != NULL || a->value[about->version] != NULL ||
           a->value[about->list_codes] != NULL || a->value[about->completion] != NULL ||
           checks_are_asked(about, a);
}

enum status about_show(const struct about *about, const struct command *command,
                       const struct arguments *a, struct output *output)
{
    if (a->value[about->help])
        command_put_help(command, &output->text);
    else if (a->value[about->version])
        about->put_version(command->name, &output->text);
    else if (a->value[about->list_codes])
        about->put_codes(&output->text);
    else if (checks_are_asked(about, a))
        about->put_checks(&output->text);
    else
        command_put_completion(command, a->value[about->completion], &output->text);
    return tell_finished(command->name, output);
}
