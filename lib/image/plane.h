// SPDX-License-Identifier: MIT
// A grey picture in memory.
#ifndef IMAGE_PLANE_H
#define IMAGE_PLANE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct plane {
    uint8_t *grey; // 0 black .. 255 white; row y begins at grey + y * stride
    uint32_t width, height;
    size_t stride; // width rounded up to 32; what stands beyond the width means nothing
};

// False, and an empty plane, when memory is short or a side is zero. The pixels are not set.
bool plane_alloc(struct plane *p, uint32_t width, uint32_t height);

// Wipes and frees; the plane is empty afterwards.
void plane_free(struct plane *p);

static inline uint8_t *plane_row(const struct plane *p, uint32_t y)
{
    return p->grey + (size_t)y * p->stride;
}

// Rows from the given one on become white.
void plane_blank(const struct plane *p, uint32_t from);

#endif
