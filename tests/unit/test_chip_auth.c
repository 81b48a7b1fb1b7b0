// SPDX-License-Identifier: MIT
// Chip Authentication: BSI's worked example for the agreed secrets, and a chip whose key agreement
// is OpenSSL's, with every kind of public key that DG14 may hold.
#include "chip/agree_key.h"
#include "chip/crypto.h"
#include "chip/genuine.h"
#include "chip_script.h"
#include "tlv/tlv.h"

#include <openssl/core_names.h>
#include <openssl/dh.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

// ---- Worked Example for Extended Access Control, 1.02: ECDH and DH ----

static void expect_secret(uint32_t domain, const char *private_key, const char *public_key,
                          const char *secret)
{
    struct bytes k = hex(private_key), element = hex(public_key), product = { 0 };
    struct domain *d = domain_new(domain);
    BIGNUM *n = BN_bin2bn((unsigned char *)k.p, (int)k.n, NULL);

    assert_int_equal(agree_multiply(d, n, bytes_str(&element), &product), CHIP_OK);
    expect_hex(agree_secret(d, &product), secret);
    BN_free(n);
    domain_free(&d);
    bytes_free(&k);
    bytes_free(&element);
    bytes_free(&product);
}

static void bsi_secrets(void **state)
{
    (void)state;
    expect_secret(13, "A6A4D255C5BF7A77EC3D0553DB74F693CF044E18C98364D4977A296108AF19BD",
                  "04A44EBE5451DF7AADB01E459B8C928A87746A57927C8C28A6775C97A7E1FE8D9A"
                  "46FF4A1CC7E4D1389AEA19758E4F75C28C598FD734AEBEB135337CF95BE12E94",
                  "791DA04273CCFE862E52DF60347E2557192E1F8D7517822CE3D306056C1CDEB4");
    expect_secret(0,
                  "00A2CFFD06C34AFD622EEE0FC31F093FDFDA609C67121CACF0A8F52291DE6853"
                  "BB5C93CF76705775ECF408A74302613BEECB381447D36494C9E18951EC17252D"
                  "D2A807AAE09FA4DC30183339013D9C9191303CACEE3C91E926A36D014A5CFA94"
                  "950CADB37B534F32A9BF76B37980979304C5663871BD746EB9E95A47CA471B4E"
                  "DE",
                  "1B3345F8DC04341BF8B2C97F652FA680E5D4FA4C146AE4B839431A644A79BC36"
                  "8C4822C89CD018A57F953644BEDA679C5B532902320E83E13B80DEEF8C18AF3E"
                  "7D493AE3F88196101B9F78EAFE4B3025EF8BFF916B2FC02D762D0838DEA29C09"
                  "B485591C2F47F87C71F530BB358F56AF6459D86DBF85EAF9EDBD962CD364F7B8",
                  "2A4FC2D11490DF4773DDFA6FF705557C51F4AD4533E8D8A66A3001BFDD271DB8"
                  "7BE3C1CAC22A05E8AF1A066DD0298E75DB928AAFDF00EB4BFB1BD12F372313C1"
                  "CA649056517305638515D5A4FBE0AC59BDC80E8C5A5F46254D231916EA77F80A"
                  "C58E6B63A26198EE4387F10981E8E46FFBA23790C81E679363C589587D30BBB3");
}

// ---- a chip ----

struct chip {
    EVP_PKEY *key;
    enum security_cipher cipher;
    const char *refuse_kat, *refuse_at; // status words, or NULL
    const char *last;                   // what it answers to the first protected command, or NULL
    bool wrong_key;
    size_t plain, protected;
    struct bytes theirs;
};

