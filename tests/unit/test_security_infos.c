// SPDX-License-Identifier: MIT
#include "lds/security_infos.h"

#include "lds_files.h"

#define OID_CARD 0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02

static struct security_infos infos;

static bool try_infos(struct str file, struct lds_error *error)
{
    bool ok = security_infos_read(file, &infos, error);
    for (size_t i = 0; ok && i < infos.n; i++)
        assert_true(infos.at[i].whole.p >= file.p &&
                    infos.at[i].whole.p + infos.at[i].whole.n <= file.p + file.n);
    return ok;
}

static const struct security_info *read_one(struct str info)
{
    struct lds_error error;
    assert_true(security_infos_read(ELEMENT(0x31, info), &infos, &error));
    assert_int_equal(infos.n, 1);
    is_bytes(infos.at[0].whole, info);
    return &infos.at[0];
}

static const char *name_of(const struct security_info *info)
{
    static char space[64];
    return security_oid_name(info->oid, space);
}

// The bytes as several public programs have them.
static void reads_vietnams_card_access(void **state)
{
    (void)state;
    const struct str file =
        BYTES(0x31, 0x34, 0x30, 0x0D, 0x06, 0x08, 0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x02,
              0x02, 0x01, 0x01, 0x30, 0x0F, 0x06, 0x0A, 0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02,
              0x03, 0x02, 0x02, 0x02, 0x01, 0x01, 0x30, 0x12, 0x06, 0x0A, 0x04, 0x00, 0x7F, 0x00,
              0x07, 0x02, 0x02, 0x04, 0x02, 0x02, 0x02, 0x01, 0x02, 0x02, 0x01, 0x0D);
    struct lds_error error;
    is_bytes(security_card_access_vietnam(), file);
    assert_int_equal(file.n, 54);
    assert_true(security_infos_read(file, &infos, &error));
    assert_int_equal(infos.n, 3);
    assert_int_equal(infos.at[0].kind, SECURITY_TA);
    assert_int_equal(infos.at[0].version, 1);
    assert_int_equal(infos.at[1].kind, SECURITY_CA);
    assert_int_equal(infos.at[1].agreement, AGREEMENT_ECDH);
    assert_int_equal(infos.at[1].cipher, CIPHER_AES_128);
    assert_false(infos.at[1].has_id);

    const struct security_info *pace = &infos.at[2];
    assert_int_equal(pace->kind, SECURITY_PACE);
    assert_int_equal(pace->agreement, AGREEMENT_ECDH);
    assert_int_equal(pace->mapping, MAPPING_GENERIC);
    assert_int_equal(pace->cipher, CIPHER_AES_128);
    assert_int_equal(pace->version, 2);
    assert_true(pace->has_id);
    assert_int_equal(pace->id, 13);
    assert_string_equal(name_of(pace), "id-PACE-ECDH-GM-AES-CBC-CMAC-128");
    survives_damage(try_infos, file, 1);
}

// ICAO Doc 9303-11, 9.2.3: every protocol of PACE by its last two numbers.
static void knows_every_pace(void **state)
{
    (void)state;
    static const struct {
        uint8_t family;
        enum security_agreement agreement;
        enum security_mapping mapping;
        const char *name;
    } rows[] = {
        { 1, AGREEMENT_DH, MAPPING_GENERIC, "id-PACE-DH-GM" },
        { 2, AGREEMENT_ECDH, MAPPING_GENERIC, "id-PACE-ECDH-GM" },
        { 3, AGREEMENT_DH, MAPPING_INTEGRATED, "id-PACE-DH-IM" },
        { 4, AGREEMENT_ECDH, MAPPING_INTEGRATED, "id-PACE-ECDH-IM" },
        { 6, AGREEMENT_ECDH, MAPPING_CHIP_AUTH, "id-PACE-ECDH-CAM" },
    };
    static const char *const ciphers[] = { NULL, "-3DES-CBC-CBC", "-AES-CBC-CMAC-128",
                                           "-AES-CBC-CMAC-192", "-AES-CBC-CMAC-256" };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (uint8_t cipher = rows[i].family == 6 ? 2 : 1; cipher <= 4; cipher++) {
            const struct security_info *info = read_one(BYTES(
                0x30, 0x12, 0x06, 0x0A, OID_CARD, 4, rows[i].family, cipher, 2, 1, 2, 2, 1, 8));
            char name[64];
            snprintf(name, sizeof name, "%s%s", rows[i].name, ciphers[cipher]);
            assert_int_equal(info->kind, SECURITY_PACE);
            assert_int_equal(info->agreement, rows[i].agreement);
            assert_int_equal(info->mapping, rows[i].mapping);
            assert_int_equal(info->cipher, (int)CIPHER_3DES + cipher - 1);
            assert_int_equal(info->id, 8);
            assert_string_equal(name_of(info), name);
        }
        const struct str domain = BYTES(0x30, 0x07, 0x06, 0x05, 1, 2, 3, 4, 5);
        const struct security_info *info =
            read_one(ELEMENT(0x30, BYTES(0x06, 0x09, OID_CARD, 4, rows[i].family), domain));
        assert_int_equal(info->kind, SECURITY_PACE_DOMAIN);
        assert_int_equal(info->mapping, rows[i].mapping);
        assert_int_equal(info->version, -1);
        assert_false(info->has_id);
        is_bytes(info->domain, domain);
        assert_string_equal(name_of(info), rows[i].name);
    }
}

