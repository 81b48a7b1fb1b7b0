// SPDX-License-Identifier: MIT
#include "batch/pool_answers.h"

#include "base/wipe.h"

enum {
    ROOM = 64 * 1024,        // what a pipe holds
    KEEP_AT_MOST = 16 * ROOM // memory kept for the next answers
};

static uint32_t number_at(const char *p)
{
    uint32_t number;
    memcpy(&number, p, sizeof number);
    return number;
}

// The answer that was given out is over.
static void drop_given(struct answers *a)
{
    if (!a->given)
        return;
    a->given = false;
    wipe(a->in.p + a->begin, a->at - a->begin);
    a->begin = a->at;
    if (a->begin == a->in.n)
        a->begin = a->at = a->in.n = 0;
}

static void move_to_front(struct answers *a)
{
    size_t left = a->in.n - a->begin;

    memmove(a->in.p, a->in.p + a->begin, left);
    wipe(a->in.p + left, a->in.n - left);
    a->at -= a->begin;
    a->in.n = left;
    a->begin = 0;
}

char *answers_room(struct answers *a, size_t *size)
{
    drop_given(a);
    if (a->in.n == 0 && a->in.cap > KEEP_AT_MOST)
        bytes_free(&a->in);
    if (a->begin > 0 && a->in.cap - a->in.n < ROOM)
        move_to_front(a);
    if (!bytes_reserve(&a->in, ROOM))
        return NULL;
    *size = a->in.cap - a->in.n;
    return a->in.p + a->in.n;
}

void answers_add(struct answers *a, size_t n)
{
    a->in.n += n;
}

enum answers_event answers_next(struct answers *a, const struct answers_limits *limits,
                                struct str *answer, uint32_t *serial)
{
    drop_given(a);
    while (a->in.n - a->at >= ANSWERS_LENGTH_SIZE) {
        size_t before = a->at - a->begin;
        uint32_t length = number_at(a->in.p + a->at);
        if (length == ANSWERS_END) {
            if (a->in.n - a->at < ANSWERS_LENGTH_SIZE + ANSWERS_SERIAL_SIZE)
                break;
            *answer = (struct str){ a->in.p + a->begin, before };
            *serial = number_at(a->in.p + a->at + ANSWERS_LENGTH_SIZE);
            a->at += ANSWERS_LENGTH_SIZE + ANSWERS_SERIAL_SIZE;
            a->given = true;
            return ANSWERS_WHOLE;
        }
        if (length > limits->frame || before + ANSWERS_LENGTH_SIZE > limits->answer ||
            length > limits->answer - before - ANSWERS_LENGTH_SIZE)
            return ANSWERS_BROKEN;
        if (a->in.n - a->at - ANSWERS_LENGTH_SIZE < length)
            break;
        a->at += ANSWERS_LENGTH_SIZE + length;
    }
    return ANSWERS_PART;
}

bool answers_frame(struct str *answer, struct str *frame)
{
    if (answer->n < ANSWERS_LENGTH_SIZE)
        return false;
    *frame = str_head(str_from(*answer, ANSWERS_LENGTH_SIZE), number_at(answer->p));
    *answer = str_from(*answer, ANSWERS_LENGTH_SIZE + frame->n);
    return true;
}

void answers_free(struct answers *a)
{
    bytes_free(&a->in);
    *a = (struct answers){ 0 };
}
