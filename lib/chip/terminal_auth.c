// SPDX-License-Identifier: MIT
#include "chip/terminal_auth.h"

#include "chip/crypto.h"

#include <stdio.h>
#include <time.h>

enum {
    INS_MANAGE_SE = 0x22,
    INS_PERFORM_SO = 0x2A,
    INS_EXTERNAL_AUTHENTICATE = 0x82,
    INS_GET_CHALLENGE = 0x84,
    INS_SELECT = 0xA4,
    INS_READ_BINARY = 0xB0,
    CLA_CHAIN = 0x10,
    P1_VERIFY = 0x81,
    P2_DST = 0xB6,
    P2_AT = 0xA4,
    P2_SELF_DESCRIPTIVE = 0xBE,
    SHORT_ID = 0x80,
    BY_FILE_ID = 0x02,
    NO_ANSWER_DATA = 0x0C,
    DO_REFERENCE = 0x83,
    CHALLENGE = 8,
    CVCA_LENGTH = 36, // of EF.CVCA, always (A.3.1)
    LINK = 223,       // bytes of data that fit into a short command within any session
    AROUND = 48,      // more than what header, padding and checksum add to it
};

static const char step_cvca[] = "TA: EF.CVCA";
static const char step_path[] = "TA: certificate chain";
static const char step_set_dst[] = "TA: MSE:Set DST";
static const char step_verify[] = "TA: PSO:Verify Certificate";
static const char step_set_at[] = "TA: MSE:Set AT";
static const char step_challenge[] = "TA: GET CHALLENGE";
static const char step_authenticate[] = "TA: EXTERNAL AUTHENTICATE";

struct run {
    struct channel *c;
    struct terminal_auth *a;
    struct proof *out;
    const struct cv_certificate *path[TERMINAL_CERTIFICATES_MAX];
    size_t n;
};

static void tell_reference(struct proof *p, struct str reference)
{
    struct bytes text = { 0 };
    size_t used = strlen(p->detail);

    cv_put_reference(&text, reference);
    if (text.n > 0 && used + 1 + text.n < sizeof p->detail)
        snprintf(p->detail + used, sizeof p->detail - used, "%s%.*s", used > 0 ? " " : "",
                 (int)text.n, text.p);
    bytes_free(&text);
}

// ---- commands ----

// A chain's commands are each protected by itself (TR-03110-3, F.3 with ISO/IEC 7816-4, 5.3.3).
static struct chip_error send_chain(struct channel *c, struct apdu command, struct answer *out)
{
    struct str rest = command.data;

    for (;;) {
        command.data = str_head(rest, LINK);
        rest = str_from(rest, LINK);
        command.cla = rest.n > 0 ? CLA_CHAIN : 0;
        struct chip_error error = channel_send(c, &command, out);
        if (error.code != CHIP_OK || out->sw != SW_OK || rest.n == 0)
            return error;
        answer_free(out);
    }
}

// As one command where reader and card stand it.
static struct chip_error send_long(struct channel *c, const struct apdu *command,
                                   struct answer *out)
{
    if (command->data.n <= LINK)
        return channel_send(c, command, out);
    uint32_t longest = c->card->longest;
    if (c->extended && (longest == 0 || command->data.n + AROUND <= longest)) {
        struct chip_error error = channel_send(c, command, out);
        if (error.code != CHIP_OK || out->sw != SW_WRONG_LENGTH)
            return error;
        answer_free(out);
    }
    return send_chain(c, *command, out);
}

static struct chip_error expect_ok(struct run *r, const struct apdu *command, const char *step)
{
    struct answer answer = { 0 };
    struct chip_error error = send_long(r->c, command, &answer);

    if (error.code == CHIP_OK && answer.sw != SW_OK)
        error = chip_refused(CHIP_TA_REFUSED, answer.sw, step);
    answer_free(&answer);
    return error;
}

static struct chip_error set(struct run *r, uint8_t p2, struct str reference, const char *step)
{
    struct bytes data = { 0 };

    tlv_put(&data, DO_REFERENCE, reference);
    const struct apdu command = {
        .ins = INS_MANAGE_SE, .p1 = P1_VERIFY, .p2 = p2, .data = bytes_str(&data)
    };
    struct chip_error error =
        data.failed ? chip_fail(CHIP_NO_MEMORY, step) : expect_ok(r, &command, step);
    bytes_free(&data);
    return error;
}

