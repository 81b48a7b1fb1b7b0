// SPDX-License-Identifier: MIT
#include "cli/follow.h"
#include "cli/stop.h"

#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

// The events tell what happens, and give the moment to do something about it.
struct scene {
    char folder[32];
    char path[64];
    char other[64];
    struct follow *follow;
    struct lines lines;
    int events[16];
    size_t count;
    enum follow_event on; // calls act() once
    void (*act)(struct scene *s);
    int master, slave;
};

static void note_event(void *ctx, enum follow_event event, int native)
{
    (void)native;
    struct scene *s = ctx;
    assert_true(s->count < sizeof s->events / sizeof *s->events);
    s->events[s->count++] = (int)event;
    if (s->act != NULL && event == s->on) {
        void (*act)(struct scene *) = s->act;
        s->act = NULL;
        act(s);
    }
}

static void start_at(struct scene *s, const char *path, bool null_ends)
{
    struct follow_options o = {
        .path = path, .idle_ms = 20, .null_ends = null_ends, .event = note_event, .ctx = s
    };
    s->follow = follow_new(&o);
    assert_non_null(s->follow);
    assert_true(lines_open(&s->lines, follow_source(s->follow), null_ends));
}

static void start(struct scene *s)
{
    start_at(s, s->path, false);
}

static int set_up(void **state)
{
    struct scene *s = calloc(1, sizeof *s);
    assert_non_null(s);
    *s = (struct scene){ .folder = "/tmp/test_follow.XXXXXX", .master = -1, .slave = -1 };
    assert_non_null(mkdtemp(s->folder));
    snprintf(s->path, sizeof s->path, "%s/path", s->folder);
    snprintf(s->other, sizeof s->other, "%s/other", s->folder);
    *state = s;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *s = *state;
    if (s->lines.buf != NULL)
        lines_close(&s->lines);
    follow_free(&s->follow);
    assert_null(s->follow);
    follow_free(&s->follow);
    unlink(s->path);
    unlink(s->other);
    rmdir(s->folder);
    if (s->master >= 0)
        close(s->master);
    if (s->slave >= 0)
        close(s->slave);
    free(s);
    return 0;
}

static void put(const char *path, int flags, const char *text)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | flags, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
}

static void append(const char *path, const char *text)
{
    put(path, O_CREAT | O_APPEND, text);
}

static void expect(struct scene *s, enum lines_event event, const char *text)
{
    struct str line;
    assert_int_equal(lines_next(&s->lines, &line), event);
    assert_int_equal(line.n, strlen(text));
    assert_memory_equal(line.p, text, line.n);
}

#define expect_events(s, ...)                                                                      \
    do {                                                                                           \
        const int want[] = { __VA_ARGS__ };                                                        \
        assert_int_equal((s)->count, sizeof want / sizeof *want);                                  \
        assert_memory_equal((s)->events, want, sizeof want);                                       \
    } while (0)

static void test_speeds(void **state)
{
    (void)state;
    static const unsigned long right[] = { 0, 1200, 2400, 9600, 115200, 921600 };
    static const unsigned long wrong[] = { 1, 9601, 14400, 1UL << 31, (unsigned long)-1 };
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        struct follow *f = follow_new(&(struct follow_options){ .path = "x", .baud = right[i] });
        assert_non_null(f);
        follow_free(&f);
    }
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        errno = 0;
        assert_null(follow_new(&(struct follow_options){ .path = "x", .baud = wrong[i] }));
        assert_int_equal(errno, EINVAL);
    }
}

static void test_folder_fails(void **state)
{
    struct scene *s = *state;
    start_at(s, s->folder, false);
    expect(s, LINES_DONE, "");
    assert_true(s->lines.failed);
    assert_int_equal(s->lines.native, EISDIR);
    assert_int_equal(s->count, 0);
}

static void test_path_through_a_file_fails(void **state)
{
    struct scene *s = *state;
    append(s->path, "");
    char below[80];
    snprintf(below, sizeof below, "%s/x", s->path);
    start_at(s, below, false);
    expect(s, LINES_DONE, "");
    assert_int_equal(s->lines.native, ENOTDIR);
}

static void make_file(struct scene *s)
{
    append(s->path, "one\n");
}

static void test_waits_for_the_path(void **state)
{
    struct scene *s = *state;
    s->on = FOLLOW_WAITING;
    s->act = make_file;
    start(s);
    expect(s, LINES_LINE, "one");
    expect_events(s, FOLLOW_WAITING, FOLLOW_OPENED);
}

