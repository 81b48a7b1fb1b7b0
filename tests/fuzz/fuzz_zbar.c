// SPDX-License-Identifier: MIT
// Any modules through libzbar as it is called here. The first byte is the version, then come the
// modules, a bit each; with the bit 0x80 the patterns of that version are put over them, so that
// it gets beyond the search for finders.
#include "fuzz.h"
#include "qr/decode.h"
#include "qr/pattern.h"

#include <stdlib.h>

static void require(bool condition)
{
    if (!condition)
        abort();
}

static void fill(bool *dark, const struct pattern *pattern, const uint8_t *data, size_t size,
                 bool patterns)
{
    for (int i = 0; i < pattern->side * pattern->side; i++) {
        size_t at = (size_t)i / 8;
        dark[i] = at < size && (data[at] >> i % 8 & 1);
        if (patterns && pattern->module[i] != 0)
            dark[i] = pattern->module[i] > 0;
    }
}

// Clockwise, or the other way as in a mirror.
static bool goes_round(const int corner[4])
{
    int step = (corner[1] - corner[0] + 4) % 4;
    for (int i = 0; i < 4; i++)
        if (corner[i] < 0 || corner[i] > 3 || (corner[(i + 1) % 4] - corner[i] + 4) % 4 != step)
            return false;
    return step == 1 || step == 3;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct decoder *used; // by all that came before
    static struct pattern pattern;
    static bool dark[SIDE_MAX * SIDE_MAX];
    struct bytes first = { 0 }, second = { 0 };
    int corner[4], again[4];

    if (size < 2)
        return 0;
    pattern_make(&pattern, 1 + (data[0] & 0x7F) % VERSION_MAX);
    fill(dark, &pattern, data + 1, size - 1, data[0] & 0x80);
    used = used != NULL ? used : decoder_new();
    struct decoder *fresh = decoder_new();
    require(used != NULL && fresh != NULL && decoder_begin(used));
    bool ok = decoder_read(used, dark, pattern.side, &first, corner);
    require(decoder_read(fresh, dark, pattern.side, &second, again) == ok);
    if (ok) {
        require(first.n > 0 && first.n < 8192);
        require(str_eq(bytes_str(&first), bytes_str(&second)));
        require(goes_round(corner) && memcmp(corner, again, sizeof corner) == 0);
    }
    bytes_free(&first);
    bytes_free(&second);
    decoder_free(&fresh);
    return 0;
}