// Agreement by EVP: the padding of DH is EVP's own.
static size_t derive(EVP_PKEY *key, struct str peer, uint8_t *out, size_t room)
{
    EVP_PKEY *other = EVP_PKEY_new();
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(key, NULL);

    assert_int_equal(EVP_PKEY_copy_parameters(other, key), 1);
    assert_int_equal(EVP_PKEY_set1_encoded_public_key(other, (const unsigned char *)peer.p, peer.n),
                     1);
    assert_int_equal(EVP_PKEY_derive_init(ctx), 1);
    if (!EVP_PKEY_is_a(key, "EC"))
        assert_int_equal(EVP_PKEY_CTX_set_dh_pad(ctx, 1), 1);
    assert_int_equal(EVP_PKEY_derive_set_peer(ctx, other), 1);
    assert_int_equal(EVP_PKEY_derive(ctx, out, &room), 1);
    EVP_PKEY_CTX_free(ctx);
    EVP_PKEY_free(other);
    return room;
}

// 99 02 9000 8E 08 MAC under the counter 2.
static void answer_protected(struct chip *chip, struct bytes *answer)
{
    uint8_t secret[1024], key[CRYPTO_KEY_MAX], mac[CRYPTO_MAC_LENGTH];
    size_t n = derive(chip->key, bytes_str(&chip->theirs), secret, sizeof secret);
    size_t block = crypto_block_length(chip->cipher);
    struct bytes message = { 0 };

    secret[n - 1] ^= chip->wrong_key;
    assert_true(crypto_kdf(chip->cipher, str_octets(secret, n), CRYPTO_USE_MAC, key));
    for (size_t i = 0; i < block; i++)
        bytes_put_char(&message, i + 1 == block ? 2 : 0);
    bytes_put(&message, "\x99\x02\x90\x00", 4);
    if (chip->cipher != CIPHER_3DES)
        crypto_pad(&message, block);
    assert_true(crypto_mac(chip->cipher, key, bytes_str(&message), mac));
    bytes_put(answer, "\x99\x02\x90\x00", 4);
    tlv_put(answer, 0x8E, str_octets(mac, sizeof mac));
    bytes_free(&message);
}

static void take_key(struct chip *chip, struct str data, uint32_t tag)
{
    struct tlv object;

    assert_true(tlv_find(data, tag, &object));
    bytes_free(&chip->theirs);
    bytes_put_str(&chip->theirs, object.value);
}

static struct chip_error transmit(void *ctx, struct str c, struct bytes *answer)
{
    struct chip *chip = ctx;
    const uint8_t *p = (const uint8_t *)c.p;
    struct str data = p[4] == 0 ? str_from(c, 7) : str_from(c, 5);
    struct bytes refusal = { 0 };
    struct tlv object;

    if ((p[0] & 0x0C) != 0) {
        chip->protected ++;
        refusal = chip->last != NULL ? hex(chip->last) : (struct bytes){ 0 };
        if (chip->last == NULL)
            answer_protected(chip, answer);
    } else if (p[1] == 0x86) {
        assert_true(tlv_find(data, 0x7C, &object));
        take_key(chip, object.value, 0x80);
        bytes_lit(answer, "\x7C\x00");
    } else if (p[3] == 0xA6 && chip->refuse_kat == NULL) {
        take_key(chip, data, 0x91);
    } else {
        const char *sw = p[3] == 0xA6 ? chip->refuse_kat : chip->refuse_at;
        refusal = sw != NULL ? hex(sw) : (struct bytes){ 0 };
    }
    chip->plain += (p[0] & 0x0C) == 0;
    bytes_put_str(answer, bytes_str(&refusal));
    if (refusal.n == 0)
        bytes_put(answer, "\x90\x00", 2);
    bytes_free(&refusal);
    return chip_ok();
}

static const struct card_ops ops = { transmit, NULL, NULL };

// ---- its keys ----

