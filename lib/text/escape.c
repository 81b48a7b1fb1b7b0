// SPDX-License-Identifier: MIT
#include "text/escape.h"

#include "base/bytes.h"
#include "text/damage_cell.h"
#include "text/utf8.h"

enum { REFERENCE_MAX = 12, ESCAPED_AT_MOST = 3 };

// HTML 4's names for U+00A0..00FF, in order.
static const char *const latin_names[96] = {
    "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",
    "copy",   "ordf",   "laquo",  "not",    "shy",    "reg",    "macr",   "deg",    "plusmn",
    "sup2",   "sup3",   "acute",  "micro",  "para",   "middot", "cedil",  "sup1",   "ordm",
    "raquo",  "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc",  "Atilde",
    "Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute", "Ecirc",  "Euml",   "Igrave",
    "Iacute", "Icirc",  "Iuml",   "ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde",
    "Ouml",   "times",  "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",
    "szlig",  "agrave", "aacute", "acirc",  "atilde", "auml",   "aring",  "aelig",  "ccedil",
    "egrave", "eacute", "ecirc",  "euml",   "igrave", "iacute", "icirc",  "iuml",   "eth",
    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide", "oslash", "ugrave",
    "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml",
};

// Of HTML's other names those that browsers and libraries use for the letters of our texts.
static const struct {
    const char *name;
    uint16_t character;
} other_names[] = {
    { "amp", '&' },      { "lt", '<' },       { "gt", '>' },       { "quot", '"' },
    { "apos", '\'' },    { "vert", '|' },     { "verbar", '|' },   { "VerticalLine", '|' },
    { "grave", '`' },    { "lsquo", 0x2018 }, { "rsquo", 0x2019 }, { "ndash", 0x2013 },
    { "mdash", 0x2014 }, { "Abreve", 0x102 }, { "abreve", 0x103 }, { "Dstrok", 0x110 },
    { "dstrok", 0x111 }, { "Itilde", 0x128 }, { "itilde", 0x129 }, { "Utilde", 0x168 },
    { "utilde", 0x169 }, { "Ccaron", 0x10C }, { "ccaron", 0x10D }, { "Ubreve", 0x16C },
    { "ubreve", 0x16D },
};

static int hex_digit(char c)
{
    if (char_is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// The number of "#7885" or "#x1ECD"; 0 when it is none.
static uint32_t numbered(struct str name)
{
    bool hex = name.n > 1 && (name.p[1] == 'x' || name.p[1] == 'X');
    size_t start = hex ? 2 : 1;
    uint32_t value = 0;

    if (name.n <= start || name.n - start > 7)
        return 0;
    for (size_t i = start; i < name.n; i++) {
        int digit = hex_digit(name.p[i]);
        if (digit < 0 || (!hex && digit > 9))
            return 0;
        value = value * (hex ? 16 : 10) + (uint32_t)digit;
    }
    return value;
}

static uint32_t named(struct str name)
{
    for (size_t i = 0; i < sizeof latin_names / sizeof latin_names[0]; i++)
        if (str_eq(name, str_of(latin_names[i])))
            return (uint32_t)i + 0xA0;
    for (size_t i = 0; i < sizeof other_names / sizeof other_names[0]; i++)
        if (str_eq(name, str_of(other_names[i].name)))
            return other_names[i].character;
    return 0;
}

// What the reference at the start of s stands for, and its length; 0 when there is none.
static uint32_t reference(struct str s, size_t *length)
{
    struct str body = str_head(str_from(s, 1), REFERENCE_MAX + 1);
    struct str name = str_head(body, str_find(body, ';'));
    if (name.n == 0 || name.n == body.n)
        return 0;
    uint32_t c = name.p[0] == '#' ? numbered(name) : named(name);
    *length = name.n + 2;
    if (c == 0xA0)
        return ' ';
    return cell_is_permitted(c) ? c : 0;
}

// One pass; room has text's length, which no reference's meaning is longer than.
static struct str undo_html_once(struct str text, char *room)
{
    struct bytes out = { .p = room, .cap = text.n, .fixed = true };

    for (size_t at = 0; at < text.n;) {
        size_t length = 1;
        uint32_t c = text.p[at] == '&' ? reference(str_from(text, at), &length) : 0;
        if (c == 0) {
            bytes_put_char(&out, text.p[at++]);
            continue;
        }
        utf8_put(&out, c);
        at += length;
    }
    return bytes_str(&out);
}

struct str escape_undo_html(struct arena *arena, struct str text, bool *changed)
{
    *changed = false;
    for (int pass = 0; pass < ESCAPED_AT_MOST && str_find(text, '&') < text.n; pass++) {
        char *room = arena_alloc(arena, text.n);
        if (room == NULL)
            break;
        struct str next = undo_html_once(text, room);
        if (next.n == text.n)
            break;
        *changed = true;
        text = next;
    }
    return text;
}

static int escaped_byte(struct str text, size_t at)
{
    if (text.p[at] != '%' || text.n - at < 3)
        return -1;
    int high = hex_digit(text.p[at + 1]), low = hex_digit(text.p[at + 2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

static bool all_permitted(struct str text)
{
    for (size_t at = 0; at < text.n;) {
        int32_t c = utf8_next(text, &at);
        if (c == UTF8_BAD || !cell_is_permitted((uint32_t)c))
            return false;
    }
    return true;
}

static struct str undo_percent_once(struct str text, char *room)
{
    bool form = str_find(text, ' ') == text.n;
    struct bytes out = { .p = room, .cap = text.n, .fixed = true };

    for (size_t at = 0; at < text.n;) {
        int byte = escaped_byte(text, at);
        bytes_put_char(&out, byte >= 0 ? (char)byte : form && text.p[at] == '+' ? ' ' : text.p[at]);
        at += byte >= 0 ? 3 : 1;
    }
    return bytes_str(&out);
}

struct str escape_undo_percent(struct arena *arena, struct str text, bool *changed)
{
    *changed = false;
    for (int pass = 0; pass < ESCAPED_AT_MOST && str_find(text, '%') < text.n; pass++) {
        char *room = arena_alloc(arena, text.n);
        if (room == NULL)
            break;
        struct str next = undo_percent_once(text, room);
        if (next.n == text.n || !all_permitted(next))
            break;
        *changed = true;
        text = next;
    }
    return text;
}
