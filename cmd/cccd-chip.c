// SPDX-License-Identifier: MIT
// cccd-chip: what the chips of identity documents say, read over PC/SC.
#include "base/wipe.h"
#include "cli/about.h"
#include "cli/bench_job.h"
#include "cli/chip_codes.h"
#include "cli/chip_evidence.h"
#include "cli/chip_job.h"
#include "cli/chip_prompt.h"
#include "cli/chip_terminal.h"
#include "cli/doctor_job.h"
#include "cli/doctor_table.h"
#include "cli/language.h"
#include "cli/options.h"
#include "cli/stop.h"
#include "cli/tell.h"
#include "cli/version.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    OPT_READER,
    OPT_WAIT,
    OPT_KEY_FILE,
    OPT_KEY_FD,
    OPT_CAN,
    OPT_MRZ,
    OPT_ACCESS,
    OPT_FILES,
    OPT_OUT,
    OPT_SHORT,
    OPT_NO_PROOFS,
    OPT_TA_CHAIN,
    OPT_TA_KEY,
    OPT_RETRIES,
    OPT_LAST_TRIES,
    OPT_READ,
    OPT_TRACE,
    OPT_TRACE_PLAIN,
    OPT_RECORD,
    OPT_FORMAT,
    OPT_SECONDS,
    OPT_BLINK,
    OPT_REPORT,
    OPT_FIX_SCRIPT,
    OPT_SYSROOT,
    OPT_LANG,
    OPT_HELP,
    OPT_VERSION,
    OPT_LIST_CODES,
    OPT_LIST_CHECKS,
    OPT_COMPLETION,
};

enum { RETRIES_USUAL = 3, RETRIES_MAX = 1000, WAIT_MAX = 86400, RECORDS_WAIT = 120000 };

