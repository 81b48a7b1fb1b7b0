// SPDX-License-Identifier: MIT
#include "image/write.h"

#include "base/number.h"

#include <math.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>
#include <png.h>

static void png_take(png_structp png, png_bytep data, size_t n)
{
    bytes_put(png_get_io_ptr(png), data, n);
}

static void png_flushed(png_structp png)
{
    (void)png;
}

static int64_t within(int64_t value, int64_t last)
{
    return value < 0 ? 0 : value > last ? last : value;
}

// What longjmp() may pass over lives in the caller.
static bool write_rows(png_structp png, png_infop info, const struct plane *part,
                       uint32_t dots_per_metre, struct bytes *out)
{
    if (setjmp(png_jmpbuf(png)))
        return false;
    png_set_write_fn(png, out, png_take, png_flushed);
    png_set_IHDR(png, info, part->width, part->height, 8, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (dots_per_metre > 0)
        png_set_pHYs(png, info, dots_per_metre, dots_per_metre, PNG_RESOLUTION_METER);
    png_write_info(png, info);
    for (uint32_t y = 0; y < part->height; y++)
        png_write_row(png, plane_row(part, y));
    png_write_end(png, info);
    return !out->failed;
}

static bool write_png(const struct plane *part, uint32_t dots_per_metre, struct bytes *out)
{
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png != NULL ? png_create_info_struct(png) : NULL;
    bool ok = info != NULL && write_rows(png, info, part, dots_per_metre, out);
    png_destroy_write_struct(&png, &info);
    return ok;
}

bool image_write_png_scaled(const struct plane *plane, struct bytes *out, uint32_t dots_per_metre)
{
    return write_png(plane, dots_per_metre, out);
}

bool image_write_png(const struct plane *plane, struct bytes *out, int64_t left, int64_t top,
                     int64_t right, int64_t bottom)
{
    left = within(left, plane->width);
    top = within(top, plane->height);
    right = within(right, plane->width);
    bottom = within(bottom, plane->height);
    if (left >= right || top >= bottom)
        return false;
    struct plane part = { .grey = plane_row(plane, (uint32_t)top) + left,
                          .width = (uint32_t)(right - left),
                          .height = (uint32_t)(bottom - top),
                          .stride = plane->stride };
    return write_png(&part, 0, out);
}

// ---- outlines ----

static void dot(const struct plane *mask, float x, float y, int reach)
{
    for (int dy = -reach; dy <= reach; dy++)
        for (int dx = -reach; dx <= reach; dx++) {
            float px = x + (float)dx, py = y + (float)dy;
            if (px >= 0 && py >= 0 && px < (float)mask->width && py < (float)mask->height)
                plane_row(mask, (uint32_t)py)[(uint32_t)px] = 1;
        }
}

static void line(const struct plane *mask, const float a[2], const float b[2], int reach)
{
    enum { STEPS_MAX = 65535 };
    float length = greater(fabsf(b[0] - a[0]), fabsf(b[1] - a[1]));
    int steps = length < 1 ? 1 : length > STEPS_MAX ? STEPS_MAX : (int)length;

    for (int i = 0; i <= steps; i++) {
        float part = (float)i / (float)steps;
        dot(mask, a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1]), reach);
    }
}

static bool draw(const struct plane *plane, const struct image_outline *outlines, size_t count,
                 struct plane *mask)
{
    int reach = (int)((plane->width + plane->height) / 2000) + 1;

    if (!plane_alloc(mask, plane->width, plane->height))
        return false;
    for (uint32_t y = 0; y < mask->height; y++)
        memset(plane_row(mask, y), 0, mask->width);
    for (size_t i = 0; i < count; i++)
        for (int k = 0; k < 4; k++)
            line(mask, outlines[i].corner[k], outlines[i].corner[(k + 1) % 4], reach);
    return true;
}

struct jpeg_error {
    struct jpeg_error_mgr manager;
    jmp_buf back;
};

static void jpeg_failed(j_common_ptr jpeg)
{
    longjmp(((struct jpeg_error *)jpeg->err)->back, 1);
}

static void colour_row(uint8_t *to, const uint8_t *grey, const uint8_t *marked, uint32_t width)
{
    for (uint32_t x = 0; x < width; x++, to += 3) {
        to[0] = marked[x] ? 0 : grey[x];
        to[1] = marked[x] ? 200 : grey[x];
        to[2] = marked[x] ? 0 : grey[x];
    }
}

// What longjmp() may pass over lives in the caller.
static bool compress(struct jpeg_compress_struct *jpeg, struct jpeg_error *error,
                     const struct plane *plane, const struct plane *mask, uint8_t *row)
{
    if (setjmp(error->back))
        return false;
    jpeg->image_width = plane->width;
    jpeg->image_height = plane->height;
    jpeg->input_components = 3;
    jpeg->in_color_space = JCS_RGB;
    jpeg_set_defaults(jpeg);
    jpeg_set_quality(jpeg, 80, TRUE);
    jpeg_start_compress(jpeg, TRUE);
    for (uint32_t y = 0; y < plane->height; y++) {
        colour_row(row, plane_row(plane, y), plane_row(mask, y), plane->width);
        jpeg_write_scanlines(jpeg, &row, 1);
    }
    jpeg_finish_compress(jpeg);
    return true;
}

static bool write_marked(const struct plane *plane, const struct plane *mask, uint8_t *row,
                         struct bytes *out)
{
    struct jpeg_compress_struct jpeg = { 0 };
    struct jpeg_error error;
    unsigned char *text = NULL;
    unsigned long n = 0;

    jpeg.err = jpeg_std_error(&error.manager);
    error.manager.error_exit = jpeg_failed;
    jpeg_create_compress(&jpeg);
    jpeg_mem_dest(&jpeg, &text, &n);
    bool ok = compress(&jpeg, &error, plane, mask, row);
    if (ok)
        bytes_put(out, text, n);
    jpeg_destroy_compress(&jpeg);
    free(text);
    return ok && !out->failed;
}

bool image_write_jpeg(const struct plane *plane, const struct image_outline *outlines, size_t count,
                      struct bytes *out)
{
    struct plane mask = { 0 };
    uint8_t *row = malloc((size_t)plane->width * 3);
    bool ok =
        row != NULL && draw(plane, outlines, count, &mask) && write_marked(plane, &mask, row, out);
    plane_free(&mask);
    free(row);
    return ok;
}
