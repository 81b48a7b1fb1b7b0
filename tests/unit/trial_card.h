// SPDX-License-Identifier: MIT
// A made-up card with made-up delays and a clock of its own, for trials: what is asked of it must
// be harmless, and every figure is known beforehand.
#ifndef TRIAL_CARD_H
#define TRIAL_CARD_H

#include "base/times.h"
#include "chip/apdu.h"
#include "chip/trial.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

struct fake {
    // What it is.
    bool document, guarded, draws_uid, no_uid, whole_ats, challenge, long_challenge, mse;
    const char *file; // of EF.CardAccess, in hexadecimal; NULL: absent
    uint16_t file_sw; // of selecting it, where it is not shown
    uint16_t name_sw; // of a name that it does not know
    bool odd_read;    // knows READ BINARY with an odd instruction
    bool no_extended;
    // What carries it.
    size_t cut; // longer commands fail; 0: none do
    enum chip_code cut_code;
    bool answers_cut; // answers longer than 256 bytes fail
    unsigned lost_at, lost_every, short_at, other_at,
        hidden_from; // by the number of the command, from 1
    enum chip_code lost, lost_reset;
    unsigned lies; // bytes more than asked for
    uint64_t fixed_ns, byte_ns, jitter_ns;

    unsigned commands, resets, timed, timed_failures;
    bool selected_file, selected_application, powered_wrongly;
    uint64_t clock, expected_us[2]; // of the long command, the short one
    unsigned long_commands;
};

static void put_hex(struct bytes *out, const char *hex)
{
    for (; hex[0] != '\0'; hex += 2) {
        const char pair[3] = { hex[0], hex[1], '\0' };
        bytes_put_char(out, (char)strtoul(pair, NULL, 16));
    }
}

static void put_status(struct bytes *out, uint16_t sw)
{
    bytes_put_char(out, (char)(sw >> 8));
    bytes_put_char(out, (char)(sw & 0xFF));
}

static void put_zeros(struct bytes *out, size_t n)
{
    while (n-- > 0)
        bytes_put_char(out, 0);
}

struct command {
    const uint8_t *p;
    bool extended;
    const uint8_t *data;
    size_t n;
    uint32_t ne;
};

// ISO/IEC 7816-3, 12.1.3, of what apdu_put() can make.
static struct command take_apart(struct str s)
{
    const uint8_t *p = (const uint8_t *)s.p;
    struct command c = { .p = p };

    assert_true(s.n >= 4);
    if (s.n == 4)
        return c;
    if (s.n == 5) {
        c.ne = p[4] == 0 ? 256 : p[4];
    } else if (p[4] != 0) {
        c.n = p[4];
        c.data = p + 5;
        assert_true(s.n == 5 + c.n || s.n == 6 + c.n);
        if (s.n == 6 + c.n)
            c.ne = p[s.n - 1] == 0 ? 256 : p[s.n - 1];
    } else {
        c.extended = true;
        uint32_t first = (uint32_t)p[5] << 8 | p[6];
        if (s.n == 7) {
            c.ne = first == 0 ? 65536 : first;
        } else {
            c.n = first;
            c.data = p + 7;
            assert_true(s.n == 7 + c.n || s.n == 9 + c.n);
        }
    }
    return c;
}

static uint16_t get_data(struct fake *f, const struct command *c, struct bytes *out)
{
    if (f->no_uid)
        return 0x6A81;
    if (c->p[2] == 1) {
        put_hex(out, f->whole_ats ? "0878778182434344" : "434344");
        return 0x9000;
    }
    put_hex(out, "08");
    bytes_put_char(out, f->draws_uid ? (char)(17 + f->resets) : 17);
    put_hex(out, "2233");
    return 0x9000;
}

static uint16_t select_one(struct fake *f, const struct command *c)
{
    static const uint8_t application[] = { 0xA0, 0, 0, 2, 0x47, 0x10, 1 };

    if (c->p[2] == 4 && c->n == 7 && memcmp(c->data, application, 7) == 0) {
        f->selected_application = f->document && !f->guarded;
        return f->guarded ? 0x6982 : f->document ? 0x9000 : 0x6A82;
    }
    if (c->p[2] == 4)
        return f->name_sw;
    assert_int_equal(c->p[2], 2);
    bool hidden = f->hidden_from > 0 && f->commands >= f->hidden_from;
    f->selected_file = f->file != NULL && !hidden && !f->selected_application;
    return f->selected_file ? 0x9000 : f->file_sw;
}

static uint16_t read_binary(struct fake *f, const struct command *c, struct bytes *out)
{
    struct bytes file = { 0 };
    size_t at = (size_t)c->p[2] << 8 | c->p[3];

    if ((c->p[2] & 0x80) != 0)
        return f->file_sw;
    if (!f->selected_file)
        return 0x6986;
    put_hex(&file, f->file);
    size_t left = at < file.n ? file.n - at : 0, n = c->ne < left ? c->ne : left;
    bytes_put(out, file.p + at, n);
    bytes_free(&file);
    put_zeros(out, f->lies);
    return n < c->ne ? 0x6282 : 0x9000;
}

