// SPDX-License-Identifier: MIT
#include "cli/options.h"

static bool is_shown(const struct option *option)
{
    return option->help != NULL;
}

static void put_name(struct bytes *out, const char *name)
{
    bytes_put_str(out, str_of(name));
}

// "a|b" with another separator.
static void put_choices(struct bytes *out, const char *choices)
{
    for (; *choices != '\0'; choices++)
        bytes_put_char(out, *choices == '|' ? ' ' : *choices);
}

static void put_bash(const struct command *command, struct bytes *out)
{
    bytes_lit(out, "complete -o default -F _cccd_complete_");
    for (const char *p = command->name; *p != '\0'; p++)
        bytes_put_char(out, *p == '-' ? '_' : *p);
    bytes_put_char(out, ' ');
    put_name(out, command->name);
    bytes_lit(out, "\n_cccd_complete_");
    for (const char *p = command->name; *p != '\0'; p++)
        bytes_put_char(out, *p == '-' ? '_' : *p);
    bytes_lit(out, "() {\n    COMPREPLY=()\n    case $3 in\n");
    for (size_t i = 0; i < command->option_count; i++) {
        const struct option *o = &command->options[i];
        if (!is_shown(o) || o->choices == NULL)
            continue;
        bytes_lit(out, "    --");
        put_name(out, o->name);
        if (o->letter != '\0') {
            bytes_lit(out, " | -");
            bytes_put_char(out, o->letter);
        }
        bytes_lit(out, ") mapfile -t COMPREPLY < <(compgen -W '");
        put_choices(out, o->choices);
        bytes_lit(out, "' -- \"$2\"); return ;;\n");
    }
    bytes_lit(out, "    esac\n    [[ $2 == -* ]] && mapfile -t COMPREPLY < <(compgen -W '");
    for (size_t i = 0; i < command->option_count; i++) {
        if (!is_shown(&command->options[i]))
            continue;
        bytes_lit(out, "--");
        put_name(out, command->options[i].name);
        bytes_put_char(out, ' ');
    }
    bytes_lit(out, "' -- \"$2\")\n}\n");
}

static void put_zsh_text(struct bytes *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '\'')
            bytes_lit(out, "'\\''");
        else if (strchr("[]:\\", *text) != NULL)
            bytes_put_char(out, '\\'), bytes_put_char(out, *text);
        else
            bytes_put_char(out, *text);
    }
}

static void put_zsh(const struct command *command, struct bytes *out)
{
    bytes_lit(out, "#compdef ");
    put_name(out, command->name);
    bytes_lit(out, "\n_arguments -s \\\n");
    for (size_t i = 0; i < command->option_count; i++) {
        const struct option *o = &command->options[i];
        if (!is_shown(o))
            continue;
        bytes_lit(out, "    '--");
        put_name(out, o->name);
        bytes_put_str(out, o->value != NULL ? STR("=[") : STR("["));
        put_zsh_text(out, o->help);
        bytes_put_char(out, ']');
        if (o->choices != NULL) {
            bytes_lit(out, ":value:(");
            put_choices(out, o->choices);
            bytes_put_char(out, ')');
        } else if (o->value != NULL) {
            bytes_lit(out, ":value:_files");
        }
        bytes_lit(out, "' \\\n");
    }
    bytes_lit(out, "    '*:file:_files'\n");
}

static void put_fish(const struct command *command, struct bytes *out)
{
    for (size_t i = 0; i < command->option_count; i++) {
        const struct option *o = &command->options[i];
        if (!is_shown(o))
            continue;
        bytes_lit(out, "complete -c ");
        put_name(out, command->name);
        bytes_lit(out, " -l ");
        put_name(out, o->name);
        if (o->letter != '\0') {
            bytes_lit(out, " -s ");
            bytes_put_char(out, o->letter);
        }
        if (o->choices != NULL) {
            bytes_lit(out, " -x -a '");
            put_choices(out, o->choices);
            bytes_put_char(out, '\'');
        } else if (o->value != NULL) {
            bytes_lit(out, " -r");
        }
        bytes_lit(out, " -d '");
        for (const char *p = o->help; *p != '\0'; p++) {
            if (*p == '\'' || *p == '\\')
                bytes_put_char(out, '\\');
            bytes_put_char(out, *p);
        }
        bytes_lit(out, "'\n");
    }
}

bool command_put_completion(const struct command *command, const char *shell, struct bytes *out)
{
    if (strcmp(shell, "bash") == 0)
        put_bash(command, out);
    else if (strcmp(shell, "zsh") == 0)
        put_zsh(command, out);
    else if (strcmp(shell, "fish") == 0)
        put_fish(command, out);
    else
        return false;
    return true;
}
