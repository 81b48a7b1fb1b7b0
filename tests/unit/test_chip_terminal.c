// SPDX-License-Identifier: MIT
// Terminal Authentication: BSI's worked examples, the way through chains of certificates, and with
// random keys, many times, signatures that libeac (OpenPACE) and OpenSSL find right. CCCD_RUNS
// tells how often.
#include "chip/agree.h"
#include "chip/terminal_auth.h"

#include "chip_script.h"
#include "ta_examples.h"

#include <stdlib.h>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>

#if __has_include(<eac/ta.h>)
#include <eac/eac.h>
#include <eac/ta.h>
#define WITH_EAC 1
#else
#define WITH_EAC 0
#endif

enum { RUNS = 100 };

static int runs(void)
{
    const char *text = getenv("CCCD_RUNS");
    long n = text != NULL ? strtol(text, NULL, 10) : 0;
    return n > 0 && n < 10000000 ? (int)n : RUNS;
}

// ---- certificates put together by hand ----

#define ID_TA "\x04\x00\x7F\x00\x07\x02\x02\x02"

static void put_key(struct bytes *out, struct str oid, EVP_PKEY *key)
{
    struct bytes inside = { 0 }, number = { 0 };
    BIGNUM *n = NULL, *e = NULL;

    tlv_put(&inside, 0x06, oid);
    if (EVP_PKEY_is_a(key, "RSA")) {
        assert_int_equal(EVP_PKEY_get_bn_param(key, "n", &n), 1);
        assert_int_equal(EVP_PKEY_get_bn_param(key, "e", &e), 1);
        assert_true(bytes_reserve(&number, 1024));
        number.n = (size_t)BN_bn2bin(n, (unsigned char *)number.p);
        tlv_put(&inside, 0x81, bytes_str(&number));
        number.n = (size_t)BN_bn2bin(e, (unsigned char *)number.p);
        tlv_put(&inside, 0x82, bytes_str(&number));
    } else {
        unsigned char *point;
        size_t length = EVP_PKEY_get1_encoded_public_key(key, &point);
        assert_true(length > 0);
        tlv_put(&inside, 0x86, (struct str){ (char *)point, length });
        OPENSSL_free(point);
    }
    tlv_put(out, 0x7F49, bytes_str(&inside));
    bytes_free(&inside);
    bytes_free(&number);
    BN_free(n);
    BN_free(e);
}

// Nobody here looks at its signature.
static struct bytes certificate(const char *authority, const char *holder, uint8_t template,
                                struct str oid, EVP_PKEY *key)
{
    struct bytes body = { 0 }, chat = { 0 }, content = { 0 }, whole = { 0 };

    tlv_put(&body, 0x5F29, (struct str){ "", 1 });
    tlv_put(&body, 0x42, str_of(authority));
    put_key(&body, oid, key);
    tlv_put(&body, 0x5F20, str_of(holder));
    tlv_put(&chat, 0x06, STR("\x04\x00\x7F\x00\x07\x03\x01\x02\x01"));
    tlv_put(&chat, 0x53, (struct str){ (char *)&template, 1 });
    tlv_put(&body, 0x7F4C, bytes_str(&chat));
    tlv_put(&body, 0x5F25, (struct str){ "\2\6\0\1\0\1", 6 });
    tlv_put(&body, 0x5F24, (struct str){ "\3\0\0\1\0\1", 6 });
    tlv_put(&content, 0x7F4E, bytes_str(&body));
    tlv_put(&content, 0x5F37, STR("signature"));
    tlv_put(&whole, 0x7F21, bytes_str(&content));
    bytes_free(&body);
    bytes_free(&chat);
    bytes_free(&content);
    return whole;
}

static void add(struct terminal *t, struct bytes file)
{
    assert_int_equal(terminal_add(t, bytes_str(&file)), TERMINAL_FINE);
    bytes_free(&file);
}

static struct bytes der_of(EVP_PKEY *key)
{
    unsigned char *der = NULL;
    struct bytes out = { 0 };
    int n = i2d_PrivateKey(key, &der);

    assert_true(n > 0);
    bytes_put(&out, der, (size_t)n);
    OPENSSL_clear_free(der, (size_t)n);
    return out;
}

static struct terminal *terminal_of(EVP_PKEY *key)
{
    struct terminal *t = terminal_new();
    struct bytes der = der_of(key);

