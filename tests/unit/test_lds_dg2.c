// SPDX-License-Identifier: MIT
#include "lds/dg2.h"

#include "lds_files.h"

static struct dg2 dg2;

static bool try_dg2(struct str file, struct lds_error *error)
{
    bool ok = dg2_read(file, &dg2, error);
    for (size_t i = 0; i < dg2.n; i++) {
        const struct dg2_image *image = &dg2.image[i];
        assert_true(image->bytes.n > 0 && image->at + image->bytes.n <= file.n);
        assert_ptr_equal(image->bytes.p, file.p + image->at);
    }
    return ok;
}

// ---- ISO/IEC 19794-5, put together by hand ----

#define JPEG STR("\xFF\xD8\xFF\xE0 jpeg")
#define JP2  STR("\x00\x00\x00\x0CjP  \r\n\x87\n and boxes")
#define J2K  STR("\xFF\x4F\xFF\x51 codestream")

static struct str joined(const struct str part[], size_t count)
{
    struct str e = element_of(0x04, part, count); // its header is left out again
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        n += part[i].n;
    return str_from(e, e.n - n);
}

#define JOIN(...)                                                                                  \
    joined((const struct str[]){ __VA_ARGS__ },                                                    \
           sizeof((const struct str[]){ __VA_ARGS__ }) / sizeof(struct str))

static struct str big_endian(size_t value, size_t n)
{
    char *p = store.space + store.n;
    for (size_t i = 0; i < n; i++)
        p[i] = (char)(value >> 8 * (n - 1 - i));
    store.n += n;
    return (struct str){ p, n };
}

static struct str zeros(size_t n)
{
    static const char nothing[256];
    return (struct str){ nothing, n };
}

// A facial record of 2005 with that many feature points; 300 x 400.
static struct str record_010(struct str image, size_t points, uint8_t type)
{
    struct str body = JOIN(big_endian(points, 2), zeros(14), zeros(points * 8), BYTES(type, 0),
                           big_endian(300, 2), big_endian(400, 2), zeros(6), image);
    return JOIN(big_endian(body.n + 4, 4), body);
}

// One of 2011, with that many quality blocks.
static struct str record_030(struct str image, size_t points, size_t qualities, bool certified)
{
    struct str body = JOIN(zeros(14), big_endian(qualities, 1), zeros(qualities * 5),
                           certified ? BYTES(1, 0, 0, 0) : zeros(0), big_endian(points, 2),
                           zeros(15), zeros(points * 8), BYTES(1, 0), big_endian(300, 2),
                           big_endian(400, 2), zeros(5), big_endian(image.n, 4), image);
    return JOIN(big_endian(body.n + 4, 4), body);
}

static struct str face_of(const char *version, size_t count, struct str flags, struct str records)
{
    struct str rest = JOIN(big_endian(count, 2), flags, records);
    return JOIN(STR("FAC\0"), (struct str){ version, 4 }, big_endian(rest.n + 12, 4), rest);
}

static struct str template_of(uint32_t tag, struct str data)
{
    const struct str header = BYTES(0xA1, 8, 0x87, 2, 1, 1, 0x88, 2, 0, 8);
    return ELEMENT(0x7F60, header, ELEMENT(tag, data));
}

static struct str file_of(uint8_t count, struct str templates)
{
    return ELEMENT(0x75, ELEMENT(0x7F61, BYTES(0x02, 1, count), templates));
}

static struct str file_with(struct str data)
{
    return file_of(1, template_of(0x5F2E, data));
}

static void read_file(struct str file)
{
    struct lds_error error;
    if (!dg2_read(file, &dg2, &error))
        fail_msg("%s at %zu", lds_fault_name(error.fault), error.at);
    try_exact(try_dg2, file);
    assert_true(dg2_read(file, &dg2, &error));
}

static void is_image(size_t i, struct str bytes, enum dg2_format format)
{
    assert_true(i < dg2.n);
    is_bytes(dg2.image[i].bytes, bytes);
    assert_int_equal(dg2.image[i].format, format);
    assert_int_equal(dg2.image[i].width, 300);
    assert_int_equal(dg2.image[i].height, 400);
}

