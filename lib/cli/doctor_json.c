// SPDX-License-Identifier: MIT
#include "cli/doctor_json.h"

#include "cli/doctor_words.h"
#include "cli/language.h"
#include "wire/json.h"

static void put_member(struct bytes *out, const char *name, struct str value)
{
    bytes_lit(out, ",\"");
    bytes_put_str(out, str_of(name));
    bytes_lit(out, "\":");
    json_put_string(out, value);
}

// What the kernel knows is a device, what the service knows a reader.
static void put_source(struct bytes *out, const struct doctor_row *row)
{
    bytes_lit(out, "\"source\":{");
    if (row->subject.n > 0) {
        bytes_put_str(out,
                      row->check < CHECK_READER_MODEL ? STR("\"device\":") : STR("\"reader\":"));
        json_put_string(out, row->subject);
    }
    bytes_put_char(out, '}');
}

static bool stood_before(const struct doctor_row *row, size_t i)
{
    for (size_t before = 0; before < i; before++)
        if (strcmp(row->fact[before].name, row->fact[i].name) == 0)
            return true;
    return false;
}

// A fact that there is several times, such as programs that hold a card, is an array.
static void put_fact(struct bytes *out, const struct doctor_row *row, size_t i)
{
    struct str name = str_of(row->fact[i].name);
    size_t n = 0;

    for (size_t other = i; other < row->facts; other++)
        n += str_eq(str_of(row->fact[other].name), name);
    json_put_string(out, name);
    bytes_put_str(out, n > 1 ? STR(":[") : STR(":"));
    json_put_string(out, row->fact[i].value);
    for (size_t other = i + 1; other < row->facts; other++)
        if (str_eq(str_of(row->fact[other].name), name)) {
            bytes_put_char(out, ',');
            json_put_string(out, row->fact[other].value);
        }
    bytes_put_str(out, n > 1 ? STR("]") : STR(""));
}

static void put_facts(struct bytes *out, const struct doctor_row *row)
{
    bool begun = false;

    bytes_lit(out, ",\"facts\":{");
    for (size_t i = 0; i < row->facts; i++) {
        if (stood_before(row, i))
            continue;
        bytes_put_str(out, begun ? STR(",") : STR(""));
        put_fact(out, row, i);
        begun = true;
    }
    bytes_put_char(out, '}');
}

static void put_finding(struct bytes *out, const struct doctor_row *row)
{
    const struct doctor_finding *finding = doctor_finding(row->code);
    struct str commands = row->commands;
    bool begun = false;

    put_member(out, "looks", str_of(say(finding->looks)));
    put_member(out, "cause", str_of(say(finding->cause)));
    put_member(out, "fix", str_of(say(finding->fix)));
    bytes_lit(out, ",\"commands\":[");
    for (struct str line; doctor_next_line(&commands, &line); begun = true) {
        bytes_put_str(out, begun ? STR(",") : STR(""));
        json_put_string(out, line);
    }
    bytes_put_char(out, ']');
}

static void put_row(struct bytes *out, const struct doctor_row *row)
{
    bytes_lit(out, "{\"check\":");
    json_put_string(out, str_of(doctor_check_code(row->check)));
    put_member(out, "question", str_of(say(doctor_check_question(row->check))));
    put_member(out, "state", str_of(doctor_state_name(row->state)));
    if (row->code != FINDING_NONE)
        put_member(out, "code", str_of(doctor_finding(row->code)->code));
    if (row->state == DOCTOR_SKIPPED && row->reason != NULL)
        put_member(out, "reason", str_of(say(row->reason)));
    else if (row->state == DOCTOR_SKIPPED)
        put_member(out, "because", str_of(doctor_check_code(row->because)));
    put_facts(out, row);
    if (row->code != FINDING_NONE)
        put_finding(out, row);
    bytes_put_char(out, '}');
}

void doctor_put_line(struct bytes *out, const struct doctor_row *row)
{
    bytes_lit(out, "{\"v\":1,");
    put_source(out, row);
    bytes_lit(out, ",\"doctor\":");
    put_row(out, row);
    bytes_put_char(out, '}');
}

void doctor_put_json(struct bytes *out, const struct doctor_report *report)
{
    bytes_lit(out, "{\"v\":1,\"source\":{},\"doctor\":{\"state\":");
    json_put_string(out, str_of(doctor_state_name(doctor_worst(report))));
    bytes_lit(out, ",\"rows\":[");
    for (size_t i = 0; i < report->rows; i++) {
        bytes_put_str(out, i > 0 ? STR(",{") : STR("{"));
        put_source(out, &report->row[i]);
        bytes_lit(out, ",\"doctor\":");
        put_row(out, &report->row[i]);
        bytes_put_char(out, '}');
    }
    bytes_lit(out, "]}}");
}
