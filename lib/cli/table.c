// SPDX-License-Identifier: MIT
#include "cli/table.h"

#include "cli/colour.h"
#include "text/display.h"

#include <stdlib.h>

// So many rows are looked at before the first is written.
enum { ROWS_WAITING = 256, WIDTH_MAX = 40 };

struct cell {
    size_t start, length; // in `text`
    size_t width;
};

struct row {
    struct cell cell[WIRE_CHOICE_MAX];
    enum severity severity;
};

struct table {
    struct emitter *e;
    struct bytes text; // of the waiting cells, escaped for the terminal
    struct row *row;
    size_t count;
    size_t width[WIRE_CHOICE_MAX];
    bool flowing; // widths are settled, the heading is written
};

struct table *table_new(struct emitter *e)
{
    struct table *t = calloc(1, sizeof *t);
    if (t == NULL || (t->row = calloc(ROWS_WAITING, sizeof *t->row)) == NULL) {
        free(t);
        return NULL;
    }
    t->e = e;
    for (size_t i = 0; i < e->choice.count; i++)
        t->width[i] = display_width(str_of(wire_column_heading(e->choice.column[i], e->headings)));
    return t;
}

void table_free(struct table **t)
{
    if (*t == NULL)
        return;
    bytes_free(&(*t)->text);
    free((*t)->row);
    free(*t);
    *t = NULL;
}

static void put_padded(struct table *t, size_t column, struct str text, size_t width)
{
    struct bytes *out = &t->e->output->text;
    bytes_put_str(out, text);
    if (column + 1 == t->e->choice.count)
        return;
    for (size_t i = width; i < t->width[column]; i++)
        bytes_put_char(out, ' ');
    bytes_lit(out, "  ");
}

static void put_heading(struct table *t)
{
    for (size_t i = 0; i < t->e->choice.count; i++) {
        struct str heading = str_of(wire_column_heading(t->e->choice.column[i], t->e->headings));
        put_padded(t, i, heading, display_width(heading));
    }
    bytes_put_char(&t->e->output->text, '\n');
}

static void put_row(struct table *t, const struct row *row)
{
    struct bytes *out = &t->e->output->text;
    bool coloured = t->e->colour && row->severity != SEVERITY_NOTE;

    colour_put(out, coloured, row->severity);
    for (size_t i = 0; i < t->e->choice.count; i++) {
        struct str text =
            str_head(str_from(bytes_str(&t->text), row->cell[i].start), row->cell[i].length);
        put_padded(t, i, text, row->cell[i].width);
    }
    while (!coloured && out->n > 0 && out->p[out->n - 1] == ' ')
        out->n--;
    colour_end(out, coloured);
    bytes_put_char(out, '\n');
}

void table_flush(struct table *t)
{
    if (t == NULL || (t->flowing && t->count == 0))
        return;
    if (!t->flowing)
        put_heading(t);
    t->flowing = true;
    for (size_t i = 0; i < t->count && !t->text.failed; i++)
        put_row(t, &t->row[i]);
    t->e->output->text.failed |= t->text.failed;
    t->count = 0;
    t->text.n = 0;
}

static void fill_cell(struct table *t, struct cell *cell, size_t column, struct str value)
{
    cell->start = t->text.n;
    display_put(&t->text, value);
    cell->length = t->text.n - cell->start;
    cell->width = display_width(value);
    size_t shown = cell->width < WIDTH_MAX ? cell->width : WIDTH_MAX;
    if (!t->flowing && shown > t->width[column])
        t->width[column] = shown;
}

void table_put(struct table *t, const struct wire_item *item)
{
    struct bytes value = { 0 };
    struct row *row = &t->row[t->count++];

    row->severity = item->record == NULL ? SEVERITY_ERROR : record_severity(item->record);
    for (size_t i = 0; i < t->e->choice.count; i++) {
        value.n = 0;
        t->e->choice.column[i]->put(&value, item, &t->e->csv.how);
        fill_cell(t, &row->cell[i], i, bytes_str(&value));
    }
    t->text.failed |= value.failed;
    bytes_free(&value);
    if (t->flowing || t->count == ROWS_WAITING || t->e->output->each)
        table_flush(t);
}
