// SPDX-License-Identifier: MIT
#ifndef TEXT_NORM_H
#define TEXT_NORM_H

#include "base/arena.h"

// The text with every letter and its marks composed (NFC). Pass valid UTF-8. Where nothing had to
// change, the text itself comes back and *changed is false; so it does when memory is short (the
// arena remembers that).
struct str norm_nfc(struct arena *arena, struct str text, bool *changed);

// Without C0, C1 and DEL characters and byte-order marks; line breaks and tabs become spaces, so
// that no words run together. The text itself when it holds none.
struct str norm_drop_controls(struct arena *arena, struct str text, bool *changed);

// Bytes that are no UTF-8 become U+FFFD.
struct str norm_replace_bad(struct arena *arena, struct str text);

#endif
