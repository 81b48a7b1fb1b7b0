// SPDX-License-Identifier: MIT
#include "lds/dg15.h"

#include "lds/reading.h"

enum { TAG_DG15 = 0x6F };

// SubjectPublicKeyInfo ::= SEQUENCE { SEQUENCE { algorithm, parameters }, BIT STRING } (RFC 5280).
static bool read_key(const struct tlv *key, struct dg15 *out, struct lds_error *error)
{
    struct tlv_reader r = tlv_inside(key), algorithm;
    struct tlv oid, bits;

    if (!lds_enter(&r, TAG_SEQUENCE, &algorithm, error))
        return false;
    if (!tlv_expect(&algorithm, TAG_OID, &oid))
        return lds_fail_at(error, &algorithm);
    if (!tlv_expect(&r, TAG_BITS, &bits))
        return lds_fail_at(error, &r);
    *out = (struct dg15){ .public_key = key->whole, .algorithm = oid.value };
    return lds_end(&r, error);
}

bool dg15_read(struct str file, struct dg15 *out, struct lds_error *error)
{
    struct tlv_reader r;
    struct tlv key;

    *out = (struct dg15){ 0 };
    if (!lds_open(file, TAG_DG15, &r, error))
        return false;
    if (!tlv_expect(&r, TAG_SEQUENCE, &key))
        return lds_fail_at(error, &r);
    return lds_end(&r, error) && read_key(&key, out, error);
}
