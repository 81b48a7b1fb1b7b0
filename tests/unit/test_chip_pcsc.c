// SPDX-License-Identifier: MIT
// What a reader and a card tell of themselves, and what the codes of PC/SC mean. The rest of
// lib/chip/pcsc*.c is tried through the real service: tests/cmd/chip_readers.py.
#include "chip/pcsc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#define BYTES(literal) ((struct str){ (literal), sizeof(literal) - 1 })

static void kinds_of_cards(void **state)
{
    (void)state;
    // PC/SC part 3: a MIFARE Classic 1K; a type A card without historical bytes, and a passport's.
    assert_int_equal(pcsc_card_kind(BYTES("\x3B\x8F\x80\x01\x80\x4F\x0C\xA0\0\0\x03\x06\x03\x00\x01"
                                          "\0\0\0\0\x6A")),
                     PCSC_CARD_STORAGE);
    assert_int_equal(pcsc_card_kind(BYTES("\x3B\x80\x80\x01\x01")), PCSC_CARD_CONTACTLESS);
    assert_int_equal(pcsc_card_kind(BYTES("\x3B\x88\x80\x01\x00\x00\x00\x00\x00\x00\x00\x00\x09")),
                     PCSC_CARD_CONTACTLESS);
    // A wrong sum, a wrong count, one with T=0 alone, and none.
    assert_int_equal(pcsc_card_kind(BYTES("\x3B\x80\x80\x01\x02")), PCSC_CARD_CONTACT);
    assert_int_equal(pcsc_card_kind(BYTES("\x3B\x81\x80\x01\x00")), PCSC_CARD_CONTACT);
    assert_int_equal(pcsc_card_kind(BYTES("\x3B\x80\x80\x01")), PCSC_CARD_CONTACT);
    assert_int_equal(pcsc_card_kind(BYTES("\x3B\x02\x14\x50")), PCSC_CARD_CONTACT);
    assert_int_equal(pcsc_card_kind(BYTES("\x3B")), PCSC_CARD_CONTACT);
    assert_int_equal(pcsc_card_kind(BYTES("")), PCSC_CARD_NONE);
}

static void features(void **state)
{
    (void)state;
    struct str all = BYTES("\x06\x04\x42\x33\0\x06\x12\x04\x42\x33\0\x12\x13\x04\x42\0\0\x01");
    assert_int_equal(pcsc_feature(all, 0x12), 0x42330012);
    assert_int_equal(pcsc_feature(all, 0x06), 0x42330006);
    assert_int_equal(pcsc_feature(all, 0x13), 0x42000001);
    assert_int_equal(pcsc_feature(all, 0x20), 0);
    for (size_t cut = 0; cut < 12; cut++)
        assert_int_equal(pcsc_feature(str_head(all, cut), 0x12), 0);
    assert_int_equal(pcsc_feature(BYTES("\x12\x03\x42\x33\0\x12\xFF"), 0x12), 0);
}

static void properties(void **state)
{
    (void)state;
    struct pcsc_details d = { 0 };
    pcsc_properties(BYTES("\x09\x01\0\x0B\x02\x2F\x07\x0C\x02\x3B\x22\x0A\x04\0\0\x01\0"), &d);
    assert_int_equal(d.vendor_id, 0x072F);
    assert_int_equal(d.product_id, 0x223B);
    assert_true(d.tells_longest);
    assert_int_equal(d.longest, 65536);

    d = (struct pcsc_details){ 0 };
    pcsc_properties(BYTES("\x0A\x04\0\0\0\0"), &d);
    assert_true(d.tells_longest);
    assert_int_equal(d.longest, 0);

    d = (struct pcsc_details){ 0 };
    pcsc_properties(BYTES("\x0A\x03\0\0\x01\x0B\x04\x2F\x07\0\0\x0A\x04\0\0\x01"), &d);
    assert_false(d.tells_longest);
    assert_int_equal(d.vendor_id, 0);
}

static void every_code_has_a_name_and_an_error(void **state)
{
    (void)state;
    unsigned named = 0;
    for (uint32_t code = 0x80100001; code <= 0x80100070; code++) {
        const char *name = pcsc_code_name(code);
        struct chip_error e = pcsc_error(code, PCSC_BEFORE, "step");
        assert_int_not_equal(e.code, CHIP_OK);
        assert_int_equal(e.native, code);
        assert_string_equal(e.step, "step");
        if (name == NULL)
            continue;
        named++;
        assert_true(strncmp(name, "SCARD_", 6) == 0);
        assert_int_not_equal(pcsc_error(code, PCSC_WITHIN, NULL).code, CHIP_OK);
    }
    // pcsclite.h: 1 to 31, without 22, and 65 to 6F.
    assert_int_equal(named, 0x31 - 1 + 11);
    assert_null(pcsc_code_name(0x80100070));
    assert_string_equal(pcsc_code_name(0), "SCARD_S_SUCCESS");
    assert_string_equal(pcsc_code_name(0x8010001D), "SCARD_E_NO_SERVICE");
    assert_string_equal(pcsc_code_name(0x8010006A), "SCARD_W_SECURITY_VIOLATION");
    assert_int_equal(pcsc_error(0, PCSC_WITHIN, "step").code, CHIP_OK);
}

static void what_codes_mean(void **state)
{
    (void)state;
    static const struct {
        uint32_t code;
        enum chip_code before, within;
    } rows[] = {
        { 0x80100009, CHIP_READER_UNKNOWN, CHIP_READER_GONE },
        { 0x8010000B, CHIP_READER_BUSY, CHIP_READER_BUSY },
        { 0x8010000C, CHIP_NO_CARD, CHIP_CARD_GONE },
        { 0x80100016, CHIP_TRANSMIT, CHIP_TRANSMIT },
        { 0x80100017, CHIP_READER_GONE, CHIP_READER_GONE },
        { 0x8010001E, CHIP_SERVICE_FAILED, CHIP_SERVICE_FAILED },
        { 0x8010002E, CHIP_NO_READER, CHIP_READER_GONE },
        { 0x80100066, CHIP_CARD_MUTE, CHIP_CARD_GONE },
        { 0x80100068, CHIP_CARD_GONE, CHIP_CARD_GONE },
        { 0x80100069, CHIP_NO_CARD, CHIP_CARD_GONE },
        { 0x12345678, CHIP_SERVICE_FAILED, CHIP_SERVICE_FAILED },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(pcsc_error(rows[i].code, PCSC_BEFORE, NULL).code, rows[i].before);
        assert_int_equal(pcsc_error(rows[i].code, PCSC_WITHIN, NULL).code, rows[i].within);
    }
}

static void a_service_that_is_not_there(void **state)
{
    (void)state;
    setenv("PCSCLITE_CSOCK_NAME", "/nonexistent/socket", 1);
    assert_int_equal(pcsc_error(0x8010001D, PCSC_BEFORE, NULL).code, CHIP_NO_SERVICE);
    assert_int_equal(pcsc_error(0x80100013, PCSC_WITHIN, NULL).code, CHIP_NO_SERVICE);
    assert_int_equal(pcsc_error(0x8010006A, PCSC_BEFORE, NULL).code, CHIP_NO_SERVICE);
    unsetenv("PCSCLITE_CSOCK_NAME");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kinds_of_cards),  cmocka_unit_test(features),
        cmocka_unit_test(properties),      cmocka_unit_test(every_code_has_a_name_and_an_error),
        cmocka_unit_test(what_codes_mean), cmocka_unit_test(a_service_that_is_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
