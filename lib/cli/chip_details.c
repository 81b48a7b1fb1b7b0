// SPDX-License-Identifier: MIT
#include "base/base64.h"
#include "cli/chip_record.h"
#include "text/utf8.h"
#include "wire/json.h"

static const uint32_t pictures[] = { 0x5F16, 0x5F1D, 0x5F1E }, lists[] = { 0x5F0F, 0x5F1A },
                      times[] = { 0x5F2B, 0x5F26, 0x5F55 };

static bool is_among(uint32_t tag, const uint32_t *tags, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (tags[i] == tag)
            return true;
    return false;
}

static bool is_text(struct str value)
{
    for (size_t at = 0; at < value.n;)
        if (utf8_next(value, &at) == UTF8_BAD)
            return false;
    return true;
}

// Two digits in a byte: 4 bytes are yyyymmdd, 7 have the time of day behind it.
static bool is_packed(struct str value)
{
    bool packed = value.n == 4 || value.n == 7;

    for (size_t i = 0; i < value.n; i++)
        packed &= ((uint8_t)value.p[i] >> 4) <= 9 && ((uint8_t)value.p[i] & 15) <= 9;
    return packed;
}

static void put_base64(struct bytes *out, struct str value)
{
    bytes_lit(out, "{\"base64\":\"");
    base64_put(out, value);
    bytes_lit(out, "\"}");
}

static void put_value(struct bytes *out, const struct detail *d)
{
    if (is_among(d->tag, times, sizeof times / sizeof *times) && is_packed(d->value)) {
        bytes_put_char(out, '"');
        for (size_t i = 0; i < d->value.n; i++) {
            bytes_put_char(out, (char)('0' + ((uint8_t)d->value.p[i] >> 4)));
            bytes_put_char(out, (char)('0' + ((uint8_t)d->value.p[i] & 15)));
        }
        bytes_put_char(out, '"');
    } else if (is_among(d->tag, pictures, sizeof pictures / sizeof *pictures) ||
               !is_text(d->value)) {
        put_base64(out, d->value);
    } else {
        json_put_string(out, d->value);
    }
}

// The place of the next one with that tag, from `from` on; n when there is none.
static size_t next_of(const struct details *d, uint32_t tag, size_t from)
{
    while (from < d->n && d->at[from].tag != tag)
        from++;
    return from;
}

// Whoever may have several has an array, and so has a tag that stands there again.
static void put_all_of(struct bytes *out, const struct details *d, size_t first)
{
    uint32_t tag = d->at[first].tag;
    bool list =
        is_among(tag, lists, sizeof lists / sizeof *lists) || next_of(d, tag, first + 1) < d->n;

    json_put_string(out, str_of(d->at[first].name));
    bytes_put_str(out, list ? STR(":[") : STR(":"));
    for (size_t i = first; i < d->n; i = next_of(d, tag, i + 1)) {
        if (i > first)
            bytes_put_char(out, ',');
        put_value(out, &d->at[i]);
    }
    bytes_put_str(out, list ? STR("],") : STR(","));
}

static void put_tag(struct bytes *out, uint32_t tag)
{
    static const char digits[] = "0123456789ABCDEF";
    int shift = 28;

    while (shift > 4 && (tag >> (shift - 4) & 0xFF) == 0)
        shift -= 8;
    for (; shift >= 0; shift -= 4)
        bytes_put_char(out, digits[tag >> shift & 15]);
}

static void put_unknown(struct bytes *out, const struct details *d)
{
    size_t begin = out->n;

    for (size_t i = 0; i < d->n; i++) {
        if (d->at[i].name != NULL)
            continue;
        bytes_put_str(out, out->n == begin ? STR("\"unknown\":[") : STR(","));
        bytes_lit(out, "{\"tag\":\"");
        put_tag(out, d->at[i].tag);
        bytes_lit(out, "\",\"base64\":\"");
        base64_put(out, d->at[i].value);
        bytes_lit(out, "\"}");
    }
    if (out->n > begin)
        bytes_lit(out, "],");
}

void chip_record_put_details(struct bytes *out, const char *name, const struct details *d)
{
    json_put_string(out, str_of(name));
    bytes_lit(out, ":{");
    size_t begin = out->n;
    for (size_t i = 0; i < d->n; i++)
        if (d->at[i].name != NULL && next_of(d, d->at[i].tag, 0) == i)
            put_all_of(out, d, i);
    put_unknown(out, d);
    if (out->n > begin && out->p[out->n - 1] == ',')
        out->n--;
    bytes_lit(out, "},");
}
