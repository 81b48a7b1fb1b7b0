// SPDX-License-Identifier: MIT
#include "reader/rows.h"

#include "reader/format.h"
#include "reader/models.h"

#include <stdarg.h>
#include <stdio.h>

static struct doctor_row *row_new(struct judging *j, enum doctor_check check, struct str subject)
{
    static struct doctor_row thrown_away;
    struct doctor_report *report = j->report;

    if (report->rows == DOCTOR_ROWS_MAX)
        return &thrown_away;
    struct doctor_row *row = &report->row[report->rows++];
    *row = (struct doctor_row){ .check = check, .subject = subject };
    return row;
}

struct doctor_row *row_good(struct judging *j, enum doctor_check check, struct str subject)
{
    return row_new(j, check, subject);
}

struct doctor_row *row_found(struct judging *j, enum doctor_code code, struct str subject)
{
    const struct doctor_finding *finding = doctor_finding(code);
    struct doctor_row *row = row_new(j, finding->check, subject);

    row->code = code;
    row->state = finding->state;
    return row;
}

void row_skipped(struct judging *j, enum doctor_check check, struct str subject, const char *reason)
{
    struct doctor_row *row = row_new(j, check, subject);

    row->state = DOCTOR_SKIPPED;
    row->reason = reason;
}

void row_fact(struct doctor_row *row, const char *name, struct str value)
{
    if (value.n > 0 && row->facts < DOCTOR_FACTS_MAX)
        row->fact[row->facts++] = (struct doctor_fact){ .name = name, .value = value };
}

void row_personal(struct doctor_row *row, const char *name, struct str value)
{
    size_t before = row->facts;

    row_fact(row, name, value);
    if (row->facts > before)
        row->fact[before].personal = true;
}

void row_say(struct judging *j, struct doctor_row *row, const char *name, const char *format, ...)
{
    char text[256];
    va_list values;

    va_start(values, format);
    int n = vsnprintf(text, sizeof text, format, values);
    va_end(values);
    if (n > 0 && (size_t)n < sizeof text)
        row_fact(row, name, arena_copy(j->report->arena, (struct str){ text, (size_t)n }));
}

bool row_pointless(struct judging *j, enum doctor_check check, enum doctor_check since,
                   struct str subject)
{
    const struct doctor_report *report = j->report;

    for (size_t i = 0; i < report->rows; i++) {
        const struct doctor_row *earlier = &report->row[i];
        if (earlier->state != DOCTOR_TROUBLE || earlier->check < since ||
            (earlier->subject.n > 0 && !str_eq(earlier->subject, subject)))
            continue;
        struct doctor_row *row = row_new(j, check, subject);
        row->state = DOCTOR_SKIPPED;
        row->because = earlier->check;
        return true;
    }
    return false;
}

void rows_finish(struct judging *j)
{
    for (size_t i = 0; i < j->report->rows; i++) {
        struct doctor_row *row = &j->report->row[i];
        row->commands =
            doctor_commands(j->report->arena, doctor_finding(row->code), row->fact, row->facts);
    }
}

// Of a device's name those words count that are not in every reader's.
static bool shares_word(struct str name, struct str words)
{
    while (words.n > 0) {
        struct str word = str_head(words, str_find(words, ' '));
        words = str_from(words, word.n + 1);
        if (word.n >= 4 && strncasecmp(word.p, "reader", 6) != 0 &&
            strncasecmp(word.p, "smart", 5) != 0 && name.n > 0 &&
            memmem(name.p, name.n, word.p, word.n) != NULL)
            return true;
    }
    return false;
}

bool same_reader(const struct machine_device *device, const struct desk_reader *reader)
{
    const struct reader_model *model = reader_model(device->vendor_id, device->product_id);

    if (reader->vendor_id != 0)
        return reader->vendor_id == device->vendor_id && reader->product_id == device->product_id;
    return shares_word(reader->name, device->product) ||
           (model != NULL && shares_word(reader->name, str_of(model->name)));
}

bool is_listed(const struct judging *j, const struct machine_device *device)
{
    for (size_t i = 0; i < j->desk->readers; i++)
        if (same_reader(device, &j->desk->reader[i]))
            return true;
    return false;
}

struct str device_name(struct judging *j, const struct machine_device *device)
{
    const struct reader_model *model = reader_model(device->vendor_id, device->product_id);
    struct str name = model != NULL ? str_of(model->name) : device->product;

    return reader_format(j->report->arena, "%.*s%s%04x:%04x%s (%.*s)", (int)name.n, name.p,
                         name.n > 0 ? " [" : "[", device->vendor_id, device->product_id, "]",
                         (int)device->place.n, device->place.p);
}
