// SPDX-License-Identifier: MIT
// A connection to one reader, in a thread of its own. No call of PC/SC that speaks to a reader has
// a time-out, and SCardCancel() does not end one: a reader's driver, or the card, can hold it for
// ever. So the caller waits for the thread, and leaves it behind when time is up; when the call
// comes back after all, the thread tidies up and ends by itself.
#ifndef CHIP_PCSC_LINE_H
#define CHIP_PCSC_LINE_H

#include "chip/pcsc.h"

#include <stdatomic.h>
#include <winscard.h>

// What the service tells of all readers.
struct pcsc_sight {
    SCARD_READERSTATE state[PCSC_READERS_MAX + 1]; // the last one: readers that come
    char name[PCSC_READERS_MAX][PCSC_NAME_SIZE];
    size_t n;
    unsigned most_ms; // to wait for a change
};

struct pcsc_line {
    // What a call reads and writes; the caller's while no call is under way.
    char reader[PCSC_NAME_SIZE];
    SCARDCONTEXT context;
    SCARDHANDLE handle;
    bool has_context, has_handle;
    DWORD protocol, leaving; // how the card is left
    struct bytes command, answer;
    uint8_t atr[33];
    size_t atr_length;
    struct pcsc_details details;
    struct pcsc_sight sight;
    LONG code;
    const char *_Atomic step; // what the thread is in

    // The thread's.
    void (*call)(struct pcsc_line *line); // NULL: end
    int asked, done;                      // eventfd
    atomic_int state;
};

// NULL when a thread or memory is not to be had.
struct pcsc_line *pcsc_line_new(const char *reader);

// A call, and waiting for it; once stop_fd is readable, only a second more. False: it is still
// under way, and the line is the thread's; it can be waited for again, or left behind for good.
void pcsc_line_start(struct pcsc_line *line, void (*call)(struct pcsc_line *));
bool pcsc_line_wait(struct pcsc_line *line, unsigned timeout_ms, int stop_fd);
void pcsc_line_leave(struct pcsc_line **line);

// Runs the call and waits for it; once stop_fd is readable, only a second more. CHIP_TIMEOUT: the
// line is left behind, and *line is NULL. Otherwise CHIP_OK, and line->code tells.
struct chip_error pcsc_line_run(struct pcsc_line **line, void (*call)(struct pcsc_line *),
                                unsigned timeout_ms, int stop_fd);

// Disconnects. Waits a little for that, at most.
void pcsc_line_free(struct pcsc_line **line);

// ---- calls ----

void pcsc_call_connect(struct pcsc_line *line);  // to the card, with a transaction
void pcsc_call_describe(struct pcsc_line *line); // the reader alone
void pcsc_call_transmit(struct pcsc_line *line);
void pcsc_call_reconnect(struct pcsc_line *line);
void pcsc_call_hang_up(struct pcsc_line *line);

#endif
