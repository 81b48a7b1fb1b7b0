// SPDX-License-Identifier: MIT
// The calls of PC/SC that speak to a reader: they run in the thread of a line.
#include "chip/pcsc_line.h"

#include "base/clock.h"
#include "base/wipe.h"

#include <reader.h>

enum { ATTRIBUTE_MAX = 264 }; // pcsc-lite refuses a larger buffer as too small

static bool done(struct pcsc_line *line, LONG code)
{
    line->code = code;
    return code == SCARD_S_SUCCESS;
}

static bool connect_as(struct pcsc_line *line, DWORD share, DWORD protocols)
{
    if (!line->has_context) {
        line->step = "SCardEstablishContext";
        if (!done(line, SCardEstablishContext(SCARD_SCOPE_SYSTEM, NULL, NULL, &line->context)))
            return false;
        line->has_context = true;
    }
    line->step = "SCardConnect";
    line->has_handle = done(line, SCardConnect(line->context, line->reader, share, protocols,
                                               &line->handle, &line->protocol));
    return line->has_handle;
}

static bool read_atr(struct pcsc_line *line)
{
    DWORD length = sizeof line->atr, state, protocol;

    line->step = "SCardStatus";
    if (!done(line, SCardStatus(line->handle, NULL, NULL, &state, &protocol, line->atr, &length)))
        return false;
    line->atr_length = length <= sizeof line->atr ? length : 0;
    return true;
}

// ---- what the reader tells of itself ----

static struct str control(struct pcsc_line *line, DWORD code, char *buffer, size_t size)
{
    DWORD length = 0;
    LONG answer = SCardControl(line->handle, code, NULL, 0, buffer, size, &length);
    return (struct str){ buffer, answer == SCARD_S_SUCCESS && length <= size ? length : 0 };
}

static void read_properties(struct pcsc_line *line)
{
    char buffer[256];

    line->step = "SCardControl";
    struct str features = control(line, CM_IOCTL_GET_FEATURE_REQUEST, buffer, sizeof buffer);
    uint32_t code = pcsc_feature(features, FEATURE_GET_TLV_PROPERTIES);
    if (code != 0)
        pcsc_properties(control(line, code, buffer, sizeof buffer), &line->details);
}

static size_t attribute(struct pcsc_line *line, DWORD id, BYTE value[static ATTRIBUTE_MAX])
{
    DWORD length = ATTRIBUTE_MAX;
    if (SCardGetAttrib(line->handle, id, value, &length) != SCARD_S_SUCCESS)
        return 0;
    return length <= ATTRIBUTE_MAX ? length : 0;
}

static void text_attribute(struct pcsc_line *line, DWORD id, char *out, size_t size)
{
    BYTE value[ATTRIBUTE_MAX];
    size_t n = attribute(line, id, value);
    snprintf(out, size, "%.*s", (int)n, (const char *)value);
}

// PC/SC part 3, 3.1.4: 0xMMmmbbbb, major, minor and build.
static void version_attribute(struct pcsc_line *line, char *out, size_t size)
{
    BYTE value[ATTRIBUTE_MAX];
    if (attribute(line, SCARD_ATTR_VENDOR_IFD_VERSION, value) == 4)
        snprintf(out, size, "%u.%02u.%u", value[3], value[2], value[1] * 256U + value[0]);
}

void pcsc_call_describe(struct pcsc_line *line)
{
    struct pcsc_details *d = &line->details;

    line->leaving = SCARD_LEAVE_CARD; // another program may be using the card
    if (!connect_as(line, SCARD_SHARE_DIRECT, 0))
        return;
    line->step = "SCardGetAttrib";
    text_attribute(line, SCARD_ATTR_VENDOR_NAME, d->vendor, sizeof d->vendor);
    text_attribute(line, SCARD_ATTR_VENDOR_IFD_SERIAL_NO, d->serial, sizeof d->serial);
    text_attribute(line, SCARD_ATTR_DEVICE_FRIENDLY_NAME_A, d->friendly, sizeof d->friendly);
    version_attribute(line, d->version, sizeof d->version);
    read_properties(line);
}

// ---- with a card ----

static bool begin(struct pcsc_line *line)
{
    line->step = "SCardBeginTransaction";
    if (done(line, SCardBeginTransaction(line->handle)))
        return true;
    if (line->code != SCARD_W_RESET_CARD)
        return false;
    // Whoever had it before has reset it on leaving.
    return done(line, SCardReconnect(line->handle, SCARD_SHARE_SHARED,
                                     SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, SCARD_LEAVE_CARD,
                                     &line->protocol)) &&
           done(line, SCardBeginTransaction(line->handle));
}

void pcsc_call_connect(struct pcsc_line *line)
{
    line->leaving = SCARD_LEAVE_CARD; // as it was found, until something is sent
    if (!connect_as(line, SCARD_SHARE_SHARED, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1))
        return;
    if (begin(line) && read_atr(line))
        read_properties(line);
}

// Some drivers say "nothing was answered" where the card is gone, and notice that only later.
static void wait_for_the_reason(struct pcsc_line *line)
{
    for (int tries = 0; tries < 10 && read_atr(line); tries++)
        nanosleep(&(struct timespec){ .tv_nsec = 100L * CLOCK_MILLISECOND }, NULL);
}

void pcsc_call_transmit(struct pcsc_line *line)
{
    const SCARD_IO_REQUEST *how = line->protocol == SCARD_PROTOCOL_T0 ? SCARD_PCI_T0 : SCARD_PCI_T1;
    DWORD length = CARD_ANSWER_MAX;

    line->step = NULL; // the command's own name tells more
    line->leaving = SCARD_UNPOWER_CARD;
    if (!bytes_reserve(&line->answer, CARD_ANSWER_MAX)) {
        done(line, SCARD_E_NO_MEMORY);
        return;
    }
    if (done(line, SCardTransmit(line->handle, how, (LPCBYTE)line->command.p, line->command.n, NULL,
                                 (LPBYTE)line->answer.p, &length)))
        line->answer.n = length <= CARD_ANSWER_MAX ? length : 0;
    if (line->code == SCARD_S_SUCCESS && line->answer.n == 0)
        wait_for_the_reason(line);
    line->step = NULL;
    wipe(line->command.p, line->command.n);
    line->command.n = 0;
}

void pcsc_call_reconnect(struct pcsc_line *line)
{
    line->step = "SCardReconnect";
    if (done(line,
             SCardReconnect(line->handle, SCARD_SHARE_SHARED, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1,
                            SCARD_UNPOWER_CARD, &line->protocol)))
        read_atr(line);
}

void pcsc_call_hang_up(struct pcsc_line *line)
{
    line->step = "SCardDisconnect";
    if (line->has_handle)
        SCardDisconnect(line->handle, line->leaving); // ends the transaction as well
    if (line->has_context)
        SCardReleaseContext(line->context);
    line->has_handle = line->has_context = false;
}