static void reads_records_of_2005(void **state)
{
    (void)state;
    static const char *const versions[] = { "010", "020" };
    for (size_t i = 0; i < 2; i++) {
        for (size_t points = 0; points < 3; points++) {
            read_file(file_with(face_of(versions[i], 1, zeros(0), record_010(JPEG, points, 1))));
            assert_int_equal(dg2.n, 1);
            is_image(0, JPEG, DG2_JPEG);
        }
    }
    struct str three =
        JOIN(record_010(JP2, 0, 0), record_010(J2K, 1, 1), record_010(STR("GIF89a"), 0, 2));
    struct str file = file_with(face_of("010", 3, zeros(0), three));
    read_file(file);
    assert_int_equal(dg2.n, 3);
    is_image(0, JP2, DG2_JP2);
    is_image(1, J2K, DG2_J2K);
    is_image(2, STR("GIF89a"), DG2_FORMAT_UNKNOWN);
    survives_damage(try_dg2, file, 3);
    assert_string_equal(dg2_format_ending(DG2_JPEG), "jpg");
    assert_string_equal(dg2_format_ending(DG2_JP2), "jp2");
    assert_string_equal(dg2_format_ending(DG2_J2K), "j2k");
    assert_string_equal(dg2_format_ending(DG2_FORMAT_UNKNOWN), "bin");
}

static void reads_records_of_2011(void **state)
{
    (void)state;
    for (size_t points = 0; points < 3; points++) {
        for (size_t qualities = 0; qualities < 3; qualities++) {
            read_file(file_with(
                face_of("030", 1, BYTES(0, 0, 0), record_030(JP2, points, qualities, false))));
            is_image(0, JP2, DG2_JP2);
        }
    }
    struct str file = file_with(face_of("030", 1, BYTES(1, 0, 0), record_030(JPEG, 1, 1, true)));
    read_file(file);
    is_image(0, JPEG, DG2_JPEG);
    survives_damage(try_dg2, file, 3);
}

static void reads_several_templates(void **state)
{
    (void)state;
    struct str one = template_of(0x5F2E, face_of("010", 1, zeros(0), record_010(JPEG, 0, 1)));
    struct str two = template_of(0x7F2E, face_of("010", 1, zeros(0), record_010(J2K, 0, 1)));
    struct str both = JOIN(one, two);
    read_file(file_of(2, both));
    assert_int_equal(dg2.n, 2);
    is_image(0, JPEG, DG2_JPEG);
    is_image(1, J2K, DG2_J2K);
    read_file(file_of(0, zeros(0)));
    assert_int_equal(dg2.n, 0);
    fails(try_dg2, file_of(1, both), LDS_SURPLUS, 3 + 4 + 3 + one.n);
    fails(try_dg2, file_of(3, both), LDS_CUT, 3 + 4 + 3 + both.n);
}

enum { DATA_AT = 2 + 3 + 3 + 3 + 10 + 3 }; // of a file of less than 128 bytes with one template

static void refuses_records_that_lie(void **state)
{
    (void)state;
    struct str good = record_010(JPEG, 0, 1);
    fails(try_dg2,
          file_with(STR("FAC\0"
                        "010\0")),
          LDS_CUT, DATA_AT + 8);
    fails(try_dg2, file_with(face_of("040", 1, zeros(0), good)), LDS_UNSUPPORTED, DATA_AT + 4);
    fails(try_dg2, file_with(JOIN(STR("FACE010\0"), big_endian(14, 4), zeros(2))), LDS_VALUE,
          DATA_AT);
    fails(try_dg2,
          file_with(STR("IIR\0"
                        "010\0")),
          LDS_UNSUPPORTED, DATA_AT);
    fails(try_dg2,
          file_with(JOIN(STR("FAC\0"
                             "010\0"),
                         big_endian(15, 4), zeros(2))),
          LDS_CUT, DATA_AT + 8);
    fails(try_dg2,
          file_with(JOIN(STR("FAC\0"
                             "010\0"),
                         big_endian(13, 4), zeros(2))),
          LDS_SURPLUS, DATA_AT + 8);
    fails(try_dg2,
          file_with(JOIN(STR("FAC\0"
                             "030\0"),
                         big_endian(14, 4), zeros(2))),
          LDS_CUT, DATA_AT + 14);
    fails(try_dg2, file_with(face_of("010", 2, zeros(0), good)), LDS_CUT, DATA_AT + 14 + good.n);
    fails(try_dg2, file_with(face_of("010", 0, zeros(0), good)), LDS_SURPLUS, DATA_AT + 14);
    fails(try_dg2, file_with(face_of("010", 1, zeros(0), big_endian(3, 4))), LDS_CUT, DATA_AT + 14);
    fails(try_dg2, file_with(face_of("010", 1, zeros(0), big_endian(5, 4))), LDS_CUT, DATA_AT + 14);
    fails(try_dg2, file_with(face_of("010", 1, zeros(0), record_010(zeros(0), 0, 1))), LDS_VALUE,
          DATA_AT + 14 + 32);
    fails(try_dg2, file_with(face_of("010", 1, zeros(0), record_010(JPEG, 0, 0x80))),
          LDS_UNSUPPORTED, DATA_AT + 14 + 20);

    // More feature points than there are bytes.
    char lying[128];
    memcpy(lying, good.p, good.n);
    lying[4] = 0x7F;
    fails(try_dg2, file_with(face_of("010", 1, zeros(0), (struct str){ lying, good.n })), LDS_CUT,
          DATA_AT + 14 + 20);
}

