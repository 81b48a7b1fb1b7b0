// SPDX-License-Identifier: MIT
// BAC and the secure messaging after it, with random keys, many times: what is not filled up to its
// length shows in one run of 256. The card's side is OpenSSL's single DES. CCCD_RUNS tells how
// often.
#include "chip/access.h"
#include "chip_random.h"

#include <openssl/evp.h>
#include <openssl/provider.h>
#include <openssl/rand.h>

struct bac_card {
    uint8_t enc[16], mac[16], rnd[8], ssc[8];
    bool session;
    uint8_t content[CONTENT_MAX];
    size_t content_length;
};

// With the legacy provider, which the rest of the program has not.
static OSSL_LIB_CTX *legacy;

static void run_cipher(const char *name, const uint8_t *key, int encrypt, const uint8_t *in,
                       size_t n, uint8_t *out)
{
    EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    EVP_CIPHER *cipher = EVP_CIPHER_fetch(legacy, name, NULL);
    const uint8_t zero[16] = { 0 };
    int length = 0;

    assert_non_null(cipher);
    assert_int_equal(EVP_CipherInit_ex2(ctx, cipher, key, zero, encrypt, NULL), 1);
    EVP_CIPHER_CTX_set_padding(ctx, 0);
    assert_int_equal(EVP_CipherUpdate(ctx, out, &length, in, (int)n), 1);
    assert_int_equal(length, n);
    EVP_CIPHER_CTX_free(ctx);
    EVP_CIPHER_free(cipher);
}

// By the words of ISO/IEC 9797-1, with single DES.
static void bac_mac(const uint8_t *key, const uint8_t *ssc, struct str message, uint8_t out[8])
{
    uint8_t padded[1024] = { 0 }, chain[1024], last[8];
    size_t n = ssc != NULL ? 8 : 0;

    if (ssc != NULL)
        memcpy(padded, ssc, 8);
    if (message.n > 0)
        memcpy(padded + n, message.p, message.n);
    padded[n + message.n] = 0x80;
    n = (n + message.n) / 8 * 8 + 8;
    run_cipher("DES-CBC", key, 1, padded, n, chain);
    run_cipher("DES-ECB", key + 8, 0, chain + n - 8, 8, last);
    run_cipher("DES-ECB", key, 1, last, 8, out);
}

static void bac_kdf(const uint8_t *seed, uint8_t counter, uint8_t out[16])
{
    uint8_t message[20] = { 0 }, hash[20];

    memcpy(message, seed, 16);
    message[19] = counter;
    EVP_Digest(message, sizeof message, hash, NULL, EVP_sha1(), NULL);
    memcpy(out, hash, 16);
}

static void bac_authenticate(struct bac_card *card, struct str data, struct bytes *answer)
{
    uint8_t s[32], r[32], e[32], mac[8], seed[16], k_ic[16];

    assert_int_equal(data.n, 40);
    bac_mac(card->mac, NULL, (struct str){ data.p, 32 }, mac);
    assert_memory_equal(mac, data.p + 32, 8);
    run_cipher("DES-EDE-CBC", card->enc, 0, (const uint8_t *)data.p, 32, s);
    assert_memory_equal(s + 8, card->rnd, 8);
    RAND_bytes(k_ic, sizeof k_ic);
    memcpy(r, card->rnd, 8);
    memcpy(r + 8, s, 8);
    memcpy(r + 16, k_ic, 16);
    run_cipher("DES-EDE-CBC", card->enc, 1, r, 32, e);
    bac_mac(card->mac, NULL, (struct str){ (const char *)e, 32 }, mac);
    bytes_put(answer, e, 32);
    bytes_put(answer, mac, 8);
    memcpy(card->ssc, r + 4, 4);
    memcpy(card->ssc + 4, s + 4, 4);
    for (size_t i = 0; i < sizeof seed; i++)
        seed[i] = k_ic[i] ^ s[16 + i];
    bac_kdf(seed, 1, card->enc);
    bac_kdf(seed, 2, card->mac);
    card->session = true;
}

static void bac_read(struct bac_card *card, const struct apdu *a, struct bytes *answer)
{
    uint8_t mac[8], padded[256] = { 0 }, encrypted[256] = { 1 };
    size_t n = card->content_length;
    struct bytes covered = { 0 };
    struct tlv object;

    count_up(card->ssc, 8);
    bytes_put(&covered, (const uint8_t[]){ a->cla, a->ins, a->p1, a->p2, 0x80, 0, 0, 0 }, 8);
    bytes_put(&covered, a->data.p, a->data.n - 10);
    bac_mac(card->mac, card->ssc, bytes_str(&covered), mac);
    assert_true(tlv_find(a->data, 0x8E, &object));
    assert_memory_equal(object.value.p, mac, 8);
    count_up(card->ssc, 8);
    memcpy(padded, card->content, n);
    padded[n] = 0x80;
    n = n / 8 * 8 + 8;
    run_cipher("DES-EDE-CBC", card->enc, 1, padded, n, encrypted + 1);
    tlv_put(answer, 0x87, (struct str){ (const char *)encrypted, n + 1 });
    tlv_put(answer, 0x99, STR("\x90\x00"));
    bac_mac(card->mac, card->ssc, bytes_str(answer), mac);
    tlv_put(answer, 0x8E, (struct str){ (const char *)mac, 8 });
    bytes_free(&covered);
}

static struct chip_error bac_transmit(void *ctx, struct str command, struct bytes *answer)
{
    struct bac_card *card = ctx;
    struct apdu a = parse(command);

    if (a.ins == 0x84)
        bytes_put(answer, card->rnd, 8);
    else if (a.ins == 0x82)
        bac_authenticate(card, a.data, answer);
    else
        bac_read(card, &a, answer);
    put_sw(answer, 0x9000);
    return chip_ok();
}

static const struct card_ops bac_ops = { bac_transmit, NULL, NULL };

static void bac_once(void)
{
    struct bac_card card = { .content_length = 1 };
    const struct access_key key = {
        .kind = ACCESS_MRZ, .document = "090000001", .birth = "900101", .expiry = "300101"
    };
    struct card seam = { .ops = &bac_ops, .ctx = &card };
    struct channel c = { .card = &seam };
    struct access_outcome outcome;
    uint8_t hash[20];

    // The zone's words with the check digits that they have.
    EVP_Digest("090000001890010113001019", 24, hash, NULL, EVP_sha1(), NULL);
    bac_kdf(hash, 1, card.enc);
    bac_kdf(hash, 2, card.mac);
    RAND_bytes(card.rnd, sizeof card.rnd);
    RAND_bytes(card.content, sizeof card.content);
    card.content_length = 1 + card.rnd[0] % CONTENT_MAX;
    expect_ok(bac_run(&c, &key, &outcome));
    for (int i = 0; i < 3; i++)
        expect_content(&c, card.content, card.content_length);
    channel_end_session(&c);
}

static void bac(void **state)
{
    (void)state;
    legacy = OSSL_LIB_CTX_new();
    OSSL_PROVIDER *single = OSSL_PROVIDER_load(legacy, "legacy");
    OSSL_PROVIDER *others = OSSL_PROVIDER_load(legacy, "default");
    if (single == NULL || others == NULL) {
        OSSL_LIB_CTX_free(legacy);
        fprintf(stderr, "skipped: OpenSSL has no legacy provider here, so no single DES\n");
        skip();
    }
    for (int i = 0; i < runs(); i++)
        bac_once();
    OSSL_PROVIDER_unload(single);
    OSSL_PROVIDER_unload(others);
    OSSL_LIB_CTX_free(legacy);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(bac) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
