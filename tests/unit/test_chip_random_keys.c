// SPDX-License-Identifier: MIT
// PACE, Chip Authentication and the secure messaging after them, with random keys, many times: what
// is not filled up to its length shows in one run of 256. The card's side is the work of others:
// libeac (OpenPACE). CCCD_RUNS tells how often.
#include "chip/access.h"
#include "chip/genuine.h"
#include "chip/random.h"
#include "chip_random.h"
#include "tlv/tlv.h"

#include <openssl/evp.h>
#include <openssl/rand.h>

#if __has_include(<eac/pace.h>)
#include <eac/ca.h>
#include <eac/eac.h>
#include <eac/pace.h>
#define WITH_EAC 1
#else
#define WITH_EAC 0
#endif

#if WITH_EAC

// ---- PACE and Chip Authentication ----

struct eac_card {
    EAC_CTX *ctx;
    PACE_SEC *secret;
    BUF_MEM *pcd_key;
    bool session;
    const EVP_MD *md; // of the key derivation
    uint8_t content[CONTENT_MAX];
    size_t content_length;
};

static BUF_MEM *mem_of(struct str s)
{
    BUF_MEM *m = BUF_MEM_new();

    assert_int_equal(BUF_MEM_grow(m, s.n), s.n);
    if (s.n > 0)
        memcpy(m->data, s.p, s.n);
    return m;
}

static struct str str_of_mem(const BUF_MEM *m)
{
    assert_non_null(m);
    return (struct str){ m->data, m->length };
}

static void put_dynamic(struct bytes *out, uint32_t tag, BUF_MEM *value)
{
    struct bytes object = { 0 };

    tlv_put(&object, tag, str_of_mem(value));
    tlv_put(out, 0x7C, bytes_str(&object));
    bytes_free(&object);
    BUF_MEM_free(value);
}

static void eac_map(struct eac_card *card, struct str value, struct bytes *out)
{
    BUF_MEM *ours = PACE_STEP3A_generate_mapping_data(card->ctx), *theirs = mem_of(value);

    assert_int_equal(PACE_STEP3A_map_generator(card->ctx, theirs), 1);
    BUF_MEM_free(theirs);
    put_dynamic(out, 0x82, ours);
}

static void eac_agree(struct eac_card *card, struct str value, struct bytes *out)
{
    BUF_MEM *ours = PACE_STEP3B_generate_ephemeral_key(card->ctx);

    card->pcd_key = mem_of(value);
    assert_int_equal(PACE_STEP3B_compute_shared_secret(card->ctx, card->pcd_key), 1);
    assert_int_equal(PACE_STEP3C_derive_keys(card->ctx), 1);
    put_dynamic(out, 0x84, ours);
}

static void eac_tokens(struct eac_card *card, struct str value, struct bytes *out)
{
    BUF_MEM *theirs = mem_of(value);

    assert_int_equal(PACE_STEP3D_verify_authentication_token(card->ctx, theirs), 1);
    put_dynamic(out, 0x86, PACE_STEP3D_compute_authentication_token(card->ctx, card->pcd_key));
    assert_int_equal(EAC_CTX_set_encryption_ctx(card->ctx, EAC_ID_PACE), 1);
    card->session = true;
    BUF_MEM_free(theirs);
}

// 9303-11, 9.7.1 once more.
static BUF_MEM *derive(const struct eac_card *card, const BUF_MEM *secret, uint8_t use, size_t n)
{
    const uint8_t counter[] = { 0, 0, 0, use };
    uint8_t hash[EVP_MAX_MD_SIZE];
    EVP_MD_CTX *md = EVP_MD_CTX_new();

    EVP_DigestInit_ex(md, card->md, NULL);
    EVP_DigestUpdate(md, secret->data, secret->length);
    EVP_DigestUpdate(md, counter, sizeof counter);
    EVP_DigestFinal_ex(md, hash, NULL);
    EVP_MD_CTX_free(md);
    return mem_of((struct str){ (const char *)hash, n });
}

