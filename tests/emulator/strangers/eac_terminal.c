// SPDX-License-Identifier: MIT
// eac_terminal EMULATOR FOLDER DOMAIN: libeac's PACE, secure messaging and authentications, as the
// terminal, on the card that the emulator makes of FOLDER. Reads DG14 and DG2 and compares them
// with the files; where FOLDER/ta has certificates, DG3 as well, after Terminal Authentication. The
// status is 0 when all holds.
#include "eac_channel.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <eac/pace.h>
#include <eac/ca.h>
#include <eac/ta.h>

// Exported by libeac, but only its own headers declare them: Chip Authentication version 1 derives
// its keys without the nonce of CA_STEP6_derive_keys().
BUF_MEM *KA_CTX_generate_key(const KA_CTX *ctx, BN_CTX *bn_ctx);
int KA_CTX_compute_key(KA_CTX *ctx, const BUF_MEM *in, BN_CTX *bn_ctx);
int KA_CTX_derive_keys(KA_CTX *ctx, const BUF_MEM *nonce, EVP_MD_CTX *md_ctx);

static BUF_MEM *chip_id, *our_key; // what Terminal Authentication signs of PACE and of CA

// ---- PACE ----
static void pace_exchange(uint8_t tag, const BUF_MEM *data, bool last, uint8_t answer_tag,
                          BUF_MEM **out)
{
    static struct span inner, outer, answer;
    const uint8_t header[4] = { last ? 0x00 : 0x10, 0x86, 0, 0 };
    size_t n, m;
    inner.n = outer.n = 0;
    if (data != NULL)
        put_tlv(&inner, tag, data->data, data->length);
    put_tlv(&outer, 0x7C, inner.b, inner.n);
    unsigned sw = command(header, &outer, true, &answer);
    if (sw != 0x9000) {
        fprintf(stderr, "%04X ", sw);
        fail("GENERAL AUTHENTICATE");
    }
    const uint8_t *dynamic = find(answer.b, answer.n, 0x7C, &n);
    const uint8_t *value = dynamic != NULL ? find(dynamic, n, answer_tag, &m) : NULL;
    if (value == NULL)
        fail("an object is missing");
    *out = mem_of(value, m);
}

static void password_set(EAC_CTX *ctx)
{
    static const uint8_t header[4] = { 0x00, 0x22, 0xC1, 0xA4 };
    static struct span data, answer;
    const ASN1_OBJECT *oid = OBJ_nid2obj(ctx->pace_ctx->protocol);
    data.n = 0;
    put_tlv(&data, 0x80, OBJ_get0_data(oid), OBJ_length(oid));
    put_tlv(&data, 0x83, "\2", 1);
    if (command(header, &data, false, &answer) != 0x9000)
        fail("MSE:Set AT");
}

// libeac leaves the leading zeros out of a secret of DH, which RFC 2631, 2.1.2 keeps.
static void secret_pad(const KA_CTX *ka)
{
    BUF_MEM *secret = ka->shared_secret;
    size_t n = secret->length, whole = (size_t)EVP_PKEY_get_size(ka->key);
    if (EVP_PKEY_get_base_id(ka->key) == EVP_PKEY_EC || n >= whole)
        return;
    if (BUF_MEM_grow(secret, whole) != whole)
        fail("memory");
    memmove(secret->data + whole - n, secret->data, n);
    memset(secret->data, 0, whole - n);
}

// Of a point its x-coordinate: libeac's EAC_Comp() leaves its leading zeros out, which belong to
// it.
static BUF_MEM *comp(const EAC_CTX *ctx, int id, const BUF_MEM *key)
{
    if (key->data[0] == 4 && key->length % 2 == 1)
        return mem_of((const uint8_t *)key->data + 1, key->length / 2);
    return EAC_Comp(ctx, id, key);
}

