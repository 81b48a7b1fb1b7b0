// SPDX-License-Identifier: MIT
// Pictures one after another in a stream, as a camera program writes them: JPEG or binary PNM
// without anything between. Only where each ends is looked for; the bytes are not decoded.
#ifndef IMAGE_FRAMES_H
#define IMAGE_FRAMES_H

#include "base/bytes.h"

struct frames {
    struct bytes buffer;
    size_t limit; // a longer frame is passed over
    size_t begin; // what stands before is done with
    size_t at;    // how far the frame that begins there was looked through
    int state;
};

// Appends what was read.
bool frames_put(struct frames *f, struct str more);

// A whole frame, which stands until frames_drop() takes it away; false when more
// must be read first. Bytes that begin no frame are passed over.
bool frames_next(struct frames *f, struct str *frame);
void frames_drop(struct frames *f, struct str frame);

#endif
