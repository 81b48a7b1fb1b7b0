// SPDX-License-Identifier: MIT
#include "cli/desk_look.h"

#include "base/clock.h"
#include "chip/pcsc.h"

#include <poll.h>

// What pcsc-lite says of itself. The numbers are told here by name, since only lib/chip knows
// winscard.h.
enum {
    NO_SERVICE = 0x8010001D,
    SERVICE_STOPPED =
        0x8010001E, // another release: client and service do not understand each other
    SECURITY_VIOLATION = 0x8010006A,
};

enum { COMMAND_MS = 5000, RETURN_MS = 3000, CARD_SECONDS = 60 };

enum desk_service desk_service_of(struct chip_error error)
{
    switch (error.native) {
    case NO_SERVICE:
        return DESK_UNREACHABLE;
    case SERVICE_STOPPED:
        return DESK_PROTOCOL;
    case SECURITY_VIOLATION:
        // pcsc_error() found out whether it was only ending.
        return error.code == CHIP_NO_SERVICE ? DESK_UNREACHABLE : DESK_REFUSES;
    default:
        break;
    }
    return error.code == CHIP_OK               ? DESK_ANSWERS
           : error.code == CHIP_SERVICE_SILENT ? DESK_SILENT
           : error.code == CHIP_TIMEOUT        ? DESK_SILENT
                                               : DESK_FAILED;
}

static enum desk_answer answer_of(enum trial_answer answer)
{
    return answer == TRIAL_YES ? DESK_YES : answer == TRIAL_NO ? DESK_NO : DESK_NOT_ASKED;
}

void desk_take_trial(struct desk_trial *out, const struct chip_trial *t, struct arena *arena)
{
    *out = (struct desk_trial){
        .document = answer_of(t->document),
        .card_access = answer_of(t->card_access),
        .pace = answer_of(t->pace),
        .bac = answer_of(t->bac),
        .extended = answer_of(t->extended),
        .uid_fixed = answer_of(t->uid_fixed),
        .uid_length = t->uid_length,
        .historical_length = t->historical_length,
        .protocols = arena_copy(arena, str_of(t->protocols)),
        .commands = t->commands,
        .failures = t->failures,
        .card_lost = t->card_lost,
        .reader_lost = t->reader_lost,
        .round_trip_us = t->round_trip_us,
        .bytes_per_second = t->bytes_per_second,
        .picture_us = t->picture_us,
        .picture_short_us = t->picture_short_us,
    };
    memcpy(out->uid, t->uid, sizeof out->uid);
    memcpy(out->historical, t->historical, sizeof out->historical);
    if (t->error.code != CHIP_OK)
        out->error = str_of(chip_error_name(t->error.code));
}

// ---- the readers ----

static enum desk_card card_of(const struct pcsc_reader *r)
{
    static const enum desk_card kinds[] = {
        [PCSC_CARD_NONE] = DESK_CARD_MUTE, // present, and without an ATR
        [PCSC_CARD_CONTACT] = DESK_CARD_CONTACT,
        [PCSC_CARD_CONTACTLESS] = DESK_CARD_CHIP,
        [PCSC_CARD_STORAGE] = DESK_CARD_MEMORY,
    };
    return !r->present ? DESK_CARD_NONE : r->mute ? DESK_CARD_MUTE : kinds[r->kind];
}

static void take_reader(struct desk_reader *out, const struct pcsc_reader *r, struct arena *arena)
{
    struct pcsc_details details = { .vendor_id = 0 };

    *out = (struct desk_reader){ .name = arena_copy(arena, str_of(r->name)),
                                 .card = card_of(r),
                                 .held = r->exclusive,
                                 .in_use = r->in_use,
                                 .atr_length = r->atr_length };
    memcpy(out->atr, r->atr, sizeof out->atr);
    if (r->exclusive || pcsc_details(r->name, &details).code != CHIP_OK)
        return;
    out->vendor = arena_copy(arena, str_of(details.vendor));
    out->serial = arena_copy(arena, str_of(details.serial));
    out->version = arena_copy(arena, str_of(details.version));
    out->vendor_id = details.vendor_id;
    out->product_id = details.product_id;
    out->tells_longest = details.tells_longest;
    out->longest = details.longest;
}

// ---- the cards ----

struct attempt {
    const struct desk_look *how;
    uint64_t deadline;
};