// ---- whom the card trusts ----

struct place {
    uint8_t id[2], short_id; // short_id 0: none
};

// A.1.1.3: TerminalAuthenticationInfo may name the file; else it is 011C, for short 1C.
static struct place find_cvca(const struct security_infos *dg14)
{
    struct place place = { { 0x01, 0x1C }, 0x1C };

    for (size_t i = 0; i < dg14->n; i++) {
        const struct security_info *info = &dg14->at[i];
        if (info->kind != SECURITY_TA || info->version != 1 || info->file_id.n != 2)
            continue;
        memcpy(place.id, info->file_id.p, sizeof place.id);
        place.short_id = info->short_file_id.n == 1 ? (uint8_t)info->short_file_id.p[0] & 0x1F : 0;
    }
    return place;
}

static struct chip_error read_cvca(struct channel *c, uint8_t p1, struct answer *out)
{
    const struct apdu read = { .ins = INS_READ_BINARY, .p1 = p1, .ne = CVCA_LENGTH };
    return channel_send(c, &read, out);
}

static struct chip_error select_and_read(struct channel *c, const struct place *place,
                                         struct answer *out)
{
    const struct apdu select = { .ins = INS_SELECT,
                                 .p1 = BY_FILE_ID,
                                 .p2 = NO_ANSWER_DATA,
                                 .data = str_octets(place->id, sizeof place->id) };
    struct chip_error error = channel_send(c, &select, out);

    if (error.code != CHIP_OK || out->sw != SW_OK)
        return error;
    answer_free(out);
    return read_cvca(c, 0, out);
}

static bool has_bytes(const struct answer *answer)
{
    return answer->data.n > 0 && (answer->sw == SW_OK || answer->sw == SW_END_OF_FILE);
}

static struct chip_error judge_cvca(const struct answer *answer, struct cv_trust_points *out)
{
    struct lds_error malformed;

    if (!has_bytes(answer))
        return chip_refused(CHIP_TA_IMPOSSIBLE, answer->sw, step_cvca);
    return cv_trust_points_read(bytes_str(&answer->data), out, &malformed)
               ? chip_ok()
               : chip_fail(CHIP_FILE_MALFORMED, step_cvca);
}

// The way from one of its trust points.
static struct chip_error find_path(struct run *r)
{
    struct place place = find_cvca(r->a->dg14);
    struct cv_trust_points points;
    struct answer answer = { 0 };
    struct chip_error error = chip_ok();

    if (place.short_id != 0)
        error = read_cvca(r->c, SHORT_ID | place.short_id, &answer);
    if (error.code == CHIP_OK && !has_bytes(&answer)) {
        answer_free(&answer);
        error = select_and_read(r->c, &place, &answer);
    }
    if (error.code == CHIP_OK)
        error = judge_cvca(&answer, &points);
    if (error.code == CHIP_OK) {
        if (!proof_add(r->out, "trust_points", bytes_str(&answer.data)))
            error = chip_fail(CHIP_NO_MEMORY, step_cvca);
        r->n = terminal_path(r->a->terminal, &points, r->path);
    }
    if (error.code == CHIP_OK && r->n == 0) {
        error = chip_fail(CHIP_TA_NO_PATH, step_path);
        for (size_t i = 0; i < points.n; i++)
            tell_reference(r->out, points.name[i]);
    }
    answer_free(&answer);
    return error;
}

// ---- certificates ----

// By this computer's clock; a card has none, and knows only the dates of what it was shown.
static bool has_expired(const struct cv_certificate *c)
{
    time_t now = time(NULL);
    struct tm utc;

    if (gmtime_r(&now, &utc) == NULL)
        return false;
    const struct date today = { .year = (int16_t)(utc.tm_year + 1900),
                                .month = (uint8_t)(utc.tm_mon + 1),
                                .day = (uint8_t)utc.tm_mday };
    return date_compare(c->expiry, today) < 0;
}

static struct chip_error verify_one(struct run *r, const struct cv_certificate *c)
{
    const struct apdu verify = { .ins = INS_PERFORM_SO,
                                 .p2 = P2_SELF_DESCRIPTIVE,
                                 .data = c->content };
    struct chip_error error = set(r, P2_DST, c->authority, step_set_dst);

