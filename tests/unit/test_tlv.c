// SPDX-License-Identifier: MIT
#include "tlv/tlv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define BYTES(...)                                                                                 \
    ((struct str){ (const char *)(const uint8_t[]){ __VA_ARGS__ },                                 \
                   sizeof((const uint8_t[]){ __VA_ARGS__ }) })

static void is_bytes(struct str s, struct str expected)
{
    assert_int_equal(s.n, expected.n);
    assert_memory_equal(s.p, expected.p, s.n);
}

// EF.COM of ICAO Doc 9303-10, 4.6.1, with the data groups 1, 2, 4 and 12.
#define COM                                                                                        \
    BYTES(0x60, 0x16, 0x5F, 0x01, 0x04, '0', '1', '0', '7', 0x5F, 0x36, 0x06, '0', '4', '0', '0',  \
          '0', '0', 0x5C, 0x04, 0x61, 0x75, 0x76, 0x6C)

static void goes_through_a_file(void **state)
{
    (void)state;
    struct tlv_reader file = tlv_reader_of(COM);
    struct tlv e;
    assert_int_equal(tlv_peek(&file), 0x60);
    assert_true(tlv_next(&file, &e));
    assert_int_equal(e.tag, 0x60);
    assert_int_equal(e.at, 0);
    is_bytes(e.whole, COM);
    assert_int_equal(e.value.n, 0x16);
    assert_int_equal(tlv_peek(&file), 0);
    assert_true(tlv_end(&file));

    struct tlv_reader r = tlv_inside(&e);
    assert_int_equal(tlv_peek(&r), 0x5F01);
    assert_false(tlv_take(&r, 0x5C, &e));
    assert_true(tlv_take(&r, 0x5F01, &e));
    is_bytes(e.value, STR("0107"));
    assert_int_equal(e.at, 2);
    assert_true(tlv_expect(&r, 0x5F36, &e));
    is_bytes(e.value, STR("040000"));
    assert_int_equal(e.at, 9);
    assert_false(tlv_end(&r));
    assert_int_equal(r.fault, TLV_SURPLUS);
    assert_int_equal(r.fault_at, 18);
    assert_false(tlv_next(&r, &e));
}

static void finds_on_one_level(void **state)
{
    (void)state;
    struct tlv com, e;
    assert_true(tlv_find(COM, 0x60, &com));
    assert_false(tlv_find(COM, 0x5C, &e));
    assert_true(tlv_find(com.value, 0x5C, &e));
    is_bytes(e.value, BYTES(0x61, 0x75, 0x76, 0x6C));
    assert_false(tlv_find(com.value, 0x5F02, &e));
}

// Header bytes, and what they are: ISO/IEC 8825-1, 8.1.2 and 8.1.3; ISO/IEC 7816-4, 5.2.2.
struct header_row {
    struct str bytes;
    enum tlv_fault fault;
    size_t at; // of the fault, or how long the element is
    uint32_t tag;
};

