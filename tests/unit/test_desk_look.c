// SPDX-License-Identifier: MIT
// What the doctor's look makes of the service's answers that no service here can be made to give,
// and of a trial; the rest is tested with the real service (tests/cmd/chip_bench.py).
#include "cli/desk_look.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

// Which return code means what is told in PC/SC's own words by those who met it: the service absent
// or not to be reached, polkit, another release of the library.
static void the_service(void **state)
{
    static const struct {
        struct chip_error error;
        enum desk_service expected;
    } rows[] = {
        { { CHIP_OK, 0, 0, NULL }, DESK_ANSWERS },
        { { CHIP_NO_SERVICE, 0, 0x8010001D, NULL }, DESK_UNREACHABLE },
        { { CHIP_NO_ACCESS, 0, 0x8010001D, NULL }, DESK_UNREACHABLE },
        { { CHIP_SERVICE_FAILED, 0, 0x8010001D, NULL }, DESK_UNREACHABLE },
        { { CHIP_NO_ACCESS, 0, 0x8010006A, NULL }, DESK_REFUSES },
        { { CHIP_NO_SERVICE, 0, 0x8010006A, NULL }, DESK_UNREACHABLE },
        { { CHIP_SERVICE_FAILED, 0, 0x8010001E, NULL }, DESK_PROTOCOL },
        { { CHIP_SERVICE_SILENT, 0, 0, NULL }, DESK_SILENT },
        { { CHIP_TIMEOUT, 0, 0, NULL }, DESK_SILENT },
        { { CHIP_SERVICE_FAILED, 0, 0x80100001, NULL }, DESK_FAILED },
        { { CHIP_SERVICE_FAILED, 0, 0x80100013, NULL }, DESK_FAILED },
        { { CHIP_NO_MEMORY, 0, 0, NULL }, DESK_FAILED },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(desk_service_of(rows[i].error), rows[i].expected);
}

static void a_trial(void **state)
{
    struct chip_trial t = { .document = TRIAL_YES,
                            .card_access = TRIAL_NO,
                            .pace = TRIAL_NOT_ASKED,
                            .bac = TRIAL_YES,
                            .extended = TRIAL_NO,
                            .uid_fixed = TRIAL_YES,
                            .uid = { 8, 1, 2, 3 },
                            .uid_length = 4,
                            .historical = { 0x80, 0x31 },
                            .historical_length = 2,
                            .protocols = "one (two)",
                            .commands = 20,
                            .failures = 3,
                            .card_lost = true,
                            .round_trip_us = 10720,
                            .bytes_per_second = 10249,
                            .picture_us = 1756170,
                            .picture_short_us = 2845530,
                            .error = { CHIP_CARD_GONE, 0, 0, NULL } };
    struct arena arena = { 0 };
    struct desk_trial out;

    (void)state;
    desk_take_trial(&out, &t, &arena);
    assert_int_equal(out.document, DESK_YES);
    assert_int_equal(out.card_access, DESK_NO);
    assert_int_equal(out.pace, DESK_NOT_ASKED);
    assert_int_equal(out.bac, DESK_YES);
    assert_int_equal(out.extended, DESK_NO);
    assert_int_equal(out.uid_fixed, DESK_YES);
    assert_int_equal(out.uid_length, 4);
    assert_memory_equal(out.uid, "\x08\x01\x02\x03", 4);
    assert_int_equal(out.historical_length, 2);
    assert_memory_equal(out.historical, "\x80\x31", 2);
    assert_true(str_eq(out.protocols, STR("one (two)")));
    assert_int_equal(out.commands, 20);
    assert_int_equal(out.failures, 3);
    assert_true(out.card_lost && !out.reader_lost);
    assert_int_equal(out.round_trip_us, 10720);
    assert_int_equal(out.bytes_per_second, 10249);
    assert_int_equal(out.picture_us, 1756170);
    assert_int_equal(out.picture_short_us, 2845530);
    assert_true(str_eq(out.error, STR("card_gone")));
    t.error = chip_ok();
    desk_take_trial(&out, &t, &arena);
    assert_int_equal(out.error.n, 0);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_service),
        cmocka_unit_test(a_trial),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
