// SPDX-License-Identifier: MIT
// Lines as scanners deliver them, one per mechanism, each with its undamaged text. The damaged
// forms were made by Python's codecs and recode(1), not by the code under test; the full-size test
// is tests/tools/damage_bench.py.
#include "text/damage.h"

#include "text/legacy.h"
#include "text/letter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

enum { NAME, SEX, ADDRESS, FIELDS };

struct fixture {
    struct arena arena;
    struct damage_text texts[FIELDS];
    struct damage_report report;
};

static void examine(struct fixture *f, const char *name, const char *sex, const char *address)
{
    arena_reset(&f->arena);
    f->texts[NAME] = (struct damage_text){ .kind = TEXT_NAME, .text = str_of(name) };
    f->texts[SEX] = (struct damage_text){ .kind = TEXT_SEX, .text = str_of(sex) };
    f->texts[ADDRESS] = (struct damage_text){ .kind = TEXT_ADDRESS, .text = str_of(address) };
    f->report = damage_examine(&f->arena, f->texts, FIELDS);
}

static struct str result(const struct fixture *f, int field)
{
    return f->texts[field].changed ? f->texts[field].repaired : f->texts[field].text;
}

static void assert_text(struct str got, const char *want)
{
    if (!str_eq(got, str_of(want)))
        fail_msg("got \"%.*s\", want \"%s\"", (int)got.n, got.p, want);
}

static int setup(void **state)
{
    static struct fixture fixture;
    fixture = (struct fixture){ 0 };
    *state = &fixture;
    return 0;
}

static int teardown(void **state)
{
    arena_free(&((struct fixture *)*state)->arena);
    return 0;
}

struct line {
    const char *name, *sex, *address;
};

static void sound_lines_stay(void **state)
{
    static const struct line lines[] = {
        { "Nguyễn Văn An", "Nam", "Số 12/5B, Trúc Bạch, Ba Đình, Hà Nội" },
        { "H'Hen Niê", "Nữ", "Buôn Krông A, Cư M'gar, Đắk Lắk" },
        { "Y Blŏ Niê Kdăm", "Nam", "Pleiku, Gia Lai" },
        { "H’Bia Ayŭn", "Nữ", "Ea H'leo, Đắk Lắk" },
        { "K'Brin", "Nam", "Lo A225, Kon Tum" },
        { "Mai Lan Anh", "Nam", "K225/12, To 5, Kon Tum" },
        { "Kim", "Nam", "So 0225, H224 Kim Lan, An Giang" },
        { "Kim", "Nam", "01950160, Long An" },
        { "Hà Lê", "Nam", "T225, Hà Nam" },
        { "Lê Hà", "Nam", "Hà Tú, Hà Nam" },
        { "Bằ Ằ", "Nam", "Ỹ Ỵ, Ẽ Ẹ" },
        { "Àé Ôù", "Nam", "Éô Íá, Hà Nam" },
        { "Nguye\xCC\x82\xCC\x83n", "Nam", "Ha\xCC\x80 No\xCC\xA3\xCC\x82i" },
        { "Vũ Sĩ", "Nam", "5 & 7 Lý Nam, 100%, (khu 5)" },
        { "", "", "" },
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < LENGTH(lines); i++) {
        examine(f, lines[i].name, lines[i].sex, lines[i].address);
        if (f->report.verdict != DAMAGE_SOUND)
            fail_msg("%s: %s", lines[i].name, damage_name(f->report.kind));
        for (int field = 0; field < FIELDS; field++)
            assert_false(f->texts[field].changed || f->texts[field].ambiguous);
    }
}

struct example {
    enum damage_kind kind;
    bool certain;
    struct line came, was;
};

