// SPDX-License-Identifier: MIT
#include "chip/access.h"

#include "base/wipe.h"
#include "chip/secret.h"
#include "lds/mrz.h"

enum { DOCUMENT_LENGTH = 9, DATE_LENGTH = 6, BAC_SEED = 16 };

void access_key_wipe(struct access_key *key)
{
    wipe(key, sizeof *key);
}

static bool put_checked(struct bytes *out, struct str field)
{
    int digit = mrz_check_digit(field);

    bytes_put_str(out, field);
    bytes_put_char(out, (char)('0' + digit));
    return digit >= 0;
}

// A number shorter than its field is filled up.
static bool put_number(struct bytes *out, const struct access_key *key)
{
    struct bytes number = { 0 };

    bytes_put_str(&number, str_of(key->document));
    while (number.n < DOCUMENT_LENGTH && !number.failed)
        bytes_put_char(&number, '<');
    bool good = !number.failed && put_checked(out, bytes_str(&number));
    bytes_free(&number);
    return good;
}

// MRZ_information of Doc 9303-11, 4.3.2: number, birth, expiry, each with its check digit.
static bool put_zone(struct bytes *out, const struct access_key *key)
{
    return strlen(key->birth) == DATE_LENGTH && strlen(key->expiry) == DATE_LENGTH &&
           put_number(out, key) && put_checked(out, str_of(key->birth)) &&
           put_checked(out, str_of(key->expiry)) && !out->failed;
}

bool access_bac_id(const struct access_key *key, struct chip_id *out)
{
    struct bytes number = { 0 };

    bool good = put_number(&number, key) && !number.failed && number.n <= sizeof out->bytes;
    out->length = good ? number.n : 0;
    if (good)
        memcpy(out->bytes, number.p, number.n);
    bytes_free(&number);
    return good;
}

static bool hash_zone(const struct access_key *key, uint8_t hash[CRYPTO_HASH_MAX], size_t *length)
{
    struct bytes zone = { 0 };

    *length = put_zone(&zone, key) ? crypto_hash("SHA-1", bytes_str(&zone), hash) : 0;
    bytes_free(&zone);
    return *length > 0;
}

bool access_bac_key(const struct access_key *key, enum crypto_use use, uint8_t out[CRYPTO_KEY_MAX])
{
    uint8_t hash[CRYPTO_HASH_MAX];
    size_t length;

    bool good = key->kind == ACCESS_MRZ && hash_zone(key, hash, &length) &&
                crypto_kdf(CIPHER_3DES, str_octets(hash, BAC_SEED), use, out);
    wipe(hash, sizeof hash);
    return good;
}

bool access_pace_key(const struct access_key *key, enum security_cipher cipher,
                     uint8_t out[CRYPTO_KEY_MAX])
{
    uint8_t hash[CRYPTO_HASH_MAX];
    size_t length;

    if (key->kind == ACCESS_CAN)
        return key->can[0] != '\0' && crypto_kdf(cipher, str_of(key->can), CRYPTO_USE_PACE, out);
    bool good = hash_zone(key, hash, &length) &&
                crypto_kdf(cipher, str_octets(hash, length), CRYPTO_USE_PACE, out);
    wipe(hash, sizeof hash);
    return good;
}

struct chip_error access_refused(uint16_t sw, const char *step, int *tries_left)
{
    static const uint16_t wrong[] = { SW_NOT_VERIFIED, SW_SECURITY_STATUS, SW_CONDITIONS,
                                      SW_SM_WRONG, SW_WRONG_DATA };

    if ((sw & 0xFFF0) == SW_TRIES) {
        *tries_left = sw & 0x0F;
        return chip_refused(CHIP_KEY_WRONG, sw, step);
    }
    if (sw == SW_BLOCKED)
        return chip_refused(CHIP_KEY_BLOCKED, sw, step);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (sw == wrong[i])
            return chip_refused(CHIP_KEY_WRONG, sw, step);
    return chip_refused(CHIP_ACCESS, sw, step);
}
