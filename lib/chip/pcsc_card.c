// SPDX-License-Identifier: MIT
// A card on a reader: from waiting for it to taking its power.
#include "chip/pcsc.h"

#include "base/clock.h"
#include "base/wipe.h"
#include "chip/pcsc_line.h"
#include "chip/pcsc_view.h"

#include <time.h>

enum { SHORT_COMMAND = 4 + 1 + 255 + 1, EXTENDED_HEADER = 4 + 3 + 3 };

struct pcsc_card {
    struct pcsc_line *line; // NULL after a time-out
    char reader[PCSC_NAME_SIZE];
    uint8_t atr[33];
    size_t atr_length;
    struct pcsc_open how;
    bool left_behind; // one of our own lines holds the reader
};

// ---- waiting ----

enum { AGAIN_MS = 50 }; // until a card that was just seen is tried once more

struct waiting {
    const struct pcsc_open *how;
    const char *reader;        // NULL: any
    char name[PCSC_NAME_SIZE]; // once it is known
    uint64_t deadline;
    bool for_ever;
    bool patient; // the reader may be away for a while, too
};

static struct waiting waiting_for(const struct pcsc_open *how, const char *reader, int wait_ms)
{
    uint64_t wait = (uint64_t)(wait_ms < 0 ? 0 : wait_ms) * CLOCK_MILLISECOND;
    return (struct waiting){
        .how = how, .reader = reader, .for_ever = wait_ms < 0, .deadline = clock_now() + wait
    };
}

static int left_ms(const struct waiting *w)
{
    uint64_t now = clock_now();
    return now >= w->deadline ? 0 : (int)((w->deadline - now) / CLOCK_MILLISECOND + 1);
}

static unsigned slice_ms(const struct waiting *w)
{
    int left = left_ms(w);
    return w->for_ever || left > PCSC_SLICE_MS ? PCSC_SLICE_MS : (unsigned)left;
}

static void tell(const struct waiting *w, enum chip_code what)
{
    if (w->how->waiting != NULL)
        w->how->waiting(w->how->ctx, what, w->for_ever ? -1 : (left_ms(w) + 999) / 1000);
}

// Of the readers that come into question, the first with a card that answers; else one whose card
// did not, since to connect is to give it power once more.
static struct chip_error choose(const struct pcsc_readers *all, const char *wanted,
                                struct pcsc_reader *out)
{
    struct chip_error error = chip_fail(all->n == 0 ? CHIP_NO_READER : CHIP_READER_UNKNOWN, NULL);
    bool mute = false;

    for (size_t i = 0; i < all->n; i++) {
        const struct pcsc_reader *r = &all->reader[i];
        if (wanted != NULL && strcmp(r->name, wanted) != 0)
            continue;
        if (r->present && !r->mute) {
            *out = *r;
            return chip_ok();
        }
        if (r->gone && error.code != CHIP_NO_CARD) {
            error = chip_fail(CHIP_READER_GONE, NULL);
        } else if (r->mute && !mute) {
            *out = *r;
            mute = true;
        } else if (!r->gone) {
            error = chip_fail(CHIP_NO_CARD, NULL);
        }
    }
    return mute ? chip_ok() : error;
}

// w->reader may be in other words than the reader's name. Those are put in its place.
static struct chip_error look_for(struct pcsc *p, struct waiting *w, struct pcsc_reader *out)
{
    struct pcsc_readers all;
    struct chip_error error = pcsc_list(p, &all);

    if (error.code == CHIP_OK && w->reader != NULL && w->reader != w->name) {
        error = pcsc_find(p, w->reader, out);
        if (error.code == CHIP_OK) {
            memcpy(w->name, out->name, sizeof w->name);
            w->reader = w->name;
        }
    }
    if (error.code == CHIP_OK)
        error = choose(&all, w->reader, out);
    if (error.code == CHIP_READER_UNKNOWN && w->reader == w->name)
        error.code = CHIP_READER_GONE; // it was there before
    return error;
}

static void sleep_ms(unsigned ms)
{
    nanosleep(&(struct timespec){ .tv_nsec = (long)ms * CLOCK_MILLISECOND }, NULL);
}

// Why there is no service may look otherwise in the moment in which it comes.
static bool is_of_the_service(struct chip_error error)
{
    return error.code == CHIP_NO_SERVICE || error.code == CHIP_SERVICE_SILENT ||
           (error.code == CHIP_SERVICE_FAILED && error.native == (uint32_t)SCARD_E_NO_SERVICE);
}

