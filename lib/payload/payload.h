// SPDX-License-Identifier: MIT
// The dialects of text that cards and scanners deliver, and what each says of a person.
#ifndef PAYLOAD_PAYLOAD_H
#define PAYLOAD_PAYLOAD_H

#include "person/record.h"

enum payload_kind {
    PAYLOAD_CARD,             // the record is filled and derived
    PAYLOAD_PC_COVID,         // the QR code of the pandemic's app
    PAYLOAD_HEALTH_INSURANCE, // the QR code of a health-insurance card (BHYT)
    PAYLOAD_OTHER,
};

// Reads the first payload of a line into *out. Where payloads run together, *rest is what follows
// the first one; else it is empty. The record's texts point into the line or the arena.
enum payload_kind payload_read(struct arena *arena, struct str line, struct record *out,
                               struct str *rest);

// Three lines of a machine-readable zone. False when they are none.
bool payload_read_mrz(struct arena *arena, const struct str line[3], struct record *out);

// A scanner that types Enter for every "|" spreads one payload over several lines. A group collects
// them as long as they can belong to one.
enum { PAYLOAD_GROUP_MAX = 11, PAYLOAD_GROUP_LEAST = 6 };

enum payload_group_state {
    GROUP_NO,       // the line cannot go on with the group
    GROUP_OPEN,     // it can; more is needed
    GROUP_COMPLETE, // it can, and the payload is whole; only empty lines of a 2024 card may follow
};

// What a line would be as number `count` (from 0) of the group that begins with line[0].
enum payload_group_state payload_group_next(const struct str *line, size_t count,
                                            struct str candidate);

#endif
