// SPDX-License-Identifier: MIT
// A JSON object that another program of the family wrote.
#ifndef WIRE_OBJECT_H
#define WIRE_OBJECT_H

#include "person/record.h"

enum wire_object_kind {
    WIRE_OBJECT_INVALID, // no JSON object
    WIRE_OBJECT_SYMBOL,  // a symbol that was read; `payload` is its text
    WIRE_OBJECT_RECORD,  // no symbol, but a record
    WIRE_OBJECT_ERROR,   // an error of the program before
    WIRE_OBJECT_OTHER,   // neither
};

struct wire_object {
    enum wire_object_kind kind;
    struct str text; // the object to pass on, without a record or error of ours
    bool has_version, has_source;
    bool source_goes;  // there is a "source" that is no object; text has it no more
    struct str path;   // what its source says; empty and 0 where it does not
    bool path_escaped; // as json_put_path() tells
    unsigned long page, line;
    struct str payload;    // WIRE_OBJECT_SYMBOL
    struct str error_code; // WIRE_OBJECT_ERROR, or beside a symbol
    struct record *record; // WIRE_OBJECT_RECORD, or beside a symbol: what it states, derived anew
    bool has_chip;
};

// Reads one line. With `masked`, only what cannot tell who the person is is passed on: v, source,
// error and the symbol without its text. Everything lies in the arena or the line; false when
// memory is short.
bool wire_object_read(struct arena *arena, struct str line, bool masked, struct wire_object *out);

// The line without its "chip", and without a source that is no object.
bool wire_object_drop_chip(struct arena *arena, struct str *line);

#endif
