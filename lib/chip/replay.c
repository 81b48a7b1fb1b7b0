// SPDX-License-Identifier: MIT
#include "chip/replay.h"

#include "base/lines.h"
#include "base/wipe.h"

#include <fcntl.h>
#include <stdint.h>
#include <unistd.h>

struct replay {
    int fd;
    struct lines lines;
    unsigned long number;
    struct str line; // the next one that means something
    bool has_line, ended;
};

static const struct str reset_mark = { "# reset", 7 };

// ---- lines ----

// Leaves out empty lines and remarks. False at the end, or where the file cannot be read.
static bool peek(struct replay *r)
{
    while (!r->has_line && !r->ended) {
        enum lines_event event = lines_next(&r->lines, &r->line);
        r->number++;
        if (event != LINES_LINE) {
            r->ended = true;
            break;
        }
        r->line = str_trim(r->line);
        bool remark = str_starts(r->line, STR("#")) && !str_eq(r->line, reset_mark);
        r->has_line = r->line.n > 0 && !remark;
    }
    return r->has_line;
}

static bool has_mark(struct replay *r, const char *mark)
{
    return peek(r) && str_starts(r->line, str_of(mark));
}

static int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// -1 where there are no two digits.
static int byte_of(const char *digits)
{
    int high = digit(digits[0]), low = digit(digits[1]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

// False when it is not hex, or longer than the room.
static bool from_hex(struct str hex, void *out, size_t room, size_t *n)
{
    uint8_t *p = out;

    *n = hex.n / 2;
    if (hex.n % 2 != 0 || *n > room)
        return false;
    for (size_t i = 0; i < *n; i++) {
        int byte = byte_of(hex.p + 2 * i);
        if (byte < 0)
            return false;
        p[i] = (uint8_t)byte;
    }
    return true;
}

static struct chip_error differs(void)
{
    return chip_fail(CHIP_RECORDING_DIFFERS, "recording");
}

static struct chip_error unreadable(void)
{
    return chip_fail(CHIP_RECORDING_UNREADABLE, "recording");
}

// ---- as a card ----

static struct chip_error recorded_error(struct replay *r)
{
    struct str name = str_from(r->line, 2);

    r->has_line = false;
    for (int code = CHIP_OK + 1; code < CHIP_CODE_COUNT; code++)
        if (str_eq(name, str_of(chip_error_name((enum chip_code)code))))
            return chip_fail((enum chip_code)code, NULL);
    return unreadable();
}

// Against the digits as they stand: nothing of a command is left in memory here.
static bool is_command(struct str hex, struct str command)
{
    if (hex.n != 2 * command.n)
        return false;
    for (size_t i = 0; i < command.n; i++)
        if (byte_of(hex.p + 2 * i) != (uint8_t)command.p[i])
            return false;
    return true;
}

static struct chip_error transmit(void *ctx, struct str command, struct bytes *answer)
{
    struct replay *r = ctx;
    size_t n;

    if (!has_mark(r, "> ") || !is_command(str_from(r->line, 2), command))
        return differs();
    r->has_line = false;
    if (has_mark(r, "! "))
        return recorded_error(r);
    if (!has_mark(r, "< "))
        return unreadable();
    struct str hex = str_from(r->line, 2);
    if (!bytes_reserve(answer, hex.n / 2))
        return chip_fail(CHIP_NO_MEMORY, NULL);
    if (!from_hex(hex, answer->p, answer->cap, &n) || n < 2 || n > CARD_ANSWER_MAX)
        return unreadable();
    answer->n = n;
    r->has_line = false;
    return chip_ok();
}

static struct chip_error reset(void *ctx)
{
    struct replay *r = ctx;

    if (!peek(r) || !str_eq(r->line, reset_mark))
        return differs();
    r->has_line = false;
    return has_mark(r, "! ") ? recorded_error(r) : chip_ok();
}

static void close_replay(void *ctx)
{
    struct replay *r = ctx;
    lines_close(&r->lines);
    close(r->fd);
    free(r);
}

static const struct card_ops replay_ops = { transmit, reset, close_replay };

unsigned long replay_line(const struct card *card)
{
    return card->ops == &replay_ops ? ((const struct replay *)card->ctx)->number : 0;
}

bool replay_random(void *ctx, void *out, size_t n)
{
    struct replay *r = ctx;
    size_t got;

    if (!has_mark(r, "* ") || !from_hex(str_from(r->line, 2), out, n, &got) || got != n)
        return false;
    r->has_line = false;
    return true;
}

// ---- opening ----

// What stands between the mark and the next space.
static bool take_word(struct str *rest, const char *mark, struct str *word)
{
    if (!str_starts(*rest, str_of(mark)))
        return false;
    *rest = str_from(*rest, strlen(mark));
    *word = str_head(*rest, str_find(*rest, ' '));
    *rest = str_from(*rest, word->n);
    return true;
}

static bool read_number(struct str digits, uint32_t *out)
{
    *out = 0;
    if (!str_is_digits(digits) || digits.n > 6)
        return false;
    for (size_t i = 0; i < digits.n; i++)
        *out = *out * 10 + (uint32_t)(digits.p[i] - '0');
    return true;
}

static bool read_heading(struct str line, struct card *card)
{
    struct str word;

    card->protocol = "recording";
    if (!take_word(&line, "# recording 1 atr=", &word) ||
        !from_hex(word, card->atr, sizeof card->atr, &card->atr_length) ||
        !take_word(&line, " protocol=", &word) || !take_word(&line, " longest=", &word) ||
        !read_number(word, &card->longest) || !str_starts(line, STR(" reader=")))
        return false;
    line = str_from(line, 8);
    snprintf(card->reader, sizeof card->reader, "%.*s", line.n < 127 ? (int)line.n : 127, line.p);
    return true;
}

static bool begin(struct replay *r, struct card *card)
{
    struct str line;

    if (!lines_open(&r->lines, (struct lines_source){ lines_read_fd, &r->fd }, false))
        return false;
    r->number = 1;
    if (lines_next(&r->lines, &line) == LINES_LINE && read_heading(line, card))
        return true;
    lines_close(&r->lines);
    return false;
}

struct chip_error replay_open(const char *path, struct card *out)
{
    struct replay *r = calloc(1, sizeof *r);

    *out = (struct card){ 0 };
    if (r == NULL)
        return chip_fail(CHIP_NO_MEMORY, NULL);
    r->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (r->fd < 0 || !begin(r, out)) {
        if (r->fd >= 0)
            close(r->fd);
        free(r);
        *out = (struct card){ 0 };
        return unreadable();
    }
    out->ops = &replay_ops;
    out->ctx = r;
    return chip_ok();
}
