// SPDX-License-Identifier: MIT
#include "lds/lds.h"

#include <strings.h>

#define LDS_ROW(identifier, name, id, sfi, tag, inside) { name, id, sfi, tag, inside },
static const struct lds_file_row files[LDS_FILE_COUNT] = { LDS_FILES(LDS_ROW) };

static const struct {
    const char *name, *sentence;
} faults[LDS_FAULT_COUNT] = {
#define LDS_FAULT_ROW(identifier, code, sentence) { code, sentence },
    LDS_FAULTS(LDS_FAULT_ROW)
};

const struct lds_file_row *lds_file(enum lds_file file)
{
    return &files[file];
}

enum lds_file lds_file_named(struct str name)
{
    for (size_t i = 0; i < LDS_FILE_COUNT; i++)
        if (name.n == strlen(files[i].name) && strncasecmp(name.p, files[i].name, name.n) == 0)
            return (enum lds_file)i;
    return LDS_FILE_COUNT;
}

// Only files of the application: the tags of the others are ASN.1's own and stand anywhere.
enum lds_file lds_file_tagged(uint8_t tag)
{
    for (size_t i = 0; i < LDS_FILE_COUNT; i++)
        if (files[i].in_application && files[i].tag == tag)
            return (enum lds_file)i;
    return LDS_FILE_COUNT;
}

const char *lds_fault_name(enum lds_fault fault)
{
    return faults[fault].name;
}

const char *lds_fault_sentence(enum lds_fault fault)
{
    return faults[fault].sentence;
}

struct lds_error lds_error_of(const struct tlv_reader *r)
{
    static const enum lds_fault meaning[] = {
        [TLV_FINE] = LDS_FINE,       [TLV_CUT] = LDS_CUT,        [TLV_TAG] = LDS_TLV,
        [TLV_LENGTH] = LDS_TLV,      [TLV_INDEFINITE] = LDS_TLV, [TLV_UNEXPECTED] = LDS_TAG,
        [TLV_SURPLUS] = LDS_SURPLUS,
    };
    return (struct lds_error){ meaning[r->fault], r->fault == TLV_FINE ? 0 : r->fault_at };
}
