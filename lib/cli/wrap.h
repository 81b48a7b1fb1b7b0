// SPDX-License-Identifier: MIT
// Sentences in lines of a bounded width.
#ifndef CLI_WRAP_H
#define CLI_WRAP_H

#include "base/bytes.h"

struct wrap {
    struct bytes *out;
    size_t width;      // columns of a line; 0: as long as it gets
    const char *begin; // stands before every further line
    size_t column;     // of what stands in this line already
    bool gap;          // a space is due before the next word
};

// Goes on with this text, whose words are parted by spaces. It is for a terminal: escaped already,
// or ours. A word that is longer than a line is broken.
void wrap_put(struct wrap *w, struct str text);

void wrap_end(struct wrap *w);

#endif
