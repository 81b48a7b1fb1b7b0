// SPDX-License-Identifier: MIT
// What is recorded is replayed; a trace tells nothing that it must not.
#include "chip/apdu.h"
#include "chip/record.h"
#include "chip/replay.h"
#include "chip/trace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

// ---- a card ----

static const char *const answers[] = { "\x90\x00", "SECRET\x90\x00", "SECRET\x90\x00", NULL,
                                       "\x6A\x82" };
static const size_t lengths[] = { 2, 8, 8, 0, 2 };
static size_t next;
static int closed;

static struct chip_error play(void *ctx, struct str command, struct bytes *answer)
{
    (void)ctx;
    (void)command;
    size_t i = next++ % 5;
    if (answers[i] == NULL)
        return (struct chip_error){ .code = CHIP_CARD_GONE, .native = 0x80100069 };
    bytes_put(answer, answers[i], lengths[i]);
    return chip_ok();
}

static struct chip_error play_reset(void *ctx)
{
    return *(bool *)ctx ? chip_fail(CHIP_CARD_CHANGED, "ATR") : chip_ok();
}

static void play_close(void *ctx)
{
    (void)ctx;
    closed++;
}

static const struct card_ops play_ops = { play, play_reset, play_close };
static bool changed;

static struct card playing(void)
{
    next = 0;
    closed = 0;
    changed = false;
    return (struct card){ .ops = &play_ops,
                          .ctx = &changed,
                          .reader = "Example Reader\n 00 00",
                          .atr = { 0x3B, 0x80, 0x80, 0x01, 0x01 },
                          .atr_length = 5,
                          .protocol = "contactless",
                          .longest = 261 };
}

// ---- files ----

static char path[] = "/tmp/cccd-test.XXXXXX";

static int make_path(void **state)
{
    (void)state;
    memcpy(path + sizeof path - 7, "XXXXXX", 6);
    int fd = mkstemp(path);
    if (fd < 0)
        return -1;
    fchmod(fd, 0644); // as if it had been there before, for everyone
    close(fd);
    return 0;
}

static int remove_path(void **state)
{
    (void)state;
    return unlink(path);
}

static char content[4096];

static const char *read_file(void)
{
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    content[fread(content, 1, sizeof content - 1, file)] = '\0';
    fclose(file);
    return content;
}

static void write_file(const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static struct chip_error send_str(struct card *card, const char *command, size_t n,
                                  struct bytes *answer)
{
    *answer = (struct bytes){ 0 };
    return card_transmit(card, (struct str){ command, n }, answer);
}

#define SEND(card, literal, answer) send_str((card), (literal), sizeof(literal) - 1, (answer))
#define SELECT                      "\x00\xA4\x04\x0C\x02\x01\x1C"
#define READ                                                                                       \
    "\x0C\xB0\x00\x00\x05"                                                                         \
    "token\x00"

static void expect_lengths(struct card *card)
{
    struct bytes answer;
    assert_int_equal(SEND(card, SELECT, &answer).code, CHIP_OK);
    assert_int_equal(answer.n, 2);
    bytes_free(&answer);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(SEND(card, READ, &answer).code, CHIP_OK);
        assert_int_equal(answer.n, 8);
        assert_memory_equal(answer.p, "SECRET\x90\x00", 8);
        bytes_free(&answer);
    }
    assert_int_equal(SEND(card, READ, &answer).code, CHIP_CARD_GONE);
    assert_int_equal(answer.n, 0);
    bytes_free(&answer);
    assert_int_equal(card_reset(card).code, CHIP_OK);
}

static void expect_private(void)
{
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
}

// ---- recording and replay ----

static void record_it(void)
{
    struct card inner = playing(), card;
    char random[3];
    assert_int_equal(record_open(&inner, path, &card).code, CHIP_OK);
    assert_null(inner.ops);
    assert_int_equal(card.longest, 261);
    expect_lengths(&card);
    assert_true(record_random(card.ctx, random, sizeof random));
    changed = true;
    assert_int_equal(card_reset(&card).code, CHIP_CARD_CHANGED);
    card_close(&card);
    assert_int_equal(closed, 1);
}

static void what_is_recorded(void **state)
{
    (void)state;
    record_it();
    expect_private();
    const char *text = read_file();
    const char *wanted = "# recording 1 atr=3B80800101 protocol=contactless longest=261 "
                         "reader=Example Reader? 00 00\n"
                         "> 00A4040C02011C\n< 9000\n"
                         "> 0CB0000005746F6B656E00\n< 5345435245549000\n"
                         "> 0CB0000005746F6B656E00\n< 5345435245549000\n"
                         "> 0CB0000005746F6B656E00\n! card_gone\n# reset\n* ";
    assert_memory_equal(text, wanted, strlen(wanted));
    assert_string_equal(text + strlen(wanted) + 6, "\n# reset\n! card_changed\n");
}

