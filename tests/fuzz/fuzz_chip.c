// SPDX-License-Identifier: MIT
// The input is the card: its first byte tells what is asked of it, the rest is what it answers,
// each answer behind its length in two bytes. Our random numbers are those of the standard's worked
// examples, so that a corpus made of them goes to the end of each protocol. Nobody may come through
// with an error that says nothing, or be called genuine without a proof that holds when it is
// judged once more.
#include "chip/access.h"
#include "chip/agree_key.h"
#include "chip/crypto.h"
#include "chip/genuine.h"
#include "chip/random.h"
#include "chip/terminal_auth.h"
#include "chip/trial.h"
#include "fuzz.h"

#include "../unit/ta_examples.h"
#include "text/utf8.h"
#include "tlv/tlv.h"

#include <openssl/crypto.h>
#include <stdlib.h>

enum { TRIAL = 0x20 }; // in the first byte, whose low half is the phase of a session

static void require(bool condition)
{
    if (!condition)
        abort();
}

// ---- the card ----

struct input {
    struct str rest;
    size_t commands;
};

static struct str take_chunk(struct input *in)
{
    const uint8_t *p = (const uint8_t *)in->rest.p;

    if (in->rest.n < 2)
        return (struct str){ NULL, 0 };
    struct str chunk = str_head(str_from(in->rest, 2), (size_t)(p[0] << 8 | p[1]));
    in->rest = str_from(in->rest, 2 + chunk.n);
    return chunk;
}

static struct chip_error transmit(void *ctx, struct str command, struct bytes *answer)
{
    struct input *in = ctx;

    require(command.n >= 4);
    require(++in->commands < 100000);
    if (in->rest.n < 2)
        return chip_fail(CHIP_CARD_GONE, "end of input");
    bytes_put_str(answer, take_chunk(in));
    return chip_ok();
}

// The card goes on where it was.
static struct chip_error reset(void *ctx)
{
    struct input *in = ctx;

    require(++in->commands < 100000);
    return in->rest.n < 2 ? chip_fail(CHIP_CARD_GONE, "end of input") : chip_ok();
}

static const struct card_ops ops = { transmit, reset, NULL };

// ---- our random numbers ----

// Of the appendices D.3, G.1, H.1, I and G.2 of ICAO Doc 9303-11; the last one is that of H.2 too.
static const uint8_t random_bac[] = { 0x78, 0x17, 0x23, 0x86, 0x0C, 0x06, 0xC2, 0x26,
                                      0x0B, 0x79, 0x52, 0x40, 0xCB, 0x70, 0x49, 0xB0,
                                      0x1C, 0x19, 0xB3, 0x3E, 0x32, 0x80, 0x4F, 0x0B };
static const uint8_t random_gm[] = {
    0x7F, 0x4E, 0xF0, 0x7B, 0x9E, 0xA8, 0x2F, 0xD7, 0x8A, 0xD6, 0x89, 0xB3, 0x8D, 0x0B, 0xC7, 0x8C,
    0xF2, 0x1F, 0x24, 0x9D, 0x95, 0x3B, 0xC4, 0x6F, 0x4C, 0x6E, 0x19, 0x25, 0x9C, 0x01, 0x0F, 0x99,
    0xA7, 0x3F, 0xB7, 0x03, 0xAC, 0x14, 0x36, 0xA1, 0x8E, 0x0C, 0xFA, 0x5A, 0xBB, 0x3F, 0x7B, 0xEC,
    0x7A, 0x07, 0x0E, 0x7A, 0x67, 0x88, 0x48, 0x6B, 0xEE, 0x23, 0x0C, 0x4A, 0x22, 0x76, 0x25, 0x95
};
static const uint8_t random_im[] = { 0x5D, 0xD4, 0xCB, 0xFC, 0x96, 0xF5, 0x45, 0x3B, 0x13, 0x0D,
                                     0x89, 0x0A, 0x1C, 0xDB, 0xAE, 0x32, 0xA7, 0x3F, 0xB7, 0x03,
                                     0xAC, 0x14, 0x36, 0xA1, 0x8E, 0x0C, 0xFA, 0x5A, 0xBB, 0x3F,
                                     0x7B, 0xEC, 0x7A, 0x07, 0x0E, 0x7A, 0x67, 0x88, 0x48, 0x6B,
                                     0xEE, 0x23, 0x0C, 0x4A, 0x22, 0x76, 0x25, 0x95 };
