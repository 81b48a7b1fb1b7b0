// SPDX-License-Identifier: MIT
// Commands as ISO/IEC 7816-3, 12.1.3 codes them, and a channel before a card that plays a script.
#include "chip/apdu.h"
#include "chip/sm.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

// ---- hex ----

static struct bytes from_hex(const char *hex)
{
    struct bytes b = { 0 };
    for (; *hex != '\0'; hex++) {
        char pair[3] = { hex[0], hex[1], '\0' };
        if (*hex == ' ')
            continue;
        bytes_put_char(&b, (char)strtoul(pair, NULL, 16));
        hex++;
    }
    return b;
}

static void assert_hex(struct str got, const char *hex)
{
    struct bytes wanted = from_hex(hex);
    assert_int_equal(got.n, wanted.n);
    if (got.n > 0)
        assert_memory_equal(got.p, wanted.p, got.n);
    bytes_free(&wanted);
}

static char many[65536];

static void assert_put(struct apdu a, const char *head, size_t n, const char *tail)
{
    struct bytes out = { 0 };
    a.data = (struct str){ many, n };
    assert_true(apdu_put(&out, &a));
    size_t ends = (strlen(head) + strlen(tail)) / 2;
    assert_int_equal(out.n, ends + n);
    assert_hex(str_head(bytes_str(&out), strlen(head) / 2), head);
    assert_hex(str_from(bytes_str(&out), strlen(head) / 2 + n), tail);
    bytes_free(&out);
}

static void forms(void **state)
{
    (void)state;
    struct apdu a = { .cla = 0x01, .ins = 0xA4, .p1 = 0x02, .p2 = 0x0C };
    assert_put(a, "01A4020C", 0, "");   // case 1
    assert_put(a, "01A4020C01", 1, ""); // case 3S
    assert_put(a, "01A4020CFF", 255, "");
    assert_put(a, "01A4020C000100", 256, ""); // case 3E
    assert_put(a, "01A4020C00FFFF", 65535, "");
    a.ne = 1;
    assert_put(a, "01A4020C", 0, "01");   // case 2S
    assert_put(a, "01A4020C02", 2, "01"); // case 4S
    a.ne = 256;
    assert_put(a, "01A4020C", 0, "00");
    assert_put(a, "01A4020CFF", 255, "00");
    assert_put(a, "01A4020C000100", 256, "0100"); // case 4E
    a.ne = 257;
    assert_put(a, "01A4020C", 0, "000101"); // case 2E
    assert_put(a, "01A4020C000001", 1, "0101");
    a.ne = 65536;
    assert_put(a, "01A4020C", 0, "000000");
    assert_put(a, "01A4020C00FFFF", 65535, "0000");
}

static void too_much(void **state)
{
    (void)state;
    struct bytes out = { 0 };
    struct apdu a = { .data = { many, 65536 } };
    assert_false(apdu_put(&out, &a));
    a = (struct apdu){ .ne = 65537 };
    assert_false(apdu_put(&out, &a));
    char few[4];
    struct bytes small = { .p = few, .cap = sizeof few, .fixed = true };
    assert_false(apdu_put(&small, &(struct apdu){ .ins = 0xB0, .ne = 1 }));
    assert_int_equal(out.n, 0);
    bytes_free(&out);
}

static void names(void **state)
{
    (void)state;
    assert_string_equal(apdu_name(0xA4, 4), "SELECT");
    assert_string_equal(apdu_name(0x22, 0xC1), "MSE: Set AT");
    assert_string_equal(apdu_name(0x22, 0x41), "MSE: Set KAT");
    assert_string_equal(apdu_name(0x22, 0xF3), "MANAGE SECURITY ENVIRONMENT");
    assert_string_equal(apdu_name(0xFF, 0), "command");
}

// ---- a card with a script ----

struct line {
    const char *command; // NULL: any
    const char *answer;  // NULL: the card is gone
};

struct script {
    const struct line *next;  // ends with {NULL, NULL}
    const struct line *again; // not NULL: this one for ever
    unsigned played;
};

