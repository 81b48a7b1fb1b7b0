// SPDX-License-Identifier: MIT
// Secure messaging where ICAO Doc 9303-11's appendix D.4 (test_chip_bac.c) does not reach: AES,
// extended lengths, odd instructions, and answers that must not be believed.
#include "chip/crypto.h"
#include "chip/sm.h"
#include "chip_script.h"
#include "tlv/tlv.h"

#include <stdlib.h>

static struct sm *session(enum security_cipher cipher, const char *k_enc, const char *k_mac,
                          const char *counter)
{
    struct bytes enc = hex(k_enc), mac = hex(k_mac), ssc = hex(counter);
    struct sm *sm = sm_new(cipher, bytes_str(&enc), bytes_str(&mac), bytes_str(&ssc));

    bytes_free(&enc);
    bytes_free(&mac);
    bytes_free(&ssc);
    return sm;
}

// The keys of BSI's Worked Example for Extended Access Control, 1.02, after PACE over ECDH.
static struct sm *bsi_session(void)
{
    return session(CIPHER_AES_128, "68406B4162100563D9C901A6154D2901",
                   "73FF268784F72AF833FDC9464049AFC9", "");
}

// There the first command's data and the first answer's checksum.
static void bsi_example(void **state)
{
    struct sm *sm = bsi_session();
    struct bytes storage = { 0 }, name = hex("830D44454356434141543030303031");
    struct apdu out;
    const struct apdu set_dst = { .ins = 0x22, .p1 = 0x81, .p2 = 0xB6, .data = bytes_str(&name) };
    struct answer answer = { .data = hex("990290008E08A89570A68664A7D6"), .sw = 0x9000 };
    struct tlv data;

    (void)state;
    assert_int_equal(sm_protect(sm, &set_dst, &out, &storage).code, CHIP_OK);
    assert_int_equal(out.cla, 0x0C);
    assert_int_equal(out.ne, 256);
    assert_true(tlv_find(out.data, 0x87, &data));
    expect_hex(data.value, "01BE90237EEB4BA0FF253EA246AE31C8B8");
    assert_int_equal(sm_open(sm, &answer).code, CHIP_OK);
    assert_int_equal(answer.data.n, 0);
    assert_int_equal(answer.sw, 0x9000);
    answer_free(&answer);
    bytes_free(&storage);
    bytes_free(&name);
    sm_free(&sm);
}

// ---- a card's side, to make answers ----

struct peer {
    enum security_cipher cipher;
    uint8_t key[CRYPTO_KEY_MAX]; // for both
    uint8_t counter[CRYPTO_BLOCK_MAX];
};

static void peer_count(struct peer *p)
{
    for (size_t i = crypto_block_length(p->cipher); i > 0 && ++p->counter[i - 1] == 0; i--)
        ;
}

static void peer_mac(const struct peer *p, struct str covered, struct bytes *out)
{
    size_t block = crypto_block_length(p->cipher);
    struct bytes all = { 0 };
    uint8_t mac[CRYPTO_MAC_LENGTH];

    bytes_put(&all, p->counter, block);
    bytes_put_str(&all, covered);
    if (p->cipher != CIPHER_3DES)
        crypto_pad(&all, block);
    assert_true(crypto_mac(p->cipher, p->key, bytes_str(&all), mac));
    tlv_put(out, 0x8E, str_octets(mac, sizeof mac));
    bytes_free(&all);
}

// DO87 or DO85 with these bytes, which must be padded already.
static void peer_encrypt(const struct peer *p, uint8_t tag, struct str padded, struct bytes *out)
{
    uint8_t iv[CRYPTO_BLOCK_MAX] = { 0 }, encrypted[4096] = { 1 };
    size_t front = tag == 0x87;

    if (p->cipher != CIPHER_3DES)
        assert_true(crypto_cbc(p->cipher, p->key, NULL, CRYPTO_ENCRYPT,
                               str_octets(p->counter, CRYPTO_BLOCK_MAX), iv));
    assert_true(crypto_cbc(p->cipher, p->key, iv, CRYPTO_ENCRYPT, padded, encrypted + front));
    tlv_put(out, tag, str_octets(encrypted, padded.n + front));
}

