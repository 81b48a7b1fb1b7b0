// SPDX-License-Identifier: MIT
#include "chip/random.h"

#include <limits.h>
#include <openssl/rand.h>

static chip_random_source chosen;
static void *chosen_ctx;

void chip_random_set(chip_random_source source, void *ctx)
{
    chosen = source;
    chosen_ctx = ctx;
}

// Nonces are sent in the clear, keys are not: both may come from the one private generator, so that
// nothing that is seen of the other one tells anything about keys.
bool chip_random(void *out, size_t n)
{
    if (chosen != NULL)
        return chosen(chosen_ctx, out, n);
    return n <= INT_MAX && RAND_priv_bytes(out, (int)n) == 1;
}
