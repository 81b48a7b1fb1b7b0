// SPDX-License-Identifier: MIT
// What the doctor found, as it is shown: on a terminal, as JSON, as a page to send away, and as a
// script of fixes; in both languages, and with names that were chosen to do harm.
#include "cli/doctor_fix.h"
#include "cli/doctor_html.h"
#include "cli/doctor_json.h"
#include "cli/doctor_mask.h"
#include "cli/doctor_table.h"
#include "cli/doctor_text.h"
#include "cli/language.h"
#include "cli/save.h"
#include "text/display.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <jansson.h>

#define READER "ACS ACR122U [072f:2200] (1-1)"
#define SERVED "Sample Reader [CCID Interface] (SN77001234) 00 00"

static struct arena arena;
static struct bytes out;
static const struct doctor_origin origin = { STR("2026-01-02 03:04 UTC"), STR("cccd-tools 0.1.0"),
                                             STR("Linux 6.1.0, x86_64") };
static const struct doctor_style plain = { .utf8 = true, .width = 80 };

static struct doctor_row row_of(enum doctor_code code, struct str subject)
{
    const struct doctor_finding *finding = doctor_finding(code);
    return (struct doctor_row){
        .check = finding->check, .state = finding->state, .code = code, .subject = subject
    };
}

static struct doctor_report report_of(struct doctor_row *rows, size_t n)
{
    arena_reset(&arena);
    out.n = 0;
    for (size_t i = 0; i < n; i++)
        if (rows[i].commands.n == 0)
            rows[i].commands =
                doctor_commands(&arena, doctor_finding(rows[i].code), rows[i].fact, rows[i].facts);
    return (struct doctor_report){ .arena = &arena, .row = rows, .rows = n };
}

// A reader that the kernel holds: what comes after is pointless.
static struct doctor_report held(void)
{
    static struct doctor_row rows[8];

    rows[0] = (struct doctor_row){ .check = CHECK_USB };
    rows[1] = (struct doctor_row){ .check = CHECK_READER_CONNECTED, .subject = STR(READER) };
    rows[1].fact[rows[1].facts++] = (struct doctor_fact){ "vendor", STR("ACS"), false };
    rows[1].fact[rows[1].facts++] = (struct doctor_fact){ "serial", STR("RR99887766"), true };
    rows[2] = row_of(FINDING_KERNEL_HOLDS, STR(READER));
    rows[2].fact[rows[2].facts++] = (struct doctor_fact){ "module", STR("pn533_usb"), false };
    rows[3] = row_of(FINDING_USB_SLEEPS, STR(READER));
    rows[3].fact[rows[3].facts++] =
        (struct doctor_fact){ "power", STR("/sys/bus/usb/devices/1-1/power/control"), false };
    for (size_t i = 4; i < 7; i++)
        rows[i] = (struct doctor_row){ .check = CHECK_DEVICE_NODE + (enum doctor_check)(i - 4),
                                       .state = DOCTOR_SKIPPED,
                                       .because = CHECK_KERNEL,
                                       .subject = STR(READER) };
    rows[7] = (struct doctor_row){ .check = CHECK_SPEED,
                                   .state = DOCTOR_SKIPPED,
                                   .reason = N_("no card lies there") };
    return report_of(rows, 8);
}

static struct doctor_report sound(void)
{
    static struct doctor_row rows[4];

    rows[0] = (struct doctor_row){ .check = CHECK_USB };
    rows[1] = (struct doctor_row){ .check = CHECK_READER_MODEL, .subject = STR(SERVED) };
    rows[2] = row_of(FINDING_CARD_ABSENT, STR(SERVED));
    rows[3] = (struct doctor_row){ .check = CHECK_CARD_KIND,
                                   .state = DOCTOR_SKIPPED,
                                   .reason = N_("no card lies there") };
    return report_of(rows, 4);
}

// Names as a device or an account could bear them.
#define HOSTILE                                                                                    \
    "</pre><script>alert(1)</script>\" onload='x' \n\rrm -rf /\n$(reboot)`id` \x1B]0;t\x07 "       \
    "\xE2\x80\xAE gnp.exe \xFF\xC2\x85 & ' \\"

static struct doctor_report hostile(void)
{
    static struct doctor_row rows[4];
    static char long_name[4096];