static void pace_run(EAC_CTX *ctx, const char *can)
{
    PACE_SEC *secret = PACE_SEC_new(can, strlen(can), PACE_CAN);
    BUF_MEM *nonce, *mapping, *key, *token, *mine;
    password_set(ctx);
    pace_exchange(0, NULL, false, 0x80, &nonce);
    if (PACE_STEP2_dec_nonce(ctx, secret, nonce) != 1)
        fail("PACE_STEP2_dec_nonce");
    mine = PACE_STEP3A_generate_mapping_data(ctx);
    if (mine == NULL)
        fail("PACE_STEP3A_generate_mapping_data");
    pace_exchange(0x81, mine, false, 0x82, &mapping);
    BUF_MEM_free(mine);
    if (PACE_STEP3A_map_generator(ctx, mapping) != 1)
        fail("PACE_STEP3A_map_generator");
    mine = PACE_STEP3B_generate_ephemeral_key(ctx);
    pace_exchange(0x83, mine, false, 0x84, &key);
    BUF_MEM_free(mine);
    if (PACE_STEP3B_compute_shared_secret(ctx, key) != 1)
        fail("PACE_STEP3B_compute_shared_secret");
    secret_pad(ctx->pace_ctx->ka_ctx);
    if (PACE_STEP3C_derive_keys(ctx) != 1)
        fail("PACE_STEP3C_derive_keys");
    mine = PACE_STEP3D_compute_authentication_token(ctx, key);
    pace_exchange(0x85, mine, true, 0x86, &token);
    BUF_MEM_free(mine);
    if (PACE_STEP3D_verify_authentication_token(ctx, token) != 1)
        fail("the card's token is wrong");
    if (EAC_CTX_set_encryption_ctx(ctx, EAC_ID_PACE) != 1 || EAC_reset_ssc(ctx) != 1)
        fail("EAC_CTX_set_encryption_ctx");
    chip_id = comp(ctx, EAC_ID_PACE, key);
    BUF_MEM_free(nonce);
    BUF_MEM_free(mapping);
    BUF_MEM_free(key);
    BUF_MEM_free(token);
    PACE_SEC_clear_free(secret);
}

// ---- files ----
static void file_read(EAC_CTX *ctx, uint8_t id, struct span *file)
{
    static const uint8_t select[4] = { 0x00, 0xA4, 0x02, 0x0C };
    static struct span name, nothing, part;
    unsigned sw;
    name.n = file->n = 0;
    put(&name, (const uint8_t[]){ 0x01, id }, 2);
    if (protected_command(ctx, select, &name, 0, &part) != 0x9000)
        fail("SELECT");
    do {
        const uint8_t read[4] = { 0x00, 0xB0, (uint8_t)(file->n >> 8), (uint8_t)file->n };
        part.n = 0;
        sw = protected_command(ctx, read, &nothing, STEP, &part);
        put(file, part.b, part.n);
    } while (sw == 0x9000 && part.n > 0);
    if (sw != 0x6282 && sw != 0x6B00)
        fail("READ BINARY");
}

static void file_compare(const char *folder, const char *name, const struct span *read)
{
    static struct span file;
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "r");
    if (f == NULL)
        fail("a file of the folder cannot be read");
    file.n = fread(file.b, 1, ROOM, f);
    fclose(f);
    if (file.n != read->n || memcmp(file.b, read->b, file.n) != 0)
        fail("what was read is not the file");
}

static void application_select(EAC_CTX *ctx)
{
    static const uint8_t select[4] = { 0x00, 0xA4, 0x04, 0x0C };
    static struct span name, answer;
    put(&name, "\xA0\x00\x00\x02\x47\x10\x01", 7);
    if (protected_command(ctx, select, &name, 0, &answer) != 0x9000)
        fail("SELECT of the application");
}

static void card_access_read(struct span *file)
{
    static const uint8_t select[4] = { 0x00, 0xA4, 0x02, 0x0C }, read[4] = { 0x00, 0xB0, 0, 0 };
    static struct span name, nothing;
    put(&name, "\x01\x1C", 2);
    if (command(select, &name, false, file) != 0x9000)
        fail("SELECT of EF.CardAccess");
    if (command(read, &nothing, true, file) != 0x9000)
        fail("READ BINARY of EF.CardAccess");
}

// ---- Chip Authentication version 1 ----
struct chip_key {
    const uint8_t *oid; // of the protocol
    size_t n_oid;
    EVP_PKEY *key;
};

static const uint8_t bsi_ca[] = { 0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x03 };
static const uint8_t bsi_pk[] = { 0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x01 };

static struct chip_key chip_key_find(const struct span *dg14)
{
    struct chip_key found = { 0 };
    size_t n = 0, m, k;
    const uint8_t *outer = find(dg14->b, dg14->n, 0x6E, &n), *info;
    const uint8_t *at = outer != NULL ? find(outer, n, 0x31, &n) : NULL;
    const uint8_t *end = at != NULL ? at + n : NULL;
    while (at != NULL && take(&at, end, &info, &m) == 0x30) {
        const uint8_t *oid = find(info, m, 0x06, &k);
        if (oid != NULL && k > 8 && memcmp(oid, bsi_ca, 8) == 0) {
            found.oid = oid;
            found.n_oid = k;
        } else if (oid != NULL && k > 8 && memcmp(oid, bsi_pk, 8) == 0) {
            const uint8_t *spki = oid + k;
            found.key = d2i_PUBKEY(NULL, &spki, (long)(info + m - spki));
        }
    }
    if (found.oid == NULL || found.key == NULL)
        fail("DG14 has no key for Chip Authentication");
    return found;
}

