// SPDX-License-Identifier: MIT
#include "image/plane.h"

#include "base/wipe.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

// Planes above this size are mapped, as malloc() would do it. They need no wiping, since the kernel
// clears what it takes back; wiping would first fetch all the pages that were never written, when a
// header promised more than its file holds.
enum { STRIDE_STEP = 32, MAPPED_FROM = 32 << 20 };

static uint8_t *take(size_t size)
{
    // Not aligned_alloc(): what it takes beyond the size keeps glibc from ever reusing such a
    // block, and every page of a new one costs a fault.
    if (size < MAPPED_FROM)
        return malloc(size);
    void *mapped = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return mapped != MAP_FAILED ? mapped : NULL;
}

bool plane_alloc(struct plane *p, uint32_t width, uint32_t height)
{
    size_t stride, size;

    *p = (struct plane){ 0 };
    if (width == 0 || height == 0 || __builtin_add_overflow(width, STRIDE_STEP - 1, &stride))
        return false;
    stride -= stride % STRIDE_STEP;
    if (__builtin_mul_overflow(stride, height, &size) || size > PTRDIFF_MAX)
        return false;
    p->grey = take(size);
    if (p->grey == NULL)
        return false;
    p->width = width;
    p->height = height;
    p->stride = stride;
    return true;
}

void plane_free(struct plane *p)
{
    size_t size = p->stride * p->height;

    if (size < MAPPED_FROM)
        wipe_free(p->grey);
    else
        munmap(p->grey, size);
    *p = (struct plane){ 0 };
}

void plane_blank(const struct plane *p, uint32_t from)
{
    if (from < p->height)
        memset(plane_row(p, from), 255, (size_t)(p->height - from) * p->stride);
}
