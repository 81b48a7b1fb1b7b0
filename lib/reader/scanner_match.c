// SPDX-License-Identifier: MIT
#include "reader/scanner_match.h"

#include "reader/specimen.h"
#include "text/utf8.h"

#include <stdlib.h>

enum { PLACES_MAX = 16, LINE_MAX_LENGTH = 4096, STEPS_MAX = 2048 };

// ---- exactly ----

// Where in the region the text may stand that was read so far.
struct places {
    size_t n;
    size_t at[PLACES_MAX];
};

static void place_add(struct places *places, size_t at)
{
    for (size_t i = 0; i < places->n; i++)
        if (places->at[i] == at)
            return;
    if (places->n < PLACES_MAX)
        places->at[places->n++] = at;
}

static struct str choice_of(const struct scanner_step *step, size_t i)
{
    return (struct str){ step->choice[i].text, step->choice[i].length };
}

static bool ends_here(struct str rest)
{
    return rest.n == 0 || rest.p[0] == '\n' || rest.p[0] == '\r';
}

// Where the rest ends, or its line does, the text may have been cut.
static void take_step(const struct scanner_step *step, struct str region,
                      const struct places *places, struct places *next, bool *ran_out)
{
    for (size_t k = 0; k < places->n; k++) {
        struct str rest = str_from(region, places->at[k]);
        for (size_t i = 0; i < step->n; i++) {
            struct str choice = choice_of(step, i);
            if (str_starts(rest, choice))
                place_add(next, places->at[k] + choice.n);
            else if (ends_here(rest) || (rest.n < choice.n && str_starts(choice, rest)))
                *ran_out = true;
        }
    }
}

static size_t last_place(const struct places *places)
{
    size_t last = 0;
    for (size_t i = 0; i < places->n; i++)
        last = places->at[i] > last ? places->at[i] : last;
    return last;
}

struct walk {
    bool whole;
    bool ran_out; // the region ended before the text
    size_t used;  // bytes of the region
    size_t done;  // characters of the text
};

static struct walk walk(const struct scanner_way *way, struct str text, struct str region)
{
    struct places places = { 1, { 0 } };
    struct walk w = { 0 };
    struct scanner_step step;
    unsigned byte = 0;

    for (size_t at = 0; at < text.n; at += step.used, byte = step.byte) {
        struct places next = { 0 };
        scanner_step_make(way, text, at, byte, &step);
        take_step(&step, region, &places, &next, &w.ran_out);
        if (next.n == 0)
            return w;
        places = next;
        w.used = last_place(&places);
        w.done += step.used > 0;
    }
    w.whole = true;
    return w;
}

static bool types_number(size_t layout, struct str number, struct str region)
{
    for (size_t i = 0; i < number.n; i++) {
        char one;
        struct str key = scanner_layout_key(layout, number.p[i], &one);
        if (!str_starts(region, key))
            return false;
        region = str_from(region, key.n);
    }
    return true;
}

// What stands behind the number, where it is no "|": nothing, a character, or a line end of two.
static size_t separators(struct str region, struct str out[3])
{
    struct str rest = str_from(region, SPECIMEN_NUMBER_LENGTH);
    size_t one = 0, n = 0;

    if (rest.n == 0 || rest.p[0] == '|')
        return 0;
    utf8_next(rest, &one);
    out[n++] = str_head(rest, one);
    if (str_starts(rest, STR("\r\n")))
        out[n++] = str_head(rest, 2);
    out[n++] = str_head(rest, 0);
    return n;
}

// How far a text must have come to be called the beginning of one: past the number and what is
// between it and the next field.
static bool is_beginning(const struct walk *w, struct str region)
{
    return w->ran_out && ends_here(str_from(region, w->used)) &&
           w->done > SPECIMEN_NUMBER_LENGTH + 2;
}

struct search {
    struct str text, region;
    struct scanner_scan *scan;
    size_t cut_done; // of the best beginning so far
};

// True when the way explains all.
static bool try_way(struct search *s, const struct scanner_way *way)
{
    struct walk w = walk(way, s->text, s->region);

    if (w.whole) {
        s->scan->end = SCAN_WHOLE;
        s->scan->way = *way;
        s->scan->used = w.used;
        return true;
    }
    if (is_beginning(&w, s->region) && w.done > s->cut_done) {
        s->cut_done = w.done;
        s->scan->end = SCAN_CUT;
        s->scan->way = *way;
        s->scan->used = w.used;
        s->scan->done = w.done;
    }
    return false;
}

static bool try_forms(struct search *s, struct scanner_way *way)
{
    for (int c = 0; c < CASE_COUNT; c++)
        for (int form = 0; form < FORM_COUNT; form++) {
            way->letters = (enum scanner_case)c;
            way->form = (enum scanner_form)form;
            if (try_way(s, way))
                return true;
        }
    return false;
}

