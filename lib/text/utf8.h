// SPDX-License-Identifier: MIT
#ifndef TEXT_UTF8_H
#define TEXT_UTF8_H

#include "base/bytes.h"

#include <stdint.h>

enum { UTF8_BAD = -1, UTF8_REPLACEMENT = 0xFFFD };

// Decodes one code point at *at and moves *at behind it. For what is no UTF-8 (overlong forms,
// surrogates and values over U+10FFFF included) it returns UTF8_BAD and moves one byte.
// Call only with *at < s.n.
int32_t utf8_next(struct str s, size_t *at);

bool utf8_is_valid(struct str s);

void utf8_put(struct bytes *out, uint32_t code_point);

// How many code points s holds; a bad byte counts as one.
size_t utf8_length(struct str s);

#endif
