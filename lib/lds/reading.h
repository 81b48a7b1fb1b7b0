// SPDX-License-Identifier: MIT
// What the readers of single files share: their one outer element, numbers, and how they fail.
#ifndef LDS_READING_H
#define LDS_READING_H

#include "lds/lds.h"

// ASN.1's own tags (ISO/IEC 8824-1, 8.4), as far as chip files have them.
enum {
    TAG_INTEGER = 0x02,
    TAG_BITS = 0x03,
    TAG_OCTETS = 0x04,
    TAG_OID = 0x06,
    TAG_UTF8 = 0x0C,
    TAG_SEQUENCE = 0x30,
    TAG_SET = 0x31,
};

// All false: a reader returns them.
bool lds_fail(struct lds_error *error, enum lds_fault fault, size_t at);
bool lds_fail_at(struct lds_error *error, const struct tlv_reader *r);

// The reader's end, or its fault.
bool lds_end(struct tlv_reader *r, struct lds_error *error);

// The next element, which has to have that tag, as what is inside.
bool lds_enter(struct tlv_reader *r, uint32_t tag, struct tlv_reader *inside,
               struct lds_error *error);

// The one element of a file and nothing behind it.
bool lds_open(struct str file, uint32_t tag, struct tlv_reader *inside, struct lds_error *error);

// Where the value of an element begins in the file.
static inline size_t lds_value_at(const struct tlv *e)
{
    return e->at + e->whole.n - e->value.n;
}

// The content of an INTEGER from 0 to 2^32 - 1 (ISO/IEC 8825-1, 8.3), leading zeros allowed.
bool lds_number(struct str content, uint32_t *out);

// The next element, which has to be an INTEGER of that kind.
bool lds_expect_number(struct tlv_reader *r, uint32_t *out, struct lds_error *error);

#endif
