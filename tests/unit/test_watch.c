// SPDX-License-Identifier: MIT
// Files that come into a folder in all the ways that files come.
#include "batch/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { SETTLED = 400, PATIENCE = 5000 }; // milliseconds; the slowest machine counts

struct scene {
    char folder[32];
    struct watch *watch;
};

static uint64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

static int set_up(void **state)
{
    struct scene *s = calloc(1, sizeof *s);
    snprintf(s->folder, sizeof s->folder, "/tmp/cccd-watch.XXXXXX");
    *state = s;
    return mkdtemp(s->folder) == NULL;
}

static int tear_down(void **state)
{
    struct scene *s = *state;
    char remove[] = "rm", force[] = "-rf", *argv[] = { remove, force, s->folder, NULL };

    watch_close(&s->watch);
    assert_null(s->watch);
    pid_t pid = fork();
    if (pid == 0) {
        execvp(argv[0], argv);
        _exit(127);
    }
    free(s);
    return pid < 0 || waitpid(pid, NULL, 0) != pid;
}

static const char *in(const struct scene *s, const char *name)
{
    static char paths[2][512];
    static int which;
    which = !which;
    snprintf(paths[which], sizeof paths[which], "%s/%s", s->folder, name);
    return paths[which];
}

static int begin_file(const struct scene *s, const char *name)
{
    int fd = open(in(s, name), O_WRONLY | O_CREAT | O_APPEND, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "first", 5), 5);
    return fd;
}

static void whole_file(const struct scene *s, const char *name)
{
    close(begin_file(s, name));
}

static void watch(struct scene *s)
{
    s->watch = watch_open(s->folder);
    assert_non_null(s->watch);
    assert_true(watch_fd(s->watch) >= 0);
}

// Waits as watch.h says one should, until something else than silence comes, or so long.
static enum watch_event next(struct scene *s, uint64_t ms, struct str *path)
{
    uint64_t end = now() + ms;
    enum watch_event event;

    while ((event = watch_next(s->watch, path)) == WATCH_QUIET && now() < end) {
        int pause = watch_pause(s->watch), left = (int)(end - now());
        struct pollfd p = { .fd = watch_fd(s->watch), .events = POLLIN };
        poll(&p, 1, pause >= 0 && pause < left ? pause : left);
    }
    return event;
}

static void expect(struct scene *s, const char *name)
{
    struct str path = { "", 0 };
    assert_int_equal(next(s, PATIENCE, &path), WATCH_FILE);
    if (!str_eq(path, str_of(in(s, name))))
        fail_msg("%.*s came in place of %s", (int)path.n, path.p, name);
}

static void expect_nothing(struct scene *s, uint64_t ms)
{
    struct str path = { "", 0 };
    enum watch_event event = next(s, ms, &path);
    if (event != WATCH_QUIET)
        fail_msg("event %d, %.*s", (int)event, (int)path.n, path.p);
}

// ---- the tests ----

static void present_files_come_first(void **state)
{
    struct scene *s = *state;
    whole_file(s, "b");
    whole_file(s, "a");
    assert_int_equal(mkdir(in(s, "folder"), 0700), 0);
    watch(s);
    expect(s, "a");
    expect(s, "b");
    assert_int_equal(watch_pause(s->watch), -1);
    whole_file(s, "c");
    expect(s, "c");
    expect_nothing(s, SETTLED + 200);
}

static void nothing_costs_nothing(void **state)
{
    struct scene *s = *state;
    watch(s);
    assert_int_equal(watch_pause(s->watch), -1);
    expect_nothing(s, 100);
}

// Not before it is closed, however long that takes, and not before it was left alone for a while.
static void written_in_two_halves(void **state)
{
    struct scene *s = *state;
    watch(s);
    int fd = begin_file(s, "slow.jpg");
    expect_nothing(s, SETTLED + 300);
    assert_int_equal(write(fd, "second", 6), 6);
    expect_nothing(s, SETTLED + 300);
    close(fd);
    uint64_t closed = now();
    expect(s, "slow.jpg");
    assert_true(now() - closed >= SETTLED - 50);
    expect_nothing(s, SETTLED + 200);
}

// Closed and opened again at once, as some scanners write.
static void written_in_several_goes(void **state)
{
    struct scene *s = *state;
    watch(s);
    for (int i = 0; i < 4; i++) {
        whole_file(s, "a");
        expect_nothing(s, SETTLED / 4);
    }
    int fd = begin_file(s, "a");
    expect_nothing(s, 2 * SETTLED);
    close(fd);
    expect(s, "a");
    expect_nothing(s, SETTLED + 200);
}

static void moved_in(void **state)
{
    struct scene *s = *state;
    assert_int_equal(mkdir(in(s, "part"), 0700), 0);
    whole_file(s, "part/a");
    whole_file(s, "part/b");
    watch(s);
    assert_int_equal(rename(in(s, "part/a"), in(s, "a")), 0);
    expect(s, "a");
    whole_file(s, ".b.tmp"); // written under a name that is passed over, then given its own
    expect_nothing(s, SETTLED + 200);
    assert_int_equal(rename(in(s, ".b.tmp"), in(s, "b")), 0);
    expect(s, "b");
    expect_nothing(s, SETTLED + 200);
}

