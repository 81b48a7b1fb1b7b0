// SPDX-License-Identifier: MIT
// cccd-parse: payloads, scanner lines, machine-readable zones and tables in, records out.
#include "base/wipe.h"
#include "batch/blocks.h"
#include "cli/about.h"
#include "cli/codes.h"
#include "cli/colour.h"
#include "cli/files.h"
#include "cli/follow.h"
#include "cli/language.h"
#include "cli/options.h"
#include "cli/parse_share.h"
#include "cli/scanner_doctor.h"
#include "cli/scanner_load.h"
#include "cli/stop.h"
#include "cli/tell.h"
#include "cli/version.h"

#include <errno.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    OPT_FORMAT,
    OPT_FIELDS,
    OPT_HEADINGS,
    OPT_BOM,
    OPT_MASK,
    OPT_STRICT,
    OPT_STATS,
    OPT_NULL,
    OPT_FILES0_FROM,
    OPT_FOLLOW,
    OPT_BAUD,
    OPT_SCANNER,
    OPT_JOBS,
    OPT_FLUSH,
    OPT_WAIT,
    OPT_TRIED,
    OPT_LEARN,
    OPT_COLOR,
    OPT_LANG,
    OPT_HELP,
    OPT_VERSION,
    OPT_LIST_CODES,
    OPT_COMPLETION,
};

static const struct option options[] = {
    [OPT_FORMAT] = { 'f', "format", N_("FORMAT"), "ndjson|json|csv|tsv|table|text",
                     N_("write this format; ndjson without the option") },
    [OPT_FIELDS] = { 0, "fields", N_("LIST"), NULL,
                     N_("the columns of csv, tsv, table or text, in this order, separated by "
                        "commas") },
    [OPT_HEADINGS] = { 0, "headings", N_("KIND"), "code|en|vi",
                       N_("column headings: stable names, English or Vietnamese; with en and vi, "
                          "values are written in words") },
    [OPT_BOM] = { 0, "bom", NULL, NULL,
                  N_("csv and tsv for Excel and LibreOffice: byte-order mark, CR LF, numbers that "
                     "keep their leading zeros") },
    [OPT_MASK] = { 'm', "mask", NULL, NULL,
                   N_("hide the middle of numbers and names, for logs and screens") },
    [OPT_STRICT] = { 's', "strict", NULL, NULL, N_("warnings make the exit status 1") },
    [OPT_STATS] = { 0, "stats", NULL, NULL, N_("write a summary to standard error at the end") },
    [OPT_NULL] = { '0', "null", NULL, NULL, N_("input lines end with a zero byte") },
    [OPT_FILES0_FROM] = { 0, "files0-from", N_("FILE"), NULL,
                          N_("read the files whose names, each ended by a zero byte, stand in this "
                             "file; - is standard input") },
    [OPT_FOLLOW] = { 'F', "follow", N_("PATH"), NULL,
                     N_("read a serial scanner, a FIFO or a growing file until interrupted") },
    [OPT_BAUD] = { 0, "baud", N_("SPEED"), NULL, N_("speed of the serial scanner") },
    [OPT_SCANNER] = { 0, "scanner", N_("PROFILE"), NULL,
                      N_("undo what this scanner changes, as doctor --learn wrote it down") },
    [OPT_JOBS] = { 'j', "jobs", N_("NUMBER"), NULL,
                   N_("share a large file among this many processes; as many as processors "
                      "without the option; the output is the same") },
    [OPT_FLUSH] = { 0, "flush", NULL, NULL,
                    N_("hand on every record at once; always so with --follow and on a terminal") },
    [OPT_WAIT] = { 0, "wait", N_("SECONDS"), NULL,
                   N_("with doctor: so much silence ends a device or terminal; 30 without the "
                      "option") },
    [OPT_TRIED] = { 0, "tried", N_("MILLIMETRES"), "11",
                    N_("with doctor: codes of this size were scanned, whether they came or not") },
    [OPT_LEARN] = { 0, "learn", N_("PROFILE"), NULL,
                    N_("with doctor: write to this file what the scanner changes, for "
                       "--scanner") },
    [OPT_COLOR] = { 0, "color", N_("WHEN"), "auto|always|never",
                    N_("colour in table and text; auto: on a terminal") },
    [OPT_LANG] = { 0, "lang", N_("LANGUAGE"), "vi|en",
                   N_("language of sentences; codes never change") },
    [OPT_HELP] = { 'h', "help", NULL, NULL, N_("show this help") },
    [OPT_VERSION] = { 'V', "version", NULL, NULL, N_("show the version") },
    [OPT_LIST_CODES] = { 0, "list-codes", NULL, NULL,
                         N_("list the codes of errors, problems, repairs and findings") },
    [OPT_COMPLETION] = { 0, "completion", N_("SHELL"), "bash|zsh|fish", NULL },
};

