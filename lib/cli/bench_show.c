// SPDX-License-Identifier: MIT
#include "cli/bench_show.h"

#include "cli/chip_line.h"
#include "cli/language.h"
#include "text/display.h"
#include "wire/json.h"

#include <stdarg.h>
#include <stdio.h>

enum { BARS_MAX = 14, BARS_WANTED = 12, BAR_WIDTH = 40, MS = 1000, DECI = 100 };

struct bar {
    uint64_t from, to; // to: 0 where all the slower ones are
    uint64_t count;
};

__attribute__((format(printf, 2, 3))) static void put(struct bytes *out, const char *format, ...)
{
    char text[256];
    va_list args;

    va_start(args, format);
    int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (n > 0)
        bytes_put(out, text, (size_t)n < sizeof text ? (size_t)n : sizeof text - 1);
}

// ---- the histogram ----

// 1, 2, 5, 10, 20 ... microseconds: the first of which so many bars reach.
static uint64_t step_for(uint64_t range)
{
    static const uint64_t firsts[] = { 1, 2, 5 };

    for (uint64_t ten = 1;; ten *= 10)
        for (size_t i = 0; i < 3; i++)
            if (range / (firsts[i] * ten) < BARS_WANTED)
                return firsts[i] * ten;
}

// From the fastest to the ninety-ninth percentile, or to where few are left; what is slower has one
// bar together.
static size_t make_bars(const struct times *t, struct bar bars[BARS_MAX])
{
    uint64_t end = times_at(t, 99), most = 2 * times_at(t, 90);
    size_t n = 0;

    if (t->n == 0)
        return 0;
    if (end > most)
        end = most;
    uint64_t step = step_for(end - t->least), from = t->least / step * step;

    for (; n < BARS_MAX - 1 && from <= end; n++, from += step)
        bars[n] = (struct bar){ from, from + step, times_between(t, from, from + step) };
    uint64_t slower = times_between(t, from, UINT64_MAX);
    if (slower > 0)
        bars[n++] = (struct bar){ from, 0, slower };
    return n;
}

// ---- for programs ----

static void put_number(struct bytes *out, const char *name, uint64_t value)
{
    put(out, ",\"%s\":%llu", name, (unsigned long long)value);
}

static void put_errors(struct bytes *out, const struct bench_result *r)
{
    const char *comma = "";

    bytes_lit(out, ",\"errors\":[");
    for (enum chip_code code = CHIP_OK + 1; code < CHIP_CODE_COUNT; code++)
        if (r->errors[code] > 0) {
            put(out, "%s{\"code\":\"%s\",\"count\":%u}", comma, chip_error_name(code),
                (unsigned)r->errors[code]);
            comma = ",";
        }
    bytes_put_char(out, ']');
}

static void put_round_trip(struct bytes *out, const struct times *t)
{
    struct bar bars[BARS_MAX];
    size_t n = make_bars(t, bars);

    put(out,
        ",\"round_trip_us\":{\"least\":%llu,\"median\":%llu,\"p90\":%llu,\"p99\":%llu,"
        "\"most\":%llu},\"histogram\":[",
        (unsigned long long)t->least, (unsigned long long)times_at(t, 50),
        (unsigned long long)times_at(t, 90), (unsigned long long)times_at(t, 99),
        (unsigned long long)t->most);
    for (size_t i = 0; i < n; i++) {
        put(out, "%s{\"from_us\":%llu", i > 0 ? "," : "", (unsigned long long)bars[i].from);
        if (bars[i].to != 0)
            put_number(out, "to_us", bars[i].to);
        put_number(out, "count", bars[i].count);
        bytes_put_char(out, '}');
    }
    bytes_put_char(out, ']');
}

static void put_answer(struct bytes *out, const char *name, enum trial_answer answer)
{
    if (answer != TRIAL_NOT_ASKED)
        put(out, ",\"%s\":%s", name, answer == TRIAL_YES ? "true" : "false");
}

void bench_put_line(struct bytes *out, const struct bench_result *r)
{
    const struct chip_trial *t = &r->trial;

    bytes_lit(out, "{\"v\":1,\"source\":{\"reader\":");
    json_put_string(out, str_of(r->reader));
    put(out, "},\"bench\":{\"ms\":%llu", (unsigned long long)r->ms);
    put_number(out, "commands", t->commands);
    put_number(out, "failures", t->failures);
    put_number(out, "resets", t->resets);
    put_errors(out, r);
    if (r->times.n > 0)
        put_round_trip(out, &r->times);
    if (t->picture_us > 0) {
        put_number(out, "bytes_per_second", t->bytes_per_second);
        put_number(out, "picture_us", t->picture_us);
        put_number(out, "picture_short_us", t->picture_short_us);
    }
    put_answer(out, "document", t->document);
    put_answer(out, "pace", t->pace);
    put_answer(out, "bac", t->bac);
    put_answer(out, "extended_length", t->extended);
    if (t->error.code != CHIP_OK && t->error.code != CHIP_STOPPED) {
        bytes_lit(out, ",\"error\":");
        chip_error_put(out, t->error);
    }
    bytes_lit(out, "}}");
}

