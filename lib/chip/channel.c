// SPDX-License-Identifier: MIT
#include "chip/apdu.h"
#include "chip/sm.h"

enum {
    CLA_CHAIN = 0x10, // ISO/IEC 7816-4, 5.4.1: not the last command of the chain
    CLA_SM = 0x0C,
    CLA_FURTHER = 0xE0, // any of these: another coding of the class
    INS_GET_RESPONSE = 0xC0,
    SW1_MORE = 0x61,
    SW1_WRONG_LE = 0x6C,
    LINK = 255,        // bytes in one command of a chain
    ROUNDS_MAX = 2048, // of GET RESPONSE: enough for the longest answer in blocks of 32 bytes
};

// ---- one command ----

static struct chip_error take_answer(struct bytes *raw, struct answer *out, const char *step)
{
    if (raw->n < 2 || raw->n > CARD_ANSWER_MAX)
        return chip_fail(CHIP_ANSWER_SHORT, step);
    const uint8_t *end = (const uint8_t *)raw->p + raw->n;
    out->sw = (uint16_t)(end[-2] << 8 | end[-1]);
    bytes_put(&out->data, raw->p, raw->n - 2);
    return out->data.failed ? chip_fail(CHIP_NO_MEMORY, step) : chip_ok();
}

// The answer's data is appended to what *out holds.
static struct chip_error send_one(struct channel *c, const struct apdu *a, struct answer *out)
{
    struct bytes command = { 0 }, raw = { 0 };
    const char *step = apdu_name(a->ins, a->p1);
    struct chip_error error = chip_fail(CHIP_NO_MEMORY, step);

    if (!apdu_put(&command, a))
        goto done;
    c->counts.commands++;
    c->counts.sent += command.n;
    error = card_transmit(c->card, bytes_str(&command), &raw);
    c->counts.received += raw.n;
    if (error.code == CHIP_OK)
        error = take_answer(&raw, out, step);
    if (error.step == NULL)
        error.step = step;
done:
    bytes_free(&command);
    bytes_free(&raw);
    return error;
}

static uint32_t length_in(uint16_t sw)
{
    return (sw & 0xFF) != 0 ? sw & 0xFF : APDU_NE_SHORT;
}

// 6Cxx tells the right Le (ISO/IEC 7816-4, 5.1.3). It is believed once. A protected command cannot
// be changed by who carries it.
static struct chip_error send_corrected(struct channel *c, const struct apdu *a, struct answer *out)
{
    size_t before = out->data.n;
    struct chip_error error = send_one(c, a, out);

    if (error.code != CHIP_OK || out->sw >> 8 != SW1_WRONG_LE || (a->cla & CLA_SM) != 0)
        return error;
    if (out->data.n > before) // a refusal has no data
        return chip_refused(CHIP_ANSWER_SHORT, out->sw, apdu_name(a->ins, a->p1));
    struct apdu again = *a;
    again.ne = length_in(out->sw);
    return send_one(c, &again, out);
}

// ---- a command in parts, an answer in parts ----

// The same logical channel, but outside secure messaging and outside of a chain.
static uint8_t plain_class(uint8_t cla)
{
    return (cla & CLA_FURTHER) == 0 ? cla & 0x03 : 0;
}

// ISO/IEC 7816-4, 5.3.4 and 7816-3, 12.2: the rest of the answer waits for GET RESPONSE.
static struct chip_error take_rest(struct channel *c, uint8_t cla, struct answer *out)
{
    const char *step = apdu_name(INS_GET_RESPONSE, 0);

    for (unsigned round = 0; out->sw >> 8 == SW1_MORE; round++) {
        size_t before = out->data.n;
        struct apdu more = { .cla = plain_class(cla),
                             .ins = INS_GET_RESPONSE,
                             .ne = length_in(out->sw) };
        if (round == ROUNDS_MAX)
            return chip_refused(CHIP_ANSWER_SHORT, out->sw, step);
        struct chip_error error = send_corrected(c, &more, out);
        if (error.code != CHIP_OK)
            return error;
        bool endless = out->sw >> 8 == SW1_MORE && out->data.n == before;
        if (endless || out->data.n > CARD_ANSWER_MAX - 2)
            return chip_refused(CHIP_ANSWER_SHORT, out->sw, step);
    }
    return chip_ok();
}

// All but the last command of a chain. False in *goes_on: the card does not want the rest.
static struct chip_error send_links(struct channel *c, struct apdu *a, struct answer *out,
                                    bool *goes_on)
{
    *goes_on = true;
    while (a->data.n > LINK && *goes_on) {
        struct apdu link = *a;
        link.cla |= CLA_CHAIN;
        link.data = str_head(a->data, LINK);
        link.ne = 0;
        struct chip_error error = send_one(c, &link, out);
        if (error.code != CHIP_OK)
            return error;
        *goes_on = out->sw == SW_OK;
        if (*goes_on && out->data.n > 0) // an answer before the command is whole
            return chip_refused(CHIP_ANSWER_SHORT, out->sw, apdu_name(a->ins, a->p1));
        a->data = str_from(a->data, LINK);
    }
    return chip_ok();
}

static struct chip_error send_whole(struct channel *c, const struct apdu *a, struct answer *out)
{
    struct apdu last = *a;
    bool goes_on = true;
    struct chip_error error = chip_ok();

    if (!c->extended) {
        if (last.ne > APDU_NE_SHORT)
            last.ne = APDU_NE_SHORT;
        error = send_links(c, &last, out, &goes_on);
    }
    if (error.code == CHIP_OK && goes_on)
        error = send_corrected(c, &last, out);
    if (error.code == CHIP_OK)
        error = take_rest(c, a->cla, out);
    return error;
}

// ---- with a session ----

static struct chip_error send_protected(struct channel *c, const struct apdu *a, struct answer *out)
{
    struct bytes storage = { 0 };
    struct apdu wrapped = { 0 };
    struct chip_error error = sm_protect(c->sm, a, &wrapped, &storage);

    if (error.code == CHIP_OK)
        error = send_whole(c, &wrapped, out);
    // An answer in parts is put together outside: what is protected is the whole.
    if (error.code == CHIP_OK)
        error = sm_open(c->sm, out);
    if (error.code != CHIP_OK)
        channel_end_session(c); // the counters of the two sides no longer agree
    bytes_free(&storage);
    return error;
}

struct chip_error channel_send(struct channel *c, const struct apdu *a, struct answer *out)
{
    *out = (struct answer){ 0 };
    struct chip_error error = c->sm != NULL ? send_protected(c, a, out) : send_whole(c, a, out);
    if (error.code != CHIP_OK)
        answer_free(out);
    if (error.step == NULL && error.code != CHIP_OK)
        error.step = apdu_name(a->ins, a->p1);
    return error;
}

void channel_end_session(struct channel *c)
{
    sm_free(&c->sm);
}
