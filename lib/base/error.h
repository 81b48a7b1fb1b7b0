// SPDX-License-Identifier: MIT
// Why an input yields no record. The codes are stable; the sentences are translated.
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include "base/say.h"
#include "base/str.h"

// What an error means for the exit status of a program.
enum error_class {
    ERROR_NEGATIVE,   // the input was understood: it is no card
    ERROR_UNREADABLE, // it could not be read or decided
};

// X(identifier, code, class, sentence)
#define ERRORS(X)                                                                                  \
    X(ERROR_EMPTY_LINE, "empty_line", ERROR_NEGATIVE, N_("the line is empty"))                     \
    X(ERROR_NOT_A_CARD, "not_a_card", ERROR_NEGATIVE,                                              \
      N_("this is no payload of an identity card"))                                                \
    X(ERROR_PC_COVID, "pc_covid", ERROR_NEGATIVE,                                                  \
      N_("this is the QR code of the PC-COVID app, not of an identity card"))                      \
    X(ERROR_HEALTH_INSURANCE, "health_insurance", ERROR_NEGATIVE,                                  \
      N_("this is the QR code of a health-insurance card (BHYT), not of an identity card"))        \
    X(ERROR_NO_SYMBOL, "no_symbol", ERROR_NEGATIVE, N_("no QR code was found"))                    \
    X(ERROR_MRZ_MALFORMED, "mrz_malformed", ERROR_NEGATIVE,                                        \
      N_("this looks like a machine-readable zone, but it is not three lines of 30 characters"))   \
    X(ERROR_JSON_INVALID, "json_invalid", ERROR_UNREADABLE,                                        \
      N_("the line is no valid JSON object"))                                                      \
    X(ERROR_JSON_NO_PAYLOAD, "json_no_payload", ERROR_UNREADABLE,                                  \
      N_("the JSON object holds neither a QR code's text nor a record"))                           \
    X(ERROR_CSV_INVALID, "csv_invalid", ERROR_UNREADABLE,                                          \
      N_("the row does not fit the heading of its table"))                                         \
    X(ERROR_LINE_TOO_LONG, "line_too_long", ERROR_UNREADABLE, N_("the line is longer than 1 MiB")) \
    X(ERROR_FILE_UNREADABLE, "file_unreadable", ERROR_UNREADABLE, N_("the file cannot be read"))   \
    X(ERROR_READ_FAILED, "read_failed", ERROR_UNREADABLE,                                          \
      N_("reading broke off; what follows is missing"))                                            \
    X(ERROR_FORMAT_UNKNOWN, "format_unknown", ERROR_UNREADABLE,                                    \
      N_("the file is no picture and no document of a known format"))                              \
    X(ERROR_FORMAT_UNSUPPORTED, "format_unsupported", ERROR_UNREADABLE,                            \
      N_("the library that reads this format is not installed"))                                   \
    X(ERROR_TRUNCATED, "truncated", ERROR_UNREADABLE, N_("the file ends too early"))               \
    X(ERROR_IMAGE_DAMAGED, "image_damaged", ERROR_UNREADABLE, N_("the picture is damaged"))        \
    X(ERROR_TOO_LARGE, "too_large", ERROR_UNREADABLE,                                              \
      N_("the picture is larger than the limits allow"))                                           \
    X(ERROR_TOO_MANY_PAGES, "too_many_pages", ERROR_UNREADABLE,                                    \
      N_("the document has more pages than --max-pages allows"))                                   \
    X(ERROR_ENCRYPTED, "encrypted", ERROR_UNREADABLE, N_("the document is encrypted"))             \
    X(ERROR_TIMEOUT, "timeout", ERROR_UNREADABLE, N_("reading it took too long"))                  \
    X(ERROR_CRASHED, "crashed", ERROR_UNREADABLE, N_("the process that read it died, twice"))      \
    X(ERROR_NO_MEMORY, "no_memory", ERROR_UNREADABLE, N_("there was not enough memory to read it"))

#define ERROR_ENUM(identifier, code, class, sentence) identifier,
enum error_code { ERRORS(ERROR_ENUM) ERROR_COUNT };
#undef ERROR_ENUM

struct error {
    enum error_code code;
    int native; // errno where the system gave one, else 0
};

const char *error_name(enum error_code code);
enum error_class error_class_of(enum error_code code);
const char *error_sentence(enum error_code code);

// The code with this name; ERROR_COUNT when there is none.
enum error_code error_from_name(struct str name);

#endif
