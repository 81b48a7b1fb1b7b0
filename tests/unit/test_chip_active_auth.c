// SPDX-License-Identifier: MIT
// Active Authentication: the message representative of ICAO Doc 9303-11's appendix F, signatures
// that OpenSSL makes with every trailer and on every curve, and what is wrong in each byte.
#include "chip/genuine.h"
#include "chip_script.h"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

static const char challenge_hex[] = "F173589974BF40C6"; // of appendix F

static struct bytes spki_of(EVP_PKEY *key)
{
    unsigned char *der = NULL;
    int n = i2d_PUBKEY(key, &der);
    struct bytes out = { 0 };

    assert_true(n > 0);
    bytes_put(&out, der, (size_t)n);
    OPENSSL_free(der);
    return out;
}

// A card that answers one signature to the challenge.
struct signer {
    struct str signature;
    const char *sw;
    unsigned commands;
    bool empty_when_extended;
};

static struct chip_error transmit(void *ctx, struct str command, struct bytes *answer)
{
    struct signer *s = ctx;
    bool extended = command.n > 4 + 1 + 8 + 1;

    expect_hex(str_head(str_from(command, extended ? 7 : 5), 8), challenge_hex);
    expect_hex(str_head(command, 4), "00880000");
    s->commands++;
    if (s->sw == NULL && !(s->empty_when_extended && extended))
        bytes_put_str(answer, s->signature);
    struct bytes sw = hex(s->sw != NULL ? s->sw : "9000");
    bytes_put_str(answer, bytes_str(&sw));
    bytes_free(&sw);
    return chip_ok();
}

static const struct card_ops ops = { transmit, NULL, NULL };

static struct chip_error run(struct signer *s, struct str spki, const struct security_infos *dg14,
                             struct proof *proof)
{
    struct card card = { .ops = &ops, .ctx = s };
    struct channel c = { .card = &card, .extended = true };
    struct queue queue;

    queue_begin(&queue, challenge_hex);
    struct chip_error error = active_auth_run(&c, spki, dg14, proof);
    queue_end(&queue);
    assert_int_equal(proof->holds, error.code == CHIP_OK);
    return error;
}

static enum chip_code judge(struct str spki, struct str signature,
                            const struct security_infos *dg14, const char *algorithm)
{
    struct signer s = { .signature = signature };
    struct proof proof;
    enum chip_code code = run(&s, spki, dg14, &proof).code;

    if (code == CHIP_OK) {
        assert_string_equal(proof.algorithm, algorithm);
        assert_int_equal(active_auth_verify(&proof).code, CHIP_OK);
        assert_true(proof.holds);
        // The transcript of another challenge.
        for (size_t i = 0; i < proof.n; i++)
            if (strcmp(proof.item[i].name, "challenge") == 0)
                proof.item[i].value.p[0] ^= 1;
        assert_int_equal(active_auth_verify(&proof).code, CHIP_NOT_GENUINE);
        assert_false(proof.holds);
    }
    proof_free(&proof);
    return code;
}

// ---- RSA ----

static EVP_PKEY *rsa;

static int make_rsa(void **state)
{
    (void)state;
    rsa = EVP_RSA_gen(1024);
    return rsa == NULL;
}

static int free_rsa(void **state)
{
    (void)state;
    EVP_PKEY_free(rsa);
    return 0;
}

// The private operation on a representative as it is.
static struct bytes rsa_sign(EVP_PKEY *key, struct str f)
{
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(key, NULL);
    struct bytes out = { 0 };
    size_t n = (size_t)EVP_PKEY_get_size(key);

    assert_true(bytes_reserve(&out, n));
    assert_int_equal(EVP_PKEY_decrypt_init(ctx), 1);
    assert_int_equal(EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_NO_PADDING), 1);
    assert_int_equal(
        EVP_PKEY_decrypt(ctx, (unsigned char *)out.p, &n, (const unsigned char *)f.p, f.n), 1);
    out.n = n;
    EVP_PKEY_CTX_free(ctx);
    return out;
}

static enum chip_code judge_rsa(struct str f, const char *algorithm)
{
    struct bytes signature = rsa_sign(rsa, f), spki = spki_of(rsa);
    enum chip_code code = judge(bytes_str(&spki), bytes_str(&signature), NULL, algorithm);

    bytes_free(&signature);
    bytes_free(&spki);
    return code;
}

static const char appendix_f[] = "6A9D2784A67F8E7C659973EA1AEA25D95B6C8F91E5002F369F0FBDCE8A3CEC19"
                                 "91B543F1696546C5524CF23A5303CD6C98599F40B79F377B5F3A1406B3B4D8F9"
                                 "6784D23AA88DB7E1032A405E69325FA91A6E86F5C71AEA978264C4A207446DAD"
                                 "4E7292E2DCDA3024B47DA8C063AA1E6D22FBD976AB0FE73D94D2D9C6D88127BC";

