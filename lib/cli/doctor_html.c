// SPDX-License-Identifier: MIT
#include "cli/doctor_html.h"

#include "cli/doctor_mask.h"
#include "cli/language.h"
#include "text/display.h"

// Every state has a sign and a word besides its colour: for print, and for eyes that tell no
// colours.
static const char style[] =
    "*{box-sizing:border-box}"
    "body{margin:0;background:#fff;color:#1b1f24;font:16px/1.5 system-ui,\"Noto Sans\",\"Segoe "
    "UI\","
    "Roboto,\"Liberation Sans\",Arial,sans-serif;overflow-wrap:anywhere}"
    "main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem}"
    "h1{font-size:1.6rem;line-height:1.25;margin:0 0 .5rem}"
    "h2{font-size:1.15rem;line-height:1.35;margin:0 0 .25rem}"
    "h2.all{margin:2rem 0 .5rem}"
    "p{margin:.25rem 0}"
    ".sum{font-size:1.1rem;font-weight:600}"
    ".made,.where,.code,footer{color:#57606a;font-size:.875rem}"
    ".finding{border:1px solid #d0d7de;border-left:.4rem solid #57606a;border-radius:.3rem;"
    "padding:.75rem 1rem;margin:1rem 0;break-inside:avoid}"
    ".trouble{border-left-color:#b42318}.warning{border-left-color:#9a6700}"
    ".note{border-left-color:#0b5cad}"
    ".state{white-space:nowrap;font-weight:600}"
    ".s-good{color:#1a7f37}.s-note{color:#0b5cad}.s-warning{color:#8a5a00}.s-trouble{color:#b42318}"
    ".s-skipped{color:#57606a}"
    "pre{background:#f3f4f6;border:1px solid #d0d7de;border-radius:.3rem;padding:.6rem .75rem;"
    "margin:.5rem 0 .25rem;white-space:pre-wrap;font:.875rem/1.5 ui-monospace,\"Liberation Mono\","
    "Consolas,monospace}"
    "table{border-collapse:collapse;width:100%;font-size:.9375rem}"
    "th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid #d0d7de}"
    "tr{break-inside:avoid}th:first-child{width:8rem}"
    "ul{margin:0;padding:0;list-style:none;color:#57606a;font-size:.875rem}"
    "footer{margin-top:1.5rem}"
    "@media(max-width:40rem){table,tbody,tr,td{display:block}thead{display:none}"
    "tr{padding:.5rem 0;border-bottom:1px solid #d0d7de}td{border:0;padding:.1rem 0}}"
    "@page{size:A4;margin:15mm}"
    "@media print{main{padding:0;max-width:none}body{font-size:10.5pt}"
    ".finding,pre{-webkit-print-color-adjust:exact;print-color-adjust:exact}}";

static void put_text(struct bytes *out, struct str text)
{
    for (size_t i = 0; i < text.n; i++) {
        switch (text.p[i]) {
        case '&':
            bytes_lit(out, "&amp;");
            break;
        case '<':
            bytes_lit(out, "&lt;");
            break;
        case '>':
            bytes_lit(out, "&gt;");
            break;
        case '"':
            bytes_lit(out, "&quot;");
            break;
        case '\'':
            bytes_lit(out, "&#39;");
            break;
        default:
            bytes_put_char(out, text.p[i]);
        }
    }
}

static void put_said(struct bytes *out, const char *sentence)
{
    put_text(out, str_of(say(sentence)));
}

// From outside: what would steer a terminal is as little wanted here, and letters that are written
// from right to left must not turn what stands around them.
static void put_outside(struct bytes *out, struct str text)
{
    struct bytes shown = { 0 };

    display_put(&shown, text);
    bytes_lit(out, "<bdi>");
    put_text(out, bytes_str(&shown));
    bytes_lit(out, "</bdi>");
    out->failed |= shown.failed;
    bytes_free(&shown);
}

static void put_state(struct bytes *out, enum doctor_state state)
{
    static const char *const signs[] = {
        [DOCTOR_GOOD] = "✓",    [DOCTOR_NOTE] = "·",    [DOCTOR_WARNING] = "!",
        [DOCTOR_TROUBLE] = "✗", [DOCTOR_SKIPPED] = "–",
    };
    bytes_lit(out, "<span class=\"state s-");
    bytes_put_str(out, str_of(doctor_state_name(state)));
    bytes_lit(out, "\"><span aria-hidden=\"true\">");
    bytes_put_str(out, str_of(signs[state]));
    bytes_lit(out, "</span> ");
    put_text(out, str_of(doctor_state_word(state)));
    bytes_lit(out, "</span>");
}

