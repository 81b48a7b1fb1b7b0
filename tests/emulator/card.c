// SPDX-License-Identifier: MIT
// From a command's bytes to the answer's: lengths, chains, secure messaging, faults.
#include "sm.h"
#include "faults.h"

#include <string.h>

bool card_random(struct card *c, uint8_t *out, size_t n)
{
    struct profile *p = &c->profile;
    if (p->fixed_random->n - p->random_at < n)
        return random_bytes(out, n);
    memcpy(out, p->fixed_random->b + p->random_at, n);
    p->random_at += n;
    return true;
}

// A card without access control has nothing to lose.
static bool access_is_free(const struct card *c)
{
    return !c->profile.has_pace && !c->profile.has_bac;
}

void card_power(struct card *c, bool on)
{
    c->powered = on;
    c->apdus = 0;
    c->directory = IN_MASTER_FILE;
    c->current = NULL;
    session_end(&c->session);
    session_end(&c->next);
    c->access = access_is_free(c);
    c->has_challenge = false;
    pace_reset(&c->pace);
    c->ca = NULL;
    ta_reset(&c->ta);
    c->chaining = false;
    buf_clear(&c->chain);
    buf_clear(&c->leftover);
    c->leftover_at = 0;
}

// The channel is given up: 9.8.2, "the SM session MUST be terminated".
static void access_lose(struct card *c)
{
    session_end(&c->session);
    session_end(&c->next);
    c->access = access_is_free(c);
    c->ca = NULL;
    ta_reset(&c->ta);
    c->chaining = false;
    pace_reset(&c->pace);
}

static uint32_t le_of(unsigned le, uint32_t all)
{
    return le == 0 ? all : le;
}

static bool extended_parse(struct view in, struct command *cmd)
{
    const uint8_t *b = in.b;
    size_t lc = (size_t)b[5] << 8 | b[6];
    cmd->extended = true;
    if (in.n == 7) {
        cmd->ne = le_of((unsigned)lc, 65536);
        return true;
    }
    cmd->data = (struct view){ b + 7, lc };
    if (in.n == 9 + lc)
        cmd->ne = le_of((unsigned)b[in.n - 2] << 8 | b[in.n - 1], 65536);
    return lc > 0 && (in.n == 7 + lc || in.n == 9 + lc);
}

// ISO/IEC 7816-3, 12.1.3: the cases 1, 2S to 4S and 2E to 4E.
static bool command_parse(struct view in, struct command *cmd)
{
    const uint8_t *b = in.b;
    *cmd = (struct command){ 0 };
    if (in.n < 4)
        return false;
    *cmd = (struct command){ .cla = b[0], .ins = b[1], .p1 = b[2], .p2 = b[3] };
    if (in.n == 4)
        return true;
    if (in.n == 5) {
        cmd->ne = le_of(b[4], 256);
        return true;
    }
    if (b[4] == 0)
        return in.n >= 7 && extended_parse(in, cmd);
    cmd->data = (struct view){ b + 5, b[4] };
    if (in.n == 6 + (size_t)b[4])
        cmd->ne = le_of(b[in.n - 1], 256);
    return in.n == 5 + (size_t)b[4] || in.n == 6 + (size_t)b[4];
}

static uint16_t security_environment(struct card *c, const struct command *cmd)
{
    unsigned p = (unsigned)cmd->p1 << 8 | cmd->p2;
    if (p == 0xC1A4)
        return pace_set(c, cmd->data);
    if (p == 0x41A4)
        return ca_set(c, cmd->data);
    if (p == 0x41A6)
        return ca_set_kat(c, cmd->data);
    if (p == 0x81B6)
        return ta_set_dst(c, cmd->data);
    return p == 0x81A4 ? ta_set_at(c, cmd->data) : 0x6A86;
}