static bool is_stopped(const struct desk_look *how)
{
    return how->stop_fd >= 0 && poll(&(struct pollfd){ how->stop_fd, POLLIN, 0 }, 1, 0) > 0;
}

static bool is_over(void *ctx)
{
    const struct attempt *attempt = ctx;
    return is_stopped(attempt->how) || clock_now() >= attempt->deadline;
}

// A card that went, or that another program took, since the readers were listed, is told as it is
// now.
static void take_refusal(struct desk_reader *out, struct chip_error error)
{
    switch (error.code) {
    case CHIP_READER_BUSY:
        out->held = true;
        break;
    case CHIP_NO_CARD:
        out->card = DESK_CARD_NONE;
        break;
    case CHIP_CARD_MUTE:
        out->card = DESK_CARD_MUTE;
        break;
    default:
        out->tried = true;
        out->trial = (struct desk_trial){
            .card_lost = error.code == CHIP_CARD_GONE,
            .reader_lost = error.code == CHIP_READER_GONE || error.code == CHIP_NO_READER ||
                           error.code == CHIP_READER_UNKNOWN,
            .error = str_of(chip_error_name(error.code)),
        };
        break;
    }
}

static void try_card(struct pcsc *p, const char *name, const struct desk_look *how,
                     struct desk_reader *out, struct arena *arena)
{
    struct pcsc_open open = { .reader = name,
                              .reset_wait_ms = RETURN_MS,
                              .timeout_ms = COMMAND_MS,
                              .stop_fd = how->stop_fd };
    struct attempt attempt = { how, clock_now() + CARD_SECONDS * CLOCK_SECOND };
    struct trial_options options = { .repeats = how->repeats, .stop = is_over, .ctx = &attempt };
    struct chip_trial trial;
    struct card card;

    if (how->trying != NULL)
        how->trying(how->ctx, name);
    struct chip_error error = pcsc_open(p, &open, &card);
    if (error.code != CHIP_OK) {
        take_refusal(out, error);
        return;
    }
    trial_run(&card, &options, &trial);
    card_close(&card);
    if (trial.error.code == CHIP_STOPPED && !is_stopped(how))
        trial.error.code = CHIP_TIMEOUT;
    desk_take_trial(&out->trial, &trial, arena);
    out->tried = true;
}

static void look_at(struct pcsc *p, const struct pcsc_readers *all, const struct desk_look *how,
                    struct desk *out, struct arena *arena)
{
    for (size_t i = 0; i < all->n && i < DESK_READERS_MAX; i++, out->readers++)
        take_reader(&out->reader[i], &all->reader[i], arena);
    struct pcsc_reader wanted = { .name = "" };
    if (how->repeats == 0 ||
        (how->reader != NULL && pcsc_find(p, how->reader, &wanted).code != CHIP_OK))
        return;
    for (size_t i = 0; i < out->readers && !is_stopped(how); i++) {
        struct desk_reader *reader = &out->reader[i];
        bool meant = how->reader == NULL || strcmp(wanted.name, all->reader[i].name) == 0;
        if (meant && reader->card == DESK_CARD_CHIP && !reader->held)
            try_card(p, all->reader[i].name, how, reader, arena);
    }
}

struct chip_error desk_look(struct desk *out, const struct desk_look *how, struct arena *arena)
{
    struct pcsc_readers all = { .n = 0 };
    struct pcsc_reader wanted;
    struct pcsc *p = NULL;
    struct chip_error error = pcsc_new(&p);

    *out = (struct desk){ .service = DESK_FAILED };
    if (error.code != CHIP_OK)
        return error;
    error = pcsc_list(p, &all);
    out->service = desk_service_of(error);
    out->native = error.native;
    out->native_name = error.native != 0 ? pcsc_code_name(error.native) : NULL;
    if (error.code == CHIP_OK) {
        look_at(p, &all, how, out, arena);
        if (how->reader != NULL && all.n > 0)
            error = pcsc_find(p, how->reader, &wanted);
    }
    pcsc_free(&p);
    if (arena->failed)
        return chip_fail(CHIP_NO_MEMORY, NULL);
    return error.code == CHIP_READER_UNKNOWN || error.code == CHIP_READER_AMBIGUOUS ? error
                                                                                    : chip_ok();
}