static const uint8_t random_cam[] = {
    0x5D, 0x8B, 0xB8, 0x7B, 0xD7, 0x4D, 0x98, 0x5A, 0x4B, 0x7D, 0x43, 0x25, 0xB9, 0xF7, 0xB9, 0x76,
    0xFE, 0x83, 0x51, 0x22, 0x77, 0x33, 0x40, 0x07, 0x98, 0x91, 0x4A, 0xA2, 0x27, 0x38, 0x13, 0x5C,
    0x76, 0xEC, 0xFD, 0xAA, 0x98, 0x41, 0xC3, 0x23, 0xA3, 0xF5, 0xFC, 0x5E, 0x88, 0xB8, 0x8D, 0xB3,
    0xEF, 0xF7, 0xE3, 0x5E, 0xBF, 0x57, 0xA7, 0xE6, 0x94, 0x6C, 0xB6, 0x30, 0x00, 0x6C, 0x21, 0x20
};
static const uint8_t random_dh[] = { 0x52, 0x65, 0x03, 0x0F, 0x75, 0x1F, 0x4A, 0xD1, 0x8B, 0x08,
                                     0xAC, 0x56, 0x5F, 0xC7, 0xAC, 0x95, 0x2E, 0x41, 0x61, 0x8D,
                                     0x89, 0xCC, 0xD9, 0x9B, 0x0E, 0x8D, 0x3B, 0x1F, 0x11, 0xE1,
                                     0x29, 0x6D, 0xCA, 0x68, 0xEC, 0x53, 0x41, 0x1C, 0xF2, 0xCA };

struct source {
    struct str bytes;
    size_t at;
};

// At its end, numbers that are small enough for every order.
static bool give(void *ctx, void *out, size_t n)
{
    struct source *s = ctx;

    for (size_t i = 0; i < n; i++, s->at++)
        ((uint8_t *)out)[i] =
            s->at < s->bytes.n ? (uint8_t)s->bytes.p[s->at] : (uint8_t)(s->at % 97 + 1);
    return true;
}

// ---- access ----

static const struct access_key bac_key = {
    .kind = ACCESS_MRZ, .document = "L898902C<", .birth = "690806", .expiry = "940623"
};
static const struct access_key gm_key = {
    .kind = ACCESS_MRZ, .document = "T22000129", .birth = "640812", .expiry = "101031"
};
static const struct access_key cam_key = {
    .kind = ACCESS_MRZ, .document = "C11T002JM", .birth = "960812", .expiry = "231031"
};
static const struct access_key can_key = { .kind = ACCESS_CAN, .can = "123456" };

#define OID(last) STR("\x04\x00\x7F\x00\x07\x02\x02\x04" last)
#define BYTES(array)                                                                               \
    {                                                                                              \
        (const char *)(array), sizeof(array)                                                       \
    }

struct access_row {
    const struct access_key *key;
    struct str random, oid;
    enum security_agreement agreement;
    enum security_mapping mapping;
    uint32_t domain;
};

static struct access_row access_row(unsigned phase)
{
    const struct access_row rows[] = {
        { &gm_key, BYTES(random_gm), OID("\x02\x02"), AGREEMENT_ECDH, MAPPING_GENERIC, 13 },
        { &can_key, BYTES(random_im), OID("\x04\x02"), AGREEMENT_ECDH, MAPPING_INTEGRATED, 13 },
        { &cam_key, BYTES(random_cam), OID("\x06\x02"), AGREEMENT_ECDH, MAPPING_CHIP_AUTH, 13 },
        { &gm_key, BYTES(random_dh), OID("\x01\x02"), AGREEMENT_DH, MAPPING_GENERIC, 0 },
        { &can_key, BYTES(random_dh), OID("\x03\x02"), AGREEMENT_DH, MAPPING_INTEGRATED, 0 },
    };
    return rows[phase];
}

