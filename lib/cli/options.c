// SPDX-License-Identifier: MIT
#include "cli/options.h"

#include "cli/language.h"
#include "text/display.h"

void usage_error(const struct command *command, const char *message, const char *what)
{
    struct bytes out = { 0 };
    bytes_put_str(&out, str_of(command->name));
    bytes_lit(&out, ": ");
    bytes_put_str(&out, str_of(say(message)));
    if (what != NULL) {
        bytes_lit(&out, ": ");
        display_put(&out, str_of(what));
    }
    bytes_lit(&out, "\n");
    bytes_put_str(&out, str_of(say(N_("For help:"))));
    bytes_lit(&out, " ");
    bytes_put_str(&out, str_of(command->name));
    bytes_lit(&out, " --help\n");
    fwrite(out.p, 1, out.n, stderr);
    bytes_free(&out);
}

static size_t find_name(const struct command *command, struct str name)
{
    size_t i = 0;
    while (i < command->option_count && !str_eq(str_of(command->options[i].name), name))
        i++;
    return i;
}

static size_t find_letter(const struct command *command, char letter)
{
    size_t i = 0;
    while (i < command->option_count && command->options[i].letter != letter)
        i++;
    return i;
}

static bool is_optional(const struct option *option)
{
    return option->value != NULL && option->value[0] == '[';
}

static bool is_choice(const char *choices, struct str value)
{
    for (struct str rest = str_of(choices);;) {
        size_t end = str_find(rest, '|');
        if (str_eq(str_head(rest, end), value))
            return true;
        if (end == rest.n)
            return false;
        rest = str_from(rest, end + 1);
    }
}

static bool take(const struct command *command, struct arguments *out, size_t i, const char *value,
                 const char *argument)
{
    const struct option *option = &command->options[i];

    if (out->value[i] != NULL)
        return usage_error(command, N_("the option is given twice"), argument), false;
    if (option->choices != NULL && !is_choice(option->choices, str_of(value))) {
        struct bytes what = { 0 };
        bytes_lit(&what, "--");
        bytes_put_str(&what, str_of(option->name));
        bytes_lit(&what, " ");
        bytes_put(&what, option->choices, strlen(option->choices) + 1);
        usage_error(command, N_("the option takes one of these values"),
                    what.failed ? option->name : what.p);
        bytes_free(&what);
        return false;
    }
    out->value[i] = value;
    return true;
}

// --name, --name=value or --name value. Returns how many arguments were used, 0 on a mistake.
static int read_long(const struct command *command, int left, char **argv, struct arguments *out)
{
    struct str text = str_of(argv[0] + 2);
    struct str name = str_head(text, str_find(text, '='));
    size_t i = find_name(command, name);

    if (i == command->option_count)
        return usage_error(command, N_("there is no such option"), argv[0]), 0;
    if (command->options[i].value == NULL) {
        if (name.n < text.n)
            return usage_error(command, N_("the option takes no value"), argv[0]), 0;
        return take(command, out, i, "", argv[0]) ? 1 : 0;
    }
    if (name.n < text.n)
        return take(command, out, i, name.p + name.n + 1, argv[0]) ? 1 : 0;
    if (is_optional(&command->options[i]))
        return take(command, out, i, "", argv[0]) ? 1 : 0;
    if (left < 2)
        return usage_error(command, N_("the option needs a value"), argv[0]), 0;
    return take(command, out, i, argv[1], argv[0]) ? 2 : 0;
}

// -a, -ab, -f VALUE, -fVALUE; -w, -wVALUE where the value may be left out.
static int read_letters(const struct command *command, int left, char **argv, struct arguments *out)
{
    for (const char *p = argv[0] + 1; *p != '\0'; p++) {
        size_t i = find_letter(command, *p);
        if (i == command->option_count)
            return usage_error(command, N_("there is no such option"), argv[0]), 0;
        if (command->options[i].value != NULL) {
            if (p[1] != '\0' || is_optional(&command->options[i]))
                return take(command, out, i, p + 1, argv[0]) ? 1 : 0;
            if (left < 2)
                return usage_error(command, N_("the option needs a value"), argv[0]), 0;
            return take(command, out, i, argv[1], argv[0]) ? 2 : 0;
        }
        if (!take(command, out, i, "", argv[0]))
            return 0;
    }
    return 1;
}