static bool may_come(const struct waiting *w, struct chip_error error)
{
    if (is_of_the_service(error))
        return w->how->wait_service || w->patient;
    return error.code == CHIP_NO_CARD || error.code == CHIP_CARD_MUTE ||
           error.code == CHIP_NO_READER || error.code == CHIP_READER_GONE || w->patient;
}

static struct chip_error wait_for(struct pcsc *p, struct waiting *w, struct pcsc_reader *out)
{
    for (;;) {
        struct chip_error error = look_for(p, w, out);
        unsigned left = slice_ms(w);
        if (pcsc_stop_asked(w->how->stop_fd))
            return chip_fail(CHIP_STOPPED, NULL);
        if (error.code == CHIP_OK || left == 0 || !may_come(w, error))
            return error;
        tell(w, error.code);
        if (is_of_the_service(error) ||
            pcsc_view_wait(&p->view, left, w->how->stop_fd).code != CHIP_OK)
            sleep_ms(left);
    }
}

// ---- the session ----

// Nobody answers, but who: the card, or the service?
static struct chip_error who_is_silent(const struct pcsc_card *c, struct chip_error error)
{
    if (error.code == CHIP_TIMEOUT && !pcsc_stop_asked(c->how.stop_fd) && pcsc_is_silent())
        error.code = CHIP_SERVICE_SILENT;
    return error;
}

// c->line is a new one. While another program has a transaction, the service lets one wait for
// ever.
static struct chip_error connect_card(struct pcsc_card *c, bool in_use)
{
    c->line = pcsc_line_new(c->reader);
    if (c->line == NULL)
        return chip_fail(CHIP_NO_MEMORY, NULL);
    struct chip_error error =
        pcsc_line_run(&c->line, pcsc_call_connect, c->how.timeout_ms, c->how.stop_fd);
    error = who_is_silent(c, error);
    if (error.code == CHIP_OK)
        error = pcsc_error((uint32_t)c->line->code, PCSC_BEFORE, c->line->step);
    else if (error.code == CHIP_TIMEOUT && in_use && !c->left_behind)
        error.code = CHIP_READER_BUSY;
    if (error.code != CHIP_OK)
        pcsc_line_free(&c->line);
    return error;
}

static struct chip_error transmit(void *ctx, struct str command, struct bytes *answer)
{
    struct pcsc_card *c = ctx;

    if (pcsc_stop_asked(c->how.stop_fd))
        return chip_fail(CHIP_STOPPED, NULL);
    if (c->line == NULL)
        return chip_fail(CHIP_TIMEOUT, NULL);
    bytes_put_str(&c->line->command, command);
    if (c->line->command.failed)
        return chip_fail(CHIP_NO_MEMORY, NULL);
    struct chip_error error =
        pcsc_line_run(&c->line, pcsc_call_transmit, c->how.timeout_ms, c->how.stop_fd);
    if (error.code != CHIP_OK)
        return who_is_silent(c, error);
    error = pcsc_error((uint32_t)c->line->code, PCSC_WITHIN, NULL);
    struct bytes *got = &c->line->answer;
    if (error.code == CHIP_OK) {
        bytes_put_str(answer, bytes_str(got));
        if (got->n == 0)
            error = chip_fail(CHIP_TRANSMIT, NULL);
        else if (got->n == 1)
            error = chip_fail(CHIP_ANSWER_SHORT, NULL);
        else if (answer->failed)
            error = chip_fail(CHIP_NO_MEMORY, NULL);
    }
    wipe(got->p, got->n);
    got->n = 0;
    return error;
}

// A card may be seen, and lifted again before it has power.
static struct chip_error wait_and_connect(struct pcsc *p, struct waiting *w, struct pcsc_card *c)
{
    struct pcsc_reader reader;

    for (;;) {
        struct chip_error error = wait_for(p, w, &reader);
        if (error.code != CHIP_OK)
            return error;
        memcpy(c->reader, reader.name, sizeof c->reader);
        error = connect_card(c, reader.in_use);
        unsigned left = slice_ms(w);
        if (error.native == 0 || !may_come(w, error) || left == 0)
            return error;
        tell(w, error.code);
        sleep_ms(left < AGAIN_MS || error.code == CHIP_CARD_MUTE ? left : AGAIN_MS);
    }
}

