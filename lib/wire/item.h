// SPDX-License-Identifier: MIT
// One line of output: where it comes from, and a record or an error.
#ifndef WIRE_ITEM_H
#define WIRE_ITEM_H

#include "base/error.h"
#include "person/record.h"

struct wire_source {
    struct str path;     // empty: standard input
    struct str prefix;   // what wire_put_prefix() made of the path, or empty
    unsigned long page;  // from 1, of a picture or document; 0: none
    unsigned long frame; // the same of a stream of pictures; at most one of page, frame and
    unsigned long line;  // line is written
    unsigned lines;      // how many lines the item took; 1 for most
    unsigned part;       // from 1, where payloads ran together in one line; else 0
};

struct wire_item {
    struct wire_source source;
    const struct record *record; // NULL: an error
    struct error error;
    struct str object; // a JSON object that the item came in: passed through, with ours added
    bool lacks_version, lacks_source; // what that object does not say itself
    bool passed;                      // the object is whole already and nothing is added
    struct str error_code;            // of an error that the object brought along
};

// The beginning of every object from one path, made once for all of them.
void wire_put_prefix(struct bytes *out, struct str path);

// The beginning of an object: the version of the schema, and where the object comes from.
void wire_put_source(struct bytes *out, const struct wire_source *source);

// One NDJSON object without its line end. The sentences are said in the reader's language.
void wire_put_item(struct bytes *out, const struct wire_item *item, say_fn *say);

// Only the "record" or "error" member's value. The detail, if it is not empty, stands behind the
// error's sentence.
void wire_put_record(struct bytes *out, const struct record *r, say_fn *say);
void wire_put_error(struct bytes *out, struct error error, struct str detail, say_fn *say);

#endif
