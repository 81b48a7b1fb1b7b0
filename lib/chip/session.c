// SPDX-License-Identifier: MIT
#include "chip/session.h"

#include "base/wipe.h"
#include "lds/card_security.h"
#include "lds/com.h"
#include "lds/dg14.h"
#include "lds/dg15.h"

enum {
    PROOF_TRIES = 2,
    ENOUGH_TRIES = 2, // that the card has to have left before another key is tried
};

struct run {
    struct card *card;
    const struct session_options *how;
    struct session *out;
    struct channel channel;
    struct file_reader reader;
    struct security_infos card_access, dg14;
    bool card_access_read, opened_once, wrong_can;
    int tries_left; // of the card's counter; -1: not told
};

static void say_step(struct run *r, const char *step)
{
    if (r->how->watch.step != NULL)
        r->how->watch.step(r->how->watch.ctx, step);
}

static bool is_stopped(const struct run *r)
{
    return r->how->watch.stop != NULL && r->how->watch.stop(r->how->watch.ctx);
}

static struct bytes *content_of(struct run *r, enum lds_file file)
{
    return &r->out->file[file].content;
}

static bool is_whole(const struct run *r, enum lds_file file)
{
    return r->out->file[file].asked && r->out->file[file].error.code == CHIP_OK;
}

// Reads a file, or goes on with it, and keeps how it ended.
static struct chip_error read_file(struct run *r, enum lds_file file)
{
    struct session_file *f = &r->out->file[file];

    say_step(r, lds_file(file)->name);
    f->asked = true;
    f->error =
        is_stopped(r) ? chip_fail(CHIP_STOPPED, NULL) : file_read(&r->reader, file, &f->content);
    return f->error;
}

// ---- access ----

// What the card says of PACE. Cards of Vietnam are known that do not show the file; then the one
// that they all have is taken, if there is a key for it.
static struct chip_error learn_protocols(struct run *r)
{
    struct lds_error malformed;

    if (r->card_access_read)
        return chip_ok();
    struct chip_error error = read_file(r, LDS_CARD_ACCESS);
    bool told =
        error.code == CHIP_OK &&
        security_infos_read(bytes_str(content_of(r, LDS_CARD_ACCESS)), &r->card_access, &malformed);
    switch (error.code) {
    case CHIP_OK:
    case CHIP_FILE_ABSENT:
    case CHIP_FILE_REFUSED:
    case CHIP_STATUS:
    case CHIP_FILE_SHORT:
    case CHIP_FILE_MALFORMED:
        break;
    default:
        return error;
    }
    r->card_access_read = true;
    for (size_t i = 0; !told && i < r->how->keys; i++)
        if (r->how->key[i].kind == ACCESS_CAN)
            r->out->card_access_known = true;
    if (r->out->card_access_known)
        security_infos_read(security_card_access_vietnam(), &r->card_access, &malformed);
    return chip_ok();
}

// One that proves the chip to be genuine as well, where there is one.
static const struct security_info *choose_pace(const struct run *r)
{
    const struct security_info *best = NULL;

    for (size_t i = 0; i < r->card_access.n; i++) {
        const struct security_info *info = &r->card_access.at[i];
        if (info->kind != SECURITY_PACE || !pace_is_supported(info))
            continue;
        if (best == NULL ||
            (info->mapping == MAPPING_CHIP_AUTH && best->mapping != MAPPING_CHIP_AUTH))
            best = info;
    }
    return best;
}

static void keep_cam(struct run *r, struct proof *cam)
{
    if (cam->kind == PROOF_NONE || r->out->proofs > 0 || r->how->no_proofs) {
        proof_free(cam);
        return;
    }
    r->out->proof[r->out->proofs++] = *cam;
    *cam = (struct proof){ 0 };
}

static struct chip_error try_pace(struct run *r, const struct security_info *info,
                                  const struct access_key *key)
{
    struct access_outcome outcome = { .tries_left = -1 };
    char number[64];

    say_step(r, "PACE");
    struct access_key tried = *key;
    tried.may_be_last = r->how->last_tries;
    struct chip_error error = pace_run(&r->channel, info, &tried, &outcome);
    access_key_wipe(&tried);
    r->tries_left = outcome.tries_left;
    if (error.code == CHIP_OK) {
        const char *name = security_oid_name(info->oid, number);
        r->out->access = "PACE";
        memcpy(r->out->protocol, name, strnlen(name, sizeof r->out->protocol - 1));
        keep_cam(r, &outcome.cam);
    }
    proof_free(&outcome.cam);
    return error;
}

