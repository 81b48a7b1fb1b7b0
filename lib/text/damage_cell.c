// SPDX-License-Identifier: MIT
#include "text/damage_cell.h"

#include "text/legacy.h"
#include "text/letter.h"

bool cell_is_letter(uint32_t c)
{
    return letter_of(c).base != 0 || letter_is_ethnic(c);
}

bool cell_is_apostrophe(uint32_t c)
{
    return c == '\'' || c == '`' || c == 0x2018 || c == 0x2019 || c == 0x2BC;
}

bool cell_is_permitted(uint32_t c)
{
    if (c < 0x80)
        return c >= ' ' && c < 0x7F;
    return cell_is_letter(c) || cell_is_apostrophe(c) || c == 0x2013 || c == 0x2014 ||
           (c >= 0x300 && c < 0x370);
}

// The letters that Windows shows in this way are those of the same last byte: Latin-1, U+01xx and
// U+1Exx; of U+20xx the two quotation marks and the dashes.
static size_t cp437_options(uint32_t byte, uint32_t *options)
{
    static const uint16_t pages[] = { 0x0000, 0x0100, 0x1E00, 0x2000 };
    size_t n = 0;

    if (byte >= ' ' && byte < 0x7F)
        options[n++] = byte;
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        uint32_t c = pages[i] | byte;
        if (c >= 0x80 && cell_is_permitted(c))
            options[n++] = c;
    }
    return n;
}

static size_t hole_options(uint32_t lead, bool undefined, uint32_t *options)
{
    uint32_t base =
        lead > 0xFF ? (lead >> 8 & 0x0F) << 12 | (lead & 0x3F) << 6 : (lead & 0x1F) << 6;
    size_t n = 0;

    for (uint32_t byte = 0x80; byte < 0xA0; byte++)
        if (legacy_cp1252_has((uint8_t)byte) != undefined && cell_is_letter(base | (byte & 0x3F)))
            options[n++] = base | (byte & 0x3F);
    return n;
}

static size_t case_options(uint32_t small, uint32_t *options)
{
    struct letter l = letter_of(small);
    l.upper = true;
    options[0] = small;
    options[1] = letter_code_point(l);
    return options[1] != 0 ? 2 : 1;
}

size_t cell_options(cell c, uint32_t options[static CELL_OPTIONS_MAX])
{
    uint32_t value = c & 0x0FFFFFFF;
    size_t n = 0;

    if (!cell_is_choice(c)) {
        options[0] = c;
        return 1;
    }
    switch (c >> 28) {
    case CHOICE_CP437:
        n = cp437_options(value, options);
        break;
    case CHOICE_CASE:
        n = case_options(value, options);
        break;
    case CHOICE_HOLE_UNDEFINED:
        n = hole_options(value, true, options);
        break;
    case CHOICE_HOLE_SWALLOWED:
        n = hole_options(value, false, options);
        break;
    }
    if (n == 0)
        options[n++] = value;
    return n;
}

uint32_t cell_first(cell c)
{
    uint32_t options[CELL_OPTIONS_MAX];
    cell_options(c, options);
    return options[0];
}
