// SPDX-License-Identifier: MIT
// cccd-scan: pictures and documents in, the QR codes on them out.
#include "base/sanitized.h"
#include "base/wipe.h"
#include "batch/blocks.h"
#include "batch/inputs.h"
#include "cage/cage.h"
#include "cli/about.h"
#include "cli/codes.h"
#include "cli/language.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/resume.h"
#include "cli/retry.h"
#include "cli/scan_live.h"
#include "cli/scan_testcard.h"
#include "cli/scan_version.h"
#include "cli/tell.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    OPT_RECURSE,
    OPT_FILES_FROM,
    OPT_FILES0_FROM,
    OPT_ALL,
    OPT_JOBS,
    OPT_UNORDERED,
    OPT_RESUME,
    OPT_RETRY_FAILED,
    OPT_WATCH,
    OPT_STREAM,
    OPT_CROPS,
    OPT_ANNOTATE,
    OPT_BUDGET,
    OPT_MAX_PIXELS,
    OPT_MAX_BYTES,
    OPT_MAX_PAGES,
    OPT_OUT,
    OPT_SIZE,
    OPT_STATS,
    OPT_SELF_TEST,
    OPT_LANG,
    OPT_HELP,
    OPT_VERSION,
    OPT_LIST_CODES,
    OPT_COMPLETION,
};

enum { FRAME_MAX = 64000000 };

static const struct option options[] = {
    [OPT_RECURSE] = { 'r', "recurse", NULL, NULL, N_("go into folders and those below them") },
    [OPT_FILES_FROM] = { 0, "files-from", N_("FILE"), NULL,
                         N_("scan the files whose names stand in this file, one a line; - is "
                            "standard input") },
    [OPT_FILES0_FROM] = { '0', "files0-from", N_("FILE"), NULL,
                          N_("the same, each name ended by a zero byte") },
    [OPT_ALL] = { 'a', "all", NULL, NULL,
                  N_("keep QR codes that are no card, beside those that are") },
    [OPT_JOBS] = { 'j', "jobs", N_("NUMBER"), NULL,
                   N_("work with so many processes; as many as processors without the option") },
    [OPT_UNORDERED] = { 'u', "unordered", NULL, NULL,
                        N_("write results as they come, not in the order of the files") },
    [OPT_RESUME] = { 0, "resume", N_("FILE"), NULL,
                     N_("write to this file, and go on where an interrupted run left it") },
    [OPT_RETRY_FAILED] = { 0, "retry-failed", N_("FILE"), NULL,
                           N_("scan again what this earlier output has errors of") },
    [OPT_WATCH] = { 'w', "watch", N_("FOLDER"), NULL,
                    N_("scan the files in this folder, and those that come, until interrupted") },
    [OPT_STREAM] = { 0, "stream", NULL, NULL,
                     N_("read JPEG or PNM pictures, one behind the other, from standard input: a "
                        "camera; each card is written once") },
    [OPT_CROPS] = { 0, "crops", N_("FOLDER"), NULL,
                    N_("put a picture of each QR code into this folder") },
    [OPT_ANNOTATE] = { 0, "annotate", N_("FOLDER"), NULL,
                       N_("put a picture of each page, its QR codes outlined, into this folder") },
    [OPT_BUDGET] = { 0, "budget", N_("MILLISECONDS"), NULL,
                     N_("how long to look for codes on one page; 2000 without the option") },
    [OPT_MAX_PIXELS] = { 0, "max-pixels", N_("NUMBER"), NULL,
                         N_("refuse pages of more pixels; 200M without the option") },
    [OPT_MAX_BYTES] = { 0, "max-bytes", N_("NUMBER"), NULL,
                        N_("refuse larger files; 256M without the option") },
    [OPT_MAX_PAGES] = { 0, "max-pages", N_("NUMBER"), NULL,
                        N_("refuse documents of more pages; 2000 without the option") },
    [OPT_OUT] = { 0, "out", N_("FILE"), NULL,
                  N_("with testcard: write the sheet to this file, by its name as .svg, .pdf or "
                     ".png; as SVG to standard output without the option") },
    [OPT_SIZE] = { 0, "size", N_("MILLIMETRES"), "11|15|18",
                   N_("with testcard: draw the cards' codes in this size only") },
    [OPT_STATS] = { 0, "stats", NULL, NULL, N_("write a summary to standard error at the end") },
    [OPT_SELF_TEST] = { 0, "self-test", NULL, NULL,
                        N_("prove that the processes which decode files can do nothing else") },
    [OPT_LANG] = { 0, "lang", N_("LANGUAGE"), "vi|en",
                   N_("language of sentences; codes never change") },
    [OPT_HELP] = { 'h', "help", NULL, NULL, N_("show this help") },
    [OPT_VERSION] = { 'V', "version", NULL, NULL, N_("show the version") },
    [OPT_LIST_CODES] = { 0, "list-codes", NULL, NULL,
                         N_("list the codes of errors, problems and repairs") },
    [OPT_COMPLETION] = { 0, "completion", N_("SHELL"), "bash|zsh|fish", NULL },
};

