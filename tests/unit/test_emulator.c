// SPDX-License-Identifier: MIT
// The card that the tests of cccd-chip read, held against the worked examples of ICAO Doc 9303-11
// (appendices D, G, H and I).
#include "emulator_run.h"

#include <signal.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/sha.h>

// Appendix D.3 and D.4.
static void test_bac_worked_example(void **state)
{
    struct emulator e;
    (void)state;
    folder_make(e.folder);
    file_put(e.folder, "EF.COM", "60145F0104303130365F36063034303030305C026175");
    START(&e, "--mrz=L898902C<369080619406236",
          "--fixed-random=4608F91988702212"
          "0B4F80323EB3191CB04970CB4052790B");
    power_on(&e);
    expect(&e, "00A4040C07A0000002471001", "9000");
    expect(&e, "0084000008", "4608F919887022129000");
    expect(&e,
           "0082000028"
           "72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F2"
           "5F1448EEA8AD90A728",
           "46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F"
           "2F2D235D074D74499000");
    expect(&e, "0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800",
           "990290008E08FA855A5D4C50A8ED9000");
    expect(&e, "0CB000000D9701048E08ED6705417E96BA5500",
           "8709019FF0EC34F9922651990290008E08AD55CC17140B2DED9000");
    expect(
        &e, "0CB000040D9701128E082EA28A70F3C7B53500",
        "871901FB9235F4E4037F2327DCC8964F1F9B8C30F42C8E2FFF224A990290008E08C8B2787EAEA07D749000");
    // The same again: its checksum is over an old counter.
    expect(&e, "0CB000040D9701128E082EA28A70F3C7B53500", "6988");
    expect(&e, "0CB000040D9701128E082EA28A70F3C7B53500", "6988");
    expect(&e, "00B0000004", "6982");
    emulator_end(&e);
}

static void test_bac_wrong_key(void **state)
{
    struct emulator e;
    (void)state;
    folder_make(e.folder);
    file_put(e.folder, "EF.COM", "6000");
    START(&e, "--mrz=L898902C<369080619406236", "--fixed-random=4608F91988702212");
    power_on(&e);
    expect(&e, "00A4040C07A0000002471001", "9000");
    expect(&e, "0084000008", "4608F919887022129000");
    expect(&e,
           "0082000028"
           "72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F2"
           "5F1448EEA8AD90A628",
           "6300");
    // A challenge serves once.
    expect(&e,
           "0082000028"
           "72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F2"
           "5F1448EEA8AD90A728",
           "6985");
    emulator_end(&e);
}

#define EXAMPLE_MRZ "T22000129364081251010318"

struct exchange {
    const char *command, *answer;
};

static void pace_example(const char *protocol, const char *password, const char *random,
                         const struct exchange *exchanges)
{
    char pace[64], key[64], fixed[512];
    struct emulator e;
    folder_make(e.folder);
    file_put(e.folder, "EF.COM", "6000");
    snprintf(pace, sizeof pace, "--pace=%s", protocol);
    snprintf(key, sizeof key, "--%s", password);
    snprintf(fixed, sizeof fixed, "--fixed-random=%s", random);
    START(&e, pace, key, fixed, ("--mrz=" EXAMPLE_MRZ));
    power_on(&e);
    for (; exchanges->command != NULL; exchanges++)
        expect(&e, exchanges->command, exchanges->answer);
    emulator_end(&e);
}

// Appendix G.1.
static void test_pace_ecdh_gm(void **state)
{
    static const struct exchange exchanges[] = {
        { "0022C1A40F800A04007F00070202040202830101", "9000" },
        { "10860000027C0000", "7C12801095A3A016522EE98D01E76CB6B98B42C39000" },
        { "10860000457C438141047ACF3EFC982EC45565A4B155129EFBC74650DCBFA6362D896FC70262E0C2CC5E"
          "544552DCB6725218799115B55C9BAA6D9F6BC3A9618E70C25AF71777A9C4922D00",
          "7C43824104824FBA91C9CBE26BEF53A0EBE7342A3BF178CEA9F45DE0B70AA601651FBA3F57"
          "30D8C879AAA9C9F73991E61B58F4D52EB87A0A0C709A49DC63719363CCD13C549000" },
        { "10860000457C438341042DB7A64C0355044EC9DF190514C625CBA2CEA48754887122F3A5EF0D5EDD301C"
          "3556F3B3B186DF10B857B58F6A7EB80F20BA5DC7BE1D43D9BF850149FBB3646200",
          "7C438441049E880F842905B8B3181F7AF7CAA9F0EFB743847F44A306D2D28C1D9EC65DF6DB"
          "7764B22277A2EDDC3C265A9F018F9CB852E111B768B326904B59A0193776F0949000" },
        { "008600000C7C0A8508C2B0BD78D94BA86600", "7C0A86083ABB9674BCE93C089000" },
        { NULL, NULL },
    };
    (void)state;
    pace_example("ecdh-gm-aes128:13", "mrz=" EXAMPLE_MRZ,
                 "3F00C4D39D153F2B2A214A078D899B22"
                 "498FF49756F2DC1587840041839A85982BE7761D14715FB091EFA7BCE9058560"
                 "107CF58696EF6155053340FD633392BA81909DF7B9706F226F32086C7AFF974A",
                 exchanges);
}

