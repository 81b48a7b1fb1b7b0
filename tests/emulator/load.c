// SPDX-License-Identifier: MIT
#include "card.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <openssl/pem.h>

struct place {
    const char *name;
    enum directory directory;
    uint16_t id;
    uint8_t short_id;
    enum file_right right;
};

// ICAO Doc 9303-10, tables 33 to 37.
static const struct place places[] = {
    { "EF.CardAccess", IN_MASTER_FILE, 0x011C, 0x1C, RIGHT_FREE },
    { "EF.CardSecurity", IN_MASTER_FILE, 0x011D, 0x1D, RIGHT_AFTER_ACCESS },
    { "EF.ATR_INFO", IN_MASTER_FILE, 0x2F01, 0x01, RIGHT_FREE },
    { "EF.DIR", IN_MASTER_FILE, 0x2F00, 0x1E, RIGHT_FREE },
    { "EF.COM", IN_APPLICATION, 0x011E, 0x1E, RIGHT_AFTER_ACCESS },
    { "EF.SOD", IN_APPLICATION, 0x011D, 0x1D, RIGHT_AFTER_ACCESS },
};

static bool bytes_load(const char *path, uint8_t **bytes, size_t *n)
{
    enum { FILE_MAX = 1 << 20 };
    FILE *f = fopen(path, "re");
    if (f == NULL)
        return false;
    *bytes = malloc(FILE_MAX);
    *n = *bytes != NULL ? fread(*bytes, 1, FILE_MAX, f) : 0;
    bool ok = *bytes != NULL && ferror(f) == 0;
    fclose(f);
    if (!ok) {
        free(*bytes);
        *bytes = NULL;
    }
    return ok;
}

// EF.CardAccess as cards of Vietnam have it: TA, CA ECDH AES-128, and as third element PACE ECDH-GM
// AES-128 over brainpoolP256r1.
static bool constant_load(struct file *f)
{
    static struct buf constant;
    buf_clear(&constant);
    buf_put_hex(&constant, "3134300D060804007F0007020202020101"
                           "300F060A04007F000702020302020201"
                           "013012060A04007F0007020204020202010202010D");
    f->bytes = malloc(constant.n);
    if (f->bytes == NULL)
        return false;
    memcpy(f->bytes, constant.b, constant.n);
    f->n = constant.n;
    return true;
}

static bool place_load(struct card *c, const char *folder, const struct place *p)
{
    char path[4096];
    struct file *f = &c->file[c->n_files];
    bool access = strcmp(p->name, "EF.CardAccess") == 0;
    if (name_in(c->profile.absent, p->name) ||
        (access && (!c->profile.has_pace || c->profile.card_access == ACCESS_FILE_ABSENT)))
        return true;
    *f = (struct file){ p->directory, p->id, p->short_id, p->right, NULL, 0 };
    if (name_in(c->profile.refused, p->name) ||
        (access && c->profile.card_access == ACCESS_FILE_REFUSED))
        f->right = RIGHT_NEVER;
    snprintf(path, sizeof path, "%s/%s", folder, p->name);
    if (access && c->profile.card_access == ACCESS_FILE_CONSTANT) {
        if (!constant_load(f))
            return false;
    } else if (!bytes_load(path, &f->bytes, &f->n)) {
        if (errno != ENOENT) {
            fprintf(stderr, "card_emulator: %s: %s\n", path, strerror(errno));
            return false;
        }
        if (f->right != RIGHT_NEVER)
            return true;
    }
    c->n_files++;
    return true;
}

static EVP_PKEY *key_load(const char *folder, const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "re");
    if (f == NULL)
        return NULL;
    EVP_PKEY *key = PEM_read_PrivateKey(f, NULL, NULL, NULL);
    if (key == NULL)
        fprintf(stderr, "card_emulator: %s: not a private key\n", path);
    fclose(f);
    return key;
}