static const struct example examples[] = {
    { DAMAGE_UTF8_DECIMAL,
      true,
      { "Ng022501870141c Tr0198017601980161ng", "N022501870175", "H01950160 N022501870153i" },
      { "Ngọc Trương", "Nữ", "Hà Nội" } },
    { DAMAGE_CODE_POINT_DECIMAL,
      false,
      { "Ng7885c Tr432417ng", "N7919", "Ba 272236nh, H224 N7897i" },
      { "Ngọc Trương", "Nữ", "Ba Đình, Hà Nội" } },
    { DAMAGE_CODE_POINT_DECIMAL,
      false,
      { "Mai Lan", "Nam", "T7893 5, 272224 N7861ng" },
      { "Mai Lan", "Nam", "Tổ 5, Đà Nẵng" } },
    { DAMAGE_CP437, false, { "Ng═c Tr░íng", "N∩", "Hα N┘i" }, { "Ngọc Trương", "Nữ", "Hà Nội" } },
    { DAMAGE_CP437,
      false,
      { "Trºn V\x03n Th»ng", "N∩", "Ba \x10∞nh, Ngh╟ An" },
      { "Trần Văn Thắng", "Nữ", "Ba Đình, Nghệ An" } },
    { DAMAGE_MOJIBAKE,
      true,
      { "Ngá»\xC2\x8D"
        "c TrÆ°Æ¡ng",
        "Ná»¯", "HÃ\xC2\xA0 Ná»™i" },
      { "Ngọc Trương", "Nữ", "Hà Nội" } },
    { DAMAGE_MOJIBAKE,
      true,
      { "Nguyá»…n VÄƒn", "Nam", "HÆ°ng YÃªn" },
      { "Nguyễn Văn", "Nam", "Hưng Yên" } },
    { DAMAGE_MOJIBAKE,
      true,
      { "NguyÃ¡Â»â€¦n VÃ„Æ’n", "Nam", "HÃ†Â°ng YÃƒÂªn" },
      { "Nguyễn Văn", "Nam", "Hưng Yên" } },
    { DAMAGE_MOJIBAKE,
      false,
      { "Nguyá»…n Ngá»?c", "Nam", "BÃ¬nh Ä?á»‹nh" },
      { "Nguyễn Ngọc", "Nam", "Bình Định" } },
    { DAMAGE_UTF8_DECIMAL,
      false,
      { "Tr022501860167n V0196n 01960144022501870169c", "N022501870175",
        "Ba 0196014401950172nh, B01950172nh D0198017601980161ng" },
      { "Trần Văn Đức", "Nữ", "Ba Đình, Bình Dương" } },
    { DAMAGE_CP437,
      false,
      { "Ngh)a", "N∩", "Th⌠n 5, Cao Sín, Ba ►∞nh, Ngh╟ An" },
      { "Nghĩa", "Nữ", "Thôn 5, Cao Sơn, Ba Đình, Nghệ An" } },
    { DAMAGE_HTML,
      true,
      { "Tr&#7847;n &#272;&#7913;c", "Nam", "&Dstrok;&ocirc;ng&nbsp;Anh &xyz; &#x; &#99999999;" },
      { "Trần Đức", "Nam", "Đông Anh &xyz; &#x; &#99999999;" } },
    { DAMAGE_MOJIBAKE, true, { "Nguyß╗àn", "Nß╗»", "H├á Nß╗Öi" }, { "Nguyễn", "Nữ", "Hà Nội" } },
    { DAMAGE_MOJIBAKE,
      false,
      { "Nguyá»…n Ngá»c", "Nam", "BÃ¬nh Äá»‹nh" },
      { "Nguyễn Ngọc", "Nam", "Bình Định" } },
    { DAMAGE_HTML,
      true,
      { "Ng&#7885;c Tr&#x1B0;&#x1A1;ng", "N&#7919;", "H&agrave; N&#7897;i" },
      { "Ngọc Trương", "Nữ", "Hà Nội" } },
    { DAMAGE_HTML,
      true,
      { "H&#39;Hen Niê Kdăm", "Nữ", "Đắk Lắk" },
      { "H'Hen Niê Kdăm", "Nữ", "Đắk Lắk" } },
    { DAMAGE_PERCENT,
      true,
      { "Ng%E1%BB%8Dc+Tr%C6%B0%C6%A1ng", "N%e1%bb%af", "H%C3%A0%20N%E1%BB%99i" },
      { "Ngọc Trương", "Nữ", "Hà Nội" } },
    { DAMAGE_CP1258,
      false,
      { "Trâ\xC3\x8Cn Vãn Ðýìc", "Ný\xC3\x9E", "Ba Ði\xC3\x8Cnh, Hà Nôòi" },
      { "Trần Văn Đức", "Nữ", "Ba Đình, Hà Nội" } },
    { DAMAGE_CP1258,
      false,
      { "Tr\xE2\xCCn V\xE3n \xD0\xFD\xEC"
        "c",
        "N\xFD\xDE", "Ba \xD0i\xCCnh, H\xE0 N\xF4\xF2i" },
      { "Trần Văn Đức", "Nữ", "Ba Đình, Hà Nội" } },
    { DAMAGE_TCVN3,
      false,
      { "TrÇn V¨n §øc", "N÷", "Ba §×nh, Hµ Néi" },
      { "Trần Văn Đức", "Nữ", "Ba Đình, Hà Nội" } },
    { DAMAGE_TCVN3,
      false,
      { "Ên V¨n ¸nh", "N÷", "Thõa Thiªn HuÕ" },
      { "Ấn Văn Ánh", "Nữ", "Thừa Thiên Huế" } },
    { DAMAGE_VNI,
      false,
      { "Traàn Vaên Ñöùc", "Nöõ", "Ba Ñình, Haø Noäi" },
      { "Trần Văn Đức", "Nữ", "Ba Đình, Hà Nội" } },
    { DAMAGE_VNI,
      false,
      { "Nguyeãn Hoàng Thaém", "Nam", "Thoân 5, Ñoáng Ña, Haø Noäi" },
      { "Nguyễn Hồng Thắm", "Nam", "Thôn 5, Đống Đa, Hà Nội" } },
    { DAMAGE_VPS,
      false,
      { "TrÀn Væn ñÙc", "N»", "Ba ñình, Hà N¶i" },
      { "Trần Văn Đức", "Nữ", "Ba Đình, Hà Nội" } },
};

