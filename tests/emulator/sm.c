// SPDX-License-Identifier: MIT
#include "sm.h"

#include <string.h>
#include <openssl/crypto.h>

enum {
    DO_CRYPTOGRAM_BARE = 0x85, // of odd INS: no padding indicator
    DO_CRYPTOGRAM = 0x87,
    DO_LE = 0x97,
    DO_STATUS = 0x99,
    DO_MAC = 0x8E,
};

void session_start(struct session *s, const struct keys *keys, const uint8_t *counter)
{
    *s = (struct session){ .on = true, .keys = *keys };
    if (counter != NULL)
        memcpy(s->counter, counter, cipher_block(keys->cipher));
}

void session_end(struct session *s)
{
    *s = (struct session){ 0 };
}

// 9.8.6.3: once for each command, once for each answer.
static void counter_step(struct session *s)
{
    for (size_t i = cipher_block(s->keys.cipher); i-- > 0;) {
        if (++s->counter[i] != 0)
            return;
    }
}

// 9.8.6.1: AES takes the encrypted counter, 3DES zeros.
static bool iv_make(const struct session *s, uint8_t iv[BLOCK_MAX])
{
    memset(iv, 0, BLOCK_MAX);
    return s->keys.cipher == CIPHER_3DES ||
           cipher_cbc(s->keys.cipher, s->keys.enc, true, NULL, s->counter, BLOCK_MAX, iv);
}

static void mac_make(const struct session *s, const uint8_t *header, struct view objects,
                     uint8_t mac[MAC_LENGTH])
{
    static struct buf m;
    size_t block = cipher_block(s->keys.cipher);
    buf_clear(&m);
    buf_put(&m, s->counter, block);
    if (header != NULL) {
        buf_put(&m, header, 4);
        buf_pad(&m, 0, block);
    }
    if (objects.n > 0) {
        buf_put_view(&m, objects);
        buf_pad(&m, 0, block);
    }
    cipher_mac(s->keys.cipher, s->keys.mac, view_of(&m), mac);
}

static bool le_read(struct view le, uint32_t *ne)
{
    if (le.n == 1)
        *ne = le.b[0] != 0 ? le.b[0] : 256;
    else if (le.n == 2)
        *ne = le.b[0] != 0 || le.b[1] != 0 ? (uint32_t)(le.b[0] << 8 | le.b[1]) : 65536;
    else
        return false;
    return true;
}

struct objects {
    struct view covered, cryptogram, mac, le;
    bool has_cryptogram, has_le, bare;
};

// What the checksum covers is all that stands before its object, which is the last one.
static bool objects_read(struct view in, struct objects *o)
{
    const uint8_t *begin = in.b;
    unsigned tag;
    struct view value;
    *o = (struct objects){ 0 };
    while (in.n > 0) {
        size_t before = (size_t)(in.b - begin);
        if (o->mac.n > 0 || !tlv_take(&in, &tag, &value))
            return false;
        if (tag == DO_MAC && value.n == MAC_LENGTH) {
            o->mac = value;
            o->covered = (struct view){ begin, before };
        } else if ((tag == DO_CRYPTOGRAM || tag == DO_CRYPTOGRAM_BARE) && !o->has_cryptogram) {
            o->cryptogram = value;
            o->has_cryptogram = true;
            o->bare = tag == DO_CRYPTOGRAM_BARE;
        } else if (tag == DO_LE && !o->has_le) {
            o->le = value;
            o->has_le = true;
        } else {
            return false;
        }
    }
    return true;
}

static bool decrypt(struct session *s, const struct objects *o, struct buf *storage)
{
    struct view v = o->cryptogram;
    uint8_t iv[BLOCK_MAX];
    size_t n;
    buf_clear(storage);
    if (!o->bare) {
        if (v.n < 1 || v.b[0] != 0x01)
            return false;
        v = (struct view){ v.b + 1, v.n - 1 };
    }
    if (v.n == 0 || v.n > BUF_MAX || !iv_make(s, iv) ||
        !cipher_cbc(s->keys.cipher, s->keys.enc, false, iv, v.b, v.n, storage->b) ||
        !pad_length((struct view){ storage->b, v.n }, &n))
        return false;
    storage->n = n;
    return true;
}

uint16_t sm_open(struct session *s, const struct command *cmd, struct command *plain,
                 struct buf *storage)
{
    const uint8_t header[4] = { cmd->cla, cmd->ins, cmd->p1, cmd->p2 };
    uint8_t mac[MAC_LENGTH];
    struct objects o;
    counter_step(s);
    if (!objects_read(cmd->data, &o))
        return 0x6988;
    if (o.mac.n == 0 || (o.has_cryptogram && o.bare != (cmd->ins % 2 == 1)))
        return 0x6987;
    mac_make(s, header, o.covered, mac);
    if (CRYPTO_memcmp(mac, o.mac.b, MAC_LENGTH) != 0)
        return 0x6988;
    *plain = *cmd;
    plain->cla &= (uint8_t)~0x0C;
    plain->ne = 0;
    buf_clear(storage);
    if ((o.has_cryptogram && !decrypt(s, &o, storage)) || (o.has_le && !le_read(o.le, &plain->ne)))
        return 0x6988;
    plain->data = view_of(storage);
    return 0x9000;
}

static bool cryptogram_put(struct session *s, bool odd, struct view data, struct buf *out)
{
    static struct buf padded;
    size_t from = odd ? 0 : 1;
    uint8_t iv[BLOCK_MAX];
    buf_clear(&padded);
    if (!odd)
        buf_put_byte(&padded, 0x01);
    buf_put_view(&padded, data);
    buf_pad(&padded, from, cipher_block(s->keys.cipher));
    if (padded.full || !iv_make(s, iv) ||
        !cipher_cbc(s->keys.cipher, s->keys.enc, true, iv, padded.b + from, padded.n - from,
                    padded.b + from))
        return false;
    buf_put_tlv(out, odd ? DO_CRYPTOGRAM_BARE : DO_CRYPTOGRAM, view_of(&padded));
    return true;
}

bool sm_seal(struct session *s, bool odd, struct view data, uint16_t sw, struct buf *out)
{
    const uint8_t status[2] = { (uint8_t)(sw >> 8), (uint8_t)sw };
    uint8_t mac[MAC_LENGTH];
    counter_step(s);
    buf_clear(out);
    if (data.n > 0 && !cryptogram_put(s, odd, data, out))
        return false;
    buf_put_tlv(out, DO_STATUS, (struct view){ status, 2 });
    mac_make(s, NULL, view_of(out), mac);
    buf_put_tlv(out, DO_MAC, (struct view){ mac, MAC_LENGTH });
    buf_put(out, status, 2);
    return !out->full;
}

static uint32_t sealed_size(bool odd, uint32_t whole)
{
    uint32_t value = whole + (odd ? 0 : 1);
    return 14 + 2 + (value > 0x7F) + (value > 0xFF) + value; // DO99 and DO8E take 14
}

uint32_t sm_room(const struct session *s, bool odd, uint32_t limit)
{
    uint32_t block = (uint32_t)cipher_block(s->keys.cipher);
    uint32_t whole = limit / block * block;
    while (whole > 0 && sealed_size(odd, whole) > limit)
        whole -= block;
    return whole > 0 ? whole - 1 : 0; // one byte of padding at the least
}
