// SPDX-License-Identifier: MIT
// A stream of pictures that libjpeg wrote, or that the PNM formats' definition tells how to write,
// falls into the same pictures again, however it is cut into pieces.
#include "image/frames.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>
#include <jpeglib.h>

enum { LIMIT = 1 << 20, FRAMES_MAX = 32 };

// ---- the pictures ----

enum { PROGRESSIVE = 1, RESTARTS = 2, THUMBNAIL = 4, COLOUR = 8, COMMENT_WITH_END = 16 };

static struct str jpeg(int width, int height, unsigned how)
{
    struct jpeg_compress_struct c;
    struct jpeg_error_mgr errors;
    unsigned char *out = NULL, row[3 * 512];
    unsigned long size = 0;

    c.err = jpeg_std_error(&errors);
    jpeg_create_compress(&c);
    jpeg_mem_dest(&c, &out, &size);
    c.image_width = (JDIMENSION)width;
    c.image_height = (JDIMENSION)height;
    c.input_components = how & COLOUR ? 3 : 1;
    c.in_color_space = how & COLOUR ? JCS_RGB : JCS_GRAYSCALE;
    jpeg_set_defaults(&c);
    if (how & PROGRESSIVE)
        jpeg_simple_progression(&c);
    c.restart_interval = how & RESTARTS ? 2 : 0;
    jpeg_start_compress(&c, TRUE);
    if (how & THUMBNAIL) { // a whole picture within the picture, as cameras do
        struct str small = jpeg(16, 16, 0);
        jpeg_write_marker(&c, JPEG_APP0 + 1, (const JOCTET *)small.p, (unsigned)small.n);
        free((void *)(uintptr_t)small.p);
    }
    if (how & COMMENT_WITH_END)
        jpeg_write_marker(&c, JPEG_COM, (const JOCTET *)"\xFF\xD9P5 1 1 255\n\xFF\xD8", 15);
    for (int y = 0; y < height; y++) {
        for (size_t x = 0; x < sizeof row; x++)
            row[x] = (unsigned char)(x * 31 + (size_t)y * x * 7 % 256);
        jpeg_write_scanlines(&c, (JSAMPARRAY) & (JSAMPROW){ row }, 1);
    }
    jpeg_finish_compress(&c);
    jpeg_destroy_compress(&c);
    return (struct str){ (char *)out, size };
}

// The header as given, then so many bytes of pixels, among them such as begin pictures.
static struct str pnm(const char *header, size_t pixels)
{
    struct bytes b = { 0 };
    bytes_put_str(&b, str_of(header));
    for (size_t i = 0; i < pixels; i++)
        bytes_put_char(&b, "P5 1 1 9 \xFF\xD8\xFF\xD9"[i % 13]);
    assert_false(b.failed);
    return bytes_str(&b);
}

struct reel {
    struct str frame[FRAMES_MAX];
    size_t count;
    struct bytes stream;
};

static void put(struct reel *r, struct str frame)
{
    assert_true(r->count < FRAMES_MAX);
    r->frame[r->count++] = frame;
    bytes_put_str(&r->stream, frame);
}

static void put_garbage(struct reel *r, struct str garbage)
{
    bytes_put_str(&r->stream, garbage);
}

static void free_reel(struct reel *r)
{
    for (size_t i = 0; i < r->count; i++)
        free((void *)(uintptr_t)r->frame[i].p);
    bytes_free(&r->stream);
}

// ---- reading ----

// Puts the stream in pieces and takes all frames; each must be the next of the reel.
static void assert_frames(const struct reel *r, size_t piece)
{
    struct frames f = { .limit = LIMIT };
    struct str left = bytes_str(&r->stream), frame;
    size_t count = 0;

    while (left.n > 0) {
        struct str more = str_head(left, piece);
        assert_true(frames_put(&f, more));
        left = str_from(left, more.n);
        while (frames_next(&f, &frame)) {
            if (count == r->count || !str_eq(frame, r->frame[count]))
                fail_msg("pieces of %zu: frame %zu, %zu bytes", piece, count, frame.n);
            frames_drop(&f, frame);
            count++;
        }
    }
    if (count != r->count)
        fail_msg("pieces of %zu: %zu frames of %zu", piece, count, r->count);
    bytes_free(&f.buffer);
}

static void assert_reel(struct reel *r)
{
    static const size_t pieces[] = { 1, 2, 3, 7, 100, 4096, SIZE_MAX };
    assert_false(r->stream.failed);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        assert_frames(r, pieces[i]);
    free_reel(r);
}

// ---- the tests ----

static void jpegs(void **state)
{
    (void)state;
    struct reel r = { 0 };
    for (unsigned how = 0; how < 32; how++)
        put(&r, jpeg(8 + (int)how * 5, 60, how));
    assert_reel(&r);
}

static void pnms(void **state)
{
    (void)state;
    struct reel r = { 0 };
    put(&r, pnm("P5 13 7 255\n", 13 * 7));
    put(&r, pnm("P6\n13 7\n255\n", 13 * 7 * 3));
    put(&r, pnm("P4\n13 7\n", 2 * 7)); // rows of whole bytes
    put(&r, pnm("P4 16 3\t", 2 * 3));
    put(&r, pnm("P5 13 7 65535\n", 13 * 7 * 2));
    put(&r, pnm("P6 13 7 256\r", 13 * 7 * 6));
    put(&r, pnm("P5# a comment, 99 99\n 13 #P5\n#\n7\n\n255 ", 13 * 7));
    put(&r, pnm("P5 1 1 1\n", 1));
    put(&r, pnm("P5 0013 07 0255\n", 13 * 7));
    assert_reel(&r);
}