static const struct option options[] = {
    [OPT_READER] = { .letter = 'r',
                     .name = "reader",
                     .value = N_("READER"),
                     .help = N_("the reader: its name, a part of it, its number in the list or its "
                                "serial number; replay:FILE plays a recording") },
    [OPT_WAIT] = { .letter = 'w',
                   .name = "wait",
                   .value = N_("[SECONDS]"),
                   .help = N_("wait for a reader and a card, for so long or as long as it takes") },
    [OPT_KEY_FILE] = { .letter = 'k',
                       .name = "key-file",
                       .value = N_("FILE"),
                       .help = N_("the key: a 12-digit number, a CAN, a machine-readable zone, or "
                                  "DOCUMENT/BIRTH/EXPIRY; - is standard input") },
    [OPT_KEY_FD] = { .name = "key-fd",
                     .value = N_("NUMBER"),
                     .help = N_("the same from an open file descriptor") },
    [OPT_CAN] = { .name = "can",
                  .value = N_("DIGITS"),
                  .help = N_("the card access number (CAN): on Vietnam's cards the last 6 digits "
                             "of the number; others on this computer can see it") },
    [OPT_MRZ] = { .name = "mrz",
                  .value = N_("ZONE"),
                  .help = N_("the machine-readable zone, or DOCUMENT/BIRTH/EXPIRY with dates as "
                             "yymmdd; others on this computer can see it") },
    [OPT_ACCESS] = { .letter = 'a',
                     .name = "access",
                     .value = N_("PROTOCOL"),
                     .choices = "pace|bac",
                     .help = N_("open the chip with this protocol only") },
    [OPT_FILES] = { .letter = 'f',
                    .name = "files",
                    .value = N_("LIST"),
                    .help = N_("read these files only, separated by commas: DG1,DG2,SOD") },
    [OPT_OUT] = { .letter = 'o',
                  .name = "out",
                  .value = N_("FOLDER"),
                  .help = N_("keep the files as evidence in this new folder") },
    [OPT_SHORT] = { .name = "short", .help = N_("never send commands of extended length") },
    [OPT_NO_PROOFS] = { .name = "no-proofs",
                        .help = N_("do not ask the chip to prove that it is genuine") },
    [OPT_TA_CHAIN] = { .name = "ta-chain",
                       .value = N_("FILE"),
                       .help = N_("with --ta-key: prove with these card verifiable certificates "
                                  "that fingerprints and irises may be read, and read them") },
    [OPT_TA_KEY] = { .name = "ta-key",
                     .value = N_("FILE"),
                     .help = N_("the private key of the terminal's own certificate") },
    [OPT_RETRIES] = { .name = "retries",
                      .value = N_("NUMBER"),
                      .help = N_("begin again so often when the card was moved; 3 without the "
                                 "option") },
    [OPT_LAST_TRIES] = { .name = "last-tries",
                         .help = N_("try another key also when the card counts few tries left") },
    [OPT_READ] = { .name = "read", .help = N_("with watch: read each card that is laid down") },
    [OPT_TRACE] = { .name = "trace",
                    .value = N_("FILE"),
                    .help = N_("write what is sent and answered to this file, without what is "
                               "personal") },
    [OPT_TRACE_PLAIN] = { .name = "trace-plain",
                          .help = N_("with --trace: keep the data in it, which are personal") },
    [OPT_RECORD] = { .name = "record",
                     .value = N_("FILE"),
                     .help = N_("record all that the card says to this file, for replay:FILE; it "
                                "holds personal data") },
    [OPT_FORMAT] = { .name = "format",
                     .value = N_("FORMAT"),
                     .choices = "ndjson|json|table|text",
                     .help =
                         N_("of list: table, of bench and doctor: text; ndjson for programs, of "
                            "doctor also json") },
    [OPT_SECONDS] = { .letter = 's',
                      .name = "seconds",
                      .value = N_("NUMBER"),
                      .help = N_("of bench: how long; 10 without the option") },
    [OPT_BLINK] = { .name = "blink",
                    .help = N_("of list: let the light of the reader given blink") },
    [OPT_REPORT] = { .name = "report",
                     .value = N_("FILE"),
                     .help = N_("of doctor: also write it as a page (HTML) to send to those who "
                                "help, without what is personal") },
    [OPT_FIX_SCRIPT] = { .name = "fix-script",
                         .value = N_("FILE"),
                         .help = N_("of doctor: write the proposed commands as a shell script, to "
                                    "be read before it is run") },
    [OPT_SYSROOT] = { .name = "sysroot",
                      .value = N_("FOLDER"),
                      .help = N_("of doctor: look at the machine whose files lie here; service and "
                                 "cards are asked all the same") },
    [OPT_LANG] = { .name = "lang",
                   .value = N_("LANGUAGE"),
                   .choices = "vi|en",
                   .help = N_("language of sentences; codes never change") },
    [OPT_HELP] = { .letter = 'h', .name = "help", .help = N_("show this help") },
    [OPT_VERSION] = { .letter = 'V', .name = "version", .help = N_("show the version") },
    [OPT_LIST_CODES] = { .name = "list-codes", .help = N_("list the codes of errors") },
    [OPT_LIST_CHECKS] = { .name = "list-checks",
                          .help = N_("list the questions of the doctor and what it can find") },
    [OPT_COMPLETION] = { .name = "completion", .value = N_("SHELL"), .choices = "bash|zsh|fish" },
};

static const struct command command = {
    .name = "cccd-chip",
    .usage = N_("list|read|watch|dump|doctor|bench [OPTION]... [FILE|FOLDER]..."),
    .purpose = N_("Reads the chips of Vietnamese identity cards and of passports."),
    .options = options,
    .option_count = sizeof options / sizeof options[0],
    .notes =
        N_("list shows the readers; read reads a card, with the key of each record on "
           "standard input or in files, or with the key that is given; watch tells what comes "
           "and goes; dump looks into an evidence folder; doctor finds what is wrong with readers, "
           "and how to mend it; bench measures a reader with a card, without a key. Exit status: 0 "
           "all well, 1 a wrong key, a chip that is not genuine or something to mend, 2 wrong "
           "usage, 3 a card could not be read, 4 "
           "no reader, no card, or the job could not be done."),
};

