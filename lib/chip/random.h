// SPDX-License-Identifier: MIT
// Where nonces and ephemeral keys come from. Tests put in what a standard's worked example has.
#ifndef CHIP_RANDOM_H
#define CHIP_RANDOM_H

#include <stdbool.h>
#include <stddef.h>

typedef bool (*chip_random_source)(void *ctx, void *out, size_t n);

// NULL: the system's own again.
void chip_random_set(chip_random_source source, void *ctx);

bool chip_random(void *out, size_t n);

#endif
