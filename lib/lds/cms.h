// SPDX-License-Identifier: MIT
// What a CMS SignedData carries (RFC 5652), found without looking at certificates and signatures.
#ifndef LDS_CMS_H
#define LDS_CMS_H

#include "lds/lds.h"

// The eContent of a ContentInfo, which has to be of that type. LDS_UNSUPPORTED where BER was used
// that DER does not allow.
bool cms_content(struct tlv_reader *r, struct str type, struct tlv *octets,
                 struct lds_error *error);

#endif
