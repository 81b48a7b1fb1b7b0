// SPDX-License-Identifier: MIT
// The same two commands again and again, a short answer and a longer one, and what follows from the
// time that each takes.
#include "base/clock.h"
#include "base/times.h"
#include "chip/trial_work.h"

#include <stdlib.h>

enum {
    INS_READ_BINARY = 0xB0,
    FILE_LEAST = 32, // a shorter file's time says little of the time for a byte
    NAME_SHORT = 5,
    NAME_LONG = 255,
    // What one answer of 256 bytes carries under secure messaging with AES (chip/sm.h).
    BLOCK_SHORT = 223,
    // Many cards have room for no more, whatever the reader stands.
    BLOCK_LONG = 2000,
    // Bytes that a protected READ BINARY takes besides those that are read (ICAO Doc 9303-11,
    // 9.8.4): header and lengths 8, Le 97 and checksum 8E 13; in the answer 87 with its padding 20,
    // status 99 and checksum 8E 14, status 2.
    PROTECTION = 57,
    STATUS = 2,
};

enum { SMALL, LARGE, KINDS };

struct kind {
    struct apdu command;
    size_t wire; // bytes of command and answer
    bool known;  // what is answered
    uint16_t sw;
    size_t answer;
    struct times times;
};

struct repeating {
    struct trial_work *work;
    struct kind kind[KINDS];
    char name[KINDS][TRIAL_NAME_MAX];
};

// ---- the commands ----

static size_t wire_length(const struct apdu *a)
{
    struct bytes command = { 0 };
    size_t n = apdu_put(&command, a) ? command.n : 0;

    bytes_free(&command);
    return n;
}

// Two lengths of an answer where there is a file that anybody may read; else two lengths of a
// command, which take the same time a byte as the field has one speed for both directions.
static struct chip_error prepare(struct repeating *r)
{
    struct trial_work *w = r->work;

    if (w->out->card_access == TRIAL_YES && w->file.n >= FILE_LEAST) {
        struct chip_error error = trial_read_file(w);
        uint32_t n = w->file.n < APDU_NE_SHORT ? (uint32_t)w->file.n : APDU_NE_SHORT;
        r->kind[SMALL].command = (struct apdu){ .ins = INS_READ_BINARY, .ne = 1 };
        r->kind[LARGE].command = (struct apdu){ .ins = INS_READ_BINARY, .ne = n };
        return error;
    }
    r->kind[SMALL].command = trial_select_nothing(r->name[SMALL], NAME_SHORT);
    r->kind[LARGE].command = trial_select_nothing(r->name[LARGE], NAME_LONG);
    return chip_ok();
}

static uint64_t now(const struct trial_work *w)
{
    return w->how->now != NULL ? w->how->now(w->how->ctx) : clock_now();
}

// The card has to answer as it did the first time.
static struct chip_error judge(struct kind *k, const struct answer *answer)
{
    if (k->known && (answer->sw != k->sw || answer->data.n != k->answer))
        return chip_refused(CHIP_ANSWER_SHORT, answer->sw,
                            apdu_name(k->command.ins, k->command.p1));
    k->known = true;
    k->sw = answer->sw;
    k->answer = answer->data.n;
    k->wire = wire_length(&k->command) + k->answer + STATUS;
    return chip_ok();
}

static struct chip_error send_timed(struct repeating *r, struct kind *k)
{
    struct trial_work *w = r->work;
    struct answer answer;
    uint64_t began = now(w);
    struct chip_error error = channel_send(&w->channel, &k->command, &answer);
    uint64_t us = (now(w) - began) / CLOCK_MICROSECOND;

    if (error.code == CHIP_STOPPED)
        return error;
    w->out->commands++;
    if (error.code == CHIP_OK)
        error = judge(k, &answer);
    if (error.code == CHIP_OK)
        times_add(&k->times, us);
    if (error.code == CHIP_OK && w->how->timed != NULL)
        w->how->timed(w->how->ctx, k == &r->kind[SMALL], us, error);
    answer_free(&answer);
    return error;
}

