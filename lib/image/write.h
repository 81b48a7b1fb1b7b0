// SPDX-License-Identifier: MIT
// Pictures for a person's eye: a part of a plane, or the whole with marks on it.
#ifndef IMAGE_WRITE_H
#define IMAGE_WRITE_H

#include "base/bytes.h"
#include "image/plane.h"

// A rectangle, cut to what lies in the plane. False when nothing does or memory is short.
bool image_write_png(const struct plane *plane, struct bytes *out, int64_t left, int64_t top,
                     int64_t right, int64_t bottom);

// The whole plane, and how many of its dots are a metre, so that it is printed at true size.
bool image_write_png_scaled(const struct plane *plane, struct bytes *out, uint32_t dots_per_metre);

// Four corners of an outline, in pixels.
struct image_outline {
    float corner[4][2];
};

// The plane in grey, the outlines in green.
bool image_write_jpeg(const struct plane *plane, const struct image_outline *outlines, size_t count,
                      struct bytes *out);

#endif
