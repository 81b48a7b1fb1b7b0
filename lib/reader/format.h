// SPDX-License-Identifier: MIT
#ifndef READER_FORMAT_H
#define READER_FORMAT_H

#include "base/arena.h"

// A text from a format, in the arena, with a zero byte after it; empty when memory is short or it
// is longer than 4 KB.
__attribute__((format(printf, 2, 3))) struct str reader_format(struct arena *arena,
                                                               const char *format, ...);

#endif
