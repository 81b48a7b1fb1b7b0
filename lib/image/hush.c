// SPDX-License-Identifier: MIT
#include "image/hush.h"

// With glibc, stderr is a variable that may be set; the stream needs no descriptor.
void hush_begin(struct hush *h)
{
    *h = (struct hush){ .loud = stderr };
    h->nowhere = fopencookie(NULL, "w", (cookie_io_functions_t){ 0 });
    if (h->nowhere != NULL)
        stderr = h->nowhere;
}

void hush_end(struct hush *h)
{
    stderr = h->loud;
    if (h->nowhere != NULL)
        fclose(h->nowhere);
}