static void what_is_replayed(void **state)
{
    (void)state;
    record_it();
    struct card card;
    struct bytes answer;
    char random[3];
    assert_int_equal(replay_open(path, &card).code, CHIP_OK);
    assert_string_equal(card.reader, "Example Reader? 00 00");
    assert_string_equal(card.protocol, "recording");
    assert_int_equal(card.atr_length, 5);
    assert_memory_equal(card.atr, "\x3B\x80\x80\x01\x01", 5);
    assert_int_equal(card.longest, 261);
    expect_lengths(&card);
    assert_false(replay_random(card.ctx, random, 2));
    assert_true(replay_random(card.ctx, random, 3));
    assert_int_equal(card_reset(&card).code, CHIP_CARD_CHANGED);
    assert_int_equal(SEND(&card, SELECT, &answer).code, CHIP_RECORDING_DIFFERS); // its end
    card_close(&card);
}

#define HEADING "# recording 1 atr= protocol=T=1 longest=0 reader=\n"

static void another_command(void **state)
{
    (void)state;
    write_file(HEADING "\n# a remark\n> 00a4040c02011c\r\n< 9000\n> 00B0000000\n< 9000\n");
    struct card card;
    struct bytes answer;
    char random;
    assert_int_equal(replay_open(path, &card).code, CHIP_OK);
    assert_int_equal(card.atr_length, 0);
    assert_int_equal(SEND(&card, SELECT, &answer).code, CHIP_OK);
    bytes_free(&answer);
    assert_int_equal(card_reset(&card).code, CHIP_RECORDING_DIFFERS);
    assert_false(replay_random(card.ctx, &random, 1));
    assert_int_equal(SEND(&card, "\x00\xB0\x00\x01\x00", &answer).code, CHIP_RECORDING_DIFFERS);
    assert_int_equal(replay_line(&card), 6);
    assert_int_equal(SEND(&card, "\x00\xB0\x00\x00", &answer).code, CHIP_RECORDING_DIFFERS);
    assert_int_equal(SEND(&card, "\x00\xB0\x00\x00\x00", &answer).code, CHIP_OK);
    bytes_free(&answer);
    card_close(&card);
}

static void broken_recordings(void **state)
{
    (void)state;
    static const char *const headings[] = {
        "",
        "\n",
        "recording\n",
        "# recording 2 atr= protocol=T=1 longest=0 reader=\n",
        "# recording 1 atr=3 protocol=T=1 longest=0 reader=\n",
        "# recording 1 atr=3G protocol=T=1 longest=0 reader=\n",
        "# recording 1 atr= protocol=T=1 longest= reader=\n",
        "# recording 1 atr= protocol=T=1 longest=9999999 reader=\n",
        "# recording 1 atr= protocol=T=1 longest=0\n",
        "# recording 1 atr=3B3B3B3B3B3B3B3B3B3B3B3B3B3B3B3B3B3B3B3B3B3B3B3B3B3B3B3B3B3B3B3B3B3B "
        "protocol=T=1 longest=0 reader=\n",
    };
    struct card card;
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
        write_file(headings[i]);
        assert_int_equal(replay_open(path, &card).code, CHIP_RECORDING_UNREADABLE);
        assert_null(card.ops);
    }
    assert_int_equal(replay_open("/nonexistent", &card).code, CHIP_RECORDING_UNREADABLE);

    static const char *const lines[] = {
        "",       "< 90\n",    "< 9\n",    "< 90000\n", "< 90zz\n", "<\n", "! nothing\n",
        "! ok\n", "# reset\n", "> 9000\n", "? 9000\n",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        char text[256];
        struct bytes answer;
        snprintf(text, sizeof text, HEADING "> 00B0000000\n%s", lines[i]);
        write_file(text);
        assert_int_equal(replay_open(path, &card).code, CHIP_OK);
        assert_int_equal(SEND(&card, "\x00\xB0\x00\x00\x00", &answer).code,
                         CHIP_RECORDING_UNREADABLE);
        bytes_free(&answer);
        card_close(&card);
    }
}

static void nowhere_to_write(void **state)
{
    (void)state;
    struct card inner = playing(), card;
    assert_int_equal(record_open(&inner, "/nonexistent/file", &card).code,
                     CHIP_RECORDING_UNWRITABLE);
    assert_int_equal(trace_open(&inner, "/nonexistent/file", false, &card).code,
                     CHIP_RECORDING_UNWRITABLE);
    assert_int_equal(record_open(&inner, "/dev/full", &card).code, CHIP_RECORDING_UNWRITABLE);
    assert_int_equal(trace_open(&inner, "/dev/full", false, &card).code, CHIP_RECORDING_UNWRITABLE);
    assert_ptr_equal(inner.ops, &play_ops);
    card_close(&inner);
    assert_int_equal(closed, 1);
}

