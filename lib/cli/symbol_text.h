// SPDX-License-Identifier: MIT
// The text that a symbol's bytes are.
#ifndef CLI_SYMBOL_TEXT_H
#define CLI_SYMBOL_TEXT_H

#include "base/arena.h"

struct symbol_text {
    struct str text;
    const char *encoding;
    bool is_card; // a payload of an identity card
};

// UTF-8 wherever the bytes can be that: cards have it, and no other guess is made. Else the code
// page of Vietnamese Windows where it makes Vietnamese of them, and ISO 8859-1, which QR codes have
// unless they say otherwise.
struct symbol_text symbol_text_of(struct arena *arena, struct str bytes);

#endif
