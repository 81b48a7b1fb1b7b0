// SPDX-License-Identifier: MIT
// Libraries that write to stderr what they think of a file are kept from it.
#ifndef IMAGE_HUSH_H
#define IMAGE_HUSH_H

#include <stdio.h>

struct hush {
    FILE *loud, *nowhere;
};

void hush_begin(struct hush *h);
void hush_end(struct hush *h);

#endif