static struct chip_error try_bac(struct run *r, const struct access_key *key)
{
    struct access_outcome outcome = { .tries_left = -1 };

    say_step(r, "BAC");
    struct chip_error error = file_select_application(&r->channel);
    if (error.code == CHIP_OK)
        error = bac_run(&r->channel, key, &outcome);
    r->tries_left = outcome.tries_left;
    if (error.code == CHIP_OK) {
        static const char name[] = "BAC";
        r->out->access = name;
        memcpy(r->out->protocol, name, sizeof name);
    }
    proof_free(&outcome.cam);
    return error;
}

// The state that a card is in after a failure is its own affair: it begins anew.
static struct chip_error begin_anew(struct run *r)
{
    channel_end_session(&r->channel);
    return card_reset(r->card);
}

static bool may_try(const struct run *r)
{
    return r->how->last_tries || r->tries_left < 0 || r->tries_left > ENOUGH_TRIES;
}

// Every key that the protocol takes, the likeliest first. *used: whether there was one.
static struct chip_error try_keys(struct run *r, const struct security_info *pace, bool *used)
{
    struct chip_error error = chip_fail(CHIP_NO_KEY, NULL);
    size_t first = r->opened_once ? r->out->key_at : 0;
    size_t end = r->opened_once ? first + 1 : r->how->keys;

    for (size_t i = first; i < end && !is_stopped(r); i++) {
        const struct access_key *key = &r->how->key[i];
        if (pace == NULL && key->kind != ACCESS_MRZ)
            continue;
        // The keys are of one card: where its CAN is wrong, so is what its zone would give.
        if (r->wrong_can && key->kind != ACCESS_CAN)
            continue;
        if (*used) {
            struct chip_error again =
                may_try(r) ? begin_anew(r) : chip_fail(CHIP_KEY_SUSPENDED, NULL);
            if (again.code != CHIP_OK)
                return again;
        }
        *used = true;
        error = pace != NULL ? try_pace(r, pace, key) : try_bac(r, key);
        r->out->key = key->kind;
        r->out->key_at = i;
        if (error.code != CHIP_KEY_WRONG)
            break;
        r->wrong_can |= key->kind == ACCESS_CAN;
    }
    return error;
}

// PACE may be written on the card and yet not work: these are no verdict on the key.
static bool may_fall_back(const struct run *r, struct chip_error error)
{
    return error.code == CHIP_STATUS || error.code == CHIP_UNSUPPORTED ||
           error.code == CHIP_ACCESS || error.code == CHIP_NO_KEY ||
           (error.code == CHIP_KEY_WRONG && !r->wrong_can);
}

static bool has_cam(const struct run *r)
{
    return r->out->proofs > 0 && r->out->proof[0].kind == PROOF_PACE_CAM;
}

// EF.CardSecurity lies outside the application, and shows itself only after PACE.
static struct chip_error finish_pace(struct run *r)
{
    bool wanted = has_cam(r) || (r->how->files & SESSION_BIT(LDS_CARD_SECURITY)) != 0;

    if (wanted && !r->out->file[LDS_CARD_SECURITY].asked) {
        struct chip_error error = read_file(r, LDS_CARD_SECURITY);
        if (chip_error_blame(error.code) == CHIP_BLAME_CARD && error.code != CHIP_STATUS)
            return error;
    }
    return file_select_application(&r->channel);
}

static struct chip_error open_access(struct run *r)
{
    bool used = false, used_bac = false;
    struct chip_error error = learn_protocols(r);
    const struct security_info *pace = choose_pace(r);
    bool by_pace = r->opened_once ? r->out->access[0] == 'P'
                                  : r->how->access != SESSION_ACCESS_BAC && pace != NULL;

    if (error.code != CHIP_OK)
        return error;
    error = chip_fail(CHIP_NO_KEY, NULL);
    if (by_pace)
        error = try_keys(r, pace, &used);
    if (error.code == CHIP_OK)
        error = finish_pace(r);
    else if (r->how->access != SESSION_ACCESS_PACE && may_fall_back(r, error) &&
             !(r->opened_once && by_pace)) {
        struct chip_error anew = used ? begin_anew(r) : chip_ok();
        struct chip_error by_bac =
            anew.code == CHIP_OK && may_try(r) ? try_keys(r, NULL, &used_bac) : anew;
        // That PACE was only assumed to be there says less than that no key is for BAC.
        error = used_bac || !used || r->out->card_access_known ? by_bac : error;
    }
    r->opened_once |= error.code == CHIP_OK;
    return error;
}

