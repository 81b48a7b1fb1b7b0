// SPDX-License-Identifier: MIT
#include "wire/csv.h"

// Spreadsheets run a cell that begins with one of these as a formula, whoever wrote it. A cell that
// looks as if it had been guarded already is guarded too, so that reading back is exact.
static bool needs_guard(struct str cell)
{
    struct str bare = cell;
    while (bare.n > 1 && bare.p[0] == '\'')
        bare = str_from(bare, 1);
    return (bare.n > 0 && bare.p[0] != '\0' && strchr("=+-@\t\r", bare.p[0]) != NULL) ||
           (bare.n < cell.n && str_is_digits(bare));
}

static void put_quoted(struct bytes *out, struct str cell)
{
    bytes_put_char(out, '"');
    for (size_t i = 0; i < cell.n; i++) {
        if (cell.p[i] == '"')
            bytes_put_char(out, '"');
        bytes_put_char(out, cell.p[i]);
    }
    bytes_put_char(out, '"');
}

static bool needs_quotes(struct str cell, char delimiter)
{
    for (size_t i = 0; i < cell.n; i++) {
        char c = cell.p[i];
        if (c == delimiter || c == '"' || c == '\n' || c == '\r')
            return true;
    }
    return cell.n > 0 && (cell.p[0] == ' ' || cell.p[cell.n - 1] == ' ');
}

// A number whose zeros a spreadsheet would lose.
static bool is_long_number(struct str cell)
{
    return str_is_digits(cell) && (cell.n >= 9 || (cell.n > 1 && cell.p[0] == '0'));
}

static void put_cell(struct bytes *out, struct str cell, const struct wire_csv *csv)
{
    struct bytes safe = { 0 };

    if (csv->spreadsheet && is_long_number(cell)) {
        bytes_lit(&safe, "=\"");
        bytes_put_str(&safe, cell);
        bytes_lit(&safe, "\"");
        cell = bytes_str(&safe);
    } else if (needs_guard(cell)) {
        bytes_lit(&safe, "'");
        bytes_put_str(&safe, cell);
        cell = bytes_str(&safe);
    }
    if (needs_quotes(cell, csv->delimiter))
        put_quoted(out, cell);
    else
        bytes_put_str(out, cell);
    out->failed |= safe.failed;
    bytes_free(&safe);
}

static void end_row(struct bytes *out, const struct wire_csv *csv)
{
    bytes_put_str(out, csv->spreadsheet ? STR("\r\n") : STR("\n"));
}

void wire_csv_put_heading(struct bytes *out, const struct wire_choice *choice,
                          enum wire_headings headings, const struct wire_csv *csv)
{
    if (csv->spreadsheet)
        bytes_lit(out, "\xEF\xBB\xBF");
    for (size_t i = 0; i < choice->count; i++) {
        if (i > 0)
            bytes_put_char(out, csv->delimiter);
        put_cell(out, str_of(wire_column_heading(choice->column[i], headings)), csv);
    }
    end_row(out, csv);
}

void wire_csv_put_row(struct bytes *out, const struct wire_choice *choice,
                      const struct wire_item *item, const struct wire_csv *csv)
{
    struct bytes cell = { 0 };
    for (size_t i = 0; i < choice->count; i++) {
        if (i > 0)
            bytes_put_char(out, csv->delimiter);
        cell.n = 0;
        choice->column[i]->put(&cell, item, &csv->how);
        put_cell(out, bytes_str(&cell), csv);
    }
    out->failed |= cell.failed;
    bytes_free(&cell);
    end_row(out, csv);
}
