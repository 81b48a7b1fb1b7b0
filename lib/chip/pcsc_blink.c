// SPDX-License-Identifier: MIT
// A reader's light. There is no common command for it: these are the makers'.
#include "chip/pcsc_line.h"

#include "base/clock.h"

#include <reader.h>
#include <time.h>

enum { BLINK_MS = 8000, TIMES = 5, HALF_MS = 300, ANSWER_MAX = 64 };

enum light { LIGHT_NONE, LIGHT_ACR122, LIGHT_ACR1252 };

struct light_row {
    uint16_t vendor_id, product_id;
    const char *name; // a part of the reader's, where the driver does not tell the numbers
    enum light light;
};

static const struct light_row rows[] = {
    { 0x072F, 0x2200, "ACR122U", LIGHT_ACR122 },
    { 0x072F, 0x223B, "ACR1252", LIGHT_ACR1252 },
    { 0x072F, 0x223E, "ACR1252", LIGHT_ACR1252 },
};

static enum light light_of(const struct pcsc_line *line)
{
    const struct pcsc_details *d = &line->details;

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (d->vendor_id != 0
                ? d->vendor_id == rows[i].vendor_id && d->product_id == rows[i].product_id
                : strstr(line->reader, rows[i].name) != NULL)
            return rows[i].light;
    return LIGHT_NONE;
}

// ---- in the line's thread ----

static bool control(struct pcsc_line *line, DWORD code, const void *in, size_t n)
{
    DWORD length = 0;

    line->answer.n = 0;
    line->step = "SCardControl";
    if (!bytes_reserve(&line->answer, ANSWER_MAX))
        line->code = SCARD_E_NO_MEMORY;
    else
        line->code = SCardControl(line->handle, code, in, n, line->answer.p, ANSWER_MAX, &length);
    line->answer.n = line->code == SCARD_S_SUCCESS && length <= ANSWER_MAX ? length : 0;
    return line->code == SCARD_S_SUCCESS;
}

// The control code for the maker's own commands; a driver that does not allow them has none.
static DWORD escape_code(struct pcsc_line *line)
{
    if (!control(line, CM_IOCTL_GET_FEATURE_REQUEST, NULL, 0))
        return 0;
    return pcsc_feature(bytes_str(&line->answer), FEATURE_CCID_ESC_COMMAND);
}

// ACS, API of the ACR122U, "Bi-color LED and buzzer control": the red one blinks, with 300 ms for
// each half, five times, without a sound; the state after it is the one before it. The answer is
// 90 and the lights' state.
static const uint8_t acr122[] = { 0xFF, 0x00, 0x40, 0x50, 0x04, 0x03, 0x03, TIMES, 0x00 };

static bool acr122_took_it(const struct bytes *answer)
{
    return answer->n == 2 && (uint8_t)answer->p[0] == 0x90;
}

// ACS, reference manual of the ACM1252U, 5.3.2 and 5.3.3: bit 0 is the red one, bit 1 the green
// one; without data it tells how they are. The answer is E1 00 00 00 01 and their state.
static bool set_acr1252(struct pcsc_line *line, DWORD code, const uint8_t *state)
{
    const uint8_t command[] = { 0xE0, 0, 0, 0x29, state != NULL, state != NULL ? *state : 0 };
    static const uint8_t good[] = { 0xE1, 0, 0, 0, 1 };

    return control(line, code, command, state != NULL ? 6 : 5) && line->answer.n == 6 &&
           memcmp(line->answer.p, good, sizeof good) == 0;
}

static bool blink_acr1252(struct pcsc_line *line, DWORD code)
{
    bool ok = set_acr1252(line, code, NULL);
    uint8_t before = ok ? (uint8_t)line->answer.p[5] : 0;

    for (int i = 0; ok && i < 2 * TIMES; i++) {
        const uint8_t state = i % 2 == 0 ? 1 : 0;
        ok = set_acr1252(line, code, &state);
        nanosleep(&(struct timespec){ .tv_nsec = (long)HALF_MS * CLOCK_MILLISECOND }, NULL);
    }
    return set_acr1252(line, code, &before) && ok;
}

// Without a card, where the driver lets through what only the reader understands. The line is
// connected to the reader alone.
static void blink_by_escape(struct pcsc_line *line)
{
    enum light light = light_of(line);
    bool ok = false;

    DWORD code = escape_code(line);
    if (code != 0 && light == LIGHT_ACR122)
        ok = control(line, code, acr122, sizeof acr122) && acr122_took_it(&line->answer);
    else if (code != 0)
        ok = blink_acr1252(line, code);
    if (!ok && line->code == SCARD_S_SUCCESS)
        line->code = SCARD_E_UNSUPPORTED_FEATURE;
}

// ---- the caller's side ----

static struct chip_error run(struct pcsc_line **line, void (*call)(struct pcsc_line *))
{
    struct chip_error error = pcsc_line_run(line, call, BLINK_MS, -1);
    return error.code == CHIP_OK ? pcsc_error((uint32_t)(*line)->code, PCSC_BEFORE, (*line)->step)
                                 : error;
}

// The ACR122U takes it for a command to the card, too, when one lies there, and keeps it for
// itself.
static struct chip_error blink_by_command(struct pcsc_line **line)
{
    struct chip_error error = run(line, pcsc_call_connect);

    if (error.code != CHIP_OK)
        return error;
    (*line)->answer.n = 0;
    bytes_put(&(*line)->command, acr122, sizeof acr122);
    error = run(line, pcsc_call_transmit);
    if (*line != NULL)
        (*line)->leaving = SCARD_LEAVE_CARD;
    if (error.code == CHIP_OK && !acr122_took_it(&(*line)->answer))
        error.code = CHIP_UNSUPPORTED;
    return error;
}

struct chip_error pcsc_blink(const char *reader)
{
    struct pcsc_line *line = pcsc_line_new(reader);
    enum light light = LIGHT_NONE;

    if (line == NULL)
        return chip_fail(CHIP_NO_MEMORY, NULL);
    struct chip_error error = run(&line, pcsc_call_describe);
    if (error.code == CHIP_OK) {
        light = light_of(line);
        if (light == LIGHT_NONE)
            error = chip_fail(CHIP_UNSUPPORTED, NULL);
    }
    if (error.code == CHIP_OK)
        error = run(&line, blink_by_escape);
    // Most drivers do not allow escape commands: no fault, and for one reader there is another way.
    if (error.code == CHIP_SERVICE_FAILED || error.code == CHIP_TRANSMIT)
        error.code = CHIP_UNSUPPORTED;
    if (error.code == CHIP_UNSUPPORTED && light == LIGHT_ACR122 && line != NULL) {
        pcsc_line_free(&line);
        line = pcsc_line_new(reader);
        error = line != NULL ? blink_by_command(&line) : chip_fail(CHIP_NO_MEMORY, NULL);
        if (error.code == CHIP_NO_CARD || error.code == CHIP_CARD_MUTE)
            error.code = CHIP_UNSUPPORTED;
    }
    pcsc_line_free(&line);
    return error;
}