// ---- again and again ----

static bool is_done(const struct trial_work *w, uint64_t began)
{
    if (w->how->seconds > 0)
        return now(w) - began >= w->how->seconds * CLOCK_SECOND;
    return w->out->commands >= w->how->repeats;
}

// CHIP_OK: the card is there again, and has nothing selected.
static struct chip_error begin_again(struct trial_work *w, struct chip_error error)
{
    if (error.code == CHIP_STOPPED)
        return error;
    w->out->failures++;
    if (w->how->timed != NULL)
        w->how->timed(w->how->ctx, false, 0, error);
    if (w->how->seconds == 0 && w->out->failures >= TRIAL_LOSSES_MAX)
        return error;
    error = trial_recover(w, error);
    w->out->resets += error.code == CHIP_OK;
    return error;
}

static struct chip_error repeat(struct repeating *r)
{
    struct trial_work *w = r->work;
    uint64_t began = now(w);
    bool ready = false;

    for (unsigned i = 0; !is_done(w, began); i += ready) {
        if (w->how->stop != NULL && w->how->stop(w->how->ctx))
            return chip_fail(CHIP_STOPPED, NULL);
        struct chip_error error = ready ? send_timed(r, &r->kind[i % KINDS]) : prepare(r);
        ready = error.code == CHIP_OK;
        if (!ready)
            error = begin_again(w, error);
        if (error.code != CHIP_OK)
            return error;
    }
    return chip_ok();
}

// ---- what follows ----

// time = fixed + per_byte * bytes on the wire: through the medians of the two commands. A card that
// answers the longer one sooner has no time for a byte that could be measured.
struct line {
    uint64_t fixed_ns, byte_ns;
};

static struct line fit(const struct kind *small, const struct kind *large)
{
    uint64_t t = times_at(&small->times, 50) * 1000, more = times_at(&large->times, 50) * 1000;
    struct line line = { .fixed_ns = t };

    if (more > t && large->wire > small->wire)
        line.byte_ns = (more - t) / (large->wire - small->wire);
    uint64_t of_bytes = line.byte_ns * small->wire;
    line.fixed_ns = t > of_bytes ? t - of_bytes : 0;
    return line;
}

// A whole number of blocks and what is left, each with its command and its protection. The time
// that the chip needs to encrypt is not in it: that shows only with a key.
static uint64_t reading_us(struct line line, uint32_t block)
{
    uint64_t commands = (TRIAL_PICTURE + block - 1) / block;
    return (commands * line.fixed_ns + (TRIAL_PICTURE + commands * PROTECTION) * line.byte_ns) /
           CLOCK_MICROSECOND;
}

static void reckon(const struct repeating *r)
{
    struct chip_trial *out = r->work->out;
    const struct kind *small = &r->kind[SMALL], *large = &r->kind[LARGE];
    uint32_t longest = r->work->card->longest, block = BLOCK_SHORT;

    out->round_trip_us = times_at(&small->times, 50);
    out->round_trip_p90_us = times_at(&small->times, 90);
    if (small->times.n == 0 || large->times.n == 0)
        return;
    struct line line = fit(small, large);
    if (out->extended == TRIAL_YES)
        block =
            longest != 0 && longest < BLOCK_LONG + PROTECTION ? longest - PROTECTION : BLOCK_LONG;
    out->picture_short_us = reading_us(line, BLOCK_SHORT);
    out->picture_us = reading_us(line, block);
    if (out->picture_us > 0)
        out->bytes_per_second =
            TRIAL_PICTURE * (CLOCK_SECOND / CLOCK_MICROSECOND) / out->picture_us;
}

struct chip_error trial_repeat(struct trial_work *w)
{
    struct repeating *r = calloc(1, sizeof *r);

    if (r == NULL)
        return chip_fail(CHIP_NO_MEMORY, NULL);
    r->work = w;
    struct chip_error error = repeat(r);
    reckon(r);
    free(r);
    return error;
}