// BSI TR-03110-3, A.1.1.2 and A.1.1.3; "legacy" is what cards before version 1.11 of it had.
static void knows_every_chip_authentication(void **state)
{
    (void)state;
    for (uint8_t agreement = 1; agreement <= 2; agreement++) {
        for (uint8_t cipher = 1; cipher <= 4; cipher++) {
            const struct security_info *info = read_one(
                BYTES(0x30, 0x12, 0x06, 0x0A, OID_CARD, 3, agreement, cipher, 2, 1, 1, 2, 1, 0x2A));
            assert_int_equal(info->kind, SECURITY_CA);
            assert_int_equal(info->agreement, agreement);
            assert_int_equal(info->cipher, (int)CIPHER_3DES + cipher - 1);
            assert_int_equal(info->version, 1);
            assert_int_equal(info->id, 0x2A);
        }
        const struct security_info *legacy =
            read_one(BYTES(0x30, 0x0B, 0x06, 0x09, OID_CARD, 3, agreement));
        assert_int_equal(legacy->kind, SECURITY_CA);
        assert_int_equal(legacy->cipher, CIPHER_3DES);
        assert_int_equal(legacy->version, 1);
        assert_false(legacy->has_id);
        legacy = read_one(BYTES(0x30, 0x11, 0x06, 0x09, OID_CARD, 3, agreement, 2, 1, 1, 2, 1, 7));
        assert_int_equal(legacy->kind, SECURITY_CA);
        assert_int_equal(legacy->id, 7);
        // ChipAuthenticationDomainParameterInfo of version 2 begins with the same number.
        legacy =
            read_one(BYTES(0x30, 0x12, 0x06, 0x09, OID_CARD, 3, agreement, 0x30, 5, 6, 3, 1, 2, 3));
        assert_int_equal(legacy->kind, SECURITY_UNKNOWN);
    }
}

static void knows_the_others(void **state)
{
    (void)state;
    const struct security_info *info = read_one(
        BYTES(0x30, 0x19, 0x06, 0x06, 0x67, 0x81, 0x08, 0x01, 0x01, 0x05, 2, 1, 1, 0x06, 0x0A, 0x04,
              0x00, 0x7F, 0x00, 0x07, 0x01, 0x01, 0x04, 0x01, 0x03, 0x04, 0x00));
    assert_int_equal(info->kind, SECURITY_UNKNOWN); // something follows
    info = read_one(BYTES(0x30, 0x17, 0x06, 0x06, 0x67, 0x81, 0x08, 0x01, 0x01, 0x05, 2, 1, 1, 0x06,
                          0x0A, 0x04, 0x00, 0x7F, 0x00, 0x07, 0x01, 0x01, 0x04, 0x01, 0x03));
    char space[64];
    assert_int_equal(info->kind, SECURITY_AA);
    assert_int_equal(info->version, 1);
    assert_string_equal(security_oid_name(info->signature_oid, space), "ecdsa-plain-SHA256");

    info =
        read_one(BYTES(0x30, 0x0C, 0x06, 0x06, 0x67, 0x81, 0x08, 0x01, 0x01, 0x0D, 4, 2, 0x61, 0));
    assert_int_equal(info->kind, SECURITY_EF_DIR);
    info = read_one(BYTES(0x30, 0x13, 0x06, 0x08, OID_CARD, 2, 2, 1, 1, 0x30, 4, 4, 2, 0x01, 0x1C));
    assert_int_equal(info->kind, SECURITY_TA);
    info = read_one(BYTES(0x30, 0x0D, 0x06, 0x08, OID_CARD, 2, 2, 1, 2));
    assert_int_equal(info->version, 2);
}