// Appendix G.2.
static void test_pace_dh_gm(void **state)
{
    static const struct exchange exchanges[] = {
        { "0022C1A40F800A04007F00070202040102830101", "9000" },
        { "10860000027C0000", "7C128010854D8DF5827FA6852D1A4FA701CDDDCA9000" },
        { "10860000867C818381818023FB3749EA030D2A25B278D2A562047ADE3F01B74F17A15402CB7352CA7D2B3E"
          "B71C343DB13D1DEBCE9A3666DBCFC920B49174A602CB47965CAA73DC702489A4"
          "4D41DB914DE9613DC5E98C94160551C0DF86274B9359BC0490D01B03AD54022D"
          "CB4F57FAD6322497D7A1E28D46710F461AFE710FBBBC5F8BA166F4311975EC6C00",
          "7C818382818078879F57225AA8080D52ED0FC890A4B25336F699AA89A2D3A189654AF70729E6"
          "23EA5738B26381E4DA19E004706FACE7B235C2DBF2F38748312F3C98C2DD4882"
          "A41947B324AA1259AC22579DB93F7085655AF30889DBB845D9E6783FE42C9F24"
          "49400306254C8AE8EE9DD812A804C0B66E8CAFC14F84D8258950A91B44126EE69000" },
        { "10860000867C8183838180907D89E2D425A178AA81AF4A7774EC8E388C115CAE67031E85EECE520BD91155"
          "1B9AE4D04369F29A02626C86FBC6747CC7BC352645B6161A2A42D44EDA80A08F"
          "A8D61B76D3A154AD8A5A51786B0BC07147057871A922212C5F67F43173172236"
          "B7747D1671E6D692A3C7D40A0C3C5CE397545D015C175EB5130551EDBC2EE5D400",
          "7C8183848180075693D9AE941877573E634B6E644F8E60AF17A0076B8B123D9201074D36152B"
          "D8B3A213F53820C42ADC79AB5D0AEEC3AEFB91394DA476BD97B9B14D0A65C1FC"
          "71A0E019CB08AF55E1F729005FBA7E3FA5DC41899238A250767A6D46DB974064"
          "386CD456743585F8E5D90CC8B4004B1F6D866C79CE0584E49687FF61BC29AEA19000" },
        { "008600000C7C0A8508B46DD9BD4D98381F00", "7C0A8608917F37B5C0E6D8D19000" },
        { NULL, NULL },
    };
    (void)state;
    pace_example("dh-gm-aes128:0", "mrz=" EXAMPLE_MRZ,
                 "FA5B7E3E49753A0DB9178B7B9BD898C8"
                 "66DDAFEAC1609CB5B963BB0CB3FF8B3E047F336C"
                 "A5B780126B7C980E9FCEA1D4539DA1D27C342DFA",
                 exchanges);
}

// Appendix H.1; the password is not printed there, but the key from it.
static void test_pace_ecdh_im(void **state)
{
    static const struct exchange exchanges[] = {
        { "0022C1A40F800A04007F00070202040402830101", "9000" },
        { "10860000027C0000", "7C128010143DC40C08C8E891FBED7DEDB92B64AD9000" },
        { "10860000147C1281105DD4CBFC96F5453B130D890A1CDBAE3200", "7C0282009000" },
        { "10860000457C4383410489CBA23FFE96AA18D824627C3E934E54A9FD0B87A95D1471DC1C0ABFDCD640D4"
          "6755DE9B7B778280B6BEBD57439ADFEB0E21FD4ED6DF42578C13418A59B34C3700",
          "7C4384410467F78E5F7F7686082B293E8D087E056916D0F74BC01A5F8957D0DE45691E51E8"
          "932B69A962B52A0985AD2C0A271EE6A13A8ADDDCD1A3A994B9DED257F4D227539000" },
        { "008600000C7C0A8508450F02B86F6A090900", "7C0A860875D4D96E8D5B03089000" },
        { NULL, NULL },
    };
    (void)state;
    pace_example("ecdh-im-aes128:13", "password-key=591468CDA83D65219CCCB8560233600F",
                 "2923BE84E16CD6AE529049F1F1BBE9EB"
                 "107CF58696EF6155053340FD633392BA81909DF7B9706F226F32086C7AFF974A",
                 exchanges);
}

