// SPDX-License-Identifier: MIT
// What the chip proves in a session, and the terminal to it.
#include "chip/session_run.h"
#include "lds/card_security.h"
#include "lds/dg14.h"
#include "lds/dg15.h"

enum { PROOF_TRIES = 2 };

static struct proof *next_proof(struct session_run *r, struct chip_error **error)
{
    size_t at = r->out->proofs++;
    *error = &r->out->proof_error[at];
    return &r->out->proof[at];
}

void session_judge_cam(struct session_run *r)
{
    struct lds_error malformed;
    struct card_security security;

    if (!has_cam(r))
        return;
    r->out->proof_error[0] = chip_fail(CHIP_FILE_MALFORMED, "EF.CardSecurity");
    if (is_whole(r, LDS_CARD_SECURITY) &&
        card_security_read(bytes_str(content_of(r, LDS_CARD_SECURITY)), &security, &malformed))
        r->out->proof_error[0] = chip_auth_verify_cam(&r->out->proof[0], &security.infos);
}

// Of the card's way to here, reader and service included, where its refusal is its own.
static bool is_disturbance(struct chip_error error)
{
    enum chip_blame blame = chip_error_blame(error.code);
    return (blame == CHIP_BLAME_CARD && error.code != CHIP_STATUS) || blame == CHIP_BLAME_READER;
}

// A card that has the file, and yet cannot be asked by it.
static void tell_impossible(struct session_run *r, enum lds_file file, enum proof_kind kind)
{
    const struct session_file *f = &r->out->file[file];
    struct chip_error *told;
    enum chip_code code = f->error.code == CHIP_OK ? CHIP_FILE_MALFORMED : f->error.code;

    if (!f->asked || chip_error_blame(code) != CHIP_BLAME_CARD)
        return;
    struct proof *proof = next_proof(r, &told);
    proof->kind = kind;
    *told = chip_fail(code, lds_file(file)->name);
}

// To open access anew is part of the proof, and no restart: so a copy is told whatever the retries.
static struct chip_error open_anew(struct session_run *r)
{
    struct chip_error error = session_begin_anew(r);

    if (error.code == CHIP_OK)
        error = session_open_access(r);
    return error.code == CHIP_OK ? error : session_begin_again(r, error);
}

// What a chip always answers in the place of a proof is its refusal, protected or not: a copy must
// not gain by its choice of words.
static void settle(struct session_run *r, struct chip_error *told)
{
    if (told->code == CHIP_SM_PLAIN)
        told->code = CHIP_NOT_GENUINE;
    else if (is_disturbance(*told))
        r->unproved = *told;
}

// A card that was moved is no copy: what fails is tried once more.
struct chip_error session_authenticate_chip(struct session_run *r)
{
    struct lds_error malformed;
    struct chip_error *told;
    struct dg14 dg14;

    if (!is_whole(r, LDS_DG14) ||
        !dg14_read(bytes_str(content_of(r, LDS_DG14)), &dg14, &malformed)) {
        tell_impossible(r, LDS_DG14, PROOF_CHIP_AUTH);
        return chip_ok();
    }
    r->dg14 = dg14.infos;
    say_step(r, "Chip Authentication");
    struct proof *proof = next_proof(r, &told);
    for (int tries = 1;; tries++) {
        *told = chip_auth_run(&r->channel, &r->dg14, proof);
        if (told->code == CHIP_OK)
            rights_keep_key(&r->rights, proof);
        if (told->code == CHIP_OK || told->code == CHIP_UNSUPPORTED)
            return chip_ok();
        // What the card does now is not known.
        struct chip_error again =
            is_disturbance(*told) ? session_begin_again(r, *told) : open_anew(r);
        if (tries == PROOF_TRIES)
            settle(r, told);
        if (again.code != CHIP_OK || tries == PROOF_TRIES || told->code == CHIP_STATUS)
            return again;
        proof_free(proof);
    }
}

struct chip_error session_authenticate_actively(struct session_run *r)
{
    struct lds_error malformed;
    struct chip_error *told;
    struct dg15 dg15;

    if (!is_whole(r, LDS_DG15) ||
        !dg15_read(bytes_str(content_of(r, LDS_DG15)), &dg15, &malformed)) {
        tell_impossible(r, LDS_DG15, PROOF_ACTIVE_AUTH);
        return chip_ok();
    }
    say_step(r, "Active Authentication");
    struct proof *proof = next_proof(r, &told);
    for (int tries = 1;; tries++) {
        *told =
            active_auth_run(&r->channel, dg15.public_key, r->dg14.n > 0 ? &r->dg14 : NULL, proof);
        if (tries == PROOF_TRIES)
            settle(r, told);
        if (!is_disturbance(*told) || tries == PROOF_TRIES)
            return chip_ok();
        struct chip_error again = session_begin_again(r, *told);
        if (again.code != CHIP_OK)
            return again;
        proof_free(proof);
    }
}

static bool chip_is_a_copy(const struct session_run *r)
{
    for (size_t i = 0; i < r->out->proofs; i++)
        if (r->out->proof_error[i].code == CHIP_NOT_GENUINE)
            return true;
    return false;
}

// A refusal is the card's last word; a card that was moved is asked once more.
struct chip_error session_authenticate_terminal(struct session_run *r)
{
    struct chip_error *told;

    if (r->how->terminal == NULL)
        return chip_ok();
    say_step(r, "Terminal Authentication");
    struct proof *proof = next_proof(r, &told);
    proof->kind = PROOF_TERMINAL_AUTH;
    // Nobody proves rights to a copy, which may hand the proof on.
    *told = chip_fail(CHIP_TA_IMPOSSIBLE, "TA: Chip Authentication");
    if (chip_is_a_copy(r))
        return chip_ok();
    for (int tries = 1;; tries++) {
        *told = is_stopped(r) ? chip_fail(CHIP_STOPPED, NULL)
                              : rights_prove(&r->rights, &r->channel, &r->dg14, proof);
        if (!is_disturbance(*told))
            return told->code == CHIP_STOPPED ? *told : chip_ok();
        // Certificates are the longest commands: a reader may have stood all but these.
        if (told->code != CHIP_CARD_GONE)
            file_short_blocks(&r->reader);
        struct chip_error again = session_begin_again(r, *told);
        if (again.code != CHIP_OK || tries == PROOF_TRIES)
            return again;
        proof_free(proof);
    }
}
