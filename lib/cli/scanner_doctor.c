// SPDX-License-Identifier: MIT
#include "cli/scanner_doctor.h"

#include "cli/colour.h"
#include "cli/language.h"
#include "cli/scanner_source.h"
#include "cli/stop.h"
#include "cli/tell.h"
#include "reader/scanner_exam.h"
#include "reader/scanner_profile.h"
#include "reader/specimen.h"
#include "wire/item.h"
#include "wire/json.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

// ---- as NDJSON ----

static void put_member(struct bytes *out, const char *name, const char *text)
{
    bytes_lit(out, ",\"");
    bytes_put_str(out, str_of(name));
    bytes_lit(out, "\":");
    json_put_string(out, str_of(text));
}

static void put_codes(struct bytes *out, unsigned codes)
{
    bytes_lit(out, ",\"numbers\":[");
    for (size_t i = 0, n = 0; i < SPECIMEN_COUNT; i++)
        if (codes >> i & 1) {
            if (n++ > 0)
                bytes_put_char(out, ',');
            json_put_string(out, specimen_number(i));
        }
    bytes_put_char(out, ']');
}

static void put_object(const struct scanner_doctor *doctor, const struct exam *exam,
                       enum scanner_finding finding, struct bytes *out)
{
    const struct scanner_finding_row *row = scanner_finding_row(finding);
    const struct exam_count *count = &exam->found[finding];
    struct wire_source source = { .path =
                                      str_of(strcmp(doctor->path, "-") == 0 ? "" : doctor->path) };

    wire_put_source(out, &source);
    bytes_lit(out, ",\"finding\":{\"code\":");
    json_put_string(out, str_of(row->code));
    put_member(out, "severity", scanner_severity_name(row->severity));
    put_member(out, "looks", say(row->looks));
    put_member(out, "cause", say(row->cause));
    put_member(out, "fix", say(row->fix));
    if (count->detail[0] != '\0')
        put_member(out, "detail", count->detail);
    bytes_lit(out, ",\"scans\":");
    bytes_put_number(out, count->scans);
    put_codes(out, count->codes);
    bytes_lit(out, "}}\n");
}

// ---- for people ----

static void put_number(struct bytes *out, const char *label, size_t number)
{
    bytes_put_str(out, str_of(say(label)));
    bytes_lit(out, ": ");
    bytes_put_number(out, number);
}

static void put_line(struct bytes *out, const char *label, const char *text)
{
    bytes_lit(out, "    ");
    bytes_put_str(out, str_of(say(label)));
    bytes_lit(out, ": ");
    bytes_put_str(out, str_of(text));
    bytes_put_char(out, '\n');
}

static void put_finding(const struct scanner_doctor *doctor, const struct exam *exam,
                        enum scanner_finding finding, struct bytes *out)
{
    static const char *const signs[] = { "·", "!", "✗", "?" };
    static const enum severity colours[] = { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR,
                                             SEVERITY_WARNING };
    const struct scanner_finding_row *row = scanner_finding_row(finding);
    const struct exam_count *count = &exam->found[finding];

    colour_put(out, doctor->colour, colours[row->severity]);
    bytes_put_str(out, str_of(finding == SCANNER_SOUND ? "✓" : signs[row->severity]));
    colour_end(out, doctor->colour);
    bytes_put_char(out, ' ');
    bytes_put_str(out, str_of(say(row->looks)));
    bytes_lit(out, " [");
    bytes_put_str(out, str_of(row->code));
    bytes_lit(out, "]\n");
    if (count->detail[0] != '\0')
        put_line(out, N_("Detail"), count->detail);
    put_line(out, N_("Why"), say(row->cause));
    put_line(out, N_("What to do"), say(row->fix));
}

static void put_head(const struct exam *exam, struct bytes *out)
{
    put_number(out, N_("Codes of the sheet that came"), exam->scans);
    bytes_lit(out, "; ");
    put_number(out, N_("without a change"), exam->sound);
    bytes_lit(out, "\n");
}

static void put_exam(const struct scanner_doctor *doctor, const struct exam *exam,
                     struct output *output)
{
    if (!doctor->ndjson)
        put_head(exam, &output->text);
    // what is wrong first
    for (int s = SCANNER_UNDECIDED; s >= SCANNER_NOTE; s--)
        for (int f = 0; f < SCANNER_FINDING_COUNT; f++) {
            enum scanner_finding finding = (enum scanner_finding)f;
            if (exam->found[f].scans == 0 || (int)scanner_finding_row(finding)->severity != s)
                continue;
            if (doctor->ndjson)
                put_object(doctor, exam, finding, &output->text);
            else
                put_finding(doctor, exam, finding, &output->text);
        }
}