// Whole numbers only.
static bool read_number(const struct arguments *a, int option, long least, long most, long *value)
{
    const char *text = a->value[option];
    char *end = NULL;

    if (text == NULL || text[0] == '\0')
        return true;
    errno = 0;
    long number = strtol(text, &end, 10);
    if (!char_is_digit(text[0]) || errno != 0 || *end != '\0' || number < least || number > most) {
        char range[64];
        snprintf(range, sizeof range, "--%s %ld-%ld", command.options[option].name, least, most);
        return usage_error(&command, N_("the option takes a number in this range"), range), false;
    }
    *value = number;
    return true;
}

static bool read_files(const char *text, uint32_t *files)
{
    struct str rest = str_of(text);

    for (;;) {
        size_t end = str_find(rest, ',');
        enum lds_file file = lds_file_named(str_head(rest, end));
        if (file == LDS_FILE_COUNT)
            return usage_error(&command,
                               N_("--files names a file that no chip has (DG1 to DG16, COM, SOD)"),
                               text),
                   false;
        *files |= SESSION_BIT(file);
        if (end == rest.n)
            return true;
        rest = str_from(rest, end + 1);
    }
}

// What nobody asked for in a format is for people where people look.
static bool is_for_people(const struct arguments *a)
{
    const char *format = a->value[OPT_FORMAT];
    return format != NULL ? strcmp(format, "ndjson") != 0 : isatty(STDOUT_FILENO) == 1;
}

static bool read_options(const struct arguments *a, struct chip_options *how)
{
    long wait = -1, retries = RETRIES_USUAL;
    const char *access = a->value[OPT_ACCESS];

    *how = (struct chip_options){ .reader = a->value[OPT_READER],
                                  .out = a->value[OPT_OUT],
                                  .trace = a->value[OPT_TRACE],
                                  .trace_plain = a->value[OPT_TRACE_PLAIN] != NULL,
                                  .table = is_for_people(a),
                                  .blink = a->value[OPT_BLINK] != NULL,
                                  .record = a->value[OPT_RECORD] };
    struct session_options *session = &how->session;
    if (!read_number(a, OPT_WAIT, 0, WAIT_MAX, &wait) ||
        !read_number(a, OPT_RETRIES, 0, RETRIES_MAX, &retries) ||
        (a->value[OPT_FILES] && !read_files(a->value[OPT_FILES], &session->files)))
        return false;
    how->wait_service = a->value[OPT_WAIT] != NULL;
    how->wait_ms = a->value[OPT_WAIT] == NULL ? 0 : wait < 0 ? -1 : (int)wait * 1000;
    session->access = access == NULL               ? SESSION_ACCESS_ANY
                      : strcmp(access, "bac") == 0 ? SESSION_ACCESS_BAC
                                                   : SESSION_ACCESS_PACE;
    session->short_only = a->value[OPT_SHORT] != NULL;
    session->no_proofs = a->value[OPT_NO_PROOFS] != NULL;
    session->last_tries = a->value[OPT_LAST_TRIES] != NULL;
    session->retries = (unsigned)retries;
    return true;
}

enum verb { VERB_LIST, VERB_READ, VERB_WATCH, VERB_DUMP, VERB_DOCTOR, VERB_BENCH, VERB_NONE };

static enum verb verb_of(const struct arguments *a)
{
    static const char *const names[] = { "list", "read", "watch", "dump", "doctor", "bench" };

    for (enum verb v = VERB_LIST; a->operand_count > 0 && v < VERB_NONE; v++)
        if (strcmp(a->operand[0], names[v]) == 0)
            return v;
    return VERB_NONE;
}

