// SPDX-License-Identifier: MIT
#include "reader/scanner_exam.h"

#include "reader/specimen.h"
#include "text/display.h"
#include "text/utf8.h"

#include <stdio.h>
#include <stdlib.h>

// So many lines are compared in all ways, with and without losses; the rest only counts.
enum { DAMAGED_MAX = 16, CHANGED_MAX = 256, DAMAGED_LEAST = 40 };

struct start {
    size_t at, specimen;
};

struct gap {
    struct str before, behind; // the first line's rest, and the last line's beginning
    size_t line_ends;
    bool blank_line;
};

struct work {
    struct str text;
    const struct exam_options *options;
    struct exam *exam;
    struct start *starts;
    size_t n;
    size_t compared; // with losses
    size_t changed;  // in all ways
    size_t inner, inner_ends, last_ends;
    bool tab;
    struct scanner_way likely; // of the last code that came whole
};

static void note(struct exam *exam, enum scanner_finding finding, unsigned specimen,
                 const char *detail)
{
    struct exam_count *count = &exam->found[finding];

    if (count->scans++ == 0 && detail != NULL)
        snprintf(count->detail, sizeof count->detail, "%s", detail);
    if (specimen < SPECIMEN_COUNT)
        count->codes |= 1u << specimen;
}

// As a terminal may show it; what is too long ends in "...".
static void shown(struct str text, char out[EXAM_DETAIL_MAX])
{
    struct bytes b = { .p = out, .cap = EXAM_DETAIL_MAX - 4, .fixed = true };

    for (size_t at = 0, from = 0; at < text.n && !b.failed; from = at) {
        size_t before = b.n;
        utf8_next(text, &at);
        display_put(&b, str_head(str_from(text, from), at - from));
        if (b.failed)
            b.n = before;
    }
    out[b.n] = '\0';
    if (b.failed)
        memcpy(out + b.n, "...", 4);
}

// ---- where the codes begin ----

// The specimens' numbers, as each layout types them; most layouts leave digits alone.
struct numbers {
    size_t n;
    struct number {
        size_t specimen, length;
        char text[SPECIMEN_NUMBER_LENGTH * 3];
    } list[SPECIMEN_COUNT * 4];
};

static void add_number(struct numbers *numbers, size_t specimen, size_t layout)
{
    struct number new = { .specimen = specimen };
    struct bytes text = { .p = new.text, .cap = sizeof new.text, .fixed = true };
    struct str number = specimen_number(specimen);
    char one;

    for (size_t i = 0; i < number.n; i++)
        bytes_put_str(&text, scanner_layout_key(layout, number.p[i], &one));
    new.length = text.n;
    for (size_t i = 0; i < numbers->n; i++)
        if (str_eq(bytes_str(&text),
                   (struct str){ numbers->list[i].text, numbers->list[i].length }))
            return;
    if (!text.failed && numbers->n < sizeof numbers->list / sizeof *numbers->list)
        numbers->list[numbers->n++] = new;
}

static void find_starts(struct work *w)
{
    struct numbers numbers = { 0 };

    for (size_t layout = 0; layout < scanner_layout_count; layout++)
        for (size_t i = 0; i < SPECIMEN_COUNT; i++)
            add_number(&numbers, i, layout);
    for (size_t at = 0; at < w->text.n && w->n < EXAM_SCANS_MAX; at++)
        for (size_t i = 0; i < numbers.n; i++) {
            const struct number *number = &numbers.list[i];
            if (str_starts(str_from(w->text, at), (struct str){ number->text, number->length })) {
                w->starts[w->n++] = (struct start){ at, number->specimen };
                break;
            }
        }
}

// ---- what stands between them ----

static bool ends_line(char c)
{
    return c == '\n' || c == '\r';
}

static size_t line_length(struct str text)
{
    size_t n = 0;
    while (n < text.n && !ends_line(text.p[n]))
        n++;
    return n;
}

// CR LF is one end.
static size_t end_length(struct str text)
{
    return str_starts(text, STR("\r\n")) ? 2 : 1;
}

static void note_scan(struct work *w, const struct scanner_scan *scan);

// A line between codes that belongs to none.
static void take_foreign(struct work *w, struct str line)
{
    struct scanner_scan scan = { 0 };

    if (str_trim(line).n == 0)
        return;
    if (line.n >= DAMAGED_LEAST && w->compared < DAMAGED_MAX) {
        w->compared++;
        if (scanner_match_damaged(line, &scan) && scan.end == SCAN_LOSSES) {
            note_scan(w, &scan);
            return;
        }
    }
    w->exam->foreign++;
    note(w->exam, SCANNER_FOREIGN, SPECIMEN_COUNT, NULL);
}

