// SPDX-License-Identifier: MIT
#include "text/legacy.h"

#include "text/letter.h"

// What CP1252 has at 80..9F.
static const uint16_t cp1252_specials[32] = {
    0x20AC, 0,      0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
    0x2039, 0x152,  0,      0x17D,  0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0,      0x17E,  0x178,
};

// What CP437 shows for the controls, and has at 80..FF.
static const uint16_t cp437_signs[32] = {
    0,      0x263A, 0x263B, 0x2665, 0x2666, 0x2663, 0x2660, 0x2022, 0x25D8, 0x25CB, 0x25D9,
    0x2642, 0x2640, 0x266A, 0x266B, 0x263C, 0x25BA, 0x25C4, 0x2195, 0x203C, 0xB6,   0xA7,
    0x25AC, 0x21A8, 0x2191, 0x2193, 0x2192, 0x2190, 0x221F, 0x2194, 0x25B2, 0x25BC,
};
static const uint16_t cp437_upper[128] = {
    0xC7,   0xFC,   0xE9,   0xE2,   0xE4,   0xE0,   0xE5,   0xE7,   0xEA,   0xEB,   0xE8,   0xEF,
    0xEE,   0xEC,   0xC4,   0xC5,   0xC9,   0xE6,   0xC6,   0xF4,   0xF6,   0xF2,   0xFB,   0xF9,
    0xFF,   0xD6,   0xDC,   0xA2,   0xA3,   0xA5,   0x20A7, 0x192,  0xE1,   0xED,   0xF3,   0xFA,
    0xF1,   0xD1,   0xAA,   0xBA,   0xBF,   0x2310, 0xAC,   0xBD,   0xBC,   0xA1,   0xAB,   0xBB,
    0x2591, 0x2592, 0x2593, 0x2502, 0x2524, 0x2561, 0x2562, 0x2556, 0x2555, 0x2563, 0x2551, 0x2557,
    0x255D, 0x255C, 0x255B, 0x2510, 0x2514, 0x2534, 0x252C, 0x251C, 0x2500, 0x253C, 0x255E, 0x255F,
    0x255A, 0x2554, 0x2569, 0x2566, 0x2560, 0x2550, 0x256C, 0x2567, 0x2568, 0x2564, 0x2565, 0x2559,
    0x2558, 0x2552, 0x2553, 0x256B, 0x256A, 0x2518, 0x250C, 0x2588, 0x2584, 0x258C, 0x2590, 0x2580,
    0x3B1,  0xDF,   0x393,  0x3C0,  0x3A3,  0x3C3,  0xB5,   0x3C4,  0x3A6,  0x398,  0x3A9,  0x3B4,
    0x221E, 0x3C6,  0x3B5,  0x2229, 0x2261, 0xB1,   0x2265, 0x2264, 0x2320, 0x2321, 0xF7,   0x2248,
    0xB0,   0x2219, 0xB7,   0x221A, 0x207F, 0xB2,   0x25A0, 0xA0,
};