// ---- for people ----

// Milliseconds with so many digits as three of them tell something.
static void put_ms(struct bytes *out, uint64_t us)
{
    if (us >= 100 * MS)
        put(out, "%llu ms", (unsigned long long)(us / MS));
    else if (us >= 10 * MS)
        put(out, "%llu.%llu ms", (unsigned long long)(us / MS),
            (unsigned long long)(us % MS / DECI));
    else
        put(out, "%llu.%02llu ms", (unsigned long long)(us / MS),
            (unsigned long long)(us % MS / 10));
}

static void put_seconds(struct bytes *out, uint64_t us)
{
    uint64_t tenths = (us + 50000) / 100000;

    if (us < 1000 * MS) {
        put_ms(out, us);
        return;
    }
    put(out, "%llu.%llu s", (unsigned long long)(tenths / 10), (unsigned long long)(tenths % 10));
}

static void put_heading(struct bytes *out, const char *sentence)
{
    bytes_put_str(out, str_of(say(sentence)));
    bytes_lit(out, ": ");
}

static void put_padded(struct bytes *out, struct str text, size_t width)
{
    for (size_t n = display_width(text); n < width; n++)
        bytes_put_char(out, ' ');
    bytes_put_str(out, text);
}

static void put_bar(struct bytes *out, const struct bar *bar, uint64_t most)
{
    struct bytes label = { 0 };
    uint64_t width = (bar->count * BAR_WIDTH + most - 1) / most;

    if (bar->to != 0)
        put_ms(&label, bar->from);
    else
        bytes_put_str(&label, str_of(say(N_("slower"))));
    put_padded(out, bytes_str(&label), 12);
    bytes_lit(out, " ");
    for (uint64_t i = 0; i < BAR_WIDTH; i++)
        bytes_put_char(out, i < width ? '#' : ' ');
    put(out, " %llu\n", (unsigned long long)bar->count);
    bytes_free(&label);
}

static void put_bars(struct bytes *out, const struct times *t)
{
    struct bar bars[BARS_MAX];
    size_t n = make_bars(t, bars);
    uint64_t most = 1;

    for (size_t i = 0; i < n; i++)
        if (bars[i].count > most)
            most = bars[i].count;
    for (size_t i = 0; i < n; i++)
        put_bar(out, &bars[i], most);
}

static void put_counts(struct bytes *out, const struct bench_result *r)
{
    put_heading(out, N_("Commands"));
    put(out, "%u (", r->trial.commands);
    put_seconds(out, r->ms * MS);
    bytes_lit(out, ")\n");
    put_heading(out, N_("Errors"));
    put(out, "%u\n", r->trial.failures);
    for (enum chip_code code = CHIP_OK + 1; code < CHIP_CODE_COUNT; code++)
        if (r->errors[code] > 0)
            put(out, "    %u  %s\n", (unsigned)r->errors[code], say(chip_error_sentence(code)));
    put_heading(out, N_("Card begun anew"));
    put(out, "%u\n", r->trial.resets);
}

static void put_times(struct bytes *out, const struct times *t)
{
    static const unsigned percents[] = { 50, 90, 99 };

    put_heading(out, N_("A short command and its answer"));
    for (size_t i = 0; i < 3; i++) {
        put(out, "%s%u %% ", i > 0 ? ", " : "", percents[i]);
        put_ms(out, times_at(t, percents[i]));
    }
    bytes_put_char(out, '\n');
    put_bars(out, t);
}

static void put_picture(struct bytes *out, const struct chip_trial *t)
{
    put_heading(out, N_("Bytes a second"));
    put(out, "%llu\n", (unsigned long long)t->bytes_per_second);
    put_heading(out, N_("The face (DG2, 18,000 bytes), about"));
    put_seconds(out, t->picture_us);
    if (t->extended == TRIAL_YES) {
        bytes_lit(out, "; ");
        put_heading(out, N_("with short commands"));
        put_seconds(out, t->picture_short_us);
    }
    bytes_put_char(out, '\n');
}

static const char *answer_word(enum trial_answer answer)
{
    return answer == TRIAL_YES  ? say(N_("yes"))
           : answer == TRIAL_NO ? say(N_("no"))
                                : say(N_("not known"));
}

void bench_put_text(struct bytes *out, const struct bench_result *r)
{
    const struct chip_trial *t = &r->trial;

    put_heading(out, N_("Reader"));
    display_put(out, str_of(r->reader));
    bytes_put_char(out, '\n');
    put_heading(out, N_("Identity document"));
    put(out, "%s; PACE: %s; BAC: %s\n", answer_word(t->document), answer_word(t->pace),
        answer_word(t->bac));
    put_heading(out, N_("Commands of extended length"));
    put(out, "%s\n", answer_word(t->extended));
    put_counts(out, r);
    if (r->times.n > 0)
        put_times(out, &r->times);
    if (t->picture_us > 0)
        put_picture(out, t);
}