void ta_file_write(struct card *c)
{
    enum { LENGTH = 36 };
    static struct buf content;
    size_t i = 0;
    while (i < c->n_files && !(c->file[i].directory == IN_APPLICATION && c->file[i].id == 0x011C))
        i++;
    if (i == c->n_files)
        return;
    buf_clear(&content);
    for (size_t k = 0; k < TRUST_POINTS; k++) {
        if (c->ta.trust[k].key != NULL)
            buf_put_tlv(&content, 0x42,
                        (struct view){ c->ta.trust[k].name, c->ta.trust[k].n_name });
    }
    while (content.n < LENGTH)
        buf_put_byte(&content, 0);
    memcpy(c->file[i].bytes, content.b, LENGTH);
}

// The card's trust points: one certificate or two, the newer first; its date is that of the newest.
static bool trust_load(struct card *c, const char *folder)
{
    char path[4096];
    uint8_t *bytes = NULL;
    size_t n = 0;
    snprintf(path, sizeof path, "%s/%s", folder, c->profile.trust);
    if (c->profile.trust[0] == '\0' || !bytes_load(path, &bytes, &n))
        return c->profile.trust[0] == '\0';
    struct view in = { bytes, n }, content;
    unsigned tag;
    for (size_t i = 0; i < TRUST_POINTS && tlv_take(&in, &tag, &content); i++) {
        if (!cv_take(content, NULL, &c->ta.trust[i]))
            fprintf(stderr, "card_emulator: %s: not a CVCA's certificate\n", path);
        else if (c->ta.trust[i].effective > c->ta.date)
            c->ta.date = c->ta.trust[i].effective;
    }
    free(bytes);
    if (c->profile.date != 0)
        c->ta.date = c->profile.date;
    if (!name_in(c->profile.absent, "EF.CVCA")) {
        struct file *f = &c->file[c->n_files++];
        *f = (struct file){ IN_APPLICATION, 0x011C, 0x1C, RIGHT_AFTER_ACCESS, malloc(36), 36 };
        ta_file_write(c);
    }
    return ta_is_offered(c);
}

// Fingers and eyes, where rights can be proven.
static void guard(struct card *c)
{
    for (size_t i = 0; i < c->n_files && ta_is_offered(c); i++) {
        struct file *f = &c->file[i];
        if (f->directory == IN_APPLICATION && f->right == RIGHT_AFTER_ACCESS &&
            (f->id == 0x0103 || f->id == 0x0104))
            f->right = f->id == 0x0103 ? RIGHT_OF_FINGERS : RIGHT_OF_EYES;
    }
}

bool card_load(struct card *c, const char *folder)
{
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (!place_load(c, folder, &places[i]))
            return false;
    }
    for (unsigned n = 1; n <= 16; n++) {
        char name[8];
        snprintf(name, sizeof name, "DG%u", n);
        const struct place p = { name, IN_APPLICATION, (uint16_t)(0x0100 + n), (uint8_t)n,
                                 RIGHT_AFTER_ACCESS };
        if (!place_load(c, folder, &p))
            return false;
    }
    if (!trust_load(c, folder))
        return false;
    guard(c);
    c->ca_key = key_load(folder, "ca.pem");
    c->aa_key = key_load(folder, "aa.pem");
    c->cam_key = key_load(folder, "cam.pem");
    c->tries_left = c->profile.tries;
    if (c->n_files == 0)
        fprintf(stderr, "card_emulator: %s: no files of a card\n", folder);
    return c->n_files > 0;
}

void card_free(struct card *c)
{
    card_power(c, false);
    for (size_t i = 0; i < c->n_files; i++)
        free(c->file[i].bytes);
    for (size_t i = 0; i < TRUST_POINTS; i++)
        cv_free(&c->ta.trust[i]);
    EVP_PKEY_free(c->ca_key);
    EVP_PKEY_free(c->aa_key);
    EVP_PKEY_free(c->cam_key);
    c->n_files = 0;
}
