// SPDX-License-Identifier: MIT
// PACE against the worked examples of ICAO Doc 9303-11, appendices G (generic mapping), H
// (integrated mapping) and I (chip authentication mapping), command by command, and what a card
// must not do.
#include "chip/access.h"
#include "chip/genuine.h"
#include "chip/pace_map.h"
#include "chip_script.h"

struct example {
    const char *oid;
    enum security_agreement agreement;
    enum security_mapping mapping;
    uint32_t domain;
    struct access_key key;
    const char *randoms;
    const struct script_line *line;
    size_t lines;
    const char *k_enc, *k_mac;
};

#define LINES(array) (array), sizeof(array) / sizeof *(array)

#define MRZ_KEY                                                                                    \
    {                                                                                              \
        .kind = ACCESS_MRZ, .document = "T22000129", .birth = "640812", .expiry = "101031"         \
    }
#define CAN_KEY                                                                                    \
    {                                                                                              \
        .kind = ACCESS_CAN, .can = "123456"                                                        \
    }

// ---- appendix G.1 ----

static const struct script_line gm_ecdh_lines[] = {
    { "0022C1A412 800A04007F00070202040202 830101 84010D", "6A80" },
    { "0022C1A40F 800A04007F00070202040202 830101", "9000" },
    { "10860000027C0000", "7C12801095A3A016522EE98D01E76CB6B98B42C3 9000" },
    { "10860000457C43814104"
      "7ACF3EFC982EC45565A4B155129EFBC74650DCBFA6362D896FC70262E0C2CC5E"
      "544552DCB6725218799115B55C9BAA6D9F6BC3A9618E70C25AF71777A9C4922D00",
      "7C43824104"
      "824FBA91C9CBE26BEF53A0EBE7342A3BF178CEA9F45DE0B70AA601651FBA3F57"
      "30D8C879AAA9C9F73991E61B58F4D52EB87A0A0C709A49DC63719363CCD13C54 9000" },
    { "10860000457C43834104"
      "2DB7A64C0355044EC9DF190514C625CBA2CEA48754887122F3A5EF0D5EDD301C"
      "3556F3B3B186DF10B857B58F6A7EB80F20BA5DC7BE1D43D9BF850149FBB3646200",
      "7C43844104"
      "9E880F842905B8B3181F7AF7CAA9F0EFB743847F44A306D2D28C1D9EC65DF6DB"
      "7764B22277A2EDDC3C265A9F018F9CB852E111B768B326904B59A0193776F094 9000" },
    { "008600000C7C0A8508C2B0BD78D94BA86600", "7C0A86083ABB9674BCE93C08 9000" },
};

static const struct example gm_ecdh = {
    "04007F00070202040202",
    AGREEMENT_ECDH,
    MAPPING_GENERIC,
    13,
    MRZ_KEY,
    "7F4EF07B9EA82FD78AD689B38D0BC78CF21F249D953BC46F4C6E19259C010F99"
    "A73FB703AC1436A18E0CFA5ABB3F7BEC7A070E7A6788486BEE230C4A22762595",
    LINES(gm_ecdh_lines),
    "F5F0E35C0D7161EE6724EE513A0D9A7F",
    "FE251C7858B356B24514B3BD5F4297D1",
};

// ---- appendix G.2 ----

