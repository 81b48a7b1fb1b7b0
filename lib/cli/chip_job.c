// SPDX-License-Identifier: MIT
#include "cli/chip_job.h"

#include "base/clock.h"
#include "base/error.h"
#include "chip/random.h"
#include "chip/record.h"
#include "chip/replay.h"
#include "chip/trace.h"
#include "cli/chip_line.h"
#include "cli/chip_record.h"
#include "cli/chip_result.h"
#include "cli/chip_state.h"
#include "cli/language.h"
#include "cli/stop.h"
#include "cli/tell.h"
#include "text/display.h"
#include "wire/object.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct chip_job *chip_job_new(const char *program, const struct chip_options *options,
                              struct output *output)
{
    struct chip_job *job = calloc(1, sizeof *job);

    if (job == NULL)
        return NULL;
    job->program = program;
    job->options = options;
    job->output = output;
    return job;
}

void chip_job_free(struct chip_job **job)
{
    if (*job == NULL)
        return;
    pcsc_free(&(*job)->pcsc);
    arena_free(&(*job)->arena);
    free(*job);
    *job = NULL;
}

static enum status status_of(struct chip_error error)
{
    switch (chip_error_blame(error.code)) {
    case CHIP_BLAME_NONE:
        return STATUS_OK;
    case CHIP_BLAME_KEY:
    case CHIP_BLAME_PROOF:
        return STATUS_NEGATIVE;
    case CHIP_BLAME_CARD:
        return STATUS_UNREADABLE;
    default:
        return STATUS_FAILED;
    }
}

enum status chip_job_end_line(struct chip_job *job, enum status status)
{
    bytes_put_char(&job->output->text, '\n');
    return output_item(job->output) ? status : STATUS_FAILED;
}

void chip_job_tell(const struct chip_job *job, const char *what, struct chip_error error)
{
    const char *hint = chip_error_hint(error.code);

    tell(job->program, what, chip_error_sentence(error.code));
    if (hint != NULL)
        tell(job->program, say(N_("what to do")), hint);
}

// ---- the card ----

enum { AGAIN_MS = 30000 }; // a card that was moved is waited for, in all

struct chip_error chip_job_service(struct chip_job *job)
{
    return job->pcsc != NULL ? chip_ok() : pcsc_new(&job->pcsc);
}

static struct chip_error open_reader(struct chip_job *job, const char *reader, struct card *card)
{
    static const char replay[] = "replay:";

    struct chip_error error;

    if (reader != NULL && strncmp(reader, replay, sizeof replay - 1) == 0) {
        error = replay_open(reader + sizeof replay - 1, card);
        if (error.code == CHIP_OK)
            chip_random_set(replay_random, card->ctx);
        return error;
    }
    error = chip_job_service(job);
    struct pcsc_open how = { .reader = reader,
                             .wait_ms = job->options->wait_ms,
                             .wait_service = job->options->wait_service,
                             .reset_wait_ms = AGAIN_MS,
                             .stop_fd = stop_fd(),
                             .waiting = chip_progress_wait,
                             .ctx = &job->waiting };
    chip_progress_begin(&job->waiting);
    if (error.code == CHIP_OK)
        error = pcsc_open(job->pcsc, &how, card);
    chip_progress_end(&job->waiting);
    return error;
}

// With what listens in between.
static struct chip_error open_card(struct chip_job *job, const char *reader, struct card *card)
{
    struct card inner;
    struct chip_error error = open_reader(job, reader, card);

    if (error.code == CHIP_OK && job->options->record != NULL) {
        inner = *card;
        error = record_open(&inner, job->options->record, card);
        if (error.code == CHIP_OK)
            chip_random_set(record_random, card->ctx);
    }
    if (error.code == CHIP_OK && job->options->trace != NULL) {
        inner = *card;
        error = trace_open(&inner, job->options->trace, job->options->trace_plain, card);
    }
    return error;
}

static bool is_stopped(void *ctx)
{
    (void)ctx;
    return stop_asked();
}

// ---- what is told of it ----

struct told {
    struct dg1 dg1;
    struct dg13 dg13;
    bool has_dg1, has_dg13;
    struct record record;
    bool has_record;
    struct bytes extra;
};

