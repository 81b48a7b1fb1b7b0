// SPDX-License-Identifier: MIT
// Netpbm's formats P1 to P7; several pictures may follow each other in a file.
#include "base/wipe.h"
#include "image/codec.h"
#include "image/cursor.h"
#include "image/grey.h"

#include <stdlib.h>

enum { TOKEN_MAX = 16, NUMBER_MAX = 999999999, MAXVAL_MAX = 65535 };

struct state {
    struct cursor bytes;
};

struct header {
    char kind; // '1' to '7'
    uint32_t width, height, channels, maxval;
};

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

// Passes over white space and comments, which go to the end of their line.
static void skip_space(struct cursor *c)
{
    while (c->at < c->s.n && (is_space(c->s.p[c->at]) || c->s.p[c->at] == '#')) {
        if (c->s.p[c->at] == '#')
            c->at += str_find(str_from(c->s, c->at), '\n');
        else
            c->at++;
    }
}

static uint32_t read_number(struct cursor *c)
{
    uint32_t value = 0;
    bool any = false;

    for (skip_space(c); c->at < c->s.n && char_is_digit(c->s.p[c->at]); c->at++, any = true)
        if (value <= (NUMBER_MAX - 9) / 10)
            value = value * 10 + (uint32_t)(c->s.p[c->at] - '0');
    c->failed = c->failed || !any;
    return any ? value : 0;
}

static struct str read_word(struct cursor *c)
{
    skip_space(c);
    size_t start = c->at;
    while (c->at < c->s.n && !is_space(c->s.p[c->at]) && c->at - start < TOKEN_MAX)
        c->at++;
    return (struct str){ c->s.p + start, c->at - start };
}

static void read_plain_header(struct cursor *c, struct header *h)
{
    h->width = read_number(c);
    h->height = read_number(c);
    h->channels = h->kind == '3' || h->kind == '6' ? 3 : 1;
    h->maxval = h->kind == '1' || h->kind == '4' ? 1 : read_number(c);
}

static void read_pam_header(struct cursor *c, struct header *h)
{
    while (!c->failed) {
        struct str word = read_word(c);
        if (str_eq(word, STR("ENDHDR")))
            return;
        if (str_eq(word, STR("WIDTH")))
            h->width = read_number(c);
        else if (str_eq(word, STR("HEIGHT")))
            h->height = read_number(c);
        else if (str_eq(word, STR("DEPTH")))
            h->channels = read_number(c);
        else if (str_eq(word, STR("MAXVAL")))
            h->maxval = read_number(c);
        else if (str_eq(word, STR("TUPLTYPE")))
            c->at += str_find(str_from(c->s, c->at), '\n');
        else
            c->failed = true;
    }
}

static bool read_header(struct cursor *c, struct header *h)
{
    *h = (struct header){ .kind = read_word(c).p[1] };
    if (h->kind == '7')
        read_pam_header(c, h);
    else
        read_plain_header(c, h);
    if (h->kind != '1' && h->kind != '2' && h->kind != '3')
        cursor_u8(c); // the one white space before the samples
    return !c->failed && h->channels >= 1 && h->channels <= 4 && h->maxval >= 1 &&
           h->maxval <= MAXVAL_MAX;
}

// The next sample that is written as a number. Those of P1 are one digit and need no space between.
static uint32_t next_number(struct cursor *c, const struct header *h)
{
    skip_space(c);
    if (h->kind != '1')
        return read_number(c);
    uint8_t digit = cursor_u8(c);
    c->failed = c->failed || (digit != '0' && digit != '1');
    return digit == '0';
}

// A row of samples of eight bits each; NULL where the file is over.
static const uint8_t *next_row(struct cursor *c, const struct header *h, uint8_t *row)
{
    size_t count = (size_t)h->width * h->channels;
    bool text = h->kind <= '3', wide = h->maxval > 255;

    if (!text && h->kind != '4') {
        struct str raw = { c->s.p + c->at, cursor_left(c) };
        if (raw.n < count * (wide ? 2 : 1)) {
            c->failed = true;
            return NULL;
        }
        if (h->maxval == 255)
            return (const uint8_t *)cursor_take(c, count).p;
    }
    for (size_t i = 0; i < count && !c->failed; i++) {
        uint32_t value = text ? next_number(c, h) : (uint32_t)cursor_number(c, wide ? 2 : 1);
        value = value < h->maxval ? value : h->maxval;
        row[i] = (uint8_t)((value * 255 + h->maxval / 2) / h->maxval);
    }
    return c->failed ? NULL : row;
}

static const uint8_t *next_bit_row(struct cursor *c, const struct header *h)
{
    return (const uint8_t *)cursor_take(c, ((size_t)h->width + 7) / 8).p;
}

static uint32_t read_rows(struct cursor *c, const struct header *h, const struct plane *plane,
                          uint8_t *row)
{
    struct grey_layout layout = {
        .bits = h->kind == '4' ? 1 : 8,
        .channels = h->channels,
        .colour = h->channels >= 3,
        .alpha = h->channels == 2 || h->channels == 4,
    };
    uint32_t y = 0;

    grey_map_even(&layout);
    for (int i = 0; i < 2 && h->kind == '4'; i++)
        layout.map[i] = i == 0 ? 255 : 0;
    for (; y < plane->height; y++) {
        const uint8_t *in = h->kind == '4' ? next_bit_row(c, h) : next_row(c, h, row);
        if (in == NULL)
            break;
        grey_row(&layout, in, plane_row(plane, y), plane->width);
    }
    return y;
}

static enum error_code open_image(struct image *image)
{
    struct state *s = calloc(1, sizeof *s);

    image->state = s;
    if (s == NULL)
        return ERROR_NO_MEMORY;
    s->bytes = (struct cursor){ .s = image->bytes, .big_endian = true };
    return ERROR_COUNT;
}

static void close_image(struct image *image)
{
    free(image->state);
}

static bool has_page(struct image *image)
{
    struct cursor *c = &((struct state *)image->state)->bytes;

    if (image->pages > 0)
        while (c->at < c->s.n && is_space(c->s.p[c->at]))
            c->at++;
    return image_sniff(str_from(c->s, c->at)) == IMAGE_PNM;
}

static enum error_code read_picture(struct image *image, struct cursor *c, struct image_page *page)
{
    struct header h;

    if (!read_header(c, &h))
        return c->at == c->s.n ? ERROR_TRUNCATED : ERROR_IMAGE_DAMAGED;
    enum error_code code = codec_alloc(image, page, h.width, h.height);
    if (code != ERROR_COUNT)
        return code;
    uint8_t *row = malloc((size_t)h.width * h.channels);
    if (row == NULL)
        return ERROR_NO_MEMORY;
    uint32_t rows = read_rows(c, &h, &page->plane, row);
    wipe_free(row);
    enum error_code settled = codec_settle(page, rows, ERROR_TRUNCATED);
    if (settled == ERROR_COUNT)
        plane_blank(&page->plane, rows);
    return settled;
}

static enum error_code read_page(struct image *image, struct image_page *page)
{
    struct cursor *c = &((struct state *)image->state)->bytes;
    enum error_code code = read_picture(image, c, page);

    // Where a picture is not whole, nobody knows where another begins.
    image->ended = image->ended || code != ERROR_COUNT || page->truncated;
    return code;
}

const struct codec codec_pnm = {
    .open = open_image,
    .has_page = has_page,
    .read = read_page,
    .close = close_image,
};
