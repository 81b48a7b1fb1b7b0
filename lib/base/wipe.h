// SPDX-License-Identifier: MIT
#ifndef BASE_WIPE_H
#define BASE_WIPE_H

#include <stddef.h>

// Overwrites memory that held a person's data; the compiler may not leave it out.
void wipe(void *p, size_t n);

// free() for a block of malloc() that held such data, however large it is.
void wipe_free(void *p);

// From now on the process leaves no core file, whatever happens to it.
void wipe_no_core(void);

#endif
