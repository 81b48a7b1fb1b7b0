// SPDX-License-Identifier: MIT
#include "reader/scanner_form.h"

#include "text/legacy.h"
#include "text/letter.h"
#include "text/utf8.h"

#include <stdio.h>

const char *scanner_form_name(enum scanner_form form)
{
    static const char *const names[FORM_COUNT] = {
        [FORM_SOUND] = "sound",
        [FORM_DECOMPOSED] = "decomposed",
        [FORM_UTF8_DECIMAL] = "utf8-decimal",
        [FORM_UTF8_DECIMAL_HOLES] = "utf8-decimal-holes",
        [FORM_POINT_DECIMAL] = "code-point-decimal",
        [FORM_CP437] = "cp437",
        [FORM_MOJIBAKE] = "mojibake",
        [FORM_MOJIBAKE_OEM] = "mojibake-oem",
        [FORM_CP1258] = "windows-1258",
        [FORM_HTML] = "html-escape",
        [FORM_PERCENT] = "percent-escape",
        [FORM_LATIN] = "latin-1",
        [FORM_PLAIN] = "plain",
        [FORM_DROPPED] = "dropped",
        [FORM_REPLACED] = "replaced",
    };
    return names[form];
}

const char *scanner_case_name(enum scanner_case c)
{
    static const char *const names[CASE_COUNT] = { "sound", "upper", "lower", "swapped" };
    return names[c];
}

// ---- choices ----

static void add(struct scanner_step *step, const char *p, size_t n)
{
    if (step->n == STEP_CHOICES || n > STEP_LENGTH)
        return;
    memcpy(step->choice[step->n].text, p, n);
    step->choice[step->n++].length = (uint8_t)n;
}

static void add_points(struct scanner_step *step, const uint32_t *points, size_t n)
{
    struct bytes text = { .p = (char[STEP_LENGTH]){ 0 }, .cap = STEP_LENGTH, .fixed = true };

    for (size_t i = 0; i < n; i++)
        utf8_put(&text, points[i]);
    if (!text.failed)
        add(step, text.p, text.n);
}

static void add_point(struct scanner_step *step, uint32_t point)
{
    add_points(step, &point, 1);
}

static void add_format(struct scanner_step *step, const char *format, unsigned value)
{
    char text[STEP_LENGTH];
    int n = snprintf(text, sizeof text, format, value);

    if (n > 0)
        add(step, text, (size_t)n);
}

// ---- letters taken apart ----

static uint32_t tone_mark(uint8_t tone)
{
    static const uint32_t marks[TONE_COUNT] = { 0, 0x300, 0x309, 0x303, 0x301, 0x323 };
    return marks[tone];
}

static uint32_t mark_sign(uint8_t mark)
{
    return mark == MARK_BREVE        ? 0x306
           : mark == MARK_CIRCUMFLEX ? 0x302
           : mark == MARK_HORN       ? 0x31B
                                     : 0;
}

static uint32_t without_tone(struct letter l)
{
    l.tone = TONE_NONE;
    return letter_code_point(l);
}

static uint32_t without_marks(struct letter l)
{
    return (uint32_t)(l.upper ? l.base - 'a' + 'A' : l.base);
}

// In the order of NFD (a mark below before one above), as one types them, and with the tone alone
// apart.
static void add_decomposed(struct scanner_step *step, uint32_t point)
{
    struct letter l = letter_of(point);
    uint32_t base = without_marks(l), mark = mark_sign(l.mark), tone = tone_mark(l.tone);

    if (l.mark != MARK_NONE && mark != 0 && tone != 0) {
        add_points(step, (uint32_t[]){ base, mark, tone }, 3);
        add_points(step, (uint32_t[]){ base, tone, mark }, 3);
        add_points(step, (uint32_t[]){ without_tone(l), tone }, 2);
    } else if (mark != 0) {
        add_points(step, (uint32_t[]){ base, mark }, 2);
    } else if (tone != 0) {
        add_points(step, (uint32_t[]){ base, tone }, 2);
    }
    add_point(step, point); // what has no marks of its own, and windows-1258's ă, â, é
}