static void check_access(struct channel *c, struct chip_error error, struct access_outcome *out)
{
    require(error.code < CHIP_CODE_COUNT);
    require((c->sm != NULL) == (error.code == CHIP_OK));
    require(error.code == CHIP_OK || error.step != NULL);
    require(error.code == CHIP_OK || out->cam.kind == PROOF_NONE);
    require(!out->cam.holds);
    require(out->tries_left >= -1 && out->tries_left <= 15);
}

static void read_some(struct channel *c)
{
    struct answer answer;

    while (c->sm != NULL &&
           channel_send(c, &(struct apdu){ .ins = 0xB0, .ne = 200 }, &answer).code == CHIP_OK)
        answer_free(&answer);
    channel_end_session(c);
}

static void fuzz_bac(struct channel *c)
{
    struct source source = { BYTES(random_bac), 0 };
    struct access_outcome out;

    chip_random_set(give, &source);
    struct chip_error error = bac_run(c, &bac_key, &out);
    check_access(c, error, &out);
    read_some(c);
}

static void fuzz_pace(struct channel *c, unsigned phase)
{
    struct access_row row = access_row(phase);
    struct source source = { row.random, 0 };
    const struct security_info info = { .kind = SECURITY_PACE,
                                        .oid = row.oid,
                                        .agreement = row.agreement,
                                        .mapping = row.mapping,
                                        .cipher = CIPHER_AES_128,
                                        .version = 2,
                                        .has_id = true,
                                        .id = row.domain };
    struct access_outcome out;

    chip_random_set(give, &source);
    struct chip_error error = pace_run(c, &info, row.key, &out);
    check_access(c, error, &out);
    require((out.cam.kind == PROOF_PACE_CAM) ==
            (error.code == CHIP_OK && row.mapping == MAPPING_CHIP_AUTH));
    proof_free(&out.cam);
    read_some(c);
}

// ---- secure messaging: chunks are answers, to whose objects the right checksum may be added ----

static void add_mac(enum security_cipher cipher, const uint8_t *key, uint8_t counter,
                    struct bytes *objects)
{
    size_t block = crypto_block_length(cipher);
    uint8_t mac[CRYPTO_MAC_LENGTH];
    struct bytes all = { 0 };

    for (size_t i = 0; i + 1 < block; i++)
        bytes_put_char(&all, 0);
    bytes_put_char(&all, (char)counter);
    bytes_put_str(&all, bytes_str(objects));
    if (cipher != CIPHER_3DES)
        crypto_pad(&all, block);
    require(crypto_mac(cipher, key, bytes_str(&all), mac));
    tlv_put(objects, 0x8E, str_octets(mac, sizeof mac));
    bytes_free(&all);
}

static void fuzz_sm(struct input *in, unsigned how)
{
    static const uint8_t key[CRYPTO_KEY_MAX] = { 1, 2, 3, 4, 5, 6, 7, 8, 9 };
    enum security_cipher cipher = (enum security_cipher)(CIPHER_3DES + how % 4);
    struct str k = str_octets(key, crypto_key_length(cipher));
    struct sm *sm = sm_new(cipher, k, k, (struct str){ NULL, 0 });
    struct chip_error error = chip_ok();

    for (uint8_t counter = 2; counter < 100 && in->rest.n > 2 && error.code == CHIP_OK;
         counter += 2) {
        struct apdu plain = { .ins = how & 4 ? 0xB1 : 0xB0, .ne = 100 }, out;
        struct answer answer = { .sw = 0x9000 };
        struct bytes storage = { 0 };
        require(sm_protect(sm, &plain, &out, &storage).code == CHIP_OK);
        bytes_put_str(&answer.data, take_chunk(in));
        size_t before = answer.data.n;
        if (how & 8)
            add_mac(cipher, key, counter, &answer.data);
        error = sm_open(sm, &answer);
        require(error.code == CHIP_OK ? answer.data.n < before : answer.data.n == 0);
        answer_free(&answer);
        bytes_free(&storage);
    }
    sm_free(&sm);
}