static void check_example(struct fixture *f, const struct example *e)
{
    const char *want[] = { e->was.name, e->was.sex, e->was.address };
    examine(f, e->came.name, e->came.sex, e->came.address);
    if (f->report.verdict != DAMAGE_REPAIRED || f->report.kind != e->kind)
        fail_msg("%s: verdict %d, %s", e->was.name, f->report.verdict, damage_name(f->report.kind));
    assert_int_equal(f->report.certain, e->certain);
    for (int field = 0; field < FIELDS; field++)
        assert_text(result(f, field), want[field]);
}

static void every_mechanism_is_undone(void **state)
{
    for (size_t i = 0; i < LENGTH(examples); i++)
        check_example(*state, &examples[i]);
}

// What comes close to sound text, and is still damaged.
static void little_damage_is_undone(void **state)
{
    static const struct example lines[] = {
        { DAMAGE_MOJIBAKE, false, { "Ã?i Lan", "Nam", "Kon Tum" }, { "Ái Lan", "Nam", "Kon Tum" } },
        { DAMAGE_CODE_POINT_DECIMAL,
          false,
          { "L234 Lan", "Nam", "Kon Tum" },
          { "Lê Lan", "Nam", "Kon Tum" } },
        { DAMAGE_CP1258,
          false,
          { "Phó Hà Phúc KyÌ", "Nam", "An Sinh, Sông CâÌu, Trà Vinh" },
          { "Phó Hà Phúc Kỳ", "Nam", "An Sinh, Sông Cầu, Trà Vinh" } },
        { DAMAGE_TCVN3,
          false,
          { "Lß H¶i Tiªn", "Nam", "Phó Thä" },
          { "Lò Hải Tiên", "Nam", "Phú Thọ" } },
    };
    for (size_t i = 0; i < LENGTH(lines); i++)
        check_example(*state, &lines[i]);
}

// A field that is NULL can be read in two ways, and stays as it came.
struct judged {
    struct line came, was;
};

static void check_judged(struct fixture *f, const struct judged *lines, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *came[] = { lines[i].came.name, lines[i].came.sex, lines[i].came.address };
        const char *want[] = { lines[i].was.name, lines[i].was.sex, lines[i].was.address };
        examine(f, came[NAME], came[SEX], came[ADDRESS]);
        for (int field = 0; field < FIELDS; field++) {
            assert_text(result(f, field), want[field] != NULL ? want[field] : came[field]);
            if (f->texts[field].ambiguous != (want[field] == NULL))
                fail_msg("%s: ambiguous %d", came[field], f->texts[field].ambiguous);
        }
    }
}

static void surnames_decide_nothing(void **state)
{
    static const struct judged lines[] = {
        // Trịnh, Trễnh
        { { "Tr02250187nh Ng02250187c Lan", "N022501870175", "Ba 0196014401950172nh, Long An" },
          { NULL, "Nữ", "Ba Đình, Long An" } },
        { { "Vi Th╦ Linh", "N∩", "Hα N┘i" }, { NULL, "Nữ", "Hà Nội" } }, // Vũ
    };
    check_judged(*state, lines, LENGTH(lines));
}

