// SPDX-License-Identifier: MIT
#include "reader/scanner_profile.h"

#include "text/display.h"

static bool keep(struct str s, char *to, size_t size, size_t *length)
{
    if (s.n > size)
        return false;
    memcpy(to, s.p, s.n);
    *length = s.n;
    return true;
}

bool scanner_profile_learn(const struct exam *exam, struct scanner_profile *profile)
{
    *profile = (struct scanner_profile){ .form = exam->way.form,
                                         .letters = exam->way.letters,
                                         .layout = exam->way.layout };
    struct str separator = exam->way.has_separator ? exam->way.separator : STR("");

    return exam->scans > 0 && exam->steady &&
           keep(separator, profile->separator, sizeof profile->separator,
                &profile->separator_length) &&
           keep(exam->prefix, profile->prefix, sizeof profile->prefix, &profile->prefix_length) &&
           keep(exam->suffix, profile->suffix, sizeof profile->suffix, &profile->suffix_length);
}

// ---- writing ----

static void put_quoted(struct bytes *out, const char *p, size_t n)
{
    static const char hex[] = "0123456789ABCDEF";

    bytes_put_char(out, '"');
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)p[i];
        if (c >= ' ' && c < 0x7F && c != '"' && c != '\\') {
            bytes_put_char(out, p[i]);
        } else {
            bytes_lit(out, "\\x");
            bytes_put_char(out, hex[c >> 4]);
            bytes_put_char(out, hex[c & 15]);
        }
    }
    bytes_lit(out, "\"\n");
}

static void put_word(struct bytes *out, const char *name, const char *value)
{
    bytes_put_str(out, str_of(name));
    bytes_put_char(out, ' ');
    bytes_put_str(out, str_of(value));
    bytes_put_char(out, '\n');
}

void scanner_profile_put(const struct scanner_profile *p, struct bytes *out)
{
    bytes_lit(out, "# What a QR scanner does to each code: cccd-parse(1), --scanner\n"
                   "version 1\n");
    put_word(out, "form", scanner_form_name(p->form));
    put_word(out, "case", scanner_case_name(p->letters));
    put_word(out, "layout", scanner_layouts[p->layout].name);
    if (p->separator_length > 0) {
        bytes_lit(out, "separator ");
        put_quoted(out, p->separator, p->separator_length);
    }
    if (p->prefix_length > 0) {
        bytes_lit(out, "prefix ");
        put_quoted(out, p->prefix, p->prefix_length);
    }
    if (p->suffix_length > 0) {
        bytes_lit(out, "suffix ");
        put_quoted(out, p->suffix, p->suffix_length);
    }
}

// ---- reading ----

static int hex_digit(char c)
{
    return char_is_digit(c)       ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

static bool read_quoted(struct str value, char *to, size_t size, size_t *length)
{
    if (value.n < 3 || value.p[0] != '"' || value.p[value.n - 1] != '"')
        return false;
    value = str_head(str_from(value, 1), value.n - 2);
    *length = 0;
    for (size_t i = 0; i < value.n; i++) {
        unsigned char c = (unsigned char)value.p[i];
        if (c < ' ' || c >= 0x7F || c == '"' || *length == size)
            return false;
        if (c == '\\') {
            if (i + 3 >= value.n || value.p[i + 1] != 'x' || hex_digit(value.p[i + 2]) < 0 ||
                hex_digit(value.p[i + 3]) < 0)
                return false;
            c = (unsigned char)(hex_digit(value.p[i + 2]) << 4 | hex_digit(value.p[i + 3]));
            i += 3;
        }
        to[(*length)++] = (char)c;
    }
    return true;
}

static bool read_word(struct str name, struct str value, struct scanner_profile *p)
{
    if (str_eq(name, STR("form"))) {
        for (int f = 0; f < FORM_COUNT; f++)
            if (str_eq(value, str_of(scanner_form_name((enum scanner_form)f))))
                return p->form = (enum scanner_form)f, true;
    } else if (str_eq(name, STR("case"))) {
        for (int c = 0; c < CASE_COUNT; c++)
            if (str_eq(value, str_of(scanner_case_name((enum scanner_case)c))))
                return p->letters = (enum scanner_case)c, true;
    } else if (str_eq(name, STR("layout"))) {
        for (size_t l = 0; l < scanner_layout_count; l++)
            if (str_eq(value, str_of(scanner_layouts[l].name)))
                return p->layout = l, true;
    }
    return false;
}

static const char *const keys[] = { "form", "case", "layout", "separator", "prefix", "suffix" };

static bool read_value(struct str name, struct str value, struct scanner_profile *p)
{
    if (str_eq(name, STR("separator")))
        return read_quoted(value, p->separator, sizeof p->separator, &p->separator_length);
    if (str_eq(name, STR("prefix")))
        return read_quoted(value, p->prefix, sizeof p->prefix, &p->prefix_length);
    if (str_eq(name, STR("suffix")))
        return read_quoted(value, p->suffix, sizeof p->suffix, &p->suffix_length);
    return read_word(name, value, p);
}

static const char *read_line(struct str line, bool *version, unsigned *given,
                             struct scanner_profile *p)
{
    struct str name = str_head(line, str_find(line, ' '));
    struct str value = str_from(line, name.n + 1);

    if (!*version) {
        *version = str_eq(line, STR("version 1"));
        return *version ? NULL : N_("a profile begins with \"version 1\"");
    }
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (!str_eq(name, str_of(keys[i])))
            continue;
        if (*given & 1u << i)
            return N_("this stands there twice");
        *given |= 1u << i;
        return read_value(name, value, p) ? NULL : N_("this value is not known");
    }
    return N_("this is no line of a profile");
}

bool scanner_profile_read(struct str text, struct scanner_profile *profile, unsigned *line,
                          const char **why)
{
    bool version = false;
    unsigned given = 0;

    *profile = (struct scanner_profile){ 0 };
    for (*line = 1; text.n > 0; ++*line) {
        size_t end = str_find(text, '\n');
        struct str s = str_trim(str_head(text, end));
        text = str_from(text, end + 1);
        if (s.n == 0 || s.p[0] == '#')
            continue;
        *why = read_line(s, &version, &given, profile);
        if (*why != NULL)
            return false;
    }
    *line = 1;
    *why = N_("a profile begins with \"version 1\"");
    return version;
}
