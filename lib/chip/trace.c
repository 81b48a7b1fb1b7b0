// SPDX-License-Identifier: MIT
#include "chip/trace.h"

#include "base/clock.h"
#include "chip/apdu.h"
#include "chip/record_file.h"

#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <unistd.h>

enum { WORD = 4, CLA_SM = 0x0C, INS_MSE = 0x22, INS_SELECT = 0xA4 };

struct trace {
    struct card inner;
    int fd;
    bool plain;
    unsigned char key[16];
    struct bytes line;
};

// ---- what is shown ----

static void put_redacted(struct trace *t, struct str data)
{
    unsigned char mac[EVP_MAX_MD_SIZE] = { 0 };
    unsigned length = 0;

    bytes_lit(&t->line, " [");
    bytes_put_number(&t->line, data.n);
    bytes_lit(&t->line, " bytes");
    if (HMAC(EVP_sha256(), t->key, sizeof t->key, (const unsigned char *)data.p, data.n, mac,
             &length) != NULL &&
        length >= WORD) {
        bytes_lit(&t->line, " ");
        record_put_hex(&t->line, (struct str){ (const char *)mac, WORD });
    }
    bytes_lit(&t->line, "]");
}

static void put_data(struct trace *t, struct str data, bool harmless)
{
    if (data.n == 0)
        return;
    if (!t->plain && !harmless) {
        put_redacted(t, data);
        return;
    }
    bytes_lit(&t->line, " ");
    record_put_hex(&t->line, data);
}

