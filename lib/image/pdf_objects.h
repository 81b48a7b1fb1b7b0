// SPDX-License-Identifier: MIT
// Just enough of a PDF's syntax (ISO 32000-1, 7.2 and 7.3) to find a page's pictures without
// decoding them. Objects are found by looking for them, not by their table. Whatever is not as
// simple as scanners write it, is not found; the caller then has another way.
#ifndef IMAGE_PDF_OBJECTS_H
#define IMAGE_PDF_OBJECTS_H

#include "base/str.h"

struct pdf_objects {
    struct str bytes;
    size_t *at; // of each object's value, by its number; 0: not there
    size_t count;
    struct str root;    // the reference to the catalogue
    uint64_t work_left; // bytes that may still be looked at: hostile files refer in circles
};

// False where the file is encrypted, keeps no catalogue in the open, or memory is short.
bool pdf_objects_find(struct pdf_objects *o, struct str bytes);

void pdf_objects_free(struct pdf_objects *o);

// The value: itself, or what it refers to. Empty where that is not there.
struct str pdf_resolve(struct pdf_objects *o, struct str value);

// What a dictionary has under that name, resolved; empty where it has nothing.
struct str pdf_get(struct pdf_objects *o, struct str dictionary, struct str name);

// Takes the next value off the text, the brackets or "<<" that it began with being gone already.
// Empty at the end.
struct str pdf_next(struct str *text);

// The inside of an array or a dictionary; empty where the value is none.
struct str pdf_inside(struct str value);

// A number that is not negative; -1 for anything else.
long pdf_number(struct str value);

// The bytes of a stream, still encoded; empty where they cannot be told.
struct str pdf_stream(struct pdf_objects *o, struct str dictionary);

#endif
