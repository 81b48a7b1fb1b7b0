// SPDX-License-Identifier: MIT
// Tables as text: CSV (RFC 4180) and TSV, written for spreadsheets and for programs, and read back.
#ifndef WIRE_CSV_H
#define WIRE_CSV_H

#include "wire/columns.h"

struct wire_csv {
    char delimiter; // ',' or '\t'
    // For Excel and LibreOffice: byte-order mark, CR LF, and numbers as ="001090000001", since they
    // would take the leading zeros off a plain one.
    bool spreadsheet;
    struct wire_spelling how;
};

void wire_csv_put_heading(struct bytes *out, const struct wire_choice *choice,
                          enum wire_headings headings, const struct wire_csv *csv);
void wire_csv_put_row(struct bytes *out, const struct wire_choice *choice,
                      const struct wire_item *item, const struct wire_csv *csv);

// A table being read: what its heading says of each column.
enum { WIRE_TABLE_MAX = 128 };

struct wire_table {
    char delimiter;
    size_t count;
    const struct wire_column *column[WIRE_TABLE_MAX]; // NULL: not known
};

// Is this line the heading of a table of persons? It must name the number or the name, and two
// columns at least, in any of the spellings of wire_columns.
bool wire_table_begin(struct arena *arena, struct str line, struct wire_table *out);

bool wire_table_has(const struct wire_table *table, enum field field);

// A row ends where its last quote is closed: true when this text still has one open.
bool wire_table_row_is_open(const struct wire_table *table, struct str row);

// A row as a record, not yet derived. Not ERROR_COUNT where it is none: the error that the row
// itself tells, as our own tables do, or ERROR_CSV_INVALID where it has more cells than the
// heading, quotes where none may stand, or nothing about a person.
enum error_code wire_table_read_row(struct arena *arena, const struct wire_table *table,
                                    struct str row, struct record *out);

// The text of a line that a spreadsheet quoted as one cell; the line itself when it is none.
struct str wire_unquote_line(struct arena *arena, struct str line);

#endif