static void test_file_grows_and_is_cut(void **state)
{
    struct scene *s = *state;
    append(s->path, "one\ntwo\n");
    start(s);
    expect(s, LINES_LINE, "one");
    expect(s, LINES_LINE, "two");
    append(s->path, "three\nfo");
    expect(s, LINES_LINE, "three");
    append(s->path, "ur\ncut");
    expect(s, LINES_LINE, "four");
    put(s->path, O_TRUNC, "new\n");
    expect(s, LINES_LINE, "cut");
    expect(s, LINES_LINE, "new");
    expect_events(s, FOLLOW_OPENED, FOLLOW_TRUNCATED);
}

static void test_file_is_replaced(void **state)
{
    struct scene *s = *state;
    append(s->path, "one\n");
    start(s);
    expect(s, LINES_LINE, "one");
    append(s->path, "two");
    append(s->other, "three\n");
    assert_int_equal(rename(s->other, s->path), 0);
    expect(s, LINES_LINE, "two");
    expect(s, LINES_LINE, "three");
    expect_events(s, FOLLOW_OPENED, FOLLOW_REPLACED);
}

static void add_two(struct scene *s)
{
    append(s->path, "two\n");
}

static void put_back(struct scene *s)
{
    assert_int_equal(rename(s->other, s->path), 0);
    s->on = FOLLOW_BACK;
    s->act = add_two;
}

static void test_file_moved_away_and_back_is_not_read_twice(void **state)
{
    struct scene *s = *state;
    append(s->path, "one\n");
    start(s);
    expect(s, LINES_LINE, "one");
    assert_int_equal(rename(s->path, s->other), 0);
    s->on = FOLLOW_GONE;
    s->act = put_back;
    expect(s, LINES_LINE, "two");
    expect_events(s, FOLLOW_OPENED, FOLLOW_GONE, FOLLOW_BACK);
}

static void replace_file(struct scene *s)
{
    append(s->other, "c\n");
    assert_int_equal(rename(s->other, s->path), 0);
}

static void test_broken_line_ends_with_null(void **state)
{
    struct scene *s = *state;
    append(s->path, "a\nb\n");
    s->on = FOLLOW_OPENED;
    s->act = replace_file;
    start_at(s, s->path, true);
    expect(s, LINES_LINE, "a\nb\n");
    expect_events(s, FOLLOW_OPENED, FOLLOW_REPLACED);
}

static void write_more(struct scene *s)
{
    put(s->path, O_NONBLOCK, "four\n");
}

static void test_fifo(void **state)
{
    struct scene *s = *state;
    assert_int_equal(mkfifo(s->path, 0600), 0);
    int writer = open(s->path, O_RDWR | O_CLOEXEC);
    assert_true(writer >= 0);
    assert_int_equal(write(writer, "one\ntwo", 7), 7);
    start(s);
    expect(s, LINES_LINE, "one");
    expect(s, LINES_QUIET, "two");
    close(writer);
    expect(s, LINES_LINE, "two");
    put(s->path, O_NONBLOCK, "three");
    s->on = FOLLOW_WRITER_LEFT;
    s->act = write_more;
    expect(s, LINES_LINE, "three");
    expect(s, LINES_LINE, "four");
    expect_events(s, FOLLOW_OPENED, FOLLOW_WRITER_LEFT, FOLLOW_WRITER_LEFT);
}

static void make_fifo(struct scene *s)
{
    assert_int_equal(mkfifo(s->path, 0600), 0);
    s->master = open(s->path, O_RDWR | O_CLOEXEC);
    assert_true(s->master >= 0);
    assert_int_equal(write(s->master, "one\n", 4), 4);
}

static void remove_fifo(struct scene *s)
{
    assert_int_equal(unlink(s->path), 0);
    s->on = FOLLOW_GONE;
    s->act = make_fifo;
}

static void remake_fifo(struct scene *s)
{
    assert_int_equal(rename(s->path, s->other), 0); // so that the new one has another inode
    make_fifo(s);
}

static void test_silent_fifo_is_made_anew(void **state)
{
    struct scene *s = *state;
    assert_int_equal(mkfifo(s->path, 0600), 0);
    s->on = FOLLOW_OPENED;
    s->act = remove_fifo;
    start(s);
    expect(s, LINES_LINE, "one");
    expect_events(s, FOLLOW_OPENED, FOLLOW_GONE, FOLLOW_BACK);
}

static void test_silent_fifo_is_replaced(void **state)
{
    struct scene *s = *state;
    assert_int_equal(mkfifo(s->path, 0600), 0);
    s->on = FOLLOW_OPENED;
    s->act = remake_fifo;
    start(s);
    expect(s, LINES_LINE, "one");
    expect_events(s, FOLLOW_OPENED, FOLLOW_REPLACED);
}