// ---- a card that went away ----

static bool may_begin_again(struct run *r, struct chip_error error)
{
    bool lost = chip_error_blame(error.code) == CHIP_BLAME_CARD || error.code == CHIP_READER_GONE;

    if (!lost || error.code == CHIP_CARD_CHANGED || error.code == CHIP_NO_DOCUMENT ||
        error.code == CHIP_KEY_BLOCKED || is_stopped(r))
        return false;
    return r->out->restarts < r->how->retries;
}

// By other commands than those that failed; only so often as there are smaller ones.
static bool may_be_cured(struct run *r, struct chip_error error)
{
    if (error.code == CHIP_CARD_GONE || error.code == CHIP_READER_GONE)
        return false;
    if (error.sw == SW_WRONG_LENGTH && file_short_blocks(&r->reader))
        return true;
    return file_smaller_blocks(&r->reader);
}

// Opens access again after an error; gives the error back where that is not to be done.
static struct chip_error begin_again(struct run *r, struct chip_error error)
{
    while (may_begin_again(r, error)) {
        // To find out what the card stands is no fault of the card.
        r->out->restarts += !may_be_cured(r, error);
        say_step(r, "again");
        error = begin_anew(r);
        if (error.code == CHIP_OK)
            error = open_access(r);
        if (error.code == CHIP_OK)
            return error;
    }
    return error;
}

// ---- files ----

// What the file itself is about: the next one may be read all the same.
static bool is_of_the_file(enum chip_code code)
{
    return code == CHIP_FILE_ABSENT || code == CHIP_FILE_REFUSED || code == CHIP_FILE_MALFORMED ||
           code == CHIP_FILE_SHORT;
}

static struct chip_error read_surely(struct run *r, enum lds_file file)
{
    struct chip_error error = read_file(r, file);

    while (error.code != CHIP_OK && !is_of_the_file(error.code)) {
        size_t before = content_of(r, file)->n;
        unsigned restarts = r->out->restarts;
        struct chip_error again = begin_again(r, error);
        if (again.code != CHIP_OK)
            return again;
        error = read_file(r, file);
        // A file that breaks off at the same place twice is left at that.
        if (error.code == CHIP_STATUS && content_of(r, file)->n == before &&
            r->out->restarts > restarts)
            return begin_again(r, error);
    }
    return chip_ok();
}

// The tags in EF.COM; without it, what Vietnam's card has.
static uint32_t listed_files(struct run *r)
{
    const uint32_t usual = SESSION_BIT(LDS_DG1) | SESSION_BIT(LDS_DG2) | SESSION_BIT(LDS_DG13) |
                           SESSION_BIT(LDS_DG14) | SESSION_BIT(LDS_DG15);
    struct lds_error malformed;
    struct com com;

    if (!is_whole(r, LDS_COM) || !com_read(bytes_str(content_of(r, LDS_COM)), &com, &malformed))
        return usual;
    for (enum lds_file file = 0; file < LDS_FILE_COUNT; file++)
        r->out->file[file].listed = com_has(&com, file);
    return com.files;
}

// Fingerprints and irises are not asked for: a card shows them only to those who have the right,
// and counts or remembers who tries.
static const uint32_t never = SESSION_BIT(LDS_DG3) | SESSION_BIT(LDS_DG4);

static struct chip_error read_one(struct run *r, enum lds_file file)
{
    if (r->out->file[file].asked)
        return chip_ok();
    if ((never & SESSION_BIT(file)) != 0) {
        r->out->file[file].asked = true;
        r->out->file[file].error = chip_fail(CHIP_FILE_REFUSED, NULL);
        return chip_ok();
    }
    return read_surely(r, file);
}

// ---- proofs ----

static struct proof *next_proof(struct run *r, struct chip_error **error)
{
    size_t at = r->out->proofs++;
    *error = &r->out->proof_error[at];
    return &r->out->proof[at];
}

static void judge_cam(struct run *r)
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

// A card that was moved is no copy: what fails is tried once more.
static struct chip_error authenticate_chip(struct run *r)
{
    struct lds_error malformed;
    struct chip_error *told;
    struct dg14 dg14;