// windows-1258: a letter with its mark, and the tone behind it.
static void add_cp1258(struct scanner_step *step, uint32_t point)
{
    static const struct {
        uint16_t point;
        uint8_t byte;
    } own[] = { { 0x102, 0xC3 }, { 0x103, 0xE3 }, { 0x110, 0xD0 }, { 0x111, 0xF0 },
                { 0x1A0, 0xD5 }, { 0x1A1, 0xF5 }, { 0x1AF, 0xDD }, { 0x1B0, 0xFD } };
    static const char tones[TONE_COUNT] = { 0, '\xCC', '\xD2', '\xDE', '\xEC', '\xF2' };
    static const char shared[] = "\xC0\xC1\xC2\xC8\xC9\xCA\xCD\xD3\xD4\xD9\xDA"
                                 "\xE0\xE1\xE2\xE8\xE9\xEA\xED\xF3\xF4\xF9\xFA";
    struct letter l = letter_of(point);
    uint32_t base = without_tone(l);
    char byte = (char)base;

    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (own[i].point == base)
            byte = (char)own[i].byte;
    char text[2] = { byte, tones[l.tone] };
    add(step, text, l.tone != TONE_NONE ? 2 : 1);
    if (point < 0x100 && memchr(shared, (int)point, sizeof shared - 1) != NULL)
        add(step, &(char){ (char)point }, 1);
    // The same bytes, shown by CP1252.
    uint32_t shown[2] = { (uint8_t)text[0], (uint8_t)text[1] };
    add_points(step, shown, l.tone != TONE_NONE ? 2 : 1);
    if (step->n > 1 && point < 0x100)
        add_point(step, point);
}

// ---- bytes shown by a code page ----

// The other way round than lib/text has its tables; made once.
struct shown {
    int (*byte_of)(uint32_t);
    bool made;
    uint16_t points[256][3]; // 0 ends
};

static void make_shown(struct shown *page)
{
    enum { LAST = 0x2666 };
    for (uint32_t c = 1; c <= LAST; c++) {
        int byte = page->byte_of(c);
        size_t i = 0;
        while (byte >= 0 && i < 3 && page->points[byte][i] != 0)
            i++;
        if (byte >= 0 && i < 3)
            page->points[byte][i] = (uint16_t)c;
    }
    page->made = true;
}

static struct shown pages[] = { { .byte_of = legacy_windows_byte },
                                { .byte_of = legacy_latin_byte },
                                { .byte_of = legacy_cp437_byte } };

enum { PAGE_WINDOWS, PAGE_LATIN, PAGE_OEM };

static void add_shown(struct scanner_step *step, uint8_t byte, int number)
{
    struct shown *page = &pages[number];

    if (!page->made)
        make_shown(page);
    for (size_t i = 0; i < 3 && page->points[byte][i] != 0; i++)
        add_point(step, page->points[byte][i]);
}

// Code pages show some bytes not at all.
static void add_mojibake(struct scanner_step *step, uint8_t byte)
{
    add_shown(step, byte, PAGE_WINDOWS);
    add_shown(step, byte, PAGE_LATIN);
    // windows-1258 lacks four more than CP1252 does
    if (byte >= 0x80 && byte < 0xA0 && (!legacy_cp1252_has(byte) || (byte & 0xEB) == 0x8A)) {
        add(step, "", 0);
        add(step, "?", 1);
        add_point(step, UTF8_REPLACEMENT);
    }
}

static void add_cp437(struct scanner_step *step, uint32_t point)
{
    uint8_t byte = (uint8_t)point;

    add_shown(step, byte, PAGE_OEM);
    if (byte < ' ' || byte == 0x7F) {
        add(step, &(char){ (char)byte }, 1);
        add(step, "", 0); // what a window makes of a control code
    }
}

static void add_html(struct scanner_step *step, uint32_t point)
{
    struct letter l = letter_of(point);

    add_format(step, "&#%u;", point);
    add_format(step, "&#x%x;", point);
    add_format(step, "&#x%X;", point);
    add_format(step, "&#0%u;", point);
    if (point < 0x100 && l.base != 0) {
        static const char *const names[] = { "grave", "", "tilde", "acute", "" };
        const char *name = l.tone != TONE_NONE ? names[l.tone - 1] : "circ";
        char text[STEP_LENGTH];
        int n = snprintf(text, sizeof text, "&%c%s;", (char)without_marks(l), name);
        if (n > 0)
            add(step, text, (size_t)n);
    }
    if (point == 0x110 || point == 0x111)
        add(step, point == 0x110 ? "&Dstrok;" : "&dstrok;", 8);
    add_point(step, point); // browsers leave some letters alone
}

static void add_latin(struct scanner_step *step, uint32_t point)
{
    int byte = legacy_latin_byte(point);

    if (byte >= 0) {
        add(step, &(char){ (char)byte }, 1);
        add_point(step, point);
    } else {
        add(step, "?", 1);
        add(step, "", 0);
        add_point(step, without_marks(letter_of(point)));
    }
}

// One for the letter, or one for each of its bytes.
static void add_replaced(struct scanner_step *step, size_t bytes)
{
    static const char *const signs[] = { "?", "_", "\xEF\xBF\xBD" };

    for (size_t i = 0; i < 3; i++) {
        char text[STEP_LENGTH];
        size_t n = strlen(signs[i]);
        for (size_t k = 0; k < bytes; k++)
            memcpy(text + k * n, signs[i], n);
        add(step, text, n);
        add(step, text, bytes * n);
    }
}

// ---- steps ----

