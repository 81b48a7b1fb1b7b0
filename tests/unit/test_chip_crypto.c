// SPDX-License-Identifier: MIT
// Keys, checksums and paddings against ICAO Doc 9303-11's appendices D, G and H, RFC 4493 and
// NIST SP 800-38B.
#include "chip/crypto.h"
#include "chip_script.h"

static void expect_key(enum security_cipher cipher, const char *secret, enum crypto_use use,
                       const char *expected)
{
    struct bytes s = hex(secret);
    uint8_t key[CRYPTO_KEY_MAX];

    assert_true(crypto_kdf(cipher, bytes_str(&s), use, key));
    expect_hex(str_octets(key, crypto_key_length(cipher)), expected);
    bytes_free(&s);
}

// Appendix D.1 and D.2, G.1 (both passwords), and the keys of AES-192 and -256 for the CAN 123456
// as they stand in other programs' tests.
static void keys(void **state)
{
    const char *seed = "239AB9CB282DAF66231DC5A4DF6BFBAE";
    const char *can = "313233343536";

    (void)state;
    expect_key(CIPHER_3DES, seed, CRYPTO_USE_ENC, "AB94FDECF2674FDFB9B391F85D7F76F2");
    expect_key(CIPHER_3DES, seed, CRYPTO_USE_MAC, "7962D9ECE03D1ACD4C76089DCE131543");
    expect_key(CIPHER_AES_128, "7E2D2A41C74EA0B38CD36F863939BFA8E9032AAD", CRYPTO_USE_PACE,
               "89DED1B26624EC1E634C1989302849DD");
    expect_key(CIPHER_AES_128, can, CRYPTO_USE_PACE, "591468CDA83D65219CCCB8560233600F");
    expect_key(CIPHER_AES_192, can, CRYPTO_USE_PACE,
               "8DF3278FB32026E66277357FCD6C826DBEB3DE32088B2531");
    expect_key(CIPHER_3DES, can, CRYPTO_USE_PACE, "581568CDA83D64209DCDB9570232610E");
}

static void no_cipher(void **state)
{
    uint8_t out[CRYPTO_HASH_MAX];

    (void)state;
    assert_false(crypto_kdf(CIPHER_NONE, STR("secret"), CRYPTO_USE_ENC, out));
    assert_false(crypto_mac(CIPHER_NONE, out, STR("message"), out));
    assert_false(crypto_cbc(CIPHER_NONE, out, NULL, CRYPTO_ENCRYPT, STR("12345678"), out));
    assert_false(crypto_cbc(CIPHER_3DES, out, NULL, CRYPTO_ENCRYPT, STR("1234567"), out));
    assert_int_equal(crypto_hash("MD-none", STR(""), out), 0);
}

static void expect_mac(enum security_cipher cipher, const char *key, const char *message,
                       const char *expected)
{
    struct bytes k = hex(key), m = hex(message);
    uint8_t mac[CRYPTO_MAC_LENGTH];

    assert_true(crypto_mac(cipher, (const uint8_t *)k.p, bytes_str(&m), mac));
    expect_hex(str_octets(mac, sizeof mac), expected);
    bytes_free(&k);
    bytes_free(&m);
}

// Appendix D.3 and D.4.
static void retail_macs(void **state)
{
    const char *k_mac = "7962D9ECE03D1ACD4C76089DCE131543";

    (void)state;
    expect_mac(CIPHER_3DES, k_mac,
               "72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F2",
               "5F1448EEA8AD90A7");
    expect_mac(CIPHER_3DES, k_mac,
               "46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F",
               "2F2D235D074D7449");
    expect_mac(CIPHER_3DES, "F1CB1F1FB5ADF208806B89DC579DC1F8", "887022120C06C22899029000",
               "FA855A5D4C50A8ED");
}

// RFC 4493, 4 (AES-128); NIST SP 800-38B, D.2 and D.3 (AES-192, AES-256).
static void cmacs(void **state)
{
    const char *k128 = "2b7e151628aed2a6abf7158809cf4f3c";
    const char *k192 = "8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b";
    const char *k256 = "603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4";
    const char *m16 = "6bc1bee22e409f96e93d7e117393172a";
    const char *m40 =
        "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411";

    (void)state;
    expect_mac(CIPHER_AES_128, k128, "", "bb1d6929e9593728");
    expect_mac(CIPHER_AES_128, k128, m16, "070a16b46b4d4144");
    expect_mac(CIPHER_AES_128, k128, m40, "dfa66747de9ae630");
    expect_mac(CIPHER_AES_192, k192, "", "d17ddf46adaacde5");
    expect_mac(CIPHER_AES_192, k192, m40, "8a1de5be2eb31aad");
    expect_mac(CIPHER_AES_256, k256, m16, "28a7023f452e8f82");
    expect_mac(CIPHER_AES_256, k256, m40, "aaf3d8f1de5640c2");
}

// Appendix D.3: E.IFD there and back.
static void cbc(void **state)
{
    struct bytes key = hex("AB94FDECF2674FDFB9B391F85D7F76F2");
    struct bytes s = hex("781723860C06C2264608F919887022120B795240CB7049B01C19B33E32804F0B");
    const uint8_t *k = (const uint8_t *)key.p;
    uint8_t there[32], back[32];

    (void)state;
    assert_true(crypto_cbc(CIPHER_3DES, k, NULL, CRYPTO_ENCRYPT, bytes_str(&s), there));
    expect_hex(str_octets(there, 32),
               "72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F2");
    assert_true(crypto_cbc(CIPHER_3DES, k, NULL, CRYPTO_DECRYPT, str_octets(there, 32), back));
    assert_memory_equal(back, s.p, 32);
    assert_true(crypto_cbc(CIPHER_3DES, k, NULL, CRYPTO_DECRYPT, STR(""), back));
    bytes_free(&key);
    bytes_free(&s);
}

static void expect_unpadded(const char *padded, size_t block, int length)
{
    struct bytes b = hex(padded);
    size_t n = SIZE_MAX;

    assert_int_equal(crypto_unpad(bytes_str(&b), block, &n), length >= 0);
    if (length >= 0)
        assert_int_equal(n, length);
    bytes_free(&b);
}

static void paddings(void **state)
{
    struct bytes b = { 0 };

    (void)state;
    crypto_pad(&b, 8);
    expect_hex(bytes_str(&b), "8000000000000000");
    b.n = 7;
    crypto_pad(&b, 8);
    expect_hex(bytes_str(&b), "8000000000000080");
    bytes_free(&b);
    expect_unpadded("8000000000000000", 8, 0);
    expect_unpadded("0102030405060780", 8, 7);
    expect_unpadded("0102030405068000", 8, 6);
    expect_unpadded("80808080808080808000000000000000", 8, 8);
    expect_unpadded("0102030405060781", 8, -1);
    expect_unpadded("0000000000000000", 8, -1);
    expect_unpadded("80000000000000000000000000000000", 8, -1);
    expect_unpadded("80000000000000", 8, -1);
    expect_unpadded("", 8, -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys),  cmocka_unit_test(no_cipher), cmocka_unit_test(retail_macs),
        cmocka_unit_test(cmacs), cmocka_unit_test(cbc),       cmocka_unit_test(paddings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
