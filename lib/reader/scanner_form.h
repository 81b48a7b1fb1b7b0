// SPDX-License-Identifier: MIT
// What a scanner, and what it types into, can make of a text that is known: forwards, since the
// test sheet's text is known. lib/text/damage.h goes the other way, without knowing.
#ifndef READER_SCANNER_FORM_H
#define READER_SCANNER_FORM_H

#include "base/bytes.h"

// The form that letters outside ASCII arrive in. The plainest first: where two forms explain what
// came, the first is meant.
enum scanner_form {
    FORM_SOUND,
    FORM_DECOMPOSED,         // marks stand behind their letters (NFD, or as windows-1258 does)
    FORM_UTF8_DECIMAL,       // bytes of UTF-8 as 0225 0187 0141
    FORM_UTF8_DECIMAL_HOLES, // the same, where those of 80..9F that CP1252 has do not arrive
    FORM_POINT_DECIMAL,      // code points as 7885
    FORM_CP437,              // code points modulo 256, shown by CP437
    FORM_MOJIBAKE,           // bytes of UTF-8 shown by CP1252, Latin-1 or windows-1258
    FORM_MOJIBAKE_OEM,       // the same by CP437
    FORM_CP1258,             // bytes of windows-1258
    FORM_HTML,               // &#7885;
    FORM_PERCENT,            // %E1%BB%8D
    FORM_LATIN,              // bytes of CP1252; letters that it lacks are missing or "?"
    FORM_PLAIN,              // letters without their marks
    FORM_DROPPED,            // nothing
    FORM_REPLACED,           // one sign for all
    FORM_COUNT
};

enum scanner_case { CASE_SOUND, CASE_UPPER, CASE_LOWER, CASE_SWAPPED, CASE_COUNT };

// A keyboard that types what the scanner did not mean: US keys, read by another layout.
struct scanner_layout {
    const char *name;  // as X11 and a profile call it
    const char *where; // for people
    const char *keys;  // pairs, blank between them: what was meant, and what comes of it
};

enum { LAYOUT_US = 0 };

extern const struct scanner_layout scanner_layouts[];
extern const size_t scanner_layout_count;

const char *scanner_form_name(enum scanner_form form);
const char *scanner_case_name(enum scanner_case c);

// What an ASCII character becomes; the character itself, in *one, where nothing changes.
struct str scanner_layout_key(size_t layout, char c, char *one);

struct scanner_way {
    enum scanner_form form;
    enum scanner_case letters;
    size_t layout;
    bool has_separator; // `separator` stands for "|", be it empty
    struct str separator;
};

// One step of the text, and what may come for it.
enum { STEP_CHOICES = 10, STEP_LENGTH = 24 };

struct scanner_step {
    size_t used;   // bytes of the text
    unsigned byte; // of a character that arrives byte by byte: how many are done after this step
    size_t n;
    struct {
        uint8_t length;
        char text[STEP_LENGTH];
    } choice[STEP_CHOICES];
};

// The step at a place of the text, given as how many bytes of it are done and how many of the
// character's own bytes.
void scanner_step_make(const struct scanner_way *way, struct str text, size_t at, unsigned byte,
                       struct scanner_step *step);

#endif
