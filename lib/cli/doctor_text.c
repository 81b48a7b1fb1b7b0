// SPDX-License-Identifier: MIT
#include "cli/doctor_text.h"

#include "cli/colour.h"
#include "cli/doctor_words.h"
#include "cli/language.h"
#include "cli/wrap.h"
#include "text/display.h"

#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/ioctl.h>

enum { WIDTH_USUAL = 80, WIDTH_LEAST = 40, WIDTH_MOST = 100 };

static size_t width_of(int fd)
{
    struct winsize size;

    if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return WIDTH_USUAL;
    return size.ws_col < WIDTH_LEAST  ? WIDTH_LEAST
           : size.ws_col > WIDTH_MOST ? WIDTH_MOST
                                      : size.ws_col;
}

// The locale's name decides, whether or not the system has that locale; where sentences come in
// Vietnamese, more than ASCII is on its way in any case.
static bool writes_utf8(void)
{
    static const char *const variables[] = { "LC_ALL", "LC_CTYPE", "LANG" };

    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *value = getenv(variables[i]);
        if (value != NULL && value[0] != '\0')
            return strcasestr(value, "UTF-8") != NULL || strcasestr(value, "utf8") != NULL;
    }
    return false;
}

struct doctor_style doctor_style_for(int fd, const char *when)
{
    return (struct doctor_style){ .colour = colour_wanted(when, fd),
                                  .utf8 = writes_utf8() || language_is_vietnamese(),
                                  .width = width_of(fd) };
}

struct page {
    struct bytes *out;
    const struct doctor_style *style;
    struct bytes text; // of one sentence, escaped
};

static void put_colour(struct page *p, const char *code)
{
    if (p->style->colour)
        bytes_put_str(p->out, str_of(code));
}

static void put_mark(struct page *p, enum doctor_state state)
{
    static const struct {
        const char *sign, *plain, *colour;
    } marks[] = {
        [DOCTOR_GOOD] = { "✓", "+", "\033[32m" },    [DOCTOR_NOTE] = { "·", ".", "\033[36m" },
        [DOCTOR_WARNING] = { "!", "!", "\033[33m" }, [DOCTOR_TROUBLE] = { "✗", "x", "\033[31m" },
        [DOCTOR_SKIPPED] = { "–", "-", "\033[2m" },
    };
    put_colour(p, marks[state].colour);
    bytes_put_str(p->out, str_of(p->style->utf8 ? marks[state].sign : marks[state].plain));
    colour_end(p->out, p->style->colour);
    bytes_put_char(p->out, ' ');
}

static struct wrap paragraph(struct page *p, const char *begin, size_t column)
{
    return (
        struct wrap){ .out = p->out, .width = p->style->width, .begin = begin, .column = column };
}

// "? ACS ACR122U (driver: ifd-ccid.bundle)", behind the mark.
static void put_heading(struct page *p, const struct doctor_row *row)
{
    struct wrap w = paragraph(p, "  ", 2);

    put_mark(p, row->state);
    wrap_put(&w, str_of(say(doctor_check_question(row->check))));
    p->text.n = 0;
    if (row->subject.n > 0) {
        bytes_put_char(&p->text, ' ');
        display_put(&p->text, row->subject);
    }
    if (row->facts > 0) {
        bytes_lit(&p->text, " (");
        doctor_put_facts(&p->text, row);
        bytes_put_char(&p->text, ')');
    }
    if (p->text.n > 0) {
        put_colour(p, "\033[2m");
        wrap_put(&w, bytes_str(&p->text));
        colour_end(p->out, p->style->colour);
    }
    wrap_end(&w);
}

static void put_sentence(struct page *p, const char *heading, const char *sentence,
                         const char *code)
{
    struct wrap w = paragraph(p, "    ", 4);

    bytes_lit(p->out, "    ");
    if (heading != NULL) {
        wrap_put(&w, str_of(say(heading)));
        wrap_put(&w, STR(": "));
    }
    wrap_put(&w, str_of(say(sentence)));
    if (code != NULL) {
        p->text.n = 0;
        bytes_lit(&p->text, " [");
        bytes_put_str(&p->text, str_of(code));
        bytes_put_char(&p->text, ']');
        put_colour(p, "\033[2m");
        wrap_put(&w, bytes_str(&p->text));
        colour_end(p->out, p->style->colour);
    }
    wrap_end(&w);
}

// Never wrapped: what is pasted has to be whole.
static void put_commands(struct page *p, struct str commands)
{
    bytes_put_char(p->out, '\n');
    for (struct str line; doctor_next_line(&commands, &line);) {
        bytes_lit(p->out, "        ");
        display_put(p->out, line);
        bytes_put_char(p->out, '\n');
    }
}

static void put_row(struct page *p, const struct doctor_row *row)
{
    const struct doctor_finding *finding = doctor_finding(row->code);
    bool acts = row->state == DOCTOR_WARNING || row->state == DOCTOR_TROUBLE;

    put_heading(p, row);
    if (row->code == FINDING_NONE)
        return;
    put_sentence(p, NULL, finding->looks, finding->code);
    if (acts)
        put_sentence(p, N_("Cause"), finding->cause, NULL);
    put_sentence(p, acts ? N_("Fix") : NULL, finding->fix, NULL);
    if (acts && row->commands.n > 0)
        put_commands(p, row->commands);
    if (acts)
        bytes_put_char(p->out, '\n');
}

static void put_skipped(struct page *p, const struct doctor_row *row, size_t alike)
{
    struct wrap w = paragraph(p, "  ", 2);
    char text[256];

    p->text.n = 0;
    if (alike > 1) {
        int n = snprintf(text, sizeof text, say(N_("%zu questions were not asked:")), alike);
        bytes_put(&p->text, text, n > 0 && (size_t)n < sizeof text ? (size_t)n : 0);
    } else {
        bytes_put_str(&p->text, str_of(say(doctor_check_question(row->check))));
        bytes_put_char(&p->text, ' ');
        display_put(&p->text, row->subject);
        bytes_put_str(&p->text, row->subject.n > 0 ? STR(" (") : STR("("));
        bytes_put_str(&p->text, str_of(say(N_("not asked:"))));
    }
    bytes_put_char(&p->text, ' ');
    doctor_put_reason(&p->text, row);
    bytes_put_str(&p->text, alike > 1 ? STR("") : STR(")"));
    put_mark(p, DOCTOR_SKIPPED);
    wrap_put(&w, bytes_str(&p->text));
    wrap_end(&w);
}

void doctor_put_text(struct bytes *out, const struct doctor_report *report,
                     const struct doctor_style *style)
{
    struct page p = { .out = out, .style = style };

    for (size_t i = 0; i < report->rows;) {
        size_t alike = doctor_skipped_alike(report, i);
        if (alike > 0)
            put_skipped(&p, &report->row[i], alike);
        else
            put_row(&p, &report->row[i]);
        i += alike > 0 ? alike : 1;
    }
    if (out->n > 1 && out->p[out->n - 2] != '\n')
        bytes_put_char(out, '\n');
    p.text.n = 0;
    doctor_put_summary(&p.text, report);
    struct wrap w = paragraph(&p, "", 0);
    wrap_put(&w, bytes_str(&p.text));
    wrap_end(&w);
    out->failed |= p.text.failed;
    bytes_free(&p.text);
}