static struct answer peer_answer(struct peer *p, uint8_t tag, struct str data, uint16_t sw)
{
    const uint8_t status[] = { (uint8_t)(sw >> 8), (uint8_t)sw };
    struct answer a = { .sw = sw };
    struct bytes padded = { 0 };

    if (tag != 0) {
        bytes_put_str(&padded, data);
        crypto_pad(&padded, crypto_block_length(p->cipher));
        peer_encrypt(p, tag, bytes_str(&padded), &a.data);
    }
    tlv_put(&a.data, 0x99, str_octets(status, 2));
    peer_mac(p, bytes_str(&a.data), &a.data);
    bytes_free(&padded);
    return a;
}

static struct sm *begin(struct peer *p, enum security_cipher cipher, uint8_t ins)
{
    struct bytes storage = { 0 };
    struct apdu out;
    struct sm *sm;

    *p = (struct peer){ .cipher = cipher };
    for (size_t i = 0; i < sizeof p->key; i++)
        p->key[i] = (uint8_t)(i * 7 + 1);
    struct str key = str_octets(p->key, crypto_key_length(cipher));
    sm = sm_new(cipher, key, key, STR(""));
    assert_non_null(sm);
    assert_int_equal(sm_cipher(sm), cipher);
    assert_int_equal(sm_protect(sm, &(struct apdu){ .ins = ins, .ne = 1 }, &out, &storage).code,
                     CHIP_OK);
    peer_count(p);
    peer_count(p);
    bytes_free(&storage);
    return sm;
}

static void round_trips(void **state)
{
    static const char text[] = "sixteen bytes...and some more of them, to fill three blocks";
    struct peer p;

    (void)state;
    for (int c = CIPHER_3DES; c <= CIPHER_AES_256; c++) {
        for (size_t n = 0; n < sizeof text; n++) {
            struct sm *sm = begin(&p, (enum security_cipher)c, 0xB0);
            struct answer a = peer_answer(&p, 0x87, (struct str){ text, n }, 0x6282);
            assert_int_equal(sm_open(sm, &a).code, CHIP_OK);
            assert_int_equal(a.sw, 0x6282);
            assert_int_equal(a.data.n, n);
            assert_memory_equal(a.data.p, text, n);
            answer_free(&a);
            sm_free(&sm);
        }
    }
}

static void expect_code(struct sm **sm, struct answer *a, enum chip_code code, uint16_t sw)
{
    struct chip_error error = sm_open(*sm, a);

    assert_int_equal(error.code, code);
    assert_int_equal(error.sw, sw);
    assert_int_equal(a->data.n, 0);
    answer_free(a);
    sm_free(sm);
}

static void unprotected(void **state)
{
    static const uint16_t words[] = { 0x9000, 0x6982, 0x6987, 0x6988, 0x6A82 };
    struct peer p;

    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct sm *sm = begin(&p, CIPHER_AES_128, 0xB0);
        struct answer a = { .sw = words[i] };
        expect_code(&sm, &a, CHIP_SM_PLAIN, words[i]);
    }
}

// No bit of a protected answer may be another one.
static void every_bit(void **state)
{
    struct peer p;

    (void)state;
    for (int c = CIPHER_3DES; c <= CIPHER_AES_128; c++) {
        struct sm *sm = begin(&p, (enum security_cipher)c, 0xB0);
        struct answer good = peer_answer(&p, 0x87, STR("some data"), 0x9000);
        sm_free(&sm);
        for (size_t bit = 0; bit < 8 * good.data.n; bit++) {
            struct answer a = { .sw = 0x9000 };
            sm = begin(&p, (enum security_cipher)c, 0xB0);
            bytes_put_str(&a.data, bytes_str(&good.data));
            a.data.p[bit / 8] ^= (char)(1u << bit % 8);
            enum chip_code code = sm_open(sm, &a).code;
            assert_true(code == CHIP_SM_MAC || code == CHIP_SM_FORM);
            assert_int_equal(a.data.n, 0);
            answer_free(&a);
            sm_free(&sm);
        }
        answer_free(&good);
    }
}

