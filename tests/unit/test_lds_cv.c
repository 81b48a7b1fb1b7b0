// SPDX-License-Identifier: MIT
// Card verifiable certificates: those of BSI's worked examples field by field, and damaged ones.
#include "lds/cv_certificate.h"

#include "chip_script.h"
#include "ta_examples.h"

#include <stdlib.h>

static struct bytes file_of(const char *text)
{
    return hex(text);
}

static void expect_text(struct str s, const char *text)
{
    assert_int_equal(s.n, strlen(text));
    assert_memory_equal(s.p, text, s.n);
}

struct row {
    const char *file, *authority, *holder;
    enum cv_role role;
    bool is_inspection;
    uint8_t rights;
    struct date effective, expiry;
    size_t point, prime, modulus; // bytes
};

// As cvc-print (openpace) shows them.
static const struct row rows[] = {
    { bsi_ec_cvca,
      "DECVCAAT00001",
      "DECVCAAT00001",
      CV_CVCA,
      true,
      3,
      { 2010, 9, 30 },
      { 2011, 9, 25 },
      129,
      64,
      0 },
    { bsi_ec_dv,
      "DECVCAAT00001",
      "DETESTDVDE019",
      CV_DV_DOMESTIC,
      false,
      0,
      { 2010, 9, 30 },
      { 2010, 10, 30 },
      129,
      0,
      0 },
    { bsi_ec_terminal,
      "DETESTDVDE019",
      "DETESTATDE019",
      CV_TERMINAL,
      false,
      0,
      { 2010, 9, 30 },
      { 2010, 10, 30 },
      129,
      0,
      0 },
    { bsi_dh_cvca,
      "DETESTCVCA00003",
      "DETESTCVCA00003",
      CV_CVCA,
      true,
      3,
      { 2010, 3, 24 },
      { 2011, 3, 19 },
      0,
      0,
      128 },
    { bsi_dh_dv,
      "DETESTCVCA00003",
      "DETESTDVDE019",
      CV_DV_DOMESTIC,
      false,
      0,
      { 2010, 3, 24 },
      { 2010, 4, 24 },
      0,
      0,
      128 },
    { bsi_dh_terminal,
      "DETESTDVDE019",
      "DETESTATDE019",
      CV_TERMINAL,
      false,
      0,
      { 2010, 3, 24 },
      { 2010, 4, 24 },
      0,
      0,
      128 },
};

static void worked_examples(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        struct bytes file = file_of(row->file);
        struct cv_certificate c;
        struct lds_error error;

        assert_true(cv_certificate_read(bytes_str(&file), &c, &error));
        expect_text(c.authority, row->authority);
        expect_text(c.holder, row->holder);
        assert_int_equal(c.role, row->role);
        assert_int_equal(c.is_inspection, row->is_inspection);
        assert_int_equal(c.rights, row->rights);
        assert_true(date_eq(c.effective, row->effective) && date_eq(c.expiry, row->expiry));
        assert_int_equal(c.key.point.n, row->point);
        assert_int_equal(c.key.prime.n, row->prime);
        assert_int_equal(c.key.modulus.n, row->modulus);
        assert_int_equal(c.key.exponent.n, row->modulus > 0 ? 3 : 0);
        assert_int_equal(c.signature.n, 128);
        // Body and signature are all that there is.
        assert_ptr_equal(c.content.p, c.body.p);
        assert_ptr_equal(c.content.p + c.content.n, file.p + file.n);
        assert_ptr_equal(c.signature.p + c.signature.n, file.p + file.n);
        bytes_free(&file);
    }
}

// Each in a block of its own, so that a byte too far is noticed.
static bool try_exact(struct str s)
{
    struct cv_certificate c;
    struct lds_error error;
    char *copy = malloc(s.n > 0 ? s.n : 1);

    assert_non_null(copy);
    if (s.n > 0)
        memcpy(copy, s.p, s.n);
    bool ok = cv_certificate_read((struct str){ copy, s.n }, &c, &error);
    assert_true(ok == (error.fault == LDS_FINE));
    assert_true(error.at <= s.n);
    free(copy);
    return ok;
}

