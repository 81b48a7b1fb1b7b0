// SPDX-License-Identifier: MIT
#include "cli/doctor_job.h"

#include "cli/desk_look.h"
#include "cli/doctor_fix.h"
#include "cli/doctor_html.h"
#include "cli/doctor_json.h"
#include "cli/doctor_text.h"
#include "cli/language.h"
#include "cli/save.h"
#include "cli/stop.h"
#include "cli/tell.h"
#include "reader/judge.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

struct doctor_job {
    const struct doctor_options *how;
    struct arena arena;
    struct machine machine;
    struct desk desk;
    struct doctor_report report;
};

static const char clear_line[] = "\r\033[K";

// To try a card takes a moment, in which nobody should take it away.
static void say_trying(void *ctx, const char *reader)
{
    (void)ctx;
    (void)reader;
    if (isatty(STDERR_FILENO) == 1)
        fprintf(stderr, "%s%s", clear_line, say(N_("the card is tried; leave it there")));
}

static void say_tried(void)
{
    if (isatty(STDERR_FILENO) == 1)
        fputs(clear_line, stderr);
}

static bool look(struct doctor_job *job)
{
    const struct doctor_options *how = job->how;
    const struct desk_look questions = {
        .reader = how->reader, .repeats = TRIAL_REPEATS, .stop_fd = stop_fd(), .trying = say_trying
    };
    struct chip_error error = desk_look(&job->desk, &questions, &job->arena);

    say_tried();
    if (error.code != CHIP_OK) {
        tell(how->program, how->reader != NULL ? how->reader : how->program,
             chip_error_sentence(error.code));
        if (chip_error_hint(error.code) != NULL)
            tell(how->program, say(N_("what to do")), chip_error_hint(error.code));
        return false;
    }
    const char *root = how->sysroot != NULL ? how->sysroot : "/";
    if (!machine_look(&job->machine, root, &job->arena)) {
        tell_failure(how->program, root, errno);
        return false;
    }
    if (!doctor_judge(&job->machine, &job->desk, &job->arena, &job->report)) {
        tell_failure(how->program, how->program, ENOMEM);
        return false;
    }
    return true;
}

static bool put_lines(const struct doctor_report *report, struct output *output)
{
    for (size_t i = 0; i < report->rows; i++) {
        doctor_put_line(&output->text, &report->row[i]);
        bytes_put_char(&output->text, '\n');
        if (!output_item(output))
            return false;
    }
    return true;
}

static bool put(const struct doctor_job *job, struct output *output)
{
    const struct doctor_style style = doctor_style_for(output->fd, "auto");

    switch (job->how->format) {
    case DOCTOR_NDJSON:
        return put_lines(&job->report, output);
    case DOCTOR_JSON:
        doctor_put_json(&output->text, &job->report);
        bytes_put_char(&output->text, '\n');
        break;
    case DOCTOR_TEXT:
        doctor_put_text(&output->text, &job->report, &style);
        break;
    }
    return output_item(output);
}

static bool save(const struct doctor_job *job, const char *path, const struct bytes *text)
{
    if (!text->failed && save_text(path, bytes_str(text)))
        return true;
    tell_failure(job->how->program, path, text->failed ? ENOMEM : errno);
    return false;
}

static bool save_files(struct doctor_job *job)
{
    const struct doctor_options *how = job->how;
    struct doctor_origin origin = doctor_origin_here(&job->arena);
    struct bytes page = { 0 }, script = { 0 };
    bool saved = true;

    if (how->report != NULL) {
        page.failed |= !doctor_put_html(&page, &job->report, &origin);
        saved = save(job, how->report, &page);
    }
    if (how->fix_script != NULL) {
        doctor_put_fix(&script, &job->report, &origin);
        saved &= save(job, how->fix_script, &script);
    }
    bytes_free(&page);
    bytes_free(&script);
    return saved;
}

enum status doctor_run(const struct doctor_options *how, struct output *output)
{
    static struct doctor_job job; // too large for the stack
    enum status status = STATUS_FAILED;

    job = (struct doctor_job){ .how = how };
    if (look(&job)) {
        enum doctor_state worst = doctor_worst(&job.report);
        status = worst == DOCTOR_WARNING || worst == DOCTOR_TROUBLE ? STATUS_NEGATIVE : STATUS_OK;
        if (!put(&job, output) || !save_files(&job))
            status = STATUS_FAILED;
    }
    arena_free(&job.arena);
    return status;
}