static const struct command command = {
    .name = "cccd-scan",
    .usage = N_("[OPTION]... FILE|FOLDER|-... | testcard"),
    .purpose = N_("Reads the QR codes of Vietnamese identity cards from pictures and documents."),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .notes = N_("JPEG, PNG, TIFF, WebP, HEIC, AVIF, GIF, BMP, PNM and PDF are known by their "
                "content. testcard draws a sheet with invented cards, to print and to test QR "
                "scanners with cccd-parse doctor. Exit status: 0 every page has a card, 1 a page "
                "without one, 2 wrong "
                "usage, 3 some input could not be read, 4 the job could not be done."),
};

// A number with k, M or G behind it. False when it is none or out of range.
static bool read_number(const struct arguments *a, int option, uint64_t least, uint64_t most,
                        uint64_t *value)
{
    const char *text = a->value[option];
    char *end = NULL;
    unsigned shift = 0;

    if (text == NULL)
        return true;
    errno = 0;
    unsigned long long number = strtoull(text, &end, 10);
    for (const char *units = "kMG"; *end != '\0' && *units != '\0' && shift < 40; units++)
        if (*end == *units) {
            shift = (unsigned)(units - "kMG" + 1) * 3;
            end++;
            break;
        }
    for (; shift > 0 && number <= most; shift--)
        number *= 10;
    if (!char_is_digit(text[0]) || errno != 0 || *end != '\0' || number < least || number > most) {
        char range[80];
        snprintf(range, sizeof range, "--%s %llu-%llu", command.options[option].name,
                 (unsigned long long)least, (unsigned long long)most);
        usage_error(&command, N_("the option takes a number in this range"), range);
        return false;
    }
    *value = number;
    return true;
}

static bool read_options(const struct arguments *a, struct scan_options *how)
{
    uint64_t jobs = blocks_processors(), budget = 2000, pages = 2000;
    struct image_limits *limits = &how->request.limits;

    *how = (struct scan_options){ .unordered = a->value[OPT_UNORDERED] != NULL,
                                  .all = a->value[OPT_ALL] != NULL };
    how->folders = (struct scan_folders){ a->value[OPT_CROPS], a->value[OPT_ANNOTATE] };
    how->request.crops = how->folders.crops != NULL;
    how->request.annotate = how->folders.annotated != NULL;
    limits->pixels = 200000000;
    limits->bytes = 256000000;
    if (!read_number(a, OPT_JOBS, 1, 256, &jobs) ||
        !read_number(a, OPT_BUDGET, 1, 3600000, &budget) ||
        !read_number(a, OPT_MAX_PIXELS, 1, 4000000000, &limits->pixels) ||
        !read_number(a, OPT_MAX_BYTES, 1, 4000000000, &limits->bytes) ||
        !read_number(a, OPT_MAX_PAGES, 1, 1000000, &pages))
        return false;
    how->jobs = (unsigned)jobs;
    how->request.budget = (uint32_t)budget;
    limits->pages = (uint32_t)pages;
    // The file, its page, the same twice as large at most, and what libraries take beside it.
    how->memory = SANITIZED ? 0 : 3 * limits->pixels + 2 * limits->bytes + 768000000;
    return true;
}

// A file of that name is ./testcard.
static bool wants_testcard(const struct arguments *a)
{
    return a->operand_count > 0 && strcmp(a->operand[0], "testcard") == 0;
}

static bool only_for_testcard(const struct arguments *a)
{
    for (int option = 0; option < OPT_OUT; option++)
        if (a->value[option] != NULL)
            return false;
    return a->operand_count == 1 && a->value[OPT_STATS] == NULL;
}