static const struct script_line gm_dh_lines[] = {
    { "0022C1A412 800A04007F00070202040102 830101 840100", "9000" },
    { "10860000027C0000", "7C128010854D8DF5827FA6852D1A4FA701CDDDCA 9000" },
    { "10860000867C8183818180"
      "23FB3749EA030D2A25B278D2A562047ADE3F01B74F17A15402CB7352CA7D2B3E"
      "B71C343DB13D1DEBCE9A3666DBCFC920B49174A602CB47965CAA73DC702489A4"
      "4D41DB914DE9613DC5E98C94160551C0DF86274B9359BC0490D01B03AD54022D"
      "CB4F57FAD6322497D7A1E28D46710F461AFE710FBBBC5F8BA166F4311975EC6C00",
      "7C8183828180"
      "78879F57225AA8080D52ED0FC890A4B25336F699AA89A2D3A189654AF70729E6"
      "23EA5738B26381E4DA19E004706FACE7B235C2DBF2F38748312F3C98C2DD4882"
      "A41947B324AA1259AC22579DB93F7085655AF30889DBB845D9E6783FE42C9F24"
      "49400306254C8AE8EE9DD812A804C0B66E8CAFC14F84D8258950A91B44126EE6 9000" },
    { "10860000867C8183838180"
      "907D89E2D425A178AA81AF4A7774EC8E388C115CAE67031E85EECE520BD91155"
      "1B9AE4D04369F29A02626C86FBC6747CC7BC352645B6161A2A42D44EDA80A08F"
      "A8D61B76D3A154AD8A5A51786B0BC07147057871A922212C5F67F43173172236"
      "B7747D1671E6D692A3C7D40A0C3C5CE397545D015C175EB5130551EDBC2EE5D400",
      "7C8183848180"
      "075693D9AE941877573E634B6E644F8E60AF17A0076B8B123D9201074D36152B"
      "D8B3A213F53820C42ADC79AB5D0AEEC3AEFB91394DA476BD97B9B14D0A65C1FC"
      "71A0E019CB08AF55E1F729005FBA7E3FA5DC41899238A250767A6D46DB974064"
      "386CD456743585F8E5D90CC8B4004B1F6D866C79CE0584E49687FF61BC29AEA1 9000" },
    { "008600000C7C0A8508B46DD9BD4D98381F00", "7C0A8608917F37B5C0E6D8D1 9000" },
};

static const struct example gm_dh = {
    "04007F00070202040102",
    AGREEMENT_DH,
    MAPPING_GENERIC,
    0,
    MRZ_KEY,
    "5265030F751F4AD18B08AC565FC7AC952E41618D 89CCD99B0E8D3B1F11E1296DCA68EC53411CF2CA",
    LINES(gm_dh_lines),
    "2F7F46ADCC9E7E521B45D192FAFA9126",
    "805A1D27D45A5116F73C54469462B7D8",
};

// ---- appendix H.1 (its K_pi is that of the CAN 123456) ----

static const struct script_line im_ecdh_lines[] = {
    { "0022C1A412 800A04007F00070202040402 830102 84010D", "9000" },
    { "10860000027C0000", "7C128010143DC40C08C8E891FBED7DEDB92B64AD 9000" },
    { "10860000147C1281105DD4CBFC96F5453B130D890A1CDBAE3200", "7C028200 9000" },
    { "10860000457C43834104"
      "89CBA23FFE96AA18D824627C3E934E54A9FD0B87A95D1471DC1C0ABFDCD640D4"
      "6755DE9B7B778280B6BEBD57439ADFEB0E21FD4ED6DF42578C13418A59B34C3700",
      "7C43844104"
      "67F78E5F7F7686082B293E8D087E056916D0F74BC01A5F8957D0DE45691E51E8"
      "932B69A962B52A0985AD2C0A271EE6A13A8ADDDCD1A3A994B9DED257F4D22753 9000" },
    { "008600000C7C0A8508450F02B86F6A090900", "7C0A860875D4D96E8D5B0308 9000" },
};

static const struct example im_ecdh = {
    "04007F00070202040402",
    AGREEMENT_ECDH,
    MAPPING_INTEGRATED,
    13,
    CAN_KEY,
    "5DD4CBFC96F5453B130D890A1CDBAE32"
    "A73FB703AC1436A18E0CFA5ABB3F7BEC7A070E7A6788486BEE230C4A22762595",
    LINES(im_ecdh_lines),
    "0D3FEB33251A6370893D62AE8DAAF51B",
    "B01E89E3D9E8719E586B50B4A7506E0B",
};

// ---- appendix H.2 (its private key, of 1024 bits, is here reduced by the subgroup's order) ----

static const struct script_line im_dh_lines[] = {
    { "0022C1A412 800A04007F00070202040302 830102 840100", "9000" },
    { "10860000027C0000", "7C1280109ABB8864CA0FF1551E620D1EF4E13510 9000" },
    { "10860000147C128110B3A6DB3C870C3E99245E0D1C06B747DE00", "9000" },
    { "10860000867C8183838180"
      "0F0CC62945A8029251FB7EF3C094E12EC68E4EF07F27CB9D9CD04C5C4250FAE0"
      "E4F8A951557E929AEB48E5C6DD47F2F5CD7C351A9BD2CD722C07EDE166770F08"
      "FFCB370262CF308DD7B07F2E0DA9CAAA1492344C852906919538C98A4BA4187E"
      "76CE9D87832386D319CE2E043C3343AEAE6EDBA1A9894DC5094D22F7FE1351D500",
      "7C8183848180"
      "928D9A0F9DBA450F13FC859C6F290D1D36E42431138A4378500BEB4E0401854C"
      "FF111F71CB6DC1D0335807A11388CC8EAA87B07907AAD9FBA6B169AF6D8C26AF"
      "8DDDC39ADC3AD2E3FF882B84D23E9768E95A80E4746FB07A9767679FE92133B4"
      "D379935C771BD7FBED6C7BB4B1708B275EA75679524CDC9C6A91370CC662A2F3 9000" },
    { "008600000C7C0A850855D61977CBF5307E00", "7C0A8608C2F04230187E1525 9000" },
};

