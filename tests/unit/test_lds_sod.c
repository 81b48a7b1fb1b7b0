// SPDX-License-Identifier: MIT
#include "lds/sod.h"

#include "lds_files.h"

static struct sod sod;

static bool inside(struct str part, struct str file)
{
    return part.n == 0 || (part.p >= file.p && part.p + part.n <= file.p + file.n);
}

static bool try_sod(struct str file, struct lds_error *error)
{
    bool ok = sod_read(file, &sod, error);
    assert_true(inside(sod.cms, file) && inside(sod.content, file) && inside(sod.hash_oid, file));
    for (size_t i = 0; i < sod.n; i++)
        assert_true(inside(sod.hash[i].hash, file));
    return ok;
}

static const struct str signed_data = { "\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02", 11 };
static const struct str object_type = { "\x06\x06\x67\x81\x08\x01\x01\x01", 8 };
static const struct str sha256 = { "\x30\x0B\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01", 13 };

static struct str hash_of(uint8_t data_group, size_t size)
{
    static char bytes[100];
    memset(bytes, data_group, sizeof bytes);
    return ELEMENT(0x30, BYTES(0x02, 1, data_group), ELEMENT(0x04, { bytes, size }));
}

static struct str list_of(uint8_t version, struct str hashes, struct str more)
{
    return ELEMENT(0x30, BYTES(0x02, 1, version), sha256, hashes, more);
}

static struct str cms_of(struct str type, struct str inner)
{
    struct str content = ELEMENT(0x30, type, ELEMENT(0xA0, inner));
    struct str data =
        ELEMENT(0x30, BYTES(0x02, 1, 3), ELEMENT(0x31, sha256), content, ELEMENT(0x31, STR("")));
    return ELEMENT(0x30, signed_data, ELEMENT(0xA0, data));
}

static struct str file_of(struct str list)
{
    return ELEMENT(0x77, cms_of(object_type, ELEMENT(0x04, list)));
}

static enum lds_fault fault_of(struct str file)
{
    struct lds_error error;
    try_exact(try_sod, file);
    return sod_read(file, &sod, &error) ? LDS_FINE : error.fault;
}

static void reads_both_versions(void **state)
{
    (void)state;
    struct lds_error error;
    struct str hashes = ELEMENT(0x30, hash_of(1, 32), hash_of(2, 32), hash_of(13, 32));
    struct str list = list_of(0, hashes, STR(""));
    struct str file = file_of(list);
    assert_true(sod_read(file, &sod, &error));
    is_bytes(sod.cms, str_from(file, file.n - sod.cms.n));
    is_bytes(sod.content, list);
    is_bytes(sod.hash_oid, str_from(sha256, 4));
    assert_int_equal(sod.n, 3);
    assert_int_equal(sod_find(&sod, 13)->hash.p[0], 13);
    assert_int_equal(sod_find(&sod, 13)->hash.n, 32);
    assert_null(sod_find(&sod, 3));
    assert_int_equal(sod.lds_version.n, 0);
    survives_damage(try_sod, file, 3);

    struct str versions = ELEMENT(0x30, BYTES(0x13, 4, '0', '1', '0', '8'),
                                  BYTES(0x13, 6, '0', '4', '0', '0', '0', '0'));
    file = file_of(list_of(1, hashes, versions));
    assert_true(sod_read(file, &sod, &error));
    assert_int_equal(sod.version, 1);
    is_text(sod.lds_version, "0108");
    is_text(sod.unicode_version, "040000");
    survives_damage(try_sod, file, 7);

    assert_int_equal(fault_of(file_of(list_of(0, hashes, versions))), LDS_SURPLUS);
    assert_int_equal(fault_of(file_of(list_of(1, hashes, STR("")))), LDS_CUT);
    assert_int_equal(fault_of(file_of(list_of(1, hashes, ELEMENT(0x30, BYTES(0x0C, 0))))), LDS_TAG);
    assert_int_equal(fault_of(file_of(list_of(2, hashes, STR("")))), LDS_UNSUPPORTED);
}

static void refuses_lists_that_lie(void **state)
{
    (void)state;
    struct str one = hash_of(1, 32);
    static const struct {
        uint8_t data_group;
        size_t size;
        enum lds_fault fault;
    } rows[] = {
        { 2, 32, LDS_FINE },  { 16, 64, LDS_FINE },  { 2, 65, LDS_VALUE },    { 2, 0, LDS_VALUE },
        { 0, 32, LDS_VALUE }, { 17, 32, LDS_VALUE }, { 0x80, 32, LDS_VALUE }, { 1, 32, LDS_VALUE },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct str hashes = ELEMENT(0x30, one, hash_of(rows[i].data_group, rows[i].size));
        assert_int_equal(fault_of(file_of(list_of(0, hashes, STR("")))), rows[i].fault);
    }
    const struct str no_hash = BYTES(0x30, 3, 0x02, 1, 2);
    assert_int_equal(fault_of(file_of(list_of(0, ELEMENT(0x30, no_hash), STR("")))), LDS_CUT);
    const struct str more = BYTES(0x30, 8, 0x02, 1, 2, 0x04, 1, 1, 0x05, 0);
    assert_int_equal(fault_of(file_of(list_of(0, ELEMENT(0x30, more), STR("")))), LDS_SURPLUS);
    assert_int_equal(fault_of(file_of(list_of(0, ELEMENT(0x31, one), STR("")))), LDS_TAG);
    assert_int_equal(fault_of(file_of(ELEMENT(0x30, BYTES(0x02, 1, 0), BYTES(0x30, 2, 0x05, 0)))),
                     LDS_TAG);
    assert_int_equal(fault_of(file_of(STR(""))), LDS_CUT);
}

