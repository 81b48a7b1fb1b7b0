// SPDX-License-Identifier: MIT
// A payload cut into its fields, whatever a scanner made of the separators.
#ifndef PAYLOAD_FIELDS_H
#define PAYLOAD_FIELDS_H

#include "person/record.h"
#include "text/scan_map.h"

// As many as a record can hold: six with a meaning and the further ones.
enum { FIELDS_MAX = 6 + RECORD_EXTRA_MAX, FIELDS_LEAST = 6, FIELDS_2021 = 7, FIELDS_2024 = 11 };

struct fields {
    struct str field[FIELDS_MAX]; // trimmed; the last one holds the rest where there are more
    size_t count;
    struct str separator;
    bool unusual_separator;
    bool run_together; // what follows the first payload is in `rest`
    struct str rest;
    bool mapped; // `map` is of the line that was cut
    struct scan_map map;
};

// Cuts the first payload of a line. False when the line has no separator that makes six fields.
bool fields_cut(struct str line, struct fields *out);

// The forms by which a field is known.
bool field_is_id(struct str s);     // 12 digits
bool field_is_old_id(struct str s); // 9 or 12 digits
bool field_is_date(struct str s);   // ddmmyyyy or dd/mm/yyyy, real or not
bool field_is_sex(struct str s);    // Nam or Nữ, also without diacritics or in capitals

// Where the birth date stands and the sex behind it, which tells where all the rest is.
struct anchor {
    size_t birth, sex;
};

// With nothing but empty fields between the two. False when there is no such place.
bool fields_find_anchor(const struct fields *f, struct anchor *out);

#endif