bool arguments_read(const struct command *command, int argc, char **argv, struct arguments *out)
{
    int operands = 0;
    bool options_ended = false;

    *out = (struct arguments){ 0 };
    for (int i = 1; i < argc;) {
        if (options_ended || argv[i][0] != '-' || argv[i][1] == '\0') {
            argv[1 + operands++] = argv[i++];
        } else if (strcmp(argv[i], "--") == 0) {
            options_ended = true;
            i++;
        } else {
            bool is_long = argv[i][1] == '-';
            int used = is_long ? read_long(command, argc - i, argv + i, out)
                               : read_letters(command, argc - i, argv + i, out);
            if (used == 0)
                return false;
            i += used;
        }
    }
    out->operand = argv + 1;
    out->operand_count = operands;
    return true;
}

static void put_spaces(struct bytes *out, size_t n)
{
    while (n-- > 0)
        bytes_put_char(out, ' ');
}

// Wraps the words of text at the width of a terminal, each line indented.
static void put_wrapped(struct bytes *out, struct str text, size_t indent, size_t column)
{
    enum { WIDTH = 80 };
    while (text.n > 0) {
        size_t end = str_find(text, ' ');
        struct str word = str_head(text, end);
        size_t width = display_width(word);
        if (column > indent && column + 1 + width > WIDTH) {
            bytes_put_char(out, '\n');
            put_spaces(out, indent);
            column = indent;
        } else if (column > indent) {
            bytes_put_char(out, ' ');
            column++;
        }
        bytes_put_str(out, word);
        column += width;
        text = str_from(text, end + 1);
    }
    bytes_put_char(out, '\n');
}

static void put_option(struct bytes *out, const struct option *option)
{
    enum { HELP_COLUMN = 26 };
    size_t start = out->n;

    bytes_lit(out, "  ");
    if (option->letter != '\0') {
        bytes_put_char(out, '-');
        bytes_put_char(out, option->letter);
        bytes_lit(out, ", --");
    } else {
        bytes_lit(out, "    --");
    }
    bytes_put_str(out, str_of(option->name));
    if (option->value != NULL) {
        const char *value = option->choices ? option->choices : say(option->value);
        bytes_put_str(out, is_optional(option) ? STR("[=") : STR(" "));
        bytes_put_str(out, str_of(is_optional(option) ? value + 1 : value));
    }
    size_t width = display_width((struct str){ out->p + start, out->n - start });
    if (width + 2 > HELP_COLUMN) {
        bytes_put_char(out, '\n');
        width = 0;
    }
    put_spaces(out, HELP_COLUMN - width);
    put_wrapped(out, str_of(say(option->help)), HELP_COLUMN, HELP_COLUMN);
}

void command_put_help(const struct command *command, struct bytes *out)
{
    bytes_put_str(out, str_of(say(N_("Usage:"))));
    bytes_put_char(out, ' ');
    bytes_put_str(out, str_of(command->name));
    bytes_put_char(out, ' ');
    bytes_put_str(out, str_of(say(command->usage)));
    bytes_put_char(out, '\n');
    put_wrapped(out, str_of(say(command->purpose)), 0, 0);
    bytes_put_char(out, '\n');
    for (size_t i = 0; i < command->option_count; i++)
        if (command->options[i].help != NULL)
            put_option(out, &command->options[i]);
    if (command->notes != NULL) {
        bytes_put_char(out, '\n');
        put_wrapped(out, str_of(say(command->notes)), 0, 0);
    }
}
