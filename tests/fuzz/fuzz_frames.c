// SPDX-License-Identifier: MIT
// Any stream, put in pieces and whole, falls into the same pictures, and the buffer stays within
// its limit. The first byte tells the size of the pieces.
#include "fuzz.h"
#include "image/frames.h"

#include <stdlib.h>

enum { LIMIT = 2000 };

static void require(bool condition)
{
    if (!condition)
        abort();
}

static bool begins_one(struct str frame)
{
    return str_starts(frame, STR("\xFF\xD8")) || str_starts(frame, STR("P4")) ||
           str_starts(frame, STR("P5")) || str_starts(frame, STR("P6"));
}

// All pictures of the stream, one behind the other.
static struct bytes pictures(struct str stream, size_t piece, size_t limit)
{
    struct frames f = { .limit = limit };
    struct bytes all = { 0 };
    struct str frame;
    size_t taken = 0;

    while (stream.n > 0) {
        struct str more = str_head(stream, piece);
        require(frames_put(&f, more));
        stream = str_from(stream, more.n);
        while (frames_next(&f, &frame)) {
            require(frame.n >= 4 && begins_one(frame));
            bytes_put_str(&all, frame);
            bytes_put_char(&all, '\n');
            taken += frame.n;
            frames_drop(&f, frame);
        }
        require(f.buffer.n <= limit + 2 * piece);
    }
    require(!all.failed && taken <= all.n);
    bytes_free(&f.buffer);
    return all;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    struct str stream = { (const char *)data + 1, size - 1 };
    // The limit counts what is there, so it bears on what is found only where it can be reached.
    size_t limit = size <= LIMIT ? LIMIT : 1u << 30;
    struct bytes pieces = pictures(stream, 1 + data[0], limit);
    struct bytes whole = pictures(stream, stream.n, limit);

    require(str_eq(bytes_str(&pieces), bytes_str(&whole)));
    bytes_free(&pieces);
    bytes_free(&whole);
    whole = pictures(stream, 1 + data[0], 64);
    bytes_free(&whole);
    return 0;
}
