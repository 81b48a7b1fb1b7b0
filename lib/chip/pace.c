// SPDX-License-Identifier: MIT
// PACE (ICAO Doc 9303-11, 4.4; BSI TR-03110-3, A.3 and B.1), the terminal's side. The steps have
// the standard's names.
#include "chip/access.h"

#include "base/wipe.h"
#include "chip/general.h"
#include "chip/pace_map.h"
#include "chip/random.h"
#include "chip/secret.h"

enum {
    NONCE_MAX = 64, // the standard leaves the length of a generic mapping's nonce to the chip
    PASSWORD_MRZ = 1,
    PASSWORD_CAN = 2,
    TRIES_SAFE = 2,
};

// Data objects of 4.4.4.1, 4.4.4.2 and 9.4.4.
enum {
    DO_OID = 0x80,
    DO_PASSWORD = 0x83,
    DO_DOMAIN = 0x84,
    DO_NONCE = 0x80,
    DO_MAP_OURS = 0x81,
    DO_MAP_CHIP = 0x82,
    DO_KEY_OURS = 0x83,
    DO_KEY_CHIP = 0x84,
    DO_TOKEN_OURS = 0x85,
    DO_TOKEN_CHIP = 0x86,
    DO_CAR = 0x87, // names of trust points, for Terminal Authentication
    DO_CAR_OLD = 0x88,
    DO_CHIP_AUTH = 0x8A,
    TAG_PUBLIC_KEY = 0x7F49,
    TAG_KEY_OID = 0x06,
    TAG_KEY_VALUE = 0x84,
    TAG_KEY_POINT = 0x86,
};

static const char step_set_at[] = "PACE: MSE:Set AT";
static const char step_nonce[] = "PACE: Encrypted Nonce";
static const char step_map[] = "PACE: Map Nonce";
static const char step_agree[] = "PACE: Perform Key Agreement";
static const char step_token[] = "PACE: Mutual Authentication";

struct pace {
    struct channel *c;
    const struct security_info *info;
    const struct access_key *key;
    struct access_outcome *out;
    struct domain *domain;
    uint8_t nonce[NONCE_MAX];
    size_t nonce_length;
    struct key_pair ours;
    struct bytes map_chip; // PK_MAP,IC
    struct bytes key_chip; // PK_DH,IC
    uint8_t k_enc[CRYPTO_KEY_MAX], k_mac[CRYPTO_KEY_MAX];
};

bool pace_is_supported(const struct security_info *info)
{
    if (info->kind != SECURITY_PACE || info->version != 2 || !info->has_id ||
        info->agreement == AGREEMENT_NONE || domain_kind(info->id) != info->agreement ||
        crypto_key_length(info->cipher) == 0)
        return false;
    switch (info->mapping) {
    case MAPPING_GENERIC:
        return true;
    case MAPPING_INTEGRATED:
        return pace_map_integrated_works(info->id);
    case MAPPING_CHIP_AUTH: // 4.4.3.3.3: only with ECDH and AES
        return info->agreement == AGREEMENT_ECDH && info->cipher != CIPHER_3DES;
    case MAPPING_NONE:
        break;
    }
    return false;
}

// ---- MSE:Set AT ----

static struct chip_error send_set_at(struct pace *p, bool with_domain, uint16_t *sw)
{
    const uint8_t password = p->key->kind == ACCESS_MRZ ? PASSWORD_MRZ : PASSWORD_CAN;
    const uint8_t id = (uint8_t)p->info->id;
    struct bytes data = { 0 };
    struct answer answer = { 0 };

    tlv_put(&data, DO_OID, p->info->oid);
    tlv_put(&data, DO_PASSWORD, str_octets(&password, 1));
    if (with_domain)
        tlv_put(&data, DO_DOMAIN, str_octets(&id, 1));
    const struct apdu command = {
        .ins = INS_MANAGE_SE, .p1 = 0xC1, .p2 = 0xA4, .data = bytes_str(&data)
    };
    struct chip_error error = data.failed ? chip_fail(CHIP_NO_MEMORY, step_set_at)
                                          : channel_send(p->c, &command, &answer);
    *sw = answer.sw;
    answer_free(&answer);
    bytes_free(&data);
    return error;
}

