// SPDX-License-Identifier: MIT
// Commands and answers (ISO/IEC 7816-4, 5.3; 7816-3, 12): short and extended length, and what is
// sent in several parts (command chaining, 61xx), or once more (6Cxx). Outside and inside secure
// messaging: a channel with a session protects what is sent through it.
#ifndef CHIP_APDU_H
#define CHIP_APDU_H

#include "chip/card.h"

enum { APDU_NE_SHORT = 256, APDU_NE_EXTENDED = 65536 };

struct apdu {
    uint8_t cla, ins, p1, p2;
    struct str data;
    uint32_t ne; // the most bytes that are expected; 0: none
};

struct answer {
    struct bytes data; // without the status word
    uint16_t sw;
};

// Data is wiped.
void answer_free(struct answer *a);

enum {
    SW_OK = 0x9000,
    SW_END_OF_FILE = 0x6282,
    SW_NOT_VERIFIED = 0x6300, // 63Cx tells the tries that are left
    SW_WRONG_LENGTH = 0x6700,
    SW_SECURITY_STATUS = 0x6982,
    SW_CONDITIONS = 0x6985,
    SW_SM_MISSING = 0x6987,
    SW_SM_WRONG = 0x6988,
    SW_WRONG_DATA = 0x6A80,
    SW_FILE_NOT_FOUND = 0x6A82,
    SW_NO_REFERENCE = 0x6A88,
    SW_WRONG_OFFSET = 0x6B00,
    SW_WRONG_INS = 0x6D00,
};

// Cases 1 to 4 in the short form, or in the extended one where data or ne need it. False when it
// does not fit, or memory is short.
bool apdu_put(struct bytes *out, const struct apdu *a);

// What the standards call the command.
const char *apdu_name(uint8_t ins, uint8_t p1);

struct sm;

struct channel_counts {
    uint64_t commands, sent, received; // on the wire, status words included
};

struct channel {
    struct card *card;
    bool extended; // commands of extended length may be sent
    struct sm *sm; // NULL: unprotected; the channel's own (chip/sm.h)
    struct channel_counts counts;
};

// Sends the command and takes the whole answer. An answer of any status word is CHIP_OK: the caller
// judges it. Under secure messaging an answer that is not protected as it must be is an error, and
// the session is over: after any error c->sm is NULL. Where `extended` is false, data longer than
// 255 bytes goes in a chain, and no more than 256 bytes are asked for at once.
struct chip_error channel_send(struct channel *c, const struct apdu *a, struct answer *out);

// Wipes and forgets the session's keys; the card is to be reset before anything else.
void channel_end_session(struct channel *c);

#endif