    if (!is_whole(r, LDS_DG14) || !dg14_read(bytes_str(content_of(r, LDS_DG14)), &dg14, &malformed))
        return chip_ok();
    r->dg14 = dg14.infos;
    say_step(r, "Chip Authentication");
    struct proof *proof = next_proof(r, &told);
    for (int tries = 1;; tries++) {
        *told = chip_auth_run(&r->channel, &r->dg14, proof);
        if (told->code == CHIP_OK || told->code == CHIP_UNSUPPORTED)
            return chip_ok();
        // What the card does now is not known: access is opened again.
        struct chip_error again =
            begin_again(r, is_disturbance(*told) ? *told : chip_fail(CHIP_ACCESS, told->step));
        if (again.code != CHIP_OK || tries == PROOF_TRIES || told->code == CHIP_STATUS)
            return again;
        proof_free(proof);
    }
}

static struct chip_error authenticate_actively(struct run *r)
{
    struct lds_error malformed;
    struct chip_error *told;
    struct dg15 dg15;

    if (!is_whole(r, LDS_DG15) || !dg15_read(bytes_str(content_of(r, LDS_DG15)), &dg15, &malformed))
        return chip_ok();
    say_step(r, "Active Authentication");
    struct proof *proof = next_proof(r, &told);
    for (int tries = 1;; tries++) {
        *told =
            active_auth_run(&r->channel, dg15.public_key, r->dg14.n > 0 ? &r->dg14 : NULL, proof);
        if (!is_disturbance(*told) || tries == PROOF_TRIES)
            return chip_ok();
        struct chip_error again = begin_again(r, *told);
        if (again.code != CHIP_OK)
            return again;
        proof_free(proof);
    }
}

// ---- the whole ----

// What the proofs need first, then what is small, the face last: who moves the card too early loses
// the least.
static const enum lds_file order[] = {
    LDS_SOD, LDS_DG15, LDS_DG1, LDS_DG13, LDS_DG11, LDS_DG12, LDS_DG5, LDS_DG6,
    LDS_DG7, LDS_DG8,  LDS_DG9, LDS_DG10, LDS_DG16, LDS_DG2,  LDS_DG3, LDS_DG4,
};

static struct chip_error read_all(struct run *r)
{
    struct chip_error error = read_one(r, LDS_COM);
    uint32_t listed = listed_files(r);
    uint32_t wanted = r->how->files != 0 ? r->how->files : (listed & ~never) | SESSION_BIT(LDS_SOD);
    bool proofs = !r->how->no_proofs;

    judge_cam(r);
    if (error.code == CHIP_OK && ((wanted & SESSION_BIT(LDS_DG14)) != 0 ||
                                  (proofs && (listed & SESSION_BIT(LDS_DG14)) != 0)))
        error = read_one(r, LDS_DG14);
    if (error.code == CHIP_OK && proofs)
        error = authenticate_chip(r);
    if (proofs && (listed & SESSION_BIT(LDS_DG15)) != 0)
        wanted |= SESSION_BIT(LDS_DG15);
    for (size_t i = 0; i < sizeof order / sizeof order[0] && error.code == CHIP_OK; i++)
        if ((wanted & SESSION_BIT(order[i])) != 0)
            error = read_one(r, order[i]);
    if (error.code == CHIP_OK && proofs)
        error = authenticate_actively(r);
    return error;
}

static void relay_progress(void *ctx, enum lds_file file, size_t done, size_t total)
{
    const struct run *r = ctx;
    if (r->how->watch.file != NULL)
        r->how->watch.file(r->how->watch.ctx, file, done, total);
}

struct chip_error session_read(struct card *card, const struct session_options *how,
                               struct session *out)
{
    struct run r = { .card = card, .how = how, .out = out, .tries_left = -1 };

    *out = (struct session){ 0 };
    r.channel = (struct channel){
        .card = card, .extended = !how->short_only && (card->longest == 0 || card->longest > 300)
    };
    r.reader = (struct file_reader){ .channel = &r.channel, .progress = relay_progress, .ctx = &r };
    struct chip_error error = open_access(&r);
    if (error.code != CHIP_OK)
        error = begin_again(&r, error);
    if (error.code == CHIP_OK)
        error = read_all(&r);
    channel_end_session(&r.channel);
    out->block = r.reader.block;
    out->counts = r.channel.counts;
    return error;
}

void session_free(struct session *s)
{
    for (size_t i = 0; i < LDS_FILE_COUNT; i++)
        bytes_free(&s->file[i].content);
    for (size_t i = 0; i < SESSION_PROOFS_MAX; i++)
        proof_free(&s->proof[i]);
    wipe(s, sizeof *s);
}
