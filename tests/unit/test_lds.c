// SPDX-License-Identifier: MIT
#include "lds/com.h"
#include "lds/dg1.h"
#include "lds/dg11.h"
#include "lds/dg12.h"
#include "lds/dg14.h"
#include "lds/dg15.h"

#include "lds_files.h"

static void knows_the_files(void **state)
{
    (void)state;
    assert_int_equal(lds_file_named(STR("DG13")), LDS_DG13);
    assert_int_equal(lds_file_named(STR("sod")), LDS_SOD);
    assert_int_equal(lds_file_named(STR("cardaccess")), LDS_CARD_ACCESS);
    assert_int_equal(lds_file_named(STR("DG1x")), LDS_FILE_COUNT);
    assert_int_equal(lds_file_named(STR("DG")), LDS_FILE_COUNT);
    assert_int_equal(lds_file_named(STR("")), LDS_FILE_COUNT);
    assert_int_equal(lds_file_tagged(0x75), LDS_DG2);
    assert_int_equal(lds_file_tagged(0x60), LDS_COM);
    assert_int_equal(lds_file_tagged(0x31), LDS_FILE_COUNT);
    assert_int_equal(lds_file_tagged(0), LDS_FILE_COUNT);
    for (int i = 0; i < LDS_FILE_COUNT; i++) {
        const struct lds_file_row *row = lds_file((enum lds_file)i);
        assert_int_equal(lds_file_named(str_of(row->name)), i);
        if (row->in_application)
            assert_int_equal(row->id, 0x0100 | row->short_id);
    }
    assert_int_equal(lds_file(LDS_DG16)->tag, 0x70);
}