// Appendix H.2; the chip's private key there, modulo the group's order.
static void test_pace_dh_im(void **state)
{
    static const struct exchange exchanges[] = {
        { "0022C1A40F800A04007F00070202040302830101", "9000" },
        { "10860000027C0000", "7C1280109ABB8864CA0FF1551E620D1EF4E135109000" },
        { "10860000147C128110B3A6DB3C870C3E99245E0D1C06B747DE00", "7C0282009000" },
        // In two parts, as for a reader without extended length.
        { "10860000207C81838381800F0CC62945A8029251FB7EF3C094E12EC68E4EF07F27CB9D9CD0", "9000" },
        { "1086000066"
          "4C5C4250FAE0E4F8A951557E929AEB48E5C6DD47F2F5CD7C351A9BD2CD722C07"
          "EDE166770F08FFCB370262CF308DD7B07F2E0DA9CAAA1492344C852906919538"
          "C98A4BA4187E76CE9D87832386D319CE2E043C3343AEAE6EDBA1A9894DC5094D"
          "22F7FE1351D500",
          "7C8183848180928D9A0F9DBA450F13FC859C6F290D1D36E42431138A4378500BEB4E0401854C"
          "FF111F71CB6DC1D0335807A11388CC8EAA87B07907AAD9FBA6B169AF6D8C26AF"
          "8DDDC39ADC3AD2E3FF882B84D23E9768E95A80E4746FB07A9767679FE92133B4"
          "D379935C771BD7FBED6C7BB4B1708B275EA75679524CDC9C6A91370CC662A2F39000" },
        { "008600000C7C0A850855D61977CBF5307E00", "7C0A8608C2F04230187E15259000" },
        { NULL, NULL },
    };
    (void)state;
    pace_example("dh-im-aes128:0", "password-key=591468CDA83D65219CCCB8560233600F",
                 "FA5B7E3E49753A0DB9178B7B9BD898C8"
                 "A5B780126B7C980E9FCEA1D4539DA1D27C342DFA",
                 exchanges);
}

// ---- appendix I: the chip's second private key is not printed there, so a terminal is needed ----
static void sha1_key(const uint8_t *secret, size_t n, uint8_t counter, uint8_t key[16])
{
    uint8_t in[64], digest[SHA_DIGEST_LENGTH];
    assert_true(n + 4 <= sizeof in);
    memcpy(in, secret, n);
    memcpy(in + n, (const uint8_t[]){ 0, 0, 0, counter }, 4);
    SHA1(in, n + 4, digest);
    memcpy(key, digest, 16);
}

static void aes_run(const EVP_CIPHER *type, bool encrypt, const uint8_t *key, const uint8_t *iv,
                    const uint8_t *in, int n, uint8_t *out)
{
    int written;
    EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    assert_non_null(ctx);
    assert_int_equal(EVP_CipherInit_ex(ctx, type, NULL, key, iv, encrypt), 1);
    EVP_CIPHER_CTX_set_padding(ctx, 0);
    assert_int_equal(EVP_CipherUpdate(ctx, out, &written, in, n), 1);
    assert_int_equal(written, n);
    EVP_CIPHER_CTX_free(ctx);
}

static void cmac_token(const uint8_t key[16], const uint8_t point[65], uint8_t mac[16])
{
    uint8_t data[82] = { 0x7F, 0x49, 0x4F, 0x06, 0x0A, 0x04, 0x00, 0x7F, 0x00,
                         0x07, 0x02, 0x02, 0x04, 0x06, 0x02, 0x86, 0x41 };
    size_t n;
    memcpy(data + 17, point, 65);
    assert_non_null(EVP_Q_mac(NULL, "CMAC", NULL, "AES-128-CBC", NULL, key, 16, data, sizeof data,
                              mac, 16, &n));
}

// The terminal's part with its second private key of the example: sends key and token, gives K_Enc
// and the last answer.
static size_t cam_terminal(const struct emulator *e, uint8_t enc[16], uint8_t *answer)
{
    static const char key[] = "76ECFDAA9841C323A3F5FC5E88B88DB3EFF7E35EBF57A7E6946CB630006C2120";
    uint8_t point[65], shared[65], mac_key[16], mac[16];
    char command[64], *token;
    EC_GROUP *group = EC_GROUP_new_by_curve_name(NID_brainpoolP256r1);
    EC_POINT *p = EC_POINT_new(group);
    BIGNUM *d = NULL;
    size_t n = transmit(e,
                        "10860000457C43834104446C934084D9DAB863944F219520076C29EE3F7AE6722B11FF319E"
                        "C1C7728F955483400BFF60BF0C5929270009277DC2A515E12575010AD9BA916CF1BF86FEFC"
                        "00",
                        answer);
    assert_int_equal(n, 71);
    memcpy(point, answer + 4, 65);
    assert_true(BN_hex2bn(&d, key) > 0);
    assert_int_equal(EC_POINT_oct2point(group, p, point, 65, NULL), 1);
    assert_int_equal(EC_POINT_mul(group, p, NULL, p, d, NULL), 1);
    assert_int_equal(EC_POINT_point2oct(group, p, POINT_CONVERSION_UNCOMPRESSED, shared, 65, NULL),
                     65);
    sha1_key(shared + 1, 32, 1, enc);
    sha1_key(shared + 1, 32, 2, mac_key);
    cmac_token(mac_key, point, mac);
    token = hex_encode(mac, 8);
    snprintf(command, sizeof command, "008600000C7C0A8508%s00", token);
    free(token);
    n = transmit(e, command, answer);
    BN_free(d);
    EC_POINT_free(p);
    EC_GROUP_free(group);
    return n;
}