static uint16_t general_authenticate(struct card *c, const struct command *cmd, struct buf *out)
{
    struct view in = cmd->data, dynamic;
    unsigned tag;
    if (cmd->p1 != 0 || cmd->p2 != 0)
        return 0x6A86;
    if (!tlv_take(&in, &tag, &dynamic) || tag != 0x7C || in.n != 0)
        return 0x6A80;
    if (c->pace.step != PACE_IDLE)
        return pace_step(c, dynamic, (cmd->cla & 0x10) == 0, out);
    return c->ca != NULL ? ca_authenticate(c, dynamic, out) : 0x6985;
}

static uint16_t command_run(struct card *c, const struct command *cmd, struct allowance a,
                            struct buf *out)
{
    bool bac = c->profile.has_bac && !c->session.on;
    if (cmd->ins != 0x86 && cmd->ins != 0x22)
        pace_reset(&c->pace);
    switch (cmd->ins) {
    case 0xA4:
        return files_select(c, cmd);
    case 0xB0:
        return files_read(c, cmd, a, out);
    case 0xB1:
        return files_read_odd(c, cmd, a, out);
    case 0x2A:
        return (cmd->p1 << 8 | cmd->p2) == 0x00BE ? ta_verify(c, cmd->data) : 0x6A86;
    case 0x84:
        if (c->ta.chip_authenticated && ta_is_offered(c))
            return ta_challenge(c, cmd, out);
        return bac ? bac_challenge(c, cmd, out) : c->profile.has_bac ? 0x6985 : 0x6D00;
    case 0x82:
        if (c->ta.chip_authenticated && ta_is_offered(c))
            return ta_authenticate(c, cmd);
        return bac ? bac_authenticate(c, cmd, out) : c->profile.has_bac ? 0x6985 : 0x6D00;
    case 0x22:
        return security_environment(c, cmd);
    case 0x86:
        return general_authenticate(c, cmd, out);
    case 0x88:
        return c->access ? aa_sign(c, cmd->data, out) : 0x6982;
    default:
        return 0x6D00;
    }
}

// True when the command is whole; otherwise *sw is to be answered. A chain is either data in parts
// (7816-4, 5.3.3), or, of GENERAL AUTHENTICATE, steps that are each whole by themselves.
static bool chain_take(struct card *c, struct command *cmd, uint16_t *sw)
{
    bool more = (cmd->cla & 0x10) != 0;
    unsigned tag;
    struct view in, value;
    if (!more && !c->chaining)
        return true;
    if (!c->chaining || c->chain_ins != cmd->ins)
        buf_clear(&c->chain);
    c->chaining = more;
    c->chain_ins = cmd->ins;
    buf_put_view(&c->chain, cmd->data);
    cmd->data = view_of(&c->chain);
    in = cmd->data;
    if (c->chain.full || c->chain.n > 4096) {
        c->chaining = false;
        *sw = 0x6700;
        return false;
    }
    if (!more || (cmd->ins == 0x86 && tlv_take(&in, &tag, &value))) {
        c->chaining = false; // what comes next begins anew
        return true;
    }
    *sw = 0x9000;
    return false;
}

// A frame of vpcd has no more than 65535 bytes, status word included.
static uint32_t wire_limit(const struct card *c, const struct command *cmd)
{
    enum { FRAME_DATA_MAX = 65533 };
    uint32_t limit = cmd->ne != 0 ? cmd->ne : 256;
    limit = limit < FRAME_DATA_MAX ? limit : FRAME_DATA_MAX;
    return limit < c->profile.max_answer ? limit : c->profile.max_answer;
}

static uint16_t inner_run(struct card *c, struct command *cmd, uint32_t room, struct buf *out)
{
    uint16_t sw = 0x9000;
    if ((cmd->cla & 0xEF) != 0)
        return 0x6E00;
    if (!chain_take(c, cmd, &sw))
        return sw;
    struct allowance a = { cmd->ne, cmd->ne == 256 || cmd->ne == 65536, room };
    sw = command_run(c, cmd, a, out);
    if ((sw >> 8) != 0x90 && (sw >> 8) != 0x62)
        buf_clear(out);
    return sw;
}

static void status_put(struct buf *out, uint16_t sw)
{
    buf_put_byte(out, (uint8_t)(sw >> 8));
    buf_put_byte(out, (uint8_t)sw);
}