// One word that no rule of spelling allows, and spelling decides nothing in the line.
static void spelling_judges_what_is_spelt(void **state)
{
    static const struct judged lines[] = {
        { { "An Ngá»c", "Nam", "Tá»• 5, Má»c, Long An" },
          { "An Ngọc", "Nam", "Tổ 5, Mọc, Long An" } },
        { { "NhÃªt Ngá»c", "Nam", "Tá»• 5, Má»c, Long An" }, { NULL, "Nam", NULL } },
        { { "NhÃªt Lan", "Nam", "Tá»• 5, Má»c, Long An" }, { "Nhêt Lan", "Nam", NULL } },
        { { "Nhelk Lan", "Nam", "Tá»• 5, Má»c, Long An" }, { "Nhelk Lan", "Nam", NULL } },
        { { "Lan", "Nam", "TP 5 bis, KTT Má»c, Long An" },
          { "Lan", "Nam", "TP 5 bis, KTT Mọc, Long An" } },
        { { "H'Xlen", "Nam", "Tá»• 5, Má»c, Long An" }, { "H'Xlen", "Nam", "Tổ 5, Mọc, Long An" } },
        { { "Nh01950170t", "Nam", "T0196m, H01950160 Nam" }, { "Nhêt", "Nam", NULL } },
        { { "Nh7877t", "Nam", "T7893 5, Ng7885c B224, Ba 272236nh, Long An" },
          { "Nhễt", "Nam", NULL } },
    };
    check_judged(*state, lines, LENGTH(lines));
}

// Words without tones may be names of other peoples, which have rules of their own.
static void other_peoples_words_are_readings(void **state)
{
    static const struct judged lines[] = {
        { { "Siu ►ít", "N∩", "Hα N┘i" }, { NULL, "Nữ", "Hà Nội" } }, // Đơt, Đạt
        { { "Y Th╦ Linh", "N∩", "Bu⌠n ►ít, Ba ►∞nh, Hα N┘i" }, { "Y Thị Linh", "Nữ", NULL } },
    };
    check_judged(*state, lines, LENGTH(lines));
}

// Lists of areas are no lists of hamlets.
static void areas_are_known_where_they_stand(void **state)
{
    static const struct judged lines[] = {
        { { "An", "N∩", "T╒ 5, Tam Hoa, Anh Sín, Ngh╟ An" },
          { "An", "Nữ", "Tổ 5, Tam Hoa, Anh Sơn, Nghệ An" } },
        { { "An", "N∩", "T╒ 5, Cao Sín, Ba ►∞nh, Ngh╟ An" },
          { "An", "Nữ", "Tổ 5, Cao Sơn, Ba Đình, Nghệ An" } },
        { { "An", "N∩", "Anh Sín, Ba ►∞nh, Ngh╟ An" }, { "An", "Nữ", NULL } },
        { { "An", "N∩", "Cao Sín, Ngh╟ An" }, { "An", "Nữ", NULL } },
        { { "An", "N∩", "T╒ 5, Anh Sín, Xπ Tam Hoa, Ngh╟ An" }, { "An", "Nữ", NULL } },
        { { "An", "N∩", "T╒ 5, Th⌠n Cao Sín, Ba ►∞nh, Ngh╟ An" }, { "An", "Nữ", NULL } },
        { { "An", "N∩", "Líng Sín" }, { "An", "Nữ", "Lạng Sơn" } },
    };
    check_judged(*state, lines, LENGTH(lines));
}