// Old answers, and answers in another order, have another counter.
static void replays(void **state)
{
    struct peer p;
    struct sm *sm = begin(&p, CIPHER_AES_256, 0xB0);
    struct answer a = peer_answer(&p, 0, STR(""), 0x9000), again = { .sw = 0x9000 };
    struct bytes storage = { 0 };
    struct apdu out;

    (void)state;
    bytes_put_str(&again.data, bytes_str(&a.data));
    assert_int_equal(sm_open(sm, &a).code, CHIP_OK);
    answer_free(&a);
    assert_int_equal(sm_protect(sm, &(struct apdu){ .ins = 0xB0 }, &out, &storage).code, CHIP_OK);
    bytes_free(&storage);
    expect_code(&sm, &again, CHIP_SM_MAC, 0x9000);
}

// Checksums are right here; what they cover is not.
static void malformed(void **state)
{
    static const struct {
        const char *objects;
        uint16_t sw;
    } rows[] = {
        { "", 0x9000 },                                 // no DO99
        { "99029000", 0x6A82 },                         // another status word outside
        { "9903900000", 0x9000 },                       // one byte too many
        { "990190", 0x9000 },                           // one too few
        { "8700 99029000", 0x9000 },                    // no padding indicator
        { "870101 99029000", 0x9000 },                  // nothing encrypted
        { "870901 0102030405060708 99029000", 0x9000 }, // no whole block
        { "871102 00000000000000000000000000000000 99029000", 0x9000 }, // another padding
        { "8510 00000000000000000000000000000000 99029000", 0x9000 },   // for odd instructions only
        { "99029000 870101", 0x9000 },                                  // in another order
        { "810141 99029000", 0x9000 },                                  // in the clear
        { "99029000 99029000", 0x9000 },                                // twice
    };
    struct peer p;

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct sm *sm = begin(&p, CIPHER_AES_128, 0xB0);
        struct answer a = { .data = hex(rows[i].objects), .sw = rows[i].sw };
        peer_mac(&p, bytes_str(&a.data), &a.data);
        enum chip_code code = sm_open(sm, &a).code;
        assert_int_equal(code, CHIP_SM_FORM);
        answer_free(&a);
        sm_free(&sm);
    }
    struct sm *sm = begin(&p, CIPHER_AES_128, 0xB0);
    struct answer a = peer_answer(&p, 0, STR(""), 0x9000);
    bytes_put(&a.data, "\x99\x00", 2); // after the checksum
    expect_code(&sm, &a, CHIP_SM_FORM, 0x9000);
}

static void bad_padding(void **state)
{
    static const char blocks[][33] = { "00000000000000000000000000000000",
                                       "80000000000000000000000000000001",
                                       "01020304050607080910111213141516" };
    struct peer p;

    (void)state;
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        struct sm *sm = begin(&p, CIPHER_AES_128, 0xB0);
        struct answer a = { .sw = 0x9000 };
        struct bytes padded = hex(blocks[i]);
        peer_encrypt(&p, 0x87, bytes_str(&padded), &a.data);
        tlv_put(&a.data, 0x99, STR("\x90\x00"));
        peer_mac(&p, bytes_str(&a.data), &a.data);
        bytes_free(&padded);
        expect_code(&sm, &a, CHIP_SM_FORM, 0);
    }
}

static void odd_instructions(void **state)
{
    static const uint8_t tags[] = { 0x85, 0x87 };
    struct bytes storage = { 0 };
    struct apdu out;
    struct peer p;

    (void)state;
    for (size_t i = 0; i < sizeof tags; i++) {
        struct sm *sm = begin(&p, CIPHER_AES_128, 0xB1);
        struct answer a = peer_answer(&p, tags[i], STR("\x53\x01\x41"), 0x9000);
        assert_int_equal(sm_open(sm, &a).code, CHIP_OK);
        expect_hex(bytes_str(&a.data), "530141");
        answer_free(&a);
        const struct apdu read = { .ins = 0xB1, .data = STR("\x54\x02\x80\x00"), .ne = 4096 };
        assert_int_equal(sm_protect(sm, &read, &out, &storage).code, CHIP_OK);
        assert_int_equal((uint8_t)out.data.p[0], 0x85);
        assert_int_equal(out.data.p[1], 16);
        assert_int_equal(out.ne, 65536);
        expect_hex(str_head(str_from(out.data, 18), 4), "97021000");
        bytes_free(&storage);
        sm_free(&sm);
    }
}