    memset(long_name, 'W', sizeof long_name - 1);
    rows[0] = row_of(FINDING_READER_ABSENT, STR(HOSTILE));
    rows[0].fact[rows[0].facts++] = (struct doctor_fact){ "vendor", STR(HOSTILE), false };
    rows[1] = row_of(FINDING_SERVICE_REFUSES, (struct str){ long_name, sizeof long_name - 1 });
    rows[1].fact[rows[1].facts++] = (struct doctor_fact){ "account", STR("o'neil $(id)"), true };
    rows[2] = row_of(FINDING_SERVICE_REFUSES, STR("x"));
    rows[2].fact[rows[2].facts++] = (struct doctor_fact){ "account", STR("a\nid"), true };
    rows[3] = row_of(FINDING_CARD_MUTE, STR("shellcheck \u2028 # '\"\t"));
    rows[3].commands = STR("true\necho \x1B[31m");
    return report_of(rows, 4);
}

static void expect_golden(const char *name)
{
    char path[4096];
    char text[65536];

    snprintf(path, sizeof path, "%s/tests/data/doctor/%s",
             getenv("CCCD_TOP") != NULL ? getenv("CCCD_TOP") : ".", name);
    if (getenv("CCCD_WRITE_GOLDEN") != NULL) // then look at what git diff says
        assert_true(save_text(path, bytes_str(&out)));
    FILE *file = fopen(path, "rb");
    size_t n = file != NULL ? fread(text, 1, sizeof text, file) : 0;
    if (file != NULL)
        fclose(file);
    if (!str_eq(bytes_str(&out), (struct str){ text, n })) {
        fprintf(stderr, "%.*s", (int)out.n, out.p);
        fail_msg("this is not %s", path);
    }
}

static bool has(const char *text)
{
    return memmem(out.p, out.n, text, strlen(text)) != NULL;
}

static void text_golden(void **state)
{
    struct doctor_report report = held();

    (void)state;
    doctor_put_text(&out, &report, &plain);
    expect_golden("held-en.txt");
    report = sound();
    doctor_put_text(&out, &report, &plain);
    expect_golden("sound-en.txt");
    language_set("vi");
    report = held();
    doctor_put_text(&out, &report, &plain);
    language_set("en");
    expect_golden("held-vi.txt");
}

static size_t widest_line(void)
{
    struct str rest = bytes_str(&out), line;
    size_t widest = 0;

    while (doctor_next_line(&rest, &line))
        if (!str_starts(line, STR("        ")) && display_width(line) > widest)
            widest = display_width(line);
    return widest;
}

static void text_width(void **state)
{
    static const size_t widths[] = { 40, 60, 80, 100 };

    (void)state;
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        struct doctor_style style = { .utf8 = true, .width = widths[i] };
        struct doctor_report report = hostile();
        doctor_put_text(&out, &report, &style);
        assert_in_range(widest_line(), widths[i] / 2, widths[i]);
        report = held();
        doctor_put_text(&out, &report, &style);
        assert_in_range(widest_line(), widths[i] / 2, widths[i]);
        // commands are pasted: they stay whole
        assert_true(has("\n        sudo modprobe -r pn533_usb pn533 port100 nfc\n"));
    }
    struct doctor_style endless = { .utf8 = true };
    struct doctor_report report = hostile();
    doctor_put_text(&out, &report, &endless);
    assert_true(widest_line() > 4000);
}

static void text_marks(void **state)
{
    struct doctor_style ascii = { .width = 80 };
    struct doctor_report report = held();

    (void)state;
    doctor_put_text(&out, &report, &ascii);
    for (size_t i = 0; i < out.n; i++)
        assert_true((unsigned char)out.p[i] < 0x80);
    assert_true(str_starts(bytes_str(&out), STR("+ Can this")) && has("\nx Does the kernel") &&
                has("\n! Does the reader keep") && has("\n- 3 questions"));
    assert_false(has("\033"));
    struct doctor_style coloured = { .colour = true, .utf8 = true, .width = 80 };
    report = held();
    doctor_put_text(&out, &report, &coloured);
    assert_true(has("\033[31m✗\033[0m Does the kernel") && has("\033[32m✓\033[0m Can"));
}

static void expect_no_control(bool colour)
{
    for (size_t i = 0; i < out.n; i++) {
        unsigned char c = (unsigned char)out.p[i];
        assert_true((c >= 0x20 || c == '\n' || (colour && c == 0x1B)) && c != 0x7F);
    }
    assert_false(has("\xE2\x80\xAE") || has("\xC2\x85") || has("\xE2\x80\xA8") || has("\xFF"));
}

