// SPDX-License-Identifier: MIT
#include "cli/emit.h"

#include "cli/language.h"
#include "cli/sheet.h"
#include "cli/table.h"

enum format format_from_name(const char *name)
{
    static const char *const names[] = { "ndjson", "json", "csv", "tsv", "table", "text" };
    size_t i = 0;
    while (strcmp(names[i], name) != 0)
        i++;
    return (enum format)i;
}

static const char *default_columns(enum format format)
{
    switch (format) {
    case FORMAT_TABLE:
        return "id,name,birth_date,sex,old_id,issue_date,expiry,remarks";
    case FORMAT_TEXT:
        return "id,old_id,name,birth_date,sex,residence,issue_date,issuer,expiry,expiry_date,card,"
               "area_name,extra,repair";
    default:
        return "path,line,id,old_id,name,birth_date,sex,residence,issue_date,card,expiry,issuer,"
               "problems,error";
    }
}

bool emit_begin(struct emitter *e)
{
    struct str wrong;
    bool for_eyes = e->format == FORMAT_TABLE || e->format == FORMAT_TEXT;
    bool by_language = for_eyes && e->headings == WIRE_HEADINGS_DEFAULT;

    if (e->choice.count == 0)
        wire_choice_read(str_of(default_columns(e->format)), &e->choice, &wrong);
    if (by_language)
        e->headings = language_is_vietnamese() ? WIRE_HEADINGS_VIETNAMESE : WIRE_HEADINGS_ENGLISH;
    bool in_words =
        for_eyes || e->headings == WIRE_HEADINGS_ENGLISH || e->headings == WIRE_HEADINGS_VIETNAMESE;
    e->csv.delimiter = e->format == FORMAT_TSV ? '\t' : ',';
    e->csv.how = (struct wire_spelling){ .words = in_words,
                                         .day_first = for_eyes && language_is_vietnamese(),
                                         .say = say };
    if (e->format == FORMAT_TABLE)
        return (e->table = table_new(e)) != NULL;
    return true;
}

static void put_json_item(struct emitter *e, const struct wire_item *item)
{
    struct bytes *out = &e->output->text;
    if (e->format == FORMAT_JSON)
        bytes_put_str(out, e->begun ? STR(",\n") : STR("[\n"));
    wire_put_item(out, item, say);
    if (e->format == FORMAT_NDJSON)
        bytes_put_char(out, '\n');
}

bool emit_heading(struct emitter *e)
{
    if (!e->begun && (e->format == FORMAT_CSV || e->format == FORMAT_TSV))
        wire_csv_put_heading(&e->output->text, &e->choice, e->headings, &e->csv);
    e->begun = true;
    return output_item(e->output);
}

bool emit_text(struct emitter *e, struct str text)
{
    return output_item(e->output) && output_direct(e->output, text);
}

bool emit_item(struct emitter *e, const struct wire_item *item)
{
    switch (e->format) {
    case FORMAT_NDJSON:
    case FORMAT_JSON:
        put_json_item(e, item);
        break;
    case FORMAT_CSV:
    case FORMAT_TSV:
        emit_heading(e);
        wire_csv_put_row(&e->output->text, &e->choice, item, &e->csv);
        break;
    case FORMAT_TABLE:
        table_put(e->table, item);
        break;
    case FORMAT_TEXT:
        sheet_put(e, item);
        break;
    }
    e->begun = true;
    return output_item(e->output);
}

void emit_flush(struct emitter *e)
{
    if (e->format == FORMAT_TABLE)
        table_flush(e->table);
    output_item(e->output);
}

void emit_end(struct emitter *e)
{
    if (e->format == FORMAT_JSON)
        bytes_put_str(&e->output->text, e->begun ? STR("\n]\n") : STR("[]\n"));
    if (e->format == FORMAT_CSV || e->format == FORMAT_TSV)
        emit_heading(e);
    if (e->format == FORMAT_TABLE) {
        table_flush(e->table);
        table_free(&e->table);
    }
}
