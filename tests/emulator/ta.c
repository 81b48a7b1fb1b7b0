// SPDX-License-Identifier: MIT
#include "card.h"

#include <string.h>
#include <openssl/sha.h>

// ---- what is signed of public keys ----

// Comp() of TR-03110-3, A.2.2.3.
static void compress(bool ec, struct view key, uint8_t *space, struct view *out)
{
    if (ec && key.n > 2 && key.n / 2 <= 128) {
        memcpy(space, key.b + 1, key.n / 2);
        *out = (struct view){ space, key.n / 2 };
        return;
    }
    while (key.n > 1 && key.b[0] == 0) {
        key.b++;
        key.n--;
    }
    SHA1(key.b, key.n, space);
    *out = (struct view){ space, SHA_DIGEST_LENGTH };
}

void ta_after_pace(struct card *c, bool ec, struct view own)
{
    compress(ec, own, c->ta.id_space, &c->ta.id);
}

// The document number with its check digit.
void ta_after_bac(struct card *c, const char *information)
{
    size_t n = strlen(information) - 14;
    memcpy(c->ta.id_space, information, n);
    c->ta.id = (struct view){ c->ta.id_space, n };
}

void ta_after_ca(struct card *c, bool ec, struct view peer)
{
    struct ta *t = &c->ta;
    compress(ec, peer, t->key_space, &t->key);
    t->chip_authenticated = true;
}

void ta_reset(struct ta *t)
{
    for (size_t i = 0; i < t->n_imported; i++)
        cv_free(&t->imported[i]);
    t->n_imported = 0;
    t->issuer = t->terminal = NULL;
    t->has_challenge = false;
    t->chip_authenticated = false;
    t->rights = 0;
}

bool ta_is_offered(const struct card *c)
{
    return c->ta.trust[0].key != NULL;
}

// ---- the chain ----

static const struct cv *named(const struct ta *t, struct view name)
{
    for (size_t i = t->n_imported; i > 0; i--) {
        if (cv_is_named(&t->imported[i - 1], name))
            return &t->imported[i - 1];
    }
    for (size_t i = 0; i < TRUST_POINTS; i++) {
        if (cv_is_named(&t->trust[i], name))
            return &t->trust[i];
    }
    return NULL;
}

uint16_t ta_set_dst(struct card *c, struct view data)
{
    struct view name;
    struct ta *t = &c->ta;
    t->issuer = NULL;
    if (!ta_is_offered(c))
        return 0x6A80;
    if (!t->chip_authenticated)
        return 0x6985;
    if (!tlv_find(data, 0x83, &name))
        return 0x6A80;
    t->issuer = named(t, name);
    return t->issuer != NULL ? 0x9000 : 0x6A88;
}

// C.1.4: whom a role may issue for.
static bool may_issue(enum cv_role issuer, enum cv_role role)
{
    switch (issuer) {
    case CV_CVCA:
        return role != CV_IS;
    case CV_DV:
    case CV_DV_FOREIGN:
        return role == CV_IS;
    default:
        return false;
    }
}

static uint8_t rights_to(const struct ta *t, const struct cv *cv)
{
    for (size_t i = 0; i < t->n_imported; i++) {
        if (cv == &t->imported[i])
            return t->path_rights[i];
    }
    return cv->rights;
}

// 2.2.3: what authorities in the country sign tells the date.
static void date_advance(struct ta *t, const struct cv *cv, const struct cv *issuer)
{
    bool believed = cv->role == CV_CVCA || cv->role == CV_DV || issuer->role == CV_DV;
    if (believed && cv->effective > t->date)
        t->date = cv->effective;
}

static bool is_trust_point(const struct ta *t, const struct cv *cv)
{
    return cv == &t->trust[0] || cv == &t->trust[1];
}

// A link certificate makes a new trust point, for good; the oldest goes. The newest comes first.
static void trust_advance(struct card *c, const struct cv *cv, struct view content)
{
    struct ta *t = &c->ta;
    struct cv copy;
    if (cv_is_named(&t->trust[0], (struct view){ cv->name, cv->n_name }) ||
        !cv_take(content, NULL, &copy))
        return;
    cv_free(&t->trust[1]);
    t->trust[1] = t->trust[0];
    t->trust[0] = copy;
    ta_file_write(c);
}

uint16_t ta_verify(struct card *c, struct view content)
{
    struct ta *t = &c->ta;
    const struct cv *issuer = t->issuer;
    struct view name;
    struct cv cv;
    t->issuer = NULL;
    if (issuer == NULL || !t->chip_authenticated || t->n_imported == IMPORTED_MAX)
        return 0x6985;
    if (!cv_issuer(content, &name) || !cv_is_named(issuer, name) || !cv_take(content, issuer, &cv))
        return 0x6988;
    if (!may_issue(issuer->role, cv.role) || (cv.role != CV_CVCA && cv.expiry < t->date)) {
        cv_free(&cv);
        return 0x6988;
    }
    bool from_trust = is_trust_point(t, issuer);
    uint8_t rights = rights_to(t, issuer) & cv.rights;
    date_advance(t, &cv, issuer);
    t->imported[t->n_imported] = cv;
    t->path_rights[t->n_imported++] = rights;
    if (cv.role == CV_CVCA && from_trust)
        trust_advance(c, &t->imported[t->n_imported - 1], content);
    c->counts.ta_certificates++;
    return 0x9000;
}

// ---- the terminal ----

uint16_t ta_set_at(struct card *c, struct view data)
{
    struct view name;
    struct ta *t = &c->ta;
    t->terminal = NULL;
    t->has_challenge = false;
    if (!ta_is_offered(c) || !tlv_find(data, 0x83, &name))
        return 0x6A80;
    const struct cv *cv = named(t, name);
    if (cv == NULL || cv->role != CV_IS)
        return 0x6A88;
    t->terminal = cv;
    return 0x9000;
}

uint16_t ta_challenge(struct card *c, const struct command *cmd, struct buf *out)
{
    struct ta *t = &c->ta;
    if (cmd->p1 != 0 || cmd->p2 != 0)
        return 0x6A86;
    if (t->terminal == NULL)
        return 0x6985;
    if (cmd->ne != 8 && cmd->ne != 256 && cmd->ne != 65536)
        return 0x6700;
    if (!card_random(c, t->challenge, sizeof t->challenge))
        return 0x6F00;
    t->has_challenge = true;
    buf_put(out, t->challenge, sizeof t->challenge);
    return 0x9000;
}

uint16_t ta_authenticate(struct card *c, const struct command *cmd)
{
    static struct buf message;
    struct ta *t = &c->ta;
    bool challenged = t->has_challenge;
    t->has_challenge = false; // each challenge once
    if (cmd->p1 != 0 || cmd->p2 != 0)
        return 0x6A86;
    if (!challenged || t->terminal == NULL || !t->chip_authenticated || t->id.n == 0)
        return 0x6985;
    buf_clear(&message);
    buf_put_view(&message, t->id);
    buf_put(&message, t->challenge, sizeof t->challenge);
    buf_put_view(&message, t->key);
    if (!cv_verify(t->terminal, view_of(&message), cmd->data))
        return 0x6300;
    t->rights = rights_to(t, t->terminal);
    c->counts.ta_runs++;
    return 0x9000;
}
