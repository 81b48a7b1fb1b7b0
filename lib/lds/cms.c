// SPDX-License-Identifier: MIT
#include "lds/cms.h"

#include "lds/reading.h"

enum { TAG_EXPLICIT_0 = 0xA0, TAG_OCTETS_IN_PARTS = 0x24 };

static bool expect_oid(struct tlv_reader *r, struct str oid, struct lds_error *error)
{
    struct tlv e;
    if (!tlv_expect(r, TAG_OID, &e))
        return lds_fail_at(error, r);
    return str_eq(e.value, oid) || lds_fail(error, LDS_VALUE, e.at);
}

// EncapsulatedContentInfo (RFC 5652, 5.2). Octets in parts are BER, and so is what holds them.
static bool read_content(struct tlv_reader *r, struct str type, struct tlv *octets,
                         struct lds_error *error)
{
    struct tlv_reader held;

    if (!expect_oid(r, type, error) || !lds_enter(r, TAG_EXPLICIT_0, &held, error) ||
        !lds_end(r, error))
        return false;
    if (tlv_peek(&held) == TAG_OCTETS_IN_PARTS)
        return lds_fail(error, LDS_UNSUPPORTED, held.base);
    if (!tlv_expect(&held, TAG_OCTETS, octets))
        return lds_fail_at(error, &held);
    return lds_end(&held, error);
}

// ContentInfo with SignedData (RFC 5652, 3 and 5.1).
bool cms_content(struct tlv_reader *r, struct str type, struct tlv *octets, struct lds_error *error)
{
    struct tlv_reader info, held, data, algorithms, content;
    uint32_t version;

    return lds_enter(r, TAG_SEQUENCE, &info, error) && lds_end(r, error) &&
           expect_oid(&info, STR("\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02"), error) &&
           lds_enter(&info, TAG_EXPLICIT_0, &held, error) && lds_end(&info, error) &&
           lds_enter(&held, TAG_SEQUENCE, &data, error) && lds_end(&held, error) &&
           lds_expect_number(&data, &version, error) &&
           lds_enter(&data, TAG_SET, &algorithms, error) &&
           lds_enter(&data, TAG_SEQUENCE, &content, error) &&
           read_content(&content, type, octets, error);
}