static bool options_agree(const struct arguments *a)
{
    bool lists = a->value[OPT_FILES_FROM] || a->value[OPT_FILES0_FROM];
    bool named = lists || a->operand_count > 0;
    int instead = (a->value[OPT_WATCH] != NULL) + (a->value[OPT_STREAM] != NULL) +
                  (a->value[OPT_RETRY_FAILED] != NULL);
    const char *complaint = NULL;

    if (wants_testcard(a) && !only_for_testcard(a))
        complaint = N_("testcard takes no files, and no options but --out, --size and --lang");
    else if (!wants_testcard(a) && (a->value[OPT_OUT] || a->value[OPT_SIZE]))
        complaint = N_("--out and --size go with testcard");
    else if (a->value[OPT_FILES_FROM] && a->value[OPT_FILES0_FROM])
        complaint = N_("--files-from and --files0-from exclude each other");
    else if (instead > 1)
        complaint = N_("--watch, --stream and --retry-failed exclude each other");
    else if (instead > 0 && named)
        complaint = N_("--watch, --stream and --retry-failed take the place of files");
    else if (a->value[OPT_RESUME] && (a->value[OPT_STREAM] || a->value[OPT_RETRY_FAILED]))
        complaint = N_("--resume goes with files and --watch");
    else if (instead == 0 && !named)
        complaint = N_("name a file, a folder, or - for standard input");
    if (complaint != NULL)
        usage_error(&command, complaint, NULL);
    return complaint == NULL;
}

struct run {
    struct scan_job *job;
    struct inputs *inputs;
    struct resume *resume;
    struct progress progress;
};

static void show_progress(struct run *run)
{
    const struct scan_counts *counts = scan_job_counts(run->job);
    progress_show(&run->progress, counts->files, counts->failed);
}

// False when nothing more can be done.
static bool take_inputs(struct run *run)
{
    struct str path;
    struct error error;

    for (;;) {
        enum inputs_event event = inputs_next(run->inputs, &path, &error);
        if (event == INPUTS_END)
            return true;
        show_progress(run);
        if (run->resume != NULL && resume_take(run->resume, path))
            continue;
        if (event == INPUTS_ERROR ? !scan_job_error(run->job, path, error)
                                  : !scan_job_file(run->job, path))
            return false;
    }
}

// What an earlier run could not read. False when nothing more can be done.
static bool retry_inputs(const char *file, struct run *run, bool *told)
{
    struct retry retry;
    struct str path;
    bool ok = true;

    *told = !retry_open(&retry, file);
    if (*told) {
        tell_failure(command.name, file, errno);
        return false;
    }
    while (ok && retry_next(&retry, &path)) {
        show_progress(run);
        ok = scan_job_file(run->job, path);
    }
    if (ok && retry.failed) {
        *told = true;
        tell_failure(command.name, file, retry.lines.failed ? retry.lines.native : ENOMEM);
    }
    retry_close(&retry);
    return ok && !*told;
}

static enum status tell_trouble(const struct scan_job *job)
{
    int native;
    const char *sentence = scan_job_trouble(job, &native);

    if (sentence == NULL)
        return STATUS_FAILED;
    if (native != 0)
        tell_failure(command.name, say(sentence), native);
    else
        tell(command.name, say(N_("the workers")), sentence);
    return STATUS_FAILED;
}

