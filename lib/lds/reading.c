// SPDX-License-Identifier: MIT
#include "lds/reading.h"

bool lds_fail(struct lds_error *error, enum lds_fault fault, size_t at)
{
    *error = (struct lds_error){ fault, at };
    return false;
}

bool lds_fail_at(struct lds_error *error, const struct tlv_reader *r)
{
    *error = lds_error_of(r);
    return false;
}

bool lds_end(struct tlv_reader *r, struct lds_error *error)
{
    return tlv_end(r) || lds_fail_at(error, r);
}

bool lds_enter(struct tlv_reader *r, uint32_t tag, struct tlv_reader *inside,
               struct lds_error *error)
{
    struct tlv e;
    if (!tlv_expect(r, tag, &e))
        return lds_fail_at(error, r);
    *inside = tlv_inside(&e);
    return true;
}

bool lds_open(struct str file, uint32_t tag, struct tlv_reader *inside, struct lds_error *error)
{
    struct tlv_reader r = tlv_reader_of(file);
    *error = (struct lds_error){ LDS_FINE, 0 };
    return lds_enter(&r, tag, inside, error) && lds_end(&r, error);
}

bool lds_number(struct str content, uint32_t *out)
{
    uint32_t value = 0;
    if (content.n == 0 || (content.p[0] & 0x80) != 0)
        return false;
    for (size_t i = 0; i < content.n; i++) {
        if (value > UINT32_MAX >> 8)
            return false;
        value = value << 8 | (uint8_t)content.p[i];
    }
    *out = value;
    return true;
}

bool lds_expect_number(struct tlv_reader *r, uint32_t *out, struct lds_error *error)
{
    struct tlv e;
    if (!tlv_expect(r, TAG_INTEGER, &e))
        return lds_fail_at(error, r);
    return lds_number(e.value, out) || lds_fail(error, LDS_VALUE, e.at);
}
