// SPDX-License-Identifier: MIT
// Readers that offices have, and what is known of them. Of the CCID driver's lists of readers and
// of its source.
#ifndef READER_MODELS_H
#define READER_MODELS_H

#include <stdbool.h>
#include <stdint.h>

struct reader_model {
    uint16_t vendor_id, product_id;
    const char *name;
    bool contactless;
    bool short_only;     // commands of extended length do not exist for it
    bool kernel_takes;   // modules of the kernel for NFC claim it
    bool slow_empty;     // while no card lies there
    bool no_ccid;        // of its own language: no free driver
    uint16_t sound_from; // the first firmware (bcdDevice) without known faults; 0: none is known
};

// NULL for one that is not known.
const struct reader_model *reader_model(uint16_t vendor_id, uint16_t product_id);

#endif
