// SPDX-License-Identifier: MIT
// Any bytes as a picture: pages within the limits, or errors, and an end.
#include "fuzz.h"
#include "image/image.h"

#include <stdlib.h>

static const struct image_limits limits = { 1 << 18, 1 << 16, 4 };

static void require(bool condition)
{
    if (!condition)
        abort();
}

static unsigned sum_of(const struct plane *p)
{
    unsigned sum = 0;
    for (uint32_t y = 0; y < p->height; y++)
        for (uint32_t x = 0; x < p->width; x++)
            sum += plane_row(p, y)[x];
    return sum;
}

static void check_page(const struct image_page *page, uint32_t number)
{
    const struct plane *p = &page->plane;

    require(page->number == number && number <= limits.pages + 1);
    require(page->error.code <= ERROR_COUNT);
    require((p->grey == NULL) == (page->error.code != ERROR_COUNT));
    require((uint64_t)p->width * p->height <= limits.pixels && p->stride >= p->width);
    require(page->orientation >= 1 && page->orientation <= 8);
    require(!page->truncated || page->error.code == ERROR_COUNT);
    require(page->error.code != ERROR_TOO_MANY_PAGES || number == 1 || number == limits.pages + 1);
    require(sum_of(p) <= 255u * limits.pixels);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str bytes = { (const char *)data, size };
    struct error error;
    struct image_page page;
    struct image *image = image_open(bytes, &limits, &error);

    require((image == NULL) == (error.code != ERROR_COUNT));
    require(image == NULL || image_format_of(image) == image_sniff(bytes));
    for (uint32_t number = 1; image != NULL && image_next(image, &page); number++) {
        check_page(&page, number);
        plane_free(&page.plane);
    }
    image_close(&image);
    require(image == NULL);
    return 0;
}
