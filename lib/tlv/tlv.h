// SPDX-License-Identifier: MIT
// BER-TLV with bounds (ISO/IEC 7816-4, 5.2.2; ISO/IEC 8825-1): the one reader of chip files, of
// what a card answers and of ASN.1, and its small writer. Tags of several bytes are one number with
// the first byte highest: 0x30, 0x5F1F, 0x7F61.
//
// A reader goes through one level; what is inside an element is read by another reader. After a
// fault it stands still: tlv_next() is false, and the fault says where in the whole file it lies.
#ifndef TLV_TLV_H
#define TLV_TLV_H

#include "base/bytes.h"

enum tlv_fault {
    TLV_FINE,
    TLV_CUT,        // the bytes end within a tag, a length or a value
    TLV_TAG,        // a tag longer than four bytes, or padded
    TLV_LENGTH,     // a length in more than four bytes
    TLV_INDEFINITE, // of unknown length (80), which neither DER nor chip files allow
    TLV_UNEXPECTED, // another tag than there must be
    TLV_SURPLUS,    // more than there may be
};

struct tlv {
    uint32_t tag;
    struct str value;
    struct str whole; // with tag and length
    size_t at;        // where it begins in the file
};

struct tlv_reader {
    struct str all;
    size_t at;   // how far it has read
    size_t base; // where `all` begins in the file
    enum tlv_fault fault;
    size_t fault_at; // in the file: the faulty tag or length; the element, where its value is cut
};

struct tlv_reader tlv_reader_of(struct str bytes);

// For what is inside an element of another reader; offsets stay those of the file.
struct tlv_reader tlv_inside(const struct tlv *element);

// The next element. False at the end, or at a fault.
bool tlv_next(struct tlv_reader *r, struct tlv *out);

// The tag of the next element without going past it; 0 at the end or at a fault.
uint32_t tlv_peek(const struct tlv_reader *r);

// The next element if it has that tag; else false, which is no fault.
bool tlv_take(struct tlv_reader *r, uint32_t tag, struct tlv *out);

// The next element, which has to have that tag.
bool tlv_expect(struct tlv_reader *r, uint32_t tag, struct tlv *out);

// True when everything was read and nothing was wrong; sets TLV_SURPLUS where something is left.
bool tlv_end(struct tlv_reader *r);

// The first element with that tag on this level, from the beginning. False when there is none.
bool tlv_find(struct str bytes, uint32_t tag, struct tlv *out);

// From the first bytes of a file: how long its one element is as a whole, header included. False
// when they are too few to tell, or no header.
bool tlv_total(struct str head, size_t *total);

// ---- writing ----

void tlv_put_header(struct bytes *out, uint32_t tag, size_t length);
void tlv_put(struct bytes *out, uint32_t tag, struct str value);

#endif