// A_IC gives CA_IC; the IV is K_Enc's encryption of -1.
static void cam_expect(const uint8_t enc[16], const uint8_t *sealed)
{
    static const uint8_t minus_one[16] = { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                           0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF };
    uint8_t iv[16], data[48];
    aes_run(EVP_aes_128_ecb(), true, enc, NULL, minus_one, 16, iv);
    aes_run(EVP_aes_128_cbc(), false, enc, iv, sealed, 48, data);
    char *hex = hex_encode(data, sizeof data);
    assert_string_equal(hex, "85DC3FA93D0952BFA82F5FD189EE75BD82F11D1F0B8ED4BF5319AC9B53C426B3"
                             "80000000000000000000000000000000");
    free(hex);
}

// The example's static key, from CA_IC = SK_IC^-1 * SK_Map,IC.
static void cam_key_put(const char *folder)
{
    char path[PATH_ROOM + 64];
    static const char pem[] = "-----BEGIN EC PRIVATE KEY-----\n"
                              "MDICAQEEIIbIikV5zkgTWHjmNIpzS11HzlvB5UwOiXhoe0n94uLCoAsGCSskAwMC\n"
                              "CAEBBw==\n-----END EC PRIVATE KEY-----\n";
    snprintf(path, sizeof path, "%s/cam.pem", folder);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(pem, f);
    assert_int_equal(fclose(f), 0);
}

static void test_pace_cam(void **state)
{
    static uint8_t answer[FRAME_MAX];
    uint8_t enc[16], example[48];
    struct emulator e;
    (void)state;
    folder_make(e.folder);
    file_put(e.folder, "EF.COM", "6000");
    cam_key_put(e.folder);
    START(&e, "--pace=ecdh-cam-aes128:13", "--mrz=C11T002JM496081222310314",
          "--fixed-random=658B860BC94DF6F044FCE6D5C82CF8E5"
          "9E56A6B59C95D06ECE5CD10F983BB2F4F1943528E577F23881D89D8C3BBEE0AA");
    power_on(&e);
    expect(&e, "0022C1A40F800A04007F00070202040602830101", "9000");
    expect(&e, "10860000027C0000", "7C128010CB60E8E0D85B76A9BD304747C2AD42E29000");
    expect(&e,
           "10860000457C438141047F1D410ADB7DDB3B84BF1030800981A9105D7457B4A3ADE002384F3086C67EDE"
           "1AB889104A27DB6D842B019020FBF3CEACB0DC627F7BDCAC29969E19D0E553C100",
           "7C43824104A234236AA9B9621E8EFB73B5245C0E09D2576E5277183C1208BDD55280CAE8B3"
           "04F365713A356E65A451E165ECC9AC0AC46E3771342C8FE5AEDD092685338E239000");
    assert_int_equal(cam_terminal(&e, enc, answer), 64);
    assert_memory_equal(answer, "\x7C\x3C\x86\x08", 4);
    assert_memory_equal(answer + 12, "\x8A\x30", 2);
    cam_expect(enc, answer + 14);
    // The same with the key and the cryptogram that the document has.
    hex_decode("0A9DA4DB03BDDE39FC5202BC44B2E89E", enc, sizeof enc);
    hex_decode("1EEA964DAAE372AC990E3EFDE6333353BFC89A6704D93DA8798CF77F5B7A54BD"
               "10CBA372B42BE0B9B5F28AA8DE2F4F92",
               example, sizeof example);
    cam_expect(enc, example);
    emulator_end(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bac_worked_example), cmocka_unit_test(test_bac_wrong_key),
        cmocka_unit_test(test_pace_ecdh_gm),       cmocka_unit_test(test_pace_dh_gm),
        cmocka_unit_test(test_pace_ecdh_im),       cmocka_unit_test(test_pace_dh_im),
        cmocka_unit_test(test_pace_cam),
    };
    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