static const struct example im_dh = {
    "04007F00070202040302",
    AGREEMENT_DH,
    MAPPING_INTEGRATED,
    0,
    CAN_KEY,
    "B3A6DB3C870C3E99245E0D1C06B747DE 89CCD99B0E8D3B1F11E1296DCA68EC53411CF2CA",
    LINES(im_dh_lines),
    "01AFC10CF87BE36D8179E87370171F07",
    "23F0FBD05FD6C7B8B88F4C8309669061",
};

// ---- appendix I ----

static const struct script_line cam_lines[] = {
    { "0022C1A412 800A04007F00070202040602 830101 84010D", "9000" },
    { "10860000027C0000", "7C128010CB60E8E0D85B76A9BD304747C2AD42E2 9000" },
    { "10860000457C43814104"
      "7F1D410ADB7DDB3B84BF1030800981A9105D7457B4A3ADE002384F3086C67EDE"
      "1AB889104A27DB6D842B019020FBF3CEACB0DC627F7BDCAC29969E19D0E553C100",
      "7C43824104"
      "A234236AA9B9621E8EFB73B5245C0E09D2576E5277183C1208BDD55280CAE8B3"
      "04F365713A356E65A451E165ECC9AC0AC46E3771342C8FE5AEDD092685338E23 9000" },
    { "10860000457C43834104"
      "446C934084D9DAB863944F219520076C29EE3F7AE6722B11FF319EC1C7728F95"
      "5483400BFF60BF0C5929270009277DC2A515E12575010AD9BA916CF1BF86FEFC00",
      "7C43844104"
      "02AD566F3C6EC7F9324509AD50A51FA52030782A4968FCFEDF737DAEA9933331"
      "11C3B9B4C2287789BD137E7F8AA882E2A3C633CCD6ECC2C63C57AD401A09C2E1 9000" },
    { "008600000C7C0A8508E86BD06018A1CD3B00",
      "7C3C86088596CF055C67C1A38A30"
      "1EEA964DAAE372AC990E3EFDE6333353BFC89A6704D93DA8798CF77F5B7A54BD"
      "10CBA372B42BE0B9B5F28AA8DE2F4F92 9000" },
};

static const struct example cam = {
    "04007F00070202040602",
    AGREEMENT_ECDH,
    MAPPING_CHIP_AUTH,
    13,
    { .kind = ACCESS_MRZ, .document = "C11T002JM", .birth = "960812", .expiry = "231031" },
    "5D8BB87BD74D985A4B7D4325B9F7B976FE835122773400798914AA22738135CC"
    "76ECFDAA9841C323A3F5FC5E88B88DB3EFF7E35EBF57A7E6946CB630006C2120",
    LINES(cam_lines),
    "0A9DA4DB03BDDE39FC5202BC44B2E89E",
    "4B1C06491ED5140CA2B537D344C6C0B1",
};

// ---- running them ----

struct run {
    struct script script;
    struct card card;
    struct channel channel;
    struct queue queue;
    struct bytes oid;
    struct security_info info;
    struct access_outcome outcome;
};

static void begin(struct run *r, const struct example *e)
{
    *r = (struct run){ .script = { e->line, e->lines, 0 }, .oid = hex(e->oid) };
    r->card = (struct card){ .ops = &script_ops, .ctx = &r->script };
    r->channel = (struct channel){ .card = &r->card };
    r->info = (struct security_info){ .kind = SECURITY_PACE,
                                      .oid = bytes_str(&r->oid),
                                      .agreement = e->agreement,
                                      .mapping = e->mapping,
                                      .cipher = CIPHER_AES_128,
                                      .version = 2,
                                      .has_id = true,
                                      .id = e->domain };
    queue_begin(&r->queue, e->randoms);
}

