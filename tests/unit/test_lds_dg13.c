// SPDX-License-Identifier: MIT
// DG13 of Vietnam's cards, put together by hand: all people are invented.
#include "lds/dg13.h"

#include "lds_files.h"

enum { ENTRIES_AT = 17 }; // in a file of less than 128 bytes

static struct dg13 dg13;

static bool inside(struct str part, struct str file)
{
    return part.n == 0 || (part.p >= file.p && part.p + part.n <= file.p + file.n);
}

static bool try_dg13(struct str file, struct lds_error *error)
{
    bool ok = dg13_read(file, &dg13, error);
    for (size_t i = 0; i < DG13_NUMBERS; i++) {
        const struct dg13_field *f = &dg13.field[i];
        assert_true(inside(f->text, file) && inside(f->whole, file) && f->at <= file.n);
        for (size_t k = 0; k < f->listed; k++)
            assert_true(inside(f->list[k], file));
    }
    return ok;
}

static struct str file_of(struct str version, const struct str entry[], size_t count)
{
    // 1.0.10646.1.0.8
    const struct str oid = BYTES(0x06, 6, 0x28, 0xD3, 0x16, 0x01, 0x00, 0x08);
    return ELEMENT(0x6D, ELEMENT(0x30, version, oid, element_of(0x31, entry, count)));
}

#define VERSION_1 BYTES(0x02, 1, 1)
#define FILE_OF(...)                                                                               \
    file_of(VERSION_1, (const struct str[]){ __VA_ARGS__ },                                        \
            sizeof((const struct str[]){ __VA_ARGS__ }) / sizeof(struct str))
#define ENTRY(number, ...) ELEMENT(0x30, BYTES(0x02, 1, number), __VA_ARGS__)
#define UTF8(text)         ELEMENT(0x0C, STR(text))
#define PRINTABLE(text)    ELEMENT(0x13, STR(text))
#define NO_VALUE(number)   BYTES(0x30, 3, 0x02, 1, number)

static void read_file(struct str file)
{
    struct lds_error error;
    if (!dg13_read(file, &dg13, &error))
        fail_msg("%s at %zu", lds_fault_name(error.fault), error.at);
}

static void is_field(enum dg13_number number, const char *text)
{
    assert_int_equal(dg13.field[number].state, DG13_TEXT);
    is_text(dg13.field[number].text, text);
}

#define LONG_PLACE                                                                                                        \
    "Số nhà 12, ngách 34, ngõ 56, đường Trần Hưng Đạo, tổ dân phố số 7, phường Phan Chu Trinh, " \
    "quận Hoàn Kiếm, thành phố Hà Nội"

static struct str whole_card(struct str parents, struct str spouse)
{
    return FILE_OF(
        ENTRY(1, PRINTABLE("001090000001")), ENTRY(2, UTF8("Nguyễn Văn A")),
        ENTRY(3, PRINTABLE("01/01/1990")), ENTRY(4, UTF8("Nam")), ENTRY(5, UTF8("Việt Nam")),
        ENTRY(6, UTF8("Kinh")), ENTRY(7, UTF8("Không")), ENTRY(8, UTF8("Hoàn Kiếm, Hà Nội")),
        ENTRY(9, UTF8(LONG_PLACE)), ENTRY(10, UTF8("Nốt ruồi cách 1 cm dưới mắt trái")),
        ENTRY(11, PRINTABLE("01/07/2024")), ENTRY(12, UTF8("Không thời hạn")), parents, spouse,
        ENTRY(15, PRINTABLE("010000001")), ENTRY(16, PRINTABLE("0123456789ABCDEF")));
}