// The first line of a gap belongs to the code before it, the last one to the code behind.
static struct gap split_gap(struct work *w, struct str text)
{
    struct gap gap = { .before = str_head(text, line_length(text)) };

    gap.behind = gap.before;
    for (text = str_from(text, gap.before.n); text.n > 0; text = str_from(text, gap.behind.n)) {
        if (gap.line_ends > 0) {
            gap.blank_line |= gap.behind.n == 0;
            take_foreign(w, gap.behind);
        }
        gap.line_ends++;
        text = str_from(text, end_length(text));
        gap.behind = str_head(text, line_length(text));
    }
    return gap;
}

static struct str without_bom(struct str s)
{
    return str_skip(s, STR("\xEF\xBB\xBF"));
}

// What cccd-parse takes away by itself.
static bool is_harmless(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == ']' && i + 3 <= s.n && s.p[i + 1] == 'Q' && char_is_digit(s.p[i + 2]))
            i += 2;
        else if ((unsigned char)s.p[i] > ' ')
            return false;
    }
    return true;
}

static void note_frame(struct work *w, struct str s, enum scanner_finding finding,
                       unsigned specimen)
{
    char detail[EXAM_DETAIL_MAX];

    if (s.n == 0 || (finding == SCANNER_SUFFIX && str_eq(s, STR("\t"))))
        return;
    if (s.n > EXAM_TEXT_MAX) {
        w->exam->foreign++;
        note(w->exam, SCANNER_FOREIGN, SPECIMEN_COUNT, NULL);
        return;
    }
    // every number begins with two zeros
    if (finding == SCANNER_PREFIX && s.p[s.n - 1] == '0') {
        note(w->exam, SCANNER_DOUBLED, specimen, NULL);
        return;
    }
    shown(s, detail);
    note(w->exam, is_harmless(s) ? SCANNER_FRAME : finding, specimen, detail);
}

// ---- the codes ----

static void note_form(struct work *w, const struct scanner_scan *scan)
{
    static const int findings[FORM_COUNT] = {
        [FORM_SOUND] = -1,
        [FORM_DECOMPOSED] = SCANNER_DECOMPOSED,
        [FORM_UTF8_DECIMAL] = SCANNER_UTF8_DECIMAL,
        [FORM_UTF8_DECIMAL_HOLES] = SCANNER_UTF8_DECIMAL_HOLES,
        [FORM_POINT_DECIMAL] = SCANNER_CODE_POINT_DECIMAL,
        [FORM_CP437] = SCANNER_CP437,
        [FORM_MOJIBAKE] = SCANNER_MOJIBAKE,
        [FORM_MOJIBAKE_OEM] = SCANNER_MOJIBAKE_OEM,
        [FORM_CP1258] = SCANNER_CP1258,
        [FORM_HTML] = SCANNER_HTML,
        [FORM_PERCENT] = SCANNER_PERCENT,
        [FORM_LATIN] = SCANNER_LATIN,
        [FORM_PLAIN] = SCANNER_PLAIN,
        [FORM_DROPPED] = SCANNER_DROPPED,
        [FORM_REPLACED] = SCANNER_REPLACED,
    };
    static const int cases[CASE_COUNT] = { -1, SCANNER_UPPER_CASE, SCANNER_LOWER_CASE,
                                           SCANNER_SWAPPED_CASE };

    if (findings[scan->way.form] >= 0)
        note(w->exam, (enum scanner_finding)findings[scan->way.form], (unsigned)scan->specimen,
             NULL);
    if (cases[scan->way.letters] >= 0)
        note(w->exam, (enum scanner_finding)cases[scan->way.letters], (unsigned)scan->specimen,
             NULL);
}

static void note_layout(struct work *w, const struct scanner_scan *scan)
{
    char detail[EXAM_DETAIL_MAX] = "";
    size_t n = 0;

    for (size_t i = 0; i < scanner_layout_count; i++)
        if (scan->layouts >> i & 1 && n < sizeof detail)
            n += (size_t)snprintf(detail + n, sizeof detail - n, "%s%s", n > 0 ? ", " : "",
                                  scanner_layouts[i].where);
    note(w->exam, SCANNER_LAYOUT, (unsigned)scan->specimen, detail);
}

