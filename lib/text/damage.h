// SPDX-License-Identifier: MIT
// What scanners, keyboards, code pages and legacy fonts do to Vietnamese text, and its undoing.
// Only what has exactly one reading is repaired; sound text is never touched.
#ifndef TEXT_DAMAGE_H
#define TEXT_DAMAGE_H

#include "base/arena.h"

// What a text is decides what can be said against a reading: a name has no digits and capital
// initials, an address has house numbers.
enum text_kind { TEXT_NAME, TEXT_SEX, TEXT_ADDRESS, TEXT_OTHER };

// X(identifier, stable code)
#define DAMAGE_KINDS(X)                                                                            \
    X(DAMAGE_NONE, "none")                                                                         \
    X(DAMAGE_UTF8_DECIMAL, "utf8-decimal")             /* bytes typed as 0225 0187 0141 */         \
    X(DAMAGE_CODE_POINT_DECIMAL, "code-point-decimal") /* 7885 */                                  \
    X(DAMAGE_CP437, "cp437")                           /* code point mod 256, shown in CP437 */    \
    X(DAMAGE_MOJIBAKE, "mojibake")                     /* UTF-8 taken for CP1252 or Latin-1 */     \
    X(DAMAGE_HTML, "html-escape")                      /* &#7885; */                               \
    X(DAMAGE_PERCENT, "percent-escape")                /* %E1%BB%8D */                             \
    X(DAMAGE_CP1258, "windows-1258")                                                               \
    X(DAMAGE_TCVN3, "tcvn3")                                                                       \
    X(DAMAGE_VNI, "vni")                                                                           \
    X(DAMAGE_VPS, "vps")                                                                           \
    X(DAMAGE_UNKNOWN, "unknown")

#define DAMAGE_ENUM(identifier, code) identifier,
enum damage_kind { DAMAGE_KINDS(DAMAGE_ENUM) DAMAGE_KIND_COUNT };
#undef DAMAGE_ENUM

const char *damage_name(enum damage_kind kind);

// One text of a line. The bytes may be no UTF-8 at all (a serial scanner sends what its code page
// says); a text that is UTF-8 may be in NFC or not.
struct damage_text {
    enum text_kind kind;
    struct str text;
    struct str repaired; // out: UTF-8, NFC; only meaningful when `changed`
    bool changed;        // out
    bool ambiguous;      // out: damaged, with more than one reading; left as it came
};

enum damage_verdict {
    DAMAGE_SOUND,      // nothing to repair
    DAMAGE_REPAIRED,   // at least one text changed; others may be ambiguous
    DAMAGE_AMBIGUOUS,  // damaged, and more than one reading fits; nothing changed
    DAMAGE_UNREADABLE, // damaged, and no known mechanism explains it; nothing changed
};

struct damage_report {
    enum damage_verdict verdict;
    enum damage_kind kind; // the mechanism, where one is known
    bool certain;          // confidence: true where the mechanism proves itself (strict UTF-8 came
                           // out of it), false where Vietnamese spelling decided
};

// Judges all texts of one line together, since one scanner damages all of them in one way.
// Memory for the repaired texts comes from the arena.
struct damage_report damage_examine(struct arena *arena, struct damage_text *texts, size_t n);

// Undoes percent or HTML escapes of a whole line whose separators were escaped too ("%7C",
// "&#124;"). DAMAGE_NONE when the line holds no well-formed escapes of that kind or none that
// stands for a separator.
enum damage_kind damage_unescape_line(struct arena *arena, struct str line, struct str *out);

#endif