static void eac_chip_auth(struct eac_card *card, struct str value)
{
    KA_CTX *ka = card->ctx->ca_ctx->ka_ctx;
    BUF_MEM *theirs = mem_of(value);

    assert_int_equal(CA_STEP4_compute_shared_secret(card->ctx, theirs), 1);
    BUF_MEM_free(ka->k_enc);
    BUF_MEM_free(ka->k_mac);
    ka->k_enc = derive(card, ka->shared_secret, 1, (size_t)ka->enc_keylen);
    ka->k_mac = derive(card, ka->shared_secret, 2, (size_t)ka->enc_keylen);
    BUF_MEM_free(theirs);
}

static void eac_general(struct eac_card *card, struct str data, struct bytes *out)
{
    struct tlv outer, inner = { 0 };

    assert_true(tlv_find(data, 0x7C, &outer));
    if (outer.value.n == 0) {
        put_dynamic(out, 0x80, PACE_STEP1_enc_nonce(card->ctx, card->secret));
        return;
    }
    struct tlv_reader r = tlv_inside(&outer);
    assert_true(tlv_next(&r, &inner) && tlv_end(&r));
    switch (inner.tag) {
    case 0x80:
        eac_chip_auth(card, inner.value);
        tlv_put(out, 0x7C, STR(""));
        break;
    case 0x81:
        eac_map(card, inner.value, out);
        break;
    case 0x83:
        eac_agree(card, inner.value, out);
        break;
    case 0x85:
        eac_tokens(card, inner.value, out);
        break;
    default:
        fail();
    }
}

static struct bytes eac_padded(const struct eac_card *card, struct str s)
{
    BUF_MEM *in = mem_of(s), *padded = EAC_add_iso_pad(card->ctx, in);
    struct bytes out = { 0 };

    bytes_put_str(&out, str_of_mem(padded));
    BUF_MEM_free(in);
    BUF_MEM_free(padded);
    return out;
}

static void eac_mac(struct eac_card *card, struct str message, struct bytes *out)
{
    struct bytes padded = eac_padded(card, message);
    BUF_MEM *in = mem_of(bytes_str(&padded)), *mac = EAC_authenticate(card->ctx, in);

    bytes_put_str(out, str_head(str_of_mem(mac), 8));
    BUF_MEM_free(in);
    BUF_MEM_free(mac);
    bytes_free(&padded);
}

static void eac_check_mac(struct eac_card *card, const struct apdu *a)
{
    const uint8_t header[] = { a->cla, a->ins, a->p1, a->p2 };
    struct bytes covered = eac_padded(card, (struct str){ (const char *)header, 4 }), mac = { 0 };
    struct tlv object;

    bytes_put(&covered, a->data.p, a->data.n - 10);
    eac_mac(card, bytes_str(&covered), &mac);
    assert_true(tlv_find(a->data, 0x8E, &object));
    assert_true(str_eq(object.value, bytes_str(&mac)));
    bytes_free(&covered);
    bytes_free(&mac);
}

static struct bytes eac_decrypt(struct eac_card *card, struct str data)
{
    struct bytes out = { 0 };
    struct tlv object;

    if (!tlv_find(data, 0x87, &object))
        return out;
    assert_int_equal(object.value.p[0], 1);
    BUF_MEM *in = mem_of(str_from(object.value, 1)), *padded = EAC_decrypt(card->ctx, in);
    BUF_MEM *plain = EAC_remove_iso_pad(padded);
    bytes_put_str(&out, str_of_mem(plain));
    BUF_MEM_free(in);
    BUF_MEM_free(padded);
    BUF_MEM_free(plain);
    return out;
}

