// SPDX-License-Identifier: MIT
#include "cli/doctor_words.h"

#include "cli/language.h"
#include "text/display.h"

#include <stdio.h>
#include <sys/utsname.h>
#include <time.h>

struct word {
    const char *name, *sentence;
};

static const struct word labels[] = {
    { "account", N_("account") },
    { "answer", N_("answer") },
    { "atr", "ATR" },
    { "bac", "BAC" },
    { "bytes_per_second", N_("bytes a second") },
    { "card_access", "EF.CardAccess" },
    { "code", N_("code") },
    { "commands", N_("commands tried") },
    { "driver", N_("driver") },
    { "failures", N_("of them failed") },
    { "firmware", N_("firmware") },
    { "historical", N_("historical bytes") },
    { "inside_of", N_("inside of") },
    { "longest", N_("longest command, in bytes") },
    { "model", N_("model") },
    { "module", N_("kernel module") },
    { "modules", N_("kernel modules") },
    { "now", N_("just now") },
    { "pace", "PACE" },
    { "picture_s", N_("seconds for the face picture") },
    { "picture_short_s", N_("the same with short commands") },
    { "power", N_("power setting") },
    { "process", N_("process") },
    { "product", N_("product") },
    { "program", N_("program") },
    { "readers", N_("readers") },
    { "round_trip_ms", N_("milliseconds a command") },
    { "rule", N_("polkit rule") },
    { "sandbox", N_("in a sandbox") },
    { "serial", N_("serial number") },
    { "sound_from", N_("sound from") },
    { "uid", "UID" },
    { "uid_is", N_("the UID is") },
    { "usb", "USB" },
    { "vendor", N_("maker") },
    { "version", N_("version") },
};

static const struct word values[] = {
    { "fixed", N_("always the same") },
    { "no", N_("no") },
    { "none", N_("none") },
    { "present", N_("present") },
    { "random", N_("drawn anew each time") },
    { "stopped", N_("stopped") },
    { "suspended", N_("asleep") },
    { "yes", N_("yes") },
};

static const char *find(const struct word *words, size_t n, struct str name)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(str_of(words[i].name), name))
            return say(words[i].sentence);
    return NULL;
}

const char *doctor_state_word(enum doctor_state state)
{
    static const char *const words[] = {
        [DOCTOR_GOOD] = N_("good"),         [DOCTOR_NOTE] = N_("note"),
        [DOCTOR_WARNING] = N_("warning"),   [DOCTOR_TROUBLE] = N_("trouble"),
        [DOCTOR_SKIPPED] = N_("not asked"),
    };
    return say(words[state]);
}

const char *doctor_fact_label(const char *name)
{
    const char *label = find(labels, sizeof labels / sizeof *labels, str_of(name));
    return label != NULL ? label : name;
}

struct str doctor_fact_value(const struct doctor_fact *fact)
{
    const char *word = find(values, sizeof values / sizeof *values, fact->value);
    return word != NULL ? str_of(word) : fact->value;
}

void doctor_put_facts(struct bytes *out, const struct doctor_row *row)
{
    for (size_t i = 0; i < row->facts; i++) {
        bytes_put_str(out, i > 0 ? STR(", ") : STR(""));
        bytes_put_str(out, str_of(doctor_fact_label(row->fact[i].name)));
        bytes_lit(out, ": ");
        display_put(out, doctor_fact_value(&row->fact[i]));
    }
}

static bool alike(const struct doctor_row *a, const struct doctor_row *b)
{
    if (b->state != DOCTOR_SKIPPED || (a->reason == NULL) != (b->reason == NULL))
        return false;
    return a->reason != NULL ? strcmp(a->reason, b->reason) == 0 : a->because == b->because;
}

size_t doctor_skipped_alike(const struct doctor_report *report, size_t from)
{
    size_t to = from;

    if (report->row[from].state != DOCTOR_SKIPPED)
        return 0;
    while (to < report->rows && alike(&report->row[from], &report->row[to]))
        to++;
    return to - from;
}

void doctor_put_reason(struct bytes *out, const struct doctor_row *row)
{
    if (row->reason != NULL) {
        bytes_put_str(out, str_of(say(row->reason)));
        return;
    }
    bytes_put_str(out, str_of(say(N_("first fix the trouble above"))));
    bytes_lit(out, " (");
    bytes_put_str(out, str_of(say(doctor_check_question(row->because))));
    bytes_put_char(out, ')');
}

size_t doctor_count(const struct doctor_report *report, enum doctor_state state)
{
    size_t n = 0;

    for (size_t i = 0; i < report->rows; i++)
        n += report->row[i].state == state;
    return n;
}

static void put_number(struct bytes *out, const char *sentence, size_t n)
{
    char text[512];
    int length = snprintf(text, sizeof text, sentence, n);

    bytes_put(out, text, length < 0 ? 0 : (size_t)length < sizeof text ? (size_t)length : 0);
}

void doctor_put_summary(struct bytes *out, const struct doctor_report *report)
{
    size_t troubles = doctor_count(report, DOCTOR_TROUBLE);
    size_t warnings = doctor_count(report, DOCTOR_WARNING);

    if (troubles + warnings == 0)
        bytes_put_str(out, str_of(say(N_("Nothing is wrong."))));
    else if (troubles == 0)
        put_number(out, say(N_("It works. What could be better: %zu.")), warnings);
    else
        put_number(out, say(N_("Things to fix: %zu.")), troubles + warnings);
    if (troubles > 0 && troubles + warnings > 1) {
        bytes_put_char(out, ' ');
        bytes_put_str(out, str_of(say(N_("Begin with the first one: it may be the cause of the "
                                         "others. Then run this again."))));
    }
}

bool doctor_next_line(struct str *rest, struct str *line)
{
    if (rest->n == 0)
        return false;
    *line = str_head(*rest, str_find(*rest, '\n'));
    *rest = str_from(*rest, line->n + 1);
    return true;
}

struct doctor_origin doctor_origin_here(struct arena *arena)
{
    struct doctor_origin origin = { .tools = STR("cccd-tools " CCCD_VERSION) };
    struct utsname kernel;
    struct tm utc;
    char text[sizeof kernel.sysname + sizeof kernel.release + sizeof kernel.machine + 8];
    time_t now = time(NULL);

    if (gmtime_r(&now, &utc) != NULL) {
        size_t n = strftime(text, sizeof text, "%Y-%m-%d %H:%M UTC", &utc);
        origin.time = arena_copy(arena, (struct str){ text, n });
    }
    if (uname(&kernel) == 0) {
        int n = snprintf(text, sizeof text, "%s %s, %s", kernel.sysname, kernel.release,
                         kernel.machine);
        origin.kernel = arena_copy(arena, (struct str){ text, n > 0 ? (size_t)n : 0 });
    }
    return origin;
}
