// SPDX-License-Identifier: MIT
#include "lds/mrz.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

enum { COLUMNS = 10, ROWS_MIN = 10, LINE = MRZ_TD1_LINE };

// A machine-readable zone that a test may change.
struct zone {
    char text[MRZ_TD1_LINES][LINE];
};

static struct zone zone_of(const char *one, const char *two, const char *three)
{
    struct zone z;
    const char *lines[] = { one, two, three };
    for (size_t i = 0; i < MRZ_TD1_LINES; i++) {
        assert_int_equal(strlen(lines[i]), LINE);
        memcpy(z.text[i], lines[i], LINE);
    }
    return z;
}

static struct zone plain_zone(void)
{
    return zone_of("IDVNM0900000018001090000001<<9", "9001011M3001019VNM<<<<<<<<<<<6",
                   "NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<");
}

static bool parse(const struct zone *z, struct mrz *m)
{
    const struct str line[] = { { z->text[0], LINE }, { z->text[1], LINE }, { z->text[2], LINE } };
    return mrz_parse(line, m);
}

static void is_text(struct str s, const char *expected)
{
    if (!str_eq(s, str_of(expected)))
        fail_msg("\"%.*s\" is not \"%s\"", (int)s.n, s.p, expected);
}

static void all_hold(const struct mrz *m)
{
    for (size_t i = 0; i < MRZ_CHECK_COUNT; i++) {
        assert_true(m->holds[i]);
        assert_false(m->holds_if_read[i]);
    }
}

static void is_date(struct date d, const char *expected)
{
    struct bytes iso = { 0 };
    if (date_is_set(d))
        date_put_iso(&iso, d);
    else
        bytes_lit(&iso, "none");
    is_text(bytes_str(&iso), expected);
    bytes_free(&iso);
}

// line1 line2 line3 id birth sex expiry surname given why
static void check_row(char *const column[COLUMNS])
{
    struct zone z = zone_of(column[0], column[1], column[2]);
    struct date birth, expiry, now = { 2026, 1, 1 };
    struct mrz m;

    assert_true(parse(&z, &m));
    all_hold(&m);
    assert_int_equal(m.vietnamese, strcmp(column[3], "-") != 0);
    is_text(m.id, m.vietnamese ? column[3] : "");
    assert_true(mrz_birth_date(&m, now, &birth));
    is_date(birth, column[4]);
    assert_int_equal(m.sex, column[5][0]);
    assert_true(mrz_expiry_date(&m, &expiry));
    is_date(expiry, column[6]);
    is_text(m.surname, column[7]);
    is_text(m.given, column[8]);
    assert_int_equal(m.name_truncated, column[2][LINE - 1] != '<');
    if (m.vietnamese)
        is_text(m.document_number, column[3] + 3);
    for (size_t i = 0; i < MRZ_TD1_LINES; i++) {
        assert_true(mrz_looks_like_line(str_of(column[i])));
        is_text(m.line[i], column[i]);
    }
    assert_true(mrz_looks_like_whole((struct str){ z.text[0], MRZ_TD1_LENGTH }));
}

static FILE *open_data(const char *name)
{
    char path[4096];
    const char *top = getenv("CCCD_TOP");
    snprintf(path, sizeof path, "%s/tests/data/%s", top ? top : ".", name);
    FILE *f = fopen(path, "r");
    if (f == NULL)
        fail_msg("%s cannot be opened", path);
    return f;
}

static void reads_what_another_program_wrote(void **state)
{
    (void)state;
    FILE *f = open_data("mrz.tsv");
    char line[512];
    size_t rows = 0;

    assert_non_null(fgets(line, sizeof line, f));
    while (fgets(line, sizeof line, f) != NULL) {
        char *column[COLUMNS], *rest = line;
        for (size_t i = 0; i < COLUMNS; i++)
            assert_non_null(column[i] = strsep(&rest, "\t\n"));
        check_row(column);
        rows++;
    }
    fclose(f);
    assert_true(rows >= ROWS_MIN);
}

