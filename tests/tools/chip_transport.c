// SPDX-License-Identifier: MIT
// Drives lib/chip/pcsc*.c for tests/cmd/chip_readers.py: one command on a line of standard input,
// one line of answer, which ends with the milliseconds it took. What comes on standard input
// meanwhile breaks a command off.
//
//   list · details NAME · find WANTED · open WAIT_MS RESET_WAIT_MS TIMEOUT_MS [READER]
//   send HEX · times N HEX · reset · close · new · watch (events, one a line, until there is input)
#include "base/clock.h"
#include "base/lines.h"
#include "chip/apdu.h"
#include "chip/pcsc.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct pcsc *service;
static struct card card;
static struct channel channel;

static void print_hex(const void *data, size_t n)
{
    for (size_t i = 0; i < n; i++)
        printf("%02X", ((const uint8_t *)data)[i]);
}

static struct chip_error print_reader(const struct pcsc_reader *r)
{
    static const char *const kinds[] = { "none", "contact", "contactless", "storage" };
    printf("[%s]%s%s%s%s %s ", r->name, r->present ? " present" : "", r->mute ? " mute" : "",
           r->exclusive ? " exclusive" : "", r->in_use ? " in_use" : "", kinds[r->kind]);
    print_hex(r->atr, r->atr_length);
    printf("; ");
    return chip_ok();
}

static struct chip_error run_list(char *rest)
{
    struct pcsc_readers all;
    struct chip_error error = pcsc_list(service, &all);

    (void)rest;
    for (size_t i = 0; i < all.n; i++)
        print_reader(&all.reader[i]);
    return error;
}

static struct chip_error run_details(char *rest)
{
    struct pcsc_details d;
    struct chip_error error = pcsc_details(rest, &d);

    printf("vendor=%s serial=%s version=%s friendly=%s longest=%" PRIu32 " ", d.vendor, d.serial,
           d.version, d.friendly, d.longest);
    return error;
}

static struct chip_error run_find(char *rest)
{
    struct pcsc_reader reader;
    struct chip_error error = pcsc_find(service, rest, &reader);
    return error.code == CHIP_OK ? print_reader(&reader) : error;
}

static struct chip_error run_open(char *rest)
{
    struct pcsc_open how = { .stop_fd = STDIN_FILENO };

    how.wait_ms = (int)strtol(rest, &rest, 10);
    how.reset_wait_ms = (int)strtol(rest, &rest, 10);
    how.timeout_ms = (unsigned)strtoul(rest, &rest, 10);
    how.reader = *rest == ' ' ? rest + 1 : NULL;
    struct chip_error error = pcsc_open(service, &how, &card);
    channel = (struct channel){ .card = &card, .extended = true };
    if (error.code == CHIP_OK) {
        printf("[%s] %s ", card.reader, card.protocol);
        print_hex(card.atr, card.atr_length);
        printf(" ");
    }
    return error;
}

static struct chip_error send_command(const uint8_t *bytes, size_t n)
{
    struct apdu a = { .cla = bytes[0], .ins = bytes[1], .p1 = bytes[2], .p2 = bytes[3] };
    struct answer answer;

    if (n == 5)
        a.ne = bytes[4] != 0 ? bytes[4] : APDU_NE_SHORT;
    else if (n == 7)
        a.ne = bytes[5] * 256U + bytes[6] != 0 ? bytes[5] * 256U + bytes[6] : APDU_NE_EXTENDED;
    else if (n > 5)
        a.data = (struct str){ (const char *)bytes + 5, n - 5 };
    struct chip_error error = channel_send(&channel, &a, &answer);
    if (error.code == CHIP_OK) {
        print_hex(answer.data.p, answer.data.n < 40 ? answer.data.n : 40);
        printf(" (%zu) %04X ", answer.data.n, answer.sw);
    }
    answer_free(&answer);
    return error;
}

static struct chip_error run_send(char *rest)
{
    uint8_t bytes[600] = { 0 };
    size_t n = 0;

    for (; n < sizeof bytes && rest[0] != '\0' && rest[1] != '\0'; rest += 2)
        bytes[n++] = (uint8_t)strtoul((char[]){ rest[0], rest[1], '\0' }, NULL, 16);
    return send_command(bytes, n);
}

static struct chip_error run_times(char *rest)
{
    unsigned long times = strtoul(rest, &rest, 10);
    struct chip_error error = chip_ok();

    for (; times > 0 && error.code == CHIP_OK; times--) {
        error = run_send(rest + 1);
        printf("\r");
    }
    return error;
}

static struct chip_error run_reset(char *rest)
{
    (void)rest;
    return card_reset(&card);
}

static struct chip_error run_close(char *rest)
{
    (void)rest;
    card_close(&card);
    return chip_ok();
}

static struct chip_error run_new(char *rest)
{
    (void)rest;
    pcsc_free(&service);
    struct pcsc_readers all;
    struct chip_error error = pcsc_new(&service);
    return error.code == CHIP_OK ? pcsc_list(service, &all) : error;
}

static bool print_event(void *ctx, enum pcsc_event_kind kind, const struct pcsc_reader *reader)
{
    static const char *const kinds[] = { "reader_added", "reader_removed", "card_inserted",
                                         "card_removed" };
    (void)ctx;
    printf("event %s ", kinds[kind]);
    print_reader(reader);
    printf("\n");
    fflush(stdout);
    return true;
}

static struct chip_error run_watch(char *rest)
{
    (void)rest;
    return pcsc_watch(service, STDIN_FILENO, print_event, NULL);
}

static const struct verb {
    const char *name;
    bool needs_service, needs_card;
    struct chip_error (*run)(char *rest);
} verbs[] = {
    { "list", true, false, run_list },   { "details", false, false, run_details },
    { "find", true, false, run_find },   { "open", true, false, run_open },
    { "send", false, true, run_send },   { "times", false, true, run_times },
    { "reset", false, true, run_reset }, { "close", false, false, run_close },
    { "new", false, false, run_new },    { "watch", true, false, run_watch },
};

static void run_line(char *line)
{
    char *space = strchr(line, ' ');
    uint64_t began = clock_now();
    struct chip_error error = chip_fail(CHIP_UNSUPPORTED, "no such command");

    if (space != NULL)
        *space++ = '\0';
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (strcmp(verbs[i].name, line) == 0)
            error = (verbs[i].needs_service && service == NULL) ||
                            (verbs[i].needs_card && card.ops == NULL)
                        ? chip_fail(CHIP_UNSUPPORTED, "not open")
                        : verbs[i].run(space != NULL ? space : line + strlen(line));
    const char *name = pcsc_code_name(error.native);
    printf("%s %s %s %" PRIu64 "\n", chip_error_name(error.code), name != NULL ? name : "?",
           error.step != NULL ? error.step : "-", (clock_now() - began) / CLOCK_MILLISECOND);
    fflush(stdout);
}

int main(void)
{
    struct lines lines;
    struct str line;
    int in = STDIN_FILENO;

    if (!lines_open(&lines, (struct lines_source){ lines_read_fd, &in }, false))
        return EXIT_FAILURE;
    while (lines_next(&lines, &line) == LINES_LINE) {
        char text[2048];
        snprintf(text, sizeof text, "%.*s", (int)line.n, line.p);
        run_line(text);
    }
    lines_close(&lines);
    card_close(&card);
    pcsc_free(&service);
    return EXIT_SUCCESS;
}