static void put_stats(const struct scan_counts *c)
{
    const struct {
        const char *label;
        unsigned long count;
    } rows[] = {
        { N_("files"), c->files },
        { N_("pages"), c->pages },
        { N_("cards"), c->cards },
        { N_("other QR codes"), c->others },
        { N_("pages without a QR code"), c->empty },
        { N_("not read"), c->failed },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        fprintf(stderr, "%10lu  %s\n", rows[i].count, say(rows[i].label));
}

// What never ends by itself. False when it ended otherwise than it should; *told, when why.
static bool work_live(const struct arguments *a, struct run *run, bool *told)
{
    const char *folder = a->value[OPT_WATCH];
    enum live_end end = folder != NULL ? scan_live_folder(run->job, folder, run->resume)
                                       : scan_live_stream(run->job, STDIN_FILENO, FRAME_MAX);
    int native = errno, ignored;

    *told = end != LIVE_FAILED || scan_job_trouble(run->job, &ignored) == NULL;
    if (end == LIVE_LOST)
        tell(command.name, folder, N_("too much came at once; files may have been missed"));
    else if (end == LIVE_GONE)
        tell(command.name, folder, N_("the folder is there no more"));
    else if (end == LIVE_FAILED && *told)
        tell_failure(command.name, folder != NULL ? folder : "-", native);
    return scan_job_finish(run->job) && end == LIVE_STOPPED;
}

static enum status work(const struct arguments *a, struct run *run, struct output *output)
{
    const char *earlier = a->value[OPT_RETRY_FAILED];
    bool told = false, ok;
    bool listed = a->operand_count == 0 || a->value[OPT_FILES_FROM] || a->value[OPT_FILES0_FROM] ||
                  a->value[OPT_RECURSE];

    progress_begin(&run->progress, listed ? 0 : (unsigned long)a->operand_count);
    if (a->value[OPT_WATCH] || a->value[OPT_STREAM])
        ok = work_live(a, run, &told);
    else
        ok = (earlier != NULL ? retry_inputs(earlier, run, &told) : take_inputs(run)) &&
             scan_job_finish(run->job);
    progress_end(&run->progress);
    enum status status = scan_job_status(run->job);
    if (run->resume != NULL)
        status = status_worse(status, resume_status(run->resume));
    if (!ok && told)
        status = STATUS_FAILED;
    else if (!ok && output->native == 0)
        status = status_worse(status, tell_trouble(run->job));
    if (scan_job_picture_failure(run->job) != 0) {
        tell_failure(command.name, say(N_("a picture")), scan_job_picture_failure(run->job));
        status = STATUS_FAILED;
    }
    status = status_worse(status, tell_finished(command.name, output));
    if (a->value[OPT_STATS])
        put_stats(scan_job_counts(run->job));
    return status;
}

static enum status run(const struct arguments *a, const struct scan_options *how,
                       struct output *output)
{
    const char *list = a->value[OPT_FILES_FROM];
    struct inputs_options names = { .operand = a->operand,
                                    .operands = a->operand_count,
                                    .list = list != NULL ? list : a->value[OPT_FILES0_FROM],
                                    .null_ends = list == NULL,
                                    .recurse = a->value[OPT_RECURSE] != NULL };
    struct run run = { 0 };
    const char *wrong;
    enum status status = STATUS_FAILED;

    if (!scan_folders_make(&how->folders, &wrong)) {
        tell_failure(command.name, wrong, errno);
        return STATUS_FAILED;
    }
    if (a->value[OPT_RESUME] != NULL) {
        run.resume = resume_open(a->value[OPT_RESUME], &output->fd);
        if (run.resume == NULL) {
            if (errno == EWOULDBLOCK)
                tell(command.name, a->value[OPT_RESUME], N_("another run is writing to it"));
            else
                tell_failure(command.name, a->value[OPT_RESUME], errno);
            return STATUS_FAILED;
        }
    }
    run.inputs = inputs_new(&names);
    run.job = scan_job_new(how, output);
    if (run.inputs != NULL && run.job != NULL)
        status = work(a, &run, output);
    else
        tell_failure(command.name, command.name, ENOMEM);
    scan_job_free(&run.job);
    inputs_free(&run.inputs);
    resume_close(&run.resume);
    return status;
}

static enum status self_test(void)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; i < cage_probe_count(); i++) {
        struct cage_probe probe;
        struct cage_error error;
        if (!cage_probe(i, &probe, &error)) {
            tell_failure(command.name, say(cage_sentence(error.step)), error.native);
            return STATUS_FAILED;
        }
        bool proven = probe.held && probe.control == CAGE_CONTROL_OK;
        if (!probe.held)
            status = STATUS_NEGATIVE;
        printf("%s\t%s\n",
               !probe.held ? "FAILED"
               : proven    ? "held"
                           : "held (unproven)",
               probe.name);
    }
    return fflush(stdout) == 0 ? status : STATUS_FAILED;
}

static const struct about about = { .help = OPT_HELP,
                                    .version = OPT_VERSION,
                                    .list_codes = OPT_LIST_CODES,
                                    .completion = OPT_COMPLETION,
                                    .put_version = scan_version_put,
                                    .put_codes = codes_put };

int main(int argc, char **argv)
{
    struct arguments a;
    struct scan_options how;
    struct output output = { .fd = STDOUT_FILENO };
    enum status status;

    signal(SIGPIPE, SIG_IGN);
    wipe_no_core();
    if (!arguments_read(&command, argc, argv, &a))
        return STATUS_USAGE;
    if (a.value[OPT_LANG])
        language_set(a.value[OPT_LANG]);
    if (a.value[OPT_SELF_TEST])
        return (int)self_test();
    if (about_is_asked(&about, &a))
        return (int)about_show(&about, &command, &a, &output);
    output.each = isatty(output.fd) == 1 || a.value[OPT_UNORDERED] || a.value[OPT_RESUME] ||
                  a.value[OPT_WATCH] || a.value[OPT_STREAM];
    if (!options_agree(&a))
        status = STATUS_USAGE;
    else if (wants_testcard(&a))
        status = scan_testcard(&command, a.value[OPT_OUT], a.value[OPT_SIZE], &output);
    else
        status = read_options(&a, &how) ? run(&a, &how, &output) : STATUS_USAGE;
    bytes_free(&output.text);
    return (int)status;
}
