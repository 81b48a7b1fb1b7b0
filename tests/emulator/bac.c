// SPDX-License-Identifier: MIT
// Basic Access Control (ICAO Doc 9303-11, 4.3).
#include "sm.h"
#include "faults.h"

#include <stdio.h>
#include <string.h>
#include <openssl/crypto.h>
#include <openssl/sha.h>

enum { NONCE = 8, KEYING = 16, TOKEN = 32 };

// Weights 7, 3, 1 (ICAO Doc 9303-3, 4.9).
static char check_digit(const char *s, size_t n)
{
    unsigned sum = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned value = s[i] >= '0' && s[i] <= '9'   ? (unsigned)(s[i] - '0')
                         : s[i] >= 'A' && s[i] <= 'Z' ? (unsigned)(s[i] - 'A' + 10)
                                                      : 0;
        sum += value * (i % 3 == 0 ? 7 : i % 3 == 1 ? 3 : 1);
    }
    return (char)('0' + sum % 10);
}

// TD1: a number that does not fit goes on in the optional data (Doc 9303-5, 4.2.2.1, note j).
static void td1_number(const char *mrz, char out[32])
{
    size_t n = mrz[14] == '<' ? strspn(mrz + 15, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") : 0;
    if (n < 2 || n > 15)
        snprintf(out, 32, "%.9s%c", mrz + 5, check_digit(mrz + 5, 9));
    else
        snprintf(out, 32, "%.9s%.*s", mrz + 5, (int)n, mrz + 15);
}

bool mrz_information(const char *mrz, char out[64])
{
    char number[32];
    const char *birth, *expiry;
    switch (strlen(mrz)) {
    case 24: // the information itself
        snprintf(out, 64, "%s", mrz);
        return true;
    case 90: // TD1
        td1_number(mrz, number);
        birth = mrz + 30;
        expiry = mrz + 38;
        break;
    case 72: // TD2
    case 88: // TD3
        birth = mrz + strlen(mrz) / 2 + 13;
        expiry = birth + 8;
        snprintf(number, sizeof number, "%.9s%c", birth - 13, check_digit(birth - 13, 9));
        break;
    default:
        return false;
    }
    snprintf(out, 64, "%s%.6s%c%.6s%c", number, birth, check_digit(birth, 6), expiry,
             check_digit(expiry, 6));
    return true;
}

static bool document_keys(const struct card *c, struct keys *k)
{
    char information[64];
    uint8_t digest[SHA_DIGEST_LENGTH];
    if (!mrz_information(c->profile.mrz, information))
        return false;
    SHA1((const uint8_t *)information, strlen(information), digest);
    *k = keys_derive(CIPHER_3DES, (struct view){ digest, KEYING });
    return true;
}

uint16_t bac_challenge(struct card *c, const struct command *cmd, struct buf *out)
{
    if (cmd->p1 != 0 || cmd->p2 != 0)
        return 0x6A86;
    if (cmd->ne != NONCE && cmd->ne != 256 && cmd->ne != 65536)
        return 0x6700;
    if (!card_random(c, c->challenge, NONCE))
        return 0x6F00;
    c->has_challenge = true;
    buf_put(out, c->challenge, NONCE);
    return 0x9000;
}

static bool token_seal(const struct keys *k, const uint8_t s[TOKEN], struct buf *out)
{
    static struct buf padded;
    uint8_t e[TOKEN], mac[MAC_LENGTH];
    if (!cipher_cbc(CIPHER_3DES, k->enc, true, NULL, s, TOKEN, e))
        return false;
    buf_clear(&padded);
    buf_put(&padded, e, TOKEN);
    buf_pad(&padded, 0, 8);
    cipher_mac(CIPHER_3DES, k->mac, view_of(&padded), mac);
    buf_put(out, e, TOKEN);
    buf_put(out, mac, MAC_LENGTH);
    return true;
}

static bool token_open(const struct keys *k, struct view token, uint8_t s[TOKEN])
{
    static struct buf padded;
    uint8_t mac[MAC_LENGTH];
    buf_clear(&padded);
    buf_put(&padded, token.b, TOKEN);
    buf_pad(&padded, 0, 8);
    cipher_mac(CIPHER_3DES, k->mac, view_of(&padded), mac);
    return CRYPTO_memcmp(mac, token.b + TOKEN, MAC_LENGTH) == 0 &&
           cipher_cbc(CIPHER_3DES, k->enc, false, NULL, token.b, TOKEN, s);
}

// S = RND.IFD, RND.IC, K.IFD; R = RND.IC, RND.IFD, K.IC.
uint16_t bac_authenticate(struct card *c, const struct command *cmd, struct buf *out)
{
    uint8_t s[TOKEN], r[TOKEN], seed[KEYING], counter[8];
    struct keys k;
    bool challenged = c->has_challenge;
    c->has_challenge = false; // each challenge once
    if (cmd->p1 != 0 || cmd->p2 != 0)
        return 0x6A86;
    if (cmd->data.n != TOKEN + MAC_LENGTH)
        return 0x6700;
    if (!challenged || c->directory != IN_APPLICATION || !document_keys(c, &k))
        return 0x6985;
    c->counts.bac_runs++;
    if (!token_open(&k, cmd->data, s) || CRYPTO_memcmp(s + NONCE, c->challenge, NONCE) != 0) {
        c->counts.wrong_keys++;
        wait_ms(c->profile.wrong_delay_ms);
        return 0x6300;
    }
    memcpy(r, c->challenge, NONCE);
    memcpy(r + NONCE, s, NONCE);
    if (!card_random(c, r + 2 * NONCE, KEYING) || !token_seal(&k, r, out))
        return 0x6F00;
    for (size_t i = 0; i < KEYING; i++)
        seed[i] = s[2 * NONCE + i] ^ r[2 * NONCE + i];
    memcpy(counter, c->challenge + 4, 4); // 9.8.6.3: the last four bytes of each nonce
    memcpy(counter + 4, s + 4, 4);
    k = keys_derive(CIPHER_3DES, (struct view){ seed, KEYING });
    session_start(&c->next, &k, counter);
    char information[64];
    if (mrz_information(c->profile.mrz, information))
        ta_after_bac(c, information);
    return 0x9000;
}
