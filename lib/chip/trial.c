// SPDX-License-Identifier: MIT
#include "chip/trial.h"

#include "chip/crypto.h"
#include "chip/domain.h"
#include "chip/trial_work.h"
#include "lds/security_infos.h"

#include <stdio.h>

enum {
    CLA_READER = 0xFF, // what the reader answers itself (PC/SC part 3, 3.2)
    INS_GET_DATA = 0xCA,
    UID = 0,
    ATS = 1, // in P1
    INS_SELECT = 0xA4,
    BY_NAME = 0x04,
    NO_ANSWER_DATA = 0x0C,
    INS_GET_CHALLENGE = 0x84,
    CHALLENGE = 8, // ICAO Doc 9303-11, 4.3.4.1
    CHALLENGE_LONG = 300,
    INS_MSE = 0x22,
    SET_AT_PACE = 0xC1,
    AT = 0xA4,
    INS_READ_BINARY = 0xB0,
    INS_READ_BINARY_ODD = 0xB1,
    LONGEST_SHORT = 300, // what a reader that stands no more has to say
    SHORT_DATA = 255,
    PHASE_TRIES = 2,
    SW_TRIES_LEFT = 0x63C0,
    SW_WRONG_CLASS = 0x6E00,
    SW_NO_DIAGNOSIS = 0x6F00,
};

// ---- one command ----

// Without data where the status word is another one than 9000.
static struct chip_error ask(struct trial_work *w, const struct apdu *a, struct answer *out)
{
    if (w->how->stop != NULL && w->how->stop(w->how->ctx)) {
        *out = (struct answer){ 0 };
        return chip_fail(CHIP_STOPPED, NULL);
    }
    return channel_send(&w->channel, a, out);
}

static struct chip_error ask_status(struct trial_work *w, const struct apdu *a, uint16_t *sw)
{
    struct answer answer;
    struct chip_error error = ask(w, a, &answer);

    *sw = answer.sw;
    answer_free(&answer);
    return error;
}

static void note(struct chip_trial *out, enum chip_code code)
{
    switch (code) {
    case CHIP_CARD_GONE:
    case CHIP_CARD_CHANGED:
    case CHIP_NO_CARD:
    case CHIP_CARD_MUTE:
        out->card_lost = true;
        break;
    case CHIP_READER_GONE:
    case CHIP_READER_UNKNOWN:
    case CHIP_NO_READER:
        out->reader_lost = true;
        break;
    default:
        break;
    }
}

static struct chip_error begin_anew(struct trial_work *w)
{
    struct chip_error error = card_reset(w->card);

    w->gone = error.code != CHIP_OK;
    note(w->out, error.code);
    return error;
}

// Of the card, or of what it said of a file that it showed before.
static bool may_be_cured(struct chip_error error)
{
    enum chip_blame blame = chip_error_blame(error.code);
    return blame == CHIP_BLAME_CARD || blame == CHIP_BLAME_NONE;
}

struct chip_error trial_recover(struct trial_work *w, struct chip_error error)
{
    note(w->out, error.code);
    return may_be_cured(error) ? begin_anew(w) : error;
}

// ---- who it is ----

static struct chip_error read_uid(struct trial_work *w, uint8_t uid[10], size_t *length)
{
    struct apdu get = { .cla = CLA_READER, .ins = INS_GET_DATA, .p1 = UID, .ne = APDU_NE_SHORT };
    struct answer answer;
    struct chip_error error = ask(w, &get, &answer);
    size_t n = error.code == CHIP_OK && answer.sw == SW_OK ? answer.data.n : 0;

    // ISO/IEC 14443-3, 6.5.4: single, double, triple size; type B has one of 4 (7.9.2).
    *length = n == 4 || n == 7 || n == 10 ? n : 0;
    if (*length > 0)
        memcpy(uid, answer.data.p, *length);
    answer_free(&answer);
    return error;
}

// Drawn anew when the card gets power, or its own for ever?
static struct chip_error learn_uid(struct trial_work *w)
{
    struct chip_trial *out = w->out;
    uint8_t second[10];
    size_t length = 0;
    struct chip_error error = read_uid(w, out->uid, &out->uid_length);

    if (error.code != CHIP_OK || out->uid_length == 0)
        return error;
    error = begin_anew(w);
    if (error.code == CHIP_OK)
        error = read_uid(w, second, &length);
    if (error.code == CHIP_OK && length > 0) {
        bool same = length == out->uid_length && memcmp(second, out->uid, length) == 0;
        out->uid_fixed = same ? TRIAL_YES : TRIAL_NO;
    }
    return error;
}

static void keep_historical(struct chip_trial *out, struct str bytes)
{
    bytes = str_head(bytes, sizeof out->historical);
    out->historical_length = bytes.n;
    if (bytes.n > 0)
        memcpy(out->historical, bytes.p, bytes.n);
}

