// SPDX-License-Identifier: MIT
#include "payload/fields.h"

#include "base/date.h"
#include "person/record.h"
#include "text/utf8.h"

enum { ID_DIGITS = ID_LENGTH, OLD_ID_DIGITS = OLD_ID_LENGTH };

bool field_is_id(struct str s)
{
    return s.n == ID_DIGITS && eight_are_digits(s.p) && eight_are_digits(s.p + ID_DIGITS - 8);
}

bool field_is_old_id(struct str s)
{
    return (s.n == OLD_ID_DIGITS || s.n == ID_DIGITS) && eight_are_digits(s.p) &&
           eight_are_digits(s.p + s.n - 8);
}

bool field_is_date(struct str s)
{
    struct date ignored;
    if (s.n < 8 || s.n > 10)
        return false;
    return (s.n == 8 && eight_are_digits(s.p)) || date_from_slashed(s, &ignored);
}

bool field_is_sex(struct str s)
{
    return sex_of_text(s) != SEX_UNKNOWN;
}

// Cuts at most FIELDS_MAX fields; the separator is not empty.
static void cut_at(struct str text, struct str separator, struct fields *out)
{
    out->count = 0;
    out->separator = separator;
    while (out->count + 1 < FIELDS_MAX) {
        const char *hit = text.n ? memmem(text.p, text.n, separator.p, separator.n) : NULL;
        if (hit == NULL)
            break;
        size_t width = (size_t)(hit - text.p);
        out->field[out->count++] = str_trim(str_head(text, width));
        text = str_from(text, width + separator.n);
    }
    out->field[out->count++] = str_trim(text);
}

static struct str trim_field(const char *p, size_t n)
{
    struct str s = { p, n };
    bool plain = n == 0 || ((unsigned char)p[0] > ' ' && (unsigned char)p[n - 1] > ' ');
    return plain ? s : str_trim(s);
}

static void add_field(struct fields *f, const char *p, size_t n)
{
    f->field[f->count++] = trim_field(p, n);
}

static void cut_at_mapped_bars(struct str text, struct fields *out)
{
    size_t start = 0;
    for (size_t i = 0; i < out->map.words; i++)
        for (uint64_t bars = out->map.word[i].bar; bars != 0; bars &= bars - 1) {
            size_t at = i * 64 + (size_t)__builtin_ctzll(bars);
            if (out->count + 1 == FIELDS_MAX)
                break;
            add_field(out, text.p + start, at - start);
            start = at + 1;
        }
    add_field(out, text.p + start, text.n - start);
}

// cut_at() for the ordinary separator.
static void cut_at_bars(struct str text, struct fields *out)
{
    out->count = 0;
    out->separator = STR("|");
    out->mapped = scan_map_make(&out->map, text);
    if (out->mapped)
        cut_at_mapped_bars(text, out);
    else
        cut_at(text, out->separator, out);
}

bool fields_find_anchor(const struct fields *f, struct anchor *out)
{
    for (size_t sex = 2; sex < f->count; sex++) {
        if (!field_is_sex(f->field[sex]))
            continue;
        size_t birth = sex - 1;
        while (birth > 1 && f->field[birth].n == 0)
            birth--;
        if (field_is_date(f->field[birth])) {
            *out = (struct anchor){ birth, sex };
            return true;
        }
    }
    return false;
}

// What stands behind the leading 12 digits where no "|" does: some scanners and keyboard layouts
// type another character for it. One that words and numbers are made of cannot be meant.
static struct str guess_separator(struct str line)
{
    static const struct str none = { "", 0 };
    if (line.n <= ID_DIGITS || !str_is_digits(str_head(line, ID_DIGITS)))
        return none;
    size_t at = ID_DIGITS;
    int32_t c = utf8_next(line, &at);
    bool wordlike = c == UTF8_BAD || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                    (c >= 'A' && c <= 'Z') || c == ' ' || c == '<';
    return wordlike ? none : (struct str){ line.p + ID_DIGITS, at - ID_DIGITS };
}

// Does a payload begin here? Twelve digits, an old number or nothing, and later birth date and sex.
static bool payload_begins(struct str text, struct str separator)
{
    struct fields f;
    if (!str_is_digits(str_head(text, ID_DIGITS)))
        return false;
    cut_at(str_head(text, 512), separator, &f);
    if (f.count < 5 || !field_is_id(f.field[0]))
        return false;
    if (f.field[1].n > 0 && !field_is_old_id(f.field[1]))
        return false;
    return field_is_date(f.field[3]) && field_is_sex(f.field[4]);
}

// Where the next payload begins behind the first, or text.n.
static size_t find_next_payload(struct str text, struct str separator)
{
    enum { SHORTEST_PAYLOAD = 30 };
    size_t from = SHORTEST_PAYLOAD + ID_DIGITS;
    while (from < text.n) {
        struct str behind = str_from(text, from);
        const char *hit = memmem(behind.p, behind.n, separator.p, separator.n);
        if (hit == NULL)
            break;
        size_t start = from + (size_t)(hit - behind.p) - ID_DIGITS;
        if (payload_begins(str_from(text, start), separator))
            return start;
        from = start + ID_DIGITS + separator.n;
    }
    return text.n;
}

static void cut_first_payload(struct str line, struct fields *out)
{
    size_t next = find_next_payload(line, out->separator);
    if (next < line.n) {
        out->rest = str_from(line, next);
        out->run_together = true;
        cut_at(str_trim(str_head(line, next)), out->separator, out);
    }
}

bool fields_cut(struct str line, struct fields *out)
{
    out->unusual_separator = out->run_together = false;
    out->rest = (struct str){ "", 0 };
    cut_at_bars(line, out);
    if (out->count < FIELDS_LEAST) {
        struct anchor ignored;
        struct str separator = guess_separator(line);
        if (separator.n == 0)
            return false;
        cut_at(line, separator, out);
        if (out->count < FIELDS_LEAST || !fields_find_anchor(out, &ignored))
            return false;
        out->unusual_separator = true;
    }
    if (out->count > FIELDS_2024)
        cut_first_payload(line, out);
    return true;
}
