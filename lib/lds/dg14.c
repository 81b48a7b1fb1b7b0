// SPDX-License-Identifier: MIT
#include "lds/dg14.h"

#include "lds/reading.h"

enum { TAG_DG14 = 0x6E };

bool dg14_read(struct str file, struct dg14 *out, struct lds_error *error)
{
    struct tlv_reader r;
    struct tlv set;

    out->set = str_head(file, 0);
    out->infos.n = 0;
    if (!lds_open(file, TAG_DG14, &r, error))
        return false;
    if (!tlv_expect(&r, TAG_SET, &set))
        return lds_fail_at(error, &r);
    if (!lds_end(&r, error))
        return false;
    out->set = set.whole;
    if (security_infos_read(set.whole, &out->infos, error))
        return true;
    error->at += set.at;
    return false;
}
