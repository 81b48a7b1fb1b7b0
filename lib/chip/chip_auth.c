// SPDX-License-Identifier: MIT
// Chip Authentication (ICAO Doc 9303-11, 6.2; BSI TR-03110-1, 3.4), and the last word of PACE with
// Chip Authentication Mapping (4.4.3.5.2).
#include "chip/genuine.h"

#include "base/wipe.h"
#include "chip/agree_key.h"
#include "chip/crypto.h"
#include "chip/general.h"

// Data objects of 6.2.4.
enum {
    DO_OID = 0x80,
    DO_KEY_ID = 0x84,
    DO_KAT_KEY = 0x91,
    DO_KEY_OURS = 0x80,
    P1_COMPUTE = 0x41,
    P2_AT = 0xA4,
    P2_KAT = 0xA6,
    CA_VERSION = 1,
};

static const char step_key[] = "CA: ChipAuthenticationPublicKeyInfo";
static const char step_set_kat[] = "CA: MSE:Set KAT";
static const char step_set_at[] = "CA: MSE:Set AT";
static const char step_general[] = "CA: GENERAL AUTHENTICATE";
static const char step_session[] = "CA: session keys";
static const char step_confirm[] = "CA: first protected response";

// What the protocol needs of DG14: an info and its key. A chip that has only the key means 3DES.
struct choice {
    const struct security_info *info, *key;
    enum security_cipher cipher;
};

struct chip_auth {
    struct channel *c;
    struct choice choice;
    struct public_key chip;
    struct key_pair ours;
    struct proof *out;
};

// ---- choosing ----

static bool is_key_of(const struct security_info *key, const struct security_info *info)
{
    return key->kind == SECURITY_CA_KEY && key->agreement == info->agreement &&
           (!info->has_id || !key->has_id || key->id == info->id);
}

static void consider(struct choice *best, const struct security_info *info,
                     const struct security_info *key, enum security_cipher cipher)
{
    // The names of ciphers are in the order of their strength.
    if (best->key == NULL || cipher > best->cipher)
        *best = (struct choice){ info, key, cipher };
}

static bool choose(const struct security_infos *dg14, struct choice *best)
{
    *best = (struct choice){ NULL, NULL, CIPHER_NONE };
    for (size_t i = 0; i < dg14->n; i++) {
        const struct security_info *info = &dg14->at[i];
        if (info->kind != SECURITY_CA || info->version != CA_VERSION ||
            crypto_key_length(info->cipher) == 0)
            continue;
        for (size_t j = 0; j < dg14->n; j++)
            if (is_key_of(&dg14->at[j], info))
                consider(best, info, &dg14->at[j], info->cipher);
    }
    for (size_t j = 0; j < dg14->n && best->key == NULL; j++)
        if (dg14->at[j].kind == SECURITY_CA_KEY && dg14->at[j].agreement != AGREEMENT_NONE)
            consider(best, NULL, &dg14->at[j], CIPHER_3DES);
    return best->key != NULL;
}

// id-CA-DH-3DES-CBC-CBC or its ECDH sister, where DG14 does not name the protocol.
static struct str protocol_of(const struct choice *choice)
{
    static const char dh[] = "\x04\x00\x7F\x00\x07\x02\x02\x03\x01\x01";
    static const char ecdh[] = "\x04\x00\x7F\x00\x07\x02\x02\x03\x02\x01";

    if (choice->info != NULL)
        return choice->info->oid;
    return str_octets((const uint8_t *)(choice->key->agreement == AGREEMENT_DH ? dh : ecdh),
                      sizeof dh - 1);
}

// ---- the commands ----

static void put_key_id(const struct choice *choice, struct bytes *out)
{
    uint8_t id[4];
    size_t skip = 0;

    if (!choice->key->has_id)
        return;
    for (size_t i = 0; i < sizeof id; i++)
        id[i] = (uint8_t)(choice->key->id >> 8 * (sizeof id - 1 - i));
    while (skip < sizeof id - 1 && id[skip] == 0)
        skip++;
    tlv_put(out, DO_KEY_ID, str_octets(id + skip, sizeof id - skip));
}

// A chip that refuses what its DG14 offers has not shown that it is genuine.
static struct chip_error send_set(struct chip_auth *a, uint8_t p2, struct bytes *data,
                                  const char *step)
{
    const struct apdu command = {
        .ins = INS_MANAGE_SE, .p1 = P1_COMPUTE, .p2 = p2, .data = bytes_str(data)
    };
    struct answer answer = { 0 };
    struct chip_error error =
        data->failed ? chip_fail(CHIP_NO_MEMORY, step) : channel_send(a->c, &command, &answer);

    if (error.code == CHIP_OK && answer.sw != SW_OK)
        error = chip_refused(CHIP_NOT_GENUINE, answer.sw, step);
    answer_free(&answer);
    bytes_free(data);
    return error;
}