static EVP_PKEY *make_key(const char *type, const char *group, const char *encoding)
{
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
    EVP_PKEY *key = NULL;
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, (char *)group, 0),
        encoding != NULL
            ? OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_EC_ENCODING, (char *)encoding, 0)
            : OSSL_PARAM_construct_end(),
        OSSL_PARAM_construct_end(),
    };

    assert_int_equal(EVP_PKEY_keygen_init(ctx), 1);
    assert_int_equal(EVP_PKEY_CTX_set_params(ctx, params), 1);
    assert_int_equal(EVP_PKEY_generate(ctx, &key), 1);
    EVP_PKEY_CTX_free(ctx);
    return key;
}

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

static struct security_infos dg14_of(enum security_agreement agreement, enum security_cipher cipher,
                                     struct str spki)
{
    struct security_infos infos = { .n = 2 };

    infos.at[0] = (struct security_info){ .kind = SECURITY_CA,
                                          .oid = STR("\x04\x00\x7F\x00\x07\x02\x02\x03\x02\x02"),
                                          .agreement = agreement,
                                          .cipher = cipher,
                                          .version = 1,
                                          .has_id = true,
                                          .id = 195 };
    infos.at[1] = (struct security_info){ .kind = SECURITY_CA_KEY,
                                          .agreement = agreement,
                                          .has_id = true,
                                          .id = 195,
                                          .public_key = spki };
    return infos;
}

static struct chip_error run(struct chip *chip, const struct security_infos *dg14,
                             struct proof *proof)
{
    struct card card = { .ops = &ops, .ctx = chip };
    struct channel c = { .card = &card, .extended = true };
    struct chip_error error = chip_auth_run(&c, dg14, proof);

    assert_ptr_equal(c.card, &card);
    assert_int_equal(proof->holds, error.code == CHIP_OK);
    assert_int_equal(c.sm != NULL, error.code == CHIP_OK);
    channel_end_session(&c);
    bytes_free(&chip->theirs);
    return error;
}

static void expect_genuine(const char *type, const char *group, const char *encoding,
                           enum security_cipher cipher)
{
    struct chip chip = { .key = make_key(type, group, encoding), .cipher = cipher };
    struct bytes spki = spki_of(chip.key);
    enum security_agreement agreement = type[0] == 'E' ? AGREEMENT_ECDH : AGREEMENT_DH;
    struct security_infos dg14 = dg14_of(agreement, cipher, bytes_str(&spki));
    struct proof proof;

    assert_int_equal(run(&chip, &dg14, &proof).code, CHIP_OK);
    assert_int_equal(proof.kind, PROOF_CHIP_AUTH);
    assert_int_equal(chip.plain, cipher == CIPHER_3DES ? 1 : 2);
    assert_int_equal(chip.protected, 1);
    assert_true(str_eq(proof_item(&proof, "chip_key"), bytes_str(&spki)));
    assert_int_equal(proof_item(&proof, "terminal_private_key").n > 0, 1);
    assert_true(proof_item(&proof, "command").n > 10);
    assert_int_equal(proof_item(&proof, "answer").n, 16);
    assert_int_equal(proof_item(&proof, "none").n, 0);
    proof_free(&proof);
    EVP_PKEY_free(chip.key);
    bytes_free(&spki);
}

static void keys_of_all_kinds(void **state)
{
    static const char *const curves[] = { "prime192v1",      "brainpoolP192r1", "secp224r1",
                                          "brainpoolP224r1", "prime256v1",      "brainpoolP256r1",
                                          "brainpoolP320r1", "secp384r1",       "brainpoolP384r1",
                                          "brainpoolP512r1", "secp521r1" };

    (void)state;
    for (size_t i = 0; i < sizeof curves / sizeof *curves; i++)
        for (int c = CIPHER_3DES; c <= CIPHER_AES_256; c++)
            expect_genuine("EC", curves[i], c % 2 ? "explicit" : NULL, (enum security_cipher)c);
    expect_genuine("DHX", "dh_1024_160", NULL, CIPHER_3DES);
    expect_genuine("DHX", "dh_2048_224", NULL, CIPHER_AES_128);
    expect_genuine("DHX", "dh_2048_256", NULL, CIPHER_AES_256);
    expect_genuine("DH", "ffdhe2048", NULL, CIPHER_AES_128); // a group of the card's own: PKCS #3
}