static void eac_put_encrypted(struct eac_card *card, struct str plain, struct bytes *out)
{
    struct bytes padded = eac_padded(card, plain), value = { 0 };
    BUF_MEM *in = mem_of(bytes_str(&padded)), *encrypted = EAC_encrypt(card->ctx, in);

    bytes_put_char(&value, 1);
    bytes_put_str(&value, str_of_mem(encrypted));
    tlv_put(out, 0x87, bytes_str(&value));
    BUF_MEM_free(in);
    BUF_MEM_free(encrypted);
    bytes_free(&padded);
    bytes_free(&value);
}

static void eac_answer(struct eac_card *card, struct apdu a, struct bytes *out)
{
    if (a.ins == 0x86)
        eac_general(card, a.data, out);
    else if (a.ins == 0xB0)
        bytes_put(out, card->content, card->content_length);
}

static void eac_protected(struct eac_card *card, struct apdu a, struct bytes *answer)
{
    struct bytes plain = { 0 }, data, mac = { 0 };

    EAC_increment_ssc(card->ctx);
    eac_check_mac(card, &a);
    data = eac_decrypt(card, a.data);
    bool new_keys = a.ins == 0x86;
    a.data = bytes_str(&data);
    eac_answer(card, a, &plain);
    EAC_increment_ssc(card->ctx);
    if (plain.n > 0)
        eac_put_encrypted(card, bytes_str(&plain), answer);
    tlv_put(answer, 0x99, STR("\x90\x00"));
    eac_mac(card, bytes_str(answer), &mac);
    tlv_put(answer, 0x8E, bytes_str(&mac));
    if (new_keys)
        assert_int_equal(EAC_CTX_set_encryption_ctx(card->ctx, EAC_ID_CA), 1);
    bytes_free(&plain);
    bytes_free(&data);
    bytes_free(&mac);
}

static struct chip_error eac_transmit(void *ctx, struct str command, struct bytes *answer)
{
    struct eac_card *card = ctx;
    struct apdu a = parse(command);

    if (card->session)
        eac_protected(card, a, answer);
    else
        eac_answer(card, a, answer);
    put_sw(answer, 0x9000);
    return chip_ok();
}

static const struct card_ops eac_ops = { eac_transmit, NULL, NULL };

struct protocol {
    int *nid;
    const char *oid;
    enum security_cipher cipher;
    int *ca_nid;
    const char *ca_oid;
};

static const struct protocol protocols[] = {
    { &NID_id_PACE_ECDH_GM_AES_CBC_CMAC_128, "04007F00070202040202", CIPHER_AES_128,
      &NID_id_CA_ECDH_AES_CBC_CMAC_128, "04007F00070202030202" },
    { &NID_id_PACE_ECDH_GM_AES_CBC_CMAC_192, "04007F00070202040203", CIPHER_AES_192,
      &NID_id_CA_ECDH_AES_CBC_CMAC_192, "04007F00070202030203" },
    { &NID_id_PACE_ECDH_GM_AES_CBC_CMAC_256, "04007F00070202040204", CIPHER_AES_256,
      &NID_id_CA_ECDH_AES_CBC_CMAC_256, "04007F00070202030204" },
};