static BUF_MEM *raw_public(EVP_PKEY *key)
{
    uint8_t b[600];
    size_t n = 0;
    BIGNUM *y = NULL;
    if (EVP_PKEY_is_a(key, "EC")) {
        if (EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, b, sizeof b, &n) != 1)
            fail("the chip's public key");
        if (b[0] != 4)
            fail("a compressed public key");
    } else {
        if (EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_PUB_KEY, &y) != 1)
            fail("the chip's public key");
        n = (size_t)EVP_PKEY_get_size(key);
        BN_bn2binpad(y, b, (int)n);
        BN_free(y);
    }
    return mem_of(b, n);
}

static int nid_of(const struct chip_key *chip)
{
    struct span der = { .n = 0 };
    put_tlv(&der, 0x06, chip->oid, chip->n_oid);
    const uint8_t *at = der.b;
    ASN1_OBJECT *object = d2i_ASN1_OBJECT(NULL, &at, (long)der.n);
    int nid = OBJ_obj2nid(object);
    ASN1_OBJECT_free(object);
    return nid;
}

// In MSE:Set KAT for 3DES, in MSE:Set AT and GENERAL AUTHENTICATE else (Doc 9303-11, 6.2.4).
static void ephemeral_send(EAC_CTX *ctx, const struct chip_key *chip, const BUF_MEM *mine)
{
    static const uint8_t set_at[4] = { 0x00, 0x22, 0x41, 0xA4 };
    static const uint8_t set_kat[4] = { 0x00, 0x22, 0x41, 0xA6 };
    static const uint8_t general[4] = { 0x00, 0x86, 0x00, 0x00 };
    static struct span data, inner, answer;
    data.n = inner.n = answer.n = 0;
    if (chip->oid[chip->n_oid - 1] == 1) {
        put_tlv(&data, 0x91, mine->data, mine->length);
        if (protected_command(ctx, set_kat, &data, 0, &answer) != 0x9000)
            fail("MSE:Set KAT");
        return;
    }
    put_tlv(&data, 0x80, chip->oid, chip->n_oid);
    if (protected_command(ctx, set_at, &data, 0, &answer) != 0x9000)
        fail("MSE:Set AT of Chip Authentication");
    data.n = 0;
    put_tlv(&inner, 0x80, mine->data, mine->length);
    put_tlv(&data, 0x7C, inner.b, inner.n);
    if (protected_command(ctx, general, &data, 16, &answer) != 0x9000)
        fail("GENERAL AUTHENTICATE of Chip Authentication");
}

static void chip_authentication(EAC_CTX *ctx, const struct span *dg14, int curve)
{
    struct chip_key chip = chip_key_find(dg14);
    if (EAC_CTX_init_ca(ctx, nid_of(&chip), curve) != 1)
        fail("EAC_CTX_init_ca");
    KA_CTX *ka = ctx->ca_ctx->ka_ctx;
    BUF_MEM *theirs = raw_public(chip.key);
    BUF_MEM *mine = KA_CTX_generate_key(ka, ctx->bn_ctx);
    if (mine == NULL)
        fail("KA_CTX_generate_key");
    ephemeral_send(ctx, &chip, mine);
    if (KA_CTX_compute_key(ka, theirs, ctx->bn_ctx) != 1)
        fail("KA_CTX_compute_key");
    secret_pad(ka);
    if (KA_CTX_derive_keys(ka, NULL, ctx->md_ctx) != 1 ||
        EAC_CTX_set_encryption_ctx(ctx, EAC_ID_CA) != 1 || EAC_reset_ssc(ctx) != 1)
        fail("the keys of Chip Authentication");
    our_key = comp(ctx, EAC_ID_CA, mine);
    BUF_MEM_free(theirs);
    BUF_MEM_free(mine);
    EVP_PKEY_free(chip.key);
}

// ---- Terminal Authentication version 1 ----
static bool file_load(const char *folder, const char *name, struct span *out)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/ta/%s", folder, name);
    FILE *f = fopen(path, "r");
    if (f == NULL)
        return false;
    out->n = fread(out->b, 1, ROOM, f);
    fclose(f);
    return true;
}

static void expect_ok(EAC_CTX *ctx, const uint8_t header[4], const struct span *data,
                      const char *what)
{
    static struct span answer;
    if (protected_command(ctx, header, data, 0, &answer) != 0x9000)
        fail(what);
}

// The reference in the body (tag 42: whose signature it is; 5F20: the holder), as MSE takes it.
static void reference_put(const uint8_t *body, size_t n, const char *tag, struct span *out)
{
    size_t n_tag = strlen(tag);
    const uint8_t *at = memmem(body, n, tag, n_tag);
    if (at == NULL)
        fail("a certificate without reference");
    out->n = 0;
    put_tlv(out, 0x83, at + n_tag + 1, at[n_tag]);
}