    assert_non_null(t);
    assert_int_equal(terminal_set_key(t, bytes_str(&der)), TERMINAL_FINE);
    bytes_free(&der);
    return t;
}

static EVP_PKEY *curve_key(const char *curve)
{
    EVP_PKEY *key = EVP_EC_gen(curve);
    assert_non_null(key);
    return key;
}

// ---- BSI's worked examples ----

static struct terminal *bsi_terminal(const char *const files[3], const char *key)
{
    struct terminal *t = terminal_new();
    struct bytes all = { 0 }, der = hex(key);

    for (int i = 0; i < 3; i++) {
        struct bytes file = hex(files[i]);
        bytes_put_str(&all, bytes_str(&file));
        bytes_free(&file);
    }
    add(t, all);
    assert_int_equal(terminal_set_key(t, bytes_str(&der)), TERMINAL_FINE);
    assert_int_equal(terminal_settle(t), TERMINAL_FINE);
    bytes_free(&der);
    return t;
}

static struct bytes compressed(enum security_agreement kind, const char *element)
{
    struct bytes whole = hex(element), out = { 0 };

    assert_true(agree_compress(kind, bytes_str(&whole), &out));
    bytes_free(&whole);
    return out;
}

static bool verify(EVP_PKEY *key, const char *hash, int padding, struct str message,
                   struct str signature)
{
    EVP_MD_CTX *md = EVP_MD_CTX_new();
    EVP_PKEY_CTX *ctx;
    uint8_t der[256], *end = der;
    struct str given = signature;

    assert_int_equal(EVP_DigestVerifyInit_ex(md, &ctx, hash, NULL, NULL, key, NULL), 1);
    if (EVP_PKEY_is_a(key, "EC")) {
        const unsigned char *p = (const unsigned char *)signature.p;
        ECDSA_SIG *s = ECDSA_SIG_new();
        int half = (int)signature.n / 2;
        assert_int_equal(
            ECDSA_SIG_set0(s, BN_bin2bn(p, half, NULL), BN_bin2bn(p + half, half, NULL)), 1);
        given = (struct str){ (char *)der, (size_t)i2d_ECDSA_SIG(s, &end) };
        ECDSA_SIG_free(s);
    } else {
        assert_int_equal(EVP_PKEY_CTX_set_rsa_padding(ctx, padding), 1);
        if (padding == RSA_PKCS1_PSS_PADDING)
            EVP_PKEY_CTX_set_rsa_pss_saltlen(ctx, RSA_PSS_SALTLEN_DIGEST);
    }
    bool ok = EVP_DigestVerify(md, (const unsigned char *)given.p, given.n,
                               (const unsigned char *)message.p, message.n) == 1;
    EVP_MD_CTX_free(md);
    return ok;
}

// The signature of the example is over what is put together here.
static void bsi_signed_data(void **state)
{
    (void)state;
    struct bytes id = compressed(AGREEMENT_ECDH, bsi_ec_chip), nonce = hex(bsi_ec_nonce);
    struct bytes ours = compressed(AGREEMENT_ECDH, bsi_ec_ca), der = hex(bsi_ec_key);
    struct bytes signature = hex(bsi_ec_signature);
    const unsigned char *at = (const unsigned char *)der.p;
    EVP_PKEY *key = d2i_AutoPrivateKey(NULL, &at, (long)der.n);

    assert_non_null(key);
    bytes_put_str(&id, bytes_str(&nonce));
    bytes_put_str(&id, bytes_str(&ours));
    assert_true(verify(key, "SHA512", 0, bytes_str(&id), bytes_str(&signature)));
    id.p[0] ^= 1;
    assert_false(verify(key, "SHA512", 0, bytes_str(&id), bytes_str(&signature)));
    EVP_PKEY_free(key);
    bytes_free(&id);
    bytes_free(&nonce);
    bytes_free(&ours);
    bytes_free(&der);
    bytes_free(&signature);
}

static void bsi_elliptic_key(void **state)
{
    (void)state;
    const char *const files[] = { bsi_ec_cvca, bsi_ec_dv, bsi_ec_terminal };
    const struct cv_certificate *path[TERMINAL_CERTIFICATES_MAX];
    struct terminal *t = bsi_terminal(files, bsi_ec_key);
    struct cv_trust_points points = { { STR("DECVCAAT00001") }, 1 };
    struct bytes signature = { 0 };

    assert_int_equal(terminal_path(t, &points, path), 2);
    assert_true(str_eq(path[0]->holder, STR("DETESTDVDE019")));
    assert_true(str_eq(path[1]->holder, STR("DETESTATDE019")));
    assert_int_equal(terminal_rights(path, 2), 0); // another kind of terminal
    assert_true(terminal_sign(t, STR("message"), &signature));
    assert_int_equal(signature.n, 128);
    bytes_free(&signature);
    terminal_free(&t);
}

