// SPDX-License-Identifier: MIT
#include "cli/parse_job.h"

#include "cli/gather.h"
#include "lds/mrz.h"
#include "payload/payload.h"
#include "payload/texts.h"
#include "person/mask.h"
#include "wire/object.h"

#include <errno.h>
#include <stdlib.h>

// A cell may hold line breaks, but hardly so many.
enum { ROW_LINES_MAX = 20 };

struct parse_job {
    struct parse_options options;
    struct emitter *emitter;
    struct parse_counts counts;
    enum status status;
    bool broken; // the output failed or memory was short

    struct str path;
    struct bytes prefix; // of every object from this path
    unsigned long line;  // number of the line in hand
    struct arena arena;
    struct record record;
    struct gather gather;

    bool undone; // the scanner's profile changed the line in hand

    bool in_table; // the input is a table with a heading
    struct wire_table table;
    struct bytes row; // a row whose quotes are still open
    unsigned long row_line;
    unsigned row_lines;
    size_t row_start[ROW_LINES_MAX]; // where each of its lines begins in `row`
};

struct parse_job *parse_job_new(const struct parse_options *options, struct emitter *emitter)
{
    struct parse_job *job = calloc(1, sizeof *job);
    if (job != NULL) {
        job->options = *options;
        job->emitter = emitter;
    }
    return job;
}

void parse_job_free(struct parse_job **job)
{
    if (*job == NULL)
        return;
    arena_free(&(*job)->arena);
    bytes_free(&(*job)->gather.text);
    bytes_free(&(*job)->row);
    bytes_free(&(*job)->prefix);
    free(*job);
    *job = NULL;
}

enum status parse_job_status(const struct parse_job *job)
{
    return job->broken ? STATUS_FAILED : job->status;
}

const struct parse_counts *parse_job_counts(const struct parse_job *job)
{
    return &job->counts;
}

void parse_job_skip(struct parse_job *job, unsigned long lines)
{
    job->line += lines;
}

void parse_job_restart(struct parse_job *job, unsigned long line)
{
    job->counts = (struct parse_counts){ 0 };
    job->status = STATUS_OK;
    job->broken = false;
    job->line = line;
    // what a part that was broken off had gathered is none of this one's business
    bytes_free(&job->gather.text);
    job->gather = (struct gather){ 0 };
    job->row.n = 0;
    job->row_lines = 0;
    arena_reset(&job->arena);
}

void parse_job_add(struct parse_job *job, const struct parse_counts *counts, enum status status)
{
    job->counts.lines += counts->lines;
    job->counts.records += counts->records;
    job->counts.repaired += counts->repaired;
    job->counts.warned += counts->warned;
    job->counts.wrong += counts->wrong;
    job->counts.failed += counts->failed;
    job->status = status_worse(job->status, status);
}

static void emit(struct parse_job *job, const struct wire_item *item)
{
    job->broken |= !emit_item(job->emitter, item) || job->arena.failed;
}

static struct wire_item item_here(const struct parse_job *job)
{
    return (struct wire_item){ .source = { .path = job->path,
                                           .prefix = bytes_str(&job->prefix),
                                           .line = job->line,
                                           .lines = 1 } };
}

static void count_error(struct parse_job *job, enum error_code code)
{
    bool negative = code < ERROR_COUNT && error_class_of(code) == ERROR_NEGATIVE;
    job->counts.failed++;
    job->status = status_worse(job->status, negative ? STATUS_NEGATIVE : STATUS_UNREADABLE);
}

static void emit_error(struct parse_job *job, struct wire_item *item, enum error_code code,
                       int native)
{
    item->record = NULL;
    item->error = (struct error){ code, native };
    count_error(job, code);
    emit(job, item);
}

static void count_record(struct parse_job *job, const struct record *r)
{
    enum severity severity = r->problem_count > 0 ? record_severity(r) : SEVERITY_NOTE;

    job->counts.records++;
    job->counts.repaired += r->repair_kind != NULL;
    job->counts.warned += severity == SEVERITY_WARNING;
    job->counts.wrong += severity == SEVERITY_ERROR;
    if (severity == SEVERITY_ERROR || (severity == SEVERITY_WARNING && job->options.strict))
        job->status = status_worse(job->status, STATUS_NEGATIVE);
}

static void emit_record(struct parse_job *job, struct wire_item *item, struct record *r)
{
    count_record(job, r);
    if (job->options.mask)
        record_mask(r, &job->arena);
    item->record = r;
    emit(job, item);
}

