// SPDX-License-Identifier: MIT
#include "reader/report.h"

#include "base/bytes.h"
#include "text/display.h"
#include "text/shell.h"

enum doctor_state doctor_worst(const struct doctor_report *report)
{
    enum doctor_state worst = DOCTOR_GOOD;

    for (size_t i = 0; i < report->rows; i++) {
        enum doctor_state state = report->row[i].state;
        if (state != DOCTOR_SKIPPED && state > worst)
            worst = state;
    }
    return worst;
}

// ---- commands ----

// What a person is to paste has to be what the eye sees, and must not become an option.
static bool is_fit(struct str value)
{
    struct bytes shown = { 0 };

    display_put(&shown, value);
    bool fit =
        !shown.failed && str_eq(bytes_str(&shown), value) && value.n > 0 && value.p[0] != '-';
    bytes_free(&shown);
    return fit;
}

// The name in "{name}" at the beginning; empty where none is.
static struct str name_at(struct str text)
{
    size_t n = 1;

    while (n < text.n && ((text.p[n] >= 'a' && text.p[n] <= 'z') || text.p[n] == '_'))
        n++;
    return n > 1 && n < text.n && text.p[n] == '}' ? (struct str){ text.p + 1, n - 1 } : STR("");
}

static bool put_fact(struct bytes *out, struct str name, const struct doctor_fact *facts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(name, str_of(facts[i].name)) && is_fit(facts[i].value)) {
            shell_put_word(out, facts[i].value);
            return true;
        }
    return false;
}

struct str doctor_commands(struct arena *arena, const struct doctor_finding *finding,
                           const struct doctor_fact *facts, size_t n)
{
    struct str rest = str_of(finding->commands != NULL ? finding->commands : "");
    struct bytes text = { 0 };
    bool complete = true;

    while (rest.n > 0 && complete) {
        size_t plain = str_find(rest, '{');
        bytes_put_str(&text, str_head(rest, plain));
        rest = str_from(rest, plain);
        if (rest.n == 0)
            break;
        struct str name = name_at(rest);
        if (name.n > 0)
            complete = put_fact(&text, name, facts, n);
        else
            bytes_put_char(&text, '{');
        rest = str_from(rest, name.n > 0 ? name.n + 2 : 1);
    }
    if (text.failed)
        arena->failed = true;
    struct str kept =
        complete && !text.failed ? arena_copy(arena, bytes_str(&text)) : (struct str){ "", 0 };
    bytes_free(&text);
    return kept;
}