static bool try_layouts(struct search *s, struct scanner_way way)
{
    struct str number = str_head(s->text, SPECIMEN_NUMBER_LENGTH);

    for (way.layout = 0; way.layout < scanner_layout_count; way.layout++)
        if (types_number(way.layout, number, s->region) && try_forms(s, &way))
            return true;
    return false;
}

// Two layouts may have the same keys as far as the text goes.
static void list_layouts(struct search *s)
{
    struct scanner_way way = s->scan->way;

    for (way.layout = 0; way.layout < scanner_layout_count; way.layout++)
        if (walk(&way, s->text, s->region).whole)
            s->scan->layouts |= 1u << way.layout;
}

static bool try_all(struct search *s)
{
    struct str separator[3];
    struct scanner_way way = { 0 };
    size_t n = separators(s->region, separator);

    if (try_layouts(s, way)) {
        list_layouts(s);
        return true;
    }
    way.has_separator = true;
    for (size_t i = 0; i < n; i++) {
        way.separator = separator[i];
        if (try_layouts(s, way))
            return true;
    }
    return false;
}

// ---- Chinese and Japanese ----

static bool is_cjk(int32_t c)
{
    return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF00 && c <= 0xFF9F);
}

static struct str first_line(struct str region)
{
    size_t end = 0;
    while (end < region.n && region.p[end] != '\n' && region.p[end] != '\r')
        end++;
    return str_head(region, end);
}

static bool try_cjk(struct search *s)
{
    struct str line = first_line(s->region);
    size_t found = 0;

    for (size_t at = 0; at < line.n;)
        found += is_cjk(utf8_next(line, &at));
    if (found < 3)
        return false;
    s->scan->end = SCAN_CJK;
    s->scan->used = line.n;
    return true;
}

// ---- input methods ----

bool scanner_way_apply(const struct scanner_way *way, struct str text, struct bytes *out)
{
    struct scanner_step step;
    unsigned byte = 0;

    for (size_t at = 0; at < text.n; at += step.used, byte = step.byte) {
        scanner_step_make(way, text, at, byte, &step);
        if (step.n > 0)
            bytes_put_str(out, choice_of(&step, 0));
    }
    return !out->failed;
}

static bool try_input(struct search *s)
{
    static const enum scanner_form forms[] = {
        FORM_SOUND, FORM_DROPPED, FORM_PLAIN, FORM_UTF8_DECIMAL, FORM_POINT_DECIMAL, FORM_REPLACED
    };
    struct str line = first_line(s->region);

    for (size_t i = 0; i < sizeof forms / sizeof *forms && line.n <= LINE_MAX_LENGTH; i++) {
        struct scanner_way way = { .form = forms[i] };
        struct bytes typed = { 0 };
        bool ok = scanner_way_apply(&way, s->text, &typed);
        s->scan->input = ok ? scanner_input_of(bytes_str(&typed), line) : INPUT_NONE;
        bytes_free(&typed);
        if (s->scan->input == INPUT_NONE)
            continue;
        s->scan->end = SCAN_INPUT_METHOD;
        s->scan->way = way;
        s->scan->used = line.n;
        return true;
    }
    return false;
}

// ---- with losses ----

struct cost {
    uint32_t total;
    uint16_t lost, doubled, added;
};

static void improve(struct cost *to, struct cost from, uint32_t lost, uint32_t doubled,
                    uint32_t added)
{
    enum { ADDED = 2 }; // a character that nothing explains is worse than one that is missing
    uint32_t total = from.total + lost + doubled + ADDED * added;

    if (total >= to->total)
        return;
    *to = (struct cost){ total, (uint16_t)(from.lost + lost), (uint16_t)(from.doubled + doubled),
                         (uint16_t)(from.added + added) };
}

// Only what costs no more than the limit goes on. False when nothing does.
static bool cost_step(const struct scanner_step *step, struct str line, uint32_t limit,
                      struct cost *row, struct cost *next)
{
    bool goes_on = false;

    for (size_t j = 0; j <= line.n; j++)
        next[j].total = UINT32_MAX;
    for (size_t j = 0; j <= line.n; j++) {
        if (row[j].total > limit)
            continue;
        goes_on = true;
        if (j < line.n)
            improve(&row[j + 1], row[j], 0, 0, 1);
        improve(&next[j], row[j], 1, 0, 0);
        struct str rest = str_from(line, j);
        for (size_t i = 0; i < step->n; i++) {
            struct str choice = choice_of(step, i);
            if (!str_starts(rest, choice))
                continue;
            improve(&next[j + choice.n], row[j], 0, 0, 0);
            if (choice.n > 0 && str_starts(str_from(rest, choice.n), choice))
                improve(&next[j + 2 * choice.n], row[j], 0, 1, 0);
        }
    }
    return goes_on;
}

