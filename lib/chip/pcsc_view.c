// SPDX-License-Identifier: MIT
#include "chip/pcsc_view.h"

#include <poll.h>
#include <time.h>

#define NEW_READERS "\\\\?PnP?\\Notification"

bool pcsc_stop_asked(int fd)
{
    return fd >= 0 && poll(&(struct pollfd){ fd, POLLIN, 0 }, 1, 0) > 0;
}

struct chip_error pcsc_view_open(struct pcsc_view *v)
{
    LONG code = SCardEstablishContext(SCARD_SCOPE_SYSTEM, NULL, NULL, &v->context);
    v->has_context = code == SCARD_S_SUCCESS;
    return pcsc_error((uint32_t)code, PCSC_BEFORE, "SCardEstablishContext");
}

void pcsc_view_close(struct pcsc_view *v)
{
    if (v->has_context)
        SCardReleaseContext(v->context);
    v->has_context = false;
    v->n = 0;
}

// Names one after the other, each with its zero byte, and one more at the end. Whatever the service
// says, nothing beyond what it filled is read. Names that are too long are left out.
static void take_names(struct pcsc_view *v, const char *names, size_t size)
{
    struct str rest = { names, size };

    v->n = 0;
    while (v->n < PCSC_READERS_MAX) {
        size_t length = str_find(rest, '\0');
        if (length == 0 || length == rest.n)
            break;
        if (length < PCSC_NAME_SIZE) {
            memcpy(v->name[v->n], rest.p, length + 1);
            v->n++;
        }
        rest = str_from(rest, length + 1);
    }
}

static LONG list_names(struct pcsc_view *v)
{
    char names[(PCSC_READERS_MAX + 16) * PCSC_NAME_SIZE];
    DWORD size = sizeof names;
    LONG code = SCardListReaders(v->context, NULL, names, &size);

    if (code == SCARD_E_NO_READERS_AVAILABLE) {
        v->n = 0;
        return SCARD_S_SUCCESS;
    }
    if (code == SCARD_S_SUCCESS)
        take_names(v, names, size < sizeof names ? size : sizeof names);
    return code;
}

// A service that went away and came again knows nothing of the old context.
static struct chip_error judge(struct pcsc_view *v, LONG code, const char *step)
{
    if (code == SCARD_E_NO_SERVICE || code == SCARD_E_SERVICE_STOPPED ||
        code == SCARD_E_INVALID_HANDLE || code == SCARD_F_COMM_ERROR)
        pcsc_view_close(v);
    return pcsc_error((uint32_t)code, PCSC_BEFORE, step);
}

struct chip_error pcsc_view_look(struct pcsc_view *v)
{
    struct chip_error error = v->has_context ? chip_ok() : pcsc_view_open(v);
    if (error.code != CHIP_OK)
        return error;
    LONG code = list_names(v);
    if (code != SCARD_S_SUCCESS)
        return judge(v, code, "SCardListReaders");
    memset(v->state, 0, sizeof v->state);
    for (size_t i = 0; i < v->n; i++)
        v->state[i].szReader = v->name[i];
    v->state[v->n].szReader = NEW_READERS;
    if (v->n > 0)
        code = SCardGetStatusChange(v->context, 0, v->state, v->n);
    if (code == SCARD_E_UNKNOWN_READER) { // it went between the two calls
        v->n = 0;
        return chip_ok();
    }
    if (code == SCARD_E_TIMEOUT)
        code = SCARD_S_SUCCESS;
    return judge(v, code, "SCardGetStatusChange");
}

struct chip_error pcsc_view_wait(struct pcsc_view *v, unsigned most_ms)
{
    for (size_t i = 0; i < v->n; i++)
        v->state[i].dwCurrentState = v->state[i].dwEventState & ~(DWORD)SCARD_STATE_CHANGED;
    LONG code = SCardGetStatusChange(v->context, most_ms < PCSC_SLICE_MS ? most_ms : PCSC_SLICE_MS,
                                     v->state, v->n + 1);
    if (code == SCARD_E_TIMEOUT || code == SCARD_E_UNKNOWN_READER)
        code = SCARD_S_SUCCESS;
    return judge(v, code, "SCardGetStatusChange");
}

void pcsc_view_reader(const struct pcsc_view *v, size_t i, struct pcsc_reader *out)
{
    const SCARD_READERSTATE *s = &v->state[i];

    *out = (struct pcsc_reader){
        .present = (s->dwEventState & SCARD_STATE_PRESENT) != 0,
        .mute = (s->dwEventState & SCARD_STATE_MUTE) != 0,
        .exclusive = (s->dwEventState & SCARD_STATE_EXCLUSIVE) != 0,
        .in_use = (s->dwEventState & SCARD_STATE_INUSE) != 0,
    };
    memcpy(out->name, v->name[i], sizeof out->name);
    if (out->present && s->cbAtr <= sizeof out->atr) {
        out->atr_length = s->cbAtr;
        memcpy(out->atr, s->rgbAtr, s->cbAtr);
    }
    out->kind = pcsc_card_kind((struct str){ (const char *)out->atr, out->atr_length });
}
