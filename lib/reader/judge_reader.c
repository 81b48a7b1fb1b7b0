// SPDX-License-Identifier: MIT
// Questions about one reader of the service and the card on it.
#include "reader/models.h"
#include "reader/rows.h"

enum {
    SHORT_COMMAND = 261, // ISO/IEC 7816-3, 12.1: the longest in short form
    // 18,000 bytes at 106 kbit/s take 1.4 seconds on the air alone; four times that is no reader as
    // it should be.
    SLOW_PICTURE_US = 8000000,
    SLOW_ROUND_TRIP_US = 150000,
};

static const struct machine_device *device_of(const struct judging *j,
                                              const struct desk_reader *reader)
{
    for (size_t d = 0; d < j->machine->devices; d++)
        if (same_reader(&j->machine->device[d], reader))
            return &j->machine->device[d];
    return NULL;
}

static const struct reader_model *model_of(const struct machine_device *device,
                                           const struct desk_reader *reader)
{
    if (reader->vendor_id != 0)
        return reader_model(reader->vendor_id, reader->product_id);
    return device != NULL ? reader_model(device->vendor_id, device->product_id) : NULL;
}

// Laptops have a contact reader of their own, which harms nobody beside another one.
static bool another_is_contactless(const struct judging *j, const struct desk_reader *reader)
{
    for (size_t i = 0; i < j->desk->readers; i++) {
        const struct desk_reader *other = &j->desk->reader[i];
        const struct reader_model *model = model_of(device_of(j, other), other);
        if (other != reader && (other->card == DESK_CARD_CHIP ||
                                (model != NULL && model->contactless) || model == NULL))
            return true;
    }
    return false;
}

static void judge_model(struct judging *j, const struct desk_reader *reader,
                        const struct machine_device *device, const struct reader_model *model)
{
    struct doctor_row *row;

    if (model != NULL && device != NULL && device->release < model->sound_from) {
        row = row_found(j, FINDING_FIRMWARE, reader->name);
        row_say(j, row, "sound_from", "%x.%02x", model->sound_from >> 8, model->sound_from & 0xFFu);
    } else if (model != NULL && !model->contactless && reader->card != DESK_CARD_CHIP) {
        row = row_found(j, FINDING_CONTACT_ONLY, reader->name);
        if (another_is_contactless(j, reader))
            row->state = DOCTOR_NOTE;
    } else if (model != NULL && model->slow_empty && reader->card == DESK_CARD_NONE) {
        row = row_found(j, FINDING_SLOW_EMPTY, reader->name);
    } else {
        row = row_good(j, CHECK_READER_MODEL, reader->name);
    }
    if (model != NULL)
        row_fact(row, "model", str_of(model->name));
    row_fact(row, "vendor", reader->vendor);
    row_personal(row, "serial", reader->serial);
    row_fact(row, "version", reader->version);
    if (device != NULL)
        row_say(j, row, "firmware", "%x.%02x", device->release >> 8, device->release & 0xFFu);
    if (reader->vendor_id != 0)
        row_say(j, row, "usb", "%04x:%04x", reader->vendor_id, reader->product_id);
}

static bool says_short_only(const struct desk_reader *reader, const struct reader_model *model)
{
    if (reader->tells_longest)
        return reader->longest <= SHORT_COMMAND;
    return model != NULL && model->short_only;
}

static void judge_length(struct judging *j, const struct desk_reader *reader,
                         const struct reader_model *model)
{
    struct doctor_row *row;

    if (!reader->tells_longest && model == NULL) {
        row_skipped(j, CHECK_READER_LENGTH, reader->name, N_("the reader does not say"));
        return;
    }
    row = says_short_only(reader, model) ? row_found(j, FINDING_SHORT_ONLY, reader->name)
                                         : row_good(j, CHECK_READER_LENGTH, reader->name);
    if (reader->tells_longest)
        row_say(j, row, "longest", "%u", reader->longest);
}

