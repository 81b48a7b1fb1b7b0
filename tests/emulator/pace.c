// SPDX-License-Identifier: MIT
// Password Authenticated Connection Establishment, the chip's side (ICAO Doc 9303-11, 4.4).
#include "sm.h"
#include "faults.h"

#include <string.h>
#include <openssl/crypto.h>
#include <openssl/sha.h>

enum { PASSWORD_MRZ = 1, PASSWORD_CAN = 2 };

void pace_reset(struct pace *p)
{
    group_free(&p->group);
    BN_clear_free(p->map_key);
    BN_clear_free(p->key);
    p->map_key = p->key = NULL;
    OPENSSL_cleanse(p->nonce, sizeof p->nonce);
    p->protocol = NULL;
    p->step = PACE_IDLE;
}

static bool random_of_card(void *ctx, uint8_t *out, size_t n)
{
    return card_random(ctx, out, n);
}

static bool blocked(const struct card *c)
{
    return c->profile.tries > 0 && c->tries_left == 0;
}

// BSI TR-03110-3, B.14.2: 6300, or with a counter 63CX.
uint16_t key_wrong(struct card *c)
{
    c->counts.wrong_keys++;
    wait_ms(c->profile.wrong_delay_ms);
    if (c->profile.tries == 0)
        return 0x6300;
    if (c->tries_left > 0)
        c->tries_left--;
    return (uint16_t)(0x63C0 | (c->tries_left < 15 ? c->tries_left : 15));
}

static const struct protocol *protocol_find(const struct card *c, struct view oid,
                                            struct view parameter)
{
    for (size_t i = 0; i < c->profile.n_pace; i++) {
        const struct protocol *p = &c->profile.pace[i];
        if (view_is(oid, (struct view){ p->oid, sizeof p->oid }) &&
            (parameter.n == 0 || (parameter.n == 1 && parameter.b[0] == p->parameter)))
            return p;
    }
    return NULL;
}

// MSE:Set AT (4.4.4.1).
uint16_t pace_set(struct card *c, struct view data)
{
    struct view oid, password, parameter;
    struct pace *p = &c->pace;
    bool has_oid = tlv_find(data, 0x80, &oid);
    bool has_password = tlv_find(data, 0x83, &password);
    tlv_find(data, 0x84, &parameter);
    pace_reset(p);
    c->ca = NULL;
    if (!c->profile.has_pace || !has_oid || !has_password || password.n != 1)
        return 0x6A80;
    p->protocol = protocol_find(c, oid, parameter);
    if (p->protocol == NULL)
        return 0x6A80;
    p->reference = password.b[0];
    if (!(p->reference == PASSWORD_CAN && c->profile.can[0] != '\0') &&
        !(p->reference == PASSWORD_MRZ && c->profile.mrz[0] != '\0'))
        return 0x6A88;
    p->step = PACE_SET;
    // TR-03110-3, B.14.1: a warning where a counter is below its highest value.
    if (c->profile.tries > 0 && c->tries_left < c->profile.tries)
        return (uint16_t)(0x63C0 | (c->tries_left < 15 ? c->tries_left : 15));
    return 0x9000;
}

// K_pi = KDF(f(password), 3) (4.4.3.2, 9.7.3).
static bool password_key(const struct card *c, uint8_t key[KEY_MAX])
{
    char information[64];
    uint8_t digest[SHA_DIGEST_LENGTH];
    struct view secret = { (const uint8_t *)c->profile.can, strlen(c->profile.can) };
    if (c->profile.password_key->n > 0) {
        memset(key, 0, KEY_MAX);
        memcpy(key, c->profile.password_key->b, c->profile.password_key->n);
        return true;
    }
    if (c->pace.reference == PASSWORD_MRZ) {
        if (!mrz_information(c->profile.mrz, information))
            return false;
        SHA1((const uint8_t *)information, strlen(information), digest);
        secret = (struct view){ digest, sizeof digest };
    }
    kdf(c->pace.protocol->cipher, secret, KDF_PACE, key);
    return true;
}

// Step 1: Encrypted Nonce.
static uint16_t nonce_step(struct card *c, struct buf *out)
{
    struct pace *p = &c->pace;
    uint8_t key[KEY_MAX], z[sizeof p->nonce];
    bool wide = p->protocol->cipher == CIPHER_AES192 || p->protocol->cipher == CIPHER_AES256;
    p->n_nonce = p->protocol->mapping == MAP_IM && wide ? 32 : 16;
    p->group = group_open(p->protocol->parameter);
    if (p->group == NULL || p->group->ec != p->protocol->ec || !password_key(c, key) ||
        !card_random(c, p->nonce, p->n_nonce) ||
        !cipher_cbc(p->protocol->cipher, key, true, NULL, p->nonce, p->n_nonce, z))
        return 0x6F00;
    buf_put_tlv(out, 0x80, (struct view){ z, p->n_nonce });
    p->step = PACE_NONCE;
    return 0x9000;
}