// Gives the last certificate, the terminal's.
static void chain_send(EAC_CTX *ctx, const struct span *chain, const uint8_t **last, size_t *n_last)
{
    static const uint8_t set_dst[4] = { 0x00, 0x22, 0x81, 0xB6 };
    static const uint8_t verify[4] = { 0x00, 0x2A, 0x00, 0xBE };
    static struct span data;
    const uint8_t *at = chain->b, *value;
    size_t n;
    while (at < chain->b + chain->n) {
        const uint8_t *begin = at++; // the tag has two bytes
        if (take(&at, chain->b + chain->n, &value, &n) < 0)
            fail("the chain of certificates");
        reference_put(value, n, "\x42", &data);
        expect_ok(ctx, set_dst, &data, "MSE:Set DST");
        data.n = 0;
        put(&data, value, n);
        expect_ok(ctx, verify, &data, "PSO:Verify Certificate");
        *last = begin;
        *n_last = (size_t)(at - begin);
    }
}

static BUF_MEM *sign(EAC_CTX *ctx, const struct span *pem, const uint8_t *own, size_t n)
{
    static const uint8_t get[4] = { 0x00, 0x84, 0x00, 0x00 };
    static struct span nothing, challenge;
    unsigned char *der = NULL;
    BIO *bio = BIO_new_mem_buf(pem->b, (int)pem->n);
    EVP_PKEY *key = PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);
    int n_der = i2d_PrivateKey(key, &der);
    if (n_der <= 0 || EAC_CTX_init_ta(ctx, der, (size_t)n_der, own, n) != 1)
        fail("EAC_CTX_init_ta");
    challenge.n = 0;
    if (protected_command(ctx, get, &nothing, 8, &challenge) != 0x9000)
        fail("GET CHALLENGE");
    BUF_MEM *nonce = mem_of(challenge.b, challenge.n);
    BUF_MEM *signature =
        TA_STEP4_set_nonce(ctx, nonce) == 1 ? TA_STEP5_sign(ctx, our_key, chip_id, NULL) : NULL;
    if (signature == NULL)
        fail("TA_STEP5_sign");
    BUF_MEM_free(nonce);
    OPENSSL_free(der);
    EVP_PKEY_free(key);
    BIO_free(bio);
    return signature;
}

static void terminal_authentication(EAC_CTX *ctx, const struct span *chain, const struct span *pem)
{
    static const uint8_t set_at[4] = { 0x00, 0x22, 0x81, 0xA4 };
    static const uint8_t authenticate[4] = { 0x00, 0x82, 0x00, 0x00 };
    static struct span data;
    const uint8_t *own = NULL;
    size_t n = 0;
    chain_send(ctx, chain, &own, &n);
    reference_put(own, n, "\x5F\x20", &data);
    expect_ok(ctx, set_at, &data, "MSE:Set AT of Terminal Authentication");
    BUF_MEM *signature = sign(ctx, pem, own, n);
    data.n = 0;
    put(&data, signature->data, signature->length);
    expect_ok(ctx, authenticate, &data, "EXTERNAL AUTHENTICATE");
    BUF_MEM_free(signature);
}

int main(int argc, char **argv)
{
    static struct span access, file;
    if (argc != 4)
        fail("usage: eac_terminal EMULATOR FOLDER DOMAIN-OF-CHIP-AUTHENTICATION");
    EAC_init();
    EAC_CTX *ctx = EAC_CTX_new();
    card_start(argv[1], argv[2]);
    card_access_read(&access);
    if (ctx == NULL || EAC_CTX_init_ef_cardaccess(access.b, access.n, ctx) != 1)
        fail("EAC_CTX_init_ef_cardaccess");
    pace_run(ctx, "000001");
    application_select(ctx);
    file_read(ctx, 14, &file);
    file_compare(argv[2], "DG14", &file);
    chip_authentication(ctx, &file, (int)strtol(argv[3], NULL, 10));
    file_read(ctx, 2, &file);
    file_compare(argv[2], "DG2", &file);
    static struct span chain, pem;
    if (file_load(argv[2], "chain.cvcert", &chain) && file_load(argv[2], "VNTERM00001.key", &pem)) {
        terminal_authentication(ctx, &chain, &pem);
        file_read(ctx, 3, &file);
        file_compare(argv[2], "DG3", &file);
    }
    BUF_MEM_free(chip_id);
    BUF_MEM_free(our_key);
    EAC_CTX_clear_free(ctx);
    EAC_cleanup();
    card_end();
    return wait(NULL) > 0 ? 0 : 1;
}
