// SPDX-License-Identifier: MIT
#include "cli/output.h"

#include "base/wipe.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

enum { WRITE_SIZE = 64 * 1024 };

static void write_text(struct output *o, struct str text)
{
    while (o->native == 0 && text.n > 0) {
        ssize_t n = write(o->fd, text.p, text.n);
        if (n >= 0)
            text = str_from(text, (size_t)n);
        else if (errno == EAGAIN) // somebody made the descriptor non-blocking: it only takes longer
            poll(&(struct pollfd){ .fd = o->fd, .events = POLLOUT }, 1, -1);
        else if (errno != EINTR)
            o->native = errno;
    }
}

static bool write_all(struct output *o)
{
    if (o->text.failed)
        o->native = ENOMEM;
    write_text(o, bytes_str(&o->text));
    o->text.n = 0;
    return o->native == 0;
}

bool output_direct(struct output *o, struct str text)
{
    if (write_all(o))
        write_text(o, text);
    return o->native == 0;
}

bool output_item(struct output *o)
{
    if (o->hold)
        return !o->text.failed;
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