static void reads_a_whole_card(void **state)
{
    (void)state;
    struct str parents = ENTRY(13, ELEMENT(0x30, UTF8("Nguyễn Văn B"), UTF8("Trần Thị C")));
    struct str file = whole_card(parents, NO_VALUE(14));
    assert_true(file.n > 255); // lengths in two bytes
    read_file(file);
    is_field(DG13_ID, "001090000001");
    is_field(DG13_NAME, "Nguyễn Văn A");
    is_field(DG13_BIRTH, "01/01/1990");
    is_field(DG13_SEX, "Nam");
    is_field(DG13_NATIONALITY, "Việt Nam");
    is_field(DG13_ETHNICITY, "Kinh");
    is_field(DG13_RELIGION, "Không");
    is_field(DG13_ORIGIN, "Hoàn Kiếm, Hà Nội");
    is_field(DG13_RESIDENCE, LONG_PLACE);
    is_field(DG13_IDENTIFYING_MARKS, "Nốt ruồi cách 1 cm dưới mắt trái");
    is_field(DG13_ISSUED, "01/07/2024");
    is_field(DG13_EXPIRY, "Không thời hạn");
    is_field(DG13_OLD_NUMBER, "010000001");
    is_field(DG13_CARD, "0123456789ABCDEF");
    assert_int_equal(dg13.field[DG13_PARENTS].state, DG13_LIST);
    assert_int_equal(dg13.field[DG13_PARENTS].listed, 2);
    is_text(dg13.field[DG13_PARENTS].list[0], "Nguyễn Văn B");
    is_text(dg13.field[DG13_PARENTS].list[1], "Trần Thị C");
    assert_int_equal(dg13.field[DG13_SPOUSE].state, DG13_EMPTY);
    assert_int_equal(dg13.unknown_count, 0);
    is_bytes(dg13.text_oid, STR("\x28\xD3\x16\x01\x00\x08"));
    is_bytes(dg13.field[DG13_PARENTS].whole, parents);
    is_bytes((struct str){ file.p + dg13.field[DG13_PARENTS].at, parents.n }, parents);
    survives_damage(try_dg13, file, 1);
}

// All shapes that hold the two names of 13.
static void reads_parents_in_every_shape(void **state)
{
    (void)state;
    struct str father = UTF8("Nguyễn Văn B"), mother = UTF8("Trần Thị C");
    const struct str shapes[] = {
        ENTRY(13, ELEMENT(0x30, father, mother)),
        ENTRY(13, ELEMENT(0x30, father), ELEMENT(0x30, mother)),
        ENTRY(13, ELEMENT(0x30, ELEMENT(0x30, father), ELEMENT(0x30, mother))),
        ENTRY(13, ELEMENT(0x31, father, mother)),
        ENTRY(13, father, mother),
    };
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        read_file(FILE_OF(shapes[i]));
        const struct dg13_field *f = &dg13.field[DG13_PARENTS];
        assert_int_equal(f->state, DG13_LIST);
        assert_int_equal(f->listed, 2);
        is_text(f->list[0], "Nguyễn Văn B");
        is_text(f->list[1], "Trần Thị C");
        survives_damage(try_dg13, FILE_OF(shapes[i], ENTRY(14, ELEMENT(0x30, mother))), 7);
    }
}

// Which of the two is missing must be seen.
static void keeps_the_place_of_a_missing_parent(void **state)
{
    (void)state;
    struct str mother = UTF8("Trần Thị C");
    const struct str shapes[] = {
        ENTRY(13, ELEMENT(0x30, UTF8(""), mother)),
        ENTRY(13, BYTES(0x30, 0), ELEMENT(0x30, mother)),
    };
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        read_file(FILE_OF(shapes[i]));
        const struct dg13_field *f = &dg13.field[DG13_PARENTS];
        assert_int_equal(f->state, DG13_LIST);
        assert_int_equal(f->listed, 2);
        is_text(f->list[0], "");
        is_text(f->list[1], "Trần Thị C");
    }
    const struct str empty[] = {
        NO_VALUE(13),
        ENTRY(13, BYTES(0x30, 0)),
        ENTRY(13, BYTES(0x30, 0), BYTES(0x30, 0)),
        ENTRY(13, ELEMENT(0x30, UTF8(""), UTF8(""))),
        ENTRY(13, UTF8("")),
    };
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
        read_file(FILE_OF(empty[i]));
        assert_int_equal(dg13.field[DG13_PARENTS].state, DG13_EMPTY);
        assert_int_equal(dg13.field[DG13_PARENTS].listed, 0);
    }
}