// ---- is it genuine? ----

static const char key_ec[] =
    "\x30\x52\x30\x0C\x06\x07\x04\x00\x7F\x00\x07\x01\x02\x02\x01\x0D\x03\x42\x00\x04"
    "\xA4\x4E\xBE\x54\x51\xDF\x7A\xAD\xB0\x1E\x45\x9B\x8C\x92\x8A\x87"
    "\x74\x6A\x57\x92\x7C\x8C\x28\xA6\x77\x5C\x97\xA7\xE1\xFE\x8D\x9A"
    "\x46\xFF\x4A\x1C\xC7\xE4\xD1\x38\x9A\xEA\x19\x75\x8E\x4F\x75\xC2"
    "\x8C\x59\x8F\xD7\x34\xAE\xBE\xB1\x35\x33\x7C\xF9\x5B\xE1\x2E\x94";

// The key is BSI's, or the input's first chunk.
static void fuzz_chip_auth(struct channel *c, struct input *in, unsigned how)
{
    struct source source = { BYTES(random_gm), 0 };
    struct str key = how & 1 ? take_chunk(in) : (struct str){ key_ec, sizeof key_ec - 1 };
    struct security_infos *dg14 = calloc(1, sizeof *dg14);
    struct proof proof;

    if (dg14 == NULL)
        return;
    dg14->n = 2;
    dg14->at[0] = (struct security_info){ .kind = SECURITY_CA,
                                          .oid = STR("\x04\x00\x7F\x00\x07\x02\x02\x03\x02\x02"),
                                          .agreement = AGREEMENT_ECDH,
                                          .cipher = how & 2 ? CIPHER_3DES : CIPHER_AES_128,
                                          .version = 1 };
    dg14->at[1] = (struct security_info){ .kind = SECURITY_CA_KEY,
                                          .agreement = AGREEMENT_ECDH,
                                          .has_id = true,
                                          .id = 195,
                                          .public_key = key };
    chip_random_set(give, &source);
    struct chip_error error = chip_auth_run(c, dg14, &proof);
    require(proof.holds == (error.code == CHIP_OK));
    require(!proof.holds || proof_item(&proof, "answer").n > 0);
    proof_free(&proof);
    read_some(c);
    free(dg14);
}

static void fuzz_active_auth(struct channel *c, struct input *in)
{
    struct source source = { BYTES(random_bac), 0 };
    struct str key = take_chunk(in);
    struct proof proof;

    chip_random_set(give, &source);
    struct chip_error error = active_auth_run(c, key, NULL, &proof);
    require(proof.holds == (error.code == CHIP_OK));
    if (proof.n > 0)
        require(active_auth_verify(&proof).code == error.code || error.code == CHIP_NO_MEMORY);
    proof_free(&proof);
}

// ---- may we read fingerprints? ----

static struct terminal *example_terminal(void)
{
    static const char *const files[] = { bsi_dh_dv, bsi_dh_terminal };
    struct terminal *t = terminal_new();
    long n;

    require(t != NULL);
    for (size_t i = 0; i < 2; i++) {
        unsigned char *der = OPENSSL_hexstr2buf(files[i], &n);
        require(terminal_add(t, str_octets(der, (size_t)n)) == TERMINAL_FINE);
        OPENSSL_free(der);
    }
    unsigned char *key = OPENSSL_hexstr2buf(bsi_dh_key, &n);
    require(terminal_set_key(t, str_octets(key, (size_t)n)) == TERMINAL_FINE);
    OPENSSL_free(key);
    require(terminal_settle(t) == TERMINAL_FINE);
    return t;
}

