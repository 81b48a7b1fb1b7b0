// SPDX-License-Identifier: MIT
// Chip Authentication version 1, the chip's side (ICAO Doc 9303-11, 6.2).
#include "sm.h"

static bool reference_fits(const struct card *c, struct view data)
{
    struct view id;
    if (!tlv_find(data, 0x84, &id))
        return c->profile.ca_key_id < 0;
    return c->profile.ca_key_id >= 0 && id.n == 1 && id.b[0] == c->profile.ca_key_id;
}

// MSE:Set AT (6.2.4.2): the protocol; its public key comes with GENERAL AUTHENTICATE.
uint16_t ca_set(struct card *c, struct view data)
{
    struct view oid;
    c->ca = NULL;
    pace_reset(&c->pace);
    if (!c->access || c->ca_key == NULL)
        return c->ca_key == NULL ? 0x6A80 : 0x6982;
    if (!tlv_find(data, 0x80, &oid))
        return 0x6A80;
    for (size_t i = 0; i < c->profile.n_ca; i++) {
        const struct protocol *p = &c->profile.ca[i];
        if (view_is(oid, (struct view){ p->oid, sizeof p->oid }))
            c->ca = p;
    }
    if (c->ca == NULL)
        return 0x6A80;
    if (!reference_fits(c, data)) {
        c->ca = NULL;
        return 0x6A88;
    }
    return 0x9000;
}

// 6.2.3: the secret of the chip's static key and the terminal's ephemeral one gives new keys.
static uint16_t agree(struct card *c, const struct protocol *p, struct view peer)
{
    static struct buf secret;
    BIGNUM *key = NULL;
    uint16_t sw = 0x6A80;
    struct group *g = group_of_key(c->ca_key, &key);
    if (g != NULL && g->ec == p->ec && group_agree(g, key, peer, &secret)) {
        struct keys k = keys_derive(p->cipher, view_of(&secret));
        session_start(&c->next, &k, NULL);
        ta_reset(&c->ta);
        ta_after_ca(c, p->ec, peer);
        c->counts.ca_runs++;
        sw = 0x9000;
    }
    BN_clear_free(key);
    group_free(&g);
    return sw;
}

uint16_t ca_authenticate(struct card *c, struct view dynamic, struct buf *out)
{
    struct view peer;
    const struct protocol *p = c->ca;
    c->ca = NULL;
    if (!c->access)
        return 0x6982;
    uint16_t sw = tlv_find(dynamic, 0x80, &peer) ? agree(c, p, peer) : 0x6A80;
    if (sw == 0x9000)
        buf_put_tlv(out, 0x7C, (struct view){ NULL, 0 });
    return sw;
}

// MSE:Set KAT (6.2.4.1): all in one command, for 3DES.
uint16_t ca_set_kat(struct card *c, struct view data)
{
    struct view peer;
    if (!c->access)
        return 0x6982;
    if (c->ca_key == NULL || !tlv_find(data, 0x91, &peer))
        return 0x6A80;
    if (!reference_fits(c, data))
        return 0x6A88;
    for (size_t i = 0; i < c->profile.n_ca; i++) {
        if (c->profile.ca[i].cipher == CIPHER_3DES)
            return agree(c, &c->profile.ca[i], peer);
    }
    return 0x6A80;
}
