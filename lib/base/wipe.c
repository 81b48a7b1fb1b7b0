// SPDX-License-Identifier: MIT
#include "base/wipe.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

void wipe(void *p, size_t n)
{
    if (p != NULL && n > 0)
        explicit_bzero(p, n);
}

void wipe_free(void *p)
{
    wipe(p, p != NULL ? malloc_usable_size(p) : 0);
    free(p);
}

void wipe_no_core(void)
{
    setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
}