static void cut_and_continued(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bytes file = file_of(rows[i].file);
        for (size_t n = 0; n < file.n; n++)
            assert_false(try_exact((struct str){ file.p, n }));
        assert_true(try_exact(bytes_str(&file)));
        bytes_put_char(&file, 0);
        assert_false(try_exact(bytes_str(&file)));
        bytes_free(&file);
    }
}

static void any_byte_altered(void **state)
{
    (void)state;
    struct bytes file = file_of(bsi_ec_dv);
    size_t refused = 0;

    for (size_t i = 0; i < file.n; i++)
        for (int value = 0; value < 256; value++) {
            char was = file.p[i];
            file.p[i] = (char)value;
            refused += !try_exact(bytes_str(&file));
            file.p[i] = was;
        }
    assert_true(refused > 1000);
    bytes_free(&file);
}

static bool altered(size_t at, const char *to)
{
    struct bytes file = file_of(bsi_ec_dv), bytes = hex(to);

    memcpy(file.p + at, bytes.p, bytes.n);
    bool ok = try_exact(bytes_str(&file));
    bytes_free(&file);
    bytes_free(&bytes);
    return ok;
}

static size_t place_of(const char *what)
{
    struct bytes file = file_of(bsi_ec_dv), bytes = hex(what);
    const char *at = memmem(file.p, file.n, bytes.p, bytes.n);

    assert_non_null(at);
    size_t place = (size_t)(at - file.p) + bytes.n;
    bytes_free(&file);
    bytes_free(&bytes);
    return place;
}

static void values_that_cannot_be(void **state)
{
    (void)state;
    size_t date = place_of("5F2506"), name = place_of("5F200D"), profile = place_of("5F2901");

    assert_true(altered(date, "010000090300"));
    assert_false(altered(date, "01000009030A")); // no digit
    assert_false(altered(date, "010001030001")); // month 13
    assert_false(altered(date, "010000020300")); // 30 February
    assert_false(altered(date, "010000000001")); // month 0
    assert_true(altered(name, "41E9"));
    assert_false(altered(name, "411B")); // escape
    assert_false(altered(name, "4100"));
    assert_false(altered(name, "419B")); // the other escape
    assert_false(altered(profile, "01"));
}

static bool read_points(const char *text, struct cv_trust_points *out)
{
    static struct bytes file;
    struct lds_error error;

    bytes_free(&file);
    file = hex(text);
    bool ok = cv_trust_points_read(bytes_str(&file), out, &error);
    assert_true(ok == (error.fault == LDS_FINE));
    return ok;
}

static void trust_points(void **state)
{
    (void)state;
    struct cv_trust_points points;

    assert_true(read_points("420B 564E4356434130303030 31 0000", &points));
    assert_int_equal(points.n, 1);
    expect_text(points.name[0], "VNCVCA00001");
    assert_true(read_points("4202 4142 4203 434445 000000000000", &points));
    assert_int_equal(points.n, 2);
    expect_text(points.name[1], "CDE");
    assert_true(read_points("4202 4142", &points));
    assert_false(read_points("", &points));
    assert_false(read_points("0000000000", &points));
    assert_false(read_points("4200 0000", &points));
    assert_false(read_points("4211 4141414141414141414141414141414141", &points));
    assert_false(read_points("4210 41414141", &points));
    assert_false(read_points("4202 4142 0000 4202 4344", &points));
    assert_false(read_points("4202 4142 4202 4344 4202 4546", &points));
    read_points("4202 4142", &points);
}

static void references_in_utf8(void **state)
{
    (void)state;
    struct bytes out = { 0 };

    cv_put_reference(&out, STR("D\xC9"
                               "A\xFF"));
    expect_text(bytes_str(&out), "DÉAÿ");
    bytes_free(&out);
}

static int free_points(void **state)
{
    struct cv_trust_points points;
    (void)state;
    read_points("", &points);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worked_examples),
        cmocka_unit_test(cut_and_continued),
        cmocka_unit_test(any_byte_altered),
        cmocka_unit_test(values_that_cannot_be),
        cmocka_unit_test_teardown(trust_points, free_points),
        cmocka_unit_test(references_in_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