static void plain_run(struct card *c, struct command *cmd, struct buf *out)
{
    uint16_t sw;
    buf_clear(out);
    if (c->session.on) {
        access_lose(c);
        sw = c->profile.sm_missing;
    } else {
        sw = inner_run(c, cmd, wire_limit(c, cmd), out);
    }
    status_put(out, sw);
}

static void protected_run(struct card *c, const struct command *cmd, struct buf *out)
{
    struct command plain;
    bool odd = cmd->ins % 2 == 1;
    uint16_t sw = c->session.on ? sm_open(&c->session, cmd, &plain, &c->plain) : 0x6988;
    buf_clear(out);
    buf_clear(&c->answer);
    if (sw == 0x9000) {
        sw = inner_run(c, &plain, sm_room(&c->session, odd, wire_limit(c, cmd)), &c->answer);
        bool ends = c->profile.plain_refusals && (sw >> 8) != 0x90 && (sw >> 8) != 0x62;
        if (!ends && sm_seal(&c->session, odd, view_of(&c->answer), sw, out))
            return;
        sw = ends ? sw : 0x6F00;
        buf_clear(out);
    }
    access_lose(c);
    status_put(out, sw);
}

// GET RESPONSE, below secure messaging (7816-4, 11.8.1): the next part of what did not fit.
static void leftover_give(struct card *c, uint32_t limit, struct buf *out)
{
    size_t left = c->leftover.n - 2 - c->leftover_at;
    size_t n = left < limit ? left : limit;
    buf_clear(out);
    buf_put(out, c->leftover.b + c->leftover_at, n);
    c->leftover_at += n;
    left -= n;
    if (left > 0) {
        status_put(out, (uint16_t)(0x6100 | (left < 256 ? left : 0)));
        return;
    }
    buf_put(out, c->leftover.b + c->leftover.n - 2, 2);
    buf_clear(&c->leftover);
}

static void answer_fit(struct card *c, const struct command *cmd, struct buf *out)
{
    uint32_t limit = wire_limit(c, cmd);
    if (out->n < 2 || out->n - 2 <= limit)
        return;
    buf_clear(&c->leftover);
    buf_put_view(&c->leftover, view_of(out));
    c->leftover_at = 0;
    leftover_give(c, limit, out);
}

static void command_answer(struct card *c, struct view in, struct buf *out)
{
    struct command cmd;
    buf_clear(out);
    if (!command_parse(in, &cmd) || (cmd.extended && !c->profile.extended)) {
        status_put(out, 0x6700);
        return;
    }
    if (cmd.ins == 0xC0 && c->leftover.n > 0) {
        leftover_give(c, wire_limit(c, &cmd), out);
        return;
    }
    buf_clear(&c->leftover);
    if ((cmd.cla & 0x0C) == 0x0C && (cmd.cla & 0x80) == 0)
        protected_run(c, &cmd, out);
    else
        plain_run(c, &cmd, out);
    if (c->next.on) { // new keys, from the next command on
        c->session = c->next;
        c->access = true;
        session_end(&c->next);
    }
    answer_fit(c, &cmd, out);
}

enum transmit card_transmit(struct card *c, struct view in, struct buf *out)
{
    c->counts.apdus++;
    c->counts.bytes_in += in.n;
    c->apdus++;
    struct fault *fault = fault_due(c);
    bool was_protected = in.n > 0 && (in.b[0] & 0x0C) == 0x0C && c->session.on;
    if (fault != NULL && fault->kind == FAULT_SW) {
        buf_clear(out);
        access_lose(c);
        status_put(out, (uint16_t)fault->value);
    } else if (fault != NULL && fault->kind == FAULT_LOST) {
        return TRANSMIT_LOST;
    } else if (fault != NULL && fault->kind == FAULT_MUTE) {
        return TRANSMIT_MUTE;
    } else {
        command_answer(c, in, out);
        if (fault != NULL)
            fault_apply(c, fault, was_protected, out);
    }
    c->counts.bytes_out += out->n;
    field_wait(&c->profile, in.n, out->n);
    return TRANSMIT_ANSWER;
}