static void judge_present(struct judging *j, const struct desk_reader *reader)
{
    if (reader->card == DESK_CARD_NONE)
        row_found(j, FINDING_CARD_ABSENT, reader->name);
    else if (reader->card == DESK_CARD_MUTE)
        row_found(j, FINDING_CARD_MUTE, reader->name);
    else
        row_good(j, CHECK_CARD_PRESENT, reader->name);
}

static void say_hex(struct judging *j, struct doctor_row *row, const char *name, const uint8_t *p,
                    size_t n, bool personal)
{
    static const char digits[] = "0123456789abcdef";
    char text[2 * 64];

    for (size_t i = 0; i < n && i < 64; i++) {
        text[2 * i] = digits[p[i] >> 4];
        text[2 * i + 1] = digits[p[i] & 15];
    }
    struct str value = arena_copy(j->report->arena, (struct str){ text, 2 * (n < 64 ? n : 64) });
    if (personal)
        row_personal(row, name, value);
    else
        row_fact(row, name, value);
}

static void judge_kind(struct judging *j, const struct desk_reader *reader)
{
    const struct desk_trial *trial = &reader->trial;
    struct doctor_row *row;

    if (reader->card == DESK_CARD_MEMORY)
        row = row_found(j, FINDING_CARD_MEMORY, reader->name);
    else if (reader->card == DESK_CARD_CONTACT)
        row = row_found(j, FINDING_CARD_CONTACT, reader->name);
    else
        row = row_good(j, CHECK_CARD_KIND, reader->name);
    say_hex(j, row, "atr", reader->atr, reader->atr_length, false);
    say_hex(j, row, "historical", trial->historical, trial->historical_length, false);
    if (trial->uid_length > 0)
        say_hex(j, row, "uid", trial->uid, trial->uid_length, true);
    if (trial->uid_fixed != DESK_NOT_ASKED)
        row_fact(row, "uid_is", trial->uid_fixed == DESK_YES ? STR("fixed") : STR("random"));
}

static void judge_free(struct judging *j, const struct desk_reader *reader)
{
    struct doctor_row *row = reader->held ? row_found(j, FINDING_CARD_HELD, reader->name)
                                          : row_good(j, CHECK_CARD_FREE, reader->name);

    for (size_t i = 0; (reader->held || reader->in_use) && i < j->machine->holders; i++)
        row_fact(row, "program", j->machine->holder[i]);
}

static void judge_document(struct judging *j, const struct desk_reader *reader)
{
    if (reader->trial.document == DESK_NO)
        row_found(j, FINDING_NOT_DOCUMENT, reader->name);
    else
        row_good(j, CHECK_CARD_DOCUMENT, reader->name);
}

static void say_answer(struct doctor_row *row, const char *name, enum desk_answer answer)
{
    if (answer != DESK_NOT_ASKED)
        row_fact(row, name, answer == DESK_YES ? STR("yes") : STR("no"));
}

static void judge_access(struct judging *j, const struct desk_reader *reader)
{
    const struct desk_trial *trial = &reader->trial;
    bool none = trial->pace == DESK_NO && trial->bac == DESK_NO;
    struct doctor_row *row = none ? row_found(j, FINDING_NO_ACCESS, reader->name)
                                  : row_good(j, CHECK_CARD_ACCESS, reader->name);

    say_answer(row, "card_access", trial->card_access);
    say_answer(row, "pace", trial->pace);
    say_answer(row, "bac", trial->bac);
}

static void judge_extended(struct judging *j, const struct desk_reader *reader,
                           const struct reader_model *model)
{
    if (reader->trial.extended == DESK_YES)
        row_good(j, CHECK_EXTENDED_LENGTH, reader->name);
    else
        row_found(j,
                  says_short_only(reader, model) || (!reader->tells_longest && model == NULL)
                      ? FINDING_EXTENDED_NOT
                      : FINDING_EXTENDED_LIES,
                  reader->name);
}