static const struct command command = {
    .name = "cccd-parse",
    .usage = N_("[OPTION]... [FILE]... | doctor [DEVICE|FILE|-]"),
    .purpose = N_("Turns what QR scanners deliver of Vietnamese identity cards into records."),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .notes =
        N_("Without FILE, or where FILE is -, standard input is read. doctor tells what is "
           "wrong with a QR scanner, by what it makes of the sheet that cccd-scan testcard "
           "draws. Exit status: 0 all well, 1 a line that is no card, a card with errors or a "
           "scanner to be set otherwise, 2 "
           "wrong usage, 3 some input could not be read or decided, 4 the job could not be done."),
};

// Options that make no sense together, or values that the table cannot check.
static bool options_agree(const struct arguments *a, struct emitter *e)
{
    struct str wrong;
    bool has_columns = e->format != FORMAT_NDJSON && e->format != FORMAT_JSON;
    bool is_csv = e->format == FORMAT_CSV || e->format == FORMAT_TSV;
    const char *complaint = NULL;

    if (a->value[OPT_FIELDS] && !has_columns)
        complaint = N_("--fields goes with csv, tsv, table and text");
    else if (a->value[OPT_HEADINGS] && !has_columns)
        complaint = N_("--headings goes with csv, tsv, table and text");
    else if (a->value[OPT_BOM] && !is_csv)
        complaint = N_("--bom goes with csv and tsv");
    else if (a->value[OPT_FOLLOW] && (a->operand_count > 0 || a->value[OPT_FILES0_FROM]))
        complaint = N_("--follow takes the place of files");
    else if (a->value[OPT_FOLLOW] && strcmp(a->value[OPT_FOLLOW], "-") == 0)
        complaint = N_("--follow needs the path of a device, a FIFO or a file");
    else if (a->value[OPT_FILES0_FROM] && a->operand_count > 0)
        complaint = N_("--files0-from takes the place of files");
    else if (a->value[OPT_WAIT] || a->value[OPT_TRIED] || a->value[OPT_LEARN])
        complaint = N_("--wait, --tried and --learn go with doctor");
    else if (a->value[OPT_BAUD] && !a->value[OPT_FOLLOW])
        complaint = N_("--baud goes with --follow and with doctor");
    if (complaint != NULL)
        return usage_error(&command, complaint, NULL), false;
    if (a->value[OPT_FIELDS] && !wire_choice_read(str_of(a->value[OPT_FIELDS]), &e->choice, &wrong))
        return usage_error(&command,
                           N_("--fields names a column that does not exist or comes twice"),
                           a->value[OPT_FIELDS]),
               false;
    return true;
}

// A file of that name is ./doctor.
static bool wants_doctor(const struct arguments *a)
{
    return a->operand_count > 0 && strcmp(a->operand[0], "doctor") == 0;
}

static bool is_for_doctor(int option)
{
    return option == OPT_FORMAT || option == OPT_BAUD || option == OPT_COLOR ||
           option == OPT_LANG || (option >= OPT_WAIT && option <= OPT_LEARN);
}

static bool doctor_agrees(const struct arguments *a)
{
    const char *format = a->value[OPT_FORMAT];
    const char *complaint = NULL;

    for (int option = 0; option < OPT_HELP; option++)
        if (a->value[option] != NULL && !is_for_doctor(option))
            complaint = N_("doctor takes no options but --format, --baud, --wait, --tried, "
                           "--learn, --color and --lang");
    if (a->operand_count > 2)
        complaint = N_("doctor takes one device or file");
    else if (format != NULL && strcmp(format, "text") != 0 && strcmp(format, "ndjson") != 0)
        complaint = N_("doctor writes text or ndjson");
    if (complaint != NULL)
        usage_error(&command, complaint, NULL);
    return complaint == NULL;
}

// Whole numbers only; *value stays as it is where the option is not given.
static bool read_number(const struct arguments *a, int option, unsigned long most,
                        const char *complaint, unsigned long *value)
{
    const char *text = a->value[option];
    char *end = NULL;

    if (text == NULL)
        return true;
    unsigned long number = strtoul(text, &end, 10);
    if (!char_is_digit(text[0]) || *end != '\0' || strlen(text) > 9 || number < 1 || number > most)
        return usage_error(&command, complaint, text), false;
    *value = number;
    return true;
}

