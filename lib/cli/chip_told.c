// SPDX-License-Identifier: MIT
#include "cli/chip_told.h"

#include "cli/chip_record.h"
#include "cli/language.h"
#include "cli/tell.h"
#include "lds/card_security.h"
#include "lds/com.h"
#include "lds/dg11.h"
#include "lds/dg12.h"
#include "lds/dg14.h"
#include "lds/dg15.h"
#include "lds/dg2.h"
#include "lds/sod.h"

#include <stdio.h>

struct reading {
    struct arena *arena;
    const char *program;
    struct evidence *evidence;
    struct told *told;
};

static struct manifest_file *entry_of(struct evidence *e, enum lds_file file)
{
    for (size_t i = 0; i < e->manifest.files; i++)
        if (str_eq(e->manifest.file[i].name, str_of(lds_file(file)->name)))
            return &e->manifest.file[i];
    return NULL;
}

static bool is_there(const struct reading *r, enum lds_file file)
{
    return r->evidence->content[file].n > 0;
}

// The bytes stay: what is malformed may be worth looking at.
static void mark(struct reading *r, enum lds_file file, struct lds_error fault)
{
    struct manifest_file *entry = entry_of(r->evidence, file);
    char where[64];

    if (entry != NULL) {
        entry->error = str_of(chip_error_name(CHIP_FILE_MALFORMED));
        entry->fault = str_of(lds_fault_name(fault.fault));
        entry->offset = fault.at;
    }
    snprintf(where, sizeof where, "%s, %s %zu", lds_file(file)->name, say(N_("byte")), fault.at);
    tell(r->program, where, lds_fault_sentence(fault.fault));
}

static void fail(struct reading *r, enum chip_code code, enum lds_file file)
{
    if (r->told->error.code == CHIP_OK)
        r->told->error = chip_fail(code, lds_file(file)->name);
}

static void malformed(struct reading *r, enum lds_file file, struct lds_error fault)
{
    mark(r, file, fault);
    fail(r, CHIP_FILE_MALFORMED, file);
}

// ---- the person ----

static void read_person(struct reading *r)
{
    const struct evidence *e = r->evidence;
    struct told *t = r->told;
    struct lds_error fault1 = { LDS_FINE, 0 }, fault13 = fault1;
    struct dg1 dg1;
    struct dg13 dg13;
    bool has_dg1 = is_there(r, LDS_DG1) && dg1_read(e->content[LDS_DG1], &dg1, &fault1);
    bool has_dg13 = is_there(r, LDS_DG13) && dg13_read(e->content[LDS_DG13], &dg13, &fault13);

    t->has_record =
        chip_record_make(r->arena, has_dg1 ? &dg1 : NULL, has_dg13 ? &dg13 : NULL, &t->record);
    if (has_dg13)
        chip_record_put_more(&t->extra, &dg13);
    if (has_dg1 && dg1.size != DG1_TD1)
        chip_record_put_zone(&t->extra, &dg1);
    if (is_there(r, LDS_DG1) && !has_dg1)
        malformed(r, LDS_DG1, fault1);
    // DG13 is Vietnam's; what another state keeps there is no fault of the card.
    if (is_there(r, LDS_DG13) && !has_dg13 && t->has_record && t->record.id.n > 0)
        malformed(r, LDS_DG13, fault13);
}

// What these tell is beside the point: the card was read without it.
static void read_details(struct reading *r)
{
    const struct evidence *e = r->evidence;
    struct lds_error fault = { LDS_FINE, 0 };
    struct dg11 dg11;
    struct dg12 dg12;

    if (is_there(r, LDS_DG11)) {
        if (dg11_read(e->content[LDS_DG11], &dg11, &fault))
            chip_record_put_details(&r->told->extra, "details", &dg11.details);
        else
            mark(r, LDS_DG11, fault);
    }
    if (is_there(r, LDS_DG12)) {
        if (dg12_read(e->content[LDS_DG12], &dg12, &fault))
            chip_record_put_details(&r->told->extra, "document", &dg12.details);
        else
            mark(r, LDS_DG12, fault);
    }
}

// ---- the other files ----

// The state's signatures are for others to judge, and a face may be in a format not known here.
static void look_at_others(struct reading *r)
{
    const struct evidence *e = r->evidence;
    struct lds_error fault = { LDS_FINE, 0 };
    struct security_infos infos;
    struct card_security security;
    struct dg2 dg2;
    struct sod sod;

    if (is_there(r, LDS_CARD_ACCESS) &&
        !security_infos_read(e->content[LDS_CARD_ACCESS], &infos, &fault))
        mark(r, LDS_CARD_ACCESS, fault);
    if (is_there(r, LDS_CARD_SECURITY) &&
        !card_security_read(e->content[LDS_CARD_SECURITY], &security, &fault))
        mark(r, LDS_CARD_SECURITY, fault);
    if (is_there(r, LDS_SOD) && !sod_read(e->content[LDS_SOD], &sod, &fault))
        mark(r, LDS_SOD, fault);
    if (is_there(r, LDS_DG2) && !dg2_read(e->content[LDS_DG2], &dg2, &fault))
        mark(r, LDS_DG2, fault);
}

// Of the list of files, and of the keys of proofs.
static void look_at_needed(struct reading *r)
{
    const struct evidence *e = r->evidence;
    struct lds_error fault = { LDS_FINE, 0 };
    struct com com;
    struct dg14 dg14;
    struct dg15 dg15;

    if (is_there(r, LDS_COM) && !com_read(e->content[LDS_COM], &com, &fault))
        malformed(r, LDS_COM, fault);
    if (is_there(r, LDS_DG14) && !dg14_read(e->content[LDS_DG14], &dg14, &fault))
        malformed(r, LDS_DG14, fault);
    if (is_there(r, LDS_DG15) && !dg15_read(e->content[LDS_DG15], &dg15, &fault))
        malformed(r, LDS_DG15, fault);
}

// Files of which no more than a part came, whatever the card said in place of the rest.
static void look_at_broken(struct reading *r)
{
    static const enum chip_code broken[] = { CHIP_FILE_SHORT, CHIP_FILE_MALFORMED, CHIP_STATUS };

    for (enum lds_file file = 0; file < LDS_FILE_COUNT; file++) {
        const struct manifest_file *entry = entry_of(r->evidence, file);
        for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
            if (entry != NULL && entry->fault.n == 0 && lds_file(file)->in_application &&
                str_eq(entry->error, str_of(chip_error_name(broken[i])))) {
                tell(r->program, lds_file(file)->name, chip_error_sentence(broken[i]));
                fail(r, broken[i], file);
            }
    }
}

void chip_told_make(struct arena *arena, const char *program, struct evidence *e, struct told *out)
{
    struct reading r = { arena, program, e, out };

    *out = (struct told){ .error = chip_ok() };
    read_person(&r);
    read_details(&r);
    look_at_needed(&r);
    look_at_others(&r);
    look_at_broken(&r);
}

void chip_told_free(struct told *t)
{
    bytes_free(&t->extra);
}