static void judge_field(struct judging *j, const struct desk_reader *reader)
{
    const struct desk_trial *trial = &reader->trial;
    struct doctor_row *row;

    if (trial->reader_lost)
        row = row_found(j, FINDING_READER_GONE, reader->name);
    else if (trial->card_lost || trial->failures > 0)
        row = row_found(j, FINDING_FIELD_UNSTABLE, reader->name);
    else
        row = row_good(j, CHECK_FIELD, reader->name);
    row_say(j, row, "commands", "%u", trial->commands);
    row_say(j, row, "failures", "%u", trial->failures);
}

static void judge_speed(struct judging *j, const struct desk_reader *reader)
{
    const struct desk_trial *trial = &reader->trial;
    bool slow = trial->picture_us > SLOW_PICTURE_US || trial->round_trip_us > SLOW_ROUND_TRIP_US;
    struct doctor_row *row =
        slow ? row_found(j, FINDING_SLOW, reader->name) : row_good(j, CHECK_SPEED, reader->name);

    row_say(j, row, "round_trip_ms", "%.1f", (double)trial->round_trip_us / 1000);
    row_say(j, row, "bytes_per_second", "%lu", (unsigned long)trial->bytes_per_second);
    row_say(j, row, "picture_s", "%.1f", (double)trial->picture_us / 1000000);
    row_say(j, row, "picture_short_s", "%.1f", (double)trial->picture_short_us / 1000000);
}

// What was not asked because the trial ended early is skipped with the question that ended it.
static bool not_tried(struct judging *j, enum doctor_check check, const struct desk_reader *reader,
                      bool asked)
{
    const char *why = N_("it was not tried");

    if (row_pointless(j, check, CHECK_CARD_PRESENT, reader->name))
        return true;
    if (reader->card == DESK_CARD_NONE)
        why = N_("no card lies there");
    else if (reader->tried && asked)
        return false;
    row_skipped(j, check, reader->name, why);
    return true;
}

static void judge_trial(struct judging *j, const struct desk_reader *reader,
                        const struct reader_model *model)
{
    const struct desk_trial *trial = &reader->trial;
    // A card that went away ends all that comes after; the cause is told before its consequences.
    bool lost = reader->tried && (trial->card_lost || trial->reader_lost);

    if (!not_tried(j, CHECK_CARD_DOCUMENT, reader, trial->document != DESK_NOT_ASKED))
        judge_document(j, reader);
    if (!not_tried(j, CHECK_CARD_ACCESS, reader,
                   trial->pace != DESK_NOT_ASKED || trial->bac != DESK_NOT_ASKED))
        judge_access(j, reader);
    if (!not_tried(j, CHECK_EXTENDED_LENGTH, reader, trial->extended != DESK_NOT_ASKED))
        judge_extended(j, reader, model);
    if (!not_tried(j, CHECK_FIELD, reader, lost || trial->commands > 0))
        judge_field(j, reader);
    if (!not_tried(j, CHECK_SPEED, reader, trial->round_trip_us > 0))
        judge_speed(j, reader);
}

void judge_reader(struct judging *j, const struct desk_reader *reader)
{
    const struct machine_device *device = device_of(j, reader);
    const struct reader_model *model = model_of(device, reader);

    judge_model(j, reader, device, model);
    judge_length(j, reader, model);
    judge_present(j, reader);
    if (reader->card == DESK_CARD_NONE)
        row_skipped(j, CHECK_CARD_KIND, reader->name, N_("no card lies there"));
    else if (!row_pointless(j, CHECK_CARD_KIND, CHECK_CARD_PRESENT, reader->name))
        judge_kind(j, reader);
    if (reader->card == DESK_CARD_NONE)
        row_skipped(j, CHECK_CARD_FREE, reader->name, N_("no card lies there"));
    else if (!row_pointless(j, CHECK_CARD_FREE, CHECK_CARD_PRESENT, reader->name))
        judge_free(j, reader);
    judge_trial(j, reader, model);
}
