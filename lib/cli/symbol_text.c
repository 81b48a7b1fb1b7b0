// SPDX-License-Identifier: MIT
#include "cli/symbol_text.h"

#include "payload/payload.h"
#include "text/legacy.h"
#include "text/norm.h"
#include "text/utf8.h"

static struct str text_of_cells(struct arena *arena, const cell *cells, size_t count)
{
    struct bytes text = { 0 };
    bool ignored;

    for (size_t i = 0; i < count; i++)
        utf8_put(&text, cell_first(cells[i]));
    arena->failed |= text.failed;
    struct str kept = arena_copy(arena, bytes_str(&text));
    bytes_free(&text);
    return norm_nfc(arena, kept, &ignored);
}

static bool read_windows(struct arena *arena, struct str bytes, struct str *text)
{
    cell *cells = arena_alloc(arena, bytes.n * sizeof *cells);
    size_t count;

    if (cells == NULL ||
        !legacy_read(LEGACY_CP1258, (const uint8_t *)bytes.p, bytes.n, cells, &count))
        return false;
    *text = text_of_cells(arena, cells, count);
    return true;
}

static struct str read_latin1(struct arena *arena, struct str bytes)
{
    cell *cells = arena_alloc(arena, bytes.n * sizeof *cells);
    if (cells == NULL)
        return (struct str){ "", 0 };
    for (size_t i = 0; i < bytes.n; i++)
        cells[i] = (unsigned char)bytes.p[i];
    return text_of_cells(arena, cells, bytes.n);
}

static bool is_card(struct arena *arena, struct str text)
{
    struct record record;
    struct str rest;
    return payload_read(arena, text, &record, &rest) == PAYLOAD_CARD;
}

struct symbol_text symbol_text_of(struct arena *arena, struct str bytes)
{
    struct symbol_text t = { .text = bytes, .encoding = "utf-8" };

    if (!utf8_is_valid(bytes)) {
        t.encoding = "windows-1258";
        if (!read_windows(arena, bytes, &t.text)) {
            t.encoding = "iso-8859-1";
            t.text = read_latin1(arena, bytes);
        }
    }
    t.is_card = is_card(arena, t.text);
    return t;
}