static int keys_given(const struct arguments *a)
{
    return (a->value[OPT_KEY_FILE] != NULL) + (a->value[OPT_KEY_FD] != NULL) +
           (a->value[OPT_CAN] != NULL) + (a->value[OPT_MRZ] != NULL);
}

// The reader is named for other things, too.
static bool has_reading_option(const struct arguments *a, bool names_reader)
{
    static const int of_reading[] = { OPT_READER,     OPT_WAIT,  OPT_ACCESS,      OPT_FILES,
                                      OPT_OUT,        OPT_SHORT, OPT_NO_PROOFS,   OPT_RETRIES,
                                      OPT_LAST_TRIES, OPT_TRACE, OPT_TRACE_PLAIN, OPT_RECORD,
                                      OPT_TA_CHAIN,   OPT_TA_KEY };

    for (size_t i = 0; i < sizeof of_reading / sizeof of_reading[0]; i++)
        if (a->value[of_reading[i]] != NULL && !(names_reader && of_reading[i] == OPT_READER))
            return true;
    return false;
}

// A recording of fingerprints would be one more copy of them; and no signature is made twice.
static const char *complaint_of_terminal(const struct arguments *a)
{
    if ((a->value[OPT_TA_CHAIN] != NULL) != (a->value[OPT_TA_KEY] != NULL))
        return N_("--ta-chain and --ta-key go together");
    if (a->value[OPT_TA_KEY] && a->value[OPT_NO_PROOFS])
        return N_("--ta-chain needs the chip's proof: it does not go with --no-proofs");
    if (a->value[OPT_TA_KEY] && a->value[OPT_RECORD])
        return N_("--ta-chain and --record exclude each other");
    return NULL;
}

// Of what list and bench have for themselves.
static const char *complaint_of_looking(const struct arguments *a, enum verb verb)
{
    const char *format = a->value[OPT_FORMAT];

    if (format != NULL && verb != VERB_LIST && verb != VERB_BENCH && verb != VERB_DOCTOR)
        return N_("--format goes with list, bench and doctor");
    if (format != NULL && (strcmp(format, verb == VERB_LIST ? "text" : "table") == 0 ||
                           (verb != VERB_DOCTOR && strcmp(format, "json") == 0)))
        return N_("list is written as table or ndjson, bench as text or ndjson, doctor as text, "
                  "ndjson or json");
    if ((a->value[OPT_REPORT] || a->value[OPT_FIX_SCRIPT] || a->value[OPT_SYSROOT]) &&
        verb != VERB_DOCTOR)
        return N_("--report, --fix-script and --sysroot go with doctor");
    if (a->value[OPT_SECONDS] && verb != VERB_BENCH)
        return N_("--seconds goes with bench");
    if (a->value[OPT_BLINK] && (verb != VERB_LIST || a->value[OPT_READER] == NULL))
        return N_("--blink goes with list and --reader");
    if ((verb == VERB_BENCH || verb == VERB_DOCTOR) && a->operand_count > 1)
        return N_("bench and doctor take no files");
    return NULL;
}

