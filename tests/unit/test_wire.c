// SPDX-License-Identifier: MIT
// JSON and tables, written and read.
#include "wire/csv.h"
#include "wire/json.h"
#include "wire/object.h"
#include "wire/pen.h"
#include "text/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>
#include <jansson.h>

static void assert_json(struct str text, const char *expected)
{
    struct bytes out = { 0 };
    json_put_string(&out, text);
    bytes_put_char(&out, '\0');
    assert_string_equal(out.p, expected);
    bytes_free(&out);
}

static void strings(void **state)
{
    (void)state;
    assert_json(STR(""), "\"\"");
    assert_json(STR("Nguyễn \"A\" \\ /"), "\"Nguyễn \\\"A\\\" \\\\ /\"");
    assert_json(STR("\n\r\t\b\0\x1F\x7F"), "\"\\n\\r\\t\\u0008\\u0000\\u001f\x7F\"");
    assert_json(STR("a\xFF"
                    "b"),
                "\"a\xEF\xBF\xBD"
                "b\"");
    // every byte at every place of longer texts, against another reader
    for (int c = 1; c < 128; c++)
        for (size_t n = 1; n < 40; n++) {
            char text[40];
            struct bytes out = { 0 };
            memset(text, 'x', n);
            text[n / 2] = (char)c;
            json_put_string(&out, (struct str){ text, n });
            json_t *read = json_loadb(out.p, out.n, JSON_DECODE_ANY, NULL);
            assert_non_null(read);
            assert_int_equal(json_string_length(read), n);
            assert_memory_equal(json_string_value(read), text, n);
            json_decref(read);
            bytes_free(&out);
        }
}

static void paths(void **state)
{
    (void)state;
    struct bytes out = { 0 };
    json_put_path(&out, STR("a\\b\xFF\xE1\xBB"));
    bytes_put_char(&out, '\0');
    assert_string_equal(out.p, "\"a\\\\\\\\b\\\\xFF\\\\xE1\\\\xBB\",\"path_escaped\":true");
    out.n = 0;
    json_put_path(&out, STR("a\\b"));
    bytes_put_char(&out, '\0');
    assert_string_equal(out.p, "\"a\\\\b\"");
    out.n = 0;
    json_put_path_as(&out, STR("crop"), STR("c\xFF/1"));
    json_put_path_as(&out, STR("crop"), STR("c/1"));
    bytes_put_char(&out, '\0');
    assert_string_equal(out.p, "\"crop\":\"c\\\\xFF/1\",\"crop_escaped\":true\"crop\":\"c/1\"");
    bytes_free(&out);
}

static void pieces(void **state)
{
    (void)state;
    char buf[200], expected[200];
    for (size_t n = 0; n < 100; n++) {
        for (size_t i = 0; i < n; i++)
            expected[i] = (char)('a' + i % 26);
        memset(buf, '#', sizeof buf);
        assert_ptr_equal(pen_str(buf, (struct str){ expected, n }), buf + n);
        assert_memory_equal(buf, expected, n);
        assert_int_equal(buf[n], '#');
    }
    static const unsigned long numbers[] = { 0, 9, 10, 99, 100, 2400, 18446744073709551615u };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        *pen_number(buf, numbers[i]) = '\0';
        snprintf(expected, sizeof expected, "%lu", numbers[i]);
        assert_string_equal(buf, expected);
    }
    *pen_date(buf, (struct date){ 1958, 7, 4 }) = '\0';
    assert_string_equal(buf, "\"1958-07-04\"");
    *pen_date(buf, (struct date){ 1958, 0, 0 }) = '\0';
    assert_string_equal(buf, "\"1958\"");
    *pen_date(buf, (struct date){ 0, 0, 0 }) = '\0';
    assert_string_equal(buf, "null");
}

