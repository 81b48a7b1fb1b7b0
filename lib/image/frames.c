// SPDX-License-Identifier: MIT
#include "image/frames.h"

#include "base/wipe.h"

// JPEG is walked from marker to marker; what follows SOS runs to the next marker that is no RST.
enum { AT_START, AT_MARKER, IN_SCAN };

enum { SOI = 0xD8, EOI = 0xD9, SOS = 0xDA, RST0 = 0xD0, RST7 = 0xD7, TEM = 0x01 };

enum found { FOUND, NEED_MORE, NO_FRAME };

enum { HEADER_MAX = 1024 }; // of a PNM, with its comments

static void compact(struct frames *f)
{
    struct bytes *b = &f->buffer;
    if (f->begin == 0)
        return;
    memmove(b->p, b->p + f->begin, b->n - f->begin);
    b->n -= f->begin;
    wipe(b->p + b->n, f->begin);
    f->begin = 0;
}

bool frames_put(struct frames *f, struct str more)
{
    compact(f);
    bytes_put_str(&f->buffer, more);
    return !f->buffer.failed;
}

static struct str rest_of(const struct frames *f)
{
    return str_from(bytes_str(&f->buffer), f->begin);
}

static unsigned byte_at(const struct frames *f, size_t at)
{
    return (unsigned char)f->buffer.p[f->begin + at];
}

static void take_away(struct frames *f, size_t n)
{
    f->begin += n;
    f->at = 0;
    f->state = AT_START;
}

void frames_drop(struct frames *f, struct str frame)
{
    take_away(f, frame.n);
}

// On from the marker at `at`.
static enum found pass_marker(struct frames *f)
{
    if (rest_of(f).n < f->at + 4)
        return NEED_MORE;
    if (byte_at(f, f->at) != 0xFF)
        return NO_FRAME;
    unsigned marker = byte_at(f, f->at + 1);
    if (marker == 0xFF) { // a byte of filling
        f->at++;
        return NEED_MORE;
    }
    if (marker == SOI || marker == TEM || marker == 0 || (marker >= RST0 && marker <= RST7))
        return NO_FRAME;
    f->at += 2 + (byte_at(f, f->at + 2) << 8 | byte_at(f, f->at + 3));
    f->state = marker == SOS ? IN_SCAN : AT_MARKER;
    return NEED_MORE;
}

// Through compressed data to the next marker.
static enum found pass_scan(struct frames *f)
{
    struct str all = rest_of(f);

    while (f->at < all.n) {
        f->at += str_find(str_from(all, f->at), (char)0xFF);
        if (all.n < f->at + 2)
            return NEED_MORE;
        unsigned marker = byte_at(f, f->at + 1);
        if (marker != 0 && (marker < RST0 || marker > RST7)) {
            f->state = AT_MARKER;
            return NEED_MORE;
        }
        f->at += 2;
    }
    return NEED_MORE;
}

// The end of the image has no length behind it, and may be the last of the stream.
static bool is_at_end(const struct frames *f)
{
    return f->state == AT_MARKER && rest_of(f).n >= f->at + 2 && byte_at(f, f->at) == 0xFF &&
           byte_at(f, f->at + 1) == EOI;
}

static enum found find_jpeg(struct frames *f, size_t *n)
{
    if (f->state == AT_START) {
        f->at = 2;
        f->state = AT_MARKER;
    }
    while (f->at < rest_of(f).n) {
        size_t at = f->at;
        int state = f->state;
        if (is_at_end(f)) {
            *n = f->at + 2;
            return FOUND;
        }
        enum found found = f->state == IN_SCAN ? pass_scan(f) : pass_marker(f);
        if (found == NO_FRAME || (at == f->at && state == f->state))
            return found;
    }
    return NEED_MORE;
}

// A number of a PNM header, behind white space and comments. It is over only when something
// follows.
static enum found pass_number(struct str header, size_t *at, uint64_t *value)
{
    bool comment = false;

    *value = 0;
    for (; *at < header.n; ++*at) {
        char c = header.p[*at];
        comment = (comment && c != '\n') || c == '#';
        if (!comment && c != ' ' && c != '\t' && c != '\n' && c != '\r')
            break;
    }
    size_t start = *at;
    for (; *at < header.n && char_is_digit(header.p[*at]); ++*at)
        if (*value < 1000000)
            *value = *value * 10 + (uint64_t)(header.p[*at] - '0');
    if (*at == header.n)
        return header.n == HEADER_MAX ? NO_FRAME : NEED_MORE;
    return *at > start ? FOUND : NO_FRAME;
}

static enum found find_pnm(const struct frames *f, size_t *n)
{
    struct str header = str_head(rest_of(f), HEADER_MAX);
    char kind = header.p[1];
    uint64_t width, height, most = 1;
    size_t at = 2;
    enum found found = pass_number(header, &at, &width);

    if (found == FOUND)
        found = pass_number(header, &at, &height);
    if (found == FOUND && kind != '4')
        found = pass_number(header, &at, &most);
    if (found != FOUND)
        return found;
    uint64_t row = kind == '4' ? (width + 7) / 8 : width * (kind == '6' ? 3 : 1);
    uint64_t size = row * height * (most > 255 ? 2 : 1) + at + 1;
    if (size > f->limit)
        return NO_FRAME;
    *n = (size_t)size;
    return size <= rest_of(f).n ? FOUND : NEED_MORE;
}

static enum found find_frame(struct frames *f, size_t *n)
{
    if (rest_of(f).n < 4)
        return NEED_MORE;
    if (byte_at(f, 0) == 0xFF && byte_at(f, 1) == SOI)
        return find_jpeg(f, n);
    unsigned kind = byte_at(f, 1);
    return byte_at(f, 0) == 'P' && kind >= '4' && kind <= '6' ? find_pnm(f, n) : NO_FRAME;
}

// To the next byte that may begin a frame.
static void pass_over(struct frames *f)
{
    size_t at = 1, n = rest_of(f).n;
    while (at < n && byte_at(f, at) != 0xFF && byte_at(f, at) != 'P')
        at++;
    take_away(f, at);
}

bool frames_next(struct frames *f, struct str *frame)
{
    size_t n = 0;

    while (rest_of(f).n > 0) {
        enum found found = find_frame(f, &n);
        if (found == FOUND && n <= f->limit) {
            *frame = str_head(rest_of(f), n);
            return true;
        }
        if (found == NEED_MORE && rest_of(f).n <= f->limit)
            return false;
        if (found == FOUND)
            take_away(f, n);
        else if (found == NEED_MORE && f->at > 0 && f->at <= rest_of(f).n)
            take_away(f, f->at); // too long already: what was looked through holds no other
        else
            pass_over(f);
    }
    return false;
}
