// SPDX-License-Identifier: MIT
// A card, as far as commands and answers go: the seam between the protocols and what carries them
// (PC/SC, a recording, a fuzzer's input).
#ifndef CHIP_CARD_H
#define CHIP_CARD_H

#include "base/bytes.h"
#include "chip/error.h"

enum {
    CARD_COMMAND_MAX = 4 + 3 + 65535 + 3, // ISO/IEC 7816-3, 12.1: an extended command
    CARD_ANSWER_MAX = 65536 + 2,
};

struct card_ops {
    // One command as it goes over the wire, and the answer with its two status bytes, at least two
    // bytes long and appended to nothing: *answer is empty before.
    struct chip_error (*transmit)(void *ctx, struct str command, struct bytes *answer);
    // Takes the card's power and gives it again: every session with it is over. CHIP_CARD_CHANGED
    // when the ATR is another one then.
    struct chip_error (*reset)(void *ctx);
    void (*close)(void *ctx);
};

struct card {
    const struct card_ops *ops;
    void *ctx;
    char reader[128]; // its name, as the system tells it: not to be trusted
    uint8_t atr[33];
    size_t atr_length;
    const char *protocol; // "T=0", "T=1", "contactless", "recording"
    uint32_t longest; // bytes of a command or answer that the reader is known to stand; 0: unknown
};

static inline struct chip_error card_transmit(struct card *card, struct str command,
                                              struct bytes *answer)
{
    return card->ops->transmit(card->ctx, command, answer);
}

static inline struct chip_error card_reset(struct card *card)
{
    return card->ops->reset(card->ctx);
}

void card_close(struct card *card);

#endif
