// SPDX-License-Identifier: MIT
#include "cli/chip_result.h"

#include "chip/digest.h"
#include "lds/dg2.h"

#include <stdio.h>
#include <time.h>

const char *chip_proof_name(enum proof_kind kind)
{
    static const char *const names[] = {
        [PROOF_NONE] = "none",
        [PROOF_CHIP_AUTH] = "chip_authentication",
        [PROOF_PACE_CAM] = "pace_chip_authentication_mapping",
        [PROOF_ACTIVE_AUTH] = "active_authentication",
        [PROOF_TERMINAL_AUTH] = "terminal_authentication",
    };
    return names[kind];
}

static struct str time_now(struct arena *arena)
{
    char text[32];
    time_t now = time(NULL);
    struct tm utc;

    if (gmtime_r(&now, &utc) == NULL)
        return (struct str){ "", 0 };
    size_t n = strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return arena_copy(arena, (struct str){ text, n });
}

static struct str file_path(struct arena *arena, const char *name)
{
    char path[32];
    int n = snprintf(path, sizeof path, "%s.bin", name);
    return arena_copy(arena, (struct str){ path, (size_t)n });
}

// What was read in part is not kept: a file is whole or not there.
static void add_file(struct arena *arena, const struct session *s, enum lds_file file,
                     struct evidence *out)
{
    const struct session_file *f = &s->file[file];
    const char *name = lds_file(file)->name;
    struct manifest_file *told = &out->manifest.file[out->manifest.files++];

    *told = (struct manifest_file){ .name = str_of(name), .listed = f->listed };
    if (f->error.code != CHIP_OK)
        told->error = str_of(chip_error_name(f->error.code));
    else if (!f->asked)
        told->error = str_of(chip_error_name(CHIP_FILE_NOT_READ));
    if (!f->asked || f->error.code != CHIP_OK || f->content.n == 0)
        return;
    told->length = f->content.n;
    told->path = file_path(arena, name);
    out->content[file] = bytes_str(&f->content);
    if (!chip_sha256(out->content[file], told->sha256))
        told->error = str_of(chip_error_name(CHIP_CRYPTO));
}

static void add_proof(const struct session *s, size_t i, struct evidence *out)
{
    const struct proof *p = &s->proof[i];
    struct manifest_proof *told = &out->manifest.proof[out->manifest.proofs++];
    enum chip_code code = s->proof_error[i].code;

    *told = (struct manifest_proof){ .kind = str_of(chip_proof_name(p->kind)),
                                     .algorithm = str_of(p->algorithm),
                                     .result = str_of(chip_error_name(code)),
                                     .detail = str_of(p->detail) };
    for (size_t k = 0; k < p->n && k < MANIFEST_ITEMS_MAX; k++)
        told->item[told->items++] =
            (struct manifest_item){ str_of(p->item[k].name), bytes_str(&p->item[k].value) };
}

void chip_result_make(struct arena *arena, const struct session *session, const struct card *card,
                      struct chip_error error, struct evidence *out)
{
    struct manifest *m = &out->manifest;

    *out = (struct evidence){ 0 };
    m->time = time_now(arena);
    m->reader = str_of(card->reader);
    m->atr = (struct str){ (const char *)card->atr, card->atr_length };
    m->access = str_of(session->protocol);
    m->key = session->access == NULL      ? STR("")
             : session->key == ACCESS_CAN ? STR("can")
                                          : STR("mrz");
    m->card_access_known = session->card_access_known;
    for (enum lds_file file = 0; file < LDS_FILE_COUNT; file++)
        if (session->file[file].asked || session->file[file].listed)
            add_file(arena, session, file, out);
    for (size_t i = 0; i < session->proofs; i++)
        add_proof(session, i, out);
    m->commands = session->counts.commands;
    m->sent = session->counts.sent;
    m->received = session->counts.received;
    m->restarts = session->restarts;
    if (error.code != CHIP_OK)
        m->error = str_of(chip_error_name(error.code));
}

void chip_result_add_images(struct arena *arena, struct evidence *e)
{
    struct lds_error malformed;
    struct dg2 dg2;

    if (e->content[LDS_DG2].n == 0 || !dg2_read(e->content[LDS_DG2], &dg2, &malformed))
        return;
    for (size_t i = 0; i < dg2.n && e->manifest.images < MANIFEST_FILES_MAX; i++) {
        const struct dg2_image *image = &dg2.image[i];
        struct manifest_image *told = &e->manifest.image[e->manifest.images];
        const char *ending = dg2_format_ending(image->format);
        char path[32];
        int n = snprintf(path, sizeof path, "face-%zu.%s", i + 1, ending);
        *told = (struct manifest_image){ .path = arena_copy(arena, (struct str){ path, (size_t)n }),
                                         .format = str_of(ending),
                                         .length = image->bytes.n };
        if (!chip_sha256(image->bytes, told->sha256))
            continue;
        e->image[e->manifest.images++] = image->bytes;
    }
}