// The input's first chunks are files of certificates and keys: none may do what only the right ones
// can.
static void fuzz_terminal(struct input *in)
{
    struct terminal *t = terminal_new();
    enum terminal_fault fault = TERMINAL_FINE;

    require(t != NULL);
    for (int i = 0; i < 4 && fault == TERMINAL_FINE && in->rest.n > 2; i++)
        fault = terminal_add(t, take_chunk(in));
    terminal_set_key(t, take_chunk(in));
    fault = terminal_settle(t);
    require(fault < TERMINAL_FAULT_COUNT && terminal_fault_sentence(fault) != NULL);
    if (fault == TERMINAL_FINE) {
        struct bytes signature = { 0 };
        terminal_sign(t, STR("message"), &signature);
        bytes_free(&signature);
    }
    terminal_free(&t);
}

static void fuzz_terminal_auth(struct channel *c)
{
    static struct terminal *t; // for all inputs
    static const struct security_infos none;
    struct proof proof;

    if (t == NULL)
        t = example_terminal();
    struct terminal_auth auth = {
        .terminal = t, .dg14 = &none, .chip_id = STR("id"), .key = STR("key")
    };
    struct chip_error error = terminal_auth_run(c, &auth, &proof);
    require(proof.holds == (error.code == CHIP_OK));
    require(auth.rights == 0); // these certificates are another kind of terminal's
    require(error.code == CHIP_OK || error.step != NULL);
    require(memchr(proof.detail, 0, sizeof proof.detail) != NULL);
    require(utf8_is_valid(str_of(proof.detail)));
    require(!proof.holds || proof_item(&proof, "signature").n == 128);
    proof_free(&proof);
}

// ---- what it does without a key ----

static uint64_t tick(void *ctx)
{
    struct input *in = ctx;
    return in->commands * 1000000ULL + (in->rest.n % 64) * 1000;
}

static void fuzz_trial(struct input *in, struct card *card, unsigned how)
{
    const struct trial_options options = { .repeats = how, .now = tick, .ctx = in };
    struct chip_trial t;

    card->longest = how & 1 ? 0 : how * 256U;
    card->atr_length = how % 34;
    memcpy(card->atr, in->rest.p, in->rest.n < card->atr_length ? in->rest.n : card->atr_length);
    trial_run(card, &options, &t);
    require(t.error.code < CHIP_CODE_COUNT);
    require(t.commands <= how && t.failures <= TRIAL_LOSSES_MAX);
    require(t.uid_length <= sizeof t.uid && t.historical_length <= sizeof t.historical);
    require(memchr(t.protocols, '\0', sizeof t.protocols) != NULL);
    require(t.protocols[0] == '\0' || t.pace == TRIAL_YES);
    require(t.error.code == CHIP_OK || t.failures > 0 || t.card_lost);
    require(t.picture_us <= t.picture_short_us);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input in = { { (const char *)data, size }, 0 };
    struct card card = { .ops = &ops, .ctx = &in };
    struct channel c = { .card = &card, .extended = size > 1 && data[0] & 0x10 };

    if (size < 2)
        return 0;
    unsigned phase = data[0] & 0x0F, how = data[1];
    in.rest = str_from(in.rest, 2);
    if (data[0] & TRIAL)
        fuzz_trial(&in, &card, how);
    else if (phase == 0)
        fuzz_bac(&c);
    else if (phase <= 5)
        fuzz_pace(&c, phase - 1);
    else if (phase <= 8)
        fuzz_sm(&in, how);
    else if (phase <= 11)
        fuzz_chip_auth(&c, &in, how);
    else if (phase <= 13)
        fuzz_active_auth(&c, &in);
    else if (phase == 14)
        fuzz_terminal(&in);
    else
        fuzz_terminal_auth(&c);
    channel_end_session(&c);
    chip_random_set(NULL, NULL);
    return 0;
}