// Step 2: Map Nonce.
static uint16_t map_step(struct card *c, struct view dynamic, struct buf *out)
{
    struct pace *p = &c->pace;
    struct view data, nonce = { p->nonce, p->n_nonce };
    if (!tlv_find(dynamic, 0x81, &data))
        return 0x6A80;
    if (p->protocol->mapping == MAP_IM) {
        if (!group_map_integrated(p->group, p->protocol->cipher, nonce, data))
            return 0x6A80;
        buf_put_tlv(out, 0x82, (struct view){ NULL, 0 });
    } else {
        if (!group_key(p->group, random_of_card, c, &p->map_key, &p->own))
            return 0x6F00;
        if (!group_map_generic(p->group, p->map_key, data, nonce))
            return 0x6A80;
        buf_put_tlv(out, 0x82, view_of(&p->own));
    }
    p->step = PACE_MAPPED;
    return 0x9000;
}

// Step 3: Perform Key Agreement.
static uint16_t agree_step(struct card *c, struct view dynamic, struct buf *out)
{
    static struct buf secret;
    struct pace *p = &c->pace;
    struct view data;
    if (!tlv_find(dynamic, 0x83, &data))
        return 0x6A80;
    if (!group_key(p->group, random_of_card, c, &p->key, &p->own))
        return 0x6F00;
    // 4.4.3.4: the public keys differ.
    if (!group_agree(p->group, p->key, data, &secret) || view_is(view_of(&p->own), data))
        return 0x6A80;
    p->keys = keys_derive(p->protocol->cipher, view_of(&secret));
    while (!p->protocol->ec && data.n > 0 && data.b[0] == 0) // as the token has it (9.4.1)
        data = (struct view){ data.b + 1, data.n - 1 };
    buf_clear(&p->peer);
    buf_put_view(&p->peer, data);
    buf_put_tlv(out, 0x84, view_of(&p->own));
    p->step = PACE_AGREED;
    return 0x9000;
}

// 4.4.3.4, 9.4.4: the checksum over OID and public key as data object 7F49.
static void token_make(const struct pace *p, const struct buf *public_key, uint8_t mac[MAC_LENGTH])
{
    static struct buf inner, object;
    buf_clear(&inner);
    buf_put_tlv(&inner, 0x06, (struct view){ p->protocol->oid, sizeof p->protocol->oid });
    buf_put_tlv(&inner, p->protocol->ec ? 0x86 : 0x84, view_of(public_key));
    buf_clear(&object);
    buf_put_tlv(&object, 0x7F49, view_of(&inner));
    if (p->protocol->cipher == CIPHER_3DES)
        buf_pad(&object, 0, 8);
    cipher_mac(p->protocol->cipher, p->keys.mac, view_of(&object), mac);
}

// 4.4.3.5: the encrypted Chip Authentication Data, with E(KS_Enc, -1) as IV.
static bool cam_put(struct card *c, struct buf *out)
{
    static struct buf data;
    struct pace *p = &c->pace;
    uint8_t iv[BLOCK_MAX];
    BIGNUM *key = NULL;
    struct group *g = c->cam_key != NULL ? group_of_key(c->cam_key, &key) : NULL;
    memset(iv, 0xFF, sizeof iv);
    buf_clear(&data);
    bool ok =
        g != NULL && BN_cmp(g->q, p->group->q) == 0 && group_cam(p->group, key, p->map_key, &data);
    if (ok) {
        buf_pad(&data, 0, BLOCK_MAX);
        ok = cipher_cbc(p->protocol->cipher, p->keys.enc, true, NULL, iv, BLOCK_MAX, iv) &&
             cipher_cbc(p->protocol->cipher, p->keys.enc, true, iv, data.b, data.n, data.b);
    }
    if (ok)
        buf_put_tlv(out, 0x8A, view_of(&data));
    BN_clear_free(key);
    group_free(&g);
    return ok;
}

// Step 4: Mutual Authentication.
static uint16_t token_step(struct card *c, struct view dynamic, struct buf *out)
{
    struct pace *p = &c->pace;
    uint8_t mac[MAC_LENGTH];
    struct view token;
    if (!tlv_find(dynamic, 0x85, &token))
        return 0x6A80;
    c->counts.pace_runs++;
    token_make(p, &p->own, mac);
    if (token.n != MAC_LENGTH || CRYPTO_memcmp(mac, token.b, MAC_LENGTH) != 0)
        return key_wrong(c);
    token_make(p, &p->peer, mac);
    buf_put_tlv(out, 0x86, (struct view){ mac, MAC_LENGTH });
    if (p->protocol->mapping == MAP_CAM && !cam_put(c, out))
        return 0x6F00;
    c->tries_left = c->profile.tries;
    session_start(&c->next, &p->keys, NULL);
    ta_after_pace(c, p->protocol->ec, view_of(&p->own));
    return 0x9000;
}

uint16_t pace_step(struct card *c, struct view dynamic, bool last, struct buf *out)
{
    static struct buf inner;
    struct pace *p = &c->pace;
    enum pace_step step = p->step;
    uint16_t sw;
    buf_clear(&inner);
    if (last != (step == PACE_AGREED))
        sw = 0x6985; // a chain of four commands (4.4.4)
    else if (blocked(c))
        sw = 0x6983;
    else if (step == PACE_SET)
        sw = nonce_step(c, &inner);
    else if (step == PACE_NONCE)
        sw = map_step(c, dynamic, &inner);
    else if (step == PACE_MAPPED)
        sw = agree_step(c, dynamic, &inner);
    else
        sw = token_step(c, dynamic, &inner);
    if (sw != 0x9000 || step == PACE_AGREED)
        pace_reset(p);
    if (sw == 0x9000)
        buf_put_tlv(out, 0x7C, view_of(&inner));
    return sw;
}
