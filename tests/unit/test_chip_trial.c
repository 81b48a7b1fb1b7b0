// SPDX-License-Identifier: MIT
// A card tried without a key: a made-up card with made-up delays and a clock of its own, so that
// every figure is known beforehand.
#include "trial_card.h"

// ---- sound cards ----

static void vietnams_card(void **state)
{
    (void)state;
    struct fake f = vietnam();
    struct chip_trial t = try_card(&f);

    expect_fine(&t);
    assert_int_equal(t.document, TRIAL_YES);
    assert_int_equal(t.card_access, TRIAL_YES);
    assert_int_equal(t.pace, TRIAL_YES);
    assert_int_equal(t.bac, TRIAL_YES);
    assert_int_equal(t.extended, TRIAL_YES);
    assert_int_equal(t.uid_fixed, TRIAL_NO);
    assert_int_equal(t.uid_length, 4);
    assert_int_equal(t.uid[0], 8);
    assert_string_equal(t.protocols, "id-PACE-ECDH-GM-AES-CBC-CMAC-128 (brainpoolP256r1)");
    assert_int_equal(t.historical_length, 3);
    assert_memory_equal(t.historical, "CCD", 3);
    assert_int_equal(f.timed, 20);
}

// Per hand: a READ BINARY of one byte is 5 bytes, its answer 3: 10 ms + 8 * 90 us. 18,000 bytes are
// 81 short blocks of 223, or 9 of 2,000, each with 57 bytes more: 81 * 10 ms + 22,617 * 90 us, and
// 9 * 10 ms + 18,513 * 90 us.
static void its_figures(void **state)
{
    (void)state;
    struct fake f = vietnam();
    f.expected_us[0] = 10000 + (5 + 54 + 2) * 90;
    f.expected_us[1] = 10720;
    struct chip_trial t = try_card(&f);

    assert_int_equal(t.round_trip_us, 10720);
    assert_int_equal(t.round_trip_p90_us, 10720);
    assert_int_equal(t.picture_short_us, 2845530);
    assert_int_equal(t.picture_us, 1756170);
    assert_int_equal(t.bytes_per_second, 10249);
}

// One command of sixteen takes a second longer: the median does not see it.
static void a_few_slow_ones(void **state)
{
    (void)state;
    struct fake f = vietnam();
    f.jitter_ns = 1000000000;
    struct chip_trial t = try_with(&f, 0, (struct trial_options){ .repeats = 200 });

    assert_int_equal(t.round_trip_us, 10720);
    assert_int_equal(t.picture_short_us, 2845530);
}

static void as_long_as_asked(void **state)
{
    (void)state;
    struct fake f = vietnam();
    struct chip_trial t = try_with(&f, 0, (struct trial_options){ .seconds = 10 });
    // 10.72 ms and 15.49 ms in turn.
    assert_int_equal(t.error.code, CHIP_OK);
    assert_in_range(t.commands, 755, 775);
}

static void no_time_at_all(void **state)
{
    (void)state;
    struct fake f = vietnam();
    f.fixed_ns = f.byte_ns = 0;
    struct chip_trial t = try_card(&f);

    expect_fine(&t);
    assert_int_equal(t.picture_us, 0);
    assert_int_equal(t.bytes_per_second, 0);
}

static bool after_thirty(void *ctx)
{
    return ((struct fake *)ctx)->commands >= 30;
}

static void stopped(void **state)
{
    (void)state;
    struct fake f = vietnam();
    struct chip_trial t =
        try_with(&f, 0, (struct trial_options){ .seconds = 1000000, .stop = after_thirty });

    assert_int_equal(t.error.code, CHIP_STOPPED);
    assert_int_equal(f.commands, 30);
    assert_false(t.card_lost);
}

static void bac_only(void **state)
{
    (void)state;
    struct fake f = vietnam();
    f.file = NULL;
    f.file_sw = 0x6A82;
    f.mse = false;
    struct chip_trial t = try_card(&f);

    expect_fine(&t);
    assert_int_equal(t.card_access, TRIAL_NO);
    assert_int_equal(t.pace, TRIAL_NO);
    assert_int_equal(t.bac, TRIAL_YES);
    assert_int_equal(t.extended, TRIAL_YES);
    assert_string_equal(t.protocols, "");
    // By the commands' length instead: SELECT of 5 bytes is 10 long, and two of answer.
    assert_int_equal(t.round_trip_us, 10000 + 12 * 90);
    assert_int_equal(t.picture_short_us, 2845530);
}