static void chip_auth_once(struct channel *c, struct eac_card *card, const struct protocol *p,
                           uint32_t domain)
{
    struct bytes oid = hex(p->ca_oid), spki = { 0 }, bits = { 0 }, inside = { 0 };
    struct bytes algorithm = hex("30 0C 06 07 04007F00070102 02 01");
    struct security_infos dg14 = { .n = 2 };
    struct proof proof;

    assert_int_equal(EAC_CTX_init_ca(card->ctx, *p->ca_nid, (int)domain), 1);
    KA_CTX *ka = card->ctx->ca_ctx->ka_ctx;
    BUF_MEM *key = ka->generate_key(ka->key, card->ctx->bn_ctx);
    bytes_put_char(&algorithm, (char)domain);
    bytes_put_char(&bits, 0);
    bytes_put_str(&bits, str_of_mem(key));
    bytes_put_str(&inside, bytes_str(&algorithm));
    tlv_put(&inside, 0x03, bytes_str(&bits));
    tlv_put(&spki, 0x30, bytes_str(&inside));
    dg14.at[0] = (struct security_info){ .kind = SECURITY_CA,
                                         .oid = bytes_str(&oid),
                                         .agreement = AGREEMENT_ECDH,
                                         .cipher = p->cipher,
                                         .version = 1 };
    dg14.at[1] = (struct security_info){ .kind = SECURITY_CA_KEY,
                                         .agreement = AGREEMENT_ECDH,
                                         .public_key = bytes_str(&spki) };
    expect_ok(chip_auth_run(c, &dg14, &proof));
    assert_true(proof.holds);
    proof_free(&proof);
    BUF_MEM_free(key);
    bytes_free(&oid);
    bytes_free(&spki);
    bytes_free(&bits);
    bytes_free(&inside);
    bytes_free(&algorithm);
}

static void eac_once(const struct protocol *p, uint32_t domain)
{
    const struct access_key key = { .kind = ACCESS_CAN, .can = "000001" };
    struct eac_card card = { .ctx = EAC_CTX_new(),
                             .secret = PACE_SEC_new("000001", 6, PACE_CAN),
                             .md = p->cipher == CIPHER_AES_128 ? EVP_sha1() : EVP_sha256() };
    struct card seam = { .ops = &eac_ops, .ctx = &card };
    struct channel c = { .card = &seam };
    struct bytes oid = hex(p->oid);
    const struct security_info info = { .kind = SECURITY_PACE,
                                        .oid = bytes_str(&oid),
                                        .agreement = AGREEMENT_ECDH,
                                        .mapping = MAPPING_GENERIC,
                                        .cipher = p->cipher,
                                        .version = 2,
                                        .has_id = true,
                                        .id = domain };
    struct access_outcome outcome;

    assert_int_equal(EAC_CTX_init_pace(card.ctx, *p->nid, (int)domain), 1);
    RAND_bytes(card.content, sizeof card.content);
    card.content_length = 1 + card.content[0] % CONTENT_MAX;
    expect_ok(pace_run(&c, &info, &key, &outcome));
    expect_content(&c, card.content, card.content_length);
    chip_auth_once(&c, &card, p, domain);
    expect_content(&c, card.content, card.content_length);
    channel_end_session(&c);
    bytes_free(&oid);
    BUF_MEM_free(card.pcd_key);
    PACE_SEC_clear_free(card.secret);
    EAC_CTX_clear_free(card.ctx);
}

static void pace_and_chip_auth(void **state)
{
    (void)state;
    for (int i = 0; i < runs(); i++)
        eac_once(&protocols[0], 13);
}

static void every_domain_and_cipher(void **state)
{
    (void)state;
    for (size_t p = 0; p < sizeof protocols / sizeof *protocols; p++)
        for (uint32_t domain = 8; domain <= 18; domain++)
            eac_once(&protocols[p], domain);
}

// Once: it makes object identifiers, which cannot be made again.
static int begin_eac(void **state)
{
    (void)state;
    EAC_init();
    return 0;
}

static int end_eac(void **state)
{
    (void)state;
    EAC_cleanup();
    return 0;
}

#else

static void without_eac(void **state)
{
    (void)state;
    fprintf(stderr, "skipped: libeac was not there when this was built (Debian: libeac-dev)\n");
    skip();
}

#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
#if WITH_EAC
        cmocka_unit_test(pace_and_chip_auth),
        cmocka_unit_test(every_domain_and_cipher),
#else
        cmocka_unit_test(without_eac),
#endif
    };
#if WITH_EAC
    return cmocka_run_group_tests(tests, begin_eac, end_eac);
#else
    return cmocka_run_group_tests(tests, NULL, NULL);
#endif
}
