// SPDX-License-Identifier: MIT
// Basic Access Control (ICAO Doc 9303-11, 4.3.3 and 4.3.4; worked through in its appendix D.3).
#include "chip/access.h"

#include "base/wipe.h"
#include "chip/random.h"
#include "chip/secret.h"

enum { NONCE = 8, SEED = 16, SECRETS = NONCE + NONCE + SEED, AUTHENTICATION = SECRETS + 8 };
enum { INS_GET_CHALLENGE = 0x84, INS_EXTERNAL_AUTHENTICATE = 0x82 };

static const char step_challenge[] = "BAC: GET CHALLENGE";
static const char step_authenticate[] = "BAC: EXTERNAL AUTHENTICATE";

struct bac {
    uint8_t k_enc[CRYPTO_KEY_MAX], k_mac[CRYPTO_KEY_MAX];
    uint8_t ours[SECRETS];   // RND.IFD, RND.IC, K.IFD
    uint8_t theirs[SECRETS]; // RND.IC, RND.IFD, K.IC
};

static struct chip_error get_challenge(struct channel *c, struct bac *bac)
{
    const struct apdu command = { .ins = INS_GET_CHALLENGE, .ne = NONCE };
    struct answer answer = { 0 };
    struct chip_error error = channel_send(c, &command, &answer);

    if (error.code == CHIP_OK && answer.sw != SW_OK)
        error = chip_refused(CHIP_ACCESS, answer.sw, step_challenge);
    else if (error.code == CHIP_OK && answer.data.n != NONCE)
        error = chip_fail(CHIP_ANSWER_SHORT, step_challenge);
    if (error.code == CHIP_OK)
        memcpy(bac->ours + NONCE, answer.data.p, NONCE);
    answer_free(&answer);
    return error;
}

static bool seal(const struct bac *bac, uint8_t out[AUTHENTICATION])
{
    return crypto_cbc(CIPHER_3DES, bac->k_enc, NULL, CRYPTO_ENCRYPT, str_octets(bac->ours, SECRETS),
                      out) &&
           crypto_mac(CIPHER_3DES, bac->k_mac, str_octets(out, SECRETS), out + SECRETS);
}

// The card knows the key when its MAC is right, and answers this command when it sends both nonces
// back.
static struct chip_error unseal(struct bac *bac, struct str sealed)
{
    uint8_t mac[CRYPTO_MAC_LENGTH];

    if (sealed.n != AUTHENTICATION)
        return chip_fail(CHIP_ANSWER_SHORT, step_authenticate);
    if (!crypto_mac(CIPHER_3DES, bac->k_mac, str_head(sealed, SECRETS), mac))
        return chip_fail(CHIP_CRYPTO, step_authenticate);
    if (!crypto_same(mac, sealed.p + SECRETS, sizeof mac))
        return chip_fail(CHIP_TOKEN, step_authenticate);
    if (!crypto_cbc(CIPHER_3DES, bac->k_enc, NULL, CRYPTO_DECRYPT, str_head(sealed, SECRETS),
                    bac->theirs))
        return chip_fail(CHIP_CRYPTO, step_authenticate);
    if (!crypto_same(bac->theirs, bac->ours + NONCE, NONCE) ||
        !crypto_same(bac->theirs + NONCE, bac->ours, NONCE))
        return chip_fail(CHIP_TOKEN, step_authenticate);
    return chip_ok();
}

static struct chip_error authenticate(struct channel *c, struct bac *bac, int *tries_left)
{
    uint8_t sealed[AUTHENTICATION];
    const struct apdu command = { .ins = INS_EXTERNAL_AUTHENTICATE,
                                  .data = str_octets(sealed, sizeof sealed),
                                  .ne = AUTHENTICATION };
    struct answer answer = { 0 };

    if (!seal(bac, sealed))
        return chip_fail(CHIP_CRYPTO, step_authenticate);
    struct chip_error error = channel_send(c, &command, &answer);
    if (error.code == CHIP_OK && answer.sw != SW_OK)
        error = access_refused(answer.sw, step_authenticate, tries_left);
    else if (error.code == CHIP_OK)
        error = unseal(bac, bytes_str(&answer.data));
    answer_free(&answer);
    return error;
}

// 9.8.2 and 9.8.6.3: keys from both seeds, the counter from the ends of both nonces.
static struct chip_error open_session(struct channel *c, const struct bac *bac)
{
    uint8_t seed[SEED], enc[CRYPTO_KEY_MAX], mac[CRYPTO_KEY_MAX], counter[NONCE];
    size_t length = crypto_key_length(CIPHER_3DES);

    for (size_t i = 0; i < SEED; i++)
        seed[i] = bac->ours[2 * NONCE + i] ^ bac->theirs[2 * NONCE + i];
    memcpy(counter, bac->theirs + NONCE / 2, NONCE / 2);
    memcpy(counter + NONCE / 2, bac->ours + NONCE / 2, NONCE / 2);
    sm_free(&c->sm);
    if (crypto_kdf(CIPHER_3DES, str_octets(seed, SEED), CRYPTO_USE_ENC, enc) &&
        crypto_kdf(CIPHER_3DES, str_octets(seed, SEED), CRYPTO_USE_MAC, mac))
        c->sm = sm_new(CIPHER_3DES, str_octets(enc, length), str_octets(mac, length),
                       str_octets(counter, NONCE));
    wipe(seed, sizeof seed);
    wipe(enc, sizeof enc);
    wipe(mac, sizeof mac);
    return c->sm != NULL ? chip_ok() : chip_fail(CHIP_CRYPTO, "BAC: session keys");
}

static struct chip_error run(struct channel *c, const struct access_key *key, struct bac *bac,
                             int *tries_left)
{
    if (!access_bac_key(key, CRYPTO_USE_ENC, bac->k_enc) ||
        !access_bac_key(key, CRYPTO_USE_MAC, bac->k_mac))
        return chip_fail(CHIP_CRYPTO, "BAC: document basic access keys");
    struct chip_error error = get_challenge(c, bac);
    if (error.code != CHIP_OK)
        return error;
    if (!chip_random(bac->ours, NONCE) || !chip_random(bac->ours + 2 * NONCE, SEED))
        return chip_fail(CHIP_CRYPTO, "BAC: random numbers");
    error = authenticate(c, bac, tries_left);
    return error.code == CHIP_OK ? open_session(c, bac) : error;
}

struct chip_error bac_run(struct channel *c, const struct access_key *key,
                          struct access_outcome *out)
{
    struct bac bac = { 0 };

    *out = (struct access_outcome){ .tries_left = -1 };
    if (key->kind != ACCESS_MRZ)
        return chip_fail(CHIP_NO_KEY, "BAC: document basic access keys");
    struct chip_error error = run(c, key, &bac, &out->tries_left);
    if (error.code == CHIP_OK && !access_bac_id(key, &out->id))
        error = chip_fail(CHIP_NO_MEMORY, "BAC: document number");
    wipe(&bac, sizeof bac);
    return error;
}