static void pace_only(void **state)
{
    (void)state;
    struct fake f = vietnam();
    f.challenge = false;
    struct chip_trial t = try_card(&f);

    expect_fine(&t);
    assert_int_equal(t.pace, TRIAL_YES);
    assert_int_equal(t.bac, TRIAL_NO);
}

static void application_behind_pace(void **state)
{
    (void)state;
    struct fake f = vietnam();
    f.guarded = true;
    struct chip_trial t = try_card(&f);

    assert_int_equal(t.document, TRIAL_YES);
    assert_int_equal(t.bac, TRIAL_NO);
}

// The file is not shown, and the protocol is there: as some of Vietnam's cards have been seen.
static void file_not_shown(void **state)
{
    (void)state;
    struct fake f = vietnam();
    f.file = NULL;
    struct chip_trial t = try_card(&f);

    expect_fine(&t);
    assert_int_equal(t.card_access, TRIAL_NO);
    assert_int_equal(t.pace, TRIAL_YES);
    assert_string_equal(t.protocols, "id-PACE-ECDH-GM-AES-CBC-CMAC-128 (brainpoolP256r1)");
}

static void file_is_no_such_file(void **state)
{
    (void)state;
    static const char *const files[] = { "3100", "31023000", "310530030101FF",
                                         "3081", "00",       "318200FF" };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct fake f = vietnam();
        f.file = files[i];
        struct chip_trial t = try_card(&f);
        assert_int_equal(t.error.code, CHIP_OK);
        assert_int_equal(t.failures, 0);
        assert_true(t.document == TRIAL_YES && t.pace != TRIAL_NOT_ASKED);
    }
}

static void two_protocols(void **state)
{
    (void)state;
    struct fake f = vietnam();
    f.file = "31283012060A04007F000702020402020201020201103012060A04007F00070202040604020102020112";
    struct chip_trial t = try_card(&f);

    assert_string_equal(t.protocols, "id-PACE-ECDH-GM-AES-CBC-CMAC-128 (brainpoolP384r1), "
                                     "id-PACE-ECDH-CAM-AES-CBC-CMAC-256 (secp521r1)");
}

static void another_card(void **state)
{
    (void)state;
    struct fake f = vietnam();
    f.document = f.challenge = false;
    f.file = NULL;
    f.file_sw = 0x6A82;
    struct chip_trial t = try_card(&f);

    expect_fine(&t);
    assert_int_equal(t.document, TRIAL_NO);
    assert_int_equal(t.bac, TRIAL_NOT_ASKED);
    assert_int_equal(t.pace, TRIAL_NOT_ASKED);
}

// ---- who it is ----

static void fixed_uid(void **state)
{
    (void)state;
    struct fake f = vietnam();
    f.draws_uid = false;
    struct chip_trial t = try_card(&f);
    assert_int_equal(t.uid_fixed, TRIAL_YES);
}

static void untold_uid(void **state)
{
    (void)state;
    struct fake f = vietnam();
    f.no_uid = true;
    struct chip_trial t = try_card(&f);

    assert_int_equal(t.uid_fixed, TRIAL_NOT_ASKED);
    assert_int_equal(t.uid_length, 0);
    assert_int_equal(t.historical_length, 3); // of the ATR
    assert_memory_equal(t.historical, "ABC", 3);
}

static void whole_ats(void **state)
{
    (void)state;
    struct fake f = vietnam();
    f.whole_ats = true;
    struct chip_trial t = try_card(&f);

    assert_int_equal(t.historical_length, 3);
    assert_memory_equal(t.historical, "CCD", 3);
}

// ISO/IEC 7816-3, 8.2: what is cut, or says more than is there, has none.
static void other_atrs(void **state)
{
    (void)state;
    static const struct {
        const char *atr;
        size_t n;
    } rows[] = {
        { "", 0 },       { "3B", 0 },         { "3B8F8001", 0 },
        { "3BFF", 0 },   { "3B02AABB", 2 },   { "3BF31100008131FE45414243", 3 },
        { "3B8F80", 0 }, { "3B80800101", 0 }, { "3B8F8001000102030405060708090A0B0C0D0E00", 15 }
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fake f = vietnam();
        struct card card = { .ops = &ops, .ctx = &f };
        struct bytes bytes = { 0 };
        struct chip_trial out;
        f.no_uid = true;
        put_hex(&bytes, rows[i].atr);
        card.atr_length = bytes.n;
        if (bytes.n > 0)
            memcpy(card.atr, bytes.p, bytes.n);
        bytes_free(&bytes);
        trial_run(&card, &(struct trial_options){ .repeats = 2, .now = fake_now, .ctx = &f }, &out);
        assert_int_equal(out.historical_length, rows[i].n);
    }
}

// ---- extended length ----