static uint16_t answer_to(struct fake *f, const struct command *c, struct bytes *out)
{
    if (c->extended && f->no_extended)
        return 0x6700;
    switch (c->p[1]) {
    case 0xCA:
        return get_data(f, c, out);
    case 0xA4:
        return select_one(f, c);
    case 0xB0:
        return read_binary(f, c, out);
    case 0xB1:
        return f->odd_read ? 0x6A80 : 0x6D00;
    case 0x84:
        if (!f->selected_application || !f->challenge)
            return 0x6D00;
        put_zeros(out, f->long_challenge ? c->ne : 8);
        return 0x9000;
    case 0x22:
        return f->mse ? 0x9000 : 0x6A80;
    default:
        fail_msg("no command of a trial: %02X", c->p[1]);
        return 0;
    }
}

// What is sent must be harmless: nothing but what is known to be, and never a key.
static struct chip_error transmit(void *ctx, struct str command, struct bytes *answer)
{
    struct fake *f = ctx;
    struct command c = take_apart(command);

    f->commands++;
    f->long_commands += command.n > 261;
    if (f->commands == f->lost_at || (f->lost_every > 0 && f->commands % f->lost_every == 0))
        return chip_fail(f->lost, NULL);
    if (f->cut > 0 && command.n > f->cut)
        return chip_fail(f->cut_code, NULL);
    put_status(answer, answer_to(f, &c, answer));
    if (f->answers_cut && answer->n > 258)
        return chip_fail(CHIP_TRANSMIT, NULL);
    if (f->commands == f->short_at)
        answer->n = 1;
    if (f->commands == f->other_at)
        answer->p[answer->n - 1] ^= 0x42;
    f->clock += f->fixed_ns + f->byte_ns * (command.n + answer->n);
    f->clock += f->commands % 16 == 0 ? f->jitter_ns : 0;
    return answer->n < 2 ? chip_fail(CHIP_ANSWER_SHORT, NULL) : chip_ok();
}

static struct chip_error reset(void *ctx)
{
    struct fake *f = ctx;

    f->resets++;
    f->selected_file = f->selected_application = false;
    return f->lost_reset != CHIP_OK && f->lost_at > 0 && f->commands >= f->lost_at
               ? chip_fail(f->lost_reset, NULL)
               : chip_ok();
}

static void close_card(void *ctx)
{
    (void)ctx;
}

static const struct card_ops ops = { transmit, reset, close_card };

static uint64_t fake_now(void *ctx)
{
    return ((struct fake *)ctx)->clock;
}

static void count_timed(void *ctx, bool is_short, uint64_t us, struct chip_error error)
{
    struct fake *f = ctx;

    assert_true(error.code != CHIP_OK || us == f->expected_us[is_short] || f->expected_us[1] == 0);
    f->timed++;
    f->timed_failures += error.code != CHIP_OK;
}

// Vietnam's EF.CardAccess as it is published.
#define VIETNAM                                                                                    \
    "3134300D060804007F0007020202020101300F060A04007F000702020302020201013012060A04007F0007020204" \
    "02"                                                                                           \
    "02020102"                                                                                     \
    "02010D"

static struct fake vietnam(void)
{
    return (struct fake){ .document = true,
                          .draws_uid = true,
                          .challenge = true,
                          .mse = true,
                          .file = VIETNAM,
                          .file_sw = 0x6982,
                          .name_sw = 0x6A82,
                          .fixed_ns = 10000000,
                          .byte_ns = 90000 };
}

static const uint8_t atr[] = { 0x3B, 0x83, 0x80, 0x01, 'A', 'B', 'C', 0x42 };

static struct chip_trial try_with(struct fake *f, uint32_t longest, struct trial_options how)
{
    struct card card = { .ops = &ops, .ctx = f, .atr_length = sizeof atr, .longest = longest };
    struct chip_trial out;

    memcpy(card.atr, atr, sizeof atr);
    how.now = fake_now;
    how.timed = count_timed;
    how.ctx = f;
    trial_run(&card, &how, &out);
    // The card is left as after a reset, if it is there.
    assert_false((f->selected_file || f->selected_application) &&
                 (out.error.code == CHIP_OK || out.error.code == CHIP_STOPPED));
    return out;
}

static struct chip_trial try_card(struct fake *f)
{
    return try_with(f, 0, (struct trial_options){ .repeats = 20 });
}

static void expect_fine(const struct chip_trial *t)
{
    assert_int_equal(t->error.code, CHIP_OK);
    assert_int_equal(t->commands, 20);
    assert_int_equal(t->failures, 0);
    assert_false(t->card_lost);
    assert_false(t->reader_lost);
}

#endif
