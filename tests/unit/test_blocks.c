// SPDX-License-Identifier: MIT
// Shared work gives what one process gives, also when a worker dies or a result outgrows its space.
#include "batch/blocks.h"
#include "base/wipe.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

static pid_t caller;

struct gathered {
    struct bytes text;
    unsigned long lines;
};

static size_t cut_at_last_line(struct str text)
{
    const char *lf = memrchr(text.p, '\n', text.n);
    return lf == NULL ? 0 : (size_t)(lf - text.p) + 1;
}

// Writes each line's number and its text. A line "die" ends a worker; "grow" writes two megabytes.
static bool work(void *ctx, struct str block, unsigned long lines_before, struct bytes *out,
                 void *tally)
{
    unsigned long lines = 0;

    (void)ctx;
    for (; block.n > 0; lines++) {
        struct str line = str_head(block, str_find(block, '\n'));
        block = str_from(block, line.n + 1);
        if (str_eq(line, STR("die")) && getpid() != caller)
            _exit(1);
        for (int i = 0; str_eq(line, STR("grow")) && i < 2 * 1024; i++)
            for (int k = 0; k < 16; k++)
                bytes_lit(out, "0123456789012345678901234567890123456789012345678901234567890123");
        bytes_put_number(out, lines_before + lines + 1);
        bytes_lit(out, ":");
        bytes_put_str(out, line);
        bytes_lit(out, "\n");
    }
    memcpy(tally, &lines, sizeof lines);
    return !out->failed;
}

static bool take(void *ctx, struct str out, const void *tally)
{
    struct gathered *g = ctx;
    unsigned long lines;

    memcpy(&lines, tally, sizeof lines);
    g->lines += lines;
    bytes_put_str(&g->text, out);
    return !g->text.failed;
}

static void compare(const char *special)
{
    struct bytes input = { 0 }, rest = { 0 }, expected = { 0 };
    struct gathered g = { 0 };
    unsigned long lines = 0, whole;
    FILE *file = tmpfile();

    for (int i = 0; i < 60000; i++) {
        bytes_lit(&input, "some line with a number ");
        bytes_put_number(&input, (unsigned long)i * 7919);
        bytes_lit(&input, "\n");
        if (i % 20000 == 10000) {
            bytes_put_str(&input, str_of(special));
            bytes_lit(&input, "\n");
        }
    }
    assert_non_null(file);
    assert_int_equal(fwrite(input.p, 1, input.n, file), input.n);
    rewind(file);

    struct blocks_work how = { cut_at_last_line, work, take, &g };
    assert_true(blocks_run(&how, 3, fileno(file), &rest, &lines));
    assert_true(work(NULL, bytes_str(&input), 0, &expected, &whole));
    work(NULL, bytes_str(&rest), lines, &g.text, &whole);
    assert_int_equal(g.lines, lines);
    assert_int_equal(g.text.n, expected.n);
    assert_memory_equal(g.text.p, expected.p, expected.n);
    fclose(file);
    bytes_free(&input);
    bytes_free(&rest);
    bytes_free(&expected);
    bytes_free(&g.text);
}

static void gives_the_same(void **state)
{
    (void)state;
    compare("nothing special");
}

static void survives_the_death_of_workers(void **state)
{
    (void)state;
    compare("die");
}

static void survives_results_that_outgrow_their_space(void **state)
{
    (void)state;
    compare("grow");
}

static void wipes(void **state)
{
    (void)state;
    char secret[] = "001090000001";
    static const char zeros[sizeof secret] = { 0 };
    struct rlimit core;

    wipe(secret, sizeof secret);
    assert_memory_equal(secret, zeros, sizeof secret);
    wipe_no_core();
    assert_int_equal(getrlimit(RLIMIT_CORE, &core), 0);
    assert_int_equal(core.rlim_cur, 0);
    assert_int_equal(core.rlim_max, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_the_same),
        cmocka_unit_test(survives_the_death_of_workers),
        cmocka_unit_test(survives_results_that_outgrow_their_space),
        cmocka_unit_test(wipes),
    };
    caller = getpid();
    signal(SIGPIPE, SIG_IGN); // as the programs do
    return cmocka_run_group_tests(tests, NULL, NULL);
}