static void card_without_extended(void **state)
{
    (void)state;
    struct fake f = vietnam();
    f.no_extended = true;
    struct chip_trial t = try_card(&f);

    expect_fine(&t);
    assert_int_equal(t.extended, TRIAL_NO);
    assert_int_equal(t.picture_us, 2845530);
}

static void reader_cuts_commands(void **state)
{
    (void)state;
    static const enum chip_code codes[] = { CHIP_TRANSMIT, CHIP_ANSWER_SHORT, CHIP_CARD_GONE,
                                            CHIP_TIMEOUT };
    for (size_t i = 0; i < 4; i++) {
        struct fake f = vietnam();
        f.cut = 261;
        f.cut_code = codes[i];
        struct chip_trial t = try_card(&f);
        expect_fine(&t);
        assert_int_equal(t.extended, TRIAL_NO);
        assert_int_equal(f.long_commands, 2); // what fails once may be chance
    }
}

static void reader_cuts_answers(void **state)
{
    (void)state;
    struct fake f = vietnam();
    f.long_challenge = f.answers_cut = true;
    struct chip_trial t = try_card(&f);

    expect_fine(&t);
    assert_int_equal(t.extended, TRIAL_NO);
    f.answers_cut = false;
    assert_int_equal(try_card(&f).extended, TRIAL_YES);
}

static void reader_says_short(void **state)
{
    (void)state;
    struct fake f = vietnam();
    struct chip_trial t = try_with(&f, 261, (struct trial_options){ .repeats = 20 });

    expect_fine(&t);
    assert_int_equal(t.extended, TRIAL_NO);
    assert_int_equal(f.long_commands, 0);
}

// To a name that is too long a card may say "wrong length" in any form: then that is no word on the
// form, and the other command is tried; where that is not known either, it stays open.
static void card_that_says_wrong_length(void **state)
{
    (void)state;
    struct fake f = vietnam();
    f.name_sw = 0x6700;
    assert_int_equal(try_card(&f).extended, TRIAL_NOT_ASKED);
    f.odd_read = true;
    assert_int_equal(try_card(&f).extended, TRIAL_YES);
    f.no_extended = true;
    assert_int_equal(try_card(&f).extended, TRIAL_NO);
}

// ---- a card that goes ----

static unsigned commands_of_a_trial(void)
{
    struct fake f = vietnam();
    try_card(&f);
    assert_in_range(f.commands, 30, 60);
    return f.commands;
}

static void lost_for_good(void **state)
{
    (void)state;
    for (unsigned at = 1, n = commands_of_a_trial(); at <= n; at++) {
        struct fake f = vietnam();
        f.lost_at = at;
        f.lost = f.lost_reset = CHIP_CARD_GONE;
        struct chip_trial t = try_card(&f);
        assert_int_equal(t.error.code, CHIP_CARD_GONE);
        assert_true(t.card_lost);
        assert_false(t.reader_lost);
    }
}

static void reader_lost(void **state)
{
    (void)state;
    for (unsigned at = 1, n = commands_of_a_trial(); at <= n; at++) {
        struct fake f = vietnam();
        f.lost_at = at;
        f.lost = at % 2 == 0 ? CHIP_READER_GONE : CHIP_CARD_GONE;
        f.lost_reset = CHIP_NO_READER;
        struct chip_trial t = try_card(&f);
        assert_int_equal(t.error.code,
                         f.lost == CHIP_READER_GONE ? CHIP_READER_GONE : CHIP_NO_READER);
        assert_true(t.reader_lost);
    }
}

// It comes back at once: what was to be found out is found out all the same.
static void lost_for_a_moment(void **state)
{
    (void)state;
    for (unsigned at = 1, n = commands_of_a_trial(); at <= n; at++) {
        struct fake f = vietnam();
        f.lost_at = at;
        f.lost = CHIP_CARD_GONE;
        struct chip_trial t = try_card(&f);
        assert_int_equal(t.error.code, CHIP_OK);
        assert_int_equal(t.document, TRIAL_YES);
        assert_int_equal(t.pace, TRIAL_YES);
        assert_int_equal(t.extended, TRIAL_YES);
        assert_int_equal(t.commands, 20);
        assert_int_equal(t.failures, t.resets);
        assert_int_equal(f.timed_failures, t.failures);
    }
}

