// SPDX-License-Identifier: MIT
// The readers as the service sees them, and waiting until it sees something else. The calls are
// made in a thread (pcsc_line.h), since a service that hangs answers none of them.
#ifndef CHIP_PCSC_VIEW_H
#define CHIP_PCSC_VIEW_H

#include "chip/pcsc_line.h"

enum {
    PCSC_SLICE_MS = 250,    // how often it is looked whether to stop
    PCSC_SILENCE_MS = 10000 // a service that is only now started may take its time with its readers
};

struct pcsc_view {
    struct pcsc_line *line; // NULL: none yet
    bool silent;            // its last call has not come back
    struct pcsc_sight sight;
};

struct pcsc {
    struct pcsc_view view;
};

void pcsc_view_close(struct pcsc_view *v);

// Which readers are there, and in which state. CHIP_SERVICE_SILENT when there is no answer; then
// the next look waits for that one.
struct chip_error pcsc_view_look(struct pcsc_view *v, int stop_fd);

// Until something changes since the last look, at most a slice.
struct chip_error pcsc_view_wait(struct pcsc_view *v, unsigned most_ms, int stop_fd);

void pcsc_view_reader(const struct pcsc_view *v, size_t i, struct pcsc_reader *out);

// Does the service answer at all? Takes a moment at most.
bool pcsc_is_silent(void);

// Is there something to read in it? Never for -1.
bool pcsc_stop_asked(int fd);

#endif
