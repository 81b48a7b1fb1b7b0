// SPDX-License-Identifier: MIT
// The readers as the service sees them, and waiting until it sees something else.
#ifndef CHIP_PCSC_VIEW_H
#define CHIP_PCSC_VIEW_H

#include "chip/pcsc.h"

#include <winscard.h>

enum { PCSC_SLICE_MS = 250 }; // how often it is looked whether to stop

struct pcsc_view {
    SCARDCONTEXT context;
    bool has_context;
    SCARD_READERSTATE state[PCSC_READERS_MAX + 1]; // the last one: readers that come
    char name[PCSC_READERS_MAX][PCSC_NAME_SIZE];
    size_t n;
};

struct pcsc {
    struct pcsc_view view;
};

struct chip_error pcsc_view_open(struct pcsc_view *v);
void pcsc_view_close(struct pcsc_view *v);

// Which readers are there, and in which state.
struct chip_error pcsc_view_look(struct pcsc_view *v);

// Until something changes since the last look, at most a slice.
struct chip_error pcsc_view_wait(struct pcsc_view *v, unsigned most_ms);

void pcsc_view_reader(const struct pcsc_view *v, size_t i, struct pcsc_reader *out);

// Is there something to read in it? Never for -1.
bool pcsc_stop_asked(int fd);

#endif