static void text_hostile(void **state)
{
    struct doctor_report report = hostile();

    (void)state;
    doctor_put_text(&out, &report, &plain);
    assert_false(out.failed);
    expect_no_control(false);
    assert_true(has("\\x1B]0;t\\x07") && has("\\u{202E}"));
}

// ---- JSON ----

static json_t *parsed(void)
{
    json_error_t error;
    json_t *root = json_loadb(out.p, out.n, JSON_REJECT_DUPLICATES, &error);
    if (root == NULL)
        fail_msg("%s: %.*s", error.text, (int)out.n, out.p);
    return root;
}

static const char *text_at(const json_t *root, const char *a, const char *b)
{
    return json_string_value(json_object_get(json_object_get(root, a), b));
}

// Lines for the check against the schema after the run.
static void keep_line(void)
{
    char path[4096];
    const char *folder = getenv("CCCD_NDJSON");

    if (folder == NULL)
        return;
    snprintf(path, sizeof path, "%s/test_doctor_show", folder);
    FILE *file = fopen(path, "ab");
    assert_non_null(file);
    fprintf(file, "%.*s\n", (int)out.n, out.p);
    fclose(file);
}

static void json_lines(void **state)
{
    struct doctor_report report = held();

    (void)state;
    doctor_put_line(&out, &report.row[2]);
    keep_line();
    json_t *root = parsed();
    const json_t *doctor = json_object_get(root, "doctor");
    assert_string_equal(text_at(root, "source", "device"), READER);
    assert_string_equal(text_at(root, "doctor", "check"), "kernel");
    assert_string_equal(text_at(root, "doctor", "state"), "trouble");
    assert_string_equal(text_at(root, "doctor", "code"), "kernel_holds_reader");
    assert_string_equal(text_at(doctor, "facts", "module"), "pn533_usb");
    const json_t *commands = json_object_get(doctor, "commands");
    assert_int_equal(json_array_size(commands), 2);
    assert_string_equal(json_string_value(json_array_get(commands, 1)),
                        "sudo modprobe -r pn533_usb pn533 port100 nfc");
    assert_string_equal(text_at(root, "doctor", "cause"),
                        doctor_finding(FINDING_KERNEL_HOLDS)->cause);
    json_decref(root);

    out.n = 0;
    doctor_put_line(&out, &report.row[4]);
    keep_line();
    root = parsed();
    assert_string_equal(text_at(root, "doctor", "state"), "skipped");
    assert_string_equal(text_at(root, "doctor", "because"), "kernel");
    assert_null(json_object_get(json_object_get(root, "doctor"), "code"));
    json_decref(root);

    out.n = 0;
    language_set("vi");
    doctor_put_line(&out, &report.row[7]);
    language_set("en");
    keep_line();
    root = parsed();
    assert_string_equal(text_at(root, "doctor", "reason"), "không có thẻ trên đầu đọc");
    assert_string_equal(text_at(root, "doctor", "check"), "speed");
    assert_int_equal(json_object_size(json_object_get(root, "source")), 0);
    json_decref(root);

    report = sound();
    doctor_put_line(&out, &report.row[2]);
    keep_line();
    root = parsed();
    assert_string_equal(text_at(root, "source", "reader"), SERVED);
    json_decref(root);
}

// Facts of one name are one member.
static void json_repeated(void **state)
{
    struct doctor_row row = row_of(FINDING_CARD_HELD, STR("x"));
    struct doctor_report report;

    (void)state;
    row.fact[row.facts++] = (struct doctor_fact){ "program", STR("a (1)"), false };
    row.fact[row.facts++] = (struct doctor_fact){ "version", STR("2"), false };
    row.fact[row.facts++] = (struct doctor_fact){ "program", STR("b (3)"), false };
    report = report_of(&row, 1);
    doctor_put_line(&out, report.row);
    keep_line();
    json_t *root = parsed();
    const json_t *facts = json_object_get(json_object_get(root, "doctor"), "facts");
    assert_int_equal(json_object_size(facts), 2);
    const json_t *programs = json_object_get(facts, "program");
    assert_int_equal(json_array_size(programs), 2);
    assert_string_equal(json_string_value(json_array_get(programs, 1)), "b (3)");
    json_decref(root);
}

