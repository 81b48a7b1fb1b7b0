// SPDX-License-Identifier: MIT
// A session while it lasts: what its parts share.
#ifndef CHIP_SESSION_RUN_H
#define CHIP_SESSION_RUN_H

#include "chip/session.h"

struct session_run {
    struct card *card;
    const struct session_options *how;
    struct session *out;
    struct channel channel;
    struct file_reader reader;
    struct security_infos card_access, dg14;
    struct rights rights;
    bool card_access_read, opened_once, wrong_can;
    struct chip_error unproved; // what came in place of a proof that could not be asked for
    int tries_left;             // of the card's counter; -1: not told
};

static inline void say_step(struct session_run *r, const char *step)
{
    if (r->how->watch.step != NULL)
        r->how->watch.step(r->how->watch.ctx, step);
}

static inline bool is_stopped(const struct session_run *r)
{
    return r->how->watch.stop != NULL && r->how->watch.stop(r->how->watch.ctx);
}

static inline struct bytes *content_of(struct session_run *r, enum lds_file file)
{
    return &r->out->file[file].content;
}

static inline bool is_whole(const struct session_run *r, enum lds_file file)
{
    return r->out->file[file].asked && r->out->file[file].error.code == CHIP_OK;
}

static inline bool has_cam(const struct session_run *r)
{
    return r->out->proofs > 0 && r->out->proof[0].kind == PROOF_PACE_CAM;
}

struct chip_error session_open_access(struct session_run *r);

// The state that a card is in after a failure is its own affair: its power is taken and given.
struct chip_error session_begin_anew(struct session_run *r);

// Both of these, after an error; gives the error back where that is not to be done.
struct chip_error session_begin_again(struct session_run *r, struct chip_error error);

// ---- proofs; what the chip, or the terminal, could not prove is kept beside, and is no error ----

void session_judge_cam(struct session_run *r);
struct chip_error session_authenticate_chip(struct session_run *r);
struct chip_error session_authenticate_actively(struct session_run *r);
struct chip_error session_authenticate_terminal(struct session_run *r);

#endif
