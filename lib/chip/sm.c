// SPDX-License-Identifier: MIT
#include "chip/sm.h"

#include "base/wipe.h"
#include "chip/crypto.h"
#include "tlv/tlv.h"

#include <stdlib.h>

enum {
    DO_ENCRYPTED_TLV = 0x85, // of odd instructions, whose data is BER-TLV (ISO/IEC 7816-4, 10.2)
    DO_ENCRYPTED = 0x87,
    DO_MAC = 0x8E,
    DO_NE = 0x97,
    DO_SW = 0x99,
    CLA_SM = 0x0C,
    PADDED = 1,       // the padding indicator in front of DO87's bytes
    TRAILING = 4 + 10 // DO99 and DO8E with their headers
};

static const char step_protect[] = "Secure Messaging: command";
static const char step_open[] = "Secure Messaging: response";

struct sm {
    enum security_cipher cipher;
    size_t block;
    bool odd; // the last command's instruction
    uint8_t enc[CRYPTO_KEY_MAX], mac[CRYPTO_KEY_MAX];
    uint8_t counter[CRYPTO_BLOCK_MAX]; // SSC, as long as a block
};

struct sm *sm_new(enum security_cipher cipher, struct str key_enc, struct str key_mac,
                  struct str counter)
{
    size_t length = crypto_key_length(cipher), block = crypto_block_length(cipher);
    struct sm *sm;

    if (length == 0 || key_enc.n != length || key_mac.n != length ||
        (counter.n != 0 && counter.n != block) || (sm = calloc(1, sizeof *sm)) == NULL)
        return NULL;
    sm->cipher = cipher;
    sm->block = block;
    memcpy(sm->enc, key_enc.p, length);
    memcpy(sm->mac, key_mac.p, length);
    if (counter.n > 0)
        memcpy(sm->counter, counter.p, block);
    return sm;
}

void sm_free(struct sm **sm)
{
    wipe_free(*sm);
    *sm = NULL;
}

enum security_cipher sm_cipher(const struct sm *sm)
{
    return sm->cipher;
}

static uint32_t header_length(uint32_t value)
{
    return value < 0x80 ? 2 : value < 0x100 ? 3 : value < 0x10000 ? 4 : 5;
}

uint32_t sm_payload(const struct sm *sm, uint32_t ne)
{
    uint32_t block = (uint32_t)sm->block, room = ne > TRAILING ? ne - TRAILING : 0;
    uint32_t encrypted = room - room % block;

    while (encrypted > 0 && header_length(encrypted + 1) + 1 + encrypted > room)
        encrypted -= block;
    return encrypted > 0 ? encrypted - 1 : 0;
}

// False at its end: a counter that is used again would say nothing.
static bool count(struct sm *sm)
{
    for (size_t i = sm->block; i > 0; i--)
        if (++sm->counter[i - 1] != 0)
            return true;
    return false;
}

// 9.8.6.1: zero with 3DES, with AES the counter encrypted as one block.
static bool make_iv(const struct sm *sm, uint8_t iv[CRYPTO_BLOCK_MAX])
{
    memset(iv, 0, CRYPTO_BLOCK_MAX);
    return sm->cipher == CIPHER_3DES || crypto_cbc(sm->cipher, sm->enc, NULL, CRYPTO_ENCRYPT,
                                                   str_octets(sm->counter, sm->block), iv);
}

static bool cipher_run(const struct sm *sm, enum crypto_way way, struct str in, struct bytes *out)
{
    uint8_t iv[CRYPTO_BLOCK_MAX];

    if (!bytes_reserve(out, in.n) || !make_iv(sm, iv) ||
        !crypto_cbc(sm->cipher, sm->enc, iv, way, in, (uint8_t *)out->p + out->n))
        return false;
    out->n += in.n;
    return true;
}

// 9.8.6.2: over the counter and what follows. With AES the whole is padded, although CMAC needs
// none; the retail MAC pads by itself.
static bool make_mac(const struct sm *sm, struct str message, uint8_t out[CRYPTO_MAC_LENGTH])
{
    struct bytes all = { 0 };

    bytes_put(&all, sm->counter, sm->block);
    bytes_put_str(&all, message);
    if (sm->cipher != CIPHER_3DES)
        crypto_pad(&all, sm->block);
    bool good = !all.failed && crypto_mac(sm->cipher, sm->mac, bytes_str(&all), out);
    bytes_free(&all);
    return good;
}

static bool put_data(const struct sm *sm, const struct apdu *plain, struct bytes *out)
{
    struct bytes padded = { 0 }, value = { 0 };
    bool odd = plain->ins & 1;

    if (plain->data.n == 0)
        return true;
    bytes_put_str(&padded, plain->data);
    crypto_pad(&padded, sm->block);
    if (!odd)
        bytes_put_char(&value, PADDED);
    bool good = !padded.failed && cipher_run(sm, CRYPTO_ENCRYPT, bytes_str(&padded), &value);
    if (good)
        tlv_put(out, odd ? DO_ENCRYPTED_TLV : DO_ENCRYPTED, bytes_str(&value));
    bytes_free(&padded);
    bytes_free(&value);
    return good && !out->failed;
}