static void reads_missing_values(void **state)
{
    (void)state;
    read_file(
        FILE_OF(NO_VALUE(2), ENTRY(7, UTF8("")), ENTRY(8, BYTES(0x30, 0)), ENTRY(9, UTF8("x"))));
    assert_int_equal(dg13.field[DG13_ID].state, DG13_ABSENT);
    assert_int_equal(dg13.field[DG13_NAME].state, DG13_EMPTY);
    assert_int_equal(dg13.field[DG13_RELIGION].state, DG13_EMPTY);
    assert_int_equal(dg13.field[DG13_ORIGIN].state, DG13_EMPTY);
    is_field(DG13_RESIDENCE, "x");
    assert_true(try_exact(try_dg13, file_of(VERSION_1, NULL, 0)));
}

// A value that is no text costs only its own field.
static void keeps_other_values(void **state)
{
    (void)state;
    const struct str name = ENTRY(2, BYTES(0x0C, 2, 0xC3, 0x28)); // no UTF-8
    const struct str sex = ENTRY(4, UTF8("Nam"), UTF8("Nữ"));     // two
    const struct str birth = ENTRY(3, BYTES(0x02, 1, 5));         // a number
    const struct str people = ENTRY(13, BYTES(0x0C, 1, 0xFF));    // no UTF-8
    const struct str spouse = ENTRY(14, ELEMENT(0x30, BYTES(0x02, 1, 5), UTF8("x")));
    read_file(FILE_OF(name, sex, birth, people, spouse, ENTRY(5, UTF8("Việt Nam"))));
    static const enum dg13_number others[] = { DG13_NAME, DG13_SEX, DG13_BIRTH, DG13_PARENTS,
                                               DG13_SPOUSE };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_int_equal(dg13.field[others[i]].state, DG13_OTHER);
        assert_int_equal(dg13.field[others[i]].text.n, 0);
        assert_int_equal(dg13.field[others[i]].listed, 0);
    }
    is_bytes(dg13.field[DG13_SEX].whole, sex);
    is_field(DG13_NATIONALITY, "Việt Nam");
}

static void keeps_unknown_numbers(void **state)
{
    (void)state;
    struct str blood = ENTRY(17, UTF8("O")), zero = ENTRY(0, UTF8("?"));
    struct str high = ELEMENT(0x30, BYTES(0x02, 2, 0x01, 0x00), BYTES(0x01, 1, 0xFF));
    struct str file = FILE_OF(ENTRY(1, PRINTABLE("001090000001")), blood, zero, high);
    read_file(file);
    assert_int_equal(dg13.unknown_count, 3);
    assert_int_equal(dg13.unknown[0].number, 17);
    is_bytes(dg13.unknown[0].whole, blood);
    is_bytes((struct str){ file.p + dg13.unknown[0].at, blood.n }, blood);
    assert_int_equal(dg13.unknown[1].number, 0);
    assert_int_equal(dg13.unknown[2].number, 256);
    is_bytes(dg13.unknown[2].whole, high);
    survives_damage(try_dg13, file, 3);
}

