// SPDX-License-Identifier: MIT
// The columns of tables: their names, headings and values.
#ifndef WIRE_COLUMNS_H
#define WIRE_COLUMNS_H

#include "wire/item.h"

enum wire_headings {
    WIRE_HEADINGS_DEFAULT,
    WIRE_HEADINGS_CODE,
    WIRE_HEADINGS_ENGLISH,
    WIRE_HEADINGS_VIETNAMESE
};

// How values are spelled: as codes for programs, or in words for people.
struct wire_spelling {
    bool words;
    bool day_first; // dates as 31/12/2024
    say_fn *say;
};

struct wire_column {
    const char *name; // the stable name
    const char *english;
    const char *vietnamese;
    void (*put)(struct bytes *out, const struct wire_item *item, const struct wire_spelling *how);
    enum field field; // the record's field that the column shows whole, else FIELD_NONE
};

extern const struct wire_column wire_columns[];
extern const size_t wire_column_count;

// The column with this name; NULL when there is none.
const struct wire_column *wire_column_find(struct str name);

const char *wire_column_heading(const struct wire_column *column, enum wire_headings headings);

// A choice of columns, in order.
enum { WIRE_CHOICE_MAX = 64 };

struct wire_choice {
    const struct wire_column *column[WIRE_CHOICE_MAX];
    size_t count;
};

// From "id,name,birth_date". False and *wrong for a name that is no column or comes twice.
bool wire_choice_read(struct str list, struct wire_choice *out, struct str *wrong);

#endif