static void house_numbers_stay_numbers(void **state)
{
    static const struct {
        const char *came, *was;
    } addresses[] = {
        { "S7889 225A, T7893 5B, H224 N7897i", "Số 225A, Tổ 5B, Hà Nội" },
        { "K225/12 L234 L7907i, T7893 5, Kon Tum", "K225/12 Lê Lợi, Tổ 5, Kon Tum" },
        { "L244 H208, X227 272ng, Long An", NULL }, // 272ng: Đng
        { "S7889 K213, X227 Ng7885c H224, Long An", "Số K213, Xã Ngọc Hà, Long An" },
        { "TDP12, 2024/5 Kim M227, Ba 272236nh, Long An",
          "TDP12, 2024/5 Kim Mã, Ba Đình, Long An" },
        { "S7889 224, Ba V236, 221 Y234n, H224 N7897i", "Số 224, Ba Vì, Ý Yên, Hà Nội" },
        { "T7893 5, 272224 N7861ng", "Tổ 5, Đà Nẵng" },
        { "TH212N 5, LONG AN", "THÔN 5, LONG AN" },
        { "Khu B242, Ba 272236nh, Long An", NULL },           // Bò
        { "T242a Lan Anh H224, Ba 272236nh, Long An", NULL }, // Tòa Lan Anh Hà
        { "X243m H224, Ba 272236nh, Long An", NULL },         // Xóm Hà
        { "X243m S227c, Ba 272236nh, Long An", NULL },        // Sãc
        { "Bu244n K245p, Ba 272236nh, Long An", NULL },       // Kõp
        { "Bu244n K226, Ba 272236nh, Long An", NULL },        // Kâ, of some other people's
        { "H224 Kim Lan, Ba 272236nh, Long An", NULL },       // Hà Kim Lan
        { "H2245 Kim Lan, Ba 272236nh, Long An", NULL },      // Hà 5
        { "S7889 272224, Ba 272236nh, Long An", NULL },       // Số Đà
        { "193 Kim Lan, Ba 272236nh, Long An", NULL },        // Á Kim Lan
        { "T7893 5 244 7, Ba 272236nh, Long An", NULL },      // ô 7
        { "Khu225, Ba 272236nh, Long An", NULL },             // Khu 225
        { "A1B225cd, Ba 272236nh, Long An", NULL },
        { "X227 7860t B7925t, H224 N7897i", NULL }, // Ẵt: letters, but no word
        { "T7855, Ba 272236nh, Long An", NULL },
        { "7846, Ba 272236nh, Long An", NULL },
        { "Long An, C234, Long An", NULL },
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < LENGTH(addresses); i++) {
        struct judged line = { { "Ng7885c", "N7919", addresses[i].came },
                               { "Ngọc", "Nữ", addresses[i].was } };
        check_judged(f, &line, 1);
    }
}

// A letter of which too little is left must not stay in the midst of a repaired field.
static void no_field_is_half_repaired(void **state)
{
    static const struct judged lines[] = {
        { { "Lan", "N022501870175", "T02250187 5, Ea H0226leo, Long An" }, { "Lan", "Nữ", NULL } },
        { { "Lan", "N022501870175", "Bu0197n, S01950180ng Lô, Long An" },
          { "Lan", "N022501870175", "Bu0197n, S01950180ng Lô, Long An" } },
        { { "Lan", "N022501870175", "Bu0197n, S01950180ng, Long An" }, { "Lan", "Nữ", NULL } },
        { { "H022601280153Lan", "N022501870175", "Long An" }, { "H’Lan", "Nữ", "Long An" } },
        { { "Lan", "N∩", "Ngh)a, 5) Hα N┘i" }, { "Lan", "Nữ", "Nghĩa, 5) Hà Nội" } },
        { { "Lan", "N∩", "(khu 5) Hα N┘i" }, { "Lan", "Nữ", "(khu 5) Hà Nội" } },
        { { "Lan", "N∩", "(khu 5) Hα N┘i, Ngh)a" }, { "Lan", "Nữ", NULL } },
    };
    check_judged(*state, lines, LENGTH(lines));
}

static void two_readings_are_none(void **state)
{
    struct fixture *f = *state;

    examine(f, "Vi Th╦ Linh", "N∩", "Hα N┘i"); // Vi or Vũ
    assert_int_equal(f->report.verdict, DAMAGE_REPAIRED);
    assert_true(f->texts[NAME].ambiguous);
    assert_false(f->texts[NAME].changed);
    assert_text(result(f, ADDRESS), "Hà Nội");

    examine(f, "Ng7885c", "N7919", "L244 H224, H224 N7897i"); // Lô H224 or Lô Hà
    assert_true(f->texts[ADDRESS].ambiguous);
    assert_text(result(f, NAME), "Ngọc");

    examine(f, "TrÇn V¨n §øc", "N÷", "Êp 3, Hµ Néi"); // ấp or Ấp
    assert_true(f->texts[ADDRESS].ambiguous);
    assert_text(result(f, NAME), "Trần Văn Đức");
}