static struct chip_error set_kat(struct chip_auth *a)
{
    struct bytes data = { 0 };

    tlv_put(&data, DO_KAT_KEY, bytes_str(&a->ours.public_key));
    put_key_id(&a->choice, &data);
    return send_set(a, P2_KAT, &data, step_set_kat);
}

static struct chip_error set_at(struct chip_auth *a)
{
    struct bytes data = { 0 };

    tlv_put(&data, DO_OID, protocol_of(&a->choice));
    put_key_id(&a->choice, &data);
    return send_set(a, P2_AT, &data, step_set_at);
}

static struct chip_error general_authenticate(struct chip_auth *a)
{
    const struct general g = { .step = step_general,
                               .tag = DO_KEY_OURS,
                               .value = bytes_str(&a->ours.public_key) };
    struct answer answer = { 0 };
    struct str inside;
    struct chip_error error = general_send(a->c, &g, &answer);

    if (error.code == CHIP_OK && answer.sw != SW_OK)
        error = chip_refused(CHIP_NOT_GENUINE, answer.sw, step_general);
    else if (error.code == CHIP_OK && (!general_inside(&answer, &inside) || inside.n > 0))
        error = chip_fail(CHIP_ANSWER_SHORT, step_general);
    answer_free(&answer);
    return error;
}

// 6.2.4: MSE:Set KAT is only for 3DES, and there are chips with 3DES that want the other two.
static struct chip_error send_key(struct chip_auth *a)
{
    struct chip_error error;

    if (a->choice.cipher == CIPHER_3DES) {
        error = set_kat(a);
        if (error.code != CHIP_NOT_GENUINE)
            return error;
    }
    error = set_at(a);
    return error.code == CHIP_OK ? general_authenticate(a) : error;
}

// ---- the new session ----

static struct chip_error open_session(struct chip_auth *a)
{
    enum security_cipher cipher = a->choice.cipher;
    uint8_t enc[CRYPTO_KEY_MAX], mac[CRYPTO_KEY_MAX];
    size_t length = crypto_key_length(cipher);
    struct bytes agreed = { 0 };
    struct sm *sm = NULL;

    enum chip_code code =
        agree_multiply(a->chip.domain, a->ours.secret, bytes_str(&a->chip.element), &agreed);
    struct str secret = agree_secret(a->chip.domain, &agreed);
    if (code == CHIP_OK && crypto_kdf(cipher, secret, CRYPTO_USE_ENC, enc) &&
        crypto_kdf(cipher, secret, CRYPTO_USE_MAC, mac))
        sm = sm_new(cipher, str_octets(enc, length), str_octets(mac, length),
                    (struct str){ NULL, 0 });
    wipe(enc, sizeof enc);
    wipe(mac, sizeof mac);
    bytes_free(&agreed);
    if (sm == NULL)
        return chip_fail(code != CHIP_OK ? code : CHIP_CRYPTO, step_session);
    sm_free(&a->c->sm);
    a->c->sm = sm;
    return chip_ok();
}

// Stands before the card and keeps what goes over the wire.
struct tap {
    struct card *card;
    struct bytes command, answer;
};

static struct chip_error tap_transmit(void *ctx, struct str command, struct bytes *answer)
{
    struct tap *tap = ctx;
    struct chip_error error = card_transmit(tap->card, command, answer);

    bytes_put_str(&tap->command, command);
    bytes_put_str(&tap->answer, bytes_str(answer));
    return error;
}

static struct chip_error tap_reset(void *ctx)
{
    return card_reset(((struct tap *)ctx)->card);
}

static void tap_close(void *ctx)
{
    (void)ctx;
}

// The chip has shown its key when an answer under the new keys is right: so select DG14, whose
// words these are. What it says of the file does not matter.
static struct chip_error send_first(struct channel *c, struct tap *tap)
{
    static const struct card_ops ops = { tap_transmit, tap_reset, tap_close };
    const struct apdu command = { .ins = 0xA4, .p1 = 0x02, .p2 = 0x0C, .data = STR("\x01\x0E") };
    struct card *card = c->card, tapped = *card;
    struct answer answer = { 0 };

    tapped.ops = &ops;
    tapped.ctx = tap;
    tap->card = card;
    c->card = &tapped;
    struct chip_error error = channel_send(c, &command, &answer);
    c->card = card;
    answer_free(&answer);
    return error;
}

// Whoever has not the key cannot make the checksum, nor understand the command.
static struct chip_error judge_first(struct chip_error error)
{
    if (error.code == CHIP_SM_MAC || error.code == CHIP_SM_PLAIN || error.code == CHIP_SM_FORM)
        return chip_refused(CHIP_NOT_GENUINE, error.sw, step_confirm);
    return error;
}