// Worked examples of ICAO Doc 9303-3, 4.9 and of its specimen cards.
static void computes_check_digits(void **state)
{
    (void)state;
    assert_int_equal(mrz_check_digit(STR("520727")), 3);
    assert_int_equal(mrz_check_digit(STR("AB2134<<<")), 5);
    assert_int_equal(mrz_check_digit(STR("D23145890")), 7);
    assert_int_equal(mrz_check_digit(STR("740812")), 2);
    assert_int_equal(mrz_check_digit(STR("120415")), 9);
    assert_int_equal(mrz_check_digit(STR("L898902C3")), 6);
    assert_int_equal(mrz_check_digit(STR("991231")), 5);
    assert_int_equal(mrz_check_digit(STR("")), 0);
    const struct str wrong[] = { STR("12a"), STR(" "), STR("1\0002"), STR("\xc3\x82"), STR("1>2"),
                                 STR("@"),   STR("["), STR("/"),      STR(":") };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(mrz_check_digit(wrong[i]), -1);
}

static void cuts_the_fields(void **state)
{
    (void)state;
    struct zone z = zone_of("ACUTOX1Y2Z3<<<0A<B<<<<<<<<<<<<", "991231?<301130?UTOOPT2<<<<<<<?",
                            "MUSTERMANN<VON<<<ERIKA<<X<<<<<");
    struct mrz m;
    z.text[1][6] = z.text[1][14] = z.text[1][29] = '0';
    assert_true(parse(&z, &m));
    is_text(m.document_code, "AC");
    is_text(m.issuer, "UTO");
    is_text(m.document_number, "X1Y2Z3");
    is_text(m.document_rest, "");
    is_text(m.optional[0], "A<B");
    is_text(m.optional[1], "OPT2");
    is_text((struct str){ m.birth, sizeof m.birth }, "991231");
    is_text((struct str){ m.expiry, sizeof m.expiry }, "301130");
    is_text(m.nationality, "UTO");
    is_text(m.surname, "MUSTERMANN<VON");
    is_text(m.given, "ERIKA<<X");
    assert_int_equal(m.sex, '<');
    assert_true(m.holds[MRZ_CHECK_ID]);
    assert_false(m.holds[MRZ_CHECK_BIRTH]);
}