static void refuses_lengths_of_pictures_that_lie(void **state)
{
    (void)state;
    struct str good = record_030(JPEG, 0, 0, false);
    size_t length_at = good.n - JPEG.n - 1;
    char lying[128];
    memcpy(lying, good.p, good.n);
    lying[length_at]++;
    fails(try_dg2, file_with(face_of("030", 1, zeros(3), (struct str){ lying, good.n })), LDS_CUT,
          DATA_AT + 17 + length_at - 3);
    lying[length_at] = (char)(JPEG.n - 1);
    fails(try_dg2, file_with(face_of("030", 1, zeros(3), (struct str){ lying, good.n })),
          LDS_SURPLUS, DATA_AT + 17 + good.n - 1);
}

static void refuses_other_templates(void **state)
{
    (void)state;
    struct str data = ELEMENT(0x5F2E, STR("x"));
    const struct str header = BYTES(0xA1, 0);
    fails(try_dg2, file_of(1, ELEMENT(0x7F60, data)), LDS_TAG, 2 + 3 + 3 + 3);
    fails(try_dg2, file_of(1, ELEMENT(0x7F60, header)), LDS_CUT, 2 + 3 + 3 + 3 + 2);
    fails(try_dg2, file_of(1, ELEMENT(0x7F60, header, data, data)), LDS_SURPLUS,
          2 + 3 + 3 + 3 + 2 + 4);
    fails(try_dg2, file_of(1, ELEMENT(0x7F61, header)), LDS_TAG, 2 + 3 + 3);
    fails(try_dg2, BYTES(0x75, 3, 0x7F, 0x61, 0), LDS_CUT, 5);
    fails(try_dg2, BYTES(0x75, 5, 0x7F, 0x61, 0, 0x04, 0), LDS_SURPLUS, 5);
}

static void bounds_the_images(void **state)
{
    (void)state;
    struct str part[DG2_IMAGES_MAX + 1];
    for (size_t i = 0; i < sizeof part / sizeof *part; i++)
        part[i] = record_010(JPEG, 0, 1);
    read_file(file_with(face_of("010", DG2_IMAGES_MAX, zeros(0), joined(part, DG2_IMAGES_MAX))));
    assert_int_equal(dg2.n, DG2_IMAGES_MAX);
    struct lds_error error;
    assert_false(dg2_read(
        file_with(face_of("010", DG2_IMAGES_MAX + 1, zeros(0), joined(part, DG2_IMAGES_MAX + 1))),
        &dg2, &error));
    assert_int_equal(error.fault, LDS_TOO_MANY);
}

// ---- ISO/IEC 39794-5 ----

static struct str block_of(struct str representations)
{
    const struct str version = BYTES(0xA0, 7, 0x80, 1, 3, 0x81, 2, 0x07, 0xE3);
    return ELEMENT(0xA1, ELEMENT(0x65, version, ELEMENT(0xA1, representations)));
}

static struct str representation_of(struct str base)
{
    return ELEMENT(0x30, BYTES(0x80, 1, 0), ELEMENT(0xA1, base));
}

static struct str flat_of(struct str image, struct str size)
{
    return ELEMENT(
        0xA0, ELEMENT(0xA0, ELEMENT(0x80, image), ELEMENT(0xA1, BYTES(0xA0, 3, 0x80, 1, 0), size)));
}

static struct str new_file(struct str block)
{
    return file_of(1, template_of(0x7F2E, block));
}

static void reads_the_new_standard(void **state)
{
    (void)state;
    const struct str size = BYTES(0xA7, 8, 0x80, 2, 0x01, 0x2C, 0x81, 2, 0x01, 0x90);
    struct str file = new_file(block_of(representation_of(flat_of(JPEG, size))));
    read_file(file);
    is_image(0, JPEG, DG2_JPEG);
    assert_int_equal(dg2.image[0].standard, DG2_ISO_39794);
    survives_damage(try_dg2, file, 3);

    read_file(new_file(block_of(
        JOIN(representation_of(flat_of(JP2, size)), representation_of(flat_of(J2K, zeros(0)))))));
    assert_int_equal(dg2.n, 2);
    is_image(0, JP2, DG2_JP2);
    assert_int_equal(dg2.image[1].format, DG2_J2K);
    assert_int_equal(dg2.image[1].width, 0);
}