// TCVN 5712:1993 VN1; the fonts called TCVN3 or ABC have its small letters alone, and show capitals
// by fonts of capitals. Checked against recode and iconv.
static const uint16_t tcvn3_controls[32] = {
    [0x01] = 0xDA,   [0x02] = 0x1EE4, [0x04] = 0x1EEA, [0x05] = 0x1EEC,
    [0x06] = 0x1EEE, [0x11] = 0x1EE8, [0x12] = 0x1EF0, [0x13] = 0x1EF2,
    [0x14] = 0x1EF6, [0x15] = 0x1EF8, [0x16] = 0xDD,   [0x17] = 0x1EF4,
};
static const uint16_t tcvn3_letters[128] = {
    0x00C0, 0x1EA2, 0x00C3, 0x00C1, 0x1EA0, 0x1EB6, 0x1EAC, 0x00C8, // 80
    0x1EBA, 0x1EBC, 0x00C9, 0x1EB8, 0x1EC6, 0x00CC, 0x1EC8, 0x0128, // 88
    0x00CD, 0x1ECA, 0x00D2, 0x1ECE, 0x00D5, 0x00D3, 0x1ECC, 0x1ED8, // 90
    0x1EDC, 0x1EDE, 0x1EE0, 0x1EDA, 0x1EE2, 0x00D9, 0x1EE6, 0x0168, // 98
    0,      0x0102, 0x00C2, 0x00CA, 0x00D4, 0x01A0, 0x01AF, 0x0110, // A0
    0x0103, 0x00E2, 0x00EA, 0x00F4, 0x01A1, 0x01B0, 0x0111, 0x1EB0, // A8
    0,      0,      0,      0,      0,      0x00E0, 0x1EA3, 0x00E3, // B0
    0x00E1, 0x1EA1, 0x1EB2, 0x1EB1, 0x1EB3, 0x1EB5, 0x1EAF, 0x1EB4, // B8
    0x1EAE, 0x1EA6, 0x1EA8, 0x1EAA, 0x1EA4, 0x1EC0, 0x1EB7, 0x1EA7, // C0
    0x1EA9, 0x1EAB, 0x1EA5, 0x1EAD, 0x00E8, 0x1EC2, 0x1EBB, 0x1EBD, // C8
    0x00E9, 0x1EB9, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EBF, 0x1EC7, 0x00EC, // D0
    0x1EC9, 0x1EC4, 0x1EBE, 0x1ED2, 0x0129, 0x00ED, 0x1ECB, 0x00F2, // D8
    0x1ED4, 0x1ECF, 0x00F5, 0x00F3, 0x1ECD, 0x1ED3, 0x1ED5, 0x1ED7, // E0
    0x1ED1, 0x1ED9, 0x1EDD, 0x1EDF, 0x1EE1, 0x1EDB, 0x1EE3, 0x00F9, // E8
    0x1ED6, 0x1EE7, 0x0169, 0x00FA, 0x1EE5, 0x1EEB, 0x1EED, 0x1EEF, // F0
    0x1EE9, 0x1EF1, 0x1EF3, 0x1EF7, 0x1EF9, 0x00FD, 0x1EF5, 0x1ED0, // F8
};

// VPS; some of its capitals stand among the controls, and its fonts show small letters in their
// place. Checked against recode and two more public tables.
static const uint16_t vps_controls[32] = {
    [0x02] = 0x1EA0, [0x03] = 0x1EAC, [0x04] = 0x1EB6, [0x05] = 0x1EB8, [0x06] = 0x1EC6,
    [0x10] = 0x1ECA, [0x11] = 0x1ECC, [0x12] = 0x1ED8, [0x13] = 0x1EE2, [0x14] = 0x1EE4,
    [0x15] = 0x1EF0, [0x19] = 0x1EF4, [0x1C] = 0x1EAA, [0x1D] = 0x1EEE,
};
static const uint16_t vps_letters[128] = {
    0x00C0, 0x1EA2, 0x00C3, 0x1EA4, 0x1EA6, 0x1EA8, 0x1ECD, 0x1ED7, // 80
    0x0102, 0x1EBF, 0x1EC1, 0x1EC3, 0x1EC7, 0x1EAE, 0x1EB0, 0x1EB2, // 88
    0x1EBE, 0,      0,      0x1EC0, 0x1EC2, 0x1EC4, 0x1ED0, 0x1ED2, // 90
    0x1ED4, 0x1ED6, 0x00FD, 0x1EF7, 0x1EF5, 0x1EDA, 0x1EDC, 0x1EDE, // 98
    0,      0x1EAF, 0x1EB1, 0x1EB3, 0x1EB5, 0x1EB7, 0x1EE0, 0x1EDB, // A0
    0x00D9, 0x1EDD, 0x1EDF, 0x1EE1, 0x0168, 0x1EE8, 0x1EE3, 0x1EEA, // A8
    0x1ED5, 0x1EEC, 0x1EF2, 0x1EF8, 0x00CD, 0x00CC, 0x1ED9, 0x1EC8, // B0
    0x0128, 0x00D3, 0x1EED, 0x1EEF, 0x00D2, 0x1ECE, 0x00D5, 0x1EF1, // B8
    0x1EA7, 0x00C1, 0x00C2, 0x1EA5, 0x1EA9, 0x1EAB, 0x1EAD, 0x0111, // C0
    0x1EBB, 0x00C9, 0x00CA, 0x1EB9, 0x1EC9, 0x1EC5, 0x1ECB, 0x1EF9, // C8
    0x01AF, 0x1EE6, 0x1ED3, 0x1ED1, 0x00D4, 0x1ECF, 0x01A1, 0x00C8, // D0
    0x1EEB, 0x1EE9, 0x00DA, 0x0169, 0x01B0, 0x00DD, 0x1EBA, 0,      // D8
    0x00E0, 0x00E1, 0x00E2, 0x00E3, 0x1EA3, 0x1EA1, 0x0103, 0,      // E0
    0x00E8, 0x00E9, 0x00EA, 0x1EBD, 0x00EC, 0x00ED, 0,      0x0129, // E8
    0x1EB4, 0x0110, 0x00F2, 0x00F3, 0x00F4, 0x00F5, 0,      0x01A0, // F0
    0x1EE5, 0x00F9, 0x00FA, 0x1EE7, 0,      0x1EF6, 0x1EBC, 0x1EF3, // F8
};