static struct chip_error script_transmit(void *ctx, struct str command, struct bytes *answer)
{
    struct script *s = ctx;
    const struct line *line = s->again != NULL ? s->again : s->next++;
    assert_int_equal(answer->n, 0);
    s->played++;
    if (line->command != NULL)
        assert_hex(command, line->command);
    if (line->answer == NULL)
        return chip_fail(CHIP_CARD_GONE, NULL);
    struct bytes b = from_hex(line->answer);
    bytes_put_str(answer, bytes_str(&b));
    bytes_free(&b);
    return chip_ok();
}

static bool closed;

static void script_close(void *ctx)
{
    (void)ctx;
    closed = true;
}

static const struct card_ops script_ops = { script_transmit, NULL, script_close };

static struct script script;
static struct card card = { .ops = &script_ops, .ctx = &script };
static struct answer answer;

static struct channel channel_of(const struct line *lines, bool extended)
{
    script = (struct script){ .next = lines };
    card.ops = &script_ops;
    return (struct channel){ .card = &card, .extended = extended };
}

static const struct apdu read_binary = { .ins = 0xB0, .ne = 256 };

static void expect_answer(struct channel *c, const struct apdu *a, const char *data, uint16_t sw)
{
    struct chip_error e = channel_send(c, a, &answer);
    assert_int_equal(e.code, CHIP_OK);
    assert_int_equal(answer.sw, sw);
    assert_hex(bytes_str(&answer.data), data);
    answer_free(&answer);
    assert_null(answer.data.p);
}

static void expect_error(struct channel *c, const struct apdu *a, enum chip_code code,
                         const char *step)
{
    struct chip_error e = channel_send(c, a, &answer);
    assert_int_equal(e.code, code);
    assert_string_equal(e.step, step);
    assert_null(answer.data.p);
}

static void plain_answers(void **state)
{
    (void)state;
    static const struct line lines[] = { { "00B0000000", "0102 9000" }, { "00B0000000", "6A82" } };
    struct channel c = channel_of(lines, false);
    expect_answer(&c, &read_binary, "0102", SW_OK);
    expect_answer(&c, &read_binary, "", SW_FILE_NOT_FOUND);
    assert_int_equal(c.counts.commands, 2);
    assert_int_equal(c.counts.sent, 10);
    assert_int_equal(c.counts.received, 6);
}

static void malformed_answers(void **state)
{
    (void)state;
    static const struct line lines[] = { { NULL, "" }, { NULL, "90" }, { NULL, NULL } };
    struct channel c = channel_of(lines, false);
    expect_error(&c, &read_binary, CHIP_ANSWER_SHORT, "READ BINARY");
    expect_error(&c, &read_binary, CHIP_ANSWER_SHORT, "READ BINARY");
    expect_error(&c, &read_binary, CHIP_CARD_GONE, "READ BINARY");
}

static struct chip_error flood(void *ctx, struct str command, struct bytes *out)
{
    (void)command;
    bytes_put(out, many, sizeof many);
    bytes_put(out, many, *(size_t *)ctx);
    return chip_ok();
}

static void the_longest_answer(void **state)
{
    (void)state;
    static const struct card_ops ops = { flood, NULL, NULL };
    size_t more = 2;
    struct card flooding = { .ops = &ops, .ctx = &more };
    struct channel c = { .card = &flooding, .extended = true };
    assert_int_equal(channel_send(&c, &read_binary, &answer).code, CHIP_OK);
    assert_int_equal(answer.data.n, 65536);
    answer_free(&answer);
    more = 3;
    expect_error(&c, &read_binary, CHIP_ANSWER_SHORT, "READ BINARY");
}