static void what_nothing_explains_is_unreadable(void **state)
{
    struct fixture *f = *state;
    static const struct line lines[] = {
        { "Nguyễn V\xEF\xBF\xBDn An", "Nam", "Hà Nội" },
        { "Nguy\xE1\xBB", "Nam", "Hà Nội" },
        { "阮文安", "Nam", "Hà Nội" },
        { "Ng7885xc7", "Nam", "Kon Tum" },
    };
    for (size_t i = 0; i < LENGTH(lines); i++) {
        examine(f, lines[i].name, lines[i].sex, lines[i].address);
        assert_int_equal(f->report.verdict, DAMAGE_UNREADABLE);
        for (int field = 0; field < FIELDS; field++)
            assert_false(f->texts[field].changed);
    }
}

static void extras_that_are_numbers_stay(void **state)
{
    struct fixture *f = *state;
    struct damage_text texts[] = {
        { .kind = TEXT_NAME, .text = STR("Ng022501870141c") },
        { .kind = TEXT_OTHER, .text = STR("022501870141") },
    };
    struct damage_report report = damage_examine(&f->arena, texts, LENGTH(texts));
    assert_int_equal(report.kind, DAMAGE_UTF8_DECIMAL);
    assert_text(texts[0].repaired, "Ngọc");
    assert_false(texts[1].changed);
}

static void long_fields_end(void **state)
{
    enum { LONG = 300000 };
    static const char *const units[] = { "í",     "═",   "7885",    "0225", "Ã",
                                         "H224 ", "═i,", "&#7885;", "%E1" };
    struct fixture *f = *state;
    char *text = malloc(LONG + 16);
    assert_non_null(text);
    for (size_t u = 0; u < LENGTH(units); u++) {
        size_t n = 0, unit = strlen(units[u]);
        for (; n < LONG; n += unit)
            memcpy(text + n, units[u], unit);
        text[n] = '\0';
        examine(f, text, "Nam", text);
        assert_false(f->arena.failed);
    }
    free(text);
}

static void whole_lines_are_unescaped(void **state)
{
    struct fixture *f = *state;
    struct str out;

    assert_int_equal(damage_unescape_line(&f->arena, STR("1%7C2%7CH%C3%A0+An"), &out),
                     DAMAGE_PERCENT);
    assert_text(out, "1|2|Hà An");
    assert_int_equal(damage_unescape_line(&f->arena, STR("1&#124;&#x7c;H&agrave;"), &out),
                     DAMAGE_HTML);
    assert_text(out, "1||Hà");
    assert_int_equal(damage_unescape_line(&f->arena, STR("1|H&agrave;|%41"), &out), DAMAGE_NONE);
    assert_text(out, "1|H&agrave;|%41");
}

// Every letter has one code in each table, and comes back from it.
static void tables_hold_all_letters(void **state)
{
    static const struct {
        enum legacy legacy;
        size_t letters;
    } tables[] = { { LEGACY_TCVN3, 134 }, { LEGACY_VPS, 134 }, { LEGACY_VISCII, 134 } };
    (void)state;
    for (size_t t = 0; t < LENGTH(tables); t++) {
        size_t letters = 0;
        for (unsigned byte = 1; byte < 256; byte++) {
            uint8_t b = (uint8_t)byte;
            cell c;
            size_t n;
            if (legacy_read(tables[t].legacy, &b, 1, &c, &n))
                letters += letter_is_vietnamese(cell_is_choice(c) ? cell_first(c) : c);
        }
        assert_int_equal(letters, tables[t].letters);
    }
}

static void names_of_kinds(void **state)
{
    (void)state;
    assert_string_equal(damage_name(DAMAGE_CP437), "cp437");
    assert_string_equal(damage_name(DAMAGE_NONE), "none");
    assert_string_equal(damage_name(DAMAGE_KIND_COUNT), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sound_lines_stay),
        cmocka_unit_test(every_mechanism_is_undone),
        cmocka_unit_test(little_damage_is_undone),
        cmocka_unit_test(surnames_decide_nothing),
        cmocka_unit_test(spelling_judges_what_is_spelt),
        cmocka_unit_test(other_peoples_words_are_readings),
        cmocka_unit_test(areas_are_known_where_they_stand),
        cmocka_unit_test(house_numbers_stay_numbers),
        cmocka_unit_test(no_field_is_half_repaired),
        cmocka_unit_test(two_readings_are_none),
        cmocka_unit_test(what_nothing_explains_is_unreadable),
        cmocka_unit_test(extras_that_are_numbers_stay),
        cmocka_unit_test(long_fields_end),
        cmocka_unit_test(whole_lines_are_unescaped),
        cmocka_unit_test(tables_hold_all_letters),
        cmocka_unit_test(names_of_kinds),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
