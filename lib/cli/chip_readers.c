// SPDX-License-Identifier: MIT
// The readers and what lies on them, once or as it changes.
#include "cli/chip_job.h"
#include "cli/chip_line.h"
#include "cli/chip_state.h"
#include "cli/readers_table.h"
#include "cli/stop.h"
#include "cli/tell.h"
#include "wire/json.h"

#include <errno.h>

static void put_text(struct bytes *out, const char *name, const char *value)
{
    if (value[0] == '\0')
        return;
    bytes_lit(out, ",\"");
    bytes_put_str(out, str_of(name));
    bytes_lit(out, "\":");
    json_put_string(out, str_of(value));
}

static void put_hex(struct bytes *out, const char *name, const uint8_t *p, size_t n)
{
    char text[2 * 33 + 1];

    for (size_t i = 0; i < n && 2 * i + 2 < sizeof text; i++)
        snprintf(text + 2 * i, 3, "%02x", p[i]);
    if (n > 0)
        put_text(out, name, text);
}

static const char *card_state(const struct pcsc_reader *r)
{
    static const char *const kinds[] = {
        [PCSC_CARD_NONE] = "none",
        [PCSC_CARD_CONTACT] = "contact",
        [PCSC_CARD_CONTACTLESS] = "contactless",
        [PCSC_CARD_STORAGE] = "memory",
    };
    return !r->present ? "none" : r->mute ? "mute" : kinds[r->kind];
}

static void put_beginning(struct bytes *out, const struct pcsc_reader *r)
{
    bytes_lit(out, "{\"v\":1,\"source\":{\"reader\":");
    json_put_string(out, str_of(r->name));
    bytes_lit(out, "}");
}

static void put_state(struct bytes *out, const struct pcsc_reader *r)
{
    bytes_lit(out, "\"card\":");
    json_put_string(out, str_of(card_state(r)));
    put_hex(out, "atr", r->atr, r->atr_length);
    if (r->gone)
        bytes_lit(out, ",\"unplugged\":true");
    if (r->exclusive)
        bytes_lit(out, ",\"held_by_another\":true");
    if (r->in_use)
        bytes_lit(out, ",\"in_use\":true");
}

static void put_usb(struct bytes *out, const struct pcsc_details *d)
{
    char text[16];

    if (d->vendor_id == 0)
        return;
    snprintf(text, sizeof text, "%04x:%04x", d->vendor_id, d->product_id);
    put_text(out, "usb", text);
}

static void put_reader(struct bytes *out, const struct pcsc_reader *r, size_t number)
{
    struct pcsc_details details = { .vendor_id = 0 };

    put_beginning(out, r);
    bytes_lit(out, ",\"reader\":{\"number\":");
    bytes_put_number(out, number);
    bytes_put_char(out, ',');
    put_state(out, r);
    if (!r->exclusive && pcsc_details(r->name, &details).code == CHIP_OK) {
        put_text(out, "vendor", details.vendor);
        put_text(out, "serial", details.serial);
        put_text(out, "version", details.version);
        put_usb(out, &details);
        if (details.tells_longest) {
            bytes_lit(out, ",\"longest_command\":");
            bytes_put_number(out, details.longest);
        }
    }
    bytes_lit(out, "}}");
}

static enum status fail(struct chip_job *job, struct chip_error error)
{
    struct bytes *out = &job->output->text;

    chip_job_tell(job, "PC/SC", error);
    if (job->options->table)
        return STATUS_FAILED;
    bytes_lit(out, "{\"v\":1,\"source\":{},\"error\":");
    chip_error_put(out, error);
    bytes_put_char(out, '}');
    return chip_job_end_line(job, STATUS_FAILED);
}

// The one whose light a person is to look for.
static enum status blink(struct chip_job *job)
{
    struct pcsc_reader reader;
    struct chip_error error = pcsc_find(job->pcsc, job->options->reader, &reader);

    if (error.code == CHIP_OK) {
        error = pcsc_blink(reader.name);
        if (error.code == CHIP_UNSUPPORTED) {
            tell(job->program, reader.name, N_("this reader's light cannot be driven"));
            return STATUS_FAILED;
        }
    }
    if (error.code == CHIP_OK)
        return STATUS_OK;
    chip_job_tell(job, "--blink", error);
    return STATUS_FAILED;
}

enum status chip_job_list(struct chip_job *job)
{
    struct pcsc_readers readers;
    struct chip_error error = chip_job_service(job);
    enum status status = STATUS_OK;

    if (error.code == CHIP_OK)
        error = pcsc_list(job->pcsc, &readers);
    if (error.code == CHIP_OK && readers.n == 0)
        error = chip_fail(CHIP_NO_READER, NULL);
    if (error.code != CHIP_OK)
        return fail(job, error);
    if (job->options->table) {
        readers_table_put(&job->output->text, &readers);
        status = output_item(job->output) ? STATUS_OK : STATUS_FAILED;
    }
    for (size_t i = 0; i < readers.n && !job->options->table; i++) {
        put_reader(&job->output->text, &readers.reader[i], i + 1);
        status = status_worse(status, chip_job_end_line(job, STATUS_OK));
    }
    return job->options->blink ? status_worse(status, blink(job)) : status;
}

// ---- as it changes ----

struct watch {
    struct chip_job *job;
    const struct chip_keys *keys; // NULL: cards are not read
    enum status status;
};

static const char *event_name(enum pcsc_event_kind kind)
{
    static const char *const names[] = {
        [PCSC_READER_ADDED] = "reader_added",
        [PCSC_READER_REMOVED] = "reader_removed",
        [PCSC_CARD_INSERTED] = "card_inserted",
        [PCSC_CARD_REMOVED] = "card_removed",
    };
    return names[kind];
}

static bool take_event(void *ctx, enum pcsc_event_kind kind, const struct pcsc_reader *reader)
{
    struct watch *w = ctx;
    struct bytes *out = &w->job->output->text;

    put_beginning(out, reader);
    bytes_lit(out, ",\"event\":{\"kind\":");
    json_put_string(out, str_of(event_name(kind)));
    bytes_put_char(out, ',');
    put_state(out, reader);
    bytes_lit(out, "}}");
    if (chip_job_end_line(w->job, STATUS_OK) != STATUS_OK)
        return false;
    if (kind == PCSC_CARD_INSERTED && w->keys != NULL && !reader->mute)
        w->status = status_worse(w->status, chip_job_read_on(w->job, reader->name, w->keys));
    return !stop_asked();
}

enum status chip_job_watch(struct chip_job *job, const struct chip_keys *keys)
{
    struct watch w = { job, keys, STATUS_OK };
    struct chip_error error = chip_job_service(job);

    if (error.code == CHIP_OK)
        error = pcsc_watch(job->pcsc, stop_fd(), take_event, &w);
    if (job->output->native != 0)
        return STATUS_FAILED;
    return error.code == CHIP_OK ? w.status : fail(job, error);
}