// ISO/IEC 7816-3, 8.2: T0 has their number, and each Yi tells which of TA, TB, TC and TD follow.
static struct str historical_of_atr(const struct card *card)
{
    struct str atr = str_octets(card->atr, card->atr_length);
    struct str none = { NULL, 0 };
    size_t at = 1;

    if (atr.n < 2)
        return none;
    size_t count = (uint8_t)atr.p[1] & 0x0F;
    for (bool more = true; more;) {
        unsigned which = (uint8_t)atr.p[at] >> 4;
        more = (which & 8) != 0;
        at += (size_t)__builtin_popcount(which);
        if (more && at >= atr.n)
            return none;
    }
    struct str rest = str_from(atr, at + 1);
    return rest.n >= count ? str_head(rest, count) : none;
}

// PC/SC part 3, 3.2.2.1.3 gives the historical bytes; there are readers that give the whole ATS
// (ISO/IEC 14443-4, 5.2): its length, a byte that tells which of three follow, and then them.
static struct str historical_of_ats(struct str answer)
{
    if (answer.n < 2 || (uint8_t)answer.p[0] != answer.n)
        return answer;
    unsigned which = (uint8_t)answer.p[1] >> 4 & 7;
    return str_from(answer, 2 + (size_t)__builtin_popcount(which));
}

static struct chip_error learn_historical(struct trial_work *w)
{
    struct apdu get = { .cla = CLA_READER, .ins = INS_GET_DATA, .p1 = ATS, .ne = APDU_NE_SHORT };
    struct answer answer;

    keep_historical(w->out, historical_of_atr(w->card));
    struct chip_error error = ask(w, &get, &answer);
    if (error.code == CHIP_OK && answer.sw == SW_OK && answer.data.n > 0)
        keep_historical(w->out, historical_of_ats(bytes_str(&answer.data)));
    answer_free(&answer);
    return error;
}

static struct chip_error learn_identity(struct trial_work *w)
{
    struct chip_error error = learn_uid(w);
    return error.code == CHIP_OK ? learn_historical(w) : error;
}

// ---- which doors it has ----

static void name_protocol(struct chip_trial *out, const struct security_info *info)
{
    char space[64], text[160], number[24];
    size_t have = strlen(out->protocols);
    const char *domain = info->has_id ? domain_curve_name(info->id) : NULL;

    if (domain == NULL && info->has_id) {
        snprintf(number, sizeof number, "parameters %u", (unsigned)info->id);
        domain = number;
    }
    int n = snprintf(text, sizeof text, "%s%s%s%s%s", have > 0 ? ", " : "",
                     security_oid_name(info->oid, space), domain != NULL ? " (" : "",
                     domain != NULL ? domain : "", domain != NULL ? ")" : "");
    if (n > 0 && (size_t)n < sizeof text && have + (size_t)n < sizeof out->protocols)
        memcpy(out->protocols + have, text, (size_t)n + 1);
}

// False where it is none.
static bool read_protocols(struct chip_trial *out, struct str file)
{
    struct security_infos infos;
    struct lds_error malformed;

    if (!security_infos_read(file, &infos, &malformed))
        return false;
    out->pace = TRIAL_NO;
    for (size_t i = 0; i < infos.n; i++)
        if (infos.at[i].kind == SECURITY_PACE) {
            out->pace = TRIAL_YES;
            name_protocol(out, &infos.at[i]);
        }
    return true;
}

struct chip_error trial_read_file(struct trial_work *w)
{
    struct file_reader reader = { .channel = &w->channel };

    w->channel.extended = false;
    bytes_free(&w->file);
    return file_read(&reader, LDS_CARD_ACCESS, &w->file);
}

// Before the application is selected: some cards do not show the file afterwards.
static struct chip_error learn_access(struct trial_work *w)
{
    struct chip_error error = trial_read_file(w);

    w->out->protocols[0] = '\0';
    switch (error.code) {
    case CHIP_OK:
        w->out->card_access = read_protocols(w->out, bytes_str(&w->file)) ? TRIAL_YES : TRIAL_NO;
        return error;
    case CHIP_FILE_ABSENT:
    case CHIP_FILE_REFUSED:
    case CHIP_STATUS:
    case CHIP_FILE_SHORT:
    case CHIP_FILE_MALFORMED:
        w->out->card_access = TRIAL_NO;
        return chip_ok();
    default:
        return error;
    }
}

static struct chip_error learn_challenge(struct trial_work *w)
{
    struct apdu get = { .ins = INS_GET_CHALLENGE, .ne = CHALLENGE };
    struct answer answer;
    struct chip_error error = ask(w, &get, &answer);

    if (error.code == CHIP_OK)
        w->out->bac = answer.sw == SW_OK && answer.data.n == CHALLENGE ? TRIAL_YES : TRIAL_NO;
    answer_free(&answer);
    return error;
}