static void json_whole(void **state)
{
    struct doctor_report report = hostile();

    (void)state;
    doctor_put_json(&out, &report);
    keep_line();
    json_t *root = parsed();
    assert_string_equal(text_at(root, "doctor", "state"), "trouble");
    assert_int_equal(json_array_size(json_object_get(json_object_get(root, "doctor"), "rows")), 4);
    json_decref(root);
    struct doctor_report none = { .arena = &arena };
    out.n = 0;
    doctor_put_json(&out, &none);
    keep_line();
    root = parsed();
    assert_string_equal(text_at(root, "doctor", "state"), "good");
    json_decref(root);
}

// ---- the page ----

static void masked(void **state)
{
    struct doctor_row row[2] = { row_of(FINDING_SERVICE_REFUSES, STR(SERVED)),
                                 row_of(FINDING_CARD_MUTE, STR("RR99887766x and an anvil")) };
    struct doctor_report report, to;

    (void)state;
    row[0].fact[row[0].facts++] = (struct doctor_fact){ "account", STR("an"), true };
    row[0].fact[row[0].facts++] = (struct doctor_fact){ "serial", STR("RR99887766"), true };
    row[0].fact[row[0].facts++] = (struct doctor_fact){ "answer", STR("no RR99887766"), false };
    report = report_of(row, 2);
    assert_true(doctor_mask(&report, &to));
    bytes_put_str(&out, to.row[0].subject);
    assert_true(has("(***34) 00 00"));
    assert_true(str_eq(to.row[0].fact[0].value, STR("***")));
    assert_true(str_eq(to.row[0].fact[1].value, STR("***66")));
    assert_true(str_eq(to.row[0].fact[2].value, STR("no ***66")));
    assert_true(str_eq(to.row[1].subject, STR("***66x and *** anvil")));
    assert_non_null(memmem(to.row[0].commands.p, to.row[0].commands.n, "-aG cccd '***'\n", 15));
    // the report itself is as it was
    assert_true(str_eq(report.row[0].fact[0].value, STR("an")));
}

static void page(void **state)
{
    struct doctor_report report = held();

    (void)state;
    assert_true(doctor_put_html(&out, &report, &origin));
    assert_true(has("<html lang=\"en\">") && has("2026-01-02 03:04 UTC") && has("cccd-tools") &&
                has("Linux 6.1.0") && has("kernel_holds_reader") && has("***66"));
    assert_false(has("RR99887766") || has("http:") || has("https:") || has("<script") ||
                 has("src="));
    // troubles come before warnings, and both before the table
    const char *trouble = memmem(out.p, out.n, "class=\"finding trouble\"", 23);
    const char *warning = memmem(out.p, out.n, "class=\"finding warning\"", 23);
    const char *table = memmem(out.p, out.n, "<table>", 7);
    assert_true(trouble != NULL && trouble < warning && warning < table);
    language_set("vi");
    report = held();
    assert_true(doctor_put_html(&out, &report, &origin));
    language_set("en");
    assert_true(has("<html lang=\"vi\">") && has("Trình điều khiển NFC"));
}

static void page_hostile(void **state)
{
    struct doctor_report report = hostile();

    (void)state;
    assert_true(doctor_put_html(&out, &report, &origin));
    expect_no_control(false);
    assert_false(has("<script") || has("onload='") || has("o'neil") || has("$(id)"));
    assert_true(has("&lt;script&gt;alert(1)&lt;/script&gt;&quot; onload=&#39;x&#39;"));
}

// ---- the script ----

static void script_golden(void **state)
{
    struct doctor_report report = held();

    (void)state;
    doctor_put_fix(&out, &report, &origin);
    expect_golden("held-en.sh");
    report = sound();
    doctor_put_fix(&out, &report, &origin);
    expect_golden("sound-en.sh");
    language_set("vi");
    report = held();
    doctor_put_fix(&out, &report, &origin);
    language_set("en");
    expect_golden("held-vi.sh");
}