// VISCII, RFC 1456: read only so that it is not taken for one of the others.
static const uint16_t viscii_controls[32] = {
    [0x02] = 0x1EB2, [0x05] = 0x1EB4, [0x06] = 0x1EAA,
    [0x14] = 0x1EF6, [0x19] = 0x1EF8, [0x1E] = 0x1EF4,
};
static const uint16_t viscii_letters[128] = {
    0x1EA0, 0x1EAE, 0x1EB0, 0x1EB6, 0x1EA4, 0x1EA6, 0x1EA8, 0x1EAC, // 80
    0x1EBC, 0x1EB8, 0x1EBE, 0x1EC0, 0x1EC2, 0x1EC4, 0x1EC6, 0x1ED0, // 88
    0x1ED2, 0x1ED4, 0x1ED6, 0x1ED8, 0x1EE2, 0x1EDA, 0x1EDC, 0x1EDE, // 90
    0x1ECA, 0x1ECE, 0x1ECC, 0x1EC8, 0x1EE6, 0x0168, 0x1EE4, 0x1EF2, // 98
    0x00D5, 0x1EAF, 0x1EB1, 0x1EB7, 0x1EA5, 0x1EA7, 0x1EA9, 0x1EAD, // A0
    0x1EBD, 0x1EB9, 0x1EBF, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EC7, 0x1ED1, // A8
    0x1ED3, 0x1ED5, 0x1ED7, 0x1EE0, 0x01A0, 0x1ED9, 0x1EDD, 0x1EDF, // B0
    0x1ECB, 0x1EF0, 0x1EE8, 0x1EEA, 0x1EEC, 0x01A1, 0x1EDB, 0x01AF, // B8
    0x00C0, 0x00C1, 0x00C2, 0x00C3, 0x1EA2, 0x0102, 0x1EB3, 0x1EB5, // C0
    0x00C8, 0x00C9, 0x00CA, 0x1EBA, 0x00CC, 0x00CD, 0x0128, 0x1EF3, // C8
    0x0110, 0x1EE9, 0x00D2, 0x00D3, 0x00D4, 0x1EA1, 0x1EF7, 0x1EEB, // D0
    0x1EED, 0x00D9, 0x00DA, 0x1EF9, 0x1EF5, 0x00DD, 0x1EE1, 0x01B0, // D8
    0x00E0, 0x00E1, 0x00E2, 0x00E3, 0x1EA3, 0x0103, 0x1EEF, 0x1EAB, // E0
    0x00E8, 0x00E9, 0x00EA, 0x1EBB, 0x00EC, 0x00ED, 0x0129, 0x1EC9, // E8
    0x0111, 0x1EF1, 0x00F2, 0x00F3, 0x00F4, 0x00F5, 0x1ECF, 0x1ECD, // F0
    0x1EE5, 0x00F9, 0x00FA, 0x0169, 0x1EE7, 0x00FD, 0x1EE3, 0x1EEE, // F8
};

struct mark_byte {
    uint8_t byte; // as a small letter has it; capitals have the one 20 lower
    uint8_t mark;
    uint8_t tone;
};

