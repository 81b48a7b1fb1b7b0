// SPDX-License-Identifier: MIT
// One quick pass over a text that settles the ordinary case: composed Vietnamese, nothing odd.
// Only what fails here needs the slower rooms (validation, NFC, repair, escaping).
#ifndef TEXT_SCAN_H
#define TEXT_SCAN_H

#include "base/str.h"

enum scan_flag {
    SCAN_LOWER = 1,       // a small ASCII letter
    SCAN_NOT_IN_NAME = 8, // ASCII that no name is written with
    SCAN_ACCENTED = 16,   // a letter of Vietnamese outside ASCII, or of letter_is_ethnic()
    SCAN_EXTENDED = 32,   // one that Latin-1, CP1252 and CP437 lack: no code page damaged this text
    SCAN_ODD = 64,        // anything else: controls, " \ & %, other letters, bad UTF-8, loose marks
};

// The flags of all characters in s.
unsigned scan_text(struct str s);

#endif