// 63Cx warns of tries that are left; below two, the next wrong one could be the last.
static struct chip_error judge_tries(struct pace *p, uint16_t sw)
{
    p->out->tries_left = sw & 0x0F;
    return p->out->tries_left >= TRIES_SAFE || p->key->may_be_last
               ? chip_ok()
               : chip_refused(CHIP_KEY_SUSPENDED, sw, step_set_at);
}

// The domain's number must be told where the card has several, and may be told otherwise (4.4.4.1).
// So tell it, and leave it out for a card that takes offence: nothing is counted at this step.
static struct chip_error set_at(struct pace *p)
{
    uint16_t sw = 0;
    struct chip_error error = send_set_at(p, true, &sw);

    if (error.code == CHIP_OK && sw != SW_OK && sw != SW_BLOCKED && (sw & 0xFFF0) != SW_TRIES)
        error = send_set_at(p, false, &sw);
    if (error.code != CHIP_OK || sw == SW_OK)
        return error;
    if (sw == SW_BLOCKED)
        return chip_refused(CHIP_KEY_BLOCKED, sw, step_set_at);
    if ((sw & 0xFFF0) == SW_TRIES)
        return judge_tries(p, sw);
    return chip_refused(CHIP_ACCESS, sw, step_set_at);
}

// ---- Encrypted Nonce ----

static struct chip_error exchange(struct pace *p, const struct general *g, struct answer *answer)
{
    struct chip_error error = general_send(p->c, g, answer);

    if (error.code != CHIP_OK || answer->sw == SW_OK)
        return error;
    return chip_refused(answer->sw == SW_BLOCKED ? CHIP_KEY_BLOCKED : CHIP_ACCESS, answer->sw,
                        g->step);
}

static struct chip_error decrypt_nonce(struct pace *p, struct str encrypted)
{
    bool integrated = p->info->mapping == MAPPING_INTEGRATED;
    uint8_t key[CRYPTO_KEY_MAX];

    if (encrypted.n == 0 || encrypted.n > NONCE_MAX ||
        encrypted.n % crypto_block_length(p->info->cipher) != 0 ||
        (integrated && encrypted.n != pace_map_nonce_length(p->info->cipher)))
        return chip_fail(CHIP_ANSWER_SHORT, step_nonce);
    bool good = access_pace_key(p->key, p->info->cipher, key) &&
                crypto_cbc(p->info->cipher, key, NULL, CRYPTO_DECRYPT, encrypted, p->nonce);
    p->nonce_length = encrypted.n;
    wipe(key, sizeof key);
    return good ? chip_ok() : chip_fail(CHIP_CRYPTO, step_nonce);
}

static struct chip_error get_nonce(struct pace *p)
{
    const struct general g = { .step = step_nonce, .more = true };
    struct answer answer = { 0 };
    struct str encrypted;
    struct chip_error error = exchange(p, &g, &answer);

    if (error.code == CHIP_OK)
        error = general_only(&answer, DO_NONCE, &encrypted)
                    ? decrypt_nonce(p, encrypted)
                    : chip_fail(CHIP_ANSWER_SHORT, step_nonce);
    answer_free(&answer);
    return error;
}

// ---- Map Nonce and Perform Key Agreement ----

// Sends a fresh public key, takes the chip's, and agrees. The chip's must be another one than ours:
// else it could be an echo (4.4.1, step 3 d).
static struct chip_error agree(struct pace *p, struct general *g, uint32_t tag, struct bytes *chip,
                               struct bytes *agreed)
{
    struct answer answer = { 0 };
    struct str value;