// VNI-Windows writes these behind the letter. recode exchanges the capitals Ắ and Ằ; two other
// public tables and the fonts' own order of small and capital letters agree on this.
static const struct mark_byte vni_marks[] = {
    { 0xF9, MARK_NONE, TONE_ACUTE },       { 0xF8, MARK_NONE, TONE_GRAVE },
    { 0xFB, MARK_NONE, TONE_HOOK },        { 0xF5, MARK_NONE, TONE_TILDE },
    { 0xEF, MARK_NONE, TONE_DOT },         { 0xE2, MARK_CIRCUMFLEX, TONE_NONE },
    { 0xE1, MARK_CIRCUMFLEX, TONE_ACUTE }, { 0xE0, MARK_CIRCUMFLEX, TONE_GRAVE },
    { 0xE5, MARK_CIRCUMFLEX, TONE_HOOK },  { 0xE3, MARK_CIRCUMFLEX, TONE_TILDE },
    { 0xE4, MARK_CIRCUMFLEX, TONE_DOT },   { 0xEA, MARK_BREVE, TONE_NONE },
    { 0xE9, MARK_BREVE, TONE_ACUTE },      { 0xE8, MARK_BREVE, TONE_GRAVE },
    { 0xFA, MARK_BREVE, TONE_HOOK },       { 0xFC, MARK_BREVE, TONE_TILDE },
    { 0xEB, MARK_BREVE, TONE_DOT },
};

// Whole letters of VNI-Windows, small ones; capitals stand 20 lower.
static const struct {
    uint8_t byte;
    uint16_t letter;
} vni_letters[] = {
    { 0xEC, 0xEC },  { 0xE6, 0x1EC9 }, { 0xF3, 0x129 },  { 0xED, 0xED },  { 0xF2, 0x1ECB },
    { 0xF4, 0x1A1 }, { 0xF6, 0x1B0 },  { 0xEE, 0x1EF5 }, { 0xF1, 0x111 },
};

// Where windows-1258 differs from Latin-1; its tones are combining characters.
static const struct {
    uint8_t byte;
    uint16_t character;
} cp1258_own[] = {
    { 0xC3, 0x102 }, { 0xCC, 0x300 }, { 0xD0, 0x110 }, { 0xD2, 0x309 },  { 0xD5, 0x1A0 },
    { 0xDD, 0x1AF }, { 0xDE, 0x303 }, { 0xE3, 0x103 }, { 0xEC, 0x301 },  { 0xF0, 0x111 },
    { 0xF2, 0x323 }, { 0xF5, 0x1A1 }, { 0xFD, 0x1B0 }, { 0xFE, 0x20AB },
};

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

bool legacy_cp1252_has(uint8_t byte)
{
    return byte < 0x80 || byte > 0x9F || cp1252_specials[byte - 0x80] != 0;
}

int legacy_latin_byte(uint32_t c)
{
    if (c < 0x100)
        return (int)c;
    for (size_t i = 0; i < LENGTH(cp1252_specials); i++)
        if (cp1252_specials[i] == c)
            return (int)i + 0x80;
    return -1;
}

int legacy_windows_byte(uint32_t c)
{
    if (c < 0x100)
        return (int)c;
    for (size_t i = 0; i < LENGTH(cp1258_own); i++)
        if (cp1258_own[i].character == c)
            return cp1258_own[i].byte;
    return legacy_latin_byte(c);
}

int legacy_cp437_byte(uint32_t c)
{
    if (c < 0x7F)
        return (int)c;
    for (size_t i = 0; i < LENGTH(cp437_upper); i++)
        if (cp437_upper[i] == c)
            return (int)i + 0x80;
    for (size_t i = 1; i < LENGTH(cp437_signs); i++)
        if (cp437_signs[i] == c)
            return (int)i;
    return c == 0x2302 ? 0x7F : -1;
}

// Apostrophes, dashes and the fixed space, which all of them but VISCII share with CP1252.
static cell common_sign(uint8_t byte)
{
    switch (byte) {
    case 0x91:
    case 0x92:
    case 0x96:
    case 0x97:
        return cp1252_specials[byte - 0x80];
    case 0xA0:
        return ' ';
    default:
        return byte >= ' ' && byte < 0x7F ? byte : 0;
    }
}

// The fonts have no toned capitals: a small letter may stand for either.
static cell font_letter(uint16_t c, bool shared)
{
    struct letter l = letter_of(c);
    return shared && !l.upper ? cell_choice(CHOICE_CASE, c) : c;
}

static bool vps_shares(uint16_t c)
{
    return letter_of(c).tone == TONE_DOT || c == 0x1EAB || c == 0x1EEF;
}

static cell table_letter(enum legacy legacy, uint8_t byte)
{
    const uint16_t *controls = legacy == LEGACY_TCVN3 ? tcvn3_controls
                               : legacy == LEGACY_VPS ? vps_controls
                                                      : viscii_controls;
    const uint16_t *letters = legacy == LEGACY_TCVN3 ? tcvn3_letters
                              : legacy == LEGACY_VPS ? vps_letters
                                                     : viscii_letters;
    uint16_t c = byte < 0x20 ? controls[byte] : byte >= 0x80 ? letters[byte - 0x80] : 0;

    if (c == 0)
        return common_sign(byte);
    if (legacy == LEGACY_TCVN3)
        return font_letter(c, letter_of(c).tone != TONE_NONE);
    return font_letter(c, legacy == LEGACY_VPS && vps_shares(c));
}