static void reads_headers(void **state)
{
    (void)state;
    const struct header_row rows[] = {
        { BYTES(0x04, 0x00), TLV_FINE, 2, 0x04 },
        { BYTES(0x04, 0x7F), TLV_FINE, 129, 0x04 },
        { BYTES(0x04, 0x81, 0x80), TLV_FINE, 131, 0x04 },
        { BYTES(0x04, 0x81, 0x05), TLV_FINE, 8, 0x04 },
        { BYTES(0x04, 0x82, 0x01, 0x00), TLV_FINE, 260, 0x04 },
        { BYTES(0x7F, 0x61, 0x83, 0x01, 0x00, 0x00), TLV_FINE, 65542, 0x7F61 },
        { BYTES(0x5F, 0x1F, 0x84, 0x00, 0x00, 0x00, 0x01), TLV_FINE, 8, 0x5F1F },
        { BYTES(0x04, 0x84, 0xFF, 0xFF, 0xFF, 0xFF), TLV_FINE, 0x100000005, 0x04 },
        { BYTES(0x7F, 0x81, 0x01, 0x00), TLV_FINE, 4, 0x7F8101 },
        { BYTES(0x7F, 0x81, 0x81, 0x01, 0x00), TLV_FINE, 5, 0x7F818101 },
        { BYTES(0xFF, 0x01, 0x00), TLV_FINE, 3, 0xFF01 },
        { BYTES(0x7F, 0x81, 0x81, 0x81, 0x01, 0x00), TLV_TAG, 0, 0 },
        { BYTES(0x7F, 0x80, 0x01, 0x00), TLV_TAG, 0, 0 },
        { BYTES(0x00, 0x00), TLV_TAG, 0, 0 },
        { BYTES(0x30, 0x80), TLV_INDEFINITE, 1, 0x30 },
        { BYTES(0x7F, 0x61, 0x85, 0, 0, 0, 0, 1), TLV_LENGTH, 2, 0x7F61 },
        { BYTES(0x04, 0xFF), TLV_LENGTH, 1, 0x04 },
        { BYTES(0x04), TLV_CUT, 1, 0x04 },
        { BYTES(0x7F), TLV_CUT, 0, 0 },
        { BYTES(0x7F, 0x81), TLV_CUT, 0, 0 },
        { BYTES(0x7F, 0x61), TLV_CUT, 2, 0x7F61 },
        { BYTES(0x04, 0x82, 0x01), TLV_CUT, 1, 0x04 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tlv_reader r = tlv_reader_of(rows[i].bytes);
        struct tlv e;
        size_t total = 0;
        bool known = tlv_total(rows[i].bytes, &total);
        assert_int_equal(tlv_peek(&r), rows[i].tag);
        assert_int_equal(known, rows[i].fault == TLV_FINE);
        if (known) {
            assert_int_equal(total, rows[i].at);
            assert_int_equal(tlv_next(&r, &e), total == rows[i].bytes.n);
            assert_int_equal(r.fault, total == rows[i].bytes.n ? TLV_FINE : TLV_CUT);
        } else {
            assert_false(tlv_next(&r, &e));
            assert_int_equal(r.fault, rows[i].fault);
            assert_int_equal(r.fault_at, rows[i].at);
            assert_false(tlv_end(&r));
        }
    }
}

static void stands_still_after_a_fault(void **state)
{
    (void)state;
    struct tlv_reader r = tlv_reader_of(BYTES(0x02, 0x01, 0x05, 0x04, 0x01, 0x06));
    struct tlv e;
    assert_true(tlv_next(&r, &e));
    assert_false(tlv_expect(&r, 0x30, &e));
    assert_int_equal(r.fault, TLV_UNEXPECTED);
    assert_int_equal(r.fault_at, 3);
    assert_int_equal(tlv_peek(&r), 0);
    assert_false(tlv_take(&r, 0x04, &e));
    assert_false(tlv_expect(&r, 0x04, &e));
    assert_int_equal(r.fault, TLV_UNEXPECTED);
    assert_false(tlv_end(&r));
    assert_int_equal(r.fault, TLV_UNEXPECTED);
}

static void misses_what_has_to_be(void **state)
{
    (void)state;
    struct tlv_reader r = tlv_reader_of((struct str){ NULL, 0 });
    struct tlv e;
    size_t total;
    assert_false(tlv_next(&r, &e));
    assert_true(tlv_end(&r));
    assert_false(tlv_expect(&r, 0x30, &e));
    assert_int_equal(r.fault, TLV_CUT);
    assert_int_equal(r.fault_at, 0);
    assert_false(tlv_total((struct str){ NULL, 0 }, &total));
    assert_false(tlv_find((struct str){ NULL, 0 }, 0x30, &e));
}

// Walks through everything constructed; false at the first fault.
static bool walk(struct tlv_reader *r, size_t *elements, size_t *fault_at)
{
    struct tlv e;
    while (tlv_next(r, &e)) {
        uint32_t first = e.tag;
        while (first > 0xFF)
            first >>= 8;
        (*elements)++;
        struct tlv_reader inside = tlv_inside(&e);
        if ((first & 0x20) != 0 && !walk(&inside, elements, fault_at))
            return false;
    }
    *fault_at = r->fault_at;
    return r->fault == TLV_FINE;
}

#define NESTED                                                                                     \
    BYTES(0x75, 0x1A, 0x7F, 0x61, 0x17, 0x02, 0x01, 0x01, 0x7F, 0x60, 0x81, 0x10, 0xA1, 0x08,      \
          0x87, 0x02, 0x01, 0x01, 0x88, 0x02, 0x00, 0x08, 0x5F, 0x2E, 0x82, 0x00, 0x01, 0xFF)

static void finds_every_cut(void **state)
{
    (void)state;
    struct str whole = NESTED;
    size_t elements = 0, at = 0;
    struct tlv_reader r = tlv_reader_of(whole);
    assert_true(walk(&r, &elements, &at));
    assert_int_equal(elements, 8);

    for (size_t n = 1; n < whole.n; n++) {
        char *copy = malloc(n); // of exactly that size: a sanitizer sees what is read beyond
        memcpy(copy, whole.p, n);
        r = tlv_reader_of((struct str){ copy, n });
        assert_false(walk(&r, &elements, &at));
        assert_int_equal(r.fault, TLV_CUT);
        free(copy);
    }
}

// A length inside that is one too large or too small is a fault with its offset in the file.
static void finds_lengths_that_lie(void **state)
{
    (void)state;
    static const struct {
        size_t byte, at;
    } rows[] = { { 1, 0 }, { 4, 2 }, { 11, 8 }, { 26, 22 } };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char copy[32];
        size_t elements = 0, at = 0;
        struct str whole = NESTED;
        memcpy(copy, whole.p, whole.n);
        copy[rows[i].byte]++;
        struct tlv_reader r = tlv_reader_of((struct str){ copy, whole.n });
        assert_false(walk(&r, &elements, &at));
        assert_int_equal(at, rows[i].at);
    }
}