// One impossible entry must not hide the others.
static void keeps_what_is_impossible(void **state)
{
    (void)state;
    const struct str odd[] = {
        BYTES(0x30, 0x00),                                                   // nothing
        BYTES(0x30, 0x03, 2, 1, 1),                                          // no protocol
        BYTES(0x30, 0x04, 0x06, 0x7F, 1, 2),                                 // cut inside
        BYTES(0x30, 0x0C, 0x06, 0x0A, OID_CARD, 4, 2, 2),                    // no version
        BYTES(0x30, 0x0F, 0x06, 0x0A, OID_CARD, 4, 2, 2, 4, 1, 2),           // no number
        BYTES(0x30, 0x0F, 0x06, 0x0A, OID_CARD, 4, 2, 2, 2, 1, 0x80),        // negative
        BYTES(0x30, 0x11, 0x06, 0x0A, OID_CARD, 4, 2, 2, 2, 3, 1, 0, 0),     // too high
        BYTES(0x30, 0x12, 0x06, 0x0A, OID_CARD, 4, 2, 2, 2, 1, 2, 4, 1, 13), // id no number
        BYTES(0x30, 0x16, 0x06, 0x0A, OID_CARD, 4, 2, 2, 2, 1, 2, 2, 5, 1, 0, 0, 0, 0),
        BYTES(0x30, 0x10, 0x06, 0x0A, OID_CARD, 4, 6, 1, 2, 1, 2, 2), // CAM has no 3DES
        BYTES(0x30, 0x0B, 0x06, 0x09, OID_CARD, 1, 2),                // no key
        BYTES(0x30, 0x0B, 0x06, 0x09, OID_CARD, 4, 2),                // no parameters
        BYTES(0x30, 0x0B, 0x06, 0x06, 0x67, 0x81, 0x08, 0x01, 0x01, 0x05, 2, 1, 1), // no algorithm
        BYTES(0x30, 0x08, 0x06, 0x03, 0x2A, 0x03, 0x04, 2, 1, 1),                   // not known
    };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        struct lds_error error;
        const struct str pace = BYTES(0x30, 0x12, 0x06, 0x0A, OID_CARD, 4, 2, 2, 2, 1, 2, 2, 1, 13);
        assert_true(security_infos_read(ELEMENT(0x31, odd[i], pace), &infos, &error));
        assert_int_equal(infos.n, 2);
        assert_int_equal(infos.at[0].kind, SECURITY_UNKNOWN);
        assert_int_equal(infos.at[0].version, -1);
        assert_int_equal(infos.at[0].agreement, AGREEMENT_NONE);
        assert_false(infos.at[0].has_id);
        is_bytes(infos.at[0].whole, odd[i]);
        assert_int_equal(infos.at[1].kind, SECURITY_PACE);
    }
}

static void refuses_what_is_no_set(void **state)
{
    (void)state;
    fails(try_infos, (struct str){ "", 0 }, LDS_CUT, 0);
    fails(try_infos, BYTES(0x30, 0x00), LDS_TAG, 0);
    fails(try_infos, BYTES(0x31, 0x80, 0x00, 0x00), LDS_TLV, 1);
    fails(try_infos, BYTES(0x31, 0x00, 0x00), LDS_SURPLUS, 2);
    fails(try_infos, BYTES(0x31, 0x02, 0x30, 0x01), LDS_CUT, 2);
    fails(try_infos, BYTES(0x31, 0x05, 0x30, 0x00, 0x02, 0x01, 0x01), LDS_TAG, 4);
    assert_true(try_exact(try_infos, BYTES(0x31, 0x00)));

    char many[2 * (SECURITY_INFOS_MAX + 1)];
    for (size_t i = 0; i < sizeof many; i += 2)
        many[i] = 0x30, many[i + 1] = 0;
    assert_true(try_exact(try_infos, ELEMENT(0x31, { many, sizeof many - 2 })));
    fails(try_infos, ELEMENT(0x31, { many, sizeof many }), LDS_TOO_MANY, 3 + sizeof many - 2);
}

