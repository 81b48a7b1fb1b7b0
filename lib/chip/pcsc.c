// SPDX-License-Identifier: MIT
#include "chip/pcsc.h"

#include "chip/pcsc_line.h"
#include "chip/pcsc_view.h"

enum { DESCRIBE_MS = 5000 };

struct chip_error pcsc_new(struct pcsc **out)
{
    struct pcsc *p = calloc(1, sizeof *p);

    *out = p;
    return p != NULL ? chip_ok() : chip_fail(CHIP_NO_MEMORY, NULL);
}

void pcsc_free(struct pcsc **p)
{
    if (*p != NULL)
        pcsc_view_close(&(*p)->view);
    free(*p);
    *p = NULL;
}

struct chip_error pcsc_list(struct pcsc *p, struct pcsc_readers *out)
{
    struct chip_error error = pcsc_view_look(&p->view, -1);

    *out = (struct pcsc_readers){ 0 };
    if (error.code != CHIP_OK)
        return error;
    for (; out->n < p->view.sight.n; out->n++)
        pcsc_view_reader(&p->view, out->n, &out->reader[out->n]);
    return error;
}

struct chip_error pcsc_details(const char *reader, struct pcsc_details *out)
{
    struct pcsc_line *line = pcsc_line_new(reader);

    *out = (struct pcsc_details){ 0 };
    if (line == NULL)
        return chip_fail(CHIP_NO_MEMORY, NULL);
    struct chip_error error = pcsc_line_run(&line, pcsc_call_describe, DESCRIBE_MS, -1);
    if (error.code == CHIP_OK) {
        error = pcsc_error((uint32_t)line->code, PCSC_BEFORE, line->step);
        *out = line->details;
    }
    pcsc_line_free(&line);
    return error;
}

// ---- which one is meant ----

static bool is_number(const struct pcsc_readers *all, const char *wanted, size_t *which)
{
    size_t n = strlen(wanted);

    if (n == 0 || n > 2 || !str_is_digits(str_of(wanted)))
        return false;
    *which = (size_t)strtoul(wanted, NULL, 10) - 1;
    return *which < all->n;
}

static bool is_name(const struct pcsc_readers *all, const char *wanted, size_t *which)
{
    for (*which = 0; *which < all->n; ++*which)
        if (strcmp(all->reader[*which].name, wanted) == 0)
            return true;
    return false;
}

static bool is_serial(const struct pcsc_readers *all, const char *wanted, size_t *which)
{
    for (*which = 0; *which < all->n; ++*which) {
        struct pcsc_details details;
        if (pcsc_details(all->reader[*which].name, &details).code == CHIP_OK &&
            details.serial[0] != '\0' && strcmp(details.serial, wanted) == 0)
            return true;
    }
    return false;
}

static size_t count_parts(const struct pcsc_readers *all, const char *wanted, size_t *which)
{
    size_t count = 0;
    for (size_t i = all->n; i > 0; i--)
        if (strcasestr(all->reader[i - 1].name, wanted) != NULL) {
            *which = i - 1;
            count++;
        }
    return count;
}

struct chip_error pcsc_find(struct pcsc *p, const char *wanted, struct pcsc_reader *out)
{
    struct pcsc_readers all;
    size_t which = 0;
    struct chip_error error = pcsc_list(p, &all);

    if (error.code != CHIP_OK)
        return error;
    if (all.n == 0)
        return chip_fail(CHIP_NO_READER, NULL);
    if (wanted[0] == '\0')
        return chip_fail(CHIP_READER_UNKNOWN, NULL);
    if (!is_name(&all, wanted, &which) && !is_number(&all, wanted, &which)) {
        size_t parts = count_parts(&all, wanted, &which);
        if (parts != 1 && !is_serial(&all, wanted, &which))
            return chip_fail(parts > 1 ? CHIP_READER_AMBIGUOUS : CHIP_READER_UNKNOWN, NULL);
    }
    *out = all.reader[which];
    return chip_ok();
}
