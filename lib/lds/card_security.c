// SPDX-License-Identifier: MIT
#include "lds/card_security.h"

#include "lds/cms.h"

bool card_security_read(struct str file, struct card_security *out, struct lds_error *error)
{
    // id-SecurityObject: 0.4.0.127.0.7.3.2.1
    static const struct str type = { "\x04\x00\x7F\x00\x07\x03\x02\x01", 8 };
    struct tlv_reader r = tlv_reader_of(file);
    struct tlv octets;
    size_t inner;

    *out = (struct card_security){ 0 };
    if (!cms_content(&r, type, &octets, error))
        return false;
    out->set = octets.value;
    inner = octets.at + octets.whole.n - octets.value.n;
    if (security_infos_read(out->set, &out->infos, error))
        return true;
    error->at += inner;
    return false;
}