static bool options_agree(const struct arguments *a, enum verb verb)
{
    const char *complaint = complaint_of_looking(a, verb);
    bool names_reader = verb == VERB_BENCH || verb == VERB_DOCTOR || a->value[OPT_BLINK] != NULL;
    bool reads = verb == VERB_READ || (verb == VERB_WATCH && a->value[OPT_READ] != NULL);

    if (verb == VERB_NONE)
        complaint = N_("say what to do: list, read, watch, dump, doctor or bench");
    else if (complaint != NULL)
        ; // it is said below
    else if (keys_given(a) > 1)
        complaint = N_("one key is enough: --key-file, --key-fd, --can and --mrz exclude each "
                       "other");
    else if (keys_given(a) > 0 && (!reads || (verb == VERB_READ && a->operand_count > 1)))
        complaint = N_("a key goes with read, in the place of records, and with watch --read");
    else if (a->value[OPT_READ] && verb != VERB_WATCH)
        complaint = N_("--read goes with watch");
    else if (a->value[OPT_READ] && keys_given(a) == 0)
        complaint = N_("watch --read needs a key: --key-file, --key-fd, --can or --mrz");
    else if (a->value[OPT_READ] && a->value[OPT_OUT])
        complaint = N_("--out goes with read");
    else if (!reads && has_reading_option(a, names_reader))
        complaint = N_("options for reading go with read, and with watch --read");
    else if (a->value[OPT_TRACE_PLAIN] && !a->value[OPT_TRACE])
        complaint = N_("--trace-plain goes with --trace");
    else if ((verb == VERB_LIST || verb == VERB_WATCH) && a->operand_count > 1)
        complaint = N_("list and watch take no files");
    else if (verb == VERB_DUMP && a->operand_count != 2)
        complaint = N_("dump takes one evidence folder");
    if (complaint == NULL)
        complaint = complaint_of_terminal(a);
    if (complaint != NULL)
        usage_error(&command, complaint, NULL);
    return complaint == NULL;
}

// False when it was told already.
static bool read_keys(const struct arguments *a, struct chip_keys *keys)
{
    bool ok;

    if (a->value[OPT_CAN] || a->value[OPT_MRZ])
        tell(command.name, a->value[OPT_CAN] ? "--can" : "--mrz",
             N_("others on this computer can see the key; --key-file hides it"));
    if (a->value[OPT_CAN])
        ok = chip_keys_of_can(keys, str_of(a->value[OPT_CAN]));
    else if (a->value[OPT_MRZ])
        ok = chip_keys_of_mrz(keys, str_of(a->value[OPT_MRZ]));
    else if (a->value[OPT_KEY_FILE] || a->value[OPT_KEY_FD])
        return chip_keys_of_file(&command, a->value[OPT_KEY_FILE], a->value[OPT_KEY_FD], keys);
    else
        return chip_keys_ask(&command, keys);
    if (!ok)
        usage_error(&command, N_("that is no 12-digit number, CAN or machine-readable zone"), NULL);
    return ok;
}

// Each file of records in turn; standard input for "-" and where there is none.
static enum status read_records(const struct arguments *a, struct chip_job *job)
{
    enum status status = STATUS_OK;
    int count = a->operand_count > 1 ? a->operand_count - 1 : 1;

    for (int i = 0; i < count && !stop_asked(); i++) {
        const char *name = a->operand_count > 1 ? a->operand[1 + i] : "-";
        int fd = strcmp(name, "-") == 0 ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
        if (fd < 0) {
            tell_failure(command.name, name, errno);
            status = status_worse(status, STATUS_UNREADABLE);
            continue;
        }
        status = status_worse(status,
                              chip_job_records(job, (struct lines_source){ lines_read_fd, &fd }));
        if (fd != STDIN_FILENO)
            close(fd);
    }
    return status;
}

// Records' cards each get a folder in it, so that it has to be there.
static bool settle_out(const struct chip_options *how, bool records)
{
    if (how->out == NULL ||
        (evidence_is_free(how->out) && (!records || mkdir(how->out, 0700) == 0 || errno == EEXIST)))
        return true;
    tell_failure(command.name, how->out, errno);
    return false;
}

static enum status bench(const struct arguments *a, struct output *output)
{
    long seconds = BENCH_SECONDS;

    if (!read_number(a, OPT_SECONDS, 1, BENCH_SECONDS_MAX, &seconds))
        return STATUS_USAGE;
    struct bench_options how = { .program = command.name,
                                 .reader = a->value[OPT_READER],
                                 .seconds = (unsigned)seconds,
                                 .for_people = is_for_people(a) };
    if (!stop_on_signals()) {
        tell_failure(command.name, command.name, errno);
        return STATUS_FAILED;
    }
    enum status status = bench_run(&how, output);
    return status_worse(status, tell_finished(command.name, output));
}

