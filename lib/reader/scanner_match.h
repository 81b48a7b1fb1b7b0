// SPDX-License-Identifier: MIT
// How what came of one scan follows from a text that is known.
#ifndef READER_SCANNER_MATCH_H
#define READER_SCANNER_MATCH_H

#include "reader/scanner_form.h"

enum scanner_end {
    SCAN_WHOLE,        // all of it
    SCAN_CUT,          // its beginning, and then nothing more
    SCAN_INPUT_METHOD, // an input method for Vietnamese made letters of what was typed
    SCAN_CJK,          // bytes taken for Chinese or Japanese
    SCAN_LOSSES,       // characters are missing, or came twice
    SCAN_UNKNOWN,
};

enum input_method { INPUT_NONE, INPUT_TELEX, INPUT_VNI, INPUT_VIQR };

enum { SCAN_SEPARATOR_MAX = 8 };

struct scanner_scan {
    size_t specimen;
    enum scanner_end end;
    struct scanner_way way;        // its separator lies in the region
    unsigned layouts;              // a bit for each that explains it as well
    size_t used;                   // bytes of the region
    size_t done;                   // SCAN_CUT: characters that came
    enum input_method input;       // SCAN_INPUT_METHOD
    unsigned lost, doubled, added; // SCAN_LOSSES
};

// How much may be tried. What comes is not trusted: a file may hold thousands of codes, none of
// which is explained by anything.
enum scanner_effort {
    EFFORT_KNOWN,  // the text as it is, and the way that is thought likely
    EFFORT_WAYS,   // all ways
    EFFORT_LOSSES, // and with losses
};

// The region begins with the specimen's number, as some layout types it. The likely way is tried
// first.
void scanner_match(struct str region, size_t specimen, enum scanner_effort effort,
                   const struct scanner_way *likely, struct scanner_scan *scan);

// A line that no number was found in: what it resembles most. SCAN_LOSSES or SCAN_UNKNOWN; false
// where memory was short.
bool scanner_match_damaged(struct str line, struct scanner_scan *scan);

// Are all characters of the text that came what these keys make of the text that was typed?
enum input_method scanner_input_of(struct str typed, struct str came);

// The text that the way makes of another, in the first of its choices. False when it is too long.
bool scanner_way_apply(const struct scanner_way *way, struct str text, struct bytes *out);

#endif