static enum error_code error_of(enum payload_kind kind)
{
    switch (kind) {
    case PAYLOAD_PC_COVID:
        return ERROR_PC_COVID;
    case PAYLOAD_HEALTH_INSURANCE:
        return ERROR_HEALTH_INSURANCE;
    default:
        return ERROR_NOT_A_CARD;
    }
}

static bool is_frame(char c)
{
    return (unsigned char)c <= ' ';
}

// What scanners are set to put around a code: control characters (STX, ETX), blanks, and in front
// an AIM identifier such as "]Q1".
static struct str without_scanner_frame(struct str line)
{
    line = str_skip(line, STR("\xEF\xBB\xBF"));
    while (line.n > 0 && is_frame(line.p[0]))
        line = str_from(line, 1);
    while (line.n > 0 && is_frame(line.p[line.n - 1]))
        line.n--;
    if (line.n > 3 && line.p[0] == ']' && line.p[1] == 'Q' && char_is_digit(line.p[2]))
        line = str_from(line, 3);
    return line;
}

// Every payload in a text: one as a rule, several where a scanner sends no line ends.
static void read_payloads(struct parse_job *job, struct wire_item *item, struct str text)
{
    struct str rest;
    unsigned part = 0;

    do {
        enum payload_kind kind = payload_read(&job->arena, text, &job->record, &rest);
        if (rest.n > 0 || part > 0)
            item->source.part = ++part;
        if (part > 1 && kind == PAYLOAD_CARD)
            record_add_problem(&job->record, PROBLEM_RUN_TOGETHER, FIELD_NONE,
                               (struct str){ "", 0 });
        if (kind == PAYLOAD_CARD && job->undone)
            record_add_problem(&job->record, PROBLEM_SCANNER_PROFILE, FIELD_NONE,
                               (struct str){ "", 0 });
        if (kind == PAYLOAD_CARD)
            emit_record(job, item, &job->record);
        else
            emit_error(job, item, error_of(kind), 0);
        text = rest;
    } while (rest.n > 0 && !job->broken);
}

static bool read_mrz(struct parse_job *job, struct wire_item *item, const struct str line[3])
{
    if (!payload_read_mrz(&job->arena, line, &job->record))
        return false;
    emit_record(job, item, &job->record);
    return true;
}

// Three lines of a machine-readable zone in one.
static void read_whole_mrz(struct parse_job *job, struct wire_item *item, struct str text)
{
    struct str line[MRZ_TD1_LINES];
    for (size_t i = 0; i < MRZ_TD1_LINES; i++)
        line[i] = str_head(str_from(text, i * MRZ_TD1_LINE), MRZ_TD1_LINE);
    if (!read_mrz(job, item, line))
        emit_error(job, item, ERROR_MRZ_MALFORMED, 0);
}

static void read_object(struct parse_job *job, struct wire_item *item, struct str text)
{
    struct wire_object object;

    if (!wire_object_read(&job->arena, text, job->options.mask, &object)) {
        job->broken = true;
        return;
    }
    item->object = object.text;
    item->lacks_version = !object.has_version;
    item->lacks_source = !object.has_source;
    if (object.has_source)
        item->source =
            (struct wire_source){ .path = object.path, .page = object.page, .line = object.line };
    switch (object.kind) {
    case WIRE_OBJECT_SYMBOL:
        read_payloads(job, item, without_scanner_frame(object.payload));
        break;
    case WIRE_OBJECT_RECORD:
        item->passed = !job->options.mask;
        item->object = job->options.mask ? object.text : text;
        emit_record(job, item, object.record);
        break;
    case WIRE_OBJECT_ERROR:
        item->passed = true;
        item->error_code = object.error_code;
        count_error(job, error_from_name(object.error_code));
        emit(job, item);
        break;
    case WIRE_OBJECT_OTHER:
        emit_error(job, item, ERROR_JSON_NO_PAYLOAD, 0);
        break;
    case WIRE_OBJECT_INVALID:
        item->object = (struct str){ "", 0 };
        emit_error(job, item, ERROR_JSON_INVALID, 0);
        break;
    }
}

// A line that stands for itself.
static void read_single(struct parse_job *job, struct str text)
{
    struct wire_item item = item_here(job);

    if (text.n == 0)
        emit_error(job, &item, ERROR_EMPTY_LINE, 0);
    else if (mrz_looks_like_line(text))
        emit_error(job, &item, ERROR_MRZ_MALFORMED, 0);
    else if (text.p[0] == '{')
        read_object(job, &item, text);
    else if (mrz_looks_like_whole(text))
        read_whole_mrz(job, &item, text);
    else
        read_payloads(job, &item, wire_unquote_line(&job->arena, text));
}