static void end(struct run *r)
{
    queue_end(&r->queue);
    channel_end_session(&r->channel);
    proof_free(&r->outcome.cam);
    bytes_free(&r->oid);
}

// Sessions with the same keys and counters make the same command.
static void expect_session(struct sm *sm, const char *k_enc, const char *k_mac)
{
    struct bytes enc = hex(k_enc), mac = hex(k_mac), ours = { 0 }, theirs = { 0 };
    struct sm *wanted = sm_new(CIPHER_AES_128, bytes_str(&enc), bytes_str(&mac), STR(""));
    const struct apdu plain = { .ins = 0xB0, .data = STR("data"), .ne = 1 };
    struct apdu a, b;

    assert_non_null(sm);
    assert_non_null(wanted);
    assert_int_equal(sm_protect(sm, &plain, &a, &ours).code, CHIP_OK);
    assert_int_equal(sm_protect(wanted, &plain, &b, &theirs).code, CHIP_OK);
    assert_true(str_eq(a.data, b.data));
    bytes_free(&enc);
    bytes_free(&mac);
    bytes_free(&ours);
    bytes_free(&theirs);
    sm_free(&wanted);
}

static void run_example(const struct example *e)
{
    struct run r;

    begin(&r, e);
    struct chip_error error = pace_run(&r.channel, &r.info, &e->key, &r.outcome);
    if (error.code != CHIP_OK)
        fprintf(stderr, "%s: %s, %04X\n", error.step, chip_error_name(error.code), error.sw);
    assert_int_equal(error.code, CHIP_OK);
    assert_int_equal(r.script.at, r.script.n);
    assert_int_equal(r.queue.at, r.queue.bytes.n);
    assert_int_equal(r.outcome.tries_left, -1);
    assert_int_equal(r.outcome.cam.kind,
                     e->mapping == MAPPING_CHIP_AUTH ? PROOF_PACE_CAM : PROOF_NONE);
    expect_session(r.channel.sm, e->k_enc, e->k_mac);
    end(&r);
}

static void generic_ecdh(void **state)
{
    (void)state;
    run_example(&gm_ecdh);
}

static void generic_dh(void **state)
{
    (void)state;
    run_example(&gm_dh);
}

static void integrated_ecdh(void **state)
{
    (void)state;
    run_example(&im_ecdh);
}

static void integrated_dh(void **state)
{
    (void)state;
    run_example(&im_dh);
}

// ---- what a card must not do ----

// Example G.1 with another answer at one of its steps.
static struct chip_error run_altered(size_t step, const char *answer, struct access_outcome *out,
                                     bool may_be_last)
{
    struct script_line lines[sizeof gm_ecdh_lines / sizeof *gm_ecdh_lines];
    struct example e = gm_ecdh;
    struct run r;

    memcpy(lines, gm_ecdh_lines, sizeof lines);
    lines[step].answer = answer;
    e.line = lines;
    e.key.may_be_last = may_be_last;
    begin(&r, &e);
    struct chip_error error = pace_run(&r.channel, &r.info, &e.key, &r.outcome);
    *out = r.outcome;
    assert_int_equal(r.channel.sm != NULL, error.code == CHIP_OK);
    end(&r);
    return error;
}

struct alteration {
    size_t step;
    const char *answer;
    enum chip_code code;
    uint16_t sw;
    int tries;
};

