// SPDX-License-Identifier: MIT
// PACE's mappings alone: the intermediate values of the worked examples of ICAO Doc 9303-11,
// appendices G and H, and that no mapping leads out of its group.
#include "chip/access.h"
#include "chip/pace_map.h"
#include "chip_script.h"

static void expect_generator(const struct domain *d, const char *expected)
{
    struct bytes g = { 0 };
    BN_CTX *ctx = BN_CTX_new();

    if (d->kind == AGREEMENT_ECDH) {
        assert_true(agree_put_point(d, d->base, &g, ctx));
    } else {
        assert_true(bytes_reserve(&g, d->length));
        g.n = d->length;
        assert_int_equal(BN_bn2binpad(d->g, (unsigned char *)g.p, (int)g.n), g.n);
    }
    expect_hex(bytes_str(&g), expected);
    BN_CTX_free(ctx);
    bytes_free(&g);
}

static void expect_generic(uint32_t id, const char *nonce, const char *agreed, const char *mapped)
{
    struct bytes s = hex(nonce), h = hex(agreed);
    struct domain *d = domain_new(id);

    assert_true(pace_map_generic(d, bytes_str(&s), bytes_str(&h)));
    expect_generator(d, mapped);
    domain_free(&d);
    bytes_free(&s);
    bytes_free(&h);
}

static void generic_generators(void **state)
{
    (void)state;
    expect_generic(13, "3F00C4D39D153F2B2A214A078D899B22",
                   "0460332EF2450B5D247EF6D3868397D398852ED6E8CAF6FFEEF6BF85CA57057FD5"
                   "0840CA7415BAF3E43BD414D35AA4608B93A2CAF3A4E3EA4E82C9C13D03EB7181",
                   "048CED63C91426D4F0EB1435E7CB1D74A46723A0AF21C89634F65A9AE87A9265E2"
                   "8C879506743F8611AC33645C5B985C80B5F09A0B83407C1B6A4D857AE76FE522");
    expect_generic(0, "FA5B7E3E49753A0DB9178B7B9BD898C8",
                   "5BABEBEF5B74E5BA94B5C063FDA15F1F1CDE94873EE0A5D3A2FCAB49F258D07F"
                   "544F13CB66658C3AFEE9E727389BE3F6CBBBD32128A8C21DD6EEA3CF7091CDDF"
                   "B08B8D007D40318DCCA4FFBF51208790FB4BD111E5A968ED6B6F08B26CA87C41"
                   "0B3CE0C310CE104EABD16629AA48620C1279270CB0750C0D37C57FFFE302AE7F",
                   "7C9CBFE98F9FBDDA8D143506FA7D9306F4CB17E3C71707AFF5E1C1A123702496"
                   "84D64EE37AF44B8DBD9D45BF6023919CBAA027AB97ACC771666C8E98FF483301"
                   "BFA4872DEDE9034EDFACB70814166B7F360676829B826BEA57291B5AD69FBC84"
                   "EF1E779032A305803F74341793E869742D401325B37EE8565FFCDEE618342DC5");
}

static void expect_integrated(uint32_t id, const char *nonce, const char *t, const char *random,
                              const char *mapped)
{
    struct bytes s = hex(nonce), b = hex(t), r = { 0 };
    struct domain *d = domain_new(id);

    assert_true(pace_map_random(CIPHER_AES_128, bytes_str(&s), bytes_str(&b),
                                (size_t)BN_num_bits(d->p), &r));
    expect_hex(bytes_str(&r), random);
    assert_true(pace_map_integrated(d, CIPHER_AES_128, bytes_str(&s), bytes_str(&b)));
    expect_generator(d, mapped);
    domain_free(&d);
    bytes_free(&s);
    bytes_free(&b);
    bytes_free(&r);
}

static void integrated_generators(void **state)
{
    (void)state;
    expect_integrated(13, "2923BE84E16CD6AE529049F1F1BBE9EB", "5DD4CBFC96F5453B130D890A1CDBAE32",
                      "E4447E2DFB3586BAC05DDB00156B57FBB2179A3949294C97254189800C517BAA"
                      "8DA0FF397ED8C445D3E421E4FEB57322",
                      "048E82D31559ED0FDE92A4D0498ADD3C23BABA94FB77691E31E90AEA77FB17D427"
                      "4C1AE14BD0C3DBAC0C871B7F3608169364437CA30AC243A089D3F266C1E60FAD");
    expect_integrated(0, "FA5B7E3E49753A0DB9178B7B9BD898C8", "B3A6DB3C870C3E99245E0D1C06B747DE",
                      "EAB98D13E09052952AA729907C3C946184DEA0FE74AD2B3AF506F0A83018459C"
                      "38099CD1F7FF4EA0A078DB1FAC1365505E3DC85500EF95E20B4EEF2E88489233"
                      "BEE0546B472F994B618D168702406791DEEF3CB4810932EC278F3533FDB860EB"
                      "4835C36FA4F1BF3FA0B828A718C96BDE88FBA38A3E6C35AAA10959251EB5FC71"
                      "0FC187258995944C0F926E249373F485",
                      "1D7D767F11E333BCD6DBAEF40E799E7A926B96973550656FF3C830726D118D61"
                      "C276CDCC61D475CF03A98E0C0E79CAEBA5BE25578BD4551D0B10903236F0B0F9"
                      "76852FA78EEA14EA0ACA87D1E91F688FE0DFF897BBE35A472621D343564B262F"
                      "34223AE8FC59B664BFEDFA2BFE7516CA5510A6BBB633D517EC25D4E0BBAA16C2");
}

// In every domain and with every cipher the mapped generator lies in the group: EC_POINT itself
// refuses others, and a Diffie-Hellman value to the power of the order is one.
static void integrated_everywhere(void **state)
{
    static const uint8_t s[32] = { 1, 2, 3 }, t[32] = { 4, 5, 6 };

    (void)state;
    for (uint32_t id = 0; id <= 18; id++) {
        for (int c = CIPHER_3DES; c <= CIPHER_AES_256; c++) {
            struct domain *d = pace_map_integrated_works(id) ? domain_new(id) : NULL;
            enum security_cipher cipher = (enum security_cipher)c;
            size_t n = c == CIPHER_AES_192 ? 24 : c == CIPHER_AES_256 ? 32 : 16;
            if (d == NULL)
                continue;
            assert_true(pace_map_integrated(
                d, cipher, (struct str){ (const char *)s, pace_map_nonce_length(cipher) },
                (struct str){ (const char *)t, n }));
            struct key_pair pair;
            struct bytes product = { 0 };
            assert_true(key_pair_make(d, &pair));
            assert_int_equal(agree_multiply(d, pair.secret, bytes_str(&pair.public_key), &product),
                             CHIP_OK);
            assert_int_equal(product.n, agree_length(d));
            key_pair_free(&pair);
            bytes_free(&product);
            domain_free(&d);
        }
    }
    assert_false(domain_is_known(3));
    assert_false(domain_is_known(7));
    assert_false(domain_is_known(19));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(generic_generators),
        cmocka_unit_test(integrated_generators),
        cmocka_unit_test(integrated_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