static void rsa_worked_example(void **state)
{
    struct bytes f = hex(appendix_f);

    (void)state;
    assert_int_equal(judge_rsa(bytes_str(&f), "ISO/IEC 9796-2 (RSA) with SHA-1"), CHIP_OK);
    bytes_free(&f);
}

// Header, padding, M1, the hash of M1 and the challenge, trailer: 128 bytes together.
static struct bytes representative(const char *header, const char *hash, const char *trailer)
{
    struct bytes f = hex(header), tail = hex(trailer), rnd = hex(challenge_hex), message = { 0 };
    EVP_MD *md = EVP_MD_fetch(NULL, hash, NULL);
    uint8_t digest[EVP_MAX_MD_SIZE];
    unsigned n;

    assert_non_null(md);
    size_t m1 = 128 - f.n - tail.n - (size_t)EVP_MD_get_size(md);
    for (size_t i = 0; i < m1; i++)
        bytes_put_char(&message, (char)(i * 11 + 3));
    bytes_put_str(&f, bytes_str(&message));
    bytes_put_str(&message, bytes_str(&rnd));
    EVP_Digest(message.p, message.n, digest, &n, md, NULL);
    bytes_put(&f, digest, n);
    bytes_put_str(&f, bytes_str(&tail));
    assert_int_equal(f.n, 128);
    EVP_MD_free(md);
    bytes_free(&tail);
    bytes_free(&rnd);
    bytes_free(&message);
    return f;
}

struct representative_row {
    const char *header, *hash, *trailer;
    bool holds;
};

static void rsa_representatives(void **state)
{
    static const struct representative_row rows[] = {
        { "6A", "SHA-1", "BC", true },
        { "6A", "SHA-1", "33CC", true },
        { "6A", "SHA-224", "38CC", true },
        { "6A", "SHA-256", "34CC", true },
        { "6A", "SHA-384", "36CC", true },
        { "6A", "SHA-512", "35CC", true },
        { "6A", "SHA-512/224", "39CC", true },
        { "6A", "SHA-512/256", "3ACC", true },
        { "6BBA", "SHA-1", "BC", true },
        { "6BBBBBBA", "SHA-256", "34CC", true },
        { "4A", "SHA-1", "BC", false }, // total recovery: the challenge was not signed
        { "7A", "SHA-1", "BC", false }, // another header
        { "2A", "SHA-1", "BC", false },
        { "6B", "SHA-1", "BC", false }, // padding without end
        { "6BBB", "SHA-1", "BC", false },
        { "60", "SHA-1", "BC", false },
        { "6A", "SHA-256", "BC", false }, // the trailer of another hash
        { "6A", "SHA-1", "34CC", false },
        { "6A", "SHA-224", "39CC", false },
        { "6A", "SHA-1", "31CC", false }, // RIPEMD-160's
        { "6A", "SHA-256", "34CD", false },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bytes f = representative(rows[i].header, rows[i].hash, rows[i].trailer);
        char algorithm[64];
        snprintf(algorithm, sizeof algorithm, "ISO/IEC 9796-2 (RSA) with %s", rows[i].hash);
        assert_int_equal(judge_rsa(bytes_str(&f), algorithm),
                         rows[i].holds ? CHIP_OK : CHIP_NOT_GENUINE);
        bytes_free(&f);
    }
}

// ISO/IEC 9796-2, B.6: n - s is as good as s.
static void rsa_complement(void **state)
{
    struct bytes f = hex(appendix_f), s = rsa_sign(rsa, bytes_str(&f)), spki = spki_of(rsa);
    BIGNUM *n = NULL, *value = BN_bin2bn((unsigned char *)s.p, (int)s.n, NULL);

    (void)state;
    assert_int_equal(EVP_PKEY_get_bn_param(rsa, OSSL_PKEY_PARAM_RSA_N, &n), 1);
    assert_int_equal(BN_sub(value, n, value), 1);
    assert_int_equal(BN_bn2binpad(value, (unsigned char *)s.p, 128), 128);
    assert_int_equal(
        judge(bytes_str(&spki), bytes_str(&s), NULL, "ISO/IEC 9796-2 (RSA) with SHA-1"), CHIP_OK);
    BN_free(n);
    BN_free(value);
    bytes_free(&f);
    bytes_free(&s);
    bytes_free(&spki);
}

static void expect_fragile(struct str spki, struct bytes *s, const struct security_infos *dg14)
{
    for (size_t i = 0; i < s->n; i++) {
        for (unsigned bit = 0; bit < 8; bit += 7) {
            s->p[i] ^= (char)(1u << bit);
            assert_int_equal(judge(spki, bytes_str(s), dg14, ""), CHIP_NOT_GENUINE);
            s->p[i] ^= (char)(1u << bit);
        }
        assert_int_equal(judge(spki, str_head(bytes_str(s), i), dg14, ""), CHIP_NOT_GENUINE);
    }
    bytes_put_char(s, 0);
    assert_int_equal(judge(spki, bytes_str(s), dg14, ""), CHIP_NOT_GENUINE);
    s->n--;
}