static void survives_every_corruption(void **state)
{
    (void)state;
    struct str whole = NESTED;
    char copy[32];
    size_t unchanged = 0;
    for (size_t i = 0; i < whole.n; i++) {
        for (unsigned value = 0; value < 256; value++) {
            size_t elements = 0, at = 0;
            memcpy(copy, whole.p, whole.n);
            copy[i] = (char)value;
            struct tlv_reader r = tlv_reader_of((struct str){ copy, whole.n });
            unchanged += walk(&r, &elements, &at);
            assert_true(at <= whole.n);
            assert_true(elements <= whole.n);
        }
    }
    assert_true(unchanged > 0 && unchanged < whole.n * 256);
}

static void writes_what_it_reads(void **state)
{
    (void)state;
    static const uint32_t tags[] = { 0x04, 0x5F1F, 0x7F61, 0x7F8101, 0x7F818101 };
    static const size_t lengths[] = { 0, 1, 127, 128, 255, 256, 65535, 65536 };
    for (size_t t = 0; t < sizeof tags / sizeof *tags; t++) {
        for (size_t l = 0; l < sizeof lengths / sizeof *lengths; l++) {
            struct bytes out = { 0 };
            char *value = calloc(lengths[l] + 1, 1);
            struct tlv e;
            tlv_put(&out, tags[t], (struct str){ value, lengths[l] });
            struct tlv_reader r = tlv_reader_of(bytes_str(&out));
            assert_true(tlv_expect(&r, tags[t], &e));
            assert_int_equal(e.value.n, lengths[l]);
            assert_true(tlv_end(&r));
            free(value);
            bytes_free(&out);
        }
    }
}

static void writes_shortest_lengths(void **state)
{
    (void)state;
    struct bytes out = { 0 };
    tlv_put_header(&out, 0x7F49, 0x7F);
    tlv_put_header(&out, 0x30, 0x80);
    tlv_put_header(&out, 0x30, 0x100);
    tlv_put_header(&out, 0x30, 0x10000);
    tlv_put_header(&out, 0x30, 0x1000000);
    is_bytes(bytes_str(&out),
             BYTES(0x7F, 0x49, 0x7F, 0x30, 0x81, 0x80, 0x30, 0x82, 0x01, 0x00, 0x30, 0x83, 0x01,
                   0x00, 0x00, 0x30, 0x84, 0x01, 0x00, 0x00, 0x00));
    assert_false(out.failed);
    tlv_put_header(&out, 0x30, (size_t)UINT32_MAX + 1);
    assert_true(out.failed);
    bytes_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(goes_through_a_file),    cmocka_unit_test(finds_on_one_level),
        cmocka_unit_test(reads_headers),          cmocka_unit_test(stands_still_after_a_fault),
        cmocka_unit_test(misses_what_has_to_be),  cmocka_unit_test(finds_every_cut),
        cmocka_unit_test(finds_lengths_that_lie), cmocka_unit_test(survives_every_corruption),
        cmocka_unit_test(writes_what_it_reads),   cmocka_unit_test(writes_shortest_lengths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
