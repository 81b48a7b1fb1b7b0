// SPDX-License-Identifier: MIT
// Payloads cut into fields, payloads spread over lines, and what --mask leaves of a record.
#include "payload/fields.h"
#include "payload/other.h"
#include "payload/payload.h"
#include "person/mask.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void forms(void **state)
{
    (void)state;
    static const char *const sexes[] = { "Nam",       "nam", "NAM", "Nữ", "nữ",
                                         "NỮ",        "Nu",  "nu",  "NU", "Nu\xCC\x9B\xCC\x83",
                                         "Nư\xCC\x83" };
    static const char *const others[] = {
        "", "N", "Na", "Nm", "Namx", "Nữx", "Nư", "Un", "Nũ", "X"
    };
    for (size_t i = 0; i < sizeof sexes / sizeof *sexes; i++)
        if (!field_is_sex(str_of(sexes[i])))
            fail_msg("%s", sexes[i]);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (field_is_sex(str_of(others[i])))
            fail_msg("%s", others[i]);
    assert_true(field_is_id(STR("001090000001")) && !field_is_id(STR("00109000000")));
    assert_false(field_is_id(STR("001090000/01")) || field_is_id(STR("0010900000011")));
    assert_true(field_is_old_id(STR("012345678")) && field_is_old_id(STR("001090000001")));
    assert_false(field_is_old_id(STR("0123456789")) || field_is_old_id(STR("")));
    assert_true(field_is_date(STR("01011990")) && field_is_date(STR("99999999")));
    assert_true(field_is_date(STR("1/1/1990")) && field_is_date(STR("01.01.1990")));
    assert_false(field_is_date(STR("1/1/90")) || field_is_date(STR("0101199")));
    assert_false(field_is_date(STR("01 01 1990")) || field_is_date(STR("1990")));
}

static size_t count_fields(const char *line, struct fields *f)
{
    return fields_cut(str_of(line), f) ? f->count : 0;
}

static void cutting(void **state)
{
    (void)state;
    struct fields f;
    assert_int_equal(count_fields("001090000001| |Nguyễn Văn A |01011990|Nam|Hà Nội|15032022", &f),
                     7);
    assert_true(str_eq(f.field[1], STR("")) && str_eq(f.field[2], STR("Nguyễn Văn A")));
    assert_false(f.unusual_separator || f.run_together);
    assert_int_equal(count_fields("a|b|c|d|e", &f), 0);
    assert_int_equal(count_fields("", &f), 0);
    assert_int_equal(count_fields("|||||", &f), 6);
    assert_int_equal(count_fields("001090000001;;A;01011990;Nam;x;15032022", &f), 7);
    assert_true(f.unusual_separator && str_eq(f.separator, STR(";")));
    assert_int_equal(count_fields("001090000001││A│01011990│Nam│x│15032022", &f), 7);
    assert_int_equal(count_fields("001090000001;;A;01011990;x;x;15032022", &f), 0); // no anchor
    assert_int_equal(count_fields("001090000001  A 01011990 Nam x 15032022", &f), 0);
    assert_int_equal(count_fields("0010900000019990190000001990Nam9x91503", &f), 0);
}

// At every length behind and before the separators: eight bytes are looked at together.
static void cutting_at_every_place(void **state)
{
    (void)state;
    char line[64];
    for (size_t n = 5; n < sizeof line; n++)
        for (size_t at = 0; at + 5 <= n; at++) {
            struct fields f;
            memset(line, '{', n); // one bit from '|' in either direction: { and }
            memset(line, '}', n / 2);
            memset(line + at, '|', 5);
            assert_true(fields_cut((struct str){ line, n }, &f));
            assert_int_equal(f.count, 6);
            assert_int_equal(f.field[0].n, at);
            assert_int_equal(f.field[5].n, n - at - 5);
        }
}

static void cutting_very_many(void **state)
{
    (void)state;
    char line[200];
    struct fields f;
    memset(line, '|', sizeof line);
    assert_true(fields_cut((struct str){ line, sizeof line }, &f));
    assert_int_equal(f.count, FIELDS_MAX);
    assert_int_equal(f.field[FIELDS_MAX - 1].n, sizeof line - (FIELDS_MAX - 1));
}

