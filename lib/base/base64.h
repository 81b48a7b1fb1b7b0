// SPDX-License-Identifier: MIT
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include "base/arena.h"
#include "base/bytes.h"

// RFC 4648, section 4, with padding.
void base64_put(struct bytes *out, struct str bytes);

// False for what is no base64; *out lies in the arena.
bool base64_read(struct arena *arena, struct str text, struct str *out);

#endif
