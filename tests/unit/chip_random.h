// SPDX-License-Identifier: MIT
// What cards with random keys have in common: how often they are met, commands in their parts, and
// a file that comes back as it is.
#ifndef CHIP_RANDOM_TESTS_H
#define CHIP_RANDOM_TESTS_H

#include "chip_script.h"

#include <stdlib.h>

enum { RUNS = 300, CONTENT_MAX = 200 };

static inline int runs(void)
{
    const char *text = getenv("CCCD_RUNS");
    long n = text != NULL ? strtol(text, NULL, 10) : 0;
    return n > 0 && n < 10000000 ? (int)n : RUNS;
}

static inline void put_sw(struct bytes *out, uint16_t sw)
{
    const uint8_t bytes[] = { (uint8_t)(sw >> 8), (uint8_t)sw };
    bytes_put(out, bytes, sizeof bytes);
}

// A short command, or an extended one, in its parts.
static inline struct apdu parse(struct str c)
{
    const uint8_t *p = (const uint8_t *)c.p;
    struct apdu a = { p[0], p[1], p[2], p[3], { c.p, 0 }, 0 };

    if (c.n > 7 && p[4] == 0)
        a.data = (struct str){ c.p + 7, (size_t)(p[5] << 8 | p[6]) };
    else if (c.n > 5)
        a.data = (struct str){ c.p + 5, p[4] };
    assert_true(a.data.n == 0 || a.data.p + a.data.n <= c.p + c.n);
    return a;
}

static inline void expect_ok(struct chip_error error)
{
    if (error.code != CHIP_OK)
        fprintf(stderr, "%s: %s, %04X\n", error.step, chip_error_name(error.code), error.sw);
    assert_int_equal(error.code, CHIP_OK);
}

static inline void count_up(uint8_t *counter, size_t n)
{
    while (n-- > 0 && ++counter[n] == 0)
        ;
}

static inline void expect_content(struct channel *c, const uint8_t *content, size_t n)
{
    struct answer answer;

    expect_ok(channel_send(c, &(struct apdu){ .ins = 0xB0, .ne = 231 }, &answer));
    assert_int_equal(answer.sw, 0x9000);
    assert_int_equal(answer.data.n, n);
    assert_memory_equal(answer.data.p, content, n);
    answer_free(&answer);
}

#endif