static void more_waits(void **state)
{
    (void)state;
    static const struct line lines[] = {
        { "01B0000000", "6103" },    { "01C0000003", "AABBCC 6102" }, { "01C0000002", "DDEE 9000" },
        { "00B0000000", "AA 6100" }, { "00C0000000", "BB 6282" },     { "80B0000000", "6102" },
        { "00C0000002", "6C01" },    { "00C0000001", "CC 9000" },     { "00B0000000", "AA 6101" },
        { "00C0000001", "6F00" },
    };
    struct channel c = channel_of(lines, false);
    struct apdu a = read_binary;
    a.cla = 1;
    expect_answer(&c, &a, "AABBCCDDEE", SW_OK);
    expect_answer(&c, &read_binary, "AABB", SW_END_OF_FILE);
    a.cla = 0x80;
    expect_answer(&c, &a, "CC", SW_OK);
    expect_answer(&c, &read_binary, "AA", 0x6F00);
}

static void more_without_end(void **state)
{
    (void)state;
    static const struct line empty = { NULL, "6100" }, drops = { NULL, "AA 6101" };
    struct channel c = channel_of(NULL, false);
    script.again = &empty;
    expect_error(&c, &read_binary, CHIP_ANSWER_SHORT, "GET RESPONSE");
    assert_int_equal(script.played, 2);
    script = (struct script){ .again = &drops };
    expect_error(&c, &read_binary, CHIP_ANSWER_SHORT, "GET RESPONSE");
    assert_int_equal(script.played, 2049);
    size_t length = 0; // 64 KiB in each answer: the sum is bounded
    static const struct card_ops ops = { flood, NULL, NULL };
    struct card flooding = { .ops = &ops, .ctx = &length };
    many[65534] = 0x61;
    c.card = &flooding;
    expect_error(&c, &read_binary, CHIP_ANSWER_SHORT, "GET RESPONSE");
    many[65534] = 0;
}

static void another_length(void **state)
{
    (void)state;
    static const struct line lines[] = {
        { "00B0000000", "6C02" },    { "00B0000002", "AABB 9000" },
        { "00B0000000", "6C00" },    { "00B0000000", "6C07" }, // believed once
        { "00B0000000", "AA 6C01" },
    };
    struct channel c = channel_of(lines, false);
    expect_answer(&c, &read_binary, "AABB", SW_OK);
    expect_answer(&c, &read_binary, "", 0x6C07);
    expect_error(&c, &read_binary, CHIP_ANSWER_SHORT, "READ BINARY");
}

// ---- chains ----

struct seen {
    unsigned commands;
    uint8_t head[4][5];
    size_t length[4];
    uint8_t last[4];
    uint16_t answers[4];
    bool with_data;
};

static struct chip_error note(void *ctx, struct str command, struct bytes *out)
{
    struct seen *seen = ctx;
    unsigned i = seen->commands++;
    assert_true(i < 4);
    memcpy(seen->head[i], command.p, 5);
    seen->length[i] = command.n;
    seen->last[i] = (uint8_t)command.p[command.n - 1];
    if (seen->with_data)
        bytes_put_char(out, 0x7C);
    bytes_put_char(out, (char)(seen->answers[i] >> 8));
    bytes_put_char(out, (char)seen->answers[i]);
    return chip_ok();
}

static const struct card_ops note_ops = { note, NULL, NULL };

static void long_data_in_a_chain(void **state)
{
    (void)state;
    struct seen seen = { .answers = { SW_OK, SW_OK, SW_OK } };
    struct card noting = { .ops = &note_ops, .ctx = &seen };
    struct channel c = { .card = &noting };
    struct apdu a = { .ins = 0x86, .data = { many, 600 }, .ne = 300 };
    expect_answer(&c, &a, "", SW_OK);
    assert_int_equal(seen.commands, 3);
    assert_memory_equal(seen.head[0], "\x10\x86\0\0\xFF", 5);
    assert_int_equal(seen.length[0], 260);
    assert_memory_equal(seen.head[1], "\x10\x86\0\0\xFF", 5);
    assert_memory_equal(seen.head[2], "\x00\x86\0\0\x5A", 5);
    assert_int_equal(seen.length[2], 5 + 90 + 1);
    assert_int_equal(seen.last[2], 0); // Le: 256, the most that the short form can say

    seen = (struct seen){ .answers = { SW_OK } };
    c.extended = true;
    expect_answer(&c, &a, "", SW_OK);
    assert_int_equal(seen.commands, 1);
    assert_int_equal(seen.length[0], 4 + 3 + 600 + 2);

    seen = (struct seen){ .answers = { SW_OK } };
    a.data.n = 255;
    c.extended = false;
    expect_answer(&c, &a, "", SW_OK);
    assert_int_equal(seen.commands, 1);
}