    key_pair_free(&p->ours);
    if (!key_pair_make(p->domain, &p->ours))
        return chip_fail(CHIP_CRYPTO, g->step);
    g->value = bytes_str(&p->ours.public_key);
    g->expected = g->value.n;
    struct chip_error error = exchange(p, g, &answer);
    if (error.code == CHIP_OK && !general_only(&answer, tag, &value))
        error = chip_fail(CHIP_ANSWER_SHORT, g->step);
    else if (error.code == CHIP_OK && (!agree_put_element(p->domain, value, chip) ||
                                       str_eq(bytes_str(chip), bytes_str(&p->ours.public_key))))
        error = chip_fail(CHIP_PARAMETERS, g->step);
    if (error.code == CHIP_OK)
        error =
            chip_fail(agree_multiply(p->domain, p->ours.secret, bytes_str(chip), agreed), g->step);
    answer_free(&answer);
    return error;
}

static struct chip_error map_generic(struct pace *p)
{
    struct general g = { .step = step_map, .more = true, .tag = DO_MAP_OURS };
    struct bytes agreed = { 0 };
    struct chip_error error = agree(p, &g, DO_MAP_CHIP, &p->map_chip, &agreed);

    if (error.code == CHIP_OK &&
        !pace_map_generic(p->domain, str_octets(p->nonce, p->nonce_length), bytes_str(&agreed)))
        error = chip_fail(CHIP_PARAMETERS, step_map);
    bytes_free(&agreed);
    return error;
}

// The chip has nothing to say to our nonce: an empty data object, or less.
static bool is_empty_mapping(const struct answer *answer)
{
    struct str inside, value;

    return general_inside(answer, &inside) &&
           (inside.n == 0 || (general_only(answer, DO_MAP_CHIP, &value) && value.n == 0));
}

static struct chip_error map_integrated(struct pace *p)
{
    enum security_cipher cipher = p->info->cipher;
    uint8_t t[CRYPTO_KEY_MAX];
    struct general g = { .step = step_map, .more = true, .tag = DO_MAP_OURS };
    struct answer answer = { 0 };

    g.value = str_octets(t, crypto_key_length(cipher));
    if (!chip_random(t, g.value.n))
        return chip_fail(CHIP_CRYPTO, step_map);
    struct chip_error error = exchange(p, &g, &answer);
    if (error.code == CHIP_OK && !is_empty_mapping(&answer))
        error = chip_fail(CHIP_ANSWER_SHORT, step_map);
    if (error.code == CHIP_OK &&
        !pace_map_integrated(p->domain, cipher, str_octets(p->nonce, p->nonce_length), g.value))
        error = chip_fail(CHIP_CRYPTO, step_map);
    answer_free(&answer);
    return error;
}

static struct chip_error agree_keys(struct pace *p)
{
    struct general g = { .step = step_agree, .more = true, .tag = DO_KEY_OURS };
    struct bytes agreed = { 0 };
    struct chip_error error = agree(p, &g, DO_KEY_CHIP, &p->key_chip, &agreed);

    if (error.code == CHIP_OK && str_eq(bytes_str(&p->key_chip), bytes_str(&p->map_chip)))
        error = chip_fail(CHIP_PARAMETERS, step_agree);
    if (error.code == CHIP_OK) {
        struct str secret = agree_secret(p->domain, &agreed);
        if (!crypto_kdf(p->info->cipher, secret, CRYPTO_USE_ENC, p->k_enc) ||
            !crypto_kdf(p->info->cipher, secret, CRYPTO_USE_MAC, p->k_mac))
            error = chip_fail(CHIP_CRYPTO, step_agree);
    }
    bytes_free(&agreed);
    return error;
}

// ---- Mutual Authentication ----