static void mixed(void **state)
{
    (void)state;
    struct reel r = { 0 };
    for (unsigned i = 0; i < 10; i++) {
        put(&r, jpeg(40, 30 + (int)i, i));
        put(&r, pnm("P5 5 5 255\n", 25));
    }
    assert_reel(&r);
}

// What is no picture, or the beginning of one, costs nothing but itself.
static void garbage_between(void **state)
{
    (void)state;
    struct reel r = { 0 };
    struct str cut = jpeg(100, 100, RESTARTS), head = jpeg(30, 30, THUMBNAIL);

    put_garbage(&r, STR("PPPP\xFF\xFF\xFF no picture P7 P3 P5x \xFF\xD8 \xFF\xD8\xFF\xD8"));
    put(&r, jpeg(20, 20, 0));
    put_garbage(&r,
                STR("\r\n--boundary\r\nContent-Type: image/jpeg\r\n\r\n")); // of MJPEG over HTTP
    put(&r, jpeg(21, 20, PROGRESSIVE));
    put_garbage(&r, str_head(cut, cut.n / 2)); // broken off in its data
    put(&r, jpeg(22, 20, THUMBNAIL));
    put_garbage(&r, STR("\xFF\xD9\xFF\xD9P5 10 x 255\nP6 5\n\n"));
    put(&r, pnm("P5 9 9 255\n", 81));
    put_garbage(&r, STR("P5 99999999 99999999 255\n")); // beyond the limit
    put(&r, pnm("P6 9 9 255\n", 81 * 3));
    put_garbage(&r, str_head(cut, cut.n - 2)); // without its end
    put(&r, jpeg(23, 20, 0));
    free((void *)(uintptr_t)cut.p);
    free((void *)(uintptr_t)head.p);
    assert_reel(&r);
}

// Bytes of filling may stand before a marker (ISO/IEC 10918-1, B.1.1.2).
static void filling(void **state)
{
    (void)state;
    struct reel r = { 0 };
    struct str plain = jpeg(20, 20, 0);
    struct bytes filled = { 0 };

    bytes_put_str(&filled, str_head(plain, 2));
    bytes_lit(&filled, "\xFF\xFF\xFF");
    bytes_put_str(&filled, str_head(str_from(plain, 2), plain.n - 4));
    bytes_lit(&filled, "\xFF\xFF\xFF\xD9");
    put(&r, bytes_str(&filled));
    put(&r, pnm("P5 9 9 255\n", 81));
    free((void *)(uintptr_t)plain.p);
    assert_reel(&r);
}

static void beyond_the_limit(void **state)
{
    (void)state;
    struct str large = jpeg(500, 400, 0), small = jpeg(20, 20, 0), frame;
    struct frames f = { .limit = small.n + 10 };

    assert_true(large.n > 2 * f.limit);
    assert_true(frames_put(&f, large) && frames_put(&f, small));
    assert_true(frames_next(&f, &frame));
    assert_true(str_eq(frame, small));
    frames_drop(&f, frame);
    assert_false(frames_next(&f, &frame));
    bytes_free(&f.buffer);
    free((void *)(uintptr_t)large.p);
    free((void *)(uintptr_t)small.p);
}

// The buffer holds little more than the limit and what was put last, whatever comes.
static void memory_is_limited(void **state)
{
    (void)state;
    static const struct str endless[] = { { "\xFF\xD8\xFF\xDA\0\2 ", 7 },
                                          { "\xFF\xD8\xFF\xE1\xFF\xFF", 6 },
                                          { "P5 9000 100 255\n", 16 },
                                          { "P5 ", 3 },
                                          { "P5#", 3 } };
    static char more[4096];
    struct str frame;

    memset(more, '1', sizeof more);
    for (size_t i = 0; i < sizeof endless / sizeof *endless; i++) {
        struct frames f = { .limit = 100000 };
        assert_true(frames_put(&f, endless[i]));
        for (int k = 0; k < 100; k++) {
            assert_true(frames_put(&f, (struct str){ more, sizeof more }));
            while (frames_next(&f, &frame))
                frames_drop(&f, frame);
            assert_true(f.buffer.n <= f.limit + 2 * sizeof more);
        }
        bytes_free(&f.buffer);
    }
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

// Bytes that look like beginnings one after another must not take more time than others.
static void time_is_limited(void **state)
{
    (void)state;
    static const struct str parts[] = {
        { "P", 1 },        { "\xFF", 1 },  { "P5", 2 },  { "\xFF\0", 2 },
        { "\xFF\xD8", 2 }, { "P5 9 ", 5 }, { "P5#", 3 },
    };
    enum { SIZE = 1 << 20 };
    struct str frame;

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct frames f = { .limit = 4 * SIZE };
        struct bytes stream = { 0 };
        while (stream.n < SIZE)
            bytes_put_str(&stream, parts[i]);
        double start = seconds();
        assert_true(frames_put(&f, bytes_str(&stream)));
        while (frames_next(&f, &frame))
            frames_drop(&f, frame);
        double took = seconds() - start;
        if (took > 2)
            fail_msg("a MiB of \"%.*s\": %.1f s", (int)parts[i].n, parts[i].p, took);
        bytes_free(&stream);
        bytes_free(&f.buffer);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(jpegs),
        cmocka_unit_test(pnms),
        cmocka_unit_test(mixed),
        cmocka_unit_test(garbage_between),
        cmocka_unit_test(filling),
        cmocka_unit_test(beyond_the_limit),
        cmocka_unit_test(memory_is_limited),
        cmocka_unit_test(time_is_limited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