// All that is needed to compute the session again and hold the answer's checksum against it. Our
// key was made for this session alone.
static bool keep(struct chip_auth *a, const struct tap *tap)
{
    struct bytes secret = { 0 };
    struct proof *p = a->out;

    bool good = key_pair_put_secret(a->chip.domain, &a->ours, &secret) &&
                proof_add(p, "protocol", protocol_of(&a->choice)) &&
                proof_add(p, "chip_key", a->choice.key->public_key) &&
                proof_add(p, "terminal_private_key", bytes_str(&secret)) &&
                proof_add(p, "terminal_key", bytes_str(&a->ours.public_key)) &&
                proof_add(p, "command", bytes_str(&tap->command)) &&
                proof_add(p, "answer", bytes_str(&tap->answer));
    bytes_free(&secret);
    return good && !tap->command.failed && !tap->answer.failed;
}

static struct chip_error confirm(struct chip_auth *a)
{
    struct tap tap = { .card = NULL };
    struct chip_error error = judge_first(send_first(a->c, &tap));

    if (!keep(a, &tap) && error.code == CHIP_OK)
        error = chip_fail(CHIP_NO_MEMORY, step_confirm);
    a->out->holds = error.code == CHIP_OK;
    bytes_free(&tap.command);
    bytes_free(&tap.answer);
    return error;
}

static struct chip_error run(struct chip_auth *a)
{
    enum chip_code code = public_key_read(a->choice.key->public_key, &a->chip);
    if (code != CHIP_OK)
        return chip_fail(code, step_key);
    if (!key_pair_make(a->chip.domain, &a->ours))
        return chip_fail(CHIP_CRYPTO, step_key);
    struct chip_error error = send_key(a);
    if (error.code == CHIP_OK)
        error = open_session(a);
    return error.code == CHIP_OK ? confirm(a) : error;
}

static void name_algorithm(struct proof *p, struct str oid)
{
    char space[64];

    snprintf(p->algorithm, sizeof p->algorithm, "%s", security_oid_name(oid, space));
}

struct chip_error chip_auth_run(struct channel *c, const struct security_infos *dg14,
                                struct proof *out)
{
    struct chip_auth a = { .c = c, .out = out };

    *out = (struct proof){ .kind = PROOF_CHIP_AUTH };
    if (!choose(dg14, &a.choice))
        return chip_fail(CHIP_UNSUPPORTED, step_key);
    name_algorithm(out, protocol_of(&a.choice));
    struct chip_error error = run(&a);
    public_key_free(&a.chip);
    key_pair_free(&a.ours);
    return error;
}

// The arc below id-CA tells which agreement it is.
bool chip_auth_key(const struct proof *proof, struct bytes *out)
{
    enum { ARC = 8, ARC_ECDH = 2 };
    struct str oid = proof_item(proof, "protocol"), key = proof_item(proof, "terminal_key");

    if (oid.n <= ARC || key.n == 0)
        return false;
    return agree_compress(oid.p[ARC] == ARC_ECDH ? AGREEMENT_ECDH : AGREEMENT_DH, key, out);
}

// ---- Chip Authentication Mapping ----

// 4.4.3.5.2: the chip's key, multiplied by the data that it sent, is its key of the mapping.
static bool cam_holds(const struct public_key *key, struct str data, struct str mapping_key)
{
    BIGNUM *factor = NULL;
    struct bytes product = { 0 };

    if (data.n > 0 && data.n <= (size_t)BN_num_bytes(key->domain->q))
        factor = BN_bin2bn(octets(data), (int)data.n, NULL);
    bool good =
        factor != NULL &&
        agree_multiply(key->domain, factor, bytes_str(&key->element), &product) == CHIP_OK &&
        str_eq(bytes_str(&product), mapping_key);
    BN_free(factor);
    bytes_free(&product);
    return good;
}

struct chip_error chip_auth_verify_cam(struct proof *cam,
                                       const struct security_infos *card_security)
{
    static const char step[] = "PACE-CAM: Verify Chip Authentication Data";
    struct str domain = proof_item(cam, "domain");
    struct str data = proof_item(cam, "chip_authentication_data");
    struct str mapping_key = proof_item(cam, "chip_mapping_key");
    enum chip_code code = CHIP_UNSUPPORTED;

    cam->holds = false;
    if (cam->kind != PROOF_PACE_CAM || domain.n != 1)
        return chip_fail(CHIP_UNSUPPORTED, step);
    for (size_t i = 0; i < card_security->n && !cam->holds; i++) {
        const struct security_info *info = &card_security->at[i];
        struct public_key key;
        if (info->kind != SECURITY_CA_KEY || public_key_read(info->public_key, &key) != CHIP_OK)
            continue;
        if (key.domain->kind == AGREEMENT_ECDH && key.domain->id == octets(domain)[0]) {
            cam->holds = cam_holds(&key, data, mapping_key);
            code = CHIP_NOT_GENUINE;
        }
        public_key_free(&key);
    }
    return cam->holds ? chip_ok() : chip_fail(code, step);
}