// ---- the card's side ----

struct fake {
    const char *expected[32]; // header and data in hexadecimal; NULL: the end
    const char *answer[32];
    size_t n;
    struct bytes last; // the last command
};

static struct chip_error fake_transmit(void *ctx, struct str command, struct bytes *answer)
{
    struct fake *f = ctx;
    assert_true(f->n < 32);
    bytes_free(&f->last);
    bytes_put_str(&f->last, command);
    if (f->expected[f->n] != NULL)
        expect_hex(command, f->expected[f->n]);
    struct bytes given = hex(f->answer[f->n] != NULL ? f->answer[f->n] : "9000");
    bytes_put_str(answer, bytes_str(&given));
    bytes_free(&given);
    f->n++;
    return chip_ok();
}

static const struct card_ops fake_ops = { fake_transmit, NULL, NULL };

// longest: of the reader's commands; 0: untold.
static struct chip_error run_on(struct fake *f, uint32_t longest, bool extended, struct terminal *t,
                                struct str id, struct str key, struct proof *proof)
{
    static const struct security_infos none;
    struct card card = { .ops = &fake_ops, .ctx = f, .longest = longest };
    struct channel c = { .card = &card, .extended = extended };
    struct terminal_auth auth = { .terminal = t, .dg14 = &none, .chip_id = id, .key = key };

    f->n = 0;
    struct chip_error error = terminal_auth_run(&c, &auth, proof);
    assert_true(error.code == CHIP_OK || auth.rights == 0);
    return error;
}

static struct chip_error run_with(struct fake *f, bool extended, struct terminal *t, struct str id,
                                  struct str key, struct proof *proof)
{
    return run_on(f, 0, extended, t, id, key, proof);
}

// RSA v1.5 gives the same signature each time: so every command is known.
static void bsi_command_by_command(void **state)
{
    (void)state;
    const char *const files[] = { bsi_dh_cvca, bsi_dh_dv, bsi_dh_terminal };
    struct terminal *t = bsi_terminal(files, bsi_dh_key);
    struct bytes id = compressed(AGREEMENT_DH, bsi_dh_chip);
    struct bytes key = compressed(AGREEMENT_DH, bsi_dh_ca);
    static char verify_dv[2000], verify_terminal[2000], sign[400], challenge[40];
    struct proof proof;
    struct fake f = { .expected = { "00B09C0024", "002281B6 11 830F 444554455354435643413030303033",
                                    verify_dv, "002281B6 0F 830D 44455445535444564445303139",
                                    verify_terminal, "002281A4 0F 830D 44455445535441544445303139",
                                    "0084000008", sign },
                      .answer = { "420F 444554455354435643413030303033 0000000000 9000", NULL, NULL,
                                  NULL, NULL, NULL, challenge } };
    // Of 7F21 82 LLLL the value.
    snprintf(verify_dv, sizeof verify_dv, "002A00BE00%04zX%s", strlen(bsi_dh_dv) / 2 - 5,
             bsi_dh_dv + 10);
    snprintf(verify_terminal, sizeof verify_terminal, "002A00BE00%04zX%s",
             strlen(bsi_dh_terminal) / 2 - 5, bsi_dh_terminal + 10);
    snprintf(sign, sizeof sign, "0082000080%s", bsi_dh_signature);
    snprintf(challenge, sizeof challenge, "%s9000", bsi_dh_nonce);
    struct chip_error error = run_with(&f, true, t, bytes_str(&id), bytes_str(&key), &proof);
    assert_int_equal(error.code, CHIP_OK);
    assert_int_equal(f.n, 8);
    assert_true(proof.holds);
    assert_string_equal(proof.algorithm, "id-TA-RSA-v1-5-SHA-1");
    expect_hex(proof_item(&proof, "signature"), bsi_dh_signature);
    expect_hex(proof_item(&proof, "challenge"), bsi_dh_nonce);
    proof_free(&proof);
    bytes_free(&f.last);
    bytes_free(&id);
    bytes_free(&key);
    terminal_free(&t);
}