static void tells_faults(void **state)
{
    (void)state;
    static const struct {
        enum tlv_fault fault;
        const char *name;
    } rows[] = {
        { TLV_FINE, "ok" },
        { TLV_CUT, "cut" },
        { TLV_TAG, "tlv_malformed" },
        { TLV_LENGTH, "tlv_malformed" },
        { TLV_INDEFINITE, "tlv_malformed" },
        { TLV_UNEXPECTED, "tag_unexpected" },
        { TLV_SURPLUS, "surplus" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tlv_reader r = { .fault = rows[i].fault, .fault_at = 7 };
        struct lds_error error = lds_error_of(&r);
        assert_string_equal(lds_fault_name(error.fault), rows[i].name);
        assert_int_equal(error.at, rows[i].fault == TLV_FINE ? 0 : 7);
        assert_true(strlen(lds_fault_sentence(error.fault)) > 0);
    }
}

// ---- EF.COM ----

static struct com com;

static bool try_com(struct str file, struct lds_error *error)
{
    return com_read(file, &com, error);
}

static void reads_com(void **state)
{
    (void)state;
    const struct str lds = BYTES(0x5F, 0x01, 4, '0', '1', '0', '7');
    const struct str unicode = BYTES(0x5F, 0x36, 6, '0', '4', '0', '0', '0', '0');
    // What Vietnam's cards list.
    struct str file =
        ELEMENT(0x60, lds, unicode, BYTES(0x5C, 6, 0x61, 0x75, 0x63, 0x6D, 0x6E, 0x6F));
    assert_true(try_exact(try_com, file));
    struct lds_error error;
    assert_true(com_read(file, &com, &error));
    is_text(com.lds_version, "0107");
    is_text(com.unicode_version, "040000");
    assert_int_equal(com.files, 1u << LDS_DG1 | 1u << LDS_DG2 | 1u << LDS_DG3 | 1u << LDS_DG13 |
                                    1u << LDS_DG14 | 1u << LDS_DG15);
    assert_true(com_has(&com, LDS_DG13));
    assert_false(com_has(&com, LDS_DG11));
    assert_false(com.unknown);
    survives_damage(try_com, file, 1);

    assert_true(com_read(ELEMENT(0x60, lds, unicode, BYTES(0x5C, 2, 0x61, 0x77)), &com, &error));
    assert_true(com.unknown);
    assert_int_equal(com.files, 1u << LDS_DG1);
    fails(try_com, ELEMENT(0x60, unicode), LDS_TAG, 2);
    fails(try_com, ELEMENT(0x60, lds), LDS_CUT, 9);
    fails(try_com, ELEMENT(0x60, BYTES(0x5F, 0x01, 4, '0', '1', '0', 'x')), LDS_VALUE, 5);
    fails(try_com, ELEMENT(0x60, BYTES(0x5F, 0x01, 3, '0', '1', '0')), LDS_VALUE, 5);
    fails(try_com, ELEMENT(0x60, lds, unicode, BYTES(0x5C, 0), lds), LDS_SURPLUS, 20);
}

static void reads_a_specimens_com(void **state)
{
    (void)state;
    struct str file = shared_file("bsi2008/EF_COM.bin");
    struct lds_error error;
    assert_true(com_read(file, &com, &error));
    assert_int_equal(com.files, 1u << LDS_DG1 | 1u << LDS_DG2 | 1u << LDS_DG3 | 1u << LDS_DG14);
    free((void *)file.p);
}

// ---- DG1 ----

static struct dg1 dg1;

static bool try_dg1(struct str file, struct lds_error *error)
{
    return dg1_read(file, &dg1, error);
}

static void read_zone(const char *zone)
{
    struct lds_error error;
    struct str file = ELEMENT(0x61, ELEMENT(0x5F1F, str_of(zone)));
    if (!dg1_read(file, &dg1, &error))
        fail_msg("%s: %s at %zu", zone, lds_fault_name(error.fault), error.at);
    survives_damage(try_dg1, file, 13);
    assert_true(dg1_read(file, &dg1, &error));
}

static void all_hold(void)
{
    for (size_t i = 0; i < DG1_CHECK_COUNT; i++)
        if (!dg1.holds[i])
            fail_msg("check %zu does not hold", i);
}

static void is_anna(void)
{
    all_hold();
    is_text(dg1.issuer, "UTO");
    is_text(dg1.surname, "ERIKSSON");
    is_text(dg1.given, "ANNA<MARIA");
    is_text(dg1.nationality, "UTO");
    is_bytes((struct str){ dg1.birth, 6 }, STR("740812"));
    is_bytes((struct str){ dg1.expiry, 6 }, STR("120415"));
    assert_int_equal(dg1.sex, 'F');
    assert_false(dg1.name_truncated);
    assert_int_equal(dg1.document_rest.n, 0);
}

// The examples of ICAO Doc 9303-4, 9303-5 and 9303-6.
static void reads_the_standards_zones(void **state)
{
    (void)state;
    read_zone("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
              "L898902C36UTO7408122F1204159ZE184226B<<<<<10");
    is_anna();
    assert_int_equal(dg1.size, DG1_TD3);
    is_text(dg1.document_code, "P");
    is_text(dg1.document_number, "L898902C3");
    is_text(dg1.optional[0], "ZE184226B");

    read_zone("I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<D231458907UTO7408122F1204159<<<<<<<6");
    is_anna();
    assert_int_equal(dg1.size, DG1_TD2);
    is_text(dg1.document_number, "D23145890");
    is_text(dg1.optional[0], "");

    read_zone("I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6"
              "ERIKSSON<<ANNA<MARIA<<<<<<<<<<");
    is_anna();
    assert_int_equal(dg1.size, DG1_TD1);
    is_text(dg1.document_number, "D23145890");
}

// ICAO Doc 9303-11, appendix D.2: numbers of more than nine characters, in TD1 and TD2.
static void reads_long_numbers(void **state)
{
    (void)state;
    static const char *const zones[] = {
        "I<UTOD23145890<7349<<<<<<<<<<<3407127M9507122UTO<<<<<<<<<<<2STEVENSON<<PETER<JOHN<<<<<<<<"
        "<",
        "I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<D23145890<UTO3407127M95071227349<<<8",
    };
    for (size_t i = 0; i < 2; i++) {
        read_zone(zones[i]);
        all_hold();
        is_text(dg1.document_number, "D23145890");
        is_text(dg1.document_rest, "734");
        is_text(dg1.surname, "STEVENSON");
        assert_int_equal(dg1.sex, 'M');
    }
    read_zone("I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<D23145890<UTO3407127M95071227340<<<8");
    assert_false(dg1.holds[DG1_CHECK_DOCUMENT]);
}

static void reads_vietnams_zone(void **state)
{
    (void)state;
    read_zone("IDVNM0900000018001090000001<<99001011M3001019VNM<<<<<<<<<<<6"
              "NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<");
    all_hold();
    assert_true(dg1.td1.vietnamese);
    is_text(dg1.td1.id, "001090000001");
    is_text(dg1.surname, "NGUYEN");
    read_zone("IDVNM0900000018001090000001<<89001011M3001019VNM<<<<<<<<<<<6"
              "NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<");
    assert_false(dg1.holds[DG1_CHECK_ID]);
    assert_true(dg1.holds[DG1_CHECK_DOCUMENT]);
}

// Each digit of a good zone, one higher: exactly the checks over it fail.
static void judges_check_digits(void **state)
{
    (void)state;
    static const struct {
        size_t at;
        enum dg1_check fails;
    } rows[] = {
        { 44 + 9, DG1_CHECK_DOCUMENT },   { 44 + 19, DG1_CHECK_BIRTH },
        { 44 + 27, DG1_CHECK_EXPIRY },    { 44 + 42, DG1_CHECK_OPTIONAL },
        { 44 + 43, DG1_CHECK_COMPOSITE },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char zone[] = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
                      "L898902C36UTO7408122F1204159ZE184226B<<<<<10";
        zone[rows[i].at] = zone[rows[i].at] == '9' ? '8' : (char)(zone[rows[i].at] + 1);
        read_zone(zone);
        for (size_t check = 0; check < DG1_CHECK_COUNT; check++)
            assert_int_equal(dg1.holds[check],
                             check != rows[i].fails && check != DG1_CHECK_COMPOSITE);
    }
    // No personal number: a filler for its digit. The sum stays: a filler counts as nothing.
    read_zone("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
              "L898902C36UTO7408122<1204159<<<<<<<<<<<<<<<8");
    assert_true(dg1.holds[DG1_CHECK_OPTIONAL]);
    assert_int_equal(dg1.sex, '<');
    // Letters that would add up right are no date.
    read_zone("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<X"
              "L898902C36UTO7A08122F1204159ZE184226B<<<<<10");
    assert_false(dg1.holds[DG1_CHECK_BIRTH]);
    assert_true(dg1.name_truncated);
}

static void refuses_other_zones(void **state)
{
    (void)state;
    fails(try_dg1, ELEMENT(0x61, ELEMENT(0x5F1F, STR("P<UTO"))), LDS_VALUE, 5);
    fails(try_dg1, ELEMENT(0x61, ELEMENT(0x5F1F, STR("P<Ut"))), LDS_VALUE, 8);
    fails(try_dg1, ELEMENT(0x61, ELEMENT(0x5F1E, STR("P<UTO"))), LDS_TAG, 2);
    fails(try_dg1, ELEMENT(0x61, ELEMENT(0x5F1F, STR("P<")), ELEMENT(0x04, STR(""))), LDS_SURPLUS,
          7);
    fails(try_dg1, ELEMENT(0x62, STR("")), LDS_TAG, 0);
}

static void reads_a_specimens_dg1(void **state)
{
    (void)state;
    struct str file = shared_file("bsi2008/Datagroup1.bin");
    struct lds_error error;
    assert_true(dg1_read(file, &dg1, &error));
    all_hold();
    is_text(dg1.document_number, "C11T002JM");
    is_text(dg1.surname, "MUSTERMANN");
    is_text(dg1.given, "ERIKA");
    is_text(dg1.nationality, "D");
    assert_int_equal(dg1.sex, 'F');
    free((void *)file.p);
}

// ---- DG11, DG12 ----

static struct dg11 dg11;
static struct dg12 dg12;

static bool try_dg11(struct str file, struct lds_error *error)
{
    return dg11_read(file, &dg11, error);
}

static void reads_dg11(void **state)
{
    (void)state;
    const struct str list = BYTES(0x5C, 6, 0x5F, 0x0E, 0xA0, 0x5F, 0x2B, 0x5F);
    struct str several = ELEMENT(0xA0, BYTES(0x02, 1, 2), ELEMENT(0x5F0F, STR("SMITH<<J")),
                                 ELEMENT(0x5F0F, STR("SMYTHE<<J")));
    struct str file =
        ELEMENT(0x6B, list, ELEMENT(0x5F0E, STR("SMITH<<JOHN")), several,
                ELEMENT(0x5F2B, BYTES(0x19, 0x70, 0x12, 0x31)), ELEMENT(0x5F77, STR("?")));
    struct lds_error error;
    assert_true(dg11_read(file, &dg11, &error));
    const struct details *d = &dg11.details;
    assert_int_equal(d->n, 5);
    assert_string_equal(d->at[0].name, "full_name");
    is_text(d->at[0].value, "SMITH<<JOHN");
    assert_int_equal(d->at[0].at, 10);
    assert_string_equal(d->at[2].name, "other_name");
    is_text(d->at[2].value, "SMYTHE<<J");
    is_text(details_find(d, 0x5F0F)->value, "SMITH<<J");
    assert_string_equal(details_find(d, 0x5F2B)->name, "full_birth_date");
    assert_null(details_find(d, 0x5F77)->name);
    assert_null(details_find(d, 0x5F42));
    is_bytes(d->tags, str_from(list, 2));
    survives_damage(try_dg11, file, 5);

    fails(try_dg11, ELEMENT(0x6B, ELEMENT(0x5F0E, STR("SMITH"))), LDS_TAG, 2);
    const struct str name = ELEMENT(0x5F0F, STR("A"));
    fails(try_dg11, ELEMENT(0x6B, list, ELEMENT(0xA0, BYTES(0x02, 1, 1), name, name)), LDS_SURPLUS,
          19);
    fails(try_dg11, ELEMENT(0x6B, list, ELEMENT(0xA0, BYTES(0x02, 1, 2), name)), LDS_CUT, 19);
    fails(try_dg11, ELEMENT(0x6B, list, ELEMENT(0xA0, BYTES(0x04, 1, 2), name)), LDS_TAG, 12);
    fails(try_dg11, ELEMENT(0x6B, list, ELEMENT(0xA0, BYTES(0x02, 1, 0x82), name)), LDS_VALUE, 12);
    fails(try_dg11, ELEMENT(0x6B, list, ELEMENT(0xA0, BYTES(0x02, 1, 1, 0x5F))), LDS_CUT, 15);

    struct str part[DETAILS_MAX + 2] = { list };
    for (size_t i = 1; i < DETAILS_MAX + 2; i++)
        part[i] = name;
    assert_true(try_exact(try_dg11, element_of(0x6B, part, DETAILS_MAX + 1)));
    fails(try_dg11, element_of(0x6B, part, DETAILS_MAX + 2), LDS_TOO_MANY,
          3 + list.n + DETAILS_MAX * name.n);
}

static void reads_dg12(void **state)
{
    (void)state;
    struct str file = ELEMENT(0x6C, BYTES(0x5C, 4, 0x5F, 0x19, 0x5F, 0x26),
                              ELEMENT(0x5F19, STR("UTOPIA")), ELEMENT(0x5F26, STR("20240701")));
    struct lds_error error;
    assert_true(dg12_read(file, &dg12, &error));
    assert_string_equal(dg12.details.at[0].name, "issuing_authority");
    is_text(details_find(&dg12.details, 0x5F26)->value, "20240701");
    assert_false(dg11_read(file, &dg11, &error));
    assert_int_equal(error.fault, LDS_TAG);
}

// ---- DG14, DG15 ----

static struct dg14 dg14;
static struct dg15 dg15;

static bool try_dg14(struct str file, struct lds_error *error)
{
    return dg14_read(file, &dg14, error);
}

static bool try_dg15(struct str file, struct lds_error *error)
{
    return dg15_read(file, &dg15, error);
}

static void reads_dg14(void **state)
{
    (void)state;
    struct str file = ELEMENT(0x6E, security_card_access_vietnam());
    struct lds_error error;
    assert_true(dg14_read(file, &dg14, &error));
    is_bytes(dg14.set, security_card_access_vietnam());
    assert_int_equal(dg14.infos.n, 3);
    survives_damage(try_dg14, file, 3);
    // Offsets are those of the file.
    fails(try_dg14, BYTES(0x6E, 4, 0x31, 2, 0x02, 0), LDS_TAG, 4);
    fails(try_dg14, BYTES(0x6E, 4, 0x31, 0, 0x02, 0), LDS_SURPLUS, 4);
    fails(try_dg14, BYTES(0x6E, 2, 0x30, 0), LDS_TAG, 2);

    file = shared_file("bsi2008/Datagroup14.bin");
    assert_true(dg14_read(file, &dg14, &error));
    assert_int_equal(dg14.infos.n, 3);
    assert_int_equal(dg14.infos.at[0].kind, SECURITY_CA_KEY);
    free((void *)file.p);
}

static void reads_dg15(void **state)
{
    (void)state;
    const struct str algorithm = BYTES(0x30, 5, 0x06, 1, 0x2A, 0x05, 0);
    const struct str bits = BYTES(0x03, 2, 0, 1);
    struct str file = ELEMENT(0x6F, ELEMENT(0x30, algorithm, bits));
    struct lds_error error;
    assert_true(dg15_read(file, &dg15, &error));
    is_bytes(dg15.algorithm, STR("\x2A"));
    survives_damage(try_dg15, file, 1);
    fails(try_dg15, ELEMENT(0x6F, ELEMENT(0x30, bits)), LDS_TAG, 4);
    fails(try_dg15, ELEMENT(0x6F, ELEMENT(0x30, algorithm)), LDS_CUT, 11);
    fails(try_dg15, ELEMENT(0x6F, ELEMENT(0x30, BYTES(0x30, 0), bits)), LDS_CUT, 6);
    fails(try_dg15, ELEMENT(0x6F, ELEMENT(0x30, algorithm, bits, bits)), LDS_SURPLUS, 15);
    fails(try_dg15, ELEMENT(0x6F, ELEMENT(0x31, algorithm, bits)), LDS_TAG, 2);

    file = shared_file("bsi2008/Datagroup15.bin");
    assert_true(dg15_read(file, &dg15, &error));
    assert_int_equal(dg15.public_key.n, 161);
    is_bytes(dg15.algorithm, STR("\x2A\x86\x48\x86\xF7\x0D\x01\x01\x01"));
    free((void *)file.p);
}

#define TEST(name) cmocka_unit_test_setup(name, empty_store)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(knows_the_files),
        TEST(tells_faults),
        TEST(reads_com),
        TEST(reads_a_specimens_com),
        TEST(reads_the_standards_zones),
        TEST(reads_long_numbers),
        TEST(reads_vietnams_zone),
        TEST(judges_check_digits),
        TEST(refuses_other_zones),
        TEST(reads_a_specimens_dg1),
        TEST(reads_dg11),
        TEST(reads_dg12),
        TEST(reads_dg14),
        TEST(reads_dg15),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
