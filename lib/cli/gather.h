// SPDX-License-Identifier: MIT
// Lines that may belong together, kept until it is clear: a machine-readable zone of three lines,
// or a payload that a scanner spread over several.
#ifndef CLI_GATHER_H
#define CLI_GATHER_H

#include "base/bytes.h"
#include "payload/payload.h"

enum gather_kind { GATHER_NOTHING, GATHER_PAYLOAD, GATHER_MRZ };

struct gather {
    enum gather_kind kind;
    unsigned long first_line;
    size_t count;
    size_t start[PAYLOAD_GROUP_MAX + 1]; // of each line in `text`, and the end of the last
    struct bytes text;                   // the lines, each followed by "|"
};

// Can the line begin a group? It is kept if so.
bool gather_begin(struct gather *g, struct str line, unsigned long number);

// Can the line go on with the group? It is kept if so.
bool gather_add(struct gather *g, struct str line);

// The group can take no more.
bool gather_is_full(const struct gather *g);

struct str gather_line(const struct gather *g, size_t i);

// The payload that the group makes, its lines joined by "|", and how many lines that takes; 0 where
// it makes none. Empty lines behind a payload belong to it only if they are the four of 2024.
size_t gather_payload(const struct gather *g, struct str *payload);

#endif