static bool goes_by_bytes(enum scanner_form form)
{
    return form == FORM_UTF8_DECIMAL || form == FORM_UTF8_DECIMAL_HOLES || form == FORM_MOJIBAKE ||
           form == FORM_MOJIBAKE_OEM || form == FORM_PERCENT;
}

static void add_byte(struct scanner_step *step, enum scanner_form form, uint8_t byte)
{
    switch (form) {
    case FORM_MOJIBAKE:
        add_mojibake(step, byte);
        break;
    case FORM_MOJIBAKE_OEM:
        add_shown(step, byte, PAGE_OEM);
        break;
    case FORM_PERCENT:
        add_format(step, "%%%02X", byte);
        add_format(step, "%%%02x", byte);
        break;
    default:
        if (form == FORM_UTF8_DECIMAL_HOLES && byte < 0xA0 && legacy_cp1252_has(byte))
            add(step, "", 0);
        else
            add_format(step, "0%03u", byte);
    }
}

static void add_letter(struct scanner_step *step, enum scanner_form form, uint32_t point)
{
    switch (form) {
    case FORM_DECOMPOSED:
        add_decomposed(step, point);
        break;
    case FORM_POINT_DECIMAL:
        add_format(step, "%u", point);
        add_format(step, "0%u", point);
        break;
    case FORM_CP437:
        add_cp437(step, point);
        break;
    case FORM_CP1258:
        add_cp1258(step, point);
        break;
    case FORM_HTML:
        add_html(step, point);
        break;
    case FORM_LATIN:
        add_latin(step, point);
        break;
    case FORM_PLAIN:
        add_point(step, without_marks(letter_of(point)));
        break;
    case FORM_DROPPED:
        add(step, "", 0);
        break;
    case FORM_REPLACED:
        add_replaced(step, step->used);
        break;
    default:
        add_point(step, point);
    }
}

static uint32_t in_case(uint32_t point, enum scanner_case how)
{
    struct letter l = letter_of(point);

    if (l.base == 0 || how == CASE_SOUND)
        return point;
    l.upper = how == CASE_UPPER || (how == CASE_SWAPPED && !l.upper);
    return letter_code_point(l);
}

static void add_ascii(struct scanner_step *step, const struct scanner_way *way, char c)
{
    if (c == '|' && way->has_separator) {
        add(step, way->separator.p, way->separator.n);
        return;
    }
    add(step, &c, 1);
    if (way->form == FORM_PERCENT && (c == '|' || c == ' ' || c == ',')) {
        add_format(step, "%%%02X", (unsigned char)c);
        add_format(step, "%%%02x", (unsigned char)c);
        if (c == ' ')
            add(step, "+", 1);
    } else if (way->form == FORM_HTML && c == '|') {
        static const char *const names[] = { "&#124;", "&#x7c;", "&#x7C;", "&vert;", "&verbar;" };
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            add(step, names[i], strlen(names[i]));
    }
}

// Everything that was typed goes through the keyboard's layout.
static void apply_layout(struct scanner_step *step, size_t layout)
{
    for (size_t i = 0; i < step->n && layout != LAYOUT_US; i++) {
        struct bytes text = { .p = (char[STEP_LENGTH]){ 0 }, .cap = STEP_LENGTH, .fixed = true };
        for (size_t k = 0; k < step->choice[i].length; k++) {
            char one;
            bytes_put_str(&text, scanner_layout_key(layout, step->choice[i].text[k], &one));
        }
        if (text.failed)
            continue;
        memcpy(step->choice[i].text, text.p, text.n);
        step->choice[i].length = (uint8_t)text.n;
    }
}

void scanner_step_make(const struct scanner_way *way, struct str text, size_t at, unsigned byte,
                       struct scanner_step *step)
{
    size_t end = at;
    uint32_t point = (uint32_t)utf8_next(text, &end);

    step->n = 0;
    step->byte = 0;
    step->used = end - at;
    if (way->letters != CASE_SOUND)
        point = in_case(point, way->letters);
    if (point < 0x80) {
        bool own = way->has_separator && point == '|';
        add_ascii(step, way, (char)point);
        if (own)
            return;
    } else if (goes_by_bytes(way->form)) {
        struct bytes coded = { .p = (char[8]){ 0 }, .cap = 8, .fixed = true };
        utf8_put(&coded, point);
        add_byte(step, way->form, (uint8_t)coded.p[byte]);
        if (byte + 1 < coded.n) {
            step->byte = byte + 1;
            step->used = 0;
        }
    } else {
        add_letter(step, way->form, point);
        // Of two cases only ASCII's may change: many a scanner knows no other letters.
        if (way->letters != CASE_SOUND) {
            size_t again = at;
            add_letter(step, way->form, (uint32_t)utf8_next(text, &again));
        }
    }
    apply_layout(step, way->layout);
}
