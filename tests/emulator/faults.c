// SPDX-License-Identifier: MIT
#include "faults.h"

#include <errno.h>
#include <time.h>

static void wait_us(uint64_t us)
{
    struct timespec left = { (time_t)(us / 1000000), (long)(us % 1000000) * 1000 };
    while (us > 0 && nanosleep(&left, &left) != 0 && errno == EINTR)
        continue;
}

void wait_ms(uint32_t ms)
{
    wait_us((uint64_t)ms * 1000);
}

struct fault *fault_due(struct card *c)
{
    for (size_t i = 0; i < c->profile.n_fault; i++) {
        struct fault *f = &c->profile.fault[i];
        if (f->at == c->apdus && !(f->done && !f->always)) {
            f->done = true;
            return f;
        }
    }
    return NULL;
}

// Without protection: what the answer held, or would have.
static void plain_answer(struct card *c, struct buf *out)
{
    uint8_t status[2] = { 0x90, 0x00 };
    if (out->n >= 2) {
        status[0] = out->b[out->n - 2];
        status[1] = out->b[out->n - 1];
    }
    buf_clear(out);
    buf_put_view(out, view_of(&c->answer));
    buf_put(out, status, 2);
}

void fault_apply(struct card *c, const struct fault *f, bool was_protected, struct buf *out)
{
    switch (f->kind) {
    case FAULT_WRONG_MAC:
        if (was_protected && out->n > 3) // the last byte of DO8E, before the status word
            out->b[out->n - 3] ^= 0x01;
        break;
    case FAULT_PLAIN_ANSWER:
        if (was_protected)
            plain_answer(c, out);
        break;
    case FAULT_SHORT_ANSWER:
        out->n = 1;
        break;
    case FAULT_GARBAGE:
        buf_clear(out);
        if (random_bytes(out->b, 24))
            out->n = 24;
        break;
    case FAULT_SLOW:
        wait_ms(f->value);
        break;
    default:
        break;
    }
}

// ISO/IEC 14443-3 and -4: eight bits and parity a byte, blocks of 256 with three bytes of frame,
// and the least wait between two frames (1172 / fc) in each direction.
static uint64_t frames_us(size_t n, uint32_t bitrate)
{
    enum { PAYLOAD = 253, FRAME = 3, PAUSE_US = 87 };
    uint64_t frames = n / PAYLOAD + 1;
    return (n + FRAME * frames) * 9 * 1000000 / bitrate + frames * PAUSE_US;
}

void field_wait(const struct profile *p, size_t in, size_t out)
{
    uint64_t us = p->delay_us;
    if (p->bitrate != 0)
        us += frames_us(in, p->bitrate) + frames_us(out, p->bitrate);
    wait_us(us);
}
