// SPDX-License-Identifier: MIT
// eac_terminal EMULATOR FOLDER: libeac's PACE, secure messaging and Chip Authentication, as the
// terminal, on the card that the emulator makes of FOLDER. Reads DG14 and DG2 and compares them
// with the files. The status is 0 when all holds.
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <eac/eac.h>
#include <eac/pace.h>
#include <eac/ca.h>

// Exported by libeac, but only its own headers declare them: Chip Authentication version 1 derives
// its keys without the nonce of CA_STEP6_derive_keys().
BUF_MEM *KA_CTX_generate_key(const KA_CTX *ctx, BN_CTX *bn_ctx);
int KA_CTX_compute_key(KA_CTX *ctx, const BUF_MEM *in, BN_CTX *bn_ctx);
int KA_CTX_derive_keys(KA_CTX *ctx, const BUF_MEM *nonce, EVP_MD_CTX *md_ctx);

enum { ROOM = 70000, STEP = 200 };

static int to_card, from_card;

static void fail(const char *what)
{
    fprintf(stderr, "eac_terminal: %s\n", what);
    exit(1);
}

struct span {
    uint8_t b[ROOM];
    size_t n;
};

static void put(struct span *s, const void *b, size_t n)
{
    if (n > ROOM - s->n)
        fail("too long");
    memcpy(s->b + s->n, b, n);
    s->n += n;
}

static void put_tlv(struct span *s, uint8_t tag, const void *b, size_t n)
{
    const uint8_t head[4] = { tag, 0x82, (uint8_t)(n >> 8), (uint8_t)n };
    put(s, head, 1);
    if (n > 0xFF)
        put(s, head + 1, 3);
    else if (n > 0x7F)
        put(s, (const uint8_t[]){ 0x81, (uint8_t)n }, 2);
    else
        put(s, head + 3, 1);
    put(s, b, n);
}

// The object at *at: its tag, and its value in *value; *at goes behind it.
static int take(const uint8_t **at, const uint8_t *end, const uint8_t **value, size_t *n)
{
    const uint8_t *b = *at;
    if (end - b < 2)
        return -1;
    int tag = *b++;
    *n = *b++;
    if (*n > 0x80) {
        int more = (int)*n & 0x7F;
        for (*n = 0; more > 0 && b < end; more--)
            *n = *n << 8 | *b++;
    }
    if (*n > (size_t)(end - b))
        return -1;
    *value = b;
    *at = b + *n;
    return tag;
}

static const uint8_t *find(const uint8_t *b, size_t n, int tag, size_t *found)
{
    const uint8_t *end = b + n, *value;
    for (int t; (t = take(&b, end, &value, found)) >= 0;) {
        if (t == tag)
            return value;
    }
    return NULL;
}

// ---- the way to the card ----
static void bytes_read(uint8_t *b, size_t n)
{
    for (ssize_t got; n > 0; b += got, n -= (size_t)got) {
        if ((got = read(from_card, b, n)) <= 0)
            fail("the card is gone");
    }
}

static void frame_write(const uint8_t *b, size_t n)
{
    const uint8_t head[2] = { (uint8_t)(n >> 8), (uint8_t)n };
    if (write(to_card, head, 2) != 2 || write(to_card, b, n) != (ssize_t)n)
        fail("the card is gone");
}

// Short commands where they will do, extended ones else; gives the status word.
static unsigned command(const uint8_t header[4], const struct span *data, bool le,
                        struct span *answer)
{
    static struct span frame;
    uint8_t head[2];
    frame.n = 0;
    put(&frame, header, 4);
    if (data->n > 255)
        put(&frame, (const uint8_t[]){ 0, (uint8_t)(data->n >> 8), (uint8_t)data->n }, 3);
    else if (data->n > 0)
        put(&frame, (const uint8_t[]){ (uint8_t)data->n }, 1);
    put(&frame, data->b, data->n);
    if (le)
        put(&frame, "\0\0", data->n > 255 ? 2 : 1);
    frame_write(frame.b, frame.n);
    bytes_read(head, 2);
    answer->n = (size_t)head[0] << 8 | head[1];
    bytes_read(answer->b, answer->n);
    if (answer->n < 2)
        fail("no status word");
    answer->n -= 2;
    return (unsigned)answer->b[answer->n] << 8 | answer->b[answer->n + 1];
}