static enum status run_doctor(const struct arguments *a, struct output *output)
{
    enum { SPEED_MAX = 999999999, WAIT_MAX = 86400, SPEED_USUAL = 9600, WAIT_USUAL = 30 };
    unsigned long speed = SPEED_USUAL, wait = WAIT_USUAL;
    struct scanner_doctor doctor = { .program = command.name,
                                     .path = a->operand_count > 1 ? a->operand[1] : "-",
                                     .tried_11 = a->value[OPT_TRIED] != NULL,
                                     .learn = a->value[OPT_LEARN],
                                     .colour = colour_wanted(a->value[OPT_COLOR], output->fd) };

    if (!doctor_agrees(a) ||
        !read_number(a, OPT_BAUD, SPEED_MAX, N_("no serial line has this speed"), &speed) ||
        !read_number(a, OPT_WAIT, WAIT_MAX, N_("--wait takes a number from 1 to 86400"), &wait))
        return STATUS_USAGE;
    doctor.ndjson = a->value[OPT_FORMAT] && strcmp(a->value[OPT_FORMAT], "ndjson") == 0;
    doctor.baud = speed;
    doctor.wait_ms = (int)wait * 1000;
    enum status status = scanner_doctor_run(&doctor, output);
    if (status == STATUS_USAGE)
        usage_error(&command, N_("no serial line has this speed"), a->value[OPT_BAUD]);
    return status;
}

static bool read_jobs(const struct arguments *a, unsigned *jobs)
{
    unsigned long number = blocks_processors();

    if (!read_number(a, OPT_JOBS, 9999, N_("--jobs takes a number from 1 to 9999"), &number))
        return false;
    *jobs = (unsigned)number;
    return true;
}

static struct emitter make_emitter(const struct arguments *a, struct output *output)
{
    const char *headings = a->value[OPT_HEADINGS];
    struct emitter e = { .output = output };

    if (a->value[OPT_FORMAT])
        e.format = format_from_name(a->value[OPT_FORMAT]);
    if (headings != NULL)
        e.headings = strcmp(headings, "en") == 0   ? WIRE_HEADINGS_ENGLISH
                     : strcmp(headings, "vi") == 0 ? WIRE_HEADINGS_VIETNAMESE
                                                   : WIRE_HEADINGS_CODE;
    e.csv.spreadsheet = a->value[OPT_BOM] != NULL;
    e.colour = colour_wanted(a->value[OPT_COLOR], output->fd);
    return e;
}

struct reading {
    struct parse_job *job;
    const struct parse_options *options;
    struct emitter *emitter;
    unsigned jobs;
};

static bool read_one(void *ctx, const char *name, int fd, int native)
{
    struct reading *reading = ctx;
    struct str path = strcmp(name, "-") == 0 ? STR("") : str_of(name);

    struct stat st;

    if (fd >= 0 && fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
        fd = -1;
        native = EISDIR;
    }
    if (fd < 0) {
        tell_failure(command.name, name, native);
        return parse_job_unreadable(reading->job, path, native);
    }
    return parse_share_file(reading->job, reading->options, reading->emitter, path, fd,
                            reading->jobs);
}

static void follow_said(void *ctx, enum follow_event event, int native)
{
    static const char *const sentences[] = {
        [FOLLOW_WAITING] = N_("waiting for it to appear"),
        [FOLLOW_OPENED] = N_("reading; stop with Ctrl-C"),
        [FOLLOW_GONE] = N_("it went away; waiting for it to come back"),
        [FOLLOW_BACK] = N_("it is back"),
        [FOLLOW_TRUNCATED] = N_("the file was cut; reading it from its start"),
        [FOLLOW_REPLACED] = N_("the file was replaced; reading the new one"),
    };
    (void)native;
    if (event == FOLLOW_WRITER_LEFT)
        return;
    tell(command.name, ctx, sentences[event]);
}

static enum status follow(const struct arguments *a, struct parse_job *job)
{
    const char *path = a->value[OPT_FOLLOW];
    const char *baud = a->value[OPT_BAUD];
    struct follow_options how = { .path = path,
                                  .null_ends = a->value[OPT_NULL] != NULL,
                                  .event = follow_said,
                                  .ctx = (void *)path };
    char *end = NULL;

