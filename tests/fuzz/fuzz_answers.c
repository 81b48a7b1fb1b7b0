// SPDX-License-Identifier: MIT
// What a worker sends back, in whatever pieces it comes, gives what a plain reading of the whole
// gives. The first byte says how small the limits are, the second how the stream is cut up.
#include "batch/pool_answers.h"
#include "fuzz.h"

#include <stdlib.h>

enum { HEAD = 2 };

static void require(bool condition)
{
    if (!condition)
        abort();
}

// What the plain reading knows.
struct plain {
    struct str rest;
    struct answers_limits limits;
};

static uint32_t plain_number(struct str s)
{
    uint32_t number = 0;
    require(s.n >= sizeof number);
    memcpy(&number, s.p, sizeof number);
    return number;
}

static enum answers_event plain_next(struct plain *plain, struct str *answer, uint32_t *serial)
{
    size_t at = 0;

    for (;;) {
        struct str rest = str_from(plain->rest, at);
        if (rest.n < 4)
            return ANSWERS_PART;
        uint32_t length = plain_number(rest);
        if (length == ANSWERS_END) {
            if (rest.n < 8)
                return ANSWERS_PART;
            *answer = str_head(plain->rest, at);
            *serial = plain_number(str_from(rest, 4));
            plain->rest = str_from(rest, 8);
            return ANSWERS_WHOLE;
        }
        if (length > plain->limits.frame || at + 4 + length > plain->limits.answer)
            return ANSWERS_BROKEN;
        if (rest.n - 4 < length)
            return ANSWERS_PART;
        at += 4 + length;
    }
}

// The frames fill the answer without a gap.
static void check_frames(struct str answer, const struct answers_limits *limits)
{
    const char *at = answer.p, *end = answer.p + answer.n;
    struct str frame;

    while (answers_frame(&answer, &frame)) {
        require(frame.n == plain_number((struct str){ at, 4 }));
        require(frame.n == 0 || frame.p == at + 4);
        require(frame.n <= limits->frame);
        at += 4 + frame.n;
    }
    require(answer.n == 0 && at == end);
}

// False when the rest is of no use.
static bool compare(struct answers *a, struct plain *plain)
{
    struct str answer, expected = { NULL, 0 };
    uint32_t serial, expected_serial = 0;

    for (;;) {
        enum answers_event event = answers_next(a, &plain->limits, &answer, &serial);
        if (event == ANSWERS_PART)
            return true;
        require(plain_next(plain, &expected, &expected_serial) == event);
        if (event == ANSWERS_BROKEN)
            return false;
        require(str_eq(answer, expected) && serial == expected_serial);
        check_frames(answer, &plain->limits);
    }
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct answers a = { 0 };
    bool usable = true;

    if (size < HEAD)
        return 0;
    struct str stream = { (const char *)data + HEAD, size - HEAD };
    struct plain plain = { stream, { (size_t)data[0] * 64, (size_t)data[0] * 256 } };
    for (size_t piece = 1 + data[1] % 128; usable && stream.n > 0; piece = piece * 5 % 8191 + 1) {
        size_t room = 0;
        char *to = answers_room(&a, &room);
        require(to != NULL && room > 0);
        size_t n = least(least(data[1] < 128 ? piece : room, room), stream.n);
        memcpy(to, stream.p, n);
        answers_add(&a, n);
        stream = str_from(stream, n);
        usable = compare(&a, &plain);
    }
    // What was not given out in the end is no whole answer.
    struct str answer;
    uint32_t serial;
    require(!usable || plain_next(&plain, &answer, &serial) != ANSWERS_WHOLE);
    answers_free(&a);
    return 0;
}