// 4.4.3.4: the MAC of the other side's public key, as the data object of 9.4.4. A DH value is an
// unsigned integer there, without leading zeros (9.4.1); a point has a fixed length.
static bool make_token(const struct pace *p, struct str public_key, uint8_t out[CRYPTO_MAC_LENGTH])
{
    struct bytes inside = { 0 }, object = { 0 };

    while (p->domain->kind != AGREEMENT_ECDH && public_key.n > 1 && public_key.p[0] == 0)
        public_key = str_from(public_key, 1);
    tlv_put(&inside, TAG_KEY_OID, p->info->oid);
    tlv_put(&inside, p->domain->kind == AGREEMENT_ECDH ? TAG_KEY_POINT : TAG_KEY_VALUE, public_key);
    tlv_put(&object, TAG_PUBLIC_KEY, bytes_str(&inside));
    bool good = !inside.failed && !object.failed &&
                crypto_mac(p->info->cipher, p->k_mac, bytes_str(&object), out);
    bytes_free(&inside);
    bytes_free(&object);
    return good;
}

struct token_answer {
    struct str token, chip_auth;
};

static bool read_token_answer(const struct answer *answer, struct token_answer *out)
{
    struct str inside;
    struct tlv object;

    *out = (struct token_answer){ .token = { NULL, 0 } };
    if (!general_inside(answer, &inside))
        return false;
    struct tlv_reader r = tlv_reader_of(inside);
    while (tlv_next(&r, &object)) {
        if (object.tag == DO_TOKEN_CHIP && out->token.n == 0)
            out->token = object.value;
        else if (object.tag == DO_CHIP_AUTH && out->chip_auth.n == 0)
            out->chip_auth = object.value;
        else if (object.tag != DO_CAR && object.tag != DO_CAR_OLD)
            return false;
    }
    return tlv_end(&r) && out->token.n == CRYPTO_MAC_LENGTH;
}

// 4.4.3.5.1: A_IC under K_Enc, with the encryption of -1 for its beginning.
static bool decrypt_chip_auth(const struct pace *p, struct str encrypted, struct bytes *out)
{
    enum security_cipher cipher = p->info->cipher;
    size_t block = crypto_block_length(cipher), length;
    uint8_t minus_one[CRYPTO_BLOCK_MAX], iv[CRYPTO_BLOCK_MAX];

    memset(minus_one, 0xFF, sizeof minus_one);
    if (encrypted.n == 0 || encrypted.n % block != 0 || !bytes_reserve(out, encrypted.n) ||
        !crypto_cbc(cipher, p->k_enc, NULL, CRYPTO_ENCRYPT, str_octets(minus_one, block), iv) ||
        !crypto_cbc(cipher, p->k_enc, iv, CRYPTO_DECRYPT, encrypted, (uint8_t *)out->p))
        return false;
    out->n = encrypted.n;
    if (!crypto_unpad(bytes_str(out), block, &length) || length == 0)
        return false;
    out->n = length;
    return true;
}

static bool keep_chip_auth(struct pace *p, struct str chip_auth)
{
    struct proof *cam = &p->out->cam;
    const uint8_t id = (uint8_t)p->info->id;

    cam->kind = PROOF_PACE_CAM;
    char space[sizeof cam->algorithm];
    const char *name = security_oid_name(p->info->oid, space);
    snprintf(cam->algorithm, sizeof cam->algorithm, "%s", name);
    return proof_add(cam, "protocol", p->info->oid) &&
           proof_add(cam, "domain", str_octets(&id, 1)) &&
           proof_add(cam, "chip_mapping_key", bytes_str(&p->map_chip)) &&
           proof_add(cam, "chip_authentication_data", chip_auth);
}

static struct chip_error take_chip_auth(struct pace *p, struct str encrypted)
{
    struct bytes chip_auth = { 0 };
    struct chip_error error = chip_ok();

    if (p->info->mapping != MAPPING_CHIP_AUTH)
        return encrypted.n == 0 ? error : chip_fail(CHIP_ANSWER_SHORT, step_token);
    if (!decrypt_chip_auth(p, encrypted, &chip_auth))
        error = chip_fail(CHIP_ANSWER_SHORT, step_token);
    else if (!keep_chip_auth(p, bytes_str(&chip_auth)))
        error = chip_fail(CHIP_NO_MEMORY, step_token);
    bytes_free(&chip_auth);
    return error;
}

