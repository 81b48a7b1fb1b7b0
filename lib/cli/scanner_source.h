// SPDX-License-Identifier: MIT
// All that a scanner delivers, to the last control character, until it is silent.
#ifndef CLI_SCANNER_SOURCE_H
#define CLI_SCANNER_SOURCE_H

#include "base/bytes.h"

struct scanner_source {
    const char *path;   // "-": standard input
    unsigned long baud; // of a device
    int wait_ms;        // of silence, that end a device, and a terminal once something came
    void (*heard)(void *ctx, size_t bytes); // something came; may be NULL
    void *ctx;
};

enum scanner_source_end {
    SCANNER_SOURCE_READ,
    SCANNER_SOURCE_LIVE,   // the same, of a device or terminal
    SCANNER_SOURCE_SPEED,  // no device has that speed
    SCANNER_SOURCE_FAILED, // errno tells why
};

// At most `most` bytes.
enum scanner_source_end scanner_source_read(const struct scanner_source *source, size_t most,
                                            struct bytes *out);

#endif
