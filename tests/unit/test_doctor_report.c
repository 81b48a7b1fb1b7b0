// SPDX-License-Identifier: MIT
// The doctor's tables hold together, and its commands are safe to be pasted.
#include "reader/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static struct arena arena;

static void tables(void **state)
{
    (void)state;
    for (enum doctor_code c = FINDING_NONE + 1; c < DOCTOR_CODE_COUNT; c++) {
        const struct doctor_finding *f = doctor_finding(c);
        assert_true(f->state >= DOCTOR_NOTE && f->state <= DOCTOR_TROUBLE);
        assert_true(f->looks[0] != '\0' && f->cause[0] != '\0' && f->fix[0] != '\0');
        assert_true(f->commands == NULL || f->commands[0] != '\0');
        for (enum doctor_code other = FINDING_NONE; other < c; other++)
            assert_string_not_equal(f->code, doctor_finding(other)->code);
        // in the order of cause
        assert_true(c == FINDING_NONE + 1 || f->check >= doctor_finding(c - 1)->check);
    }
    for (enum doctor_check c = 0; c < DOCTOR_CHECK_COUNT; c++) {
        size_t n = strlen(doctor_check_question(c));
        assert_true(n > 1 && doctor_check_question(c)[n - 1] == '?');
        assert_true(doctor_check_code(c)[0] != '\0');
    }
    assert_string_equal(doctor_finding(FINDING_KERNEL_HOLDS)->code, "kernel_holds_reader");
    assert_string_equal(doctor_check_code(CHECK_SPEED), "speed");
    assert_string_equal(doctor_state_name(DOCTOR_SKIPPED), "skipped");
    assert_string_equal(doctor_state_name(DOCTOR_TROUBLE), "trouble");
}

static void worst(void **state)
{
    struct doctor_row rows[] = { { .state = DOCTOR_NOTE },
                                 { .state = DOCTOR_SKIPPED },
                                 { .state = DOCTOR_WARNING },
                                 { .state = DOCTOR_GOOD } };
    struct doctor_report report = { .row = rows };

    (void)state;
    assert_int_equal(doctor_worst(&report), DOCTOR_GOOD);
    report.rows = 2;
    assert_int_equal(doctor_worst(&report), DOCTOR_NOTE);
    report.rows = 4;
    assert_int_equal(doctor_worst(&report), DOCTOR_WARNING);
    rows[3].state = DOCTOR_TROUBLE;
    assert_int_equal(doctor_worst(&report), DOCTOR_TROUBLE);
}

static struct str commands_for(const char *template, struct str value)
{
    struct doctor_finding finding = { .commands = template };
    struct doctor_fact fact[] = { { .name = "other", .value = STR("x") },
                                  { .name = "name", .value = value } };

    arena_reset(&arena);
    return doctor_commands(&arena, &finding, fact, 2);
}

static void expect(const char *template, struct str value, const char *expected)
{
    struct str got = commands_for(template, value);
    if (!str_eq(got, str_of(expected)))
        fail_msg("%.*s is not %s", (int)got.n, got.p, expected);
}

static void commands(void **state)
{
    (void)state;
    expect("echo on | sudo tee {name}", STR("/sys/bus/usb/devices/1-1/power/control"),
           "echo on | sudo tee /sys/bus/usb/devices/1-1/power/control");
    expect("a {name}\nb {name}{other}", STR("an"), "a an\nb anx");
    expect("a {name}", STR("b c"), "a 'b c'");
    expect("a {name}", STR("it's"), "a 'it'\\''s'");
    expect("a {name}", STR("Nguyễn"), "a 'Nguyễn'");
    expect("f() { {name}; } {x-} ENV{DEVTYPE} {", STR("a"), "f() { a; } {x-} ENV{DEVTYPE} {");
    // what cannot be filled in is no command
    expect("a {absent}", STR("b"), "");
    expect("a {name}", STR(""), "");
    expect("a {name}", STR("-rf"), "");
    expect("a {name}", STR("b\nrm -rf c"), "");
    expect("a {name}", STR("b\x1B[2J"), "");
    expect("a {name}", STR("b\xE2\x80\xAE"), ""); // U+202E turns what follows around
    expect("a {name}", STR("\xFF"), "");
    expect("", STR("b"), "");
    struct doctor_finding none = { .commands = NULL };
    assert_int_equal(doctor_commands(&arena, &none, NULL, 0).n, 0);
}

// What a shell makes of a quoted value is the value.
static void quoting(void **state)
{
    static const char *const values[] = { "$(reboot)", "`id`",  "a;b", "a\"b'c", "\\", "*",
                                          "~root",     "a # b", "'",   "''",     "!x", "${HOME}",
                                          "a=b",       "&",     "(x)", "<>|",    "%s" };

    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        struct str command = commands_for("printf %s {name}", str_of(values[i]));
        char text[256], came[256];
        int out[2];
        assert_true(command.n > 0 && command.n < sizeof text);
        memcpy(text, command.p, command.n);
        text[command.n] = '\0';
        assert_int_equal(pipe(out), 0);
        pid_t child = fork();
        if (child == 0) {
            dup2(out[1], STDOUT_FILENO);
            execl("/bin/sh", "sh", "-c", text, (char *)NULL);
            _exit(127);
        }
        close(out[1]);
        ssize_t n = read(out[0], came, sizeof came - 1);
        close(out[0]);
        waitpid(child, NULL, 0);
        assert_true(n >= 0);
        came[n] = '\0';
        assert_string_equal(came, values[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables),
        cmocka_unit_test(worst),
        cmocka_unit_test(commands),
        cmocka_unit_test(quoting),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(&arena);
    return failed;
}