static void open_pty(struct scene *s)
{
    assert_int_equal(openpty(&s->master, &s->slave, NULL, NULL, NULL), 0);
    char name[64];
    assert_int_equal(ttyname_r(s->slave, name, sizeof name), 0);
    unlink(s->path);
    assert_int_equal(symlink(name, s->path), 0);
}

static void type(const struct scene *s, const char *text)
{
    assert_int_equal(write(s->master, text, strlen(text)), (ssize_t)strlen(text));
}

static void plug_in(struct scene *s)
{
    open_pty(s);
    type(s, "three\r");
}

static void test_scanner(void **state)
{
    struct scene *s = *state;
    open_pty(s);
    start(s);
    type(s, "one\r");
    expect(s, LINES_LINE, "one");
    expect(s, LINES_QUIET, "");
    type(s, "\x03\x04two");
    expect(s, LINES_QUIET, "\x03\x04two");
    lines_take_unfinished(&s->lines);
    type(s, "\rcut");
    expect(s, LINES_QUIET, "cut");
    close(s->slave);
    close(s->master);
    s->on = FOLLOW_GONE;
    s->act = plug_in;
    expect(s, LINES_LINE, "cut");
    expect(s, LINES_LINE, "three");
    expect_events(s, FOLLOW_OPENED, FOLLOW_GONE, FOLLOW_BACK);
}

static void test_settings_are_put_back(void **state)
{
    struct scene *s = *state;
    open_pty(s);
    struct termios before, now;
    assert_int_equal(tcgetattr(s->slave, &before), 0);
    start(s);
    type(s, "one\n");
    expect(s, LINES_LINE, "one");
    assert_int_equal(tcgetattr(s->slave, &now), 0);
    assert_int_equal(now.c_lflag & (ICANON | ECHO | ISIG), 0);
    follow_free(&s->follow);
    assert_int_equal(tcgetattr(s->slave, &now), 0);
    assert_int_equal(now.c_lflag, before.c_lflag);
    assert_int_equal(now.c_iflag, before.c_iflag);
}

static void stop(struct scene *s)
{
    (void)s;
    assert_int_equal(raise(SIGTERM), 0);
}

static void start_and_stop(struct scene *s, const char *path)
{
    assert_true(stop_on_signals());
    s->on = FOLLOW_OPENED;
    s->act = stop;
    start_at(s, path, false);
}

static void test_signal_ends_it(void **state)
{
    struct scene *s = *state;
    append(s->path, "one\ntwo");
    start_and_stop(s, s->path);
    expect(s, LINES_LINE, "one");
    expect(s, LINES_LINE, "two");
    expect(s, LINES_DONE, "");
    assert_false(s->lines.failed);
}

static void test_signal_ends_the_waiting(void **state)
{
    struct scene *s = *state;
    assert_true(stop_on_signals());
    s->on = FOLLOW_WAITING;
    s->act = stop;
    start(s);
    expect(s, LINES_DONE, "");
    assert_false(s->lines.failed);
}

// More than is read after a signal: it ends early, but between two lines.
static void test_signal_ends_a_long_file(void **state)
{
    enum { LINES = 300000, LENGTH = 7 };
    struct scene *s = *state;
    FILE *f = fopen(s->path, "w");
    assert_non_null(f);
    for (unsigned i = 0; i < LINES; i++)
        fprintf(f, "%06u\n", i);
    assert_int_equal(fclose(f), 0);
    start_and_stop(s, s->path);
    struct str line;
    unsigned n = 0;
    for (; lines_next(&s->lines, &line) == LINES_LINE; n++)
        assert_int_equal(line.n, LENGTH - 1);
    assert_int_equal(n, 1024 * 1024 / LENGTH + 1);
}

static void test_signal_ends_an_endless_line(void **state)
{
    struct scene *s = *state;
    struct str line;
    start_and_stop(s, "/dev/zero");
    assert_int_equal(lines_next(&s->lines, &line), LINES_TOO_LONG);
    assert_int_equal(lines_next(&s->lines, &line), LINES_DONE);
}

#define SCENE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_speeds),
        SCENE(test_folder_fails),
        SCENE(test_path_through_a_file_fails),
        SCENE(test_waits_for_the_path),
        SCENE(test_file_grows_and_is_cut),
        SCENE(test_file_is_replaced),
        SCENE(test_file_moved_away_and_back_is_not_read_twice),
        SCENE(test_broken_line_ends_with_null),
        SCENE(test_fifo),
        SCENE(test_silent_fifo_is_made_anew),
        SCENE(test_silent_fifo_is_replaced),
        SCENE(test_scanner),
        SCENE(test_settings_are_put_back),
        SCENE(test_signal_ends_it),
        SCENE(test_signal_ends_the_waiting),
        SCENE(test_signal_ends_a_long_file),
        SCENE(test_signal_ends_an_endless_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
