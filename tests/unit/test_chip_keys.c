// SPDX-License-Identifier: MIT
// Keys from records, zones and what people type.
#include "cli/chip_keys.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct chip_keys keys;

static void expect_zone(const struct access_key *key, const char *document, const char *birth,
                        const char *expiry)
{
    assert_int_equal(key->kind, ACCESS_MRZ);
    assert_string_equal(key->document, document);
    assert_string_equal(key->birth, birth);
    assert_string_equal(key->expiry, expiry);
}

static void expect_can(const struct access_key *key, const char *can)
{
    assert_int_equal(key->kind, ACCESS_CAN);
    assert_string_equal(key->can, can);
}

static bool read_text(const char *text)
{
    chip_keys_wipe(&keys);
    return chip_keys_of_text(&keys, str_of(text));
}

static void numbers_and_cans(void **state)
{
    (void)state;
    assert_true(read_text("001090000001\n"));
    assert_int_equal(keys.n, 1);
    expect_can(&keys.at[0], "000001");
    assert_true(read_text(" 123456 "));
    expect_can(&keys.at[0], "123456");
    assert_false(read_text("1234567"));
    assert_false(read_text("00109000001"));
    assert_false(read_text("0010900000011"));
    assert_false(read_text("12345"));
    assert_false(read_text(""));
    assert_false(read_text("12345a"));
    assert_false(read_text("123456789012345678901234567890123"));
    assert_int_equal(keys.n, 0);
}

static void zones_of_cards(void **state)
{
    (void)state;
    assert_true(read_text("IDVNM0900000018001090000001<<9\r\n9001011M3001019VNM<<<<<<<<<<<6\r\n"
                          "NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<\r\n"));
    assert_int_equal(keys.n, 2);
    expect_can(&keys.at[0], "000001");
    expect_zone(&keys.at[1], "090000001", "900101", "300101");
    // ICAO Doc 9303-11, D.2, and its TD1 with a document number of more than nine characters.
    assert_true(read_text("I<UTOL898902C<3<<<<<<<<<<<<<<<6908061F9406236UTO<<<<<<<<<<<2"
                          "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"));
    assert_int_equal(keys.n, 1);
    expect_zone(&keys.at[0], "L898902C<", "690806", "940623");
    assert_true(read_text("I<UTOD23145890<7349<<<<<<<<<<<3407127M9507122UTO<<<<<<<<<<<2"
                          "STEVENSON<<PETER<JOHN<<<<<<<<<"));
    assert_int_equal(keys.n, 1);
    expect_zone(&keys.at[0], "D23145890734", "340712", "950712");
}

static void zones_of_passports(void **state)
{
    (void)state;
    assert_true(read_text("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
                          "L898902C36UTO7408122F1204159ZE184226B<<<<<10"));
    assert_int_equal(keys.n, 1);
    expect_zone(&keys.at[0], "L898902C3", "740812", "120415");
    assert_true(
        read_text("I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<\nD23145890<UTO3407127M95071227349<<<8"));
    assert_int_equal(keys.n, 1);
    expect_zone(&keys.at[0], "D23145890", "340712", "950712");
    assert_false(read_text("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"));
    assert_false(read_text("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
                           "L898902C36UTO74081X2F1204159ZE184226B<<<<<10"));
}

static void parts(void **state)
{
    (void)state;
    assert_true(read_text("L898902C/690806/940623"));
    expect_zone(&keys.at[0], "L898902C<", "690806", "940623");
    assert_true(read_text("D23145890734/340712/950712"));
    expect_zone(&keys.at[0], "D23145890734", "340712", "950712");
    assert_false(read_text("/690806/940623"));
    assert_false(read_text("L898902C/690806"));
    assert_false(read_text("L898902C/69080/940623"));
    assert_false(read_text("L898902C/690806/94062x"));
    assert_false(read_text("L898902c/690806/940623"));
    assert_false(read_text("0123456789012345678901234567890123456789/690806/940623"));
}

static void make_record(struct record *r, struct arena *arena, const char *id, struct date birth,
                        struct date issue)
{
    record_clear(r);
    r->id = str_of(id);
    r->birth_date = birth;
    r->issue_date = issue;
    r->stated = FIELD_BIT(FIELD_ID) | FIELD_BIT(FIELD_BIRTH_DATE) | FIELD_BIT(FIELD_ISSUE_DATE);
    record_derive(r, arena);
}

static void records(void **state)
{
    struct arena arena = { 0 };
    struct record r;

    (void)state;
    chip_keys_wipe(&keys);
    make_record(&r, &arena, "001090000001", (struct date){ 1990, 1, 1 },
                (struct date){ 2025, 1, 1 });
    chip_keys_of_record(&keys, &r);
    assert_int_equal(keys.n, 2);
    expect_can(&keys.at[0], "000001");
    expect_zone(&keys.at[1], "090000001", "900101", "300101");

    // Born on 29 February: both days on which the card may end, the likelier first.
    chip_keys_wipe(&keys);
    make_record(&r, &arena, "001096000001", (struct date){ 1996, 2, 29 },
                (struct date){ 2022, 1, 1 });
    chip_keys_of_record(&keys, &r);
    assert_int_equal(keys.n, 1 + r.derived.expiry.count);
    assert_true(keys.n > 1);

    // Old enough for a card without end.
    chip_keys_wipe(&keys);
    make_record(&r, &arena, "001050000001", (struct date){ 1950, 3, 4 },
                (struct date){ 2022, 1, 1 });
    chip_keys_of_record(&keys, &r);
    assert_int_equal(keys.n, 2);
    expect_zone(&keys.at[1], "050000001", "500304", "991231");

    // A zone states the expiry.
    chip_keys_wipe(&keys);
    r.expiry_date = (struct date){ 2040, 5, 6 };
    r.stated |= FIELD_BIT(FIELD_EXPIRY_DATE);
    chip_keys_of_record(&keys, &r);
    expect_zone(&keys.at[1], "050000001", "500304", "400506");

    // Without a number there is no key.
    chip_keys_wipe(&keys);
    r.id = STR("00105000000");
    chip_keys_of_record(&keys, &r);
    assert_int_equal(keys.n, 0);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_and_cans),
        cmocka_unit_test(zones_of_cards),
        cmocka_unit_test(zones_of_passports),
        cmocka_unit_test(parts),
        cmocka_unit_test(records),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