// ---- chips that are not genuine, or do not tell ----

static struct chip_error run_as(struct chip chip, struct proof *proof)
{
    chip.key = make_key("EC", "brainpoolP256r1", NULL);
    struct bytes spki = spki_of(chip.key);
    struct security_infos dg14 = dg14_of(AGREEMENT_ECDH, chip.cipher, bytes_str(&spki));
    struct chip_error error = run(&chip, &dg14, proof);

    proof_free(proof);
    EVP_PKEY_free(chip.key);
    bytes_free(&spki);
    return error;
}

static void impostors(void **state)
{
    struct proof proof;
    struct chip_error error;

    (void)state;
    for (int c = CIPHER_3DES; c <= CIPHER_AES_256; c++) {
        struct chip chip = { .cipher = (enum security_cipher)c, .wrong_key = true };
        error = run_as(chip, &proof);
        assert_int_equal(error.code, CHIP_NOT_GENUINE);
        assert_string_equal(error.step, "CA: first protected response");
    }
    error = run_as((struct chip){ .cipher = CIPHER_AES_128, .last = "6988" }, &proof);
    assert_int_equal(error.code, CHIP_NOT_GENUINE);
    assert_int_equal(error.sw, 0x6988);
    error = run_as((struct chip){ .cipher = CIPHER_AES_128, .last = "9000" }, &proof);
    assert_int_equal(error.code, CHIP_NOT_GENUINE);
    error = run_as((struct chip){ .cipher = CIPHER_AES_128, .last = "990290009000" }, &proof);
    assert_int_equal(error.code, CHIP_NOT_GENUINE);
    error = run_as((struct chip){ .cipher = CIPHER_AES_128, .refuse_at = "6A80" }, &proof);
    assert_int_equal(error.code, CHIP_NOT_GENUINE);
    assert_int_equal(error.sw, 0x6A80);
}

static void other_way_of_3des(void **state)
{
    struct proof proof;

    (void)state;
    assert_int_equal(
        run_as((struct chip){ .cipher = CIPHER_3DES, .refuse_kat = "6A80" }, &proof).code, CHIP_OK);
    assert_int_equal(
        run_as((struct chip){ .cipher = CIPHER_3DES, .refuse_kat = "6A80", .refuse_at = "6A80" },
               &proof)
            .code,
        CHIP_NOT_GENUINE);
}

// Without a ChipAuthenticationInfo it is 3DES; with several, the strongest; version 2 is another
// protocol, and a key with another number another key.
static void choices(void **state)
{
    struct chip chip = { .key = make_key("EC", "prime256v1", "explicit"), .cipher = CIPHER_3DES };
    struct bytes spki = spki_of(chip.key);
    struct security_infos dg14 = dg14_of(AGREEMENT_ECDH, CIPHER_3DES, bytes_str(&spki));
    struct proof proof;

    (void)state;
    dg14.at[0].kind = SECURITY_UNKNOWN;
    assert_int_equal(run(&chip, &dg14, &proof).code, CHIP_OK);
    assert_string_equal(proof.algorithm, "id-CA-ECDH-3DES-CBC-CBC");
    proof_free(&proof);
    dg14.at[0].kind = SECURITY_CA;
    dg14.at[2] = dg14.at[0];
    dg14.at[2].cipher = CIPHER_AES_256;
    dg14.n = 3;
    chip.cipher = CIPHER_AES_256;
    assert_int_equal(run(&chip, &dg14, &proof).code, CHIP_OK);
    proof_free(&proof);
    dg14.at[2].version = 2;
    chip.cipher = CIPHER_3DES;
    assert_int_equal(run(&chip, &dg14, &proof).code, CHIP_OK);
    proof_free(&proof);
    dg14.at[1].kind = SECURITY_UNKNOWN;
    assert_int_equal(run(&chip, &dg14, &proof).code, CHIP_UNSUPPORTED);
    proof_free(&proof);
    EVP_PKEY_free(chip.key);
    bytes_free(&spki);
}