static void alterations(void **state)
{
    static const struct alteration rows[] = {
        { 1, "6A88", CHIP_ACCESS, 0x6A88, -1 },
        { 1, "6983", CHIP_KEY_BLOCKED, 0x6983, -1 },
        { 1, "63C1", CHIP_KEY_SUSPENDED, 0x63C1, 1 },
        { 1, "63C0", CHIP_KEY_SUSPENDED, 0x63C0, 0 },
        { 1, "63C2", CHIP_OK, 0, 2 },
        { 2, "6982", CHIP_ACCESS, 0x6982, -1 },
        { 2, "9000", CHIP_ANSWER_SHORT, 0, -1 },
        { 2, "7C00 9000", CHIP_ANSWER_SHORT, 0, -1 },
        { 2, "7C028000 9000", CHIP_ANSWER_SHORT, 0, -1 },
        { 2, "7C118010 95A3A016522EE98D01E76CB6B98B42 9000", CHIP_ANSWER_SHORT, 0, -1 },
        { 2, "7C11800F 95A3A016522EE98D01E76CB6B98B42 9000", CHIP_ANSWER_SHORT, 0, -1 },
        { 2, "7C12801095A3A016522EE98D01E76CB6B98B42C300 9000", CHIP_ANSWER_SHORT, 0, -1 },
        // The point at infinity; one off the curve; a compressed one; ours.
        { 3, "7C03820100 9000", CHIP_PARAMETERS, 0, -1 },
        { 3,
          "7C43824104824FBA91C9CBE26BEF53A0EBE7342A3BF178CEA9F45DE0B70AA601651FBA3F57"
          "30D8C879AAA9C9F73991E61B58F4D52EB87A0A0C709A49DC63719363CCD13C55 9000",
          CHIP_PARAMETERS, 0, -1 },
        { 3, "7C23822102824FBA91C9CBE26BEF53A0EBE7342A3BF178CEA9F45DE0B70AA601651FBA3F57 9000",
          CHIP_PARAMETERS, 0, -1 },
        { 3,
          "7C438241047ACF3EFC982EC45565A4B155129EFBC74650DCBFA6362D896FC70262E0C2CC5E"
          "544552DCB6725218799115B55C9BAA6D9F6BC3A9618E70C25AF71777A9C4922D 9000",
          CHIP_PARAMETERS, 0, -1 },
        { 3, "7C028200 9000", CHIP_PARAMETERS, 0, -1 },
        { 4,
          "7C438441042DB7A64C0355044EC9DF190514C625CBA2CEA48754887122F3A5EF0D5EDD301C"
          "3556F3B3B186DF10B857B58F6A7EB80F20BA5DC7BE1D43D9BF850149FBB36462 9000",
          CHIP_PARAMETERS, 0, -1 },
        { 5, "6300", CHIP_KEY_WRONG, 0x6300, -1 },
        { 5, "63C3", CHIP_KEY_WRONG, 0x63C3, 3 },
        { 5, "6983", CHIP_KEY_BLOCKED, 0x6983, -1 },
        { 5, "6F00", CHIP_ACCESS, 0x6F00, -1 },
        { 5, "7C0A86083ABB9674BCE93C09 9000", CHIP_TOKEN, 0, -1 },
        { 5, "7C0A8608C2B0BD78D94BA866 9000", CHIP_TOKEN, 0, -1 }, // ours
        { 5, "7C0986073ABB9674BCE93C 9000", CHIP_ANSWER_SHORT, 0, -1 },
        { 5, "7C00 9000", CHIP_ANSWER_SHORT, 0, -1 },
        { 5, "7C0C86083ABB9674BCE93C088A00 9000", CHIP_OK, 0, -1 },
        { 5, "7C0D86083ABB9674BCE93C08870141 9000", CHIP_OK, 0, -1 },
        { 5, "7C0D86083ABB9674BCE93C088A0141 9000", CHIP_ANSWER_SHORT, 0, -1 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct access_outcome outcome;
        struct chip_error error = run_altered(rows[i].step, rows[i].answer, &outcome, false);
        if (error.code != rows[i].code)
            fprintf(stderr, "row %zu: %s\n", i, chip_error_name(error.code));
        assert_int_equal(error.code, rows[i].code);
        assert_int_equal(error.sw, rows[i].sw);
        assert_int_equal(outcome.tries_left, rows[i].tries);
    }
    struct access_outcome outcome;
    assert_int_equal(run_altered(1, "63C1", &outcome, true).code, CHIP_OK);
    assert_int_equal(outcome.tries_left, 1);
}

// Zero, one, minus one, the prime, and a value that is of no use because it lies outside of the
// subgroup (2 is no power of the generator).
static void bad_values(void **state)
{
    struct domain *d = domain_new(0);
    struct key_pair pair;

    (void)state;
    assert_true(key_pair_make(d, &pair));
    for (int i = 0; i < 5; i++) {
        struct bytes element = { 0 }, product = { 0 };
        BIGNUM *value = BN_dup(d->p);
        assert_int_equal(
            i < 3 ? BN_set_word(value, (BN_ULONG)i) : BN_sub_word(value, (BN_ULONG)i - 3), 1);
        assert_true(bytes_reserve(&element, 128));
        element.n = 128;
        BN_bn2binpad(value, (unsigned char *)element.p, 128);
        assert_int_equal(agree_multiply(d, pair.secret, bytes_str(&element), &product),
                         CHIP_PARAMETERS);
        BN_free(value);
        bytes_free(&element);
        bytes_free(&product);
    }
    key_pair_free(&pair);
    domain_free(&d);
}

// A source that never gives a number in range ends the search.
static bool only_zeros(void *ctx, void *out, size_t n)
{
    size_t *calls = ctx;
    memset(out, 0, n);
    return ++*calls < 100000;
}

static void bad_random(void **state)
{
    struct domain *d = domain_new(13);
    struct key_pair pair;
    size_t calls = 0;

    (void)state;
    chip_random_set(only_zeros, &calls);
    assert_false(key_pair_make(d, &pair));
    assert_in_range(calls, 1, 1000);
    chip_random_set(NULL, NULL);
    assert_true(key_pair_make(d, &pair));
    key_pair_free(&pair);
    domain_free(&d);
}

static void support(void **state)
{
    struct security_info info = { .kind = SECURITY_PACE,
                                  .agreement = AGREEMENT_ECDH,
                                  .mapping = MAPPING_INTEGRATED,
                                  .cipher = CIPHER_AES_256,
                                  .version = 2,
                                  .has_id = true,
                                  .id = 10 };
    struct access_outcome outcome;
    struct channel c = { 0 };

    (void)state;
    assert_false(pace_is_supported(&info)); // P-224 with the integrated mapping
    assert_int_equal(pace_run(&c, &info, &im_dh.key, &outcome).code, CHIP_UNSUPPORTED);
    info.id = 12;
    assert_true(pace_is_supported(&info));
    info.agreement = AGREEMENT_DH;
    assert_false(pace_is_supported(&info));
    info.id = 2;
    assert_true(pace_is_supported(&info));
    info.mapping = MAPPING_CHIP_AUTH;
    assert_false(pace_is_supported(&info));
    info.mapping = MAPPING_GENERIC;
    info.version = 1;
    assert_false(pace_is_supported(&info));
    info.version = 2;
    info.has_id = false;
    assert_false(pace_is_supported(&info));
}

// ---- chip authentication mapping ----

static struct security_infos card_security(struct bytes *der)
{
    struct security_infos infos;
    struct lds_error error;

    *der = hex("3164"
               "3062060904007F0007020201023052300C060704007F0007010202010D0342000418"
               "72709494399E7470A6431BE25E83EEE24FEA568C2ED28DB48E05DB3A610DC8"
               "84D256A40E35EFCB59BF6753D3A489D28C7A4D973C2DA138A6E7A4A08F68E16F02010D");
    assert_true(security_infos_read(bytes_str(der), &infos, &error));
    return infos;
}

static void chip_auth_mapping(void **state)
{
    struct bytes der;
    struct security_infos infos = card_security(&der);
    struct run r;

    (void)state;
    run_example(&cam);
    begin(&r, &cam);
    assert_int_equal(pace_run(&r.channel, &r.info, &cam.key, &r.outcome).code, CHIP_OK);
    expect_hex(proof_item(&r.outcome.cam, "chip_authentication_data"),
               "85DC3FA93D0952BFA82F5FD189EE75BD82F11D1F0B8ED4BF5319AC9B53C426B3");
    assert_string_equal(r.outcome.cam.algorithm, "id-PACE-ECDH-CAM-AES-CBC-CMAC-128");
    assert_false(r.outcome.cam.holds);
    assert_int_equal(chip_auth_verify_cam(&r.outcome.cam, &infos).code, CHIP_OK);
    assert_true(r.outcome.cam.holds);
    for (size_t i = 0; i < r.outcome.cam.n; i++) {
        struct bytes *value = &r.outcome.cam.item[i].value;
        if (strcmp(r.outcome.cam.item[i].name, "protocol") == 0)
            continue;
        value->p[value->n - 1] ^= 1;
        assert_int_not_equal(chip_auth_verify_cam(&r.outcome.cam, &infos).code, CHIP_OK);
        assert_false(r.outcome.cam.holds);
        value->p[value->n - 1] ^= 1;
    }
    infos.n = 0;
    assert_int_equal(chip_auth_verify_cam(&r.outcome.cam, &infos).code, CHIP_UNSUPPORTED);
    end(&r);
    bytes_free(&der);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(generic_ecdh),      cmocka_unit_test(generic_dh),
        cmocka_unit_test(integrated_ecdh),   cmocka_unit_test(integrated_dh),
        cmocka_unit_test(alterations),       cmocka_unit_test(bad_values),
        cmocka_unit_test(bad_random),        cmocka_unit_test(support),
        cmocka_unit_test(chip_auth_mapping),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
