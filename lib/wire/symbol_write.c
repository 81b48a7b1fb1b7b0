// SPDX-License-Identifier: MIT
#include "base/base64.h"
#include "wire/json.h"
#include "wire/symbol.h"

#include <errno.h>

// Tenths: finer than what is measured.
static void put_tenths(struct bytes *out, double value)
{
    long tenths = (long)(value * 10 + (value < 0 ? -0.5 : 0.5));
    if (tenths < 0)
        bytes_put_char(out, '-');
    unsigned long size = (unsigned long)(tenths < 0 ? -tenths : tenths);
    bytes_put_number(out, size / 10);
    if (size % 10 != 0) {
        bytes_put_char(out, '.');
        bytes_put_number(out, size % 10);
    }
}

static void put_milliseconds(struct bytes *out, uint32_t microseconds)
{
    bytes_lit(out, ",\"ms\":");
    put_tenths(out, microseconds / 1000.0);
}

static void put_image(struct bytes *out, const struct wire_image *image)
{
    bytes_lit(out, ",\"image\":{\"format\":");
    json_put_string(out, str_of(image->format));
    if (image->pages > 1 && !image->more_pages) {
        bytes_lit(out, ",\"pages\":");
        bytes_put_number(out, image->pages);
    }
    if (image->width > 0) {
        bytes_lit(out, ",\"width\":");
        bytes_put_number(out, image->width);
        bytes_lit(out, ",\"height\":");
        bytes_put_number(out, image->height);
    }
    if (image->orientation > 1) {
        bytes_lit(out, ",\"orientation\":");
        bytes_put_number(out, image->orientation);
    }
    if (image->truncated)
        bytes_lit(out, ",\"truncated\":true");
    put_milliseconds(out, image->microseconds);
    if (image->annotated.n > 0) {
        bytes_put_char(out, ',');
        json_put_path_as(out, STR("annotated"), image->annotated);
    }
    bytes_put_char(out, '}');
}

static void put_corners(struct bytes *out, const float corner[4][2])
{
    bytes_lit(out, ",\"corners\":[");
    for (int i = 0; i < 4; i++) {
        bytes_put_str(out, i > 0 ? STR(",[") : STR("["));
        put_tenths(out, corner[i][0]);
        bytes_put_char(out, ',');
        put_tenths(out, corner[i][1]);
        bytes_put_char(out, ']');
    }
    bytes_put_char(out, ']');
}

static void put_symbol(struct bytes *out, const struct wire_symbol *s)
{
    bytes_lit(out, ",\"symbol\":{\"kind\":");
    json_put_string(out, str_of(s->kind));
    bytes_lit(out, ",\"text\":");
    json_put_string(out, s->text);
    bytes_lit(out, ",\"encoding\":");
    json_put_string(out, str_of(s->encoding));
    bytes_lit(out, ",\"bytes\":\"");
    base64_put(out, s->bytes);
    bytes_put_char(out, '"');
    put_corners(out, s->corner);
    bytes_lit(out, ",\"version\":");
    bytes_put_number(out, (unsigned long)s->version);
    bytes_lit(out, ",\"step\":");
    json_put_string(out, str_of(s->step));
    put_milliseconds(out, s->microseconds);
    if (s->crop.n > 0) {
        bytes_put_char(out, ',');
        json_put_path_as(out, STR("crop"), s->crop);
    }
    bytes_put_char(out, '}');
}

// How many pages are too many.
static void put_pages(struct bytes *out, const struct wire_image *image, say_fn *say)
{
    if (image->more_pages) {
        bytes_put_str(out, str_of(say(N_("more than"))));
        bytes_put_char(out, ' ');
    }
    bytes_put_number(out, image->pages);
}

static void put_error(struct bytes *out, const struct wire_image *image, struct error error,
                      say_fn *say)
{
    struct bytes detail = { 0 };

    if (error.code == ERROR_TOO_MANY_PAGES && image != NULL && image->pages > 0)
        put_pages(&detail, image, say);
    if (error.code == ERROR_FILE_UNREADABLE && error.native == EISDIR)
        bytes_put_str(&detail, str_of(say(N_("folders are read with --recurse"))));
    bytes_lit(out, ",\"error\":");
    wire_put_error(out, error, bytes_str(&detail), say);
    out->failed |= detail.failed;
    bytes_free(&detail);
}

void wire_put_page(struct bytes *out, const struct wire_source *source,
                   const struct wire_image *image, const struct wire_symbol *symbol,
                   struct error error, say_fn *say)
{
    wire_put_source(out, source);
    if (image != NULL)
        put_image(out, image);
    if (symbol != NULL)
        put_symbol(out, symbol);
    else
        put_error(out, image, error, say);
    bytes_put_char(out, '}');
}
