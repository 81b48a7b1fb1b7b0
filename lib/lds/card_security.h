// SPDX-License-Identifier: MIT
// EF.CardSecurity (BSI TR-03110-3, A.1.2.2): SecurityInfos that the state signed, for PACE with
// Chip Authentication Mapping. Nothing is verified here.
#ifndef LDS_CARD_SECURITY_H
#define LDS_CARD_SECURITY_H

#include "lds/security_infos.h"

struct card_security {
    struct str set; // the SET OF SecurityInfo as it stands
    struct security_infos infos;
};

// The slices point into the file.
bool card_security_read(struct str file, struct card_security *out, struct lds_error *error);

#endif
