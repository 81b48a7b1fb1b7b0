// SPDX-License-Identifier: MIT
// What readers and cards tell of themselves, without a call to the service.
#include "chip/pcsc.h"

enum {
    FEATURE_LENGTH = 4, // of a control code
    PROPERTY_LONGEST = 10,
    PROPERTY_VENDOR = 11,
    PROPERTY_PRODUCT = 12,
};

// 3B 8n 80 01, n historical bytes, and the XOR of all but the first (PC/SC part 3, 3.1.3.2.3.1).
static bool is_contactless(const uint8_t *atr, size_t n)
{
    uint8_t sum = 0;

    if (n < 5 || atr[0] != 0x3B || (atr[1] & 0xF0) != 0x80 || atr[2] != 0x80 || atr[3] != 0x01)
        return false;
    if (n != 5U + (atr[1] & 0x0F))
        return false;
    for (size_t i = 1; i < n; i++)
        sum ^= atr[i];
    return sum == 0;
}

enum pcsc_card_kind pcsc_card_kind(struct str atr)
{
    // PC/SC's own identifier among the historical bytes: what follows names the kind of memory.
    static const struct str storage = { "\x80\x4F\x0C\xA0\x00\x00\x03\x06", 8 };
    const uint8_t *bytes = (const uint8_t *)atr.p;

    if (atr.n == 0)
        return PCSC_CARD_NONE;
    if (!is_contactless(bytes, atr.n))
        return PCSC_CARD_CONTACT;
    return str_starts(str_from(atr, 4), storage) ? PCSC_CARD_STORAGE : PCSC_CARD_CONTACTLESS;
}

// Tag, length, value, each of the first two in one byte. False at the end, or where it is cut.
static bool take(struct str *rest, uint8_t *tag, struct str *value)
{
    if (rest->n < 2 || rest->n - 2 < (uint8_t)rest->p[1])
        return false;
    *tag = (uint8_t)rest->p[0];
    *value = (struct str){ rest->p + 2, (uint8_t)rest->p[1] };
    *rest = str_from(*rest, 2 + value->n);
    return true;
}

uint32_t pcsc_feature(struct str features, uint8_t tag)
{
    struct str value;
    uint8_t found;

    while (take(&features, &found, &value)) {
        if (found != tag || value.n != FEATURE_LENGTH)
            continue;
        const uint8_t *p = (const uint8_t *)value.p; // big-endian
        return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
    }
    return 0;
}

static uint32_t little_endian(struct str value)
{
    uint32_t number = 0;
    for (size_t i = value.n; i > 0; i--)
        number = number << 8 | (uint8_t)value.p[i - 1];
    return number;
}

void pcsc_properties(struct str properties, struct pcsc_details *out)
{
    struct str value;
    uint8_t tag;

    while (take(&properties, &tag, &value)) {
        if (tag == PROPERTY_LONGEST && value.n == 4) {
            out->longest = little_endian(value);
            out->tells_longest = true;
        } else if (tag == PROPERTY_VENDOR && value.n == 2) {
            out->vendor_id = (uint16_t)little_endian(value);
        } else if (tag == PROPERTY_PRODUCT && value.n == 2) {
            out->product_id = (uint16_t)little_endian(value);
        }
    }
}