static void rsa_altered(void **state)
{
    struct bytes f = hex(appendix_f), s = rsa_sign(rsa, bytes_str(&f)), spki = spki_of(rsa);

    (void)state;
    expect_fragile(bytes_str(&spki), &s, NULL);
    memset(s.p, 0, s.n);
    assert_int_equal(judge(bytes_str(&spki), bytes_str(&s), NULL, ""), CHIP_NOT_GENUINE);
    memset(s.p, 0xFF, s.n);
    assert_int_equal(judge(bytes_str(&spki), bytes_str(&s), NULL, ""), CHIP_NOT_GENUINE);
    bytes_free(&f);
    bytes_free(&s);
    bytes_free(&spki);
}

// A signature that is longer than a short answer is asked for with extended length, and once more
// without when the chip then has nothing to say.
static void rsa_long(void **state)
{
    EVP_PKEY *key = EVP_RSA_gen(2304);
    struct bytes spki = spki_of(key);
    struct signer s = { .empty_when_extended = true, .signature = STR("no signature") };
    struct proof proof;

    (void)state;
    assert_int_equal(run(&s, bytes_str(&spki), NULL, &proof).code, CHIP_NOT_GENUINE);
    assert_int_equal(s.commands, 2);
    proof_free(&proof);
    s = (struct signer){ .sw = "6985" };
    struct chip_error error = run(&s, bytes_str(&spki), NULL, &proof);
    assert_int_equal(error.code, CHIP_NOT_GENUINE);
    assert_int_equal(error.sw, 0x6985);
    proof_free(&proof);
    assert_int_equal(active_auth_verify(&proof).code, CHIP_UNSUPPORTED);
    EVP_PKEY_free(key);
    bytes_free(&spki);
}

// ---- ECDSA ----

static EVP_PKEY *make_ec(const char *group, bool explicit)
{
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
    EVP_PKEY *key = NULL;
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, (char *)group, 0),
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_EC_ENCODING,
                                         (char *)(explicit ? "explicit" : "named_curve"), 0),
        OSSL_PARAM_construct_end(),
    };

    assert_int_equal(EVP_PKEY_keygen_init(ctx), 1);
    assert_int_equal(EVP_PKEY_CTX_set_params(ctx, params), 1);
    assert_int_equal(EVP_PKEY_generate(ctx, &key), 1);
    EVP_PKEY_CTX_free(ctx);
    return key;
}

static struct bytes ecdsa_sign(EVP_PKEY *key, const char *hash)
{
    struct bytes rnd = hex(challenge_hex), out = { 0 };
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    size_t n = 0;

    assert_int_equal(EVP_DigestSignInit_ex(ctx, NULL, hash, NULL, NULL, key, NULL), 1);
    assert_int_equal(EVP_DigestSign(ctx, NULL, &n, (unsigned char *)rnd.p, rnd.n), 1);
    assert_true(bytes_reserve(&out, n));
    assert_int_equal(EVP_DigestSign(ctx, (unsigned char *)out.p, &n, (unsigned char *)rnd.p, rnd.n),
                     1);
    out.n = n;
    EVP_MD_CTX_free(ctx);
    bytes_free(&rnd);
    return out;
}

static struct bytes plain_of(struct str der, size_t half)
{
    const unsigned char *p = (const unsigned char *)der.p;
    ECDSA_SIG *sig = d2i_ECDSA_SIG(NULL, &p, (long)der.n);
    struct bytes out = { 0 };

    assert_non_null(sig);
    assert_true(bytes_reserve(&out, 2 * half));
    BN_bn2binpad(ECDSA_SIG_get0_r(sig), (unsigned char *)out.p, (int)half);
    BN_bn2binpad(ECDSA_SIG_get0_s(sig), (unsigned char *)out.p + half, (int)half);
    out.n = 2 * half;
    ECDSA_SIG_free(sig);
    return out;
}

static struct security_infos names(struct str oid)
{
    struct security_infos infos = { .n = 1 };
    infos.at[0] = (struct security_info){ .kind = SECURITY_AA, .signature_oid = oid };
    return infos;
}

struct curve_row {
    const char *group;
    size_t half;
    const char *hash; // without DG14's word
};

static const struct curve_row curves[] = {
    { "prime192v1", 24, "SHA-1" },        { "secp224r1", 28, "SHA-224" },
    { "prime256v1", 32, "SHA-256" },      { "brainpoolP256r1", 32, "SHA-256" },
    { "brainpoolP320r1", 40, "SHA-256" }, { "secp384r1", 48, "SHA-384" },
    { "brainpoolP512r1", 64, "SHA-512" }, { "secp521r1", 66, "SHA-512" },
};