static void note_separator(struct work *w, const struct scanner_scan *scan)
{
    char detail[EXAM_DETAIL_MAX];

    shown(scan->way.separator, detail);
    note(w->exam, scan->way.separator.n > 0 ? SCANNER_SEPARATOR : SCANNER_SEPARATOR_LOST,
         (unsigned)scan->specimen, detail);
}

static void note_end(struct work *w, const struct scanner_scan *scan)
{
    static const char *const methods[] = { "", "Telex", "VNI", "VIQR" };
    char detail[EXAM_DETAIL_MAX];

    switch (scan->end) {
    case SCAN_CUT:
        snprintf(detail, sizeof detail, "%zu/%zu", scan->done,
                 utf8_length(str_of(specimens[scan->specimen].payload)));
        note(w->exam, SCANNER_CUT, (unsigned)scan->specimen, detail);
        break;
    case SCAN_INPUT_METHOD:
        note(w->exam, SCANNER_INPUT_METHOD, (unsigned)scan->specimen, methods[scan->input]);
        break;
    case SCAN_CJK:
        note(w->exam, SCANNER_CJK, (unsigned)scan->specimen, NULL);
        break;
    case SCAN_LOSSES:
        snprintf(detail, sizeof detail, "%u", scan->lost + scan->doubled);
        if (scan->lost > 0)
            note(w->exam, SCANNER_LOST, (unsigned)scan->specimen, detail);
        if (scan->doubled > 0)
            note(w->exam, SCANNER_DOUBLED, (unsigned)scan->specimen, detail);
        if (scan->lost + scan->doubled > 0)
            break;
        note(w->exam, SCANNER_UNEXPLAINED, (unsigned)scan->specimen, NULL);
        break;
    case SCAN_UNKNOWN:
        note(w->exam, SCANNER_UNEXPLAINED, (unsigned)scan->specimen, NULL);
        break;
    case SCAN_WHOLE:
        break;
    }
}

static bool way_eq(const struct scanner_way *a, const struct scanner_way *b)
{
    return a->form == b->form && a->letters == b->letters && a->layout == b->layout &&
           a->has_separator == b->has_separator && str_eq(a->separator, b->separator);
}

// A code without letters that would tell looks sound: it speaks against nothing.
static void keep_common(struct work *w, const struct scanner_scan *scan)
{
    struct exam *exam = w->exam;

    if (exam->scans == 1) {
        exam->way = scan->way;
        exam->steady = scan->end == SCAN_WHOLE;
    } else if (scan->end != SCAN_WHOLE || !way_eq(&exam->way, &scan->way)) {
        exam->steady = false;
    }
}

static void note_scan(struct work *w, const struct scanner_scan *scan)
{
    w->exam->scans++;
    w->exam->seen |= 1u << scan->specimen;
    w->exam->sound += scan->end == SCAN_WHOLE && scan->way.form == FORM_SOUND &&
                      scan->way.letters == CASE_SOUND && scan->way.layout == LAYOUT_US &&
                      !scan->way.has_separator;
    keep_common(w, scan);
    if (scan->end != SCAN_CJK && scan->end != SCAN_UNKNOWN)
        note_form(w, scan);
    if (scan->end == SCAN_WHOLE && scan->way.layout != LAYOUT_US)
        note_layout(w, scan);
    if (scan->way.has_separator)
        note_separator(w, scan);
    note_end(w, scan);
}

// What is between two codes: the end of the one and the beginning of the other.
static void take_gap(struct work *w, size_t i, struct str text, bool last)
{
    struct gap gap = split_gap(w, text);
    struct str before = gap.before, behind = gap.behind;

    w->exam->found[SCANNER_BLANK_LINES].scans += gap.blank_line && !last;
    if (last) {
        w->last_ends = gap.line_ends;
        if (gap.line_ends > 0)
            take_foreign(w, behind);
    } else {
        w->inner++;
        w->inner_ends += gap.line_ends > 0;
        if (gap.line_ends > 0) {
            note_frame(w, behind, SCANNER_PREFIX, (unsigned)w->starts[i + 1].specimen);
            w->exam->steady &= str_eq(behind, w->exam->prefix);
        }
    }
    // Without a line end between two codes, a prefix is what stood before the first one too.
    if (gap.line_ends == 0 && !last && w->exam->prefix.n > 0 && before.n >= w->exam->prefix.n)
        before.n -= w->exam->prefix.n;
    w->tab |= str_eq(before, STR("\t"));
    note_frame(w, before, SCANNER_SUFFIX, (unsigned)w->starts[i].specimen);
    if (i == 0)
        w->exam->suffix = before;
    else if (!str_eq(w->exam->suffix, before))
        w->exam->steady = false;
}