static bool read_table(enum legacy legacy, const uint8_t *bytes, size_t n, cell *cells)
{
    for (size_t i = 0; i < n; i++)
        if ((cells[i] = table_letter(legacy, bytes[i])) == 0)
            return false;
    return true;
}

static cell vni_letter(uint8_t byte)
{
    for (size_t i = 0; i < LENGTH(vni_letters); i++) {
        struct letter l = letter_of(vni_letters[i].letter);
        if (vni_letters[i].byte == byte)
            return vni_letters[i].letter;
        l.upper = true;
        if (vni_letters[i].byte - 0x20 == byte)
            return letter_code_point(l);
    }
    return common_sign(byte);
}

// The letter before it with the mark that the byte stands for; 0 when it takes none. Spreadsheets
// that change the case of letters leave or change the marks, so these need not match.
static cell vni_marked(cell before, uint8_t byte)
{
    struct letter l = letter_of(before);
    uint8_t small = byte >= 0xC0 && byte < 0xE0 ? byte + 0x20 : byte;

    for (size_t i = 0; i < LENGTH(vni_marks); i++) {
        struct mark_byte m = vni_marks[i];
        if (m.byte != small)
            continue;
        if (l.tone != TONE_NONE || (m.mark != MARK_NONE && l.mark != MARK_NONE) || l.base == 'i')
            return 0;
        l.tone = m.tone;
        if (m.mark != MARK_NONE)
            l.mark = m.mark;
        return l.base != 0 ? letter_code_point(l) : 0;
    }
    return 0;
}

static bool read_vni(const uint8_t *bytes, size_t n, cell *cells, size_t *count)
{
    size_t k = 0;

    for (size_t i = 0; i < n; i++) {
        cell whole = vni_letter(bytes[i]);
        cell marked = whole == 0 && k > 0 ? vni_marked(cells[k - 1], bytes[i]) : 0;
        if (whole != 0)
            cells[k++] = whole;
        else if (marked != 0)
            cells[k - 1] = marked;
        else
            return false;
    }
    *count = k;
    return true;
}

static uint8_t combining_tone(uint32_t c)
{
    switch (c) {
    case 0x300:
        return TONE_GRAVE;
    case 0x309:
        return TONE_HOOK;
    case 0x303:
        return TONE_TILDE;
    case 0x301:
        return TONE_ACUTE;
    case 0x323:
        return TONE_DOT;
    default:
        return TONE_NONE;
    }
}

static uint32_t cp1258_character(uint8_t byte)
{
    for (size_t i = 0; i < LENGTH(cp1258_own); i++)
        if (cp1258_own[i].byte == byte)
            return cp1258_own[i].character;
    if (common_sign(byte) != 0)
        return common_sign(byte);
    return byte >= 0x80 && cell_is_letter(byte) ? byte : 0;
}

static bool read_cp1258(const uint8_t *bytes, size_t n, cell *cells, size_t *count)
{
    size_t k = 0;

    for (size_t i = 0; i < n; i++) {
        uint32_t c = cp1258_character(bytes[i]);
        uint8_t tone = combining_tone(c);
        if (tone == TONE_NONE) {
            if (c == 0 || !cell_is_permitted(c))
                return false;
            cells[k++] = c;
            continue;
        }
        struct letter l = k > 0 ? letter_of(cells[k - 1]) : (struct letter){ 0 };
        bool takes = l.base != 0 && l.tone == TONE_NONE;
        l.tone = tone;
        if (!takes || letter_code_point(l) == 0)
            return false;
        cells[k - 1] = letter_code_point(l);
    }
    *count = k;
    return true;
}

bool legacy_read(enum legacy legacy, const uint8_t *bytes, size_t n, cell *cells, size_t *count)
{
    switch (legacy) {
    case LEGACY_CP1258:
        return read_cp1258(bytes, n, cells, count);
    case LEGACY_VNI:
        return read_vni(bytes, n, cells, count);
    default:
        *count = n;
        return read_table(legacy, bytes, n, cells);
    }
}
