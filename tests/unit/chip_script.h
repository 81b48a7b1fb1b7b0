// SPDX-License-Identifier: MIT
// A card that expects given commands and gives given answers, and random bytes that are none: for
// the standards' worked examples.
#ifndef CHIP_SCRIPT_H
#define CHIP_SCRIPT_H

#include "chip/apdu.h"
#include "chip/card.h"
#include "chip/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static inline int hex_digit(char c)
{
    const char *digits = "0123456789abcdef",
               *at = strchr(digits, c >= 'A' && c <= 'F' ? c + 32 : c);
    return c != '\0' && at != NULL ? (int)(at - digits) : -1;
}

// Spaces are passed over.
static inline struct bytes hex(const char *text)
{
    struct bytes out = { 0 };
    int high = -1;

    for (; *text != '\0'; text++) {
        int digit = hex_digit(*text);
        if (digit < 0 && *text == ' ')
            continue;
        assert_true(digit >= 0);
        if (high >= 0)
            bytes_put_char(&out, (char)(high << 4 | digit));
        high = high >= 0 ? -1 : digit;
    }
    assert_int_equal(high, -1);
    return out;
}

static inline void print_hex(const char *what, struct str s)
{
    fprintf(stderr, "%s ", what);
    for (size_t i = 0; i < s.n; i++)
        fprintf(stderr, "%02X", (unsigned char)s.p[i]);
    fputc('\n', stderr);
}

static inline void expect_hex(struct str actual, const char *expected)
{
    struct bytes wanted = hex(expected);

    if (!str_eq(actual, bytes_str(&wanted))) {
        print_hex("expected", bytes_str(&wanted));
        print_hex("actual  ", actual);
    }
    assert_true(str_eq(actual, bytes_str(&wanted)));
    bytes_free(&wanted);
}

// A command of NULL may be any.
struct script_line {
    const char *command, *answer;
};

struct script {
    const struct script_line *line;
    size_t n, at;
};

static inline struct chip_error script_transmit(void *ctx, struct str command, struct bytes *answer)
{
    struct script *s = ctx;

    if (s->at >= s->n)
        return chip_fail(CHIP_CARD_GONE, "end of script");
    const struct script_line *line = &s->line[s->at++];
    if (line->command != NULL)
        expect_hex(command, line->command);
    *answer = hex(line->answer);
    return chip_ok();
}

static inline struct chip_error script_reset(void *ctx)
{
    struct script *s = ctx;
    s->at = 0;
    return chip_ok();
}

static inline void script_close(void *ctx)
{
    (void)ctx;
}

static const struct card_ops script_ops = { script_transmit, script_reset, script_close };

#define SCRIPT(lines) ((struct script){ (lines), sizeof(lines) / sizeof *(lines), 0 })

struct queue {
    struct bytes bytes;
    size_t at;
};

static inline bool queue_take(void *ctx, void *out, size_t n)
{
    struct queue *q = ctx;

    if (q->bytes.n - q->at < n)
        return false;
    memcpy(out, q->bytes.p + q->at, n);
    q->at += n;
    return true;
}

static inline void queue_begin(struct queue *q, const char *text)
{
    *q = (struct queue){ hex(text), 0 };
    chip_random_set(queue_take, q);
}

static inline void queue_end(struct queue *q)
{
    chip_random_set(NULL, NULL);
    bytes_free(&q->bytes);
}

#endif