static void lost_again_and_again(void **state)
{
    (void)state;
    struct fake f = vietnam();
    f.lost_every = 7;
    f.lost = CHIP_CARD_GONE;
    struct chip_trial t = try_with(&f, 0, (struct trial_options){ .repeats = 1000 });

    assert_int_equal(t.error.code, CHIP_CARD_GONE);
    assert_true(t.card_lost);
    assert_true(t.failures <= TRIAL_LOSSES_MAX);
    f.commands = 0;
    t = try_with(&f, 0, (struct trial_options){ .seconds = 60 });
    assert_int_equal(t.error.code, CHIP_OK);
    assert_true(t.failures > 500);
    assert_true(t.round_trip_us == 10720);
}

// ---- lies ----

static void one_byte_answers(void **state)
{
    (void)state;
    for (unsigned at = 1, n = commands_of_a_trial(); at <= n; at++) {
        struct fake f = vietnam();
        f.short_at = at;
        struct chip_trial t = try_card(&f);
        assert_int_equal(t.error.code, CHIP_OK);
        assert_false(t.card_lost);
        assert_int_equal(t.document, TRIAL_YES);
    }
}

static void another_answer_than_before(void **state)
{
    (void)state;
    struct fake f = vietnam();
    struct chip_trial t = try_card(&f);
    unsigned last = f.commands;

    f = vietnam();
    f.other_at = last;
    t = try_card(&f);
    assert_int_equal(t.failures, 1);
    assert_int_equal(t.error.code, CHIP_OK);
}

// It shows the file at first, and refuses it later.
static void file_that_hides(void **state)
{
    (void)state;
    for (unsigned from = 1, n = commands_of_a_trial(); from <= n; from++) {
        struct fake f = vietnam();
        f.hidden_from = from;
        struct chip_trial t = try_card(&f);
        assert_true(t.error.code == CHIP_OK || t.error.code == CHIP_FILE_REFUSED);
        assert_true(t.error.code == CHIP_OK || t.failures == TRIAL_LOSSES_MAX);
        assert_false(t.card_lost || t.reader_lost);
        assert_int_equal(t.document, TRIAL_YES);
    }
}

static void more_than_asked_for(void **state)
{
    (void)state;
    struct fake f = vietnam();
    f.lies = 300;
    struct chip_trial t = try_card(&f);

    assert_int_not_equal(t.card_access, TRIAL_YES);
    assert_false(t.card_lost);
}

static void classes_of_times(void **state)
{
    (void)state;
    static struct times t;

    assert_int_equal(times_at(&t, 50), 0);
    for (uint64_t us = 0; us < 5000000000; us = us * 5 / 4 + 1) {
        struct times one = { 0 };
        times_add(&one, us);
        assert_int_equal(times_at(&one, 50), us < UINT32_MAX ? us : UINT32_MAX);
    }
    for (uint64_t us = 1; us <= 10000; us++)
        times_add(&t, us);
    static const unsigned percents[] = { 1, 10, 50, 90, 99, 100 };
    for (size_t i = 0; i < sizeof percents / sizeof *percents; i++) {
        uint64_t expected = percents[i] * 100, found = times_at(&t, percents[i]);
        assert_in_range(found, expected - expected / 100, expected + expected / 100);
    }
    assert_int_equal(t.least, 1);
    assert_int_equal(t.most, 10000);
    assert_int_equal(times_between(&t, 0, 20000), 10000);
    assert_in_range(times_between(&t, 5000, 10000), 4950, 5050);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vietnams_card),
        cmocka_unit_test(its_figures),
        cmocka_unit_test(a_few_slow_ones),
        cmocka_unit_test(as_long_as_asked),
        cmocka_unit_test(no_time_at_all),
        cmocka_unit_test(stopped),
        cmocka_unit_test(bac_only),
        cmocka_unit_test(pace_only),
        cmocka_unit_test(application_behind_pace),
        cmocka_unit_test(file_not_shown),
        cmocka_unit_test(file_is_no_such_file),
        cmocka_unit_test(two_protocols),
        cmocka_unit_test(another_card),
        cmocka_unit_test(fixed_uid),
        cmocka_unit_test(untold_uid),
        cmocka_unit_test(whole_ats),
        cmocka_unit_test(other_atrs),
        cmocka_unit_test(card_without_extended),
        cmocka_unit_test(reader_cuts_commands),
        cmocka_unit_test(reader_cuts_answers),
        cmocka_unit_test(reader_says_short),
        cmocka_unit_test(card_that_says_wrong_length),
        cmocka_unit_test(lost_for_good),
        cmocka_unit_test(reader_lost),
        cmocka_unit_test(lost_for_a_moment),
        cmocka_unit_test(lost_again_and_again),
        cmocka_unit_test(one_byte_answers),
        cmocka_unit_test(another_answer_than_before),
        cmocka_unit_test(file_that_hides),
        cmocka_unit_test(more_than_asked_for),
        cmocka_unit_test(classes_of_times),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
