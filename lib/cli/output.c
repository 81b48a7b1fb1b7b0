// SPDX-License-Identifier: MIT
#include "cli/output.h"

#include "base/wipe.h"

#include <errno.h>
#include <unistd.h>

enum { WRITE_SIZE = 64 * 1024 };

static bool write_all(struct output *o)
{
    size_t done = 0;
    if (o->text.failed)
        o->native = ENOMEM;
    while (o->native == 0 && done < o->text.n) {
        ssize_t n = write(o->fd, o->text.p + done, o->text.n - done);
        if (n >= 0)
            done += (size_t)n;
        else if (errno != EINTR)
            o->native = errno;
    }
    o->text.n = 0;
    return o->native == 0;
}

bool output_item(struct output *o)
{
    if (o->each || o->text.n >= WRITE_SIZE || o->text.failed)
        return write_all(o);
    return o->native == 0;
}

bool output_finish(struct output *o)
{
    bool ok = write_all(o);
    wipe(o->text.p, o->text.cap);
    bytes_free(&o->text);
    return ok;
}