// What was waited is taken from what may be: who takes the card away for good is not waited for
// anew at each attempt.
static struct chip_error connect_again(struct pcsc_card *c)
{
    struct waiting w = waiting_for(&c->how, c->reader, c->how.reset_wait_ms);
    struct pcsc p = { 0 };

    memcpy(w.name, c->reader, sizeof w.name);
    w.reader = w.name;
    w.patient = true;
    c->left_behind = c->line == NULL;
    pcsc_line_free(&c->line);
    struct chip_error error = wait_and_connect(&p, &w, c);
    pcsc_view_close(&p.view);
    c->how.reset_wait_ms = left_ms(&w);
    if (error.code == CHIP_NO_CARD)
        error.code = CHIP_CARD_GONE;
    else if (error.code == CHIP_NO_READER)
        error.code = CHIP_READER_GONE;
    return error;
}

static struct chip_error reset(void *ctx)
{
    struct pcsc_card *c = ctx;
    struct chip_error error = chip_fail(CHIP_TIMEOUT, NULL);

    if (pcsc_stop_asked(c->how.stop_fd))
        return chip_fail(CHIP_STOPPED, NULL);
    if (c->line != NULL)
        error = pcsc_line_run(&c->line, pcsc_call_reconnect, c->how.timeout_ms, c->how.stop_fd);
    if (error.code == CHIP_OK)
        error = pcsc_error((uint32_t)c->line->code, PCSC_WITHIN, c->line->step);
    if (error.code != CHIP_OK)
        error = connect_again(c);
    if (error.code != CHIP_OK)
        return error;
    if (c->line->atr_length != c->atr_length || memcmp(c->line->atr, c->atr, c->atr_length) != 0)
        return chip_fail(CHIP_CARD_CHANGED, "ATR");
    return chip_ok();
}

static void close_card(void *ctx)
{
    struct pcsc_card *c = ctx;
    pcsc_line_free(&c->line);
    free(c);
}

static const struct card_ops pcsc_ops = { transmit, reset, close_card };

// ---- opening ----

static const char *protocol_name(enum pcsc_card_kind kind, DWORD protocol)
{
    if (kind != PCSC_CARD_CONTACT)
        return "contactless"; // T=1 is what PC/SC makes of it (part 3, 3.1.3.2.3)
    return protocol == SCARD_PROTOCOL_T0 ? "T=0" : "T=1";
}

static uint32_t longest(const struct pcsc_details *d)
{
    if (!d->tells_longest)
        return 0;
    if (d->longest <= 255)
        return SHORT_COMMAND;
    return d->longest < CARD_COMMAND_MAX - EXTENDED_HEADER ? d->longest + EXTENDED_HEADER
                                                           : CARD_COMMAND_MAX;
}

static struct chip_error describe(struct pcsc_card *c, struct card *out)
{
    const struct pcsc_line *line = c->line;
    enum pcsc_card_kind kind =
        pcsc_card_kind((struct str){ (const char *)line->atr, line->atr_length });

    *out = (struct card){ .ops = &pcsc_ops,
                          .ctx = c,
                          .protocol = protocol_name(kind, line->protocol),
                          .longest = longest(&line->details) };
    memcpy(out->reader, c->reader, sizeof out->reader);
    memcpy(out->atr, line->atr, sizeof out->atr);
    memcpy(c->atr, line->atr, sizeof c->atr);
    out->atr_length = c->atr_length = line->atr_length;
    return kind == PCSC_CARD_STORAGE ? chip_fail(CHIP_NO_DOCUMENT, "ATR") : chip_ok();
}

struct chip_error pcsc_open(struct pcsc *p, const struct pcsc_open *how, struct card *out)
{
    struct waiting w = waiting_for(how, how->reader, how->wait_ms);
    struct pcsc_card *c = calloc(1, sizeof *c);

    *out = (struct card){ 0 };
    if (c == NULL)
        return chip_fail(CHIP_NO_MEMORY, NULL);
    c->how = *how;
    c->how.reader = c->reader;
    if (how->timeout_ms == 0)
        c->how.timeout_ms = PCSC_TIMEOUT_MS;
    struct chip_error error = wait_and_connect(p, &w, c);
    if (error.code == CHIP_OK)
        error = describe(c, out);
    if (error.code != CHIP_OK) {
        close_card(c);
        *out = (struct card){ 0 };
    }
    return error;
}
