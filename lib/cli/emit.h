// SPDX-License-Identifier: MIT
// Items in the format that was asked for.
#ifndef CLI_EMIT_H
#define CLI_EMIT_H

#include "cli/output.h"
#include "wire/csv.h"

enum format { FORMAT_NDJSON, FORMAT_JSON, FORMAT_CSV, FORMAT_TSV, FORMAT_TABLE, FORMAT_TEXT };

struct emitter {
    struct output *output;
    enum format format;
    struct wire_choice choice; // empty: the format's own
    enum wire_headings headings;
    struct wire_csv csv;
    bool colour;
    bool begun;
    struct table *table; // of FORMAT_TABLE
};

// From "ndjson" and the like; the name is known to be one of them.
enum format format_from_name(const char *name);

// Fills in what the format needs. False when memory is short.
bool emit_begin(struct emitter *e);

// False when the output failed.
bool emit_item(struct emitter *e, const struct wire_item *item);

// What stands before the first item. False when the output failed.
bool emit_heading(struct emitter *e);

// Items that another emitter of the same format made.
bool emit_text(struct emitter *e, struct str text);

// Whatever the format still owes; the output is not finished by it.
void emit_end(struct emitter *e);

// What a person at a live scanner must see at once.
void emit_flush(struct emitter *e);

#endif