static void refused_at_each_command(void **state)
{
    (void)state;
    const char *const files[] = { bsi_dh_cvca, bsi_dh_dv, bsi_dh_terminal };
    static const char cvca[] = "420F 444554455354435643413030303033 9000";
    static const struct {
        size_t at;
        const char *answer;
        enum chip_code code;
        const char *detail;
    } cases[] = {
        { 0, "6A82", CHIP_TA_IMPOSSIBLE, "" },
        { 0, "4203 414243 9000", CHIP_TA_NO_PATH, "ABC" },
        { 0, "4202 4142 4202 43C4 9000", CHIP_TA_NO_PATH, "AB CÄ" },
        { 0, "0000 9000", CHIP_FILE_MALFORMED, "" },
        { 1, "6A88", CHIP_TA_EXPIRED, "DETESTDVDE019" },
        { 2, "6988", CHIP_TA_EXPIRED, "DETESTDVDE019" }, // these of 2010 have expired
        { 4, "6300", CHIP_TA_EXPIRED, "DETESTATDE019" },
        { 5, "6A88", CHIP_TA_REFUSED, "DETESTATDE019" },
        { 6, "6985", CHIP_TA_REFUSED, "DETESTATDE019" },
        { 6, "00000000000000 9000", CHIP_ANSWER_SHORT, "" },
        { 6, "000000000000000000 9000", CHIP_ANSWER_SHORT, "" },
        { 7, "6300", CHIP_TA_REFUSED, "DETESTATDE019" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct terminal *t = bsi_terminal(files, bsi_dh_key);
        struct fake f = { .answer = { cvca, NULL, NULL, NULL, NULL, NULL,
                                      "0102030405060708 9000" } };
        struct proof proof;
        f.answer[cases[i].at] = cases[i].answer;
        if (i == 0)
            f.answer[1] = f.answer[2] = "6A82"; // by its other name neither
        struct chip_error error = run_with(&f, true, t, STR("id"), STR("key"), &proof);
        assert_int_equal(error.code, cases[i].code);
        assert_string_equal(proof.detail, cases[i].detail);
        assert_false(proof.holds);
        assert_int_equal(f.n, cases[i].at + 1 + (i == 0));
        proof_free(&proof);
        bytes_free(&f.last);
        terminal_free(&t);
    }
}

// A card that does not take the extended form after all.
static void chains_instead_of_long_commands(void **state)
{
    (void)state;
    const char *const files[] = { bsi_dh_cvca, bsi_dh_dv, bsi_dh_terminal };
    static const char cvca[] = "420F 444554455354435643413030303033 9000";

    // Without extended length, with it in vain, and with a reader that stands 300 bytes.
    for (int way = 0; way < 3; way++) {
        struct terminal *t = bsi_terminal(files, bsi_dh_key);
        struct fake f = { .answer = { cvca } };
        struct proof proof;
        size_t at = 2;
        if (way == 1)
            f.answer[at++] = "6700";
        char first[600], second[600];
        snprintf(first, sizeof first, "102A00BEDF%.446s", bsi_dh_dv + 10);
        snprintf(second, sizeof second, "002A00BE%02zX%s", (strlen(bsi_dh_dv) - 10) / 2 - 223,
                 bsi_dh_dv + 10 + 446);
        f.expected[at] = first;
        f.expected[at + 1] = second;
        f.answer[at + 2] = "6A88";
        struct chip_error error =
            run_on(&f, way == 2 ? 300 : 0, way > 0, t, STR("i"), STR("k"), &proof);
        assert_int_equal(error.code, CHIP_TA_EXPIRED);
        assert_int_equal(f.n, at + 3);
        proof_free(&proof);
        bytes_free(&f.last);
        terminal_free(&t);
    }
}

// ---- the way ----

static size_t path_of(struct terminal *t, const char *trusted, const char *expected)
{
    const struct cv_certificate *path[TERMINAL_CERTIFICATES_MAX];
    struct cv_trust_points points = { { str_of(trusted) }, 1 };
    struct bytes told = { 0 };
    size_t n = terminal_path(t, &points, path);

    for (size_t i = 0; i < n; i++) {
        bytes_put_str(&told, path[i]->holder);
        bytes_put_char(&told, ' ');
    }
    bytes_put_char(&told, '\0');
    assert_string_equal(told.p, expected);
    bytes_free(&told);
    return n;
}

static void ways_through_chains(void **state)
{
    (void)state;
    EVP_PKEY *own = curve_key("P-256"), *other = curve_key("P-256");
    struct terminal *t = terminal_of(own);
    struct str oid = STR(ID_TA "\x02\x03");

    // In no order: a link certificate, one that signs itself, a circle, a terminal that is not
    // ours.
    add(t, certificate("DV1", "IS1", 0x03, oid, own));
    add(t, certificate("CA2", "CA2", 0xC3, oid, other));
    add(t, certificate("X2", "X1", 0x83, oid, other));
    add(t, certificate("X1", "X2", 0x83, oid, other));
    add(t, certificate("CA2", "DV1", 0x81, oid, other));
    add(t, certificate("CA1", "CA2", 0xC3, oid, other));
    add(t, certificate("X1", "DV1", 0x83, oid, other));
    add(t, certificate("CA2", "IS2", 0x03, oid, other));
    assert_int_equal(terminal_settle(t), TERMINAL_FINE);
    path_of(t, "CA1", "CA2 DV1 IS1 ");
    path_of(t, "CA2", "DV1 IS1 ");
    path_of(t, "DV1", "IS1 ");
    path_of(t, "IS1", "");
    path_of(t, "CA", "");
    path_of(t, "", "");
    const struct cv_certificate *path[TERMINAL_CERTIFICATES_MAX];
    struct cv_trust_points points = { { STR("CA2") }, 1 };
    size_t n = terminal_path(t, &points, path);
    assert_int_equal(terminal_rights(path, n), CV_RIGHT_DG3);
    terminal_free(&t);
    EVP_PKEY_free(own);
    EVP_PKEY_free(other);
}

static void too_many_and_wrong_ones(void **state)
{
    (void)state;
    EVP_PKEY *own = curve_key("P-256"), *other = curve_key("P-256");
    struct terminal *t = terminal_of(own);
    struct str oid = STR(ID_TA "\x02\x03"), unknown = STR(ID_TA "\x02\x09");

    assert_int_equal(terminal_settle(t), TERMINAL_NO_CERTIFICATE);
    assert_int_equal(terminal_add(t, STR("")), TERMINAL_NO_CERTIFICATE);
    assert_int_equal(terminal_add(t, STR("text")), TERMINAL_NO_CERTIFICATE);
    assert_int_equal(terminal_add(t, STR("-----BEGIN X-----\nAAAA\n-----END X-----\n")),
                     TERMINAL_NO_CERTIFICATE);
    assert_int_equal(terminal_add(t, STR("-----BEGIN X-----\n")), TERMINAL_NO_CERTIFICATE);
    add(t, certificate("A", "B", 0x03, unknown, own));
    assert_int_equal(terminal_settle(t), TERMINAL_UNSUPPORTED);
    // An elliptic key under the name of RSA.
    struct bytes mixed = certificate("A", "C", 0x03, STR(ID_TA "\x01\x02"), own);
    assert_int_equal(terminal_add(t, bytes_str(&mixed)), TERMINAL_NO_CERTIFICATE);
    bytes_free(&mixed);
    terminal_free(&t);

    t = terminal_of(own);
    add(t, certificate("A", "B", 0x03, oid, other));
    assert_int_equal(terminal_settle(t), TERMINAL_OTHER_KEY);
    add(t, certificate("A", "B", 0x83, oid, own)); // of a document verifier
    assert_int_equal(terminal_settle(t), TERMINAL_OTHER_KEY);
    for (int i = 2; i < TERMINAL_CERTIFICATES_MAX; i++)
        add(t, certificate("A", "B", 0x03, oid, own));
    assert_int_equal(terminal_settle(t), TERMINAL_FINE);
    struct bytes more = certificate("A", "B", 0x03, oid, own);
    assert_int_equal(terminal_add(t, bytes_str(&more)), TERMINAL_TOO_MANY);
    bytes_free(&more);
    assert_int_equal(terminal_set_key(t, STR("")), TERMINAL_NO_KEY);
    assert_int_equal(terminal_set_key(t, STR("-----BEGIN PRIVATE KEY-----\n")), TERMINAL_NO_KEY);
    assert_int_equal(terminal_settle(t), TERMINAL_NO_KEY);
    terminal_free(&t);
    terminal_free(&t);
    EVP_PKEY_free(own);
    EVP_PKEY_free(other);
}

// ---- random keys ----

struct algorithm {
    struct str oid;
    const char *hash, *name;
    int padding; // of RSA; 0: elliptic
};

static const struct algorithm algorithms[] = {
    { STR(ID_TA "\x01\x01"), "SHA1", "id-TA-RSA-v1-5-SHA-1", RSA_PKCS1_PADDING },
    { STR(ID_TA "\x01\x02"), "SHA256", "id-TA-RSA-v1-5-SHA-256", RSA_PKCS1_PADDING },
    { STR(ID_TA "\x01\x03"), "SHA1", "id-TA-RSA-PSS-SHA-1", RSA_PKCS1_PSS_PADDING },
    { STR(ID_TA "\x01\x04"), "SHA256", "id-TA-RSA-PSS-SHA-256", RSA_PKCS1_PSS_PADDING },
    { STR(ID_TA "\x01\x05"), "SHA512", "id-TA-RSA-v1-5-SHA-512", RSA_PKCS1_PADDING },
    { STR(ID_TA "\x01\x06"), "SHA512", "id-TA-RSA-PSS-SHA-512", RSA_PKCS1_PSS_PADDING },
    { STR(ID_TA "\x02\x01"), "SHA1", "id-TA-ECDSA-SHA-1", 0 },
    { STR(ID_TA "\x02\x02"), "SHA224", "id-TA-ECDSA-SHA-224", 0 },
    { STR(ID_TA "\x02\x03"), "SHA256", "id-TA-ECDSA-SHA-256", 0 },
    { STR(ID_TA "\x02\x04"), "SHA384", "id-TA-ECDSA-SHA-384", 0 },
    { STR(ID_TA "\x02\x05"), "SHA512", "id-TA-ECDSA-SHA-512", 0 },
};

#if WITH_EAC
static BUF_MEM *mem_of(struct str s)
{
    BUF_MEM *m = BUF_MEM_new();

    assert_int_equal(BUF_MEM_grow(m, s.n), s.n);
    memcpy(m->data, s.p, s.n);
    return m;
}

// The card's last step in libeac's words.
static void verify_by_eac(const struct algorithm *a, EVP_PKEY *key, struct str id, struct str nonce,
                          struct str ours, struct str signature)
{
    EAC_CTX *eac = EAC_CTX_new();
    BUF_MEM *m_id = mem_of(id), *m_nonce = mem_of(nonce), *m_ours = mem_of(ours);
    BUF_MEM *m_signature = mem_of(signature);
    char number[64];

    snprintf(number, sizeof number, "0.4.0.127.0.7.2.2.2.%d.%d", a->oid.p[8], a->oid.p[9]);
    eac->ta_ctx->protocol = OBJ_txt2nid(number);
    eac->ta_ctx->pub_key = EVP_PKEY_dup(key);
    assert_int_not_equal(eac->ta_ctx->protocol, NID_undef);
    assert_int_equal(TA_STEP4_set_nonce(eac, m_nonce), 1);
    assert_int_equal(TA_STEP6_verify(eac, m_ours, m_id, NULL, m_signature), 1);
    m_id->data[0] ^= 1;
    assert_int_not_equal(TA_STEP6_verify(eac, m_ours, m_id, NULL, m_signature), 1);
    BUF_MEM_free(m_id);
    BUF_MEM_free(m_nonce);
    BUF_MEM_free(m_ours);
    BUF_MEM_free(m_signature);
    EAC_CTX_clear_free(eac);
}
#endif

static struct str command_data(struct str c)
{
    const uint8_t *p = (const uint8_t *)c.p;
    return p[4] == 0 && c.n > 7 ? str_from(c, 7) : str_from(c, 5);
}

// The whole protocol with a card that only listens. How many bytes of zero the signature's halves
// begin with is counted: without them a run of so many proves nothing of the padding.
static void once(const struct algorithm *a, EVP_PKEY *key, int *zeros)
{
    struct terminal *t = terminal_of(key);
    uint8_t random[40];
    char challenge[40];
    struct proof proof;
    struct bytes message = { 0 };

    RAND_bytes(random, sizeof random);
    struct str id = { (char *)random, 16 }, nonce = { (char *)random + 16, 8 };
    struct str ours = { (char *)random + 24, 16 };
    for (int i = 0; i < 8; i++)
        snprintf(challenge + 2 * i, 7, "%02X9000", random[16 + i]);
    struct fake f = { .answer = { "4202 4341 9000", NULL, NULL, NULL, challenge, NULL } };
    add(t, certificate("CA", "IS", 0x03, a->oid, key));
    assert_int_equal(terminal_settle(t), TERMINAL_FINE);
    struct chip_error error = run_with(&f, true, t, id, ours, &proof);
    assert_int_equal(error.code, CHIP_OK);
    assert_string_equal(proof.algorithm, a->name);
    struct str signature = proof_item(&proof, "signature");
    assert_true(str_eq(command_data(bytes_str(&f.last)), signature));
    bytes_put_str(&message, id);
    bytes_put_str(&message, nonce);
    bytes_put_str(&message, ours);
    assert_true(verify(key, a->hash, a->padding, bytes_str(&message), signature));
#if WITH_EAC
    verify_by_eac(a, key, id, nonce, ours, signature);
#endif
    *zeros += signature.p[0] == 0;
    *zeros += a->padding == 0 && signature.p[signature.n / 2] == 0;
    assert_int_equal(signature.n, a->padding != 0 ? (size_t)EVP_PKEY_get_size(key)
                                                  : 2 * (((size_t)EVP_PKEY_get_bits(key) + 7) / 8));
    proof_free(&proof);
    bytes_free(&message);
    bytes_free(&f.last);
    terminal_free(&t);
}

static void random_elliptic_keys(void **state)
{
    (void)state;
    static const char *const curves[] = { "P-192",
                                          "brainpoolP192r1",
                                          "P-224",
                                          "brainpoolP224r1",
                                          "P-256",
                                          "brainpoolP256r1",
                                          "brainpoolP320r1",
                                          "P-384",
                                          "brainpoolP384r1",
                                          "brainpoolP512r1",
                                          "P-521" };
    enum { CURVES = sizeof curves / sizeof *curves, KINDS = 5, FIRST = 6 };
    int zeros = 0;

    for (int i = 0; i < runs(); i++) {
        EVP_PKEY *key = curve_key(curves[i % CURVES]);
        once(&algorithms[FIRST + i / CURVES % KINDS], key, &zeros);
        EVP_PKEY_free(key);
    }
    printf("# %d of %d halves began with zeros\n", zeros, 2 * runs());
    assert_true(runs() < 1000 || zeros > 0);
}

static void random_rsa_keys(void **state)
{
    (void)state;
    enum { KINDS = 6, EACH = 50 };
    EVP_PKEY *key = NULL;
    int zeros = 0;

    for (int i = 0; i < runs(); i++) {
        if (i % EACH == 0) {
            EVP_PKEY_free(key);
            key = EVP_RSA_gen(i % (2 * EACH) == 0 ? 1280u : 1536u);
        }
        once(&algorithms[i % KINDS], key, &zeros);
    }
    EVP_PKEY_free(key);
    printf("# %d of %d signatures began with zeros\n", zeros, runs());
}

static void compressed_keys(void **state)
{
    (void)state;
    struct bytes out = { 0 };

    // The zeros in front of a coordinate stay; those of a Diffie-Hellman value are none of it.
    assert_true(agree_compress(AGREEMENT_ECDH, STR("\4\0A\0B"), &out));
    assert_true(str_eq(bytes_str(&out), STR("\0A")));
    bytes_free(&out);
    assert_true(agree_compress(AGREEMENT_DH, STR("\0\0abc"), &out));
    expect_hex(bytes_str(&out), "A9993E364706816ABA3E25717850C26C9CD0D89D"); // FIPS 180-4
    bytes_free(&out);
}

static int begin(void **state)
{
    (void)state;
#if WITH_EAC
    EAC_init();
#endif
    return 0;
}

static int end(void **state)
{
    (void)state;
#if WITH_EAC
    EAC_cleanup();
#endif
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bsi_signed_data),
        cmocka_unit_test(bsi_elliptic_key),
        cmocka_unit_test(bsi_command_by_command),
        cmocka_unit_test(refused_at_each_command),
        cmocka_unit_test(chains_instead_of_long_commands),
        cmocka_unit_test(ways_through_chains),
        cmocka_unit_test(too_many_and_wrong_ones),
        cmocka_unit_test(compressed_keys),
        cmocka_unit_test(random_elliptic_keys),
        cmocka_unit_test(random_rsa_keys),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
