// SPDX-License-Identifier: MIT
// Tables: any heading and rows are read without harm, and any two cells come back as they were
// written. The first byte says how they are written; a zero byte parts the two.
#include "check.h"
#include "wire/csv.h"

static void read_table(struct arena *arena, struct str text)
{
    struct wire_table table;
    static struct record r;
    struct str heading = str_head(text, str_find(text, '\n'));

    if (!wire_table_begin(arena, heading, &table))
        return;
    require(table.count >= 2 && table.count <= WIRE_TABLE_MAX);
    for (text = str_from(text, heading.n + 1); text.n > 0;) {
        size_t end = str_find(text, '\n');
        while (end < text.n && wire_table_row_is_open(&table, str_head(text, end)))
            end += 1 + str_find(str_from(text, end + 1), '\n');
        struct str row = str_head(text, end);
        if (wire_table_read_row(arena, &table, row, &r) == ERROR_COUNT) {
            require(!wire_table_row_is_open(&table, row));
            record_derive(&r, arena);
            struct bytes out = { 0 };
            wire_put_record(&out, &r, as_it_is);
            json_decref(json_of(bytes_str(&out)));
            bytes_free(&out);
        }
        text = str_from(text, end + 1);
    }
}

static struct str without_line_end(struct str row, bool spreadsheet)
{
    require(row.n > 0 && row.p[row.n - 1] == '\n');
    row.n--;
    if (spreadsheet) {
        require(row.n > 0 && row.p[row.n - 1] == '\r');
        row.n--;
    }
    return row;
}

// A reader that goes line by line must know at each line's end whether the row goes on.
static void require_open_inside(const struct wire_table *table, struct str row)
{
    for (size_t i = 0; i < row.n; i++)
        if (row.p[i] == '\n')
            require(wire_table_row_is_open(table, str_head(row, i)));
    require(!wire_table_row_is_open(table, row));
}

static void write_and_read(struct arena *arena, struct str name, struct str residence,
                           const struct wire_csv *how)
{
    static struct record r, back;
    struct wire_choice choice;
    struct wire_table table;
    struct bytes heading = { 0 }, row = { 0 };
    struct str wrong;

    record_clear(&r);
    r.name = name;
    r.residence = residence;
    struct wire_item item = { .record = &r };
    require(wire_choice_read(STR("name,residence,line"), &choice, &wrong));
    wire_csv_put_heading(&heading, &choice, WIRE_HEADINGS_CODE, how);
    wire_csv_put_row(&row, &choice, &item, how);
    struct str head = bytes_str(&heading);
    if (how->spreadsheet)
        head = str_from(head, 3);
    require(wire_table_begin(arena, without_line_end(head, how->spreadsheet), &table));
    struct str line = without_line_end(bytes_str(&row), how->spreadsheet);
    require_open_inside(&table, line);
    require(wire_table_read_row(arena, &table, line, &back) == ERROR_COUNT ||
            name.n + residence.n == 0);
    require(str_eq(back.name, name) && str_eq(back.residence, residence));
    bytes_free(&heading);
    bytes_free(&row);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = { 0 };

    if (size == 0)
        return 0;
    struct str text = { (const char *)data + 1, size - 1 };
    struct wire_csv how = { .delimiter = data[0] & 1 ? '\t' : ',',
                            .spreadsheet = (data[0] & 2) != 0,
                            .how = { .say = as_it_is } };
    read_table(&arena, text);
    size_t middle = str_find(text, '\0');
    write_and_read(&arena, str_trim(str_head(text, middle)), str_trim(str_from(text, middle + 1)),
                   &how);
    struct str unquoted = wire_unquote_line(&arena, text);
    require(unquoted.n <= text.n);
    arena_free(&arena);
    return 0;
}
