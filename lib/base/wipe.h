// SPDX-License-Identifier: MIT
#ifndef BASE_WIPE_H
#define BASE_WIPE_H

#include <stddef.h>

// Overwrites memory that held a person's data; the compiler may not leave it out.
void wipe(void *p, size_t n);

#endif
