// SPDX-License-Identifier: MIT
#include "image/pdf_objects.h"

#include <stdlib.h>

enum { OBJECTS_MAX = 1 << 20, NUMBER_DIGITS = 10, WORK_FACTOR = 16 };

// ---- tokens ----

static bool is_space(char c)
{
    return c == '\0' || c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' ';
}

static bool is_delimiter(char c)
{
    switch (c) {
    case '(':
    case ')':
    case '<':
    case '>':
    case '[':
    case ']':
    case '{':
    case '}':
    case '/':
    case '%':
        return true;
    default:
        return false;
    }
}

static struct str skip_space(struct str s)
{
    while (s.n > 0 && (is_space(*s.p) || *s.p == '%')) {
        size_t skip = 1;
        while (*s.p == '%' && skip < s.n && s.p[skip] != '\n' && s.p[skip] != '\r')
            skip++;
        s = str_from(s, skip);
    }
    return s;
}

// 7.3.4.2: parentheses within a string are balanced, or behind a backslash.
static size_t string_length(struct str s)
{
    size_t depth = 0;

    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\\')
            i++;
        else if (s.p[i] == '(')
            depth++;
        else if (s.p[i] == ')' && --depth == 0)
            return i + 1;
    }
    return s.n;
}

static size_t token_length(struct str s)
{
    size_t n = 1;

    if (s.n == 0)
        return 0;
    if (str_starts(s, STR("<<")) || str_starts(s, STR(">>")))
        return 2;
    if (*s.p == '(')
        return string_length(s);
    if (*s.p == '<') {
        n = str_find(s, '>');
        return n < s.n ? n + 1 : n;
    }
    if (is_delimiter(*s.p) && *s.p != '/')
        return 1;
    while (n < s.n && !is_space(s.p[n]) && !is_delimiter(s.p[n]))
        n++;
    return n;
}

static struct str next_token(struct str *s)
{
    *s = skip_space(*s);
    struct str token = str_head(*s, token_length(*s));
    *s = str_from(*s, token.n);
    return token;
}

// "12 0 R"; *rest goes behind it.
static bool take_reference(struct str *rest, size_t *number)
{
    struct str s = *rest;
    long value = pdf_number(next_token(&s));

    if (value < 0 || pdf_number(next_token(&s)) < 0 || !str_eq(next_token(&s), STR("R")))
        return false;
    *number = (size_t)value;
    *rest = s;
    return true;
}

struct str pdf_next(struct str *text)
{
    struct str start = skip_space(*text), rest = start;
    size_t depth = 0, number;

    if (take_reference(&rest, &number)) {
        *text = rest;
        return str_head(start, start.n - rest.n);
    }
    do {
        struct str token = next_token(&rest);
        if (token.n == 0)
            break;
        if (str_eq(token, STR("<<")) || str_eq(token, STR("[")))
            depth++;
        else if (str_eq(token, STR(">>")) || str_eq(token, STR("]")))
            depth -= depth > 0;
    } while (depth > 0);
    *text = rest;
    return str_head(start, start.n - rest.n);
}

struct str pdf_inside(struct str value)
{
    size_t bracket = str_starts(value, STR("<<")) ? 2 : str_starts(value, STR("[")) ? 1 : 0;

    if (bracket == 0 || value.n < 2 * bracket)
        return (struct str){ 0 };
    return str_head(str_from(value, bracket), value.n - 2 * bracket);
}

long pdf_number(struct str value)
{
    long number = 0;

    if (!str_is_digits(value) || value.n > NUMBER_DIGITS)
        return -1;
    for (size_t i = 0; i < value.n; i++)
        number = number * 10 + (value.p[i] - '0');
    return number;
}

// ---- objects ----

static bool spend(struct pdf_objects *o, size_t bytes)
{
    o->work_left -= bytes < o->work_left ? bytes : o->work_left;
    return o->work_left > 0;
}

struct str pdf_resolve(struct pdf_objects *o, struct str value)
{
    struct str rest = value;
    size_t number;

    if (!take_reference(&rest, &number))
        return value;
    if (number >= o->count || o->at[number] == 0)
        return (struct str){ 0 };
    rest = str_from(o->bytes, o->at[number]);
    value = pdf_next(&rest);
    return spend(o, value.n) ? value : (struct str){ 0 };
}

struct str pdf_get(struct pdf_objects *o, struct str dictionary, struct str name)
{
    struct str rest = pdf_inside(dictionary);

    if (!spend(o, rest.n))
        return (struct str){ 0 };
    while (rest.n > 0) {
        struct str key = next_token(&rest), value = pdf_next(&rest);
        if (str_eq(key, name))
            return pdf_resolve(o, value);
    }
    return (struct str){ 0 };
}