static void other_codes(void **state)
{
    (void)state;
    struct fields f;
    fields_cut(STR("001090000001|A B|1990-01-01|1|x|"), &f);
    assert_true(fields_are_pc_covid(&f) && !fields_are_health_insurance(&f));
    fields_cut(STR("GD4|4e67|01/01/1990|2|48c3|x|y"), &f);
    assert_true(fields_are_health_insurance(&f) && !fields_are_pc_covid(&f));
    fields_cut(STR("GD4|4e6|01/01/1990|2|48c3|x|y"), &f);
    assert_false(fields_are_health_insurance(&f));
    fields_cut(STR("GD4|4g67|01/01/1990|2|48c3|x|y"), &f);
    assert_false(fields_are_health_insurance(&f));
    fields_cut(STR("GD4|4e67|01/01/1990|3|48c3|x|y"), &f);
    assert_false(fields_are_health_insurance(&f));
}

static void groups(void **state)
{
    (void)state;
    const struct str line[] = {
        STR("001090000001"), STR(""), STR("A"), STR("01011990"), STR("Nam"), STR("x"),
        STR("15032022"),     STR(""), STR(""),  STR(""),         STR("")
    };
    for (size_t i = 0; i < 11; i++)
        assert_int_equal(payload_group_next(line, i, line[i]), i < 6 ? GROUP_OPEN : GROUP_COMPLETE);
    assert_int_equal(payload_group_next(line, 11, STR("")), GROUP_NO);
    assert_int_equal(payload_group_next(line, 7, STR("y")), GROUP_NO);
    assert_int_equal(payload_group_next(line, 3, STR("x")), GROUP_NO);
    assert_int_equal(payload_group_next(line, 2, STR("a|b")), GROUP_NO);
    assert_int_equal(payload_group_next(line, 2, STR("{}")), GROUP_NO);
    assert_int_equal(payload_group_next(line, 0, STR("x")), GROUP_NO);
    // the line of the empty old number is left out
    const struct str less[] = { line[0], line[2], line[3], line[4], line[5], line[6] };
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(payload_group_next(less, i, less[i]), i < 5 ? GROUP_OPEN : GROUP_COMPLETE);
}

static void masked_names(void **state)
{
    (void)state;
    static const char *const rows[][2] = { { "Nguyễn Văn An", "Nguyễn V*** A***" },
                                           { "Nguyễn", "N***" },
                                           { "Ý", "Ý***" },
                                           { "Lê  Ổn", "Lê  Ổ***" },
                                           { "Nguyễn V*** A***", "Nguyễn V*** A***" },
                                           { "", "" } };
    struct arena a = { 0 };
    static struct record r;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        record_clear(&r);
        r.name = str_of(rows[i][0]);
        r.stated = FIELD_BIT(FIELD_NAME);
        record_mask(&r, &a);
        if (!str_eq(r.name, str_of(rows[i][1])))
            fail_msg("%s became %.*s", rows[i][0], (int)r.name.n, r.name.p);
    }
    record_clear(&r);
    r.name = STR("0123456789|Nguyễn Văn A");
    record_mask(&r, &a);
    assert_null(memmem(r.name.p, r.name.n, "123", 3));
    arena_free(&a);
}

static void many_problems(void **state)
{
    (void)state;
    static struct record r;
    record_clear(&r);
    for (enum problem_code p = 0; p < PROBLEM_COUNT; p++) {
        record_add_problem(&r, p, FIELD_NAME, STR(""));
        record_add_problem(&r, p, FIELD_NAME, STR("again"));
        assert_true(strlen(problem_sentence(p)) > 10 && strlen(problem_name(p)) > 5);
    }
    assert_int_equal(r.problem_count, RECORD_PROBLEM_MAX); // there are more kinds
    assert_int_equal(record_severity(&r), SEVERITY_ERROR);
    assert_true(record_has_problem(&r, PROBLEM_ID_MALFORMED));
    record_clear(&r);
    assert_false(record_has_problem(&r, PROBLEM_ID_MALFORMED));
    assert_int_equal(record_severity(&r), SEVERITY_NOTE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms),
        cmocka_unit_test(cutting),
        cmocka_unit_test(cutting_at_every_place),
        cmocka_unit_test(cutting_very_many),
        cmocka_unit_test(other_codes),
        cmocka_unit_test(groups),
        cmocka_unit_test(masked_names),
        cmocka_unit_test(many_problems),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
