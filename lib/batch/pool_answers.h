// SPDX-License-Identifier: MIT
// What a worker sends back, byte by byte hostile: for each input any number of frames, each a
// length in four bytes (of this machine's order) and so many bytes, then ANSWERS_END as a length
// and four bytes more that say which request this was the answer to.
#ifndef BATCH_POOL_ANSWERS_H
#define BATCH_POOL_ANSWERS_H

#include "base/bytes.h"

#define ANSWERS_END UINT32_MAX

enum { ANSWERS_LENGTH_SIZE = 4, ANSWERS_SERIAL_SIZE = 4 };

struct answers_limits {
    size_t frame;  // bytes of one frame
    size_t answer; // bytes of all frames of an answer with their lengths
};

struct answers {
    struct bytes in;
    size_t begin; // of the answer that is being read
    size_t at;    // how far it has been looked through
    bool given;   // it was given out by answers_next(), and is over with the next call
};

// Room for what is read next; NULL when memory is short.
char *answers_room(struct answers *a, size_t *size);

// So many bytes were put there.
void answers_add(struct answers *a, size_t n);

enum answers_event {
    ANSWERS_PART,   // no more whole answers: read on
    ANSWERS_WHOLE,  // *answer holds all frames of one, to *serial, until the next call of any of
                    // these
    ANSWERS_BROKEN, // this is no answer; nothing that follows can be read
};

enum answers_event answers_next(struct answers *a, const struct answers_limits *limits,
                                struct str *answer, uint32_t *serial);

// The next frame of a whole answer, taken off its front; false when there is none.
bool answers_frame(struct str *answer, struct str *frame);

void answers_free(struct answers *a);

#endif