static struct chip_error judge_token(struct pace *p, const struct answer *answer)
{
    struct token_answer theirs;
    uint8_t token[CRYPTO_MAC_LENGTH];

    if (!read_token_answer(answer, &theirs))
        return chip_fail(CHIP_ANSWER_SHORT, step_token);
    if (!make_token(p, bytes_str(&p->ours.public_key), token))
        return chip_fail(CHIP_CRYPTO, step_token);
    if (!crypto_same(token, theirs.token.p, sizeof token))
        return chip_fail(CHIP_TOKEN, step_token);
    return take_chip_auth(p, theirs.chip_auth);
}

static struct chip_error exchange_tokens(struct pace *p)
{
    uint8_t token[CRYPTO_MAC_LENGTH];
    const struct general g = { .step = step_token,
                               .tag = DO_TOKEN_OURS,
                               .value = str_octets(token, sizeof token) };
    struct answer answer = { 0 };

    if (!make_token(p, bytes_str(&p->key_chip), token))
        return chip_fail(CHIP_CRYPTO, step_token);
    struct chip_error error = general_send(p->c, &g, &answer);
    if (error.code == CHIP_OK && answer.sw != SW_OK)
        error = access_refused(answer.sw, step_token, &p->out->tries_left);
    else if (error.code == CHIP_OK)
        error = judge_token(p, &answer);
    answer_free(&answer);
    return error;
}

static struct chip_error keep_id(struct pace *p)
{
    struct chip_id *id = &p->out->id;
    struct bytes compressed = { 0 };

    bool good = agree_compress(p->domain->kind, bytes_str(&p->key_chip), &compressed) &&
                compressed.n <= sizeof id->bytes;
    id->length = good ? compressed.n : 0;
    if (good)
        memcpy(id->bytes, compressed.p, compressed.n);
    bytes_free(&compressed);
    return good ? chip_ok() : chip_fail(CHIP_CRYPTO, step_agree);
}

// 9.8.6.3: the counter begins at zero.
static struct chip_error open_session(struct pace *p)
{
    size_t length = crypto_key_length(p->info->cipher);

    sm_free(&p->c->sm);
    p->c->sm = sm_new(p->info->cipher, str_octets(p->k_enc, length), str_octets(p->k_mac, length),
                      (struct str){ NULL, 0 });
    return p->c->sm != NULL ? chip_ok() : chip_fail(CHIP_NO_MEMORY, "PACE: session keys");
}

static struct chip_error run(struct pace *p)
{
    struct chip_error (*const steps[])(struct pace *) = {
        set_at,
        get_nonce,
        p->info->mapping == MAPPING_INTEGRATED ? map_integrated : map_generic,
        agree_keys,
        exchange_tokens,
        keep_id,
        open_session,
    };
    struct chip_error error = chip_ok();

    for (size_t i = 0; i < sizeof steps / sizeof *steps && error.code == CHIP_OK; i++)
        error = steps[i](p);
    return error;
}

struct chip_error pace_run(struct channel *c, const struct security_info *info,
                           const struct access_key *key, struct access_outcome *out)
{
    struct pace p = { .c = c, .info = info, .key = key, .out = out };
    struct chip_error error;

    *out = (struct access_outcome){ .tries_left = -1 };
    if (!pace_is_supported(info))
        return chip_fail(CHIP_UNSUPPORTED, "PACE: PACEInfo");
    p.domain = domain_new(info->id);
    error = p.domain != NULL ? run(&p) : chip_fail(CHIP_CRYPTO, "PACE: domain parameters");
    if (error.code != CHIP_OK)
        proof_free(&out->cam);
    domain_free(&p.domain);
    key_pair_free(&p.ours);
    bytes_free(&p.map_chip);
    bytes_free(&p.key_chip);
    wipe(&p, sizeof p);
    return error;
}
