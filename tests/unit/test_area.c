// SPDX-License-Identifier: MIT
#include "person/area.h"

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>
#include <utf8proc.h>

enum { CODES = 1000, PROVINCES = 63, COUNTRIES = 195 };

static void has_all_provinces_and_countries(void **state)
{
    (void)state;
    size_t provinces = 0, countries = 0;

    for (int code = 0; code < CODES; code++) {
        struct area area = area_of(code);
        if (area.name == NULL)
            continue;
        assert_int_equal(area.foreign, code > 100);
        provinces += !area.foreign;
        countries += area.foreign;
    }
    assert_int_equal(provinces, PROVINCES);
    assert_int_equal(countries, COUNTRIES);
}

static void knows_these(void **state)
{
    (void)state;
    const struct {
        int code;
        const char *name;
        bool foreign;
    } rows[] = {
        { 1, "Hà Nội", false },
        { 2, "Hà Giang", false },
        { 8, "Tuyên Quang", false },
        { 15, "Yên Bái", false },    // Lào Cai since July 2025
        { 24, "Bắc Giang", false },  // Bắc Ninh
        { 44, "Quảng Bình", false }, // Quảng Trị
        { 46, "Thừa Thiên Huế", false },
        { 52, "Bình Định", false }, // Gia Lai
        { 77, "Bà Rịa - Vũng Tàu", false },
        { 79, "Hồ Chí Minh", false },
        { 80, "Long An", false }, // Tây Ninh
        { 96, "Cà Mau", false },
        { 101, "Afghanistan", true },
        { 113, "Azerbaijan", true },
        { 114, "Azerbaijan", true },
        { 115, "Cộng hòa Ấn Độ", true },
        { 139, "Campuchia", true },
        { 147, "Croatia", true },
        { 148, "Croatia", true },
        { 174, "Hàn Quốc", true },
        { 175, "Hoa Kỳ", true },
        { 193, "Lào", true },
        { 231, "Nga", true },
        { 232, "Nhật Bản", true },
        { 244, "Romania", true },
        { 251, "São Tomé và Príncipe", true },
        { 269, "Tây Ban Nha", true },
        { 279, "Trung Quốc", true },
        { 290, "Thành Vatican", true },
        { 295, "Zimbabwe", true },
    };

    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct area area = area_of(rows[i].code);
        assert_non_null(area.name);
        assert_string_equal(area.name, rows[i].name);
        assert_int_equal(area.foreign, rows[i].foreign);
    }
}

static void knows_no_others(void **state)
{
    (void)state;
    const int codes[] = { -1, -1000, 0, 3, 5, 7, 13, 47, 85, 90, 97, 98, 99, 100, 1000, 100000 };

    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        assert_null(area_of(codes[i]).name);
    for (int code = 296; code < CODES; code++)
        assert_null(area_of(code).name);
}

static bool is_clean(const char *name)
{
    utf8proc_uint8_t *nfc = utf8proc_NFC((const utf8proc_uint8_t *)name);
    bool same = nfc != NULL && strcmp((const char *)nfc, name) == 0;
    free(nfc);
    struct str s = str_of(name);
    return same && s.n > 0 && str_eq(s, str_trim(s)) && strstr(name, "  ") == NULL &&
           strpbrk(name, "()/,;\t\n") == NULL;
}

static void names_are_clean(void **state)
{
    (void)state;
    for (int code = 0; code < CODES; code++) {
        struct area area = area_of(code);
        if (area.name != NULL && !is_clean(area.name))
            fail_msg("%03d: \"%s\"", code, area.name);
    }
}

static FILE *open_shared(const char *name)
{
    char path[4096];
    const char *shared = getenv("CCCD_SHARED"), *top = getenv("CCCD_TOP");
    if (shared != NULL)
        snprintf(path, sizeof path, "%s/data/%s", shared, name);
    else
        snprintf(path, sizeof path, "%s/../shared/data/%s", top ? top : ".", name);
    return fopen(path, "r");
}

static const char *without_type(const char *name)
{
    static const char *const types[] = { "Tỉnh ", "Thành phố " };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strncmp(name, types[i], strlen(types[i])) == 0)
            return name + strlen(types[i]);
    return name;
}

// The statistics office used the same codes, of two digits, until July 2025.
static void agrees_with_the_official_list(void **state)
{
    (void)state;
    FILE *f = open_shared("areas/provinces.tsv");
    char line[512];
    bool seen[100] = { false };
    size_t count = 0;

    if (f == NULL) {
        print_message("provinces.tsv is not here\n");
        skip();
    }
    assert_non_null(fgets(line, sizeof line, f));
    while (fgets(line, sizeof line, f) != NULL) {
        char *rest = line, *end;
        long code = strtol(strsep(&rest, "\t"), &end, 10);
        const char *name = without_type(strsep(&rest, "\t"));
        assert_in_range(code, 1, 99);
        assert_non_null(area_of((int)code).name);
        // Huế dropped "Thừa Thiên" in January 2025; its numbers are older.
        if (code != 46 || strcmp(name, "Huế") != 0)
            assert_string_equal(area_of((int)code).name, name);
        count += !seen[code];
        seen[code] = true;
    }
    fclose(f);
    assert_int_equal(count, PROVINCES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_all_provinces_and_countries),
        cmocka_unit_test(knows_these),
        cmocka_unit_test(knows_no_others),
        cmocka_unit_test(names_are_clean),
        cmocka_unit_test(agrees_with_the_official_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