struct str pdf_stream(struct pdf_objects *o, struct str dictionary)
{
    long length = pdf_number(pdf_get(o, dictionary, STR("/Length")));

    if (length < 0) // as there is one, the dictionary lies within the file
        return (struct str){ 0 };
    struct str rest = str_from(o->bytes, (size_t)(dictionary.p - o->bytes.p) + dictionary.n);
    if (!str_eq(next_token(&rest), STR("stream")))
        return (struct str){ 0 };
    rest = str_skip(rest, STR("\r"));
    rest = str_skip(rest, STR("\n"));
    struct str data = str_head(rest, (size_t)length);
    rest = str_from(rest, data.n);
    return str_eq(next_token(&rest), STR("endstream")) ? data : (struct str){ 0 };
}

static bool put(struct pdf_objects *o, size_t number, size_t at)
{
    if (number >= OBJECTS_MAX)
        return true;
    if (number >= o->count) {
        size_t count = o->count > 0 ? o->count : 64;
        while (count <= number)
            count *= 2;
        size_t *grown = realloc(o->at, count * sizeof *grown);
        if (grown == NULL)
            return false;
        memset(grown + o->count, 0, (count - o->count) * sizeof *grown);
        o->at = grown;
        o->count = count;
    }
    o->at[number] = at;
    return true;
}

// The text before `end` without the number that it ends with, which is *number; -1: it ends with
// none.
static struct str take_last_number(struct str text, long *number)
{
    size_t end = text.n, start;

    while (end > 0 && is_space(text.p[end - 1]))
        end--;
    for (start = end; start > 0 && end - start < NUMBER_DIGITS; start--)
        if (!char_is_digit(text.p[start - 1]))
            break;
    *number = pdf_number((struct str){ text.p + start, end - start });
    return str_head(text, start);
}

// Behind the object whose value begins there: what looks like objects within a stream is none. Its
// length may not be known yet.
static size_t skip_value(struct pdf_objects *o, size_t at)
{
    struct str rest = str_from(o->bytes, at);

    if (!str_starts(skip_space(rest), STR("<<")))
        return at;
    struct str dictionary = pdf_next(&rest);
    size_t end = o->bytes.n - rest.n;
    if (!str_eq(next_token(&rest), STR("stream")))
        return end;
    struct str data = pdf_stream(o, dictionary);
    if (data.n > 0)
        return (size_t)(data.p - o->bytes.p) + data.n;
    const char *found = memmem(rest.p, rest.n, "endstream", 9);
    return found != NULL ? (size_t)(found - o->bytes.p) : end;
}

// A later object takes the place of an earlier one of the same number, as in a file that was
// written on.
static bool find_objects(struct pdf_objects *o)
{
    for (size_t at = 0; at < o->bytes.n;) {
        struct str rest = str_from(o->bytes, at);
        const char *found = memmem(rest.p, rest.n, "obj", 3);
        if (found == NULL)
            break;
        size_t start = (size_t)(found - o->bytes.p);
        long generation, number = -1;
        struct str before = take_last_number(str_head(o->bytes, start), &generation);
        if (generation >= 0)
            take_last_number(before, &number);
        at = start + 3;
        if (generation < 0 || number < 0)
            continue;
        if (!put(o, (size_t)number, at))
            return false;
        at = skip_value(o, at);
    }
    return true;
}

// The last trailer, or stream in its place, says where the catalogue is.
static struct str find_root(struct str bytes)
{
    struct str root = { 0 }, rest = bytes;

    while (rest.n > 0) {
        const char *found = memmem(rest.p, rest.n, "/Root", 5);
        if (found == NULL)
            break;
        rest = str_from(rest, (size_t)(found - rest.p) + 5);
        struct str value = rest;
        size_t number;
        if (take_reference(&value, &number))
            root = str_head(rest, rest.n - value.n);
    }
    return skip_space(root);
}

bool pdf_objects_find(struct pdf_objects *o, struct str bytes)
{
    *o = (struct pdf_objects){ .bytes = bytes, .work_left = (bytes.n + 1024) * WORK_FACTOR };
    if (bytes.n == 0 || memmem(bytes.p, bytes.n, "/Encrypt", 8) != NULL)
        return false;
    o->root = find_root(bytes);
    if (o->root.n > 0 && find_objects(o))
        return true;
    pdf_objects_free(o);
    return false;
}

void pdf_objects_free(struct pdf_objects *o)
{
    free(o->at);
    *o = (struct pdf_objects){ 0 };
}
