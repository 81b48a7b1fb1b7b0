// SPDX-License-Identifier: MIT
// Any bytes as what a worker tells or is asked: refused, or within all bounds and the same when
// written again.
#include "cli/scan_answer.h"
#include "fuzz.h"

#include <math.h>
#include <stdlib.h>

static void require(bool condition)
{
    if (!condition)
        abort();
}

static bool lies_in(struct str part, struct str whole)
{
    return part.n == 0 || (part.p >= whole.p && part.p + part.n <= whole.p + whole.n);
}

static void check_symbol(const struct scan_symbol *s, struct str frame)
{
    require(lies_in(s->bytes, frame) && s->bytes.n <= SCAN_SYMBOL_BYTES_MAX);
    require(s->version >= 0 && s->version <= 40);
    require((unsigned)s->step < QR_STEP_COUNT && qr_step_name(s->step) != NULL);
    for (int i = 0; i < 8; i++)
        require(isfinite(s->corner[i / 2][i % 2]));
}

static void check_answer(struct str frame)
{
    static struct scan_page page;
    struct bytes again = { 0 };

    if (!scan_answer_read(frame, &page))
        return;
    require(page.number > 0 && page.orientation <= 8);
    require((unsigned)page.format < IMAGE_FORMATS && image_format_name(page.format) != NULL);
    require(page.width <= IMAGE_SIDE_MAX && page.height <= IMAGE_SIDE_MAX);
    require((unsigned)page.error.code <= ERROR_COUNT && page.error.native >= 0);
    require(page.symbol_count <= SCAN_SYMBOLS_MAX);
    for (size_t i = 0; i < page.symbol_count; i++)
        check_symbol(&page.symbol[i], frame);
    scan_answer_put(&again, &page);
    require(str_eq(bytes_str(&again), frame));
    bytes_free(&again);
}

static void check_picture(struct str frame)
{
    struct scan_picture picture;
    struct bytes again = { 0 };

    if (!scan_picture_read(frame, &picture))
        return;
    require(lies_in(picture.bytes, frame) && picture.symbol <= SCAN_SYMBOLS_MAX);
    scan_picture_put(&again, &picture);
    require(str_eq(bytes_str(&again), frame));
    bytes_free(&again);
}

static void check_request(struct str request)
{
    struct scan_request how;
    struct bytes again = { 0 };

    if (!scan_request_read(request, &how))
        return;
    scan_request_put(&again, &how);
    require(str_starts(request, bytes_str(&again)));
    bytes_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str bytes = { (const char *)data, size };

    check_answer(bytes);
    check_picture(bytes);
    check_request(bytes);
    return 0;
}