// ---- trace ----

static void trace_it(bool plain)
{
    struct card inner = playing(), card;
    struct bytes answer;
    assert_int_equal(trace_open(&inner, path, plain, &card).code, CHIP_OK);
    expect_lengths(&card);
    assert_int_equal(SEND(&card, "\x00\xB0\x9C\x00\x00", &answer).code, CHIP_OK); // 6A82
    bytes_free(&answer);
    card_close(&card);
    assert_int_equal(closed, 1);
    expect_private();
}

static void a_trace_keeps_secrets(void **state)
{
    (void)state;
    trace_it(false);
    const char *text = read_file();
    assert_null(strstr(text, "746F6B656E"));
    assert_null(strstr(text, "534543524554"));
    assert_null(strstr(text, "SECRET"));
    assert_non_null(strstr(text, "# reader Example Reader? 00 00\n# atr 3B80800101\n"));
    assert_non_null(strstr(text, "> 00A4040C 011C  # SELECT\n< 9000  # "));
    assert_non_null(strstr(text, "> 0CB00000 [5 bytes "));
    assert_non_null(strstr(text, "] Le=256  # READ BINARY, protected\n< [6 bytes "));
    assert_non_null(strstr(text, "! card_gone 80100069"));
    assert_non_null(strstr(text, "# reset"));
    assert_non_null(strstr(text, "> 00B09C00 Le=256  # READ BINARY\n< 6A82"));
}

static void a_trace_tells_same_from_other(void **state)
{
    (void)state;
    char first[9], second[9];
    for (int i = 0; i < 2; i++) {
        trace_it(false);
        const char *at = strstr(read_file(), "< [6 bytes ");
        assert_non_null(at);
        const char *later = strstr(at + 1, "< [6 bytes ");
        assert_non_null(later);
        assert_memory_equal(at, later, 11 + 8);
        snprintf(i == 0 ? first : second, sizeof first, "%.8s", at + 11);
    }
    assert_string_not_equal(first, second); // the key is another one in each trace
}

static void a_plain_trace(void **state)
{
    (void)state;
    trace_it(true);
    const char *text = read_file();
    assert_non_null(strstr(text, "> 0CB00000 746F6B656E Le=256  # READ BINARY, protected\n"
                                 "< 534543524554 9000"));
    assert_non_null(strstr(text, "it holds a person's data"));
}

static void every_form_of_a_command(void **state)
{
    (void)state;
    static char data[300];
    struct card inner = playing(), card;
    struct bytes command = { 0 }, answer;
    static const struct {
        size_t n;
        uint32_t ne;
        const char *shown;
    } rows[] = {
        { 0, 0, "> 00880000  # INT" },          { 0, 1, "> 00880000 Le=1  #" },
        { 0, 256, "> 00880000 Le=256  #" },     { 0, 257, "> 00880000 Le=257  #" },
        { 0, 65536, "> 00880000 Le=65536  #" }, { 1, 0, "> 00880000 00  #" },
        { 2, 3, "> 00880000 0000 Le=3  #" },    { 1, 65536, "> 00880000 00 Le=65536  #" },
    };
    assert_int_equal(trace_open(&inner, path, true, &card).code, CHIP_OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct apdu a = { .ins = 0x88, .data = { data, rows[i].n }, .ne = rows[i].ne };
        next = 0;
        assert_true(apdu_put(&command, &a));
        assert_int_equal(send_str(&card, command.p, command.n, &answer).code, CHIP_OK);
        assert_non_null(strstr(read_file(), rows[i].shown));
        bytes_free(&command);
        bytes_free(&answer);
    }
    for (size_t n = 0; n <= 8; n++) { // whatever it is: nothing beyond it is read
        char *cut = malloc(n + 1);
        assert_non_null(cut);
        memset(cut, 0, n + 1);
        next = 0;
        assert_int_equal(send_str(&card, cut, n, &answer).code, CHIP_OK);
        bytes_free(&answer);
        if (n > 5)
            cut[5] = (char)0xFF;
        send_str(&card, cut, n, &answer);
        bytes_free(&answer);
        free(cut);
    }
    card_close(&card);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_path, remove_path)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_recorded),
        TEST(what_is_replayed),
        TEST(another_command),
        TEST(broken_recordings),
        TEST(nowhere_to_write),
        TEST(a_trace_keeps_secrets),
        TEST(a_trace_tells_same_from_other),
        TEST(a_plain_trace),
        TEST(every_form_of_a_command),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