static struct chip_error understand(struct arena *arena, const struct evidence *e, struct told *t)
{
    struct lds_error fault;
    struct chip_error error = chip_ok();

    if (e->content[LDS_DG1].n > 0) {
        t->has_dg1 = dg1_read(e->content[LDS_DG1], &t->dg1, &fault);
        if (!t->has_dg1)
            error = chip_fail(CHIP_FILE_MALFORMED, "DG1");
    }
    if (e->content[LDS_DG13].n > 0)
        t->has_dg13 = dg13_read(e->content[LDS_DG13], &t->dg13, &fault);
    t->has_record = chip_record_make(arena, t->has_dg1 ? &t->dg1 : NULL,
                                     t->has_dg13 ? &t->dg13 : NULL, &t->record);
    if (t->has_dg13)
        chip_record_put_more(&t->extra, &t->dg13);
    if (t->has_dg1 && t->dg1.size != DG1_TD1)
        chip_record_put_zone(&t->extra, &t->dg1);
    // DG13 is Vietnam's; what another state keeps there is no fault of the card.
    if (e->content[LDS_DG13].n > 0 && !t->has_dg13 && t->has_record && t->record.id.n > 0)
        error = chip_fail(CHIP_FILE_MALFORMED, "DG13");
    return error;
}

// The worst that the proofs say: a chip that fails one is not believed for another.
static struct chip_error judge_proofs(const struct evidence *e)
{
    struct chip_error error = chip_ok();

    for (size_t i = 0; i < e->manifest.proofs; i++)
        if (str_eq(e->manifest.proof[i].result, str_of(chip_error_name(CHIP_NOT_GENUINE))))
            error = chip_fail(CHIP_NOT_GENUINE, NULL);
    return error;
}

static enum status put_card(struct chip_job *job, struct chip_line *line)
{
    struct told *told = arena_alloc(&job->arena, sizeof *told);

    if (told == NULL)
        return STATUS_FAILED;
    *told = (struct told){ 0 };
    struct chip_error understood = understand(&job->arena, line->evidence, told);
    if (line->error.code == CHIP_OK)
        line->error = judge_proofs(line->evidence);
    if (line->error.code == CHIP_OK)
        line->error = understood;
    line->record = told->has_record ? &told->record : NULL;
    line->extra = bytes_str(&told->extra);
    chip_line_put(&job->output->text, line);
    bytes_free(&told->extra);
    line->extra = (struct str){ NULL, 0 };
    return chip_job_end_line(job, status_of(line->error));
}

// ---- reading ----

// Each record's card has a folder of its own in the one named.
static const char *folder_for(struct chip_job *job, struct str number)
{
    struct bytes path = { 0 };

    if (job->options->out == NULL)
        return NULL;
    bytes_put_str(&path, str_of(job->options->out));
    bytes_put_char(&path, '/');
    bytes_put_str(&path, number);
    const char *folder = path.failed ? NULL : arena_copy(&job->arena, bytes_str(&path)).p;
    bytes_free(&path);
    return folder;
}

// Only what was read as a whole.
static enum status keep(struct chip_job *job, const char *folder, struct chip_line *line,
                        struct evidence *evidence)
{
    if (folder == NULL || line->error.code != CHIP_OK)
        return STATUS_OK;
    chip_result_add_images(&job->arena, evidence);
    if (!evidence_save(folder, evidence)) {
        tell_failure(job->program, folder, errno);
        return STATUS_FAILED;
    }
    line->kept = str_of(folder);
    return STATUS_OK;
}

static enum status put_line(struct chip_job *job, struct chip_line *line)
{
    if (line->evidence != NULL)
        return put_card(job, line);
    chip_line_put(&job->output->text, line);
    return chip_job_end_line(job, status_of(line->error));
}

static void read_card(struct chip_job *job, struct card *card, const struct chip_keys *keys,
                      struct session *session, struct chip_line *line)
{
    struct session_options how = job->options->session;
    struct chip_progress progress;
    struct evidence *evidence = arena_alloc(&job->arena, sizeof *evidence);
    uint64_t began = clock_now();

