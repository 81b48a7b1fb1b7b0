// SPDX-License-Identifier: MIT
#include "cli/doctor_mask.h"

#include "base/bytes.h"
#include "text/utf8.h"

// Two characters tell little of a long text and much of a short one. A long text is found within
// longer words too; a short one, such as an account's name, is taken only where it stands alone.
enum { KEPT = 2, SHORT_VALUE = 5, LONG_VALUE = 6 };

static bool in_word(char c)
{
    return char_is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           (unsigned char)c >= 0x80;
}

static void put_masked(struct bytes *out, struct str value)
{
    size_t length = utf8_length(value), at = 0;

    bytes_lit(out, "***");
    if (length < SHORT_VALUE)
        return;
    for (size_t i = 0; i + KEPT < length; i++)
        utf8_next(value, &at);
    bytes_put_str(out, str_from(value, at));
}

static bool stands_at(struct str text, size_t at, struct str secret)
{
    if (!str_starts(str_from(text, at), secret))
        return false;
    size_t end = at + secret.n;
    return secret.n >= LONG_VALUE ||
           ((at == 0 || !in_word(text.p[at - 1])) && (end == text.n || !in_word(text.p[end])));
}

// The longest personal text that stands there; empty where none does.
static struct str secret_at(const struct doctor_report *report, struct str text, size_t at)
{
    struct str longest = { "", 0 };

    for (size_t i = 0; i < report->rows; i++)
        for (size_t f = 0; f < report->row[i].facts; f++) {
            const struct doctor_fact *fact = &report->row[i].fact[f];
            if (fact->personal && fact->value.n > longest.n && stands_at(text, at, fact->value))
                longest = fact->value;
        }
    return longest;
}

static bool is_hex(char c)
{
    return char_is_digit(c) || (c >= 'A' && c <= 'F');
}

// pcscd names readers "NAME [INTERFACE] (SERIAL) 00 00". Empty where there is no serial number.
static struct str serial_in_name(struct str name)
{
    const char *end = name.p + name.n;

    if (name.n < 8 || !is_hex(end[-1]) || !is_hex(end[-2]) || end[-3] != ' ' || !is_hex(end[-4]) ||
        !is_hex(end[-5]) || end[-6] != ' ' || end[-7] != ')')
        return (struct str){ "", 0 };
    struct str head = str_head(name, name.n - 7);
    const char *open = memrchr(head.p, '(', head.n);
    return open == NULL ? (struct str){ "", 0 }
                        : (struct str){ open + 1, (size_t)(head.p + head.n - open) - 1 };
}

static struct str mask_text(const struct doctor_report *report, struct str text)
{
    struct str serial = serial_in_name(text);
    struct bytes out = { 0 };

    for (size_t at = 0; at < text.n;) {
        struct str secret =
            serial.n > 0 && text.p + at == serial.p ? serial : secret_at(report, text, at);
        if (secret.n > 0)
            put_masked(&out, secret);
        else
            bytes_put_char(&out, text.p[at]);
        at += secret.n > 0 ? secret.n : 1;
    }
    struct str kept = arena_copy(report->arena, bytes_str(&out));
    report->arena->failed |= out.failed;
    bytes_free(&out);
    return kept;
}

static struct str mask_fact(const struct doctor_report *report, const struct doctor_fact *fact)
{
    struct bytes out = { 0 };

    if (!fact->personal)
        return mask_text(report, fact->value);
    put_masked(&out, fact->value);
    struct str kept = arena_copy(report->arena, bytes_str(&out));
    report->arena->failed |= out.failed;
    bytes_free(&out);
    return kept;
}

bool doctor_mask(const struct doctor_report *report, struct doctor_report *masked)
{
    *masked = *report;
    if (report->rows == 0)
        return true;
    masked->row = arena_alloc(report->arena, report->rows * sizeof *masked->row);
    if (masked->row == NULL)
        return false;
    memcpy(masked->row, report->row, report->rows * sizeof *masked->row);
    for (size_t i = 0; i < report->rows; i++) {
        struct doctor_row *row = &masked->row[i];
        row->subject = mask_text(report, row->subject);
        for (size_t f = 0; f < row->facts; f++)
            row->fact[f].value = mask_fact(report, &report->row[i].fact[f]);
        // What was quoted for the shell no longer looks like the fact that it holds.
        row->commands =
            row->commands.n > 0
                ? doctor_commands(report->arena, doctor_finding(row->code), row->fact, row->facts)
                : row->commands;
    }
    return !report->arena->failed;
}
