// SPDX-License-Identifier: MIT
#include "chip/general.h"

#include "chip/crypto.h"

enum { TAG_DYNAMIC = 0x7C, CLA_MORE = 0x10, HEADERS_MAX = 10 };

struct chip_error general_send(struct channel *c, const struct general *g, struct answer *out)
{
    struct bytes object = { 0 }, data = { 0 };
    struct apdu command = { .cla = g->more ? CLA_MORE : 0, .ins = INS_GENERAL_AUTHENTICATE };

    if (g->tag != 0)
        tlv_put(&object, g->tag, g->value);
    tlv_put(&data, TAG_DYNAMIC, bytes_str(&object));
    command.data = bytes_str(&data);
    command.ne =
        c->extended && g->expected + HEADERS_MAX > APDU_NE_SHORT ? APDU_NE_EXTENDED : APDU_NE_SHORT;
    struct chip_error error = object.failed || data.failed ? chip_fail(CHIP_NO_MEMORY, g->step)
                                                           : channel_send(c, &command, out);
    bytes_free(&object);
    bytes_free(&data);
    return error;
}

bool general_inside(const struct answer *answer, struct str *inside)
{
    struct tlv_reader r = tlv_reader_of(bytes_str(&answer->data));
    struct tlv outer;

    *inside = (struct str){ NULL, 0 };
    if (answer->data.n == 0)
        return true;
    if (!tlv_expect(&r, TAG_DYNAMIC, &outer) || !tlv_end(&r))
        return false;
    *inside = outer.value;
    return true;
}

bool general_only(const struct answer *answer, uint32_t tag, struct str *value)
{
    struct tlv_reader r;
    struct tlv object;
    struct str inside;

    if (!general_inside(answer, &inside))
        return false;
    r = tlv_reader_of(inside);
    if (!tlv_expect(&r, tag, &object) || !tlv_end(&r))
        return false;
    *value = object.value;
    return true;
}
