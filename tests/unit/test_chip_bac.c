// SPDX-License-Identifier: MIT
// Basic Access Control and secure messaging: the whole of ICAO Doc 9303-11, appendix D.3 and D.4,
// and what a card must not do.
#include "chip/access.h"
#include "chip_script.h"

static const struct access_key document = {
    .kind = ACCESS_MRZ, .document = "L898902C<", .birth = "690806", .expiry = "940623"
};

static const char randoms[] = "781723860C06C226 0B795240CB7049B01C19B33E32804F0B";
static const char challenge[] = "4608F91988702212 9000";
static const char authenticate[] =
    "0082000028 72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F2"
    "5F1448EEA8AD90A7 28";
static const char authenticated[] =
    "46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F2F2D235D074D7449 9000";

struct run {
    struct script script;
    struct card card;
    struct channel channel;
    struct queue queue;
    struct access_outcome outcome;
};

static void begin(struct run *r, struct script script)
{
    *r = (struct run){ .script = script };
    r->card = (struct card){ .ops = &script_ops, .ctx = &r->script };
    r->channel = (struct channel){ .card = &r->card };
    queue_begin(&r->queue, randoms);
}

static void end(struct run *r)
{
    queue_end(&r->queue);
    channel_end_session(&r->channel);
}

static void expect_answer(struct channel *c, const struct apdu *a, const char *data, uint16_t sw)
{
    struct answer answer;

    assert_int_equal(channel_send(c, a, &answer).code, CHIP_OK);
    assert_int_equal(answer.sw, sw);
    expect_hex(bytes_str(&answer.data), data);
    answer_free(&answer);
}

// Steps 1 to 3 of appendix D.4: SELECT EF.COM, its header, the rest of it.
static void worked_example(void **state)
{
    const struct script_line lines[] = {
        { "0084000008", challenge },
        { authenticate, authenticated },
        { "0CA4020C15 8709016375432908C044F6 8E08BF8B92D635FF24F8 00",
          "99029000 8E08FA855A5D4C50A8ED 9000" },
        { "0CB000000D 970104 8E08ED6705417E96BA55 00",
          "8709019FF0EC34F9922651 99029000 8E08AD55CC17140B2DED 9000" },
        { "0CB000040D 970112 8E082EA28A70F3C7B535 00",
          "871901FB9235F4E4037F2327DCC8964F1F9B8C30F42C8E2FFF224A 99029000 8E08C8B2787EAEA07D74 "
          "9000" },
    };
    struct run r;

    (void)state;
    begin(&r, SCRIPT(lines));
    struct chip_error error = bac_run(&r.channel, &document, &r.outcome);
    assert_int_equal(error.code, CHIP_OK);
    assert_int_equal(r.outcome.tries_left, -1);
    assert_int_equal(sm_cipher(r.channel.sm), CIPHER_3DES);
    expect_answer(&r.channel,
                  &(struct apdu){ .ins = 0xA4, .p1 = 2, .p2 = 0x0C, .data = STR("\x01\x1E") }, "",
                  0x9000);
    expect_answer(&r.channel, &(struct apdu){ .ins = 0xB0, .ne = 4 }, "60145F01", 0x9000);
    expect_answer(&r.channel, &(struct apdu){ .ins = 0xB0, .p2 = 4, .ne = 0x12 },
                  "04303130365F36063034303030305C026175", 0x9000);
    end(&r);
}

// A number shorter than its field is filled up.
static void short_number(void **state)
{
    const struct script_line lines[] = { { "0084000008", challenge },
                                         { authenticate, authenticated } };
    struct access_key key = document;
    struct run r;

    (void)state;
    key.document[8] = '\0';
    begin(&r, SCRIPT(lines));
    assert_int_equal(bac_run(&r.channel, &key, &r.outcome).code, CHIP_OK);
    end(&r);
}

static struct chip_error run_with(const char *first, const char *second, int *tries_left)
{
    const struct script_line lines[] = { { "0084000008", first }, { NULL, second } };
    struct run r;

    begin(&r, SCRIPT(lines));
    struct chip_error error = bac_run(&r.channel, &document, &r.outcome);
    assert_null(r.channel.sm);
    *tries_left = r.outcome.tries_left;
    end(&r);
    return error;
}

static void refusals(void **state)
{
    static const struct {
        const char *answer;
        enum chip_code code;
        uint16_t sw;
        int tries;
    } rows[] = {
        { "6300", CHIP_KEY_WRONG, 0x6300, -1 }, { "6982", CHIP_KEY_WRONG, 0x6982, -1 },
        { "6985", CHIP_KEY_WRONG, 0x6985, -1 }, { "6A80", CHIP_KEY_WRONG, 0x6A80, -1 },
        { "6988", CHIP_KEY_WRONG, 0x6988, -1 }, { "63C2", CHIP_KEY_WRONG, 0x63C2, 2 },
        { "63C0", CHIP_KEY_WRONG, 0x63C0, 0 },  { "6983", CHIP_KEY_BLOCKED, 0x6983, -1 },
        { "6D00", CHIP_ACCESS, 0x6D00, -1 },    { "9000", CHIP_ANSWER_SHORT, 0, -1 },
    };
    int tries;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct chip_error error = run_with(challenge, rows[i].answer, &tries);
        assert_int_equal(error.code, rows[i].code);
        assert_int_equal(error.sw, rows[i].sw);
        assert_int_equal(tries, rows[i].tries);
        assert_string_equal(error.step, "BAC: EXTERNAL AUTHENTICATE");
    }
    assert_int_equal(run_with("6D00", "9000", &tries).code, CHIP_ACCESS);
    assert_int_equal(run_with("4608F919887022 9000", "9000", &tries).code, CHIP_ANSWER_SHORT);
}

// Every bit of the card's answer counts.
static void altered_answers(void **state)
{
    struct bytes good = hex(authenticated);
    int tries;

    (void)state;
    for (size_t bit = 0; bit < 8 * (good.n - 2); bit++) {
        char text[128] = "";
        for (size_t i = 0; i < good.n; i++)
            snprintf(text + 2 * i, 3, "%02X",
                     (unsigned char)good.p[i] ^ (i == bit / 8 ? 1u << bit % 8 : 0u));
        assert_int_equal(run_with(challenge, text, &tries).code, CHIP_TOKEN);
    }
    bytes_free(&good);
}

// The card's answer of another session: the MAC is right, the nonces are not.
static void replayed_answer(void **state)
{
    int tries;

    (void)state;
    assert_int_equal(run_with("4608F91988702213 9000", authenticated, &tries).code, CHIP_TOKEN);
}

static void needs_the_zone(void **state)
{
    struct access_key key = { .kind = ACCESS_CAN, .can = "000001" };
    struct run r;

    (void)state;
    begin(&r, (struct script){ NULL, 0, 0 });
    assert_int_equal(bac_run(&r.channel, &key, &r.outcome).code, CHIP_NO_KEY);
    key = document;
    key.birth[5] = '\0';
    assert_int_equal(bac_run(&r.channel, &key, &r.outcome).code, CHIP_CRYPTO);
    key = document;
    key.document[0] = '*';
    assert_int_equal(bac_run(&r.channel, &key, &r.outcome).code, CHIP_CRYPTO);
    access_key_wipe(&key);
    assert_int_equal(key.document[1], 0);
    end(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worked_example),  cmocka_unit_test(short_number),
        cmocka_unit_test(refusals),        cmocka_unit_test(altered_answers),
        cmocka_unit_test(replayed_answer), cmocka_unit_test(needs_the_zone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