// ICAO Doc 9303-11, 4.2: an application that is shown after PACE only answers that it is guarded.
static struct chip_error learn_application(struct trial_work *w)
{
    struct chip_error error = file_select_application(&w->channel);

    if (error.code == CHIP_NO_DOCUMENT) {
        w->out->document = TRIAL_NO;
        return chip_ok();
    }
    if (error.code == CHIP_STATUS) {
        w->out->document = TRIAL_YES;
        w->out->bac = TRIAL_NO;
        return chip_ok();
    }
    if (error.code != CHIP_OK)
        return error;
    w->out->document = TRIAL_YES;
    return learn_challenge(w);
}

// A card that does not show EF.CardAccess is asked for the protocol that Vietnam's cards have. This
// chooses it and begins nothing, so that no attempt is counted (ICAO Doc 9303-11, 4.4.4.1); 63Cx
// only tells how many are left.
static struct chip_error learn_pace(struct trial_work *w)
{
    static const char data[] = "\x80\x0A\x04\x00\x7F\x00\x07\x02\x02\x04\x02\x02\x83\x01\x02";
    struct apdu set = {
        .ins = INS_MSE, .p1 = SET_AT_PACE, .p2 = AT, .data = { data, sizeof data - 1 }
    };
    uint16_t sw = 0;

    if (w->out->pace != TRIAL_NOT_ASKED || w->out->document != TRIAL_YES)
        return chip_ok();
    struct chip_error error = begin_anew(w);
    if (error.code == CHIP_OK)
        error = ask_status(w, &set, &sw);
    if (error.code != CHIP_OK)
        return error;
    if (sw == SW_OK || (sw & 0xFFF0) == SW_TRIES_LEFT)
        read_protocols(w->out, security_card_access_vietnam());
    else
        w->out->pace = TRIAL_NO;
    return error;
}

// ---- which lengths get through ----

// The same command in the short form, which is known to get through, and in the extended one. What
// a card says to both alike is about the command; only what it says to the long one alone is about
// its length.
static enum trial_answer compare(uint16_t with_short, uint16_t with_long)
{
    if (with_short == SW_WRONG_LENGTH || with_short == SW_WRONG_INS || with_short == SW_WRONG_CLASS)
        return TRIAL_NOT_ASKED; // cards say these before they look at the length, or after
    if (with_long == with_short)
        return TRIAL_YES;
    return with_long == SW_WRONG_LENGTH || with_long == SW_WRONG_INS ||
                   with_long == SW_WRONG_CLASS || with_long == SW_NO_DIAGNOSIS
               ? TRIAL_NO
               : TRIAL_YES;
}

// An error of what carries the command is an answer, too, when it comes twice while a short command
// gets through.
static struct chip_error try_long(struct trial_work *w, const struct apdu *short_one,
                                  const struct apdu *long_one, enum trial_answer *out)
{
    struct chip_error error = chip_ok();
    uint16_t with_short, with_long;

    for (int tries = 0; tries < PHASE_TRIES; tries++) {
        w->channel.extended = false;
        error = ask_status(w, short_one, &with_short);
        if (error.code != CHIP_OK)
            return error;
        w->channel.extended = true;
        error = ask_status(w, long_one, &with_long);
        w->channel.extended = false;
        if (error.code == CHIP_OK) {
            *out = compare(with_short, with_long);
            return error;
        }
        if (!may_be_cured(error))
            return error;
        error = begin_anew(w);
        if (error.code != CHIP_OK)
            return error;
    }
    *out = TRIAL_NO;
    return error;
}

struct apdu trial_select_nothing(char *name, size_t length)
{
    static const char begin[] = { (char)0xF0, 'C', 'C', 'C', 'D' }; // F: of nobody's registration

    memset(name, 0, length);
    memcpy(name, begin, sizeof begin);
    return (struct apdu){
        .ins = INS_SELECT, .p1 = BY_NAME, .p2 = NO_ANSWER_DATA, .data = { name, length }
    };
}

// READ BINARY whose data field is too long for what stands in it: nothing is read of any file.
static struct apdu read_nothing(char *data, size_t length)
{
    static const char offset[] = { 0x54, 1, 0 };

    memset(data, 0, length);
    memcpy(data, offset, sizeof offset);
    return (struct apdu){ .ins = INS_READ_BINARY_ODD, .data = { data, length }, .ne = 1 };
}

// Commands: more data than the short form has room for.
static struct chip_error try_sending(struct trial_work *w, enum trial_answer *out)
{
    struct apdu (*const make[])(char *, size_t) = { trial_select_nothing, read_nothing };
    char first[TRIAL_NAME_MAX], second[TRIAL_NAME_MAX];
    struct chip_error error = chip_ok();