static void choices(void **state)
{
    (void)state;
    struct wire_choice choice;
    struct str wrong;
    for (size_t i = 0; i < wire_column_count; i++) {
        const struct wire_column *c = &wire_columns[i];
        assert_ptr_equal(wire_column_find(str_of(c->name)), c);
        assert_true(utf8_is_valid(str_of(c->vietnamese)) && c->vietnamese[0] != '\0');
        assert_string_equal(wire_column_heading(c, WIRE_HEADINGS_CODE), c->name);
        assert_string_equal(wire_column_heading(c, WIRE_HEADINGS_ENGLISH), c->english);
        assert_string_equal(wire_column_heading(c, WIRE_HEADINGS_VIETNAMESE), c->vietnamese);
        for (size_t k = 0; k < i; k++) {
            assert_string_not_equal(c->english, wire_columns[k].english);
            assert_string_not_equal(c->vietnamese, wire_columns[k].vietnamese);
        }
    }
    assert_true(wire_choice_read(STR(" id , name"), &choice, &wrong));
    assert_int_equal(choice.count, 2);
    assert_false(wire_choice_read(STR("id,nom,x"), &choice, &wrong));
    assert_true(str_eq(wrong, STR("nom")));
    assert_false(wire_choice_read(STR("id,id"), &choice, &wrong));
    assert_false(wire_choice_read(STR(""), &choice, &wrong));
    assert_false(wire_choice_read(STR("id,"), &choice, &wrong));
}

static void headings(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        char delimiter; // 0: no heading
        size_t count;
    } rows[] = { { "id,name", ',', 2 },
                 { "STT;Số CCCD;HỌ VÀ TÊN;x", ';', 4 },
                 { "so cccd\tho ten", '\t', 2 },
                 { "\"Card number\",\"Na\"\"me\",Sex", ',', 3 },
                 { "Số định danh;\"Họ và tên\"", ';', 2 },
                 { "sex,residence", 0, 0 },
                 { "name", 0, 0 },
                 { "name,x", 0, 0 },
                 { "id,name|x", 0, 0 },
                 { "{\"id\",\"name\"}", 0, 0 },
                 { "id,\"name", 0, 0 },
                 { "\"id\"x,name", 0, 0 },
                 { "", 0, 0 } };
    struct arena a = { 0 };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct wire_table table;
        bool is = wire_table_begin(&a, str_of(rows[i].line), &table);
        if (is != (rows[i].delimiter != 0) ||
            (is && (table.delimiter != rows[i].delimiter || table.count != rows[i].count)))
            fail_msg("%s", rows[i].line);
    }
    arena_free(&a);
}

static void unquoted(void **state)
{
    (void)state;
    struct arena a = { 0 };
    assert_true(str_eq(wire_unquote_line(&a, STR("\"a \"\"b\"\"\"")), STR("a \"b\"")));
    assert_true(str_eq(wire_unquote_line(&a, STR("\"a\"b\"")), STR("\"a\"b\"")));
    assert_true(str_eq(wire_unquote_line(&a, STR("\"")), STR("\"")));
    assert_true(str_eq(wire_unquote_line(&a, STR("\"\"")), STR("\"\"")));
    assert_true(str_eq(wire_unquote_line(&a, STR("a")), STR("a")));
    arena_free(&a);
}

static void objects(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        enum wire_object_kind kind;
    } rows[] = { { "{}", WIRE_OBJECT_OTHER },
                 { "[]", WIRE_OBJECT_INVALID },
                 { "7", WIRE_OBJECT_INVALID },
                 { "{", WIRE_OBJECT_INVALID },
                 { "{\"a\":1,\"a\":2}", WIRE_OBJECT_INVALID },
                 { "{\"symbol\":{\"text\":\"x\"}}", WIRE_OBJECT_SYMBOL },
                 { "{\"symbol\":{\"bytes\":\"eA==\"},\"error\":{}}", WIRE_OBJECT_SYMBOL },
                 { "{\"symbol\":{\"bytes\":\"x\"}}", WIRE_OBJECT_OTHER },
                 { "{\"symbol\":7,\"record\":{}}", WIRE_OBJECT_RECORD },
                 { "{\"error\":{},\"record\":{}}", WIRE_OBJECT_ERROR },
                 { "{\"error\":\"x\"}", WIRE_OBJECT_OTHER } };
    struct arena a = { 0 };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct wire_object object;
        assert_true(wire_object_read(&a, str_of(rows[i].line), i % 2, &object));
        if (object.kind != rows[i].kind)
            fail_msg("%s is %d", rows[i].line, (int)object.kind);
        if (object.kind == WIRE_OBJECT_SYMBOL)
            assert_true(str_eq(object.payload, STR("x")));
    }
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings), cmocka_unit_test(paths),    cmocka_unit_test(pieces),
        cmocka_unit_test(choices), cmocka_unit_test(headings), cmocka_unit_test(unquoted),
        cmocka_unit_test(objects),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