    if (baud != NULL)
        how.baud = strtoul(baud, &end, 10);
    if (baud != NULL && (!char_is_digit(baud[0]) || *end != '\0' || how.baud == 0))
        return usage_error(&command, N_("no serial line has this speed"), baud), STATUS_USAGE;
    struct follow *f = follow_new(&how);
    if (f == NULL && errno == EINVAL)
        return usage_error(&command, N_("no serial line has this speed"), baud), STATUS_USAGE;
    if (f == NULL || !stop_on_signals()) {
        tell_failure(command.name, path, errno);
        follow_free(&f);
        return STATUS_FAILED;
    }
    parse_job_read(job, str_of(path), follow_source(f));
    follow_free(&f);
    return STATUS_OK;
}

static enum status read_inputs(const struct arguments *a, struct reading *reading)
{
    const char *list = a->value[OPT_FILES0_FROM];
    int native;

    if (a->value[OPT_FOLLOW])
        return follow(a, reading->job);
    if (list != NULL) {
        if (files_each_listed(list, read_one, reading, &native))
            return STATUS_OK;
        tell_failure(command.name, list, native);
        return STATUS_FAILED;
    }
    files_each(a->operand, a->operand_count, read_one, reading);
    return STATUS_OK;
}

static void put_stats(const struct parse_counts *c)
{
    const struct {
        const char *label;
        unsigned long count;
    } rows[] = {
        { N_("lines read"), c->lines },           { N_("records"), c->records },
        { N_("of these repaired"), c->repaired }, { N_("with warnings"), c->warned },
        { N_("with errors"), c->wrong },          { N_("not parsed"), c->failed },
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        fprintf(stderr, "%10lu  %s\n", rows[i].count, say(rows[i].label));
}

static enum status run(const struct arguments *a, struct emitter *e, unsigned jobs)
{
    struct scanner_profile scanner;
    struct parse_options how = { .mask = a->value[OPT_MASK] != NULL,
                                 .strict = a->value[OPT_STRICT] != NULL,
                                 .null_ends = a->value[OPT_NULL] != NULL,
                                 .live = a->value[OPT_FOLLOW] != NULL };
    enum status status = STATUS_OK;

    if (a->value[OPT_SCANNER]) {
        status = scanner_load(command.name, a->value[OPT_SCANNER], &scanner);
        how.scanner = &scanner;
    }
    if (status != STATUS_OK)
        return status;
    struct parse_job *job = parse_job_new(&how, e);
    status = STATUS_FAILED;

    // Words under Vietnamese headings are Vietnamese too, unless another language is asked for.
    if (a->value[OPT_HEADINGS] && !a->value[OPT_LANG])
        language_set(a->value[OPT_HEADINGS]); // "code" is none and changes nothing
    if (job == NULL || !emit_begin(e)) {
        tell_failure(command.name, command.name, ENOMEM);
    } else {
        struct reading reading = { job, &how, e, jobs };
        status = read_inputs(a, &reading);
        status = status_worse(status, parse_job_status(job));
        emit_end(e);
        status = status_worse(status, tell_finished(command.name, e->output));
        if (a->value[OPT_STATS])
            put_stats(parse_job_counts(job));
    }
    parse_job_free(&job);
    return status;
}

static void all_codes_put(struct bytes *out)
{
    codes_put(out);
    scanner_codes_put(out);
}

static const struct about about = { .help = OPT_HELP,
                                    .version = OPT_VERSION,
                                    .list_codes = OPT_LIST_CODES,
                                    .completion = OPT_COMPLETION,
                                    .put_version = version_put,
                                    .put_codes = all_codes_put };

int main(int argc, char **argv)
{
    struct arguments a;
    struct output output = { .fd = STDOUT_FILENO };

    signal(SIGPIPE, SIG_IGN);
    wipe_no_core();
    if (!arguments_read(&command, argc, argv, &a))
        return STATUS_USAGE;
    if (a.value[OPT_LANG])
        language_set(a.value[OPT_LANG]);
    if (about_is_asked(&about, &a))
        return (int)about_show(&about, &command, &a, &output);

    output.each = a.value[OPT_FLUSH] || a.value[OPT_FOLLOW] || isatty(output.fd) == 1;
    struct emitter emitter = make_emitter(&a, &output);
    unsigned jobs;
    enum status status;
    if (wants_doctor(&a))
        status = run_doctor(&a, &output);
    else
        status = options_agree(&a, &emitter) && read_jobs(&a, &jobs) ? run(&a, &emitter, jobs)
                                                                     : STATUS_USAGE;
    bytes_free(&output.text);
    return (int)status;
}