// Runs the script with this on its standard input, where sudo is a function that only tells what it
// was to do. What came replaces the script.
static int run_script(const char *input)
{
    char path[] = "/tmp/cccd-fix.XXXXXX", command[512], came[4096];
    int fd = mkstemp(path), ends[2], status;

    assert_true(fd >= 0 && write(fd, out.p, out.n) == (ssize_t)out.n);
    close(fd);
    snprintf(command, sizeof command,
             "sudo() { printf 'RAN %%s\\n' \"$*\"; }; printf '%s' | (. %s) 2>&1", input, path);
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    out.n = 0;
    for (ssize_t n; (n = read(ends[0], came, sizeof came)) > 0;)
        bytes_put(&out, came, (size_t)n);
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    unlink(path);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void script_runs(void **state)
{
    struct doctor_report report = held();

    (void)state;
    doctor_put_fix(&out, &report, &origin);
    assert_int_equal(run_script("n\\nn\\n"), 0);
    assert_true(has("Forbid these modules"));
    assert_false(has("RAN"));
    report = held();
    doctor_put_fix(&out, &report, &origin);
    assert_int_equal(run_script("y\\nn\\n"), 0);
    assert_true(has("RAN modprobe -r pn533_usb") &&
                has("RAN tee /etc/modprobe.d/cccd-no-nfc.conf"));
    assert_false(has("RAN tee /sys"));
    // nobody answers: nothing is done
    report = held();
    doctor_put_fix(&out, &report, &origin);
    assert_int_equal(run_script(""), 0);
    assert_false(has("RAN"));
}

static void script_hostile(void **state)
{
    struct doctor_report report = hostile();

    (void)state;
    doctor_put_fix(&out, &report, &origin);
    expect_no_control(false);
    assert_false(has("\nrm -rf") || has("\n$(") || has("a\nid"));
    assert_true(has("usermod -aG cccd 'o'\\''neil $(id)'"));
    assert_int_equal(run_script("n\\nn\\nn\\n"), 0);
    assert_false(has("RAN") || has("uid="));
    report = hostile();
    doctor_put_fix(&out, &report, &origin);
    assert_int_equal(run_script("y\\nn\\nn\\n"), 0);
    assert_true(has("RAN usermod -aG cccd o'neil $(id)"));
    assert_false(has("uid="));
}

// ---- the table for the manual, and files ----

static void table(void **state)
{
    struct str rest, line;
    size_t checks = 0, findings = 0;

    (void)state;
    out.n = 0;
    doctor_put_table(&out);
    rest = bytes_str(&out);
    while (doctor_next_line(&rest, &line)) {
        bool check = str_starts(line, STR("check\t"));
        assert_in_range(str_count(line, '\t'), check ? 2 : 6, check ? 2 : 9);
        checks += check;
        findings += !check;
    }
    assert_int_equal(checks, DOCTOR_CHECK_COUNT);
    assert_int_equal(findings, DOCTOR_CODE_COUNT - 1);
}

static void saving(void **state)
{
    char folder[] = "/tmp/cccd-save.XXXXXX", path[64], text[64];
    struct stat st;

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/report", folder);
    for (int round = 0; round < 2; round++) {
        const char *content = round == 0 ? "a longer text\n" : "short\n";
        assert_true(save_text(path, str_of(content)));
        assert_int_equal(stat(path, &st), 0);
        assert_int_equal(st.st_mode & 07777, 0600);
        FILE *file = fopen(path, "rb");
        assert_non_null(file);
        text[fread(text, 1, sizeof text - 1, file)] = '\0';
        fclose(file);
        assert_string_equal(text, content);
        assert_int_equal(chmod(path, 0644), 0);
    }
    unlink(path);
    assert_int_equal(rmdir(folder), 0); // nothing else is left
    assert_false(save_text(path, STR("x")));
    assert_int_equal(errno, ENOENT);
    assert_false(save_text("/dev/full", STR("x")));
    assert_int_equal(errno, ENOSPC);
    assert_int_equal(stat("/dev/full", &st), 0);
    assert_true(S_ISCHR(st.st_mode));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_golden),    cmocka_unit_test(text_width),
        cmocka_unit_test(text_marks),     cmocka_unit_test(text_hostile),
        cmocka_unit_test(json_lines),     cmocka_unit_test(json_repeated),
        cmocka_unit_test(json_whole),     cmocka_unit_test(masked),
        cmocka_unit_test(page),           cmocka_unit_test(page_hostile),
        cmocka_unit_test(script_golden),  cmocka_unit_test(script_runs),
        cmocka_unit_test(script_hostile), cmocka_unit_test(table),
        cmocka_unit_test(saving),
    };
    language_set("en");
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    bytes_free(&out);
    return failed;
}