static void chain_is_refused(void **state)
{
    (void)state;
    struct seen seen = { .answers = { SW_OK, 0x6883 } };
    struct card noting = { .ops = &note_ops, .ctx = &seen };
    struct channel c = { .card = &noting };
    struct apdu a = { .ins = 0x86, .data = { many, 600 } };
    expect_answer(&c, &a, "", 0x6883);
    assert_int_equal(seen.commands, 2);

    seen = (struct seen){ .answers = { SW_OK }, .with_data = true };
    expect_error(&c, &a, CHIP_ANSWER_SHORT, "GENERAL AUTHENTICATE");
    assert_int_equal(seen.commands, 1);

    a.data.n = 65536;
    c.extended = true;
    expect_error(&c, &a, CHIP_NO_MEMORY, "GENERAL AUTHENTICATE");
}

// ---- with a session ----

static struct sm *session(void)
{
    static const char key[16] = "0123456789abcdef";
    struct sm *sm = sm_new(CIPHER_AES_128, (struct str){ key, 16 }, (struct str){ key, 16 },
                           (struct str){ NULL, 0 });
    assert_non_null(sm);
    return sm;
}

static void unprotected_answers_end_the_session(void **state)
{
    (void)state;
    static const struct line lines[] = {
        { NULL, "0102 9000" }, { NULL, "9000" }, { NULL, "6988" },
        { NULL, "6C05" },      { NULL, "6102" }, { "00C0000002", "0102 9000" },
        { NULL, "90" },        { NULL, NULL },
    };
    struct channel c = channel_of(lines, false);
    unsigned tries = 0;
    for (; script.played < sizeof lines / sizeof *lines; tries++) {
        c.sm = session();
        struct chip_error e = channel_send(&c, &read_binary, &answer);
        assert_int_not_equal(e.code, CHIP_OK);
        assert_non_null(e.step);
        assert_null(c.sm);
        assert_null(answer.data.p);
    }
    assert_int_equal(tries, 7); // only 61xx led to a second command
}

static void commands_are_protected(void **state)
{
    (void)state;
    struct seen seen = { .answers = { 0x6882 } };
    struct card noting = { .ops = &note_ops, .ctx = &seen };
    struct channel c = { .card = &noting, .sm = session() };
    struct chip_error e = channel_send(&c, &read_binary, &answer);
    assert_int_not_equal(e.code, CHIP_OK);
    assert_int_equal(seen.head[0][0] & 0x0C, 0x0C);
    assert_true(seen.length[0] > 5);
    channel_end_session(&c); // twice is harmless
}

static void closing(void **state)
{
    (void)state;
    struct card one = { .ops = &script_ops, .ctx = &script, .reader = "Reader" };
    card_close(&one);
    assert_true(closed);
    assert_string_equal(one.reader, "");
    card_close(&one);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms),
        cmocka_unit_test(too_much),
        cmocka_unit_test(names),
        cmocka_unit_test(plain_answers),
        cmocka_unit_test(malformed_answers),
        cmocka_unit_test(the_longest_answer),
        cmocka_unit_test(more_waits),
        cmocka_unit_test(more_without_end),
        cmocka_unit_test(another_length),
        cmocka_unit_test(long_data_in_a_chain),
        cmocka_unit_test(chain_is_refused),
        cmocka_unit_test(unprotected_answers_end_the_session),
        cmocka_unit_test(commands_are_protected),
        cmocka_unit_test(closing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