    how.key = keys->at;
    how.keys = keys->n;
    chip_progress_begin(&progress);
    how.watch = (struct session_watch){
        .step = chip_progress_step, .file = chip_progress_file, .stop = is_stopped, .ctx = &progress
    };
    line->error = session_read(card, &how, session);
    chip_progress_end(&progress);
    // The command under way may have ended for another reason, and first.
    if (line->error.code != CHIP_OK && stop_asked())
        line->error = chip_fail(CHIP_STOPPED, line->error.step);
    if (evidence == NULL) {
        line->error = chip_fail(CHIP_NO_MEMORY, NULL);
        return;
    }
    chip_result_make(&job->arena, session, card, line->error, evidence);
    evidence->manifest.milliseconds = (clock_now() - began) / CLOCK_MILLISECOND;
    line->evidence = session->access != NULL ? evidence : NULL;
    job->cards++;
}

static enum status read_and_tell(struct chip_job *job, struct card *card,
                                 const struct chip_keys *keys, const char *folder,
                                 struct chip_line *line)
{
    struct session *session = calloc(1, sizeof *session);
    enum status status = STATUS_OK;

    if (session == NULL)
        return STATUS_FAILED;
    read_card(job, card, keys, session, line);
    if (line->error.code != CHIP_OK)
        chip_job_tell(job, card->reader, line->error);
    if (line->evidence != NULL)
        status = keep(job, folder, line, line->evidence);
    status = status_worse(status, put_line(job, line));
    session_free(session);
    free(session);
    return status;
}

static enum status read_one(struct chip_job *job, const char *reader, const struct chip_keys *keys,
                            const char *folder, struct chip_line *line)
{
    struct card card = { 0 };
    enum status status;

    line->error = open_card(job, reader, &card);
    if (line->error.code == CHIP_OK) {
        if (line->object.n == 0)
            line->reader = str_of(card.reader);
        status = read_and_tell(job, &card, keys, folder, line);
    } else {
        chip_job_tell(job, reader != NULL ? reader : say(N_("the reader")), line->error);
        status = put_line(job, line);
    }
    line->reader = (struct str){ NULL, 0 };
    chip_random_set(NULL, NULL);
    card_close(&card);
    return status;
}

enum status chip_job_read_on(struct chip_job *job, const char *reader, const struct chip_keys *keys)
{
    struct chip_line line = { .error = chip_ok() };
    enum status status = read_one(job, reader, keys, job->options->out, &line);

    arena_reset(&job->arena);
    return status;
}

enum status chip_job_read(struct chip_job *job, const struct chip_keys *keys)
{
    return chip_job_read_on(job, job->options->reader, keys);
}

// ---- the cards of records ----

// Before the next card: the last one has to go.
static void wait_for_absence(struct chip_job *job)
{
    enum { ASK_EACH = 200 }; // milliseconds
    struct pcsc_reader reader;
    bool asked = false;

    while (job->cards > 0 && job->pcsc != NULL && !stop_asked()) {
        struct pcsc_readers all;
        bool present = false;
        if (job->options->reader != NULL &&
            pcsc_find(job->pcsc, job->options->reader, &reader).code == CHIP_OK)
            present = reader.present;
        else if (pcsc_list(job->pcsc, &all).code == CHIP_OK)
            for (size_t i = 0; i < all.n; i++)
                present |= all.reader[i].present;
        if (!present)
            return;
        if (!asked)
            fprintf(stderr, "%s\n", say(N_("Take the card away.")));
        asked = true;
        struct pollfd stop = { .fd = stop_fd(), .events = POLLIN };
        poll(&stop, 1, ASK_EACH);
    }
}

// Whose turn it is; escaped, since a record comes from outside.
static void ask_for(const struct record *r)
{
    struct bytes text = { 0 };

    bytes_put_str(&text, str_of(say(N_("Lay this card on the reader:"))));
    bytes_put_char(&text, ' ');
    display_put(&text, r->name.n > 0 ? r->name : r->derived.name_ascii);
    bytes_put_char(&text, ' ');
    display_put(&text, r->id);
    bytes_put_char(&text, '\n');
    if (!text.failed)
        fwrite(text.p, 1, text.n, stderr);
    bytes_free(&text);
}

