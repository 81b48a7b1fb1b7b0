// SPDX-License-Identifier: MIT
#include "cli/sheet.h"

#include "cli/colour.h"
#include "cli/language.h"
#include "text/display.h"

static void put_spaces(struct bytes *out, size_t n)
{
    while (n-- > 0)
        bytes_put_char(out, ' ');
}

static size_t heading_width(const struct emitter *e)
{
    size_t widest = 0;
    for (size_t i = 0; i < e->choice.count; i++) {
        size_t width = display_width(str_of(wire_column_heading(e->choice.column[i], e->headings)));
        widest = width > widest ? width : widest;
    }
    return widest;
}

// "scans.txt:12", "line 12".
static void put_place(struct bytes *out, const struct wire_source *source)
{
    display_put(out, source->path);
    if (source->path.n > 0 && source->line > 0)
        bytes_put_char(out, ':');
    else if (source->line > 0) {
        bytes_put_str(out, str_of(say(N_("line"))));
        bytes_put_char(out, ' ');
    }
    if (source->line > 0)
        bytes_put_number(out, source->line);
    bytes_put_char(out, '\n');
}

static void put_field(struct bytes *out, const char *heading, size_t width, struct str value)
{
    bytes_lit(out, "  ");
    bytes_put_str(out, str_of(heading));
    bytes_put_char(out, ':');
    put_spaces(out, width - display_width(str_of(heading)) + 1);
    display_put(out, value);
    bytes_put_char(out, '\n');
}

// The letters behind this program turn on it: a card that names no old number cannot prove one.
static struct str value_of(const struct emitter *e, const struct wire_column *column,
                           const struct wire_item *item, struct bytes *value)
{
    value->n = 0;
    column->put(value, item, &e->csv.how);
    if (value->n == 0 && column->field == FIELD_OLD_ID && item->record != NULL &&
        (item->record->stated & FIELD_BIT(FIELD_OLD_ID)))
        return str_of(say(N_("none on the card; if there was one, the police office that took "
                             "the application confirms it")));
    return bytes_str(value);
}

static void put_problems(const struct emitter *e, const struct record *r)
{
    struct bytes *out = &e->output->text;
    static const char *const names[] = { N_("note"), N_("warning"), N_("error") };

    for (size_t i = 0; i < r->problem_count; i++) {
        const struct problem *p = &r->problems[i];
        enum severity severity = problem_severity(p->code);
        bytes_lit(out, "  ");
        colour_put(out, e->colour, severity);
        bytes_put_str(out, str_of(say(names[severity])));
        colour_end(out, e->colour);
        bytes_lit(out, ": ");
        bytes_put_str(out, str_of(say(problem_sentence(p->code))));
        struct str value = p->code == PROBLEM_TEXT_REPAIRED ? r->original[p->field] : p->value;
        if (value.n > 0) {
            bytes_lit(out, " (");
            display_put(out, value);
            bytes_put_char(out, ')');
        }
        bytes_put_char(out, '\n');
    }
}

void sheet_put(struct emitter *e, const struct wire_item *item)
{
    struct bytes *out = &e->output->text;
    struct bytes value = { 0 };
    size_t width = heading_width(e);

    if (e->begun)
        bytes_put_char(out, '\n');
    put_place(out, &item->source);
    for (size_t i = 0; item->record != NULL && i < e->choice.count; i++) {
        const struct wire_column *column = e->choice.column[i];
        struct str shown = value_of(e, column, item, &value);
        if (shown.n > 0)
            put_field(out, wire_column_heading(column, e->headings), width, shown);
    }
    if (item->record != NULL) {
        put_problems(e, item->record);
    } else {
        bytes_lit(out, "  ");
        colour_put(out, e->colour, SEVERITY_ERROR);
        value.n = 0;
        wire_column_find(STR("error"))->put(&value, item, &e->csv.how);
        display_put(out, bytes_str(&value));
        colour_end(out, e->colour);
        bytes_put_char(out, '\n');
    }
    out->failed |= value.failed;
    bytes_free(&value);
}