static void splits_names(void **state)
{
    (void)state;
    const struct {
        const char *line, *surname, *given;
        bool truncated;
    } rows[] = {
        { "NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<", "NGUYEN", "VAN<A", false },
        { "NGUYEN<<<<<<<<<<<<<<<<<<<<<<<<", "NGUYEN", "", false },
        { "NGUYEN<VAN<A<<<<<<<<<<<<<<<<<<", "NGUYEN<VAN<A", "", false },
        { "<<VAN<A<<<<<<<<<<<<<<<<<<<<<<<", "", "VAN<A", false },
        { "<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "", "", false },
        { "ABCDEFGHIJKLMNOPQRSTUVWXYZ<<AB", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "AB", true },
        { "ABCDEFGHIJKLMNOPQRSTUVWXYZABCD", "ABCDEFGHIJKLMNOPQRSTUVWXYZABCD", "", true },
        { "ABCDEFGHIJKLMNOPQRSTUVWXYZABC<", "ABCDEFGHIJKLMNOPQRSTUVWXYZABC", "", false },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct zone z = plain_zone();
        struct mrz m;
        memcpy(z.text[2], rows[i].line, LINE);
        assert_true(parse(&z, &m));
        is_text(m.surname, rows[i].surname);
        is_text(m.given, rows[i].given);
        assert_int_equal(m.name_truncated, rows[i].truncated);
    }
}

static void refuses_what_no_zone_holds(void **state)
{
    (void)state;
    struct mrz m;
    for (size_t i = 0; i < MRZ_TD1_LENGTH; i++) {
        const char wrong[] = { 'a', ' ', '\0', '>', (char)0xc2, '\n', '.' };
        for (size_t k = 0; k < sizeof wrong; k++) {
            struct zone z = plain_zone();
            z.text[i / LINE][i % LINE] = wrong[k];
            assert_false(parse(&z, &m));
        }
    }
    struct zone z = plain_zone();
    for (size_t i = 0; i < MRZ_TD1_LINES; i++) {
        struct str line[] = { { z.text[0], LINE }, { z.text[1], LINE }, { z.text[2], LINE } };
        line[i].n = LINE - 1;
        assert_false(mrz_parse(line, &m));
        line[i].n = 0;
        assert_false(mrz_parse(line, &m));
    }
}

// Which check must fail when the character at a place changes; the composite digit covers all.
struct cover {
    uint8_t line, first, last;
    enum mrz_check check;
};

static const struct cover covers[] = {
    { 0, 5, 14, MRZ_CHECK_DOCUMENT }, { 0, 15, 26, MRZ_CHECK_ID },
    { 0, 29, 29, MRZ_CHECK_ID },      { 1, 0, 6, MRZ_CHECK_BIRTH },
    { 1, 8, 14, MRZ_CHECK_EXPIRY },   { 1, 29, 29, MRZ_CHECK_COMPOSITE },
};

static bool is_covered(const struct cover *c, size_t line, size_t at)
{
    return c->line == line && at >= c->first && at <= c->last;
}

static void check_corruption(struct zone z, size_t line, size_t at)
{
    struct mrz m;
    char *c = &z.text[line][at];
    *c = *c == '9' ? '0' : (char)(*c + 1);
    assert_true(parse(&z, &m));
    assert_false(m.holds[MRZ_CHECK_COMPOSITE]);
    for (size_t i = 0; i < sizeof covers / sizeof *covers; i++)
        if (is_covered(&covers[i], line, at))
            assert_false(m.holds[covers[i].check]);
    for (size_t check = 0; check < MRZ_CHECK_COMPOSITE; check++) {
        bool touched = false;
        for (size_t i = 0; i < sizeof covers / sizeof *covers; i++)
            touched = touched || (covers[i].check == check && is_covered(&covers[i], line, at));
        assert_int_equal(m.holds[check], !touched);
        assert_false(m.holds_if_read[check]);
    }
}

static void notices_every_changed_digit(void **state)
{
    (void)state;
    struct zone z = zone_of("IDVNM1740135793080174013579<<7", "7404308F3404300VNM<<<<<<<<<<<6",
                            "BUI<<THI<Y<<<<<<<<<<<<<<<<<<<<");
    size_t changed = 0;
    for (size_t line = 0; line < 2; line++) {
        for (size_t at = 0; at < LINE; at++) {
            if (!char_is_digit(z.text[line][at]))
                continue;
            check_corruption(z, line, at);
            changed++;
        }
    }
    assert_int_equal(changed, 10 + 13 + 7 + 7 + 1);
}

static void fillers_of_the_id_must_stand(void **state)
{
    (void)state;
    for (size_t at = 27; at <= 28; at++) {
        struct zone z = plain_zone();
        struct mrz m;
        z.text[0][at] = '0'; // counts like a filler
        assert_true(parse(&z, &m));
        assert_false(m.holds[MRZ_CHECK_ID]);
        assert_true(m.holds[MRZ_CHECK_COMPOSITE]);
    }
}

// One digit is replaced by a letter that resembles it.
static void check_reading(struct zone z, size_t line, size_t at, char letter)
{
    struct mrz m;
    z.text[line][at] = letter;
    assert_true(parse(&z, &m));
    for (size_t i = 0; i < sizeof covers / sizeof *covers; i++) {
        if (!is_covered(&covers[i], line, at))
            continue;
        assert_false(m.holds[covers[i].check]);
        assert_true(m.holds_if_read[covers[i].check]);
    }
    // G counts like 6 and L like 1, so the sum over all cannot see them.
    bool unseen = (letter == 'G' || letter == 'L') && !is_covered(&covers[5], line, at);
    assert_int_equal(m.holds[MRZ_CHECK_COMPOSITE], unseen);
    assert_int_equal(m.holds_if_read[MRZ_CHECK_COMPOSITE], !unseen);
    assert_int_equal(m.line[line].p[at], letter);
}

static void names_what_ocr_confuses(void **state)
{
    (void)state;
    static const char *const letters[10] = { "OQD", "IL", "Z", "", "", "S", "G", "", "B", "" };
    const struct zone zones[] = {
        zone_of("IDVNM1850043218079185004321<<8", "8506128F2506126VNM<<<<<<<<<<<0",
                "TRAN<<THI<BICH<NGOC<<<<<<<<<<<"),
        plain_zone(),
    };
    size_t tried = 0;
    for (size_t i = 0; i < 2 * 2 * LINE; i++) {
        const struct zone *z = &zones[i % 2];
        size_t line = i / 2 % 2, at = i / 4;
        if (!char_is_digit(z->text[line][at]))
            continue;
        for (const char *c = letters[z->text[line][at] - '0']; *c != '\0'; c++, tried++)
            check_reading(*z, line, at, *c);
    }
    assert_true(tried > 100);
}

static void keeps_letters_of_other_states(void **state)
{
    (void)state;
    struct zone z = zone_of("I<UTOD2314589O7<<<<<<<<<<<<<<<", "74O8122F1204159UTO<<<<<<<<<<<6",
                            "ERIKSSON<<ANNA<MARIA<<<<<<<<<<");
    struct mrz m;
    assert_true(parse(&z, &m));
    assert_false(m.holds[MRZ_CHECK_DOCUMENT]);
    assert_false(m.holds_if_read[MRZ_CHECK_DOCUMENT]);
    assert_false(m.holds[MRZ_CHECK_BIRTH]);
    assert_true(m.holds_if_read[MRZ_CHECK_BIRTH]);
    assert_true(m.holds[MRZ_CHECK_EXPIRY]);
}

// The first is the worked example of ICAO Doc 9303-11; its digit is right with the filler counted
// and without. The next two differ in that.
static void joins_long_document_numbers(void **state)
{
    (void)state;
    const struct {
        const char *line, *number, *rest;
        bool holds;
    } rows[] = {
        { "I<UTOD23145890<7349<<<<<<<<<<<", "D23145890", "734", true },
        { "I<UTOD23145890<7348<<<<<<<<<<<", "D23145890", "734", false },
        { "I<UTOX12345678<128<<<<<<<<<<<<", "X12345678", "12", true },
        { "I<UTOX12345678<120<<<<<<<<<<<<", "X12345678", "12", true },
        { "I<UTOX12345678<121<<<<<<<<<<<<", "X12345678", "12", false },
        { "I<UTOD23145890<<<<<<<<<<<<<<<<", "D23145890", "", false },
        { "I<UTOD23145890<7<<<<<<<<<<<<<<", "D23145890", "", false },
        { "I<UTOD23145890<734900000000000", "D23145890", "", false },
        { "IDVNM090000001<001090000001<<9", "090000001", "", false },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct zone z = zone_of(rows[i].line, "3407127M9507122UTO<<<<<<<<<<<2",
                                "STEVENSON<<PETER<JOHN<<<<<<<<<");
        struct mrz m;
        assert_true(parse(&z, &m));
        is_text(m.document_number, rows[i].number);
        is_text(m.document_rest, rows[i].rest);
        assert_int_equal(m.holds[MRZ_CHECK_DOCUMENT], rows[i].holds);
        assert_true(i > 0 || m.holds[MRZ_CHECK_COMPOSITE]);
    }
}

static void knows_a_line_when_it_sees_one(void **state)
{
    (void)state;
    const char *const lines[] = {
        "IDVNM0900000018001090000001<<9",
        "IDVNM0900000018001090000001<9",    // a filler is missing
        "IDVNM09000000180010900000001<<9",  // a digit too many
        "IDVNM0900000018001090000001<<<<9", // two fillers too many
        "IDVNM0900000018001090000001<<",    // the end is missing
        "I0VNM09OOOOOO18OO1O9OOOOOO1<<9",   // zeros read as letters
        "9001011M3001019VNM<<<<<<<<<<<6",
        "9OO1OI1M3OO1O19VNM<<<<<<<<<<<6", // zeros and ones read as letters
        "900101M3001019VNM<<<<<<<<<<<6",  // a digit is missing before the sex
        "90010111M3001019VNM<<<<<<<<<<<6",  "9001011M3001019VNM<<<<<<<<<6",
        "<<<<<<0F9912315VNM<<<<<<<<<<<6", // birth date unknown
        "7408122<1204159UTO<<<<<<<<<<<6", // no sex
        "NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<",   "NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<<<",
        "NGUYEN<<VAN<A<<<<<<<<<<<<<<<",     "NGUYEN<TRAN<<KHANH<AN<NHIEN<BA",
        "NGUYEN<<VAN<0ANH<<<<<<<<<<<<<<", // a letter read as zero
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (!mrz_looks_like_line(str_of(lines[i])))
            fail_msg("%s", lines[i]);
}

static void knows_what_is_no_line(void **state)
{
    (void)state;
    const char *const others[] = {
        "",
        "IDVNM",
        "000000000000000000000000000000",
        "012345678901234567890123456789",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZABCD",
        "<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<",
        "IDVNM0900000018001090000001009",
        "A1B2C3D4E5F6A7B8C9D0E1F2A3B4C5",
        "I1234567890123456789012345678<",
        "001090000001|012345678|NGUYEN<",
        "idvnm0900000018001090000001<<9",
        "nguyen<<van<a<<<<<<<<<<<<<<<<<",
        "IDVNM0900000018001090000001< 9",
        "IDVNM0900000018001090000001",
        "IDVNM0900000018001090000001<<<<<9",
        "9001011H3001019VNM<<<<<<<<<<<6",
        "9001011M3K01019VNM<<<<<<<<<<<6",
        "B7D8E9<01234567890123456789012",
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (mrz_looks_like_line(str_of(others[i])))
            fail_msg("%s", others[i]);
}

static void knows_a_whole_zone(void **state)
{
    (void)state;
    const char whole[] = "IDVNM0900000018001090000001<<99001011M3001019VNM<<<<<<<<<<<6"
                         "NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<<<<<<<<";
    struct str s = { whole, MRZ_TD1_LENGTH };
    assert_true(mrz_looks_like_whole(s));
    assert_true(mrz_looks_like_whole((struct str){ whole, MRZ_TD1_LENGTH + 6 }));
    assert_true(mrz_looks_like_whole((struct str){ whole, MRZ_TD1_LENGTH - 6 }));
    assert_false(mrz_looks_like_whole((struct str){ whole, MRZ_TD1_LENGTH + 7 }));
    assert_false(mrz_looks_like_whole((struct str){ whole, MRZ_TD1_LENGTH - 7 }));
    assert_false(mrz_looks_like_whole((struct str){ whole, LINE }));
    assert_false(mrz_looks_like_whole(STR("")));
    assert_false(mrz_looks_like_line(s));

    // The middle line must stand where it belongs; a passport's zone is another size.
    char other[sizeof whole];
    memcpy(other, whole, sizeof whole);
    other[37] = 'H';
    assert_false(mrz_looks_like_whole((struct str){ other, MRZ_TD1_LENGTH }));
    assert_false(mrz_looks_like_whole(STR("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
                                          "L898902C36UTO7408122F1204159ZE184226B<<<<<10")));
}

static struct mrz dated(const char *birth, const char *expiry, const char *id)
{
    struct mrz m = { .vietnamese = *id != '\0', .id = str_of(id) };
    memcpy(m.birth, birth, sizeof m.birth);
    memcpy(m.expiry, expiry, sizeof m.expiry);
    m.holds[MRZ_CHECK_ID] = true;
    return m;
}

static void finds_the_century_of_birth(void **state)
{
    (void)state;
    const struct {
        const char *birth, *id;
        struct date not_after;
        const char *expected; // empty: no date
    } rows[] = {
        { "900101", "001090000001", { 2026, 1, 1 }, "1990-01-01" },
        { "900101", "001190000001", { 2026, 1, 1 }, "1990-01-01" },
        { "100101", "001010000001", { 2026, 1, 1 }, "1910-01-01" },
        { "100101", "001210000001", { 2026, 1, 1 }, "2010-01-01" },
        { "100101", "001310000001", { 2026, 1, 1 }, "2010-01-01" },
        { "100101", "001510000001", { 2026, 1, 1 }, "2110-01-01" },
        { "100101", "001910000001", { 0, 0, 0 }, "2310-01-01" },
        { "000115", "001099000001", { 2026, 1, 1 }, "2000-01-15" }, // corrected over the century
        { "991231", "001200000001", { 2026, 1, 1 }, "1999-12-31" },
        { "500101", "001000000001", { 2026, 1, 1 }, "1950-01-01" },
        { "510101", "001200000001", { 2026, 1, 1 }, "1951-01-01" },
        { "900101", "", { 2026, 1, 1 }, "1990-01-01" },
        { "260101", "", { 2026, 1, 1 }, "2026-01-01" },
        { "260102", "", { 2026, 1, 1 }, "1926-01-02" },
        { "000229", "", { 2026, 1, 1 }, "2000-02-29" },
        { "000229", "", { 2000, 2, 28 }, "" },
        { "000229", "", { 2101, 1, 1 }, "2000-02-29" },
        { "260000", "", { 2026, 1, 1 }, "2026" },
        { "450000", "036145000100", { 2026, 1, 1 }, "1945" },
        { "45<<<<", "036145000100", { 2026, 1, 1 }, "1945" },
        { "450600", "036145000100", { 2026, 1, 1 }, "1945-06" },
        { "4506<<", "036145000100", { 2026, 1, 1 }, "1945-06" },
        { "4500<<", "", { 2026, 1, 1 }, "1945" },
        { "<<<<<<", "036145000100", { 2026, 1, 1 }, "" },
        { "<<0612", "036145000100", { 2026, 1, 1 }, "" },
        { "450012", "036145000100", { 2026, 1, 1 }, "" },
        { "451301", "036145000100", { 2026, 1, 1 }, "" },
        { "450230", "036145000100", { 2026, 1, 1 }, "" },
        { "450229", "036145000100", { 2026, 1, 1 }, "" },
        { "4506O1", "036145000100", { 2026, 1, 1 }, "" },
        { "450<01", "036145000100", { 2026, 1, 1 }, "" },
        { "450601", "", { 0, 0, 0 }, "" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct mrz m = dated(rows[i].birth, "991231", rows[i].id);
        struct date d = { 0 };
        assert_int_equal(mrz_birth_date(&m, rows[i].not_after, &d), rows[i].expected[0] != '\0');
        is_date(d, rows[i].expected[0] ? rows[i].expected : "none");
    }
}

// A misread number must not tell the century.
static void trusts_only_a_number_that_holds(void **state)
{
    (void)state;
    struct zone z = plain_zone();
    struct mrz m;
    struct date d;
    z.text[0][18] = '8';
    assert_true(parse(&z, &m));
    assert_true(mrz_birth_date(&m, (struct date){ 2026, 1, 1 }, &d));
    is_date(d, "1990-01-01");
    z.text[0][18] = 'O';
    assert_true(parse(&z, &m));
    assert_true(mrz_birth_date(&m, (struct date){ 2026, 1, 1 }, &d));
    is_date(d, "1990-01-01");
}

static void reads_the_expiry(void **state)
{
    (void)state;
    const struct {
        const char *expiry, *id, *expected;
    } rows[] = {
        { "300101", "001090000001", "2030-01-01" }, { "280229", "001090000001", "2028-02-29" },
        { "991231", "001090000001", "none" },       { "991231", "", "2099-12-31" },
        { "991230", "001090000001", "2099-12-30" }, { "001231", "", "2000-12-31" },
        { "290229", "001090000001", "" },           { "300100", "001090000001", "" },
        { "300000", "001090000001", "" },           { "<<<<<<", "001090000001", "" },
        { "30010I", "001090000001", "" },           { "301301", "001090000001", "" },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct mrz m = dated("900101", rows[i].expiry, rows[i].id);
        struct date d = { 1, 1, 1 };
        bool found = mrz_expiry_date(&m, &d);
        assert_int_equal(found, rows[i].expected[0] != '\0');
        if (found)
            is_date(d, rows[i].expected);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_another_program_wrote),
        cmocka_unit_test(computes_check_digits),
        cmocka_unit_test(cuts_the_fields),
        cmocka_unit_test(splits_names),
        cmocka_unit_test(refuses_what_no_zone_holds),
        cmocka_unit_test(notices_every_changed_digit),
        cmocka_unit_test(fillers_of_the_id_must_stand),
        cmocka_unit_test(names_what_ocr_confuses),
        cmocka_unit_test(keeps_letters_of_other_states),
        cmocka_unit_test(joins_long_document_numbers),
        cmocka_unit_test(knows_a_line_when_it_sees_one),
        cmocka_unit_test(knows_what_is_no_line),
        cmocka_unit_test(knows_a_whole_zone),
        cmocka_unit_test(finds_the_century_of_birth),
        cmocka_unit_test(trusts_only_a_number_that_holds),
        cmocka_unit_test(reads_the_expiry),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