static void card_start(const char *emulator, const char *folder)
{
    int to[2], from[2];
    if (pipe(to) != 0 || pipe(from) != 0)
        fail("pipe");
    if (fork() == 0) {
        dup2(to[0], 0);
        dup2(from[1], 1);
        close(to[1]);
        close(from[0]);
        execl(emulator, emulator, "--stdio", folder, (char *)NULL);
        _exit(127);
    }
    close(to[0]);
    close(from[1]);
    to_card = to[1];
    from_card = from[0];
    frame_write((const uint8_t *)"\1", 1);
}

// ---- secure messaging, with libeac's ciphers and counter ----
static BUF_MEM *mem_of(const uint8_t *b, size_t n)
{
    BUF_MEM *m = BUF_MEM_new();
    if (m == NULL || BUF_MEM_grow(m, n) != n)
        fail("memory");
    memcpy(m->data, b, n);
    return m;
}

static void mac_put(const EAC_CTX *ctx, const struct span *over, struct span *out)
{
    BUF_MEM *plain = mem_of(over->b, over->n), *padded = EAC_add_iso_pad(ctx, plain);
    BUF_MEM *mac = padded != NULL ? EAC_authenticate(ctx, padded) : NULL;
    if (mac == NULL)
        fail("EAC_authenticate");
    put_tlv(out, 0x8E, mac->data, mac->length);
    BUF_MEM_free(plain);
    BUF_MEM_free(padded);
    BUF_MEM_free(mac);
}

static void encrypted_put(const EAC_CTX *ctx, const struct span *data, struct span *out)
{
    static struct span value;
    BUF_MEM *plain = mem_of(data->b, data->n), *padded = EAC_add_iso_pad(ctx, plain);
    BUF_MEM *sealed = padded != NULL ? EAC_encrypt(ctx, padded) : NULL;
    if (sealed == NULL)
        fail("EAC_encrypt");
    value.n = 0;
    put(&value, "\1", 1);
    put(&value, sealed->data, sealed->length);
    put_tlv(out, 0x87, value.b, value.n);
    BUF_MEM_free(plain);
    BUF_MEM_free(padded);
    BUF_MEM_free(sealed);
}

static void answer_open(EAC_CTX *ctx, const struct span *sealed, struct span *answer)
{
    static struct span covered, expected;
    size_t n, n_mac;
    const uint8_t *mac = find(sealed->b, sealed->n, 0x8E, &n_mac);
    EAC_increment_ssc(ctx);
    covered.n = expected.n = answer->n = 0;
    if (mac == NULL || n_mac != 8)
        fail("an answer without checksum");
    put(&covered, sealed->b, (size_t)(mac - sealed->b) - 2);
    mac_put(ctx, &covered, &expected);
    if (memcmp(expected.b + 2, mac, 8) != 0)
        fail("an answer's checksum is wrong");
    const uint8_t *data = find(sealed->b, sealed->n, 0x87, &n);
    if (data == NULL)
        return;
    BUF_MEM *in = mem_of(data + 1, n - 1), *padded = EAC_decrypt(ctx, in);
    BUF_MEM *plain = padded != NULL ? EAC_remove_iso_pad(padded) : NULL;
    if (plain == NULL)
        fail("EAC_decrypt");
    put(answer, plain->data, plain->length);
    BUF_MEM_free(in);
    BUF_MEM_free(padded);
    BUF_MEM_free(plain);
}

static unsigned protected_command(EAC_CTX *ctx, const uint8_t plain[4], const struct span *data,
                                  uint8_t le, struct span *answer)
{
    static struct span objects, covered, sealed;
    const uint8_t header[4] = { plain[0] | 0x0C, plain[1], plain[2], plain[3] };
    BUF_MEM *head = mem_of(header, 4), *padded;
    EAC_increment_ssc(ctx);
    objects.n = covered.n = 0;
    if (data->n > 0)
        encrypted_put(ctx, data, &objects);
    if (le != 0)
        put_tlv(&objects, 0x97, &le, 1);
    padded = EAC_add_iso_pad(ctx, head);
    put(&covered, padded->data, padded->length);
    put(&covered, objects.b, objects.n);
    mac_put(ctx, &covered, &objects);
    BUF_MEM_free(head);
    BUF_MEM_free(padded);
    unsigned sw = command(header, &objects, true, &sealed);
    if (sealed.n > 0)
        answer_open(ctx, &sealed, answer);
    return sw;
}

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
    BUF_MEM_free(theirs);
    BUF_MEM_free(mine);
    EVP_PKEY_free(chip.key);
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
    EAC_CTX_clear_free(ctx);
    EAC_cleanup();
    close(to_card);
    return wait(NULL) > 0 ? 0 : 1;
}