static void refuses_other_contents(void **state)
{
    (void)state;
    struct str list = list_of(0, ELEMENT(0x30, hash_of(1, 32)), STR(""));
    struct str octets = ELEMENT(0x04, list);
    const struct str other = BYTES(0x06, 1, 0x2A);
    assert_int_equal(fault_of(ELEMENT(0x77, cms_of(other, octets))), LDS_VALUE);
    assert_true(sod.cms.n > 0);
    assert_int_equal(fault_of(ELEMENT(0x77, cms_of(octets, octets))), LDS_TAG);
    assert_int_equal(fault_of(ELEMENT(0x77, cms_of(object_type, list))), LDS_TAG);
    assert_int_equal(fault_of(ELEMENT(0x77, ELEMENT(0x30, other))), LDS_VALUE);
    assert_int_equal(fault_of(ELEMENT(0x78, cms_of(object_type, octets))), LDS_TAG);
    assert_int_equal(sod.cms.n, 0);
    // No content at all (RFC 5652, 5.2: it is detached).
    struct str detached =
        ELEMENT(0x30, BYTES(0x02, 1, 3), ELEMENT(0x31, sha256), ELEMENT(0x30, object_type));
    assert_int_equal(fault_of(ELEMENT(0x77, ELEMENT(0x30, signed_data, ELEMENT(0xA0, detached)))),
                     LDS_CUT);
}

// BER, as some states issue it: the CMS is there for a library that reads it.
static void keeps_indefinite_lengths(void **state)
{
    (void)state;
    struct lds_error error;
    const struct str end = BYTES(0, 0), open = BYTES(0x30, 0x80);
    struct str cms = ELEMENT(0x77, open, signed_data, BYTES(0xA0, 0x80), end, end);
    assert_false(sod_read(cms, &sod, &error));
    assert_int_equal(error.fault, LDS_UNSUPPORTED);
    assert_int_equal(error.at, 3);
    is_bytes(sod.cms, str_from(cms, 2));
    assert_int_equal(sod.n, 0);
    try_exact(try_sod, cms);

    struct str list = list_of(0, ELEMENT(0x30, hash_of(1, 32)), STR(""));
    struct str parts = ELEMENT(0x24, ELEMENT(0x04, list));
    assert_int_equal(fault_of(ELEMENT(0x77, cms_of(object_type, parts))), LDS_UNSUPPORTED);
    const struct str in_parts = BYTES(0x24, 0x80, 0, 0);
    assert_int_equal(fault_of(ELEMENT(0x77, cms_of(object_type, in_parts))), LDS_UNSUPPORTED);
    assert_true(sod.cms.n > 0);
    // A length that not even BER has.
    assert_int_equal(fault_of(ELEMENT(0x77, BYTES(0x30, 0x85, 0, 0, 0, 0, 0))), LDS_TLV);
    // The outer element is of the chip's files, which have no such lengths.
    assert_int_equal(fault_of(BYTES(0x77, 0x80, 0, 0)), LDS_TLV);
}

// What openssl asn1parse shows of the files.
static void reads_files_of_others(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        size_t hash_size, content_at, content;
        unsigned data_groups[5];
    } rows[] = {
        { "bsi2008/EF_SOD.bin", 20, 59, 126, { 1, 2, 3, 14 } },
        { "sod/pymrtd_0.bin", 32, 64, 219, { 1, 2, 3, 14, 4 } },
        { "sod/pymrtd_1.bin", 32, 67, 258, { 1, 2, 3 } },
        { "sod/pymrtd_5.bin", 32, 64, 219, { 1, 2, 3, 14, 4 } },
        { "sod/persosim_EF_SOD.bin", 28, 64, 164, { 1, 2, 3, 4 } },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct str file = shared_file(rows[i].name);
        struct lds_error error;
        if (!sod_read(file, &sod, &error))
            fail_msg("%s: %s at %zu", rows[i].name, lds_fault_name(error.fault), error.at);
        assert_int_equal(sod.cms.n, file.n - 4);
        for (size_t k = 0; rows[i].hash_size > 0 && k < 5 && rows[i].data_groups[k] > 0; k++) {
            assert_int_equal(sod.hash[k].data_group, rows[i].data_groups[k]);
            assert_int_equal(sod.hash[k].hash.n, rows[i].hash_size);
        }
        if (rows[i].content > 0) {
            assert_ptr_equal(sod.content.p, file.p + rows[i].content_at);
            assert_int_equal(sod.content.n, rows[i].content);
        }
        if (i == 0)
            survives_damage(try_sod, file, 51);
        free((void *)file.p);
    }
}

// Altered so that its type is not that of signed data.
static void refuses_an_altered_file(void **state)
{
    (void)state;
    struct str file = shared_file("sod/pymrtd_3.bin");
    struct lds_error error;
    assert_false(sod_read(file, &sod, &error));
    assert_int_equal(error.fault, LDS_VALUE);
    assert_int_equal(error.at, 8);
    assert_int_equal(sod.cms.n, file.n - 4);
    free((void *)file.p);
}

#define TEST(name) cmocka_unit_test_setup(name, empty_store)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reads_both_versions),      TEST(refuses_lists_that_lie), TEST(refuses_other_contents),
        TEST(keeps_indefinite_lengths), TEST(reads_files_of_others),  TEST(refuses_an_altered_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
