// SPDX-License-Identifier: MIT
#include "chip/pcsc_view.h"

#include <poll.h>

#define NEW_READERS "\\\\?PnP?\\Notification"

enum { PROBE_MS = 2000 };

bool pcsc_stop_asked(int fd)
{
    return fd >= 0 && poll(&(struct pollfd){ fd, POLLIN, 0 }, 1, 0) > 0;
}

// ---- in the thread ----

// Names one after the other, each with its zero byte, and one more at the end. Whatever the service
// says, nothing beyond what it filled is read. Names that are too long are left out.
static void take_names(struct pcsc_sight *s, const char *names, size_t size)
{
    struct str rest = { names, size };

    s->n = 0;
    while (s->n < PCSC_READERS_MAX) {
        size_t length = str_find(rest, '\0');
        if (length == 0 || length == rest.n)
            break;
        if (length < PCSC_NAME_SIZE) {
            memcpy(s->name[s->n], rest.p, length + 1);
            s->n++;
        }
        rest = str_from(rest, length + 1);
    }
}

static LONG list_names(struct pcsc_line *line)
{
    char names[(PCSC_READERS_MAX + 16) * PCSC_NAME_SIZE];
    DWORD size = sizeof names;

    line->step = "SCardListReaders";
    LONG code = SCardListReaders(line->context, NULL, names, &size);
    if (code == SCARD_E_NO_READERS_AVAILABLE) {
        line->sight.n = 0;
        return SCARD_S_SUCCESS;
    }
    if (code == SCARD_S_SUCCESS)
        take_names(&line->sight, names, size < sizeof names ? size : sizeof names);
    return code;
}

static LONG get_states(struct pcsc_line *line)
{
    struct pcsc_sight *s = &line->sight;

    memset(s->state, 0, sizeof s->state);
    for (size_t i = 0; i < s->n; i++)
        s->state[i].szReader = s->name[i];
    s->state[s->n].szReader = NEW_READERS;
    if (s->n == 0)
        return SCARD_S_SUCCESS;
    line->step = "SCardGetStatusChange";
    LONG code = SCardGetStatusChange(line->context, 0, s->state, s->n);
    if (code == SCARD_E_UNKNOWN_READER) { // it went between the two calls
        s->n = 0;
        return SCARD_S_SUCCESS;
    }
    return code == SCARD_E_TIMEOUT ? SCARD_S_SUCCESS : code;
}

// A service that went away and came again knows nothing of the old context.
static void judge(struct pcsc_line *line, LONG code)
{
    line->code = code;
    if (line->has_context && (code == SCARD_E_NO_SERVICE || code == SCARD_E_SERVICE_STOPPED ||
                              code == SCARD_E_INVALID_HANDLE || code == SCARD_F_COMM_ERROR)) {
        SCardReleaseContext(line->context);
        line->has_context = false;
    }
}

static void call_look(struct pcsc_line *line)
{
    LONG code = SCARD_S_SUCCESS;

    if (!line->has_context) {
        line->step = "SCardEstablishContext";
        code = SCardEstablishContext(SCARD_SCOPE_SYSTEM, NULL, NULL, &line->context);
        line->has_context = code == SCARD_S_SUCCESS;
    }
    if (code == SCARD_S_SUCCESS)
        code = list_names(line);
    if (code == SCARD_S_SUCCESS)
        code = get_states(line);
    judge(line, code);
}

static void call_wait(struct pcsc_line *line)
{
    struct pcsc_sight *s = &line->sight;

    line->step = "SCardGetStatusChange";
    for (size_t i = 0; i < s->n; i++)
        s->state[i].dwCurrentState = s->state[i].dwEventState & ~(DWORD)SCARD_STATE_CHANGED;
    DWORD n = s->n < PCSC_READERS_MAX ? s->n + 1 : s->n; // pcsc-lite refuses more than there can be
    LONG code = SCardGetStatusChange(line->context, s->most_ms, s->state, n);
    if (code == SCARD_E_TIMEOUT || code == SCARD_E_UNKNOWN_READER)
        code = SCARD_S_SUCCESS;
    judge(line, code);
}

// ---- here ----

void pcsc_view_close(struct pcsc_view *v)
{
    if (v->silent)
        pcsc_line_leave(&v->line);
    pcsc_line_free(&v->line);
    *v = (struct pcsc_view){ 0 };
}

// The call that is still under way comes first: it is not known what it changes.
static bool is_back(struct pcsc_view *v, unsigned timeout_ms, int stop_fd)
{
    v->silent = !pcsc_line_wait(v->line, timeout_ms, stop_fd);
    return !v->silent;
}

static struct chip_error run(struct pcsc_view *v, void (*call)(struct pcsc_line *),
                             unsigned timeout_ms, int stop_fd)
{
    if (v->silent && !is_back(v, timeout_ms, stop_fd))
        return chip_fail(CHIP_SERVICE_SILENT, v->line->step);
    pcsc_line_start(v->line, call);
    if (!is_back(v, timeout_ms, stop_fd))
        return chip_fail(CHIP_SERVICE_SILENT, v->line->step);
    v->sight = v->line->sight;
    return pcsc_error((uint32_t)v->line->code, PCSC_BEFORE, v->line->step);
}

static struct chip_error look(struct pcsc_view *v, unsigned timeout_ms, int stop_fd)
{
    if (v->line == NULL)
        v->line = pcsc_line_new("");
    if (v->line == NULL)
        return chip_fail(CHIP_NO_MEMORY, NULL);
    return run(v, call_look, timeout_ms, stop_fd);
}

struct chip_error pcsc_view_look(struct pcsc_view *v, int stop_fd)
{
    return look(v, PCSC_SILENCE_MS, stop_fd);
}

struct chip_error pcsc_view_wait(struct pcsc_view *v, unsigned most_ms, int stop_fd)
{
    if (v->line == NULL || (!v->silent && !v->line->has_context))
        return chip_fail(CHIP_NO_SERVICE, NULL);
    if (!v->silent)
        v->line->sight.most_ms = most_ms < PCSC_SLICE_MS ? most_ms : PCSC_SLICE_MS;
    return run(v, call_wait, PCSC_SILENCE_MS, stop_fd);
}

bool pcsc_is_silent(void)
{
    struct pcsc_view view = { 0 };
    bool silent = look(&view, PROBE_MS, -1).code == CHIP_SERVICE_SILENT;

    pcsc_view_close(&view);
    return silent;
}

void pcsc_view_reader(const struct pcsc_view *v, size_t i, struct pcsc_reader *out)
{
    const SCARD_READERSTATE *s = &v->sight.state[i];

    *out = (struct pcsc_reader){
        .present = (s->dwEventState & SCARD_STATE_PRESENT) != 0,
        .mute = (s->dwEventState & SCARD_STATE_MUTE) != 0,
        .exclusive = (s->dwEventState & SCARD_STATE_EXCLUSIVE) != 0,
        .in_use = (s->dwEventState & SCARD_STATE_INUSE) != 0,
        .gone = (s->dwEventState & (SCARD_STATE_UNAVAILABLE | SCARD_STATE_UNKNOWN)) != 0,
    };
    memcpy(out->name, v->sight.name[i], sizeof out->name);
    if (out->present && s->cbAtr <= sizeof out->atr) {
        out->atr_length = s->cbAtr;
        memcpy(out->atr, s->rgbAtr, s->cbAtr);
    }
    out->kind = pcsc_card_kind((struct str){ (const char *)out->atr, out->atr_length });
}