    for (size_t i = 0; i < 2 && *out == TRIAL_NOT_ASKED && error.code == CHIP_OK; i++) {
        struct apdu short_one = make[i](first, SHORT_DATA);
        struct apdu long_one = make[i](second, TRIAL_NAME_MAX);
        error = try_long(w, &short_one, &long_one, out);
    }
    return error;
}

// Answers: EF.CardAccess asked for with an Le of three bytes. It is shorter than 256 bytes, so that
// this shows no more than that such commands are understood.
static struct chip_error try_reading(struct trial_work *w, enum trial_answer *out)
{
    uint32_t longest = w->card->longest;
    struct apdu short_one = { .ins = INS_READ_BINARY, .ne = APDU_NE_SHORT };
    struct apdu long_one = { .ins = INS_READ_BINARY,
                             .ne = longest > LONGEST_SHORT && longest < APDU_NE_EXTENDED
                                       ? longest - 2
                                       : APDU_NE_EXTENDED };

    if (w->out->card_access != TRIAL_YES)
        return chip_ok();
    struct chip_error error = trial_read_file(w);
    return error.code == CHIP_OK ? try_long(w, &short_one, &long_one, out) : error;
}

// Answers that are truly long: some cards give as much of chance as one asks for. That others give
// eight bytes, or refuse, says nothing.
static struct chip_error try_challenge(struct trial_work *w, enum trial_answer *out)
{
    struct apdu get = { .ins = INS_GET_CHALLENGE, .ne = CHALLENGE_LONG };
    struct answer answer = { 0 };

    if (w->out->bac != TRIAL_YES)
        return chip_ok();
    for (int tries = 0; tries < PHASE_TRIES && *out == TRIAL_NOT_ASKED; tries++) {
        struct chip_error error = file_select_application(&w->channel);
        if (error.code != CHIP_OK)
            return error;
        w->channel.extended = true;
        error = ask(w, &get, &answer);
        w->channel.extended = false;
        bool whole = answer.sw == SW_OK && answer.data.n == CHALLENGE_LONG;
        answer_free(&answer);
        if (error.code == CHIP_OK) {
            *out = whole ? TRIAL_YES : TRIAL_NOT_ASKED;
            return error;
        }
        if (may_be_cured(error))
            error = begin_anew(w);
        if (error.code != CHIP_OK)
            return error;
    }
    *out = TRIAL_NO;
    return chip_ok();
}

// A reader that says that it stands short commands only is believed; that it stands long ones is
// not.
static struct chip_error learn_extended(struct trial_work *w)
{
    enum trial_answer sends = TRIAL_NOT_ASKED, reads = TRIAL_NOT_ASKED, draws = TRIAL_NOT_ASKED;
    uint32_t longest = w->card->longest;

    if (longest != 0 && longest <= LONGEST_SHORT) {
        w->out->extended = TRIAL_NO;
        return chip_ok();
    }
    struct chip_error error = begin_anew(w);
    if (error.code == CHIP_OK)
        error = try_sending(w, &sends);
    if (error.code == CHIP_OK && sends != TRIAL_NO)
        error = try_reading(w, &reads);
    if (error.code == CHIP_OK && sends != TRIAL_NO && reads != TRIAL_NO)
        error = try_challenge(w, &draws);
    if (sends == TRIAL_NO || reads == TRIAL_NO || draws == TRIAL_NO)
        w->out->extended = TRIAL_NO;
    else if (error.code == CHIP_OK)
        w->out->extended = sends;
    return error;
}

// ---- the whole ----

// A card that moved is asked once more from the part's beginning. What cannot be found out even so
// stays open while the card is there.
static struct chip_error run_part(struct trial_work *w,
                                  struct chip_error (*part)(struct trial_work *))
{
    struct chip_error error = part(w);

    for (int tries = 0; tries < PHASE_TRIES && error.code != CHIP_OK; tries++) {
        error = trial_recover(w, error);
        if (error.code != CHIP_OK || tries + 1 == PHASE_TRIES)
            return error;
        error = part(w);
    }
    return error;
}

void trial_run(struct card *card, const struct trial_options *how, struct chip_trial *out)
{
    static struct chip_error (*const parts[])(struct trial_work *) = {
        learn_identity, learn_access, learn_application, learn_pace, learn_extended, begin_anew,
    };
    struct trial_work w = { .card = card, .how = how, .out = out, .channel = { .card = card } };
    struct chip_error error = chip_ok();

    *out = (struct chip_trial){ 0 };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && error.code == CHIP_OK; i++)
        error = run_part(&w, parts[i]);
    if (error.code == CHIP_OK)
        error = trial_repeat(&w);
    note(out, error.code);
    if (!w.gone && !out->reader_lost)
        card_reset(card);
    bytes_free(&w.file);
    out->error = error;
}