static void take_line(struct parse_job *job, struct str text);

static void emit_gathered_mrz(struct parse_job *job, const struct gather *g)
{
    struct wire_item item = item_here(job);
    struct str line[MRZ_TD1_LINES];

    for (size_t i = 0; i < g->count; i++)
        line[i] = gather_line(g, i);
    item.source.line = g->first_line;
    item.source.lines = MRZ_TD1_LINES;
    if (g->count == MRZ_TD1_LINES && read_mrz(job, &item, line))
        return;
    item.source.lines = 1;
    for (size_t i = 0; i < g->count; i++, item.source.line++)
        emit_error(job, &item, ERROR_MRZ_MALFORMED, 0);
}

static void emit_gathered_payload(struct parse_job *job, const struct gather *g)
{
    struct wire_item item = item_here(job);
    struct str payload, rest;
    size_t used = gather_payload(g, &payload);

    if (used > 0 && payload_read(&job->arena, payload, &job->record, &rest) == PAYLOAD_CARD) {
        item.source.line = g->first_line;
        item.source.lines = (unsigned)used;
        record_add_problem(&job->record, PROBLEM_SEPARATOR, FIELD_NONE, (struct str){ "", 0 });
        emit_record(job, &item, &job->record);
    } else {
        job->line = g->first_line;
        read_single(job, gather_line(g, 0));
        used = 1;
    }
    for (size_t i = used; i < g->count; i++) {
        job->line = g->first_line + i;
        take_line(job, gather_line(g, i));
    }
}

// What was gathered is all there will be of it: it is read as what it is. Lines that turn out to
// make no group are taken anew, so another group may stand open afterwards; it is a shorter one.
static void settle_gathered(struct parse_job *job)
{
    struct gather g = job->gather;
    unsigned long line = job->line;

    job->gather = (struct gather){ 0 };
    if (g.kind == GATHER_MRZ)
        emit_gathered_mrz(job, &g);
    else
        emit_gathered_payload(job, &g);
    job->line = line;
    job->broken |= g.text.failed;
    bytes_free(&g.text);
}

// Lines that begin or go on with a group wait; all others are read at once.
static void take_line(struct parse_job *job, struct str text)
{
    while (job->gather.kind != GATHER_NOTHING) {
        if (gather_add(&job->gather, text)) {
            if (gather_is_full(&job->gather))
                settle_gathered(job);
            return;
        }
        if (job->gather.text.failed) {
            job->broken = true;
            return;
        }
        settle_gathered(job);
    }
    if (gather_begin(&job->gather, text, job->line))
        return;
    if (job->gather.text.failed)
        job->broken = true;
    else
        read_single(job, text);
}

// A list of names alone is a list too, but where there is a column for the number, it is wanted.
static void check_row(const struct parse_job *job, struct record *r)
{
    bool has_number = (r->stated & FIELD_BIT(FIELD_ID)) != 0;
    if (!has_number && wire_table_has(&job->table, FIELD_ID) &&
        !record_has_problem(r, PROBLEM_ID_MALFORMED))
        record_add_problem(r, PROBLEM_FIELD_MISSING, FIELD_ID, (struct str){ "", 0 });
}

static void read_row(struct parse_job *job)
{
    struct wire_item item = item_here(job);
    struct str row = bytes_str(&job->row);
    enum error_code error = ERROR_EMPTY_LINE;

    item.source.line = job->row_line;
    item.source.lines = job->row_lines;
    if (str_trim(row).n > 0)
        error = wire_table_read_row(&job->arena, &job->table, row, &job->record);
    if (error == ERROR_COUNT) {
        check_row(job, &job->record);
        texts_clean(&job->arena, &job->record);
        record_derive(&job->record, &job->arena);
        emit_record(job, &item, &job->record);
    } else {
        emit_error(job, &item, error, 0);
    }
    job->broken |= job->row.failed;
    job->row.n = 0;
    job->row_lines = 0;
}

static void take_row_line(struct parse_job *job, struct str line);

// A quote that is never closed must not swallow the table: its first line is no row, those behind
// it are taken anew.
static void break_open_row(struct parse_job *job)
{
    struct bytes row = job->row;
    unsigned long line = job->line;
    unsigned lines = job->row_lines;
    size_t start[ROW_LINES_MAX + 1];

    memcpy(start, job->row_start, sizeof job->row_start);
    start[lines] = row.n + 1; // the lines are joined by a character between them
    job->broken |= row.failed;
    job->row = (struct bytes){ 0 };
    job->row_lines = 0;
    job->line = job->row_line;
    struct wire_item item = item_here(job);
    emit_error(job, &item, ERROR_CSV_INVALID, 0);
    for (unsigned i = 1; i < lines && !job->broken; i++) {
        job->line++;
        take_row_line(job, (struct str){ row.p + start[i], start[i + 1] - start[i] - 1 });
    }
    job->line = line;
    bytes_free(&row);
}