// ---- the run ----

static void heard(void *ctx, size_t bytes)
{
    (void)ctx;
    (void)bytes;
    fputc('.', stderr);
}

static void invite(const struct scanner_doctor *doctor, bool tty)
{
    if (!tty)
        return;
    if (strcmp(doctor->path, "-") == 0)
        tell(doctor->program, "doctor",
             N_("scan the codes of the test sheet, one after another; then press Ctrl-D"));
    else
        tell(doctor->program, doctor->path,
             N_("scan the codes of the test sheet, one after another; then press Ctrl-C"));
}

static bool is_terminal(const char *path)
{
    if (strcmp(path, "-") == 0)
        return isatty(STDIN_FILENO) == 1;
    int fd = open(path, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    bool tty = fd >= 0 && isatty(fd) == 1;
    if (fd >= 0)
        close(fd);
    return tty;
}

static enum status learn(const struct scanner_doctor *doctor, const struct exam *exam)
{
    struct scanner_profile profile;
    struct bytes text = { 0 };
    struct output out = { .fd = -1 };

    if (!scanner_profile_learn(exam, &profile)) {
        tell(doctor->program, doctor->learn,
             N_("nothing was learnt: what came is not the same each time, or no code came"));
        return STATUS_UNREADABLE;
    }
    scanner_profile_put(&profile, &text);
    out.fd = open(doctor->learn, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (out.fd < 0)
        out.native = errno;
    else
        output_direct(&out, bytes_str(&text));
    if (out.fd >= 0 && close(out.fd) < 0 && out.native == 0)
        out.native = errno;
    if (out.native != 0)
        tell_failure(doctor->program, doctor->learn, out.native);
    bytes_free(&text);
    return out.native != 0 ? STATUS_FAILED : STATUS_OK;
}

static enum status judge(const struct scanner_doctor *doctor, struct str text, bool live,
                         struct output *output)
{
    static const enum status statuses[] = { STATUS_OK, STATUS_NEGATIVE, STATUS_NEGATIVE,
                                            STATUS_UNREADABLE };
    struct exam_options how = { .live = live, .tried_11 = doctor->tried_11 };
    struct exam exam;

    if (!exam_make(text, &how, &exam)) {
        tell_failure(doctor->program, doctor->path, ENOMEM);
        return STATUS_FAILED;
    }
    put_exam(doctor, &exam, output);
    enum status status = statuses[exam_severity(&exam)];
    if (doctor->learn != NULL)
        status = status_worse(status, learn(doctor, &exam));
    return status;
}

enum status scanner_doctor_run(const struct scanner_doctor *doctor, struct output *output)
{
    bool tty = is_terminal(doctor->path);
    bool dots = tty && isatty(STDERR_FILENO) == 1;
    struct scanner_source source = { .path = doctor->path,
                                     .baud = doctor->baud,
                                     .wait_ms = doctor->wait_ms,
                                     .heard = dots ? heard : NULL };
    struct bytes text = { 0 };
    enum status status = STATUS_FAILED;

    invite(doctor, tty);
    if (!stop_on_signals())
        return tell_failure(doctor->program, doctor->program, errno), STATUS_FAILED;
    enum scanner_source_end end = scanner_source_read(&source, EXAM_LENGTH_MAX, &text);
    int native = errno;
    if (dots)
        fputc('\n', stderr);
    if (end == SCANNER_SOURCE_SPEED)
        status = STATUS_USAGE;
    else if (end == SCANNER_SOURCE_FAILED)
        tell_failure(doctor->program, doctor->path, native);
    else
        status = judge(doctor, bytes_str(&text), end == SCANNER_SOURCE_LIVE, output);
    bytes_free(&text);
    return status_worse(status, tell_finished(doctor->program, output));
}

void scanner_codes_put(struct bytes *out)
{
    for (int f = 0; f < SCANNER_FINDING_COUNT; f++) {
        const struct scanner_finding_row *row = scanner_finding_row((enum scanner_finding)f);
        bytes_put_str(out, str_of(row->code));
        bytes_lit(out, "\tfinding\t");
        bytes_put_str(out, str_of(scanner_severity_name(row->severity)));
        bytes_put_char(out, '\t');
        bytes_put_str(out, str_of(say(row->looks)));
        bytes_put_char(out, '\n');
    }
}
