// SPDX-License-Identifier: MIT
// What goes wrong, and how long all takes.
#ifndef EMULATOR_FAULTS_H
#define EMULATOR_FAULTS_H

#include "card.h"

// The fault of this APDU, or NULL. One that is not for always is done with.
struct fault *fault_due(struct card *c);

// Changes the answer.
void fault_apply(struct card *c, const struct fault *f, bool was_protected, struct buf *out);

// As long as a field of the profile's speed would need for that many bytes, and the delay.
void field_wait(const struct profile *p, size_t in, size_t out);

void wait_ms(uint32_t ms);

#endif