// ---- public keys ----

static void expect_key(struct bytes *spki, enum chip_code code)
{
    struct public_key key;

    assert_int_equal(public_key_read(bytes_str(spki), &key), code);
    assert_int_equal(key.domain != NULL, code == CHIP_OK);
    public_key_free(&key);
}

// One byte of explicit parameters is another one: no known curve, so no key, wherever it is
// (CVE-2020-0601: there it was the generator).
static void altered_curves(void **state)
{
    EVP_PKEY *key = make_key("EC", "brainpoolP256r1", "explicit");
    struct bytes spki = spki_of(key);
    size_t accepted = 0;

    (void)state;
    expect_key(&spki, CHIP_OK);
    for (size_t i = 0; i < spki.n; i++) {
        struct public_key read;
        spki.p[i] ^= 1;
        assert_int_not_equal(public_key_read(bytes_str(&spki), &read), CHIP_CRYPTO);
        accepted += read.domain != NULL;
        public_key_free(&read);
        spki.p[i] ^= 1;
    }
    assert_int_equal(accepted, 1); // the version of the parameters
    for (size_t n = 0; n < spki.n; n++) {
        struct public_key read;
        assert_int_not_equal(public_key_read((struct str){ spki.p, n }, &read), CHIP_OK);
    }
    EVP_PKEY_free(key);
    bytes_free(&spki);
}

static void other_keys(void **state)
{
    static const char *const groups[] = { "secp256k1", "sect233r1" };
    struct bytes spki;

    (void)state;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        for (int e = 0; e < 2; e++) {
            EVP_PKEY *key = make_key("EC", groups[i], e ? "explicit" : NULL);
            spki = spki_of(key);
            expect_key(&spki, CHIP_UNSUPPORTED);
            EVP_PKEY_free(key);
            bytes_free(&spki);
        }
    }
    // BSI's numbered domain, and numbers that mean nothing.
    spki = hex("3052300C060704007F0007010202010D03420004A44EBE5451DF7AADB01E459B8C928A87746A57927C"
               "8C28A6775C97A7E1FE8D9A46FF4A1CC7E4D1389AEA19758E4F75C28C598FD734AEBEB135337CF95BE1"
               "2E94");
    expect_key(&spki, CHIP_OK);
    spki.p[15] = 12; // on another curve
    expect_key(&spki, CHIP_PARAMETERS);
    spki.p[15] = 3;
    expect_key(&spki, CHIP_UNSUPPORTED);
    spki.p[15] = 19;
    expect_key(&spki, CHIP_UNSUPPORTED);
    bytes_free(&spki);
    expect_key(&spki, CHIP_PARAMETERS);
}

static void proof_is_bounded(void **state)
{
    struct proof p = { .kind = PROOF_CHIP_AUTH };

    (void)state;
    for (int i = 0; i < PROOF_ITEMS_MAX; i++)
        assert_true(proof_add(&p, i == 3 ? "three" : "other", STR("value")));
    assert_false(proof_add(&p, "one more", STR("value")));
    expect_hex(proof_item(&p, "three"), "76616C7565");
    assert_int_equal(proof_item(&p, "one more").n, 0);
    proof_free(&p);
    assert_int_equal(p.n, 0);
    assert_int_equal(p.kind, PROOF_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bsi_secrets), cmocka_unit_test(keys_of_all_kinds),
        cmocka_unit_test(impostors),   cmocka_unit_test(other_way_of_3des),
        cmocka_unit_test(choices),     cmocka_unit_test(altered_curves),
        cmocka_unit_test(other_keys),  cmocka_unit_test(proof_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
