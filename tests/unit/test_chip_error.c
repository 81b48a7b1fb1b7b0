// SPDX-License-Identifier: MIT
// Every error has a name of its own, a sentence and one to blame.
#include "chip/error.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void names_are_words_and_unique(void **state)
{
    (void)state;
    for (int i = 0; i < CHIP_CODE_COUNT; i++) {
        const char *name = chip_error_name(i);
        assert_true(strlen(name) >= 2);
        for (const char *p = name; *p != '\0'; p++)
            assert_true(islower((unsigned char)*p) || *p == '_');
        for (int j = 0; j < i; j++)
            assert_string_not_equal(name, chip_error_name(j));
    }
}

static void sentences_stand_alone(void **state)
{
    (void)state;
    for (int i = 0; i < CHIP_CODE_COUNT; i++) {
        const char *sentence = chip_error_sentence(i), *hint = chip_error_hint(i);
        assert_true(strlen(sentence) > 10);
        assert_true(sentence[strlen(sentence) - 1] != '.');
        if (hint != NULL)
            assert_true(strlen(hint) > 10);
    }
}

static void rows_stand_where_the_codes_are(void **state)
{
    (void)state;
    assert_string_equal(chip_error_name(CHIP_OK), "ok");
    assert_int_equal(chip_error_blame(CHIP_OK), CHIP_BLAME_NONE);
    assert_string_equal(chip_error_name(CHIP_NO_SERVICE), "no_service");
    assert_int_equal(chip_error_blame(CHIP_NO_SERVICE), CHIP_BLAME_READER);
    assert_string_equal(chip_error_name(CHIP_KEY_WRONG), "key_wrong");
    assert_int_equal(chip_error_blame(CHIP_KEY_WRONG), CHIP_BLAME_KEY);
    assert_int_equal(chip_error_blame(CHIP_NOT_GENUINE), CHIP_BLAME_PROOF);
    assert_int_equal(chip_error_blame(CHIP_FILE_ABSENT), CHIP_BLAME_NONE);
    assert_string_equal(chip_error_name(CHIP_STOPPED), "stopped");
    assert_int_equal(chip_error_blame(CHIP_STOPPED), CHIP_BLAME_HERE);
}

static void kinds_of_values(void **state)
{
    (void)state;
    struct chip_error e = chip_refused(CHIP_STATUS, 0x6A82, "SELECT");
    assert_int_equal(e.sw, 0x6A82);
    assert_int_equal(e.native, 0);
    assert_string_equal(e.step, "SELECT");
    assert_int_equal(chip_ok().code, CHIP_OK);
    assert_int_equal(chip_fail(CHIP_TIMEOUT, NULL).code, CHIP_TIMEOUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_words_and_unique),
        cmocka_unit_test(sentences_stand_alone),
        cmocka_unit_test(rows_stand_where_the_codes_are),
        cmocka_unit_test(kinds_of_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