static void removed_meanwhile(void **state)
{
    struct scene *s = *state;
    watch(s);
    whole_file(s, "gone");
    whole_file(s, "renamed");
    assert_int_equal(mkdir(in(s, "part"), 0700), 0);
    whole_file(s, "moved");
    expect_nothing(s, SETTLED / 4);
    assert_int_equal(unlink(in(s, "gone")), 0);
    assert_int_equal(rename(in(s, "renamed"), in(s, "new")), 0);
    assert_int_equal(rename(in(s, "moved"), in(s, "part/moved")), 0);
    expect(s, "new");
    expect_nothing(s, SETTLED + 200);
}

static void the_same_name_again(void **state)
{
    struct scene *s = *state;
    watch(s);
    for (int i = 0; i < 2; i++) {
        whole_file(s, "scan.pdf");
        expect(s, "scan.pdf");
        assert_int_equal(unlink(in(s, "scan.pdf")), 0);
    }
    whole_file(s, "scan.pdf");
    expect(s, "scan.pdf");
    whole_file(s, "scan.pdf"); // grew afterwards: it is another file now
    expect(s, "scan.pdf");
}

static void names(void **state)
{
    static const char *const odd[] = { "new\nline", " ", "bad\xFF", "Ảnh thẻ.jpg", "-", "a.b" };
    struct scene *s = *state;
    watch(s);
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        whole_file(s, odd[i]);
        expect(s, odd[i]);
    }
}

static void what_is_no_file(void **state)
{
    struct scene *s = *state;
    whole_file(s, ".hidden");
    watch(s);
    assert_int_equal(mkdir(in(s, "folder"), 0700), 0);
    whole_file(s, "folder/a");
    assert_int_equal(rename(in(s, "folder"), in(s, "other")), 0);
    whole_file(s, ".hidden");
    assert_int_equal(close(open(in(s, ".hidden"), O_RDONLY)), 0);
    expect_nothing(s, SETTLED + 200);
}

static void reading_is_no_touch(void **state)
{
    struct scene *s = *state;
    watch(s);
    whole_file(s, "a");
    expect(s, "a");
    assert_int_equal(close(open(in(s, "a"), O_RDONLY)), 0);
    assert_int_equal(chmod(in(s, "a"), 0644), 0);
    expect_nothing(s, SETTLED + 200);
}

static void many_at_once(void **state)
{
    enum { COUNT = 500 };
    struct scene *s = *state;
    bool came[COUNT] = { false };
    struct str path;

    watch(s);
    for (int i = 0; i < COUNT; i++) {
        char name[16];
        snprintf(name, sizeof name, "%d", i);
        whole_file(s, name);
    }
    for (int i = 0; i < COUNT; i++) {
        char name[128];
        assert_int_equal(next(s, PATIENCE, &path), WATCH_FILE);
        snprintf(name, sizeof name, "%.*s", (int)path.n, path.p);
        long number = strtol(strrchr(name, '/') + 1, NULL, 10);
        assert_in_range(number, 0, COUNT - 1);
        assert_false(came[number]);
        came[number] = true;
    }
    expect_nothing(s, SETTLED + 200);
}

static long most_events(void)
{
    FILE *in = fopen("/proc/sys/fs/inotify/max_queued_events", "r");
    long most = 0;
    if (in == NULL || fscanf(in, "%ld", &most) != 1)
        most = 0;
    if (in != NULL)
        fclose(in);
    return most;
}

static void too_much_at_once(void **state)
{
    struct scene *s = *state;
    long most = most_events();
    struct str path;

    if (most <= 0 || most > 40000) {
        print_message("SKIP: the kernel keeps %ld events\n", most);
        skip();
    }
    watch(s);
    for (long i = 0; i <= most; i += 2) { // each is changed and closed
        char name[16];
        snprintf(name, sizeof name, "%ld", i % 100);
        whole_file(s, name);
    }
    enum watch_event event;
    while ((event = next(s, PATIENCE, &path)) == WATCH_FILE)
        ;
    assert_int_equal(event, WATCH_LOST);
}

static void the_folder_goes(void **state)
{
    struct scene *s = *state;
    struct str path;
    watch(s);
    assert_int_equal(rmdir(s->folder), 0);
    assert_int_equal(next(s, PATIENCE, &path), WATCH_GONE);
    watch_close(&s->watch);
    assert_int_equal(mkdir(s->folder, 0700), 0);
}

static void no_folder(void **state)
{
    struct scene *s = *state;
    assert_null(watch_open(in(s, "none")));
    assert_int_equal(errno, ENOENT);
    whole_file(s, "file");
    assert_null(watch_open(in(s, "file")));
    assert_int_equal(errno, ENOTDIR);
}

static void a_slash_behind_it(void **state)
{
    struct scene *s = *state;
    char name[64];
    snprintf(name, sizeof name, "%s/", s->folder);
    s->watch = watch_open(name);
    assert_non_null(s->watch);
    whole_file(s, "a");
    expect(s, "a");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(present_files_come_first),
        TEST(nothing_costs_nothing),
        TEST(written_in_two_halves),
        TEST(written_in_several_goes),
        TEST(moved_in),
        TEST(removed_meanwhile),
        TEST(the_same_name_again),
        TEST(names),
        TEST(what_is_no_file),
        TEST(reading_is_no_touch),
        TEST(many_at_once),
        TEST(too_much_at_once),
        TEST(the_folder_goes),
        TEST(no_folder),
        TEST(a_slash_behind_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