static bool row_is_open(const struct parse_job *job)
{
    return wire_table_row_is_open(&job->table, bytes_str(&job->row));
}

static void take_row_line(struct parse_job *job, struct str line)
{
    if (job->row_lines == 0)
        job->row_line = job->line;
    else
        bytes_put_char(&job->row, '\n');
    job->row_start[job->row_lines++] = job->row.n;
    bytes_put_str(&job->row, line);
    if (!row_is_open(job))
        read_row(job);
    else if (job->row_lines == ROW_LINES_MAX || job->row.n >= LINES_MAX_LENGTH || job->row.failed)
        break_open_row(job);
}

// Tabs at the end are no filler where tabs separate: they stand for the empty fields of 2024.
static struct str trim_line(struct str line)
{
    struct str text = without_scanner_frame(line);
    const char *end = line.p + line.n;

    if (text.n > ID_LENGTH && text.p[ID_LENGTH] == '\t')
        while (text.p + text.n < end && text.p[text.n] == '\t')
            text.n++;
    return text;
}

static void read_line(struct parse_job *job, struct str line)
{
    job->line++;
    job->counts.lines++;
    line = str_skip(line, STR("\xEF\xBB\xBF"));
    job->undone = job->options.scanner != NULL && line.n > 0 && line.p[0] != '{' &&
                  scanner_profile_undo(job->options.scanner, &job->arena, line, &line);
    if (job->in_table) {
        take_row_line(job, line);
    } else if (job->line == 1 && wire_table_begin(&job->arena, line, &job->table)) {
        job->in_table = true;
    } else {
        struct str text = trim_line(line);
        if (text.n > 0 || !job->options.live || job->gather.kind != GATHER_NOTHING)
            take_line(job, text);
    }
    arena_reset(&job->arena);
}

static void settle(struct parse_job *job)
{
    while (job->row_lines > 0)
        break_open_row(job);
    while (job->gather.kind != GATHER_NOTHING)
        settle_gathered(job);
    arena_reset(&job->arena);
}

static void read_too_long(struct parse_job *job)
{
    settle(job);
    job->line++;
    job->counts.lines++;
    struct wire_item item = item_here(job);
    emit_error(job, &item, ERROR_LINE_TOO_LONG, 0);
}

static void read_quiet(struct parse_job *job, struct lines *lines, struct str unfinished)
{
    if (unfinished.n > 0) {
        read_line(job, unfinished);
        lines_take_unfinished(lines);
    }
    settle(job);
    emit_flush(job->emitter);
}

static void read_all(struct parse_job *job, struct lines *lines)
{
    struct str line;

    while (!job->broken) {
        switch (lines_next(lines, &line)) {
        case LINES_LINE:
            if (lines->failed) // the line broke off: half a payload can look like a whole one
                return settle(job);
            read_line(job, line);
            break;
        case LINES_TOO_LONG:
            read_too_long(job);
            break;
        case LINES_QUIET:
            read_quiet(job, lines, line);
            break;
        case LINES_DONE:
            settle(job);
            return;
        }
    }
}

bool parse_job_begin(struct parse_job *job, struct str path)
{
    job->path = path;
    job->prefix.n = 0;
    wire_put_prefix(&job->prefix, path);
    job->broken |= job->prefix.failed;
    job->line = 0;
    job->in_table = false;
    return !job->broken;
}

bool parse_job_continue(struct parse_job *job, struct lines_source source)
{
    struct lines lines;

    if (!lines_open(&lines, source, job->options.null_ends))
        return job->broken = true, false;
    read_all(job, &lines);
    if (lines.failed) {
        job->line++;
        struct wire_item item = item_here(job);
        job->broken |= lines.native == ENOMEM;
        emit_error(job, &item, lines.native == EISDIR ? ERROR_FILE_UNREADABLE : ERROR_READ_FAILED,
                   lines.native);
    }
    lines_close(&lines);
    return !job->broken;
}

bool parse_job_read(struct parse_job *job, struct str path, struct lines_source source)
{
    return parse_job_begin(job, path) && parse_job_continue(job, source);
}

bool parse_job_unreadable(struct parse_job *job, struct str path, int native)
{
    struct wire_item item = { .source = { .path = path } };
    emit_error(job, &item, ERROR_FILE_UNREADABLE, native);
    return !job->broken;
}
