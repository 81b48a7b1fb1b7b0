// SPDX-License-Identifier: MIT
#include "cli/readers_table.h"

#include "cli/language.h"
#include "text/display.h"

#include <stdio.h>

enum { COLUMNS = 5, GAP = 2 };

struct row {
    struct bytes cell[COLUMNS];
};

static const char *const headings[COLUMNS] = {
    "#", N_("Reader"), N_("Card"), N_("Serial number"), N_("Longest command"),
};

static const char *card_words(const struct pcsc_reader *r)
{
    static const char *const kinds[] = {
        [PCSC_CARD_NONE] = N_("does not answer"),
        [PCSC_CARD_CONTACT] = N_("contact card"),
        [PCSC_CARD_CONTACTLESS] = N_("contactless chip card"),
        [PCSC_CARD_STORAGE] = N_("memory card"),
    };
    if (!r->present)
        return say(N_("none"));
    return say(kinds[r->mute ? PCSC_CARD_NONE : r->kind]);
}

static void put_text(struct bytes *cell, const char *text)
{
    display_put(cell, str_of(text));
}

static void put_use(struct bytes *cell, const struct pcsc_reader *r)
{
    if (!r->exclusive && !r->in_use)
        return;
    bytes_lit(cell, ", ");
    put_text(cell, say(r->exclusive ? N_("held by another program") : N_("in use")));
}

static void put_longest(struct bytes *cell, const struct pcsc_details *d)
{
    if (!d->tells_longest)
        bytes_lit(cell, "-");
    else if (d->longest <= 255)
        put_text(cell, say(N_("short ones only")));
    else
        bytes_put_number(cell, d->longest);
}

static void fill_row(struct row *row, const struct pcsc_reader *r, size_t number)
{
    struct pcsc_details details = { .vendor_id = 0 };

    if (!r->exclusive)
        pcsc_details(r->name, &details);
    bytes_put_number(&row->cell[0], number);
    put_text(&row->cell[1], r->name);
    put_text(&row->cell[2], card_words(r));
    put_use(&row->cell[2], r);
    put_text(&row->cell[3], details.serial[0] != '\0' ? details.serial : "-");
    put_longest(&row->cell[4], &details);
}

// What ends a line is not filled up.
static void put_row(struct bytes *out, const struct row *row, const size_t width[COLUMNS])
{
    for (size_t i = 0; i < COLUMNS; i++) {
        struct str cell = bytes_str(&row->cell[i]);
        bytes_put_str(out, cell);
        for (size_t n = display_width(cell); i + 1 < COLUMNS && n < width[i] + GAP; n++)
            bytes_put_char(out, ' ');
    }
    bytes_put_char(out, '\n');
}

void readers_table_put(struct bytes *out, const struct pcsc_readers *readers)
{
    struct row rows[PCSC_READERS_MAX + 1] = { 0 };
    size_t width[COLUMNS] = { 0 };

    for (size_t i = 0; i < COLUMNS; i++)
        put_text(&rows[0].cell[i], say(headings[i]));
    for (size_t r = 0; r < readers->n; r++)
        fill_row(&rows[r + 1], &readers->reader[r], r + 1);
    for (size_t r = 0; r <= readers->n; r++)
        for (size_t i = 0; i < COLUMNS; i++) {
            size_t n = display_width(bytes_str(&rows[r].cell[i]));
            width[i] = n > width[i] ? n : width[i];
        }
    for (size_t r = 0; r <= readers->n; r++) {
        put_row(out, &rows[r], width);
        for (size_t i = 0; i < COLUMNS; i++)
            bytes_free(&rows[r].cell[i]);
    }
}
