// SPDX-License-Identifier: MIT
// chip_desk [REPEATS [READER]]: what desk_look() finds, a line a reader, for the tests.
#include "cli/desk_look.h"

#include <stdio.h>
#include <stdlib.h>

static const char *answer(enum desk_answer a)
{
    return a == DESK_YES ? "yes" : a == DESK_NO ? "no" : "?";
}

static void put(const char *name, struct str value)
{
    printf(" %s=%.*s", name, (int)value.n, value.p != NULL ? value.p : "");
}

static void put_hex(const char *name, const uint8_t *p, size_t n)
{
    printf(" %s=", name);
    for (size_t i = 0; i < n; i++)
        printf("%02x", p[i]);
}

static void put_trial(const struct desk_trial *t)
{
    printf(" document=%s card_access=%s pace=%s bac=%s extended=%s uid_fixed=%s",
           answer(t->document), answer(t->card_access), answer(t->pace), answer(t->bac),
           answer(t->extended), answer(t->uid_fixed));
    put_hex("uid", t->uid, t->uid_length);
    printf(" commands=%u failures=%u card_lost=%d reader_lost=%d timed=%d", t->commands,
           t->failures, t->card_lost, t->reader_lost,
           t->picture_us > 0 && t->picture_short_us >= t->picture_us && t->bytes_per_second > 0);
    put("error", t->error);
    put("protocols", t->protocols);
}

int main(int argc, char **argv)
{
    static const char *const services[] = { "answers", "unreachable", "silent",
                                            "refuses", "protocol",    "failed" };
    static const char *const cards[] = { "none", "mute", "memory", "contact", "chip" };
    struct desk_look how = { .repeats = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 20,
                             .reader = argc > 2 ? argv[2] : NULL,
                             .stop_fd = -1 };
    static struct desk desk;
    struct arena arena = { 0 };
    struct chip_error error = desk_look(&desk, &how, &arena);

    printf("look=%s service=%s native=%08X name=%s readers=%zu\n", chip_error_name(error.code),
           services[desk.service], desk.native, desk.native_name != NULL ? desk.native_name : "",
           desk.readers);
    for (size_t i = 0; i < desk.readers; i++) {
        const struct desk_reader *r = &desk.reader[i];
        printf("card=%s held=%d in_use=%d tried=%d", cards[r->card], r->held, r->in_use, r->tried);
        printf(" usb=%04x:%04x longest=%d", r->vendor_id, r->product_id,
               r->tells_longest ? (int)r->longest : -1);
        put("vendor", r->vendor);
        put("serial", r->serial);
        put_hex("atr", r->atr, r->atr_length);
        if (r->tried)
            put_trial(&r->trial);
        put("name", r->name);
        putchar('\n');
    }
    arena_free(&arena);
    return 0;
}