    if (error.code == CHIP_OK)
        error = expect_ok(r, &verify, step_verify);
    if (error.code != CHIP_TA_REFUSED)
        return error;
    if (has_expired(c))
        error.code = CHIP_TA_EXPIRED;
    tell_reference(r->out, c->holder);
    return error;
}

static struct chip_error verify_all(struct run *r)
{
    struct bytes sent = { 0 };
    struct chip_error error = chip_ok();

    for (size_t i = 0; i < r->n && error.code == CHIP_OK; i++) {
        bytes_put_str(&sent, r->path[i]->whole);
        error = verify_one(r, r->path[i]);
    }
    if (!proof_add(r->out, "certificates", bytes_str(&sent)) && error.code == CHIP_OK)
        error = chip_fail(CHIP_NO_MEMORY, step_verify);
    bytes_free(&sent);
    return error;
}

// ---- the signature ----

static struct chip_error get_challenge(struct run *r)
{
    const struct apdu command = { .ins = INS_GET_CHALLENGE, .ne = CHALLENGE };
    struct answer answer = { 0 };
    struct chip_error error = channel_send(r->c, &command, &answer);

    if (error.code == CHIP_OK && answer.sw != SW_OK)
        error = chip_refused(CHIP_TA_REFUSED, answer.sw, step_challenge);
    else if (error.code == CHIP_OK && answer.data.n != CHALLENGE)
        error = chip_fail(CHIP_ANSWER_SHORT, step_challenge);
    else if (error.code == CHIP_OK && !proof_add(r->out, "challenge", bytes_str(&answer.data)))
        error = chip_fail(CHIP_NO_MEMORY, step_challenge);
    answer_free(&answer);
    return error;
}

// ID_PICC, r_PICC, Comp(PK_PCD).
static bool sign(struct run *r, struct bytes *signature)
{
    struct bytes message = { 0 };

    bytes_put_str(&message, r->a->chip_id);
    bytes_put_str(&message, proof_item(r->out, "challenge"));
    bytes_put_str(&message, r->a->key);
    bool good = !message.failed && terminal_sign(r->a->terminal, bytes_str(&message), signature) &&
                proof_add(r->out, "signature", bytes_str(signature));
    bytes_free(&message);
    return good;
}

static struct chip_error authenticate(struct run *r)
{
    const struct cv_certificate *own = r->path[r->n - 1];
    struct bytes signature = { 0 };
    struct chip_error error = set(r, P2_AT, own->holder, step_set_at);

    if (error.code == CHIP_OK)
        error = get_challenge(r);
    if (error.code == CHIP_OK && !sign(r, &signature))
        error = chip_fail(CHIP_CRYPTO, step_authenticate);
    if (error.code == CHIP_OK) {
        const struct apdu command = { .ins = INS_EXTERNAL_AUTHENTICATE,
                                      .data = bytes_str(&signature) };
        error = expect_ok(r, &command, step_authenticate);
    }
    if (error.code == CHIP_TA_REFUSED)
        tell_reference(r->out, own->holder);
    bytes_free(&signature);
    return error;
}

static void name_algorithm(struct proof *p, struct str oid)
{
    char space[sizeof p->algorithm];

    snprintf(p->algorithm, sizeof p->algorithm, "%s", security_oid_name(oid, space));
}

struct chip_error terminal_auth_run(struct channel *c, struct terminal_auth *a, struct proof *out)
{
    struct run r = { .c = c, .a = a, .out = out };

    a->rights = 0;
    *out = (struct proof){ .kind = PROOF_TERMINAL_AUTH };
    if (!proof_add(out, "chip_id", a->chip_id) || !proof_add(out, "terminal_key", a->key))
        return chip_fail(CHIP_NO_MEMORY, step_cvca);
    struct chip_error error = find_path(&r);
    if (error.code != CHIP_OK)
        return error;
    name_algorithm(out, r.path[r.n - 1]->key.oid);
    error = verify_all(&r);
    if (error.code == CHIP_OK)
        error = authenticate(&r);
    out->holds = error.code == CHIP_OK;
    if (out->holds)
        a->rights = terminal_rights(r.path, r.n);
    return error;
}
