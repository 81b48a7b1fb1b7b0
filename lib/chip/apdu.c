// SPDX-License-Identifier: MIT
#include "chip/apdu.h"

enum { DATA_SHORT = 255, DATA_EXTENDED = 65535 };

void answer_free(struct answer *a)
{
    bytes_free(&a->data);
    a->sw = 0;
}

static void put_two_bytes(struct bytes *out, size_t value)
{
    bytes_put_char(out, (char)(value >> 8 & 0xFF));
    bytes_put_char(out, (char)(value & 0xFF));
}

// ISO/IEC 7816-3, 12.1.3: a zero says the form's maximum.
static void put_short(struct bytes *out, const struct apdu *a)
{
    if (a->data.n > 0) {
        bytes_put_char(out, (char)a->data.n);
        bytes_put_str(out, a->data);
    }
    if (a->ne > 0)
        bytes_put_char(out, (char)(a->ne & 0xFF));
}

static void put_extended(struct bytes *out, const struct apdu *a)
{
    bytes_put_char(out, 0);
    if (a->data.n > 0) {
        put_two_bytes(out, a->data.n);
        bytes_put_str(out, a->data);
    }
    if (a->ne > 0)
        put_two_bytes(out, a->ne);
}

bool apdu_put(struct bytes *out, const struct apdu *a)
{
    if (a->data.n > DATA_EXTENDED || a->ne > APDU_NE_EXTENDED)
        return false;
    // At once, so that no copy of the data is left behind by growing.
    if (!bytes_reserve(out, 4 + 3 + a->data.n + 3))
        return false;
    bytes_put(out, (const uint8_t[]){ a->cla, a->ins, a->p1, a->p2 }, 4);
    if (a->data.n > DATA_SHORT || a->ne > APDU_NE_SHORT)
        put_extended(out, a);
    else
        put_short(out, a);
    return !out->failed;
}

struct command_row {
    uint8_t ins, p1;
    bool any_p1;
    const char *name;
};

// ISO/IEC 7816-4, table 4; ICAO Doc 9303-11 for those of MANAGE SECURITY ENVIRONMENT.
static const struct command_row commands[] = {
    { 0x22, 0x41, false, "MSE: Set KAT" },
    { 0x22, 0x81, false, "MSE: Set DST" },
    { 0x22, 0xC1, false, "MSE: Set AT" },
    { 0x22, 0, true, "MANAGE SECURITY ENVIRONMENT" },
    { 0x2A, 0xBE, true, "PERFORM SECURITY OPERATION" },
    { 0x82, 0, true, "EXTERNAL AUTHENTICATE" },
    { 0x84, 0, true, "GET CHALLENGE" },
    { 0x86, 0, true, "GENERAL AUTHENTICATE" },
    { 0x87, 0, true, "GENERAL AUTHENTICATE" },
    { 0x88, 0, true, "INTERNAL AUTHENTICATE" },
    { 0xA4, 0, true, "SELECT" },
    { 0xB0, 0, true, "READ BINARY" },
    { 0xB1, 0, true, "READ BINARY" },
    { 0xC0, 0, true, "GET RESPONSE" },
    { 0xCA, 0, true, "GET DATA" },
    { 0xCB, 0, true, "GET DATA" },
};

const char *apdu_name(uint8_t ins, uint8_t p1)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (commands[i].ins == ins && (commands[i].any_p1 || commands[i].p1 == p1))
            return commands[i].name;
    return "command";
}