static enum status pass_on(struct chip_job *job, struct chip_line *line,
                           const struct wire_object *object)
{
    if (object->kind == WIRE_OBJECT_ERROR || object->error_code.n > 0) {
        enum error_code code = error_from_name(object->error_code);
        bytes_put_str(&job->output->text, line->object);
        return chip_job_end_line(job, code != ERROR_COUNT && error_class_of(code) == ERROR_NEGATIVE
                                          ? STATUS_NEGATIVE
                                          : STATUS_UNREADABLE);
    }
    if (object->kind == WIRE_OBJECT_INVALID)
        line->object.n = 0;
    line->error = chip_fail(CHIP_NO_KEY, NULL);
    chip_line_put(&job->output->text, line);
    return chip_job_end_line(job, STATUS_UNREADABLE);
}

static enum status read_record(struct chip_job *job, struct str text)
{
    struct wire_object object;
    struct chip_keys keys = { .n = 0 };
    struct chip_line line = { .object = str_trim(text) };

    if (!wire_object_read(&job->arena, line.object, false, &object))
        return STATUS_FAILED;
    line.lacks_version = !object.has_version;
    line.lacks_source = !object.has_source;
    // A card that is read once more has one chip in its line.
    if ((object.has_chip || object.source_goes) &&
        !wire_object_drop_chip(&job->arena, &line.object))
        return STATUS_FAILED;
    if (object.record != NULL)
        chip_keys_of_record(&keys, object.record);
    if (keys.n == 0)
        return pass_on(job, &line, &object);
    wait_for_absence(job);
    ask_for(object.record);
    enum status status =
        read_one(job, job->options->reader, &keys, folder_for(job, object.record->id), &line);
    chip_keys_wipe(&keys);
    return status;
}

enum status chip_job_records(struct chip_job *job, struct lines_source source)
{
    struct lines lines;
    struct str line;
    enum lines_event event;
    enum status status = STATUS_OK;

    if (!lines_open(&lines, source, false))
        return STATUS_FAILED;
    while (!stop_asked() && (event = lines_next(&lines, &line)) != LINES_DONE) {
        if (str_trim(line).n == 0)
            continue;
        if (event == LINES_TOO_LONG)
            line.n = 0;
        status = status_worse(status, read_record(job, line));
        arena_reset(&job->arena);
        if (job->output->native != 0)
            break;
    }
    if (lines.failed)
        status = STATUS_FAILED;
    lines_close(&lines);
    return status;
}

// ---- an evidence folder ----

// What ended the reading, so that a part is not taken for the whole.
static struct chip_error manifest_error(struct str name)
{
    for (enum chip_code code = CHIP_OK; code < CHIP_CODE_COUNT; code++)
        if (name.n == 0 || str_eq(name, str_of(chip_error_name(code))))
            return chip_fail(code, NULL);
    return chip_fail(CHIP_EVIDENCE, NULL);
}

static struct chip_error loaded_error(enum evidence_loaded loaded, const struct evidence *e)
{
    return loaded == EVIDENCE_LOADED    ? manifest_error(e->manifest.error)
           : loaded == EVIDENCE_ALTERED ? chip_fail(CHIP_EVIDENCE_ALTERED, NULL)
                                        : chip_fail(CHIP_EVIDENCE, NULL);
}

enum status chip_job_dump(struct chip_job *job, const char *folder)
{
    static struct evidence evidence;
    const char *name;
    enum evidence_loaded loaded = evidence_load(&job->arena, folder, &evidence, &name);
    int native = errno;
    struct chip_line line = { .folder = str_of(folder), .error = loaded_error(loaded, &evidence) };
    enum status status;

    if (loaded == EVIDENCE_UNREADABLE)
        tell_failure(job->program, name, native);
    else if (loaded != EVIDENCE_LOADED)
        chip_job_tell(job, loaded == EVIDENCE_ALTERED ? name : folder, line.error);
    if (loaded == EVIDENCE_LOADED || loaded == EVIDENCE_ALTERED) {
        line.evidence = &evidence;
        line.kept = str_of(folder);
    }
    status = put_line(job, &line);
    evidence_free(&evidence);
    arena_reset(&job->arena);
    return status;
}
