// SPDX-License-Identifier: MIT
// What can be wrong with a QR scanner, why, and which setting to change, in words that hold for any
// brand. The manual is held against this table. Codes are stable; sentences are translated.
#ifndef READER_SCANNER_FINDING_H
#define READER_SCANNER_FINDING_H

#include "base/say.h"

enum scanner_severity {
    SCANNER_NOTE,      // nothing to do
    SCANNER_WARNING,   // records come right, but something should be set otherwise
    SCANNER_ERROR,     // records come wrong, or not at all
    SCANNER_UNDECIDED, // it cannot be told
};

// X(identifier, code, severity, how it looks, cause, fix)
#define SCANNER_FINDINGS(X)                                                                        \
    X(SCANNER_SOUND, "sound", SCANNER_NOTE, N_("Everything arrives as it stands in the codes."),   \
      N_("Scanner, keyboard and receiving program are set right."), N_("Nothing to do."))          \
    X(SCANNER_UTF8_DECIMAL, "utf8_decimal", SCANNER_ERROR,                                         \
      N_("Letters with marks arrive as groups of four digits (0225 0187 0141)."),                  \
      N_("The scanner types each byte of UTF-8 as Alt and a number, and the Alt key does not "     \
         "arrive."),                                                                               \
      N_("Set the scanner from keyboard to virtual serial port (USB-COM, CDC) with UTF-8, and "    \
         "read it with cccd-parse --follow."))                                                     \
    X(SCANNER_UTF8_DECIMAL_HOLES, "utf8_decimal_holes", SCANNER_ERROR,                             \
      N_("Letters with marks arrive as groups of four digits, and some groups are missing."),      \
      N_("The scanner types each byte of UTF-8 as Alt and a number; the program swallows some of " \
         "them. What is missing cannot be had back."),                                             \
      N_("Set the scanner from keyboard to virtual serial port (USB-COM, CDC) with UTF-8, and "    \
         "read it with cccd-parse --follow."))                                                     \
    X(SCANNER_CODE_POINT_DECIMAL, "code_point_decimal", SCANNER_ERROR,                             \
      N_("Letters with marks arrive as numbers of three or four digits (7885)."),                  \
      N_("The scanner types each letter as Alt and its number in Unicode, and the Alt key does "   \
         "not arrive."),                                                                           \
      N_("Set the scanner from keyboard to virtual serial port (USB-COM, CDC) with UTF-8, and "    \
         "read it with cccd-parse --follow."))                                                     \
    X(SCANNER_CP437, "code_page_437", SCANNER_ERROR,                                               \
      N_("Letters with marks arrive as other signs, such as box lines and Greek letters."),        \
      N_("The scanner types Alt and a number, and Windows takes it for a number of code page "     \
         "437. "                                                                                   \
         "Several letters become the same sign."),                                                 \
      N_("Set the scanner from keyboard to virtual serial port (USB-COM, CDC) with UTF-8, and "    \
         "read it with cccd-parse --follow."))                                                     \
    X(SCANNER_MOJIBAKE, "utf8_as_latin", SCANNER_ERROR,                                            \
      N_("Each letter with marks arrives as two or three others."),                                \
      N_("The scanner sends UTF-8; what receives it is set to Latin-1, windows-1252 or "           \
         "windows-1258."),                                                                         \
      N_("Set the receiving program, or the scanner's output code page, to UTF-8."))               \
    X(SCANNER_MOJIBAKE_OEM, "utf8_as_437", SCANNER_ERROR,                                          \
      N_("Each letter with marks arrives as two or three box lines or Greek letters."),            \
      N_("The scanner sends UTF-8; what receives it is set to code page 437."),                    \
      N_("Set the receiving program, or the scanner's output code page, to UTF-8."))               \
    X(SCANNER_CP1258, "windows_1258", SCANNER_ERROR,                                               \
      N_("Letters arrive as bytes of windows-1258."),                                              \
      N_("The scanner's output code page is windows-1258 (Vietnamese)."),                          \
      N_("Set the scanner's output code page to UTF-8."))                                          \
    X(SCANNER_LATIN, "latin_1", SCANNER_ERROR,                                                     \
      N_("Only letters of Western Europe arrive; others are missing or became question marks."),   \
      N_("The scanner's output code page is Latin-1 or windows-1252. What is missing cannot be "   \
         "had back."),                                                                             \
      N_("Set the scanner's output code page to UTF-8."))                                          \
    X(SCANNER_HTML, "html_escape", SCANNER_ERROR,                                                  \
      N_("Letters with marks arrive as HTML references (&#7885;)."),                               \
      N_("A web form or a program between scanner and file escapes them."),                        \
      N_("Scan into a plain text field, or read the scanner with cccd-parse --follow."))           \
    X(SCANNER_PERCENT, "percent_escape", SCANNER_ERROR,                                            \
      N_("Letters with marks arrive as percent escapes (%E1%BB%8D)."),                             \
      N_("The text went through the address of a web page, or the scanner is set to write URLs."), \
      N_("Switch URL encoding off, or read the scanner with cccd-parse --follow."))                \
    X(SCANNER_CJK, "cjk", SCANNER_ERROR, N_("Chinese or Japanese characters arrive."),             \
      N_("The scanner takes the code's bytes for Shift JIS, GBK or Big5."),                        \
      N_("Set the scanner's character set (2D input encoding) from automatic to UTF-8."))          \
    X(SCANNER_DECOMPOSED, "decomposed", SCANNER_NOTE, N_("Marks stand behind their letters."),     \
      N_("The text is decomposed Unicode (NFD); it looks the same."),                              \
      N_("Nothing to do: cccd-parse puts them together. Other programs may find names unequal."))  \
    X(SCANNER_PLAIN, "marks_lost", SCANNER_ERROR, N_("All letters arrive without their marks."),   \
      N_("The scanner's keyboard cannot type them, and it types the nearest plain letters. What "  \
         "is missing cannot be had back."),                                                        \
      N_("Set the scanner from keyboard to virtual serial port (USB-COM, CDC) with UTF-8, and "    \
         "read it with cccd-parse --follow."))                                                     \
    X(SCANNER_DROPPED, "letters_lost", SCANNER_ERROR,                                              \
      N_("Letters with marks do not arrive at all."),                                              \
      N_("The scanner's keyboard cannot type them and leaves them out. They cannot be had back."), \
      N_("Set the scanner from keyboard to virtual serial port (USB-COM, CDC) with UTF-8, and "    \
         "read it with cccd-parse --follow."))                                                     \
    X(SCANNER_REPLACED, "letters_replaced", SCANNER_ERROR,                                         \
      N_("Each letter with marks arrives as a question mark or another sign."),                    \
      N_("Scanner or receiving program is set to a code page without these letters. They cannot "  \
         "be had back."),                                                                          \
      N_("Set the scanner from keyboard to virtual serial port (USB-COM, CDC) with UTF-8, and "    \
         "read it with cccd-parse --follow."))                                                     \
    X(SCANNER_UPPER_CASE, "upper_case", SCANNER_WARNING, N_("Everything arrives in capitals."),    \
      N_("The scanner is set to convert to upper case."),                                          \
      N_("Set the scanner's case conversion to none."))                                            \
    X(SCANNER_LOWER_CASE, "lower_case", SCANNER_WARNING,                                           \
      N_("Everything arrives in small letters."),                                                  \
      N_("The scanner is set to convert to lower case."),                                          \
      N_("Set the scanner's case conversion to none."))                                            \
    X(SCANNER_SWAPPED_CASE, "swapped_case", SCANNER_WARNING,                                       \
      N_("Capitals and small letters are swapped."),                                               \
      N_("Caps Lock is on while the scanner types."),                                              \
      N_("Switch Caps Lock off, or set the scanner to ignore it."))                                \
    X(SCANNER_LAYOUT, "keyboard_layout", SCANNER_ERROR,                                            \
      N_("Signs such as | arrive as others, as by a keyboard of another country."),                \
      N_("The scanner types as a US keyboard; the computer has another layout."),                  \
      N_("Set the scanner's keyboard country to the computer's layout, or the computer's layout "  \
         "to US."))                                                                                \
    X(SCANNER_SEPARATOR, "separator_replaced", SCANNER_ERROR,                                      \
      N_("Something else arrives in place of |."),                                                 \
      N_("The scanner replaces it, or types it with a key that the computer reads otherwise."),    \
      N_("Set the scanner's keyboard country to US, and switch replacing of characters off."))     \
    X(SCANNER_SEPARATOR_LOST, "separator_lost", SCANNER_ERROR, N_("The signs | do not arrive."),   \
      N_("The scanner cannot type them on this keyboard, or is set to remove them."),              \
      N_("Set the scanner's keyboard country to US, and switch removing of characters off."))      \
    X(SCANNER_INPUT_METHOD, "input_method", SCANNER_ERROR,                                         \
      N_("Plain letters and digits became Vietnamese ones."),                                      \
      N_("An input method (UniKey, EVKey, ibus-bamboo, fcitx) is on while the scanner types."),    \
      N_("Switch it to English before scanning, for the program that is scanned into; or set the " \
         "scanner to virtual serial port, which no input method touches."))                        \
    X(SCANNER_LOST, "characters_lost", SCANNER_ERROR, N_("Single characters are missing."),        \
      N_("The scanner types faster than the computer or the program takes it, or the serial "      \
         "line's speed or flow control is wrong."),                                                \
      N_("Raise the scanner's inter-character delay (5 to 20 ms); on a serial line set both ends " \
         "to the same speed, or use --baud."))                                                     \
    X(SCANNER_DOUBLED, "characters_doubled", SCANNER_ERROR, N_("Single characters arrive twice."), \
      N_("The computer takes the scanner's keys for keys held down, or a radio link repeats."),    \
      N_("Raise the scanner's inter-character delay; charge the battery or bring the scanner "     \
         "nearer to its base."))                                                                   \
    X(SCANNER_CUT, "cut", SCANNER_ERROR, N_("The text ends before its end."),                      \
      N_("The scanner, the field that it types into, or a buffer between them has a length "       \
         "limit."),                                                                                \
      N_("Set the scanner's maximum length to the largest value, and lift the field's limit."))    \
    X(SCANNER_NO_LINE_END, "no_line_end", SCANNER_WARNING,                                         \
      N_("No line end arrives behind a code."), N_("The scanner sends no suffix, or a Tab."),      \
      N_("Set the scanner's suffix (terminator) to Enter, CR or CR LF."))                          \
    X(SCANNER_BLANK_LINES, "blank_lines", SCANNER_NOTE,                                            \
      N_("Empty lines stand between the codes."),                                                  \
      N_("The scanner sends two line ends, as Enter and LF."),                                     \
      N_("Nothing to do for cccd-parse --follow; else set the suffix to one Enter."))              \
    X(SCANNER_FRAME, "frame", SCANNER_NOTE,                                                        \
      N_("Blanks, control characters or ]Q1 stand around the codes."),                             \
      N_("The scanner sends a prefix or suffix, or the identifier of the symbology (AIM)."),       \
      N_("Nothing to do: cccd-parse takes them away."))                                            \
    X(SCANNER_PREFIX, "prefix", SCANNER_ERROR, N_("A text stands before each code."),              \
      N_("The scanner sends a prefix."), N_("Set the scanner's prefix to none."))                  \
    X(SCANNER_SUFFIX, "suffix", SCANNER_ERROR, N_("A text stands behind each code."),              \
      N_("The scanner sends a suffix other than a line end."),                                     \
      N_("Set the scanner's suffix to Enter alone."))                                              \
    X(SCANNER_SMALL_UNREAD, "small_unread", SCANNER_ERROR,                                         \
      N_("Larger codes came, those of 11 mm did not."),                                            \
      N_("The scanner's module cannot resolve codes as small as those of the card of 2024."),      \
      N_("Clean its window; try 5 to 15 cm of distance, and light without reflections. If it "     \
         "stays so, get a scanner for high density codes (0.2 mm, 8 mil, or less)."))              \
    X(SCANNER_SMALL_UNSEEN, "small_unseen", SCANNER_NOTE, N_("No code of 11 mm was among them."),  \
      N_("It was not scanned, or the scanner's module cannot resolve it."),                        \
      N_("Scan the codes of 11 mm too. If they do not come, say so with --tried 11."))             \
    X(SCANNER_FOREIGN, "foreign", SCANNER_NOTE, N_("Lines came that are no code of the sheet."),   \
      N_("Something else was scanned or typed."),                                                  \
      N_("Scan the sheet alone. What else came is not shown, since it may be a person's."))        \
    X(SCANNER_UNEXPLAINED, "unexplained", SCANNER_UNDECIDED,                                       \
      N_("A code of the sheet came, changed in a way that is not known."),                         \
      N_("Several settings may be wrong at once."),                                                \
      N_("Set the scanner to its factory settings, then to virtual serial port with UTF-8, and "   \
         "scan again."))                                                                           \
    X(SCANNER_NOTHING, "nothing", SCANNER_UNDECIDED, N_("No code of the sheet came."),             \
      N_("Nothing was scanned, the scanner is set to another port, or none of it can be "          \
         "recognised."),                                                                           \
      N_("Print the sheet with cccd-scan testcard, and scan its codes. For a serial scanner, "     \
         "name its device: cccd-parse doctor /dev/ttyACM0."))

#define SCANNER_ENUM(identifier, code, severity, looks, cause, fix) identifier,
enum scanner_finding { SCANNER_FINDINGS(SCANNER_ENUM) SCANNER_FINDING_COUNT };
#undef SCANNER_ENUM

struct scanner_finding_row {
    const char *code;
    enum scanner_severity severity;
    const char *looks, *cause, *fix;
};

const struct scanner_finding_row *scanner_finding_row(enum scanner_finding finding);

// "note", "warning", "error", "undecided".
const char *scanner_severity_name(enum scanner_severity severity);

#endif