// Le as it would stand in the command: its lowest byte, or two where it takes the extended form.
static void put_ne(const struct apdu *plain, struct bytes *out)
{
    const uint8_t le[] = { (uint8_t)(plain->ne >> 8), (uint8_t)plain->ne };

    if (plain->ne > APDU_NE_SHORT)
        tlv_put(out, DO_NE, str_octets(le, 2));
    else if (plain->ne > 0)
        tlv_put(out, DO_NE, str_octets(le + 1, 1));
}

static bool put_mac(const struct sm *sm, const struct apdu *head, struct bytes *out)
{
    const uint8_t header[] = { head->cla, head->ins, head->p1, head->p2 };
    uint8_t mac[CRYPTO_MAC_LENGTH];
    struct bytes message = { 0 };

    bytes_put(&message, header, sizeof header);
    crypto_pad(&message, sm->block);
    bytes_put_str(&message, bytes_str(out));
    // Where nothing follows the header, it is padded once, not twice.
    if (out->n == 0)
        message.n = sizeof header;
    bool good = !message.failed && make_mac(sm, bytes_str(&message), mac);
    if (good)
        tlv_put(out, DO_MAC, str_octets(mac, sizeof mac));
    bytes_free(&message);
    return good && !out->failed;
}

struct chip_error sm_protect(struct sm *sm, const struct apdu *plain, struct apdu *out,
                             struct bytes *storage)
{
    *out = *plain;
    out->cla |= CLA_SM;
    out->ne = plain->ne > APDU_NE_SHORT ? APDU_NE_EXTENDED : APDU_NE_SHORT;
    sm->odd = plain->ins & 1;
    bytes_free(storage);
    if (!count(sm))
        return chip_fail(CHIP_CRYPTO, "Secure Messaging: send sequence counter");
    if (!put_data(sm, plain, storage))
        return chip_fail(CHIP_CRYPTO, step_protect);
    put_ne(plain, storage);
    if (!put_mac(sm, out, storage))
        return chip_fail(CHIP_CRYPTO, step_protect);
    out->data = bytes_str(storage);
    return chip_ok();
}

struct sm_objects {
    struct tlv data, status, mac;
    bool has_data;
    struct str covered; // by the MAC
};

// 9.8.5: [DO87 or DO85] DO99 DO8E, and nothing else.
static bool read_objects(const struct sm *sm, struct str answer, struct sm_objects *out)
{
    struct tlv_reader r = tlv_reader_of(answer);

    *out = (struct sm_objects){ .has_data = false };
    out->has_data = tlv_take(&r, DO_ENCRYPTED, &out->data) ||
                    (sm->odd && tlv_take(&r, DO_ENCRYPTED_TLV, &out->data));
    if (!tlv_expect(&r, DO_SW, &out->status) || out->status.value.n != 2)
        return false;
    out->covered = str_head(answer, r.at);
    return tlv_expect(&r, DO_MAC, &out->mac) && out->mac.value.n == CRYPTO_MAC_LENGTH &&
           tlv_end(&r);
}

static struct chip_error decrypt(const struct sm *sm, const struct tlv *object, struct bytes *out)
{
    struct str value = object->value;
    size_t length;

    if (object->tag == DO_ENCRYPTED) {
        if (value.n == 0 || value.p[0] != PADDED)
            return chip_fail(CHIP_SM_FORM, step_open);
        value = str_from(value, 1);
    }
    if (value.n == 0 || value.n % sm->block != 0)
        return chip_fail(CHIP_SM_FORM, step_open);
    if (!cipher_run(sm, CRYPTO_DECRYPT, value, out))
        return chip_fail(CHIP_CRYPTO, step_open);
    if (!crypto_unpad(bytes_str(out), sm->block, &length))
        return chip_fail(CHIP_SM_FORM, step_open);
    wipe(out->p + length, out->n - length);
    out->n = length;
    return chip_ok();
}

static struct chip_error open_objects(const struct sm *sm, const struct answer *answer,
                                      struct bytes *plain)
{
    struct sm_objects objects;
    uint8_t mac[CRYPTO_MAC_LENGTH];

    if (answer->data.n == 0)
        return chip_refused(CHIP_SM_PLAIN, answer->sw, step_open);
    if (!read_objects(sm, bytes_str(&answer->data), &objects))
        return chip_refused(CHIP_SM_FORM, answer->sw, step_open);
    if (!make_mac(sm, objects.covered, mac))
        return chip_fail(CHIP_CRYPTO, step_open);
    if (!crypto_same(mac, objects.mac.value.p, sizeof mac))
        return chip_refused(CHIP_SM_MAC, answer->sw, step_open);
    const uint8_t *sw = octets(objects.status.value);
    if ((sw[0] << 8 | sw[1]) != answer->sw)
        return chip_refused(CHIP_SM_FORM, answer->sw, step_open);
    return objects.has_data ? decrypt(sm, &objects.data, plain) : chip_ok();
}

struct chip_error sm_open(struct sm *sm, struct answer *inout)
{
    struct bytes plain = { 0 };
    struct chip_error error =
        count(sm) ? open_objects(sm, inout, &plain)
                  : chip_fail(CHIP_CRYPTO, "Secure Messaging: send sequence counter");

    bytes_free(&inout->data);
    if (error.code == CHIP_OK)
        inout->data = plain;
    else
        bytes_free(&plain);
    return error;
}