static void reads_a_specimens_dg14(void **state)
{
    (void)state;
    struct str file = shared_file("bsi2008/Datagroup14.bin");
    struct lds_error error;
    assert_true(security_infos_read(str_from(file, 4), &infos, &error));
    assert_int_equal(infos.n, 3);
    assert_int_equal(infos.at[0].kind, SECURITY_CA_KEY);
    assert_int_equal(infos.at[0].agreement, AGREEMENT_ECDH);
    assert_int_equal(infos.at[0].public_key.n, 0x113 + 4);
    assert_false(infos.at[0].has_id);
    assert_int_equal(infos.at[1].kind, SECURITY_CA);
    assert_int_equal(infos.at[1].cipher, CIPHER_3DES);
    assert_int_equal(infos.at[1].version, 1);
    assert_int_equal(infos.at[2].kind, SECURITY_TA);
    survives_damage(try_infos, str_from(file, 4), 17);
    free((void *)file.p);
}

// EF.CardSecurity of a simulator (PersoSim): its eContent stands behind 65 bytes of CMS.
static void reads_a_simulators_card_security(void **state)
{
    (void)state;
    static const enum security_kind kinds[] = {
        SECURITY_PACE,    SECURITY_TA,      SECURITY_UNKNOWN, SECURITY_UNKNOWN, SECURITY_UNKNOWN,
        SECURITY_CA,      SECURITY_UNKNOWN, SECURITY_CA,      SECURITY_UNKNOWN, SECURITY_CA_KEY,
        SECURITY_UNKNOWN, SECURITY_UNKNOWN, SECURITY_UNKNOWN, SECURITY_UNKNOWN, SECURITY_UNKNOWN,
    };
    struct str file = shared_file("sod/persosim_EF_CardSecurity.bin");
    struct lds_error error;
    assert_true(security_infos_read(str_head(str_from(file, 65), 1470), &infos, &error));
    assert_int_equal(infos.n, sizeof kinds / sizeof *kinds);
    for (size_t i = 0; i < infos.n; i++)
        if (infos.at[i].kind != kinds[i])
            fail_msg("%zu is %d: %s", i, infos.at[i].kind, name_of(&infos.at[i]));
    assert_int_equal(infos.at[0].id, 13);
    assert_int_equal(infos.at[5].id, 0x2A);
    assert_int_equal(infos.at[9].id, 0x29);
    assert_int_equal(infos.at[9].public_key.n, 84);
    free((void *)file.p);
}

static void names_numbers(void **state)
{
    (void)state;
    static const struct {
        struct str oid;
        const char *name;
    } rows[] = {
        { STR("\x2A\x86\x48\xCE\x3D\x02\x01"), "id-ecPublicKey" },
        { STR("\x2A\x86\x48"), "1.2.840" },
        { STR("\x01"), "0.1" },
        { STR("\x4F"), "1.39" },
        { STR("\x50"), "2.0" },
        { STR("\x88\x37\x03"), "2.999.3" }, // ISO/IEC 8825-1, 8.19.5
        { STR("\x2A\x81\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F"), "1.2.18446744073709551615" },
        { STR("\x2A\x82\x80\x80\x80\x80\x80\x80\x80\x80\x00"), "malformed" },
        { STR("\x2A\x80\x01"), "malformed" },
        { STR("\x2A\x86"), "malformed" },
        { STR(""), "malformed" },
        { STR("\x2A\x81\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F\x81\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F"
              "\x81\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F"),
          "1.2.18446744073709551615.18446744073709551615.18446744073709..." },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char space[64];
        assert_string_equal(security_oid_name(rows[i].oid, space), rows[i].name);
    }
}

#define TEST(name) cmocka_unit_test_setup(name, empty_store)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reads_vietnams_card_access),
        TEST(knows_every_pace),
        TEST(knows_every_chip_authentication),
        TEST(knows_the_others),
        TEST(keeps_what_is_impossible),
        TEST(refuses_what_is_no_set),
        TEST(reads_a_specimens_dg14),
        TEST(reads_a_simulators_card_security),
        TEST(names_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
