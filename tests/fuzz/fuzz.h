// SPDX-License-Identifier: MIT
// What a fuzz target defines. libFuzzer calls it with invented inputs, replay.c with stored ones.
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