static void put_head(struct bytes *out)
{
    bytes_lit(out, "<!DOCTYPE html>\n<html lang=\"");
    bytes_put_str(out, language_is_vietnamese() ? STR("vi") : STR("en"));
    bytes_lit(out, "\">\n<head>\n<meta charset=\"utf-8\">\n"
                   "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                   "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                   "style-src 'unsafe-inline'\">\n"
                   "<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
    put_said(out, N_("Card readers: what was found"));
    bytes_lit(out, "</title>\n<style>");
    bytes_put_str(out, str_of(style));
    bytes_lit(out, "</style>\n</head>\n<body>\n<main>\n");
}

static void put_header(struct bytes *out, const struct doctor_report *report,
                       const struct doctor_origin *origin)
{
    struct bytes summary = { 0 };
    const struct str parts[] = { origin->time, origin->tools, origin->kernel };

    doctor_put_summary(&summary, report);
    bytes_lit(out, "<header>\n<h1>");
    put_said(out, N_("Card readers: what was found"));
    bytes_lit(out, "</h1>\n<p class=\"sum\">");
    put_text(out, bytes_str(&summary));
    bytes_lit(out, "</p>\n<p class=\"made\">");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        bytes_put_str(out, i > 0 ? STR(" · ") : STR(""));
        put_outside(out, parts[i]);
    }
    bytes_lit(out, "</p>\n</header>\n");
    out->failed |= summary.failed;
    bytes_free(&summary);
}

static void put_told(struct bytes *out, const char *heading, const char *sentence)
{
    bytes_lit(out, "<p><b>");
    put_said(out, heading);
    bytes_lit(out, ":</b> ");
    put_said(out, sentence);
    bytes_lit(out, "</p>\n");
}

static void put_commands(struct bytes *out, struct str commands)
{
    if (commands.n == 0)
        return;
    bytes_lit(out, "<pre>");
    for (struct str line; doctor_next_line(&commands, &line);) {
        put_outside(out, line);
        bytes_put_char(out, '\n');
    }
    bytes_lit(out, "</pre>\n");
}

static void put_finding(struct bytes *out, const struct doctor_row *row)
{
    const struct doctor_finding *finding = doctor_finding(row->code);

    bytes_lit(out, "<section class=\"finding ");
    bytes_put_str(out, str_of(doctor_state_name(row->state)));
    bytes_lit(out, "\">\n<p>");
    put_state(out, row->state);
    bytes_lit(out, "</p>\n<h2>");
    put_said(out, finding->looks);
    bytes_lit(out, "</h2>\n");
    if (row->subject.n > 0) {
        bytes_lit(out, "<p class=\"where\">");
        put_outside(out, row->subject);
        bytes_lit(out, "</p>\n");
    }
    put_told(out, N_("Cause"), finding->cause);
    put_told(out, N_("Fix"), finding->fix);
    put_commands(out, row->commands);
    bytes_lit(out, "<p class=\"code\">");
    put_text(out, str_of(finding->code));
    bytes_lit(out, "</p>\n</section>\n");
}

static void put_facts(struct bytes *out, const struct doctor_row *row)
{
    if (row->facts == 0)
        return;
    bytes_lit(out, "<ul>");
    for (size_t i = 0; i < row->facts; i++) {
        bytes_lit(out, "<li>");
        put_text(out, str_of(doctor_fact_label(row->fact[i].name)));
        bytes_lit(out, ": ");
        put_outside(out, doctor_fact_value(&row->fact[i]));
        bytes_lit(out, "</li>");
    }
    bytes_lit(out, "</ul>");
}

static void put_reason(struct bytes *out, const struct doctor_row *row)
{
    struct bytes reason = { 0 };

    doctor_put_reason(&reason, row);
    bytes_lit(out, "<p>");
    put_text(out, bytes_str(&reason));
    bytes_lit(out, "</p>");
    out->failed |= reason.failed;
    bytes_free(&reason);
}

static void put_row(struct bytes *out, const struct doctor_row *row)
{
    bytes_lit(out, "<tr><td>");
    put_state(out, row->state);
    bytes_lit(out, "</td><td>");
    put_said(out, doctor_check_question(row->check));
    bytes_lit(out, "</td><td>");
    if (row->subject.n > 0)
        put_outside(out, row->subject);
    if (row->state == DOCTOR_SKIPPED)
        put_reason(out, row);
    put_facts(out, row);
    bytes_lit(out, "</td></tr>\n");
}

static void put_table(struct bytes *out, const struct doctor_report *report)
{
    static const char *const headings[] = { N_("Answer"), N_("Question"), N_("What was seen") };

    bytes_lit(out, "<h2 class=\"all\">");
    put_said(out, N_("All questions"));
    bytes_lit(out, "</h2>\n<table>\n<thead><tr>");
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
        bytes_lit(out, "<th scope=\"col\">");
        put_said(out, headings[i]);
        bytes_lit(out, "</th>");
    }
    bytes_lit(out, "</tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < report->rows; i++)
        put_row(out, &report->row[i]);
    bytes_lit(out, "</tbody>\n</table>\n");
}

bool doctor_put_html(struct bytes *out, const struct doctor_report *report,
                     const struct doctor_origin *origin)
{
    static const enum doctor_state order[] = { DOCTOR_TROUBLE, DOCTOR_WARNING, DOCTOR_NOTE };
    struct doctor_report masked;

    if (!doctor_mask(report, &masked))
        return false;
    put_head(out);
    put_header(out, &masked, origin);
    for (size_t s = 0; s < sizeof order / sizeof *order; s++)
        for (size_t i = 0; i < masked.rows; i++)
            if (masked.row[i].state == order[s] && masked.row[i].code != FINDING_NONE)
                put_finding(out, &masked.row[i]);
    put_table(out, &masked);
    bytes_lit(out, "<footer><p>");
    put_said(out, N_("Of serial numbers, card numbers and account names only the end is shown."));
    bytes_lit(out, "</p></footer>\n</main>\n</body>\n</html>\n");
    return !out->failed;
}
