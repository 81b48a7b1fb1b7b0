// SPDX-License-Identifier: MIT
#include "qr/variant.h"

bool variant_half(const struct plane *plane, struct plane *out)
{
    if (plane->width < 2 || plane->height < 2 ||
        !plane_alloc(out, plane->width / 2, plane->height / 2))
        return false;
    for (uint32_t y = 0; y < out->height; y++) {
        const uint8_t *a = plane->grey + (size_t)y * 2 * plane->stride, *b = a + plane->stride;
        uint8_t *to = out->grey + y * out->stride;
        for (uint32_t x = 0; x < out->width; x++)
            to[x] = (uint8_t)((a[2 * x] + a[2 * x + 1] + b[2 * x] + b[2 * x + 1] + 2) / 4);
    }
    return true;
}

// Of two neighbours the nearer counts three times as much: new pixels lie a quarter from the old.
static unsigned mix(unsigned near, unsigned far)
{
    return 3 * near + far;
}

bool variant_double(const struct plane *plane, struct plane *out)
{
    uint32_t width = plane->width, height = plane->height;
    if (width == 0 || height == 0 || !plane_alloc(out, width * 2, height * 2))
        return false;
    for (uint32_t y = 0; y < out->height; y++) {
        uint32_t near = y / 2, far = y % 2 ? near + (near + 1 < height) : near - (near > 0);
        const uint8_t *a = plane->grey + near * plane->stride;
        const uint8_t *b = plane->grey + far * plane->stride;
        uint8_t *to = out->grey + y * out->stride;
        for (uint32_t x = 0; x < width; x++) {
            uint32_t left = x - (x > 0), right = x + (x + 1 < width);
            unsigned here = mix(a[x], b[x]);
            to[2 * x] = (uint8_t)((mix(here, mix(a[left], b[left])) + 8) / 16);
            to[2 * x + 1] = (uint8_t)((mix(here, mix(a[right], b[right])) + 8) / 16);
        }
    }
    return true;
}

static uint8_t clamp(int value)
{
    return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

bool variant_sharp(const struct plane *plane, struct plane *out)
{
    uint32_t width = plane->width, height = plane->height;
    if (width < 3 || height < 3 || !plane_alloc(out, width, height))
        return false;
    for (uint32_t y = 0; y < height; y++) {
        const uint8_t *row = plane_row(plane, y);
        const uint8_t *above = plane_row(plane, y - (y > 0));
        const uint8_t *below = plane_row(plane, y + (y + 1 < height));
        uint8_t *to = plane_row(out, y);
        to[0] = row[0];
        to[width - 1] = row[width - 1];
        for (uint32_t x = 1; x + 1 < width; x++) {
            int around = above[x] + below[x] + row[x - 1] + row[x + 1];
            to[x] = clamp((20 * row[x] - 3 * around) / 8); // one and a half times the difference
        }
    }
    return true;
}

bool variant_negative(const struct plane *plane, struct plane *out)
{
    if (!plane_alloc(out, plane->width, plane->height))
        return false;
    for (uint32_t y = 0; y < plane->height; y++) {
        const uint8_t *row = plane_row(plane, y);
        uint8_t *to = plane_row(out, y);
        for (uint32_t x = 0; x < plane->width; x++)
            to[x] = (uint8_t)(255 - row[x]);
    }
    return true;
}
