// SPDX-License-Identifier: MIT
// The chip's files by their standard names (ICAO Doc 9303-10, 4.2 to 4.7), and why one of them
// cannot be understood.
#ifndef LDS_LDS_H
#define LDS_LDS_H

#include "base/say.h"
#include "tlv/tlv.h"

// X(identifier, name, file id, short id, tag, in the application)
#define LDS_FILES(X)                                                                               \
    X(LDS_CARD_ACCESS, "CardAccess", 0x011C, 0x1C, 0x31, false)                                    \
    X(LDS_CARD_SECURITY, "CardSecurity", 0x011D, 0x1D, 0x30, false)                                \
    X(LDS_ATR_INFO, "ATR_INFO", 0x2F01, 0x01, 0, false)                                            \
    X(LDS_DIR, "DIR", 0x2F00, 0x1E, 0, false)                                                      \
    X(LDS_COM, "COM", 0x011E, 0x1E, 0x60, true)                                                    \
    X(LDS_SOD, "SOD", 0x011D, 0x1D, 0x77, true)                                                    \
    X(LDS_DG1, "DG1", 0x0101, 0x01, 0x61, true)                                                    \
    X(LDS_DG2, "DG2", 0x0102, 0x02, 0x75, true)                                                    \
    X(LDS_DG3, "DG3", 0x0103, 0x03, 0x63, true)                                                    \
    X(LDS_DG4, "DG4", 0x0104, 0x04, 0x76, true)                                                    \
    X(LDS_DG5, "DG5", 0x0105, 0x05, 0x65, true)                                                    \
    X(LDS_DG6, "DG6", 0x0106, 0x06, 0x66, true)                                                    \
    X(LDS_DG7, "DG7", 0x0107, 0x07, 0x67, true)                                                    \
    X(LDS_DG8, "DG8", 0x0108, 0x08, 0x68, true)                                                    \
    X(LDS_DG9, "DG9", 0x0109, 0x09, 0x69, true)                                                    \
    X(LDS_DG10, "DG10", 0x010A, 0x0A, 0x6A, true)                                                  \
    X(LDS_DG11, "DG11", 0x010B, 0x0B, 0x6B, true)                                                  \
    X(LDS_DG12, "DG12", 0x010C, 0x0C, 0x6C, true)                                                  \
    X(LDS_DG13, "DG13", 0x010D, 0x0D, 0x6D, true)                                                  \
    X(LDS_DG14, "DG14", 0x010E, 0x0E, 0x6E, true)                                                  \
    X(LDS_DG15, "DG15", 0x010F, 0x0F, 0x6F, true)                                                  \
    X(LDS_DG16, "DG16", 0x0110, 0x10, 0x70, true)

#define LDS_ENUM(identifier, name, id, sfi, tag, inside) identifier,
enum lds_file { LDS_FILES(LDS_ENUM) LDS_FILE_COUNT };
#undef LDS_ENUM

struct lds_file_row {
    const char *name;
    uint16_t id;
    uint8_t short_id;
    uint8_t tag; // of its one element; 0: it has none
    bool in_application;
};

const struct lds_file_row *lds_file(enum lds_file file);

// LDS_FILE_COUNT when there is none with that name (in any case), or with that tag.
enum lds_file lds_file_named(struct str name);
enum lds_file lds_file_tagged(uint8_t tag);

// X(identifier, code, sentence)
#define LDS_FAULTS(X)                                                                              \
    X(LDS_FINE, "ok", N_("nothing is wrong"))                                                      \
    X(LDS_CUT, "cut", N_("the bytes end too early"))                                               \
    X(LDS_TLV, "tlv_malformed", N_("a tag or a length is malformed"))                              \
    X(LDS_TAG, "tag_unexpected", N_("another tag stands there than there must be"))                \
    X(LDS_SURPLUS, "surplus", N_("something follows that does not belong there"))                  \
    X(LDS_VALUE, "value_malformed", N_("a value is not what it must be"))                          \
    X(LDS_TOO_MANY, "too_many", N_("there are more elements than the standard allows"))            \
    X(LDS_UNSUPPORTED, "unsupported", N_("this version of the format is not known"))

#define LDS_FAULT_ENUM(identifier, code, sentence) identifier,
enum lds_fault { LDS_FAULTS(LDS_FAULT_ENUM) LDS_FAULT_COUNT };
#undef LDS_FAULT_ENUM

struct lds_error {
    enum lds_fault fault;
    size_t at; // offset in the file
};

const char *lds_fault_name(enum lds_fault fault);
const char *lds_fault_sentence(enum lds_fault fault);

// What a reader's fault means for the file.
struct lds_error lds_error_of(const struct tlv_reader *r);

#endif