static bool fault_is(struct str file, enum lds_fault fault)
{
    struct lds_error error;
    try_exact(try_dg2, file);
    return !dg2_read(file, &dg2, &error) && error.fault == fault;
}

static void refuses_what_is_no_picture(void **state)
{
    (void)state;
    struct str flat = flat_of(JPEG, zeros(0));
    assert_true(fault_is(new_file(STR("")), LDS_CUT));
    assert_true(fault_is(new_file(ELEMENT(0xA1, ELEMENT(0x64, STR("")))), LDS_TAG));
    assert_true(fault_is(new_file(ELEMENT(0xA1, ELEMENT(0x65, STR("")))), LDS_CUT));
    assert_true(
        fault_is(new_file(ELEMENT(0xA1, ELEMENT(0x65, BYTES(0xA0, 0), BYTES(0xA2, 0)))), LDS_TAG));
    assert_true(
        fault_is(new_file(JOIN(block_of(representation_of(flat)), STR("\x04\x00"))), LDS_SURPLUS));
    assert_true(fault_is(new_file(block_of(ELEMENT(0x31, flat))), LDS_TAG));
    assert_true(fault_is(new_file(block_of(ELEMENT(0x30, flat))), LDS_TAG));
    assert_true(fault_is(new_file(block_of(ELEMENT(0x30, BYTES(0x80, 1, 0)))), LDS_CUT));
    // An extension; a shape in three dimensions.
    assert_true(fault_is(new_file(block_of(representation_of(BYTES(0xA1, 0)))), LDS_UNSUPPORTED));
    assert_true(
        fault_is(new_file(block_of(representation_of(BYTES(0xA0, 2, 0xA1, 0)))), LDS_UNSUPPORTED));
    assert_true(fault_is(new_file(block_of(representation_of(BYTES(0xA0, 2, 0xA0, 0)))), LDS_CUT));
    assert_true(
        fault_is(new_file(block_of(representation_of(flat_of(zeros(0), zeros(0))))), LDS_VALUE));
    assert_true(fault_is(
        new_file(block_of(representation_of(flat_of(JPEG, BYTES(0xA7, 3, 0x80, 1, 5))))), LDS_CUT));
    assert_true(fault_is(new_file(block_of(representation_of(
                             flat_of(JPEG, BYTES(0xA7, 6, 0x80, 1, 0x80, 0x81, 1, 5))))),
                         LDS_VALUE));
    assert_true(
        fault_is(new_file(block_of(representation_of(flat_of(JPEG, BYTES(0xA8, 5))))), LDS_CUT));
}

// ---- files of others ----

static void reads_a_specimens_face(void **state)
{
    (void)state;
    struct str file = shared_file("bsi2008/Datagroup2.bin");
    read_file(file);
    assert_int_equal(dg2.n, 1);
    assert_int_equal(dg2.image[0].standard, DG2_ISO_19794);
    assert_int_equal(dg2.image[0].format, DG2_JP2);
    assert_int_equal(dg2.image[0].at, 84);
    assert_int_equal(dg2.image[0].bytes.n, file.n - 84);
    assert_int_equal(dg2.image[0].width, 0x151);
    assert_int_equal(dg2.image[0].height, 0x1C1);
    free((void *)file.p);
}

static void reads_the_mandatory_fields_of_the_new_standard(void **state)
{
    (void)state;
    struct str file = shared_file("dg2/dg2_silver_mandatory_fields.bin");
    read_file(file);
    assert_int_equal(dg2.n, 1);
    assert_int_equal(dg2.image[0].standard, DG2_ISO_39794);
    assert_int_equal(dg2.image[0].format, DG2_JP2);
    assert_int_equal(dg2.image[0].at, 76);
    assert_int_equal(dg2.image[0].bytes.n, 15000);
    assert_int_equal(dg2.image[0].width, 0);
    free((void *)file.p);
}

#define TEST(name) cmocka_unit_test_setup(name, empty_store)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reads_records_of_2005),
        TEST(reads_records_of_2011),
        TEST(reads_several_templates),
        TEST(refuses_records_that_lie),
        TEST(refuses_lengths_of_pictures_that_lie),
        TEST(refuses_other_templates),
        TEST(bounds_the_images),
        TEST(reads_the_new_standard),
        TEST(refuses_what_is_no_picture),
        TEST(reads_a_specimens_face),
        TEST(reads_the_mandatory_fields_of_the_new_standard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
