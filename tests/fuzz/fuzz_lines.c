// SPDX-License-Identifier: MIT
// The whole work of cccd-parse over any input, in every format. The first two bytes are options.
#include "check.h"
#include "cli/parse_job.h"

enum { MASK = 1, STRICT = 2, NULL_ENDS = 4, LIVE = 8, SPREADSHEET = 16, HEADINGS = 32 };

struct source {
    struct str text;
    bool live, idle;
};

// In pieces, with silence between where a scanner is live.
static long read_some(void *ctx, char *buf, size_t size)
{
    struct source *source = ctx;
    size_t n = source->live ? 37 : 4096;

    source->idle = !source->idle;
    if (source->live && source->idle)
        return LINES_IDLE;
    n = n < size ? n : size;
    n = n < source->text.n ? n : source->text.n;
    memcpy(buf, source->text.p, n);
    source->text = str_from(source->text, n);
    return (long)n;
}

struct result {
    struct bytes text;
    struct parse_counts counts;
};

static struct result run(uint8_t flags, enum format format, struct str text)
{
    struct output output = { .fd = -1, .hold = true };
    struct emitter e = { .output = &output, .format = format };
    struct parse_options how = { .mask = flags & MASK,
                                 .strict = flags & STRICT,
                                 .null_ends = flags & NULL_ENDS,
                                 .live = flags & LIVE };
    struct source source = { .text = text, .live = flags & LIVE };
    struct str wrong;

    e.headings = flags & HEADINGS ? WIRE_HEADINGS_VIETNAMESE : WIRE_HEADINGS_CODE;
    e.csv.spreadsheet = flags & SPREADSHEET && (format == FORMAT_CSV || format == FORMAT_TSV);
    if (format == FORMAT_CSV)
        require(wire_choice_read(
            STR("path,line,part,id,old_id,name,birth_date,sex,residence,issue_date,expiry_date,"
                "card,extra,expiry,issuer,area,area_name,number_sex,number_birth_year,mrz_number,"
                "can,age_at_issue,name_ascii,repair,severity,problems,error,remarks"),
            &e.choice, &wrong));
    struct parse_job *job = parse_job_new(&how, &e);
    require(job != NULL && emit_begin(&e));
    require(parse_job_read(job, STR("f"), (struct lines_source){ read_some, &source }));
    emit_end(&e);
    struct result result = { output.text, *parse_job_counts(job) };
    parse_job_free(&job);
    return result;
}

// How many lines of input the item accounts for. Objects that came in say nothing of that.
static unsigned long check_line(struct str line)
{
    json_t *item = json_of(line);
    const json_t *source = json_object_get(item, "source");
    long lines = (long)json_number_value(json_object_get(source, "lines"));
    long part = (long)json_number_value(json_object_get(source, "part"));

    require((json_object_get(item, "record") == NULL) != (json_object_get(item, "error") == NULL));
    json_decref(item);
    return part > 1 ? 0 : lines > 1 ? (unsigned long)lines : 1;
}

static void check_ndjson(const struct result *r, struct str input)
{
    unsigned long items = 0, accounted = 0;
    struct str rest = bytes_str(&r->text);

    for (; rest.n > 0; items++) {
        size_t end = str_find(rest, '\n');
        require(end < rest.n);
        if (str_find(input, '{') == input.n)
            accounted += check_line(str_head(rest, end));
        rest = str_from(rest, end + 1);
    }
    require(items == r->counts.records + r->counts.failed);
    require(r->counts.warned + r->counts.wrong <= r->counts.records);
    if (str_find(input, '{') == input.n) // all lines, or all but the heading of a table
        require(accounted == r->counts.lines || accounted + 1 == r->counts.lines);
}

static void check_json(const struct result *r)
{
    json_t *all = json_loadb(r->text.p, r->text.n, JSON_ALLOW_NUL, NULL);
    require(json_is_array(all));
    require(json_array_size(all) == r->counts.records + r->counts.failed);
    json_decref(all);
}

// Nothing that could steer a terminal.
static void check_for_eyes(struct str text)
{
    require(utf8_is_valid(text));
    for (size_t at = 0; at < text.n;) {
        int32_t c = utf8_next(text, &at);
        require(c == '\n' || (c >= 0x20 && c != 0x7F && (c < 0x80 || c > 0x9F)));
        require((c < 0x202A || c > 0x202E) && (c < 0x2066 || c > 0x2069));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    struct str text = { (const char *)data + 2, size - 2 };
    enum format format = (enum format)(data[1] % 6);
    struct result r = run(data[0], format, text);

    // Blank lines mean nothing from a live scanner.
    if (format == FORMAT_NDJSON && !(data[0] & LIVE))
        check_ndjson(&r, text);
    else if (format == FORMAT_JSON)
        check_json(&r);
    else if (format == FORMAT_TABLE || format == FORMAT_TEXT)
        check_for_eyes(bytes_str(&r.text));
    bytes_free(&r.text);
    return 0;
}