static void take_first_gap(struct work *w, struct str text)
{
    struct gap gap = split_gap(w, without_bom(text));

    if (gap.line_ends > 0)
        take_foreign(w, gap.before);
    if (w->n == 0) {
        if (gap.line_ends > 0)
            take_foreign(w, gap.behind);
        else
            take_foreign(w, gap.before);
        return;
    }
    w->exam->prefix = gap.behind;
    note_frame(w, gap.behind, SCANNER_PREFIX, (unsigned)w->starts[0].specimen);
}

static void take_codes(struct work *w)
{
    for (size_t i = 0; i < w->n; i++) {
        bool last = i + 1 == w->n;
        size_t end = last ? w->text.n : w->starts[i + 1].at;
        struct str region = str_from(str_head(w->text, end), w->starts[i].at);
        struct scanner_scan scan = { 0 };
        enum scanner_effort effort = w->compared < DAMAGED_MAX  ? EFFORT_LOSSES
                                     : w->changed < CHANGED_MAX ? EFFORT_WAYS
                                                                : EFFORT_KNOWN;
        scanner_match(region, w->starts[i].specimen, effort, &w->likely, &scan);
        w->compared += scan.end == SCAN_LOSSES || scan.end == SCAN_UNKNOWN;
        w->changed += scan.end != SCAN_WHOLE;
        if (scan.end == SCAN_WHOLE)
            w->likely = scan.way;
        if (scan.end != SCAN_UNKNOWN || effort == EFFORT_LOSSES)
            note_scan(w, &scan);
        take_gap(w, i, str_from(region, scan.used), last);
    }
}

// ---- the whole ----

static void judge_line_ends(struct work *w)
{
    struct exam *exam = w->exam;
    bool missing = w->inner_ends < w->inner;

    // A file's last line often lacks its end, whoever wrote it.
    if (w->inner == 0 && w->n > 0 && (w->options->live || w->tab))
        missing = w->last_ends == 0;
    if (missing)
        note(exam, SCANNER_NO_LINE_END, SPECIMEN_COUNT, w->tab ? "Tab" : NULL);
}

static void judge_sizes(struct work *w)
{
    bool small = false, larger = false;

    for (size_t i = 0; i < SPECIMEN_COUNT; i++) {
        small |= w->exam->seen >> i & 1 && specimens[i].millimetres == 11;
        larger |= w->exam->seen >> i & 1 && specimens[i].millimetres > 11;
    }
    if (!small && larger)
        note(w->exam, w->options->tried_11 ? SCANNER_SMALL_UNREAD : SCANNER_SMALL_UNSEEN,
             SPECIMEN_COUNT, NULL);
}

bool exam_make(struct str text, const struct exam_options *options, struct exam *exam)
{
    struct work w = { .text = str_head(text, EXAM_LENGTH_MAX), .options = options, .exam = exam };

    *exam = (struct exam){ 0 };
    w.starts = malloc(EXAM_SCANS_MAX * sizeof *w.starts);
    if (w.starts == NULL)
        return false;
    find_starts(&w);
    take_first_gap(&w, str_head(w.text, w.n > 0 ? w.starts[0].at : w.text.n));
    take_codes(&w);
    judge_line_ends(&w);
    judge_sizes(&w);
    if (exam->scans == 0)
        note(exam, SCANNER_NOTHING, SPECIMEN_COUNT, NULL);
    else if (exam_severity(exam) == SCANNER_NOTE)
        exam->found[SCANNER_SOUND] = (struct exam_count){ (unsigned)exam->scans, exam->seen, "" };
    free(w.starts);
    return true;
}

enum scanner_severity exam_severity(const struct exam *exam)
{
    bool undecided = false;
    enum scanner_severity worst = SCANNER_NOTE;

    for (int f = 0; f < SCANNER_FINDING_COUNT; f++) {
        enum scanner_severity s = scanner_finding_row((enum scanner_finding)f)->severity;
        if (exam->found[f].scans == 0)
            continue;
        undecided |= s == SCANNER_UNDECIDED;
        if (s != SCANNER_UNDECIDED && s > worst)
            worst = s;
    }
    return worst == SCANNER_NOTE && undecided ? SCANNER_UNDECIDED : worst;
}