static void ecdsa_curves(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof curves / sizeof *curves; i++) {
        EVP_PKEY *key = make_ec(curves[i].group, i % 2);
        struct bytes spki = spki_of(key), der = ecdsa_sign(key, curves[i].hash);
        struct bytes plain = plain_of(bytes_str(&der), curves[i].half);
        char algorithm[64];
        snprintf(algorithm, sizeof algorithm, "ECDSA with %s", curves[i].hash);
        assert_int_equal(judge(bytes_str(&spki), bytes_str(&plain), NULL, algorithm), CHIP_OK);
        assert_int_equal(judge(bytes_str(&spki), bytes_str(&der), NULL, algorithm), CHIP_OK);
        if (i == 3) {
            expect_fragile(bytes_str(&spki), &plain, NULL);
            expect_fragile(bytes_str(&spki), &der, NULL);
        }
        EVP_PKEY_free(key);
        bytes_free(&spki);
        bytes_free(&der);
        bytes_free(&plain);
    }
}

static void ecdsa_hashes(void **state)
{
    static const struct {
        const char *hash;
        struct str oid;
    } rows[] = {
        { "SHA-1", STR("\x04\x00\x7F\x00\x07\x01\x01\x04\x01\x01") },
        { "SHA-224", STR("\x04\x00\x7F\x00\x07\x01\x01\x04\x01\x02") },
        { "SHA-256", STR("\x04\x00\x7F\x00\x07\x01\x01\x04\x01\x03") },
        { "SHA-384", STR("\x04\x00\x7F\x00\x07\x01\x01\x04\x01\x04") },
        { "SHA-512", STR("\x04\x00\x7F\x00\x07\x01\x01\x04\x01\x05") },
        { "SHA-1", STR("\x2A\x86\x48\xCE\x3D\x04\x01") },
        { "SHA-384", STR("\x2A\x86\x48\xCE\x3D\x04\x03\x03") },
    };
    EVP_PKEY *key = make_ec("prime256v1", false);
    struct bytes spki = spki_of(key);
    struct security_infos dg14;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bytes der = ecdsa_sign(key, rows[i].hash), other = ecdsa_sign(key, "SHA3-256");
        char algorithm[64];
        snprintf(algorithm, sizeof algorithm, "ECDSA with %s", rows[i].hash);
        dg14 = names(rows[i].oid);
        assert_int_equal(judge(bytes_str(&spki), bytes_str(&der), &dg14, algorithm), CHIP_OK);
        assert_int_equal(judge(bytes_str(&spki), bytes_str(&other), &dg14, ""), CHIP_NOT_GENUINE);
        bytes_free(&der);
        bytes_free(&other);
    }
    dg14 = names(STR("\x2A\x03"));
    assert_int_equal(judge(bytes_str(&spki), STR("x"), &dg14, ""), CHIP_UNSUPPORTED);
    EVP_PKEY_free(key);
    bytes_free(&spki);
}

// Zeros verify for no key; r and s are in 1..n-1.
static void ecdsa_zeros(void **state)
{
    static const char zeros[64];
    EVP_PKEY *key = make_ec("brainpoolP256r1", false);
    struct bytes spki = spki_of(key);

    (void)state;
    assert_int_equal(judge(bytes_str(&spki), (struct str){ zeros, 64 }, NULL, ""),
                     CHIP_NOT_GENUINE);
    EVP_PKEY_free(key);
    bytes_free(&spki);
}

static void other_keys(void **state)
{
    EVP_PKEY *key = make_ec("secp256k1", false);
    struct bytes spki = spki_of(key);

    (void)state;
    assert_int_equal(judge(bytes_str(&spki), STR("x"), NULL, ""), CHIP_UNSUPPORTED);
    bytes_free(&spki);
    assert_int_equal(judge(bytes_str(&spki), STR("x"), NULL, ""), CHIP_PARAMETERS);
    spki = spki_of(rsa);
    assert_int_equal(judge(str_head(bytes_str(&spki), spki.n - 1), STR("x"), NULL, ""),
                     CHIP_PARAMETERS);
    bytes_free(&spki);
    EVP_PKEY_free(key);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rsa_worked_example), cmocka_unit_test(rsa_representatives),
        cmocka_unit_test(rsa_complement),     cmocka_unit_test(rsa_altered),
        cmocka_unit_test(rsa_long),           cmocka_unit_test(ecdsa_curves),
        cmocka_unit_test(ecdsa_hashes),       cmocka_unit_test(ecdsa_zeros),
        cmocka_unit_test(other_keys),
    };
    return cmocka_run_group_tests(tests, make_rsa, free_rsa);
}