static enum status doctor(const struct arguments *a, struct output *output)
{
    const char *format = a->value[OPT_FORMAT];
    const struct doctor_options how = {
        .program = command.name,
        .reader = a->value[OPT_READER],
        .sysroot = a->value[OPT_SYSROOT],
        .format = format == NULL || strcmp(format, "text") == 0 ? DOCTOR_TEXT
                  : strcmp(format, "json") == 0                 ? DOCTOR_JSON
                                                                : DOCTOR_NDJSON,
        .report = a->value[OPT_REPORT],
        .fix_script = a->value[OPT_FIX_SCRIPT],
    };

    if (!stop_on_signals()) {
        tell_failure(command.name, command.name, errno);
        return STATUS_FAILED;
    }
    enum status status = doctor_run(&how, output);
    return status_worse(status, tell_finished(command.name, output));
}

static enum status work(const struct arguments *a, enum verb verb, struct chip_options *how,
                        struct output *output)
{
    struct chip_keys keys = { .n = 0 };
    bool records = verb == VERB_READ && keys_given(a) == 0 &&
                   (a->operand_count > 1 || isatty(STDIN_FILENO) != 1);
    bool needs_key = (verb == VERB_READ && !records) || a->value[OPT_READ] != NULL;
    enum status status = STATUS_FAILED;
    struct terminal *terminal = NULL;

    if (records && a->value[OPT_WAIT] == NULL)
        how->wait_ms = RECORDS_WAIT;
    if (verb == VERB_READ && !settle_out(how, records))
        return STATUS_FAILED;
    if (needs_key && !read_keys(a, &keys))
        return STATUS_USAGE;
    if (a->value[OPT_TA_KEY]) {
        terminal = chip_terminal_of_files(&command, a->value[OPT_TA_CHAIN], a->value[OPT_TA_KEY]);
        if (terminal == NULL)
            return chip_keys_wipe(&keys), STATUS_USAGE;
    }
    how->session.terminal = terminal;
    struct chip_job *job = chip_job_new(command.name, how, output);
    if (job == NULL || !stop_on_signals())
        tell_failure(command.name, command.name, errno);
    else if (verb == VERB_LIST)
        status = chip_job_list(job);
    else if (verb == VERB_WATCH)
        status = chip_job_watch(job, needs_key ? &keys : NULL);
    else if (verb == VERB_DUMP)
        status = chip_job_dump(job, a->operand[1]);
    else
        status = records ? read_records(a, job) : chip_job_read(job, &keys);
    chip_job_free(&job);
    chip_keys_wipe(&keys);
    terminal_free(&terminal);
    return status_worse(status, tell_finished(command.name, output));
}

static const struct about about = { .help = OPT_HELP,
                                    .version = OPT_VERSION,
                                    .list_codes = OPT_LIST_CODES,
                                    .list_checks = OPT_LIST_CHECKS,
                                    .completion = OPT_COMPLETION,
                                    .put_version = version_put,
                                    .put_codes = chip_codes_put,
                                    .put_checks = doctor_put_table };

int main(int argc, char **argv)
{
    struct arguments a;
    struct chip_options how;
    struct output output = { .fd = STDOUT_FILENO, .each = true };
    enum status status = STATUS_USAGE;

    signal(SIGPIPE, SIG_IGN);
    wipe_no_core();
    if (!arguments_read(&command, argc, argv, &a))
        return STATUS_USAGE;
    if (a.value[OPT_LANG])
        language_set(a.value[OPT_LANG]);
    if (about_is_asked(&about, &a))
        return (int)about_show(&about, &command, &a, &output);
    enum verb verb = verb_of(&a);
    bool agree = options_agree(&a, verb);
    if (agree && verb == VERB_BENCH)
        status = bench(&a, &output);
    else if (agree && verb == VERB_DOCTOR)
        status = doctor(&a, &output);
    else if (agree && read_options(&a, &how))
        status = work(&a, verb, &how, &output);
    bytes_free(&output.text);
    return (int)status;
}
