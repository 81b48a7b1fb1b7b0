// SPDX-License-Identifier: MIT
// GENERAL AUTHENTICATE with dynamic authentication data (ISO/IEC 7816-4, 11.5.5; ICAO Doc 9303-11,
// 4.4.4.2): one data object there and others back, each side inside 7C.
#ifndef CHIP_GENERAL_H
#define CHIP_GENERAL_H

#include "chip/apdu.h"
#include "tlv/tlv.h"

enum { INS_MANAGE_SE = 0x22, INS_GENERAL_AUTHENTICATE = 0x86 };

struct general {
    const char *step;
    bool more;   // a further command of the chain follows
    uint8_t tag; // 0: nothing is sent
    struct str value;
    size_t expected; // about how many bytes come back, so that Le has room for them
};

// Any status word is CHIP_OK.
struct chip_error general_send(struct channel *c, const struct general *g, struct answer *out);

// What stands inside 7C; empty for an empty answer. False when it is not all there.
bool general_inside(const struct answer *answer, struct str *inside);

// The one data object that there may be inside.
bool general_only(const struct answer *answer, uint32_t tag, struct str *value);

#endif