static unsigned two_bytes(const uint8_t *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

// The fields as ISO/IEC 7816-3, 12.1.3 tells them apart, of what apdu_put() has made.
static struct apdu split(struct str command)
{
    const uint8_t *p = (const uint8_t *)command.p;
    struct apdu a = { .cla = p[0], .ins = p[1], .p1 = p[2], .p2 = p[3] };
    size_t n = command.n - 4, head = 1, lc = n > 0 ? p[4] : 0, le = 0;

    if (n >= 3 && p[4] == 0) { // the extended form
        head = 3;
        lc = n > 3 ? two_bytes(p + 5) : 0;
        le = n - (n > 3 ? 3 + lc : 1);
        a.ne = le == 2 ? two_bytes(p + command.n - 2) : 0;
        if (le == 2 && a.ne == 0)
            a.ne = APDU_NE_EXTENDED;
    } else if (n == 1 || n == 2 + lc) {
        a.ne = p[command.n - 1] != 0 ? p[command.n - 1] : APDU_NE_SHORT;
        lc = n == 1 ? 0 : lc;
    }
    if (lc > 0 && head + lc <= n)
        a.data = (struct str){ command.p + 4 + head, lc };
    return a;
}

static void put_command(struct trace *t, struct str command)
{
    if (command.n < 4) { // nothing that this program sends
        bytes_lit(&t->line, ">");
        put_data(t, command, false);
        return;
    }
    struct apdu a = split(command);
    bool harmless = (a.cla & CLA_SM) == 0 && (a.ins == INS_SELECT || a.ins == INS_MSE);
    bytes_lit(&t->line, "> ");
    record_put_hex(&t->line, str_head(command, 4));
    put_data(t, a.data, harmless);
    if (a.ne > 0) {
        bytes_lit(&t->line, " Le=");
        bytes_put_number(&t->line, a.ne);
    }
    bytes_lit(&t->line, "  # ");
    bytes_put_str(&t->line, str_of(apdu_name(a.ins, a.p1)));
    if ((a.cla & CLA_SM) != 0)
        bytes_lit(&t->line, ", protected");
}

static void put_time(struct trace *t, uint64_t began)
{
    bytes_lit(&t->line, "  # ");
    bytes_put_number(&t->line, (clock_now() - began) / CLOCK_MILLISECOND);
    bytes_lit(&t->line, " ms\n");
}

static void put_answer(struct trace *t, struct str answer)
{
    size_t data = answer.n >= 2 ? answer.n - 2 : 0;
    bytes_lit(&t->line, "<");
    put_data(t, str_head(answer, data), false);
    bytes_lit(&t->line, " ");
    record_put_hex(&t->line, str_from(answer, data));
}

static void put_error(struct trace *t, struct chip_error error)
{
    bytes_lit(&t->line, "! ");
    bytes_put_str(&t->line, str_of(chip_error_name(error.code)));
    if (error.native != 0) {
        const uint32_t n = error.native;
        const char code[] = { (char)(n >> 24), (char)(n >> 16), (char)(n >> 8), (char)n };
        bytes_lit(&t->line, " ");
        record_put_hex(&t->line, (struct str){ code, sizeof code });
    }
}

// ---- as a card ----

static struct chip_error unwritable(void)
{
    return chip_fail(CHIP_RECORDING_UNWRITABLE, "trace");
}

static struct chip_error transmit(void *ctx, struct str command, struct bytes *answer)
{
    struct trace *t = ctx;

    put_command(t, command);
    bytes_lit(&t->line, "\n");
    if (!record_file_write(t->fd, &t->line)) // before, for what never comes back
        return unwritable();
    uint64_t began = clock_now();
    struct chip_error error = card_transmit(&t->inner, command, answer);
    if (error.code == CHIP_OK)
        put_answer(t, bytes_str(answer));
    else
        put_error(t, error);
    put_time(t, began);
    if (!record_file_write(t->fd, &t->line) && error.code == CHIP_OK)
        return unwritable();
    return error;
}

static struct chip_error reset(void *ctx)
{
    struct trace *t = ctx;
    uint64_t began = clock_now();
    struct chip_error error = card_reset(&t->inner);

    if (error.code != CHIP_OK)
        put_error(t, error);
    bytes_lit(&t->line, "# reset");
    put_time(t, began);
    if (!record_file_write(t->fd, &t->line) && error.code == CHIP_OK)
        return unwritable();
    return error;
}

static void destroy(struct trace *t)
{
    if (t->fd >= 0)
        close(t->fd);
    bytes_free(&t->line);
    OPENSSL_cleanse(t->key, sizeof t->key);
    free(t);
}

static void close_trace(void *ctx)
{
    struct trace *t = ctx;
    card_close(&t->inner);
    destroy(t);
}

static const struct card_ops trace_ops = { transmit, reset, close_trace };

static bool write_heading(struct trace *t)
{
    const struct card *card = &t->inner;

    if (t->plain)
        bytes_lit(&t->line, "# trace 1, plain: it holds a person's data\n");
    else
        bytes_lit(&t->line, "# trace 1, without what commands and answers carry\n");
    bytes_lit(&t->line, "# reader ");
    record_put_text(&t->line, card->reader);
    bytes_lit(&t->line, "\n# atr ");
    record_put_hex(&t->line, (struct str){ (const char *)card->atr, card->atr_length });
    bytes_lit(&t->line, "\n# protocol ");
    record_put_text(&t->line, card->protocol);
    bytes_lit(&t->line, "\n# longest ");
    bytes_put_number(&t->line, card->longest);
    bytes_lit(&t->line, "\n");
    return record_file_write(t->fd, &t->line);
}

struct chip_error trace_open(struct card *inner, const char *path, bool plain, struct card *out)
{
    struct trace *t = calloc(1, sizeof *t);

    if (t == NULL)
        return chip_fail(CHIP_NO_MEMORY, NULL);
    t->inner = *inner;
    t->plain = plain;
    t->fd = -1;
    if (RAND_bytes(t->key, sizeof t->key) != 1) {
        destroy(t);
        return chip_fail(CHIP_CRYPTO, "trace");
    }
    t->fd = record_file_open(path);
    if (t->fd < 0 || !write_heading(t)) {
        destroy(t);
        return unwritable();
    }
    *inner = (struct card){ 0 };
    *out = t->inner;
    out->ops = &trace_ops;
    out->ctx = t;
    return chip_ok();
}
