// SPDX-License-Identifier: MIT
// Keys for the chip, from wherever they are: a record, a file, a person's fingers.
#ifndef CLI_CHIP_KEYS_H
#define CLI_CHIP_KEYS_H

#include "chip/session.h"
#include "person/record.h"

struct chip_keys {
    struct access_key at[SESSION_KEYS_MAX];
    size_t n;
};

void chip_keys_wipe(struct chip_keys *keys);

// From a record: the CAN is the end of the number; the zone's keys need the dates, of which the
// expiry may have to be reckoned: each that is likely.
void chip_keys_of_record(struct chip_keys *keys, const struct record *r);

// From what people type or keep in a file: a 12-digit number, of which a CAN is the end, a CAN of 6
// digits, the lines of a machine-readable zone, or DOCUMENT/BIRTH/EXPIRY with dates as yymmdd.
// False for what is none.
bool chip_keys_of_text(struct chip_keys *keys, struct str text);

// As --can (a number does as well) and --mrz give them.
bool chip_keys_of_can(struct chip_keys *keys, struct str text);
bool chip_keys_of_mrz(struct chip_keys *keys, struct str text);

#endif