static void refuses_what_contradicts_itself(void **state)
{
    (void)state;
    struct str a = ENTRY(1, PRINTABLE("A")), unknown = ENTRY(17, UTF8("O"));
    fails(try_dg13, FILE_OF(a, a), LDS_VALUE, ENTRIES_AT + a.n);
    fails(try_dg13, FILE_OF(NO_VALUE(2), NO_VALUE(2)), LDS_VALUE, ENTRIES_AT + 5);
    fails(try_dg13, FILE_OF(unknown, unknown), LDS_VALUE, ENTRIES_AT + unknown.n);
    fails(try_dg13, file_of(BYTES(0x02, 1, 2), &a, 1), LDS_UNSUPPORTED, 4);
    fails(try_dg13, file_of(BYTES(0x04, 1, 1), &a, 1), LDS_TAG, 4);
    fails(try_dg13, FILE_OF(BYTES(0x31, 0)), LDS_TAG, ENTRIES_AT);
    fails(try_dg13, FILE_OF(BYTES(0x30, 0)), LDS_CUT, ENTRIES_AT + 2);
    fails(try_dg13, FILE_OF(BYTES(0x30, 3, 0x02, 1, 0x80)), LDS_VALUE, ENTRIES_AT + 2);
    fails(try_dg13, FILE_OF(BYTES(0x30, 6, 0x02, 1, 2, 0x0C, 9, 'x')), LDS_CUT, ENTRIES_AT + 5);
    fails(try_dg13, FILE_OF(BYTES(0x30, 6, 0x02, 1, 13, 0x0C, 9, 'x')), LDS_CUT, ENTRIES_AT + 5);
    fails(try_dg13, FILE_OF(BYTES(0x30, 7, 0x02, 1, 13, 0x30, 2, 0x0C, 9)), LDS_CUT,
          ENTRIES_AT + 7);
    fails(try_dg13, BYTES(0x6D, 2, 0x31, 0), LDS_TAG, 2);
    fails(try_dg13, BYTES(0x6D, 5, 0x30, 3, 2, 1, 1), LDS_CUT, 7);
    fails(try_dg13, BYTES(0x6D, 2, 0x30, 0, 0), LDS_SURPLUS, 4);
}

static void bounds_lists_and_depth(void **state)
{
    (void)state;
    struct str one = UTF8("x"), many[DG13_LIST_MAX + 1];
    for (size_t i = 0; i < sizeof many / sizeof *many; i++)
        many[i] = one;
    read_file(FILE_OF(ENTRY(14, element_of(0x30, many, DG13_LIST_MAX))));
    assert_int_equal(dg13.field[DG13_SPOUSE].listed, DG13_LIST_MAX);
    fails(try_dg13, FILE_OF(ENTRY(14, element_of(0x30, many, DG13_LIST_MAX + 1))), LDS_TOO_MANY,
          ENTRIES_AT + 7 + DG13_LIST_MAX * 3);

    struct str deep = one;
    for (int i = 0; i < 4; i++)
        deep = ELEMENT(0x30, deep);
    read_file(FILE_OF(ENTRY(13, deep)));
    is_text(dg13.field[DG13_PARENTS].list[0], "x");
    fails(try_dg13, FILE_OF(ENTRY(13, ELEMENT(0x30, deep))), LDS_TOO_MANY, ENTRIES_AT + 5 + 8);

    struct str unknown[DG13_UNKNOWN_MAX + 1];
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
        unknown[i] = ENTRY((uint8_t)(20 + i), one);
    read_file(file_of(VERSION_1, unknown, DG13_UNKNOWN_MAX));
    assert_int_equal(dg13.unknown_count, DG13_UNKNOWN_MAX);
    struct lds_error error;
    assert_false(dg13_read(file_of(VERSION_1, unknown, DG13_UNKNOWN_MAX + 1), &dg13, &error));
    assert_int_equal(error.fault, LDS_TOO_MANY);
}

#define TEST(name) cmocka_unit_test_setup(name, empty_store)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reads_a_whole_card),
        TEST(reads_parents_in_every_shape),
        TEST(keeps_the_place_of_a_missing_parent),
        TEST(reads_missing_values),
        TEST(keeps_other_values),
        TEST(keeps_unknown_numbers),
        TEST(refuses_what_contradicts_itself),
        TEST(bounds_lists_and_depth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
