// SPDX-License-Identifier: MIT
#include "chip/pcsc.h"
#include "chip/pcsc_view.h"

struct watched {
    struct pcsc_reader reader;
    DWORD events; // how often a card came or went, as the service counts
};

struct watching {
    struct watched known[PCSC_READERS_MAX];
    size_t n;
    pcsc_event_fn *event;
    void *ctx;
    bool ended;
};

static void tell(struct watching *w, enum pcsc_event_kind kind, const struct pcsc_reader *reader)
{
    if (!w->ended && !w->event(w->ctx, kind, reader))
        w->ended = true;
}

static struct watched *known(struct watching *w, const char *name)
{
    for (size_t i = 0; i < w->n; i++)
        if (strcmp(w->known[i].reader.name, name) == 0)
            return &w->known[i];
    return NULL;
}

static bool is_seen(const struct pcsc_view *v, const char *name)
{
    for (size_t i = 0; i < v->sight.n; i++)
        if (strcmp(v->sight.name[i], name) == 0)
            return true;
    return false;
}

static void tell_gone(struct watching *w, const struct pcsc_view *v)
{
    for (size_t i = 0; i < w->n;) {
        const struct pcsc_reader gone = w->known[i].reader;
        if (is_seen(v, gone.name)) {
            i++;
            continue;
        }
        w->known[i] = w->known[--w->n];
        if (gone.present)
            tell(w, PCSC_CARD_REMOVED, &gone);
        tell(w, PCSC_READER_REMOVED, &gone);
    }
}

static bool same_card(const struct watched *a, const struct watched *b)
{
    // Mute and answering are two events for whoever waits for a card that can be read.
    return a->events == b->events && a->reader.mute == b->reader.mute &&
           a->reader.atr_length == b->reader.atr_length &&
           memcmp(a->reader.atr, b->reader.atr, a->reader.atr_length) == 0;
}

static void tell_card(struct watching *w, struct watched *before, const struct watched *now)
{
    if (before->reader.present && (!now->reader.present || !same_card(before, now))) {
        tell(w, PCSC_CARD_REMOVED, &before->reader);
        before->reader.present = false;
    }
    bool came = now->reader.present && !before->reader.present;
    *before = *now;
    if (came)
        tell(w, PCSC_CARD_INSERTED, &now->reader);
}

static void compare(struct watching *w, const struct pcsc_view *v)
{
    tell_gone(w, v);
    for (size_t i = 0; i < v->sight.n; i++) {
        struct watched now = { .events = v->sight.state[i].dwEventState >> 16 };
        pcsc_view_reader(v, i, &now.reader);
        struct watched *before = known(w, now.reader.name);
        if (before == NULL) {
            before = &w->known[w->n++];
            *before = (struct watched){ .reader = now.reader };
            before->reader.present = false;
            tell(w, PCSC_READER_ADDED, &now.reader);
        }
        tell_card(w, before, &now);
    }
}

struct chip_error pcsc_watch(struct pcsc *p, int stop_fd, pcsc_event_fn *event, void *ctx)
{
    struct watching w = { .event = event, .ctx = ctx };
    struct chip_error error = chip_ok();

    while (error.code == CHIP_OK && !pcsc_stop_asked(stop_fd)) {
        error = pcsc_view_look(&p->view, stop_fd);
        if (error.code != CHIP_OK)
            break;
        compare(&w, &p->view);
        if (w.ended)
            break;
        error = pcsc_view_wait(&p->view, PCSC_SLICE_MS, stop_fd);
    }
    return pcsc_stop_asked(stop_fd) ? chip_ok() : error;
}
