// SPDX-License-Identifier: MIT
// What is written for a person's eye is what libpng and libjpeg themselves read back.
#include "image/write.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <jpeglib.h>
#include <png.h>

enum { WIDTH = 70, HEIGHT = 50 };

static struct plane plane;

static int make_plane(void **state)
{
    (void)state;
    if (!plane_alloc(&plane, WIDTH, HEIGHT))
        return -1;
    for (uint32_t y = 0; y < HEIGHT; y++)
        for (uint32_t x = 0; x < WIDTH; x++)
            plane_row(&plane, y)[x] = (uint8_t)(x * 2 + y);
    return 0;
}

static int free_plane(void **state)
{
    (void)state;
    plane_free(&plane);
    return 0;
}

// ---- PNG ----

static void expect_part(int64_t left, int64_t top, int64_t right, int64_t bottom,
                        const uint32_t expected[4])
{
    static uint8_t pixels[WIDTH * HEIGHT];
    png_image png = { .version = PNG_IMAGE_VERSION };
    struct bytes out = { 0 };

    assert_true(image_write_png(&plane, &out, left, top, right, bottom));
    assert_true(png_image_begin_read_from_memory(&png, out.p, out.n));
    assert_int_equal(png.format, PNG_FORMAT_GRAY);
    assert_int_equal(png.width, expected[2] - expected[0]);
    assert_int_equal(png.height, expected[3] - expected[1]);
    assert_true(png_image_finish_read(&png, NULL, pixels, 0, NULL));
    for (uint32_t y = 0; y < png.height; y++)
        assert_memory_equal(pixels + (size_t)y * png.width,
                            plane_row(&plane, expected[1] + y) + expected[0], png.width);
    bytes_free(&out);
}

static void parts(void **state)
{
    (void)state;
    expect_part(0, 0, WIDTH, HEIGHT, (uint32_t[]){ 0, 0, WIDTH, HEIGHT });
    expect_part(10, 20, 31, 33, (uint32_t[]){ 10, 20, 31, 33 });
    expect_part(69, 49, 70, 50, (uint32_t[]){ 69, 49, 70, 50 });
    // What lies beside the picture is cut off.
    expect_part(-5, -900, 7, 9, (uint32_t[]){ 0, 0, 7, 9 });
    expect_part(60, 40, INT64_MAX, INT64_MAX, (uint32_t[]){ 60, 40, WIDTH, HEIGHT });
    expect_part(INT64_MIN, INT64_MIN, INT64_MAX, INT64_MAX, (uint32_t[]){ 0, 0, WIDTH, HEIGHT });
}

static void no_part(void **state)
{
    (void)state;
    static const int64_t none[][4] = {
        { 5, 5, 5, 9 },
        { 5, 5, 9, 5 },
        { 9, 9, 5, 12 },
        { -9, -9, 0, 0 },
        { WIDTH, 0, WIDTH + 9, 9 },
        { 0, HEIGHT, 9, HEIGHT + 9 },
    };
    struct bytes out = { 0 };

    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_false(image_write_png(&plane, &out, none[i][0], none[i][1], none[i][2], none[i][3]));
    assert_int_equal(out.n, 0);
    bytes_free(&out);
}

// ---- JPEG ----

static uint8_t colour[HEIGHT][WIDTH][3];

static void read_jpeg(const struct bytes *bytes)
{
    struct jpeg_decompress_struct info;
    struct jpeg_error_mgr errors;

    info.err = jpeg_std_error(&errors);
    jpeg_create_decompress(&info);
    jpeg_mem_src(&info, (const unsigned char *)bytes->p, bytes->n);
    assert_int_equal(jpeg_read_header(&info, TRUE), JPEG_HEADER_OK);
    assert_int_equal(info.image_width, WIDTH);
    assert_int_equal(info.image_height, HEIGHT);
    assert_int_equal(info.num_components, 3);
    jpeg_start_decompress(&info);
    while (info.output_scanline < HEIGHT) {
        JSAMPROW row = &colour[info.output_scanline][0][0];
        jpeg_read_scanlines(&info, &row, 1);
    }
    jpeg_finish_decompress(&info);
    assert_int_equal(errors.num_warnings, 0);
    jpeg_destroy_decompress(&info);
}

static bool is_green(int x, int y)
{
    const uint8_t *pixel = colour[y][x];
    return pixel[1] > pixel[0] + 60 && pixel[1] > pixel[2] + 60;
}

static void outlined(void **state)
{
    (void)state;
    // One within, one that begins outside, one as large as a float can say.
    static const struct image_outline outlines[] = {
        { { { 10, 10 }, { 30, 10 }, { 30, 30 }, { 10, 30 } } },
        { { { -40, 45 }, { 20, 45 }, { 20, 90 }, { -40, 90 } } },
        { { { 1e6f, -1e6f }, { 1e6f, 1e6f }, { 2e6f, 1e6f }, { 2e6f, -1e6f } } },
    };
    struct bytes out = { 0 };

    assert_true(image_write_jpeg(&plane, outlines, sizeof outlines / sizeof *outlines, &out));
    read_jpeg(&out);
    for (int i = 12; i < 30; i++)
        assert_true(is_green(i, 10) && is_green(i, 30) && is_green(10, i) && is_green(30, i));
    for (int x = 0; x < 20; x++)
        assert_true(is_green(x, 45));
    assert_false(is_green(20, 20) || is_green(60, 10) || is_green(40, 45) || is_green(65, 48));
    bytes_free(&out);
}

static void without_outlines(void **state)
{
    (void)state;
    struct bytes out = { 0 };

    assert_true(image_write_jpeg(&plane, NULL, 0, &out));
    read_jpeg(&out);
    for (uint32_t y = 0; y < HEIGHT; y++)
        for (uint32_t x = 0; x < WIDTH; x++)
            for (int i = 0; i < 3; i++)
                assert_in_range(colour[y][x][i] + 12, plane_row(&plane, y)[x],
                                plane_row(&plane, y)[x] + 24u);
    bytes_free(&out);
}

// libjpeg takes no picture with a side beyond 65500.
static void too_long(void **state)
{
    (void)state;
    struct plane tall;
    struct bytes out = { 0 };

    assert_true(plane_alloc(&tall, 1, 65535));
    plane_blank(&tall, 0);
    assert_false(image_write_jpeg(&tall, NULL, 0, &out));
    assert_int_equal(out.n, 0);
    plane_free(&tall);
    bytes_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts),    cmocka_unit_test(no_part),
        cmocka_unit_test(outlined), cmocka_unit_test(without_outlines),
        cmocka_unit_test(too_long),
    };
    return cmocka_run_group_tests(tests, make_plane, free_plane);
}