// Of a line that is far too long or too short, at least a quarter is missing or unexplained.
static bool may_be_near(const struct scanner_way *way, struct str text, struct str line)
{
    struct bytes whole = { 0 };
    bool near =
        scanner_way_apply(way, text, &whole) && line.n <= 2 * whole.n && 2 * line.n >= whole.n;

    bytes_free(&whole);
    return near;
}

// The cheapest way from the text to the line, where it costs no more than the limit; rows has room
// for two.
static struct cost cost_of(const struct scanner_way *way, struct str text, struct str line,
                           uint32_t limit, struct cost *rows)
{
    struct cost *row = rows, *next = rows + line.n + 1, *swap;
    struct scanner_step step;
    unsigned byte = 0;

    for (size_t j = 0; j <= line.n; j++)
        row[j] = (struct cost){ .total = j > 0 ? UINT32_MAX : 0 };
    for (size_t at = 0; at < text.n; at += step.used, byte = step.byte) {
        scanner_step_make(way, text, at, byte, &step);
        if (!cost_step(&step, line, limit, row, next))
            return (struct cost){ .total = UINT32_MAX };
        swap = row, row = next, next = swap;
    }
    for (size_t j = 1; j <= line.n; j++)
        if (row[j - 1].total <= limit)
            improve(&row[j], row[j - 1], 0, 0, 1);
    return row[line.n];
}

// A quarter of the characters: what is worse says nothing any more.
static uint32_t limit_of(struct str text)
{
    return (uint32_t)(utf8_length(text) / 4);
}

static void try_losses(struct str text, struct str line, struct cost *rows,
                       struct scanner_scan *scan, uint32_t *best)
{
    for (int form = 0; form < FORM_COUNT; form++) {
        struct scanner_way way = { .form = (enum scanner_form)form };
        if (!may_be_near(&way, text, line))
            continue;
        uint32_t limit = limit_of(text);
        struct cost c = cost_of(&way, text, line, *best < limit ? *best : limit, rows);
        if (c.total >= *best)
            continue;
        *best = c.total;
        scan->way = way;
        scan->lost = c.lost;
        scan->doubled = c.doubled;
        scan->added = c.added;
    }
}

static void judge_losses(struct str line, uint32_t best, struct scanner_scan *scan)
{
    enum { ADDED_MAX = 2 }; // losses add nothing, but a letter may be lost in part
    bool near =
        best <= limit_of(str_of(specimens[scan->specimen].payload)) && scan->added <= ADDED_MAX;

    scan->end = near ? SCAN_LOSSES : SCAN_UNKNOWN;
    scan->used = line.n;
}

static struct cost *rows_for(struct str line)
{
    return line.n <= LINE_MAX_LENGTH ? calloc(2 * (line.n + 1), sizeof(struct cost)) : NULL;
}

static void match_losses(const struct search *s, struct scanner_scan *scan)
{
    struct str line = first_line(s->region);
    struct cost *rows = rows_for(line);
    uint32_t best = UINT32_MAX;

    if (rows != NULL)
        try_losses(s->text, line, rows, scan, &best);
    judge_losses(line, best, scan);
    free(rows);
}

void scanner_match(struct str region, size_t specimen, enum scanner_effort effort,
                   const struct scanner_way *likely, struct scanner_scan *scan)
{
    const struct scanner_way sound = { 0 };
    struct search s = { str_of(specimens[specimen].payload), str_head(region, LINE_MAX_LENGTH),
                        scan, 0 };

    *scan = (struct scanner_scan){ .specimen = specimen, .end = SCAN_UNKNOWN };
    scan->used = first_line(s.region).n;
    if (try_way(&s, &sound))
        return;
    if (try_way(&s, likely)) {
        list_layouts(&s);
        return;
    }
    if (effort == EFFORT_KNOWN || try_all(&s))
        return;
    struct scanner_scan cut = *scan;
    if (cut.end == SCAN_CUT && cut.way.form == FORM_SOUND)
        return;
    if (try_cjk(&s) || try_input(&s))
        return;
    if (cut.end == SCAN_CUT)
        *scan = cut;
    else if (effort == EFFORT_LOSSES)
        match_losses(&s, scan);
}

bool scanner_match_damaged(struct str line, struct scanner_scan *scan)
{
    struct cost *rows = rows_for(line);
    uint32_t best = UINT32_MAX;

    *scan = (struct scanner_scan){ .end = SCAN_UNKNOWN, .used = line.n };
    if (rows == NULL)
        return line.n > LINE_MAX_LENGTH;
    for (size_t i = 0; i < SPECIMEN_COUNT; i++) {
        struct scanner_scan candidate = { .specimen = i };
        uint32_t before = best;
        try_losses(str_of(specimens[i].payload), line, rows, &candidate, &best);
        if (best < before)
            *scan = candidate;
    }
    judge_losses(line, best, scan);
    free(rows);
    return true;
}