static void expect_ne(uint32_t ne, const char *object, uint32_t outside)
{
    struct bytes storage = { 0 }, wanted = hex(object);
    struct apdu out;
    struct peer p;
    struct sm *sm = begin(&p, CIPHER_3DES, 0xB0);

    assert_int_equal(sm_protect(sm, &(struct apdu){ .ins = 0xB0, .ne = ne }, &out, &storage).code,
                     CHIP_OK);
    assert_int_equal(out.data.n, wanted.n + 10);
    assert_memory_equal(out.data.p, wanted.p, wanted.n);
    assert_int_equal(out.ne, outside);
    bytes_free(&storage);
    bytes_free(&wanted);
    sm_free(&sm);
}

static void expected_lengths(void **state)
{
    (void)state;
    expect_ne(0, "", 256);
    expect_ne(1, "970101", 256);
    expect_ne(256, "970100", 256);
    expect_ne(257, "97020101", 65536);
    expect_ne(65536, "97020000", 65536);
}

// The payload fits its limit, and one byte more would not.
static void payloads(void **state)
{
    (void)state;
    for (int c = CIPHER_3DES; c <= CIPHER_AES_128; c++) {
        struct peer p;
        struct sm *sm = begin(&p, (enum security_cipher)c, 0xB0);
        assert_int_equal(sm_payload(sm, 256), c == CIPHER_3DES ? 231 : 223);
        assert_int_equal(sm_payload(sm, 0), 0);
        char *data = calloc(1, 3000);
        for (uint32_t ne = 30; ne < 1200; ne++) {
            uint32_t n = sm_payload(sm, ne);
            struct answer a = peer_answer(&p, 0x87, (struct str){ data, n }, 0x9000);
            struct answer b = peer_answer(&p, 0x87, (struct str){ data, n + 1 }, 0x9000);
            assert_true(n == 0 || a.data.n <= ne);
            assert_true(b.data.n > ne);
            answer_free(&a);
            answer_free(&b);
        }
        free(data);
        sm_free(&sm);
    }
}

static void counter_ends(void **state)
{
    struct bytes storage = { 0 };
    struct apdu out;
    const char *key = "F1CB1F1FB5ADF208806B89DC579DC1F8";

    (void)state;
    struct sm *sm = session(CIPHER_3DES, key, key, "FFFFFFFFFFFFFFFF");
    assert_int_equal(sm_protect(sm, &(struct apdu){ .ins = 0xB0 }, &out, &storage).code,
                     CHIP_CRYPTO);
    sm_free(&sm);
    sm = session(CIPHER_3DES, key, key, "FFFFFFFFFFFFFFFE");
    assert_int_equal(sm_protect(sm, &(struct apdu){ .ins = 0xB0 }, &out, &storage).code, CHIP_OK);
    struct answer a = { .sw = 0x9000 };
    assert_int_equal(sm_open(sm, &a).code, CHIP_CRYPTO);
    sm_free(&sm);
    bytes_free(&storage);
}

static void bad_keys(void **state)
{
    (void)state;
    assert_null(session(CIPHER_AES_256, "00", "00", ""));
    assert_null(session(CIPHER_NONE, "", "", ""));
    assert_null(session(CIPHER_AES_128, "F1CB1F1FB5ADF208806B89DC579DC1F8",
                        "F1CB1F1FB5ADF208806B89DC579DC1F8", "0000000000000000"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bsi_example),      cmocka_unit_test(round_trips),
        cmocka_unit_test(unprotected),      cmocka_unit_test(every_bit),
        cmocka_unit_test(replays),          cmocka_unit_test(malformed),
        cmocka_unit_test(bad_padding),      cmocka_unit_test(odd_instructions),
        cmocka_unit_test(expected_lengths), cmocka_unit_test(payloads),
        cmocka_unit_test(counter_ends),     cmocka_unit_test(bad_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
