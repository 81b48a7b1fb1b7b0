// SPDX-License-Identifier: MIT
// What a run that was killed left behind: what is whole stays, the rest is done again.
#include "base/bytes.h"
#include "cli/resume.h"
#include "wire/symbol.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/cccd-resume.XXXXXX";
static char path[64];

static int make_folder(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL)
        return -1;
    snprintf(path, sizeof path, "%s/out", folder);
    return 0;
}

static int remove_file(void **state)
{
    (void)state;
    unlink(path);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

// ---- what cccd-scan writes ----

static const char *as_it_is(const char *sentence)
{
    return sentence;
}

static void put_error(struct bytes *out, struct str input, uint32_t page, enum error_code code,
                      uint32_t microseconds)
{
    struct wire_source source = { .path = input, .page = page };
    struct wire_image image = { .format = "png", .microseconds = microseconds };
    wire_put_page(out, &source, &image, NULL, (struct error){ code, 0 }, as_it_is);
    bytes_put_char(out, '\n');
}

static void put_line(struct bytes *out, struct str input, uint32_t page)
{
    put_error(out, input, page, ERROR_NO_SYMBOL, 100 * page);
}

static void put_symbol(struct bytes *out, struct str input, uint32_t page, bool card, float x)
{
    const float corner[4][2] = { { x, 0 }, { x + 9, 0 }, { x + 9, 9 }, { x, 9 } };
    struct wire_source source = { .path = input, .page = page };
    struct wire_image image = { .format = "png", .microseconds = (uint32_t)out->n };
    struct wire_symbol symbol = { .text = STR("\",\"error\":{\"code\":\"\"ms\":1"),
                                  .encoding = "utf-8",
                                  .bytes = STR("x"),
                                  .kind = card ? "cccd" : "other",
                                  .corner = corner,
                                  .version = 1,
                                  .step = "direct",
                                  .microseconds = (uint32_t)out->n * 7 };
    wire_put_page(out, &source, &image, &symbol, (struct error){ ERROR_COUNT, 0 }, as_it_is);
    bytes_put_char(out, '\n');
}

static void write_file(struct str text)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text.p, text.n), text.n);
    close(fd);
}

static struct bytes read_file(void)
{
    struct bytes b = { 0 };
    struct stat st;
    int fd = open(path, O_RDONLY);

    assert_true(fd >= 0 && fstat(fd, &st) == 0);
    assert_true(bytes_reserve(&b, (size_t)st.st_size + 1));
    assert_int_equal(read(fd, b.p, (size_t)st.st_size), st.st_size);
    b.n = (size_t)st.st_size;
    close(fd);
    return b;
}

static struct resume *opened(int *fd)
{
    struct resume *r = resume_open(path, fd);
    assert_non_null(r);
    assert_true(*fd >= 0);
    return r;
}

// Names as they are found on disks; none is the beginning of a JSON string of another.
#define NAME(literal)                                                                              \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    }
static const struct str inputs[] = {
    NAME("a.jpg"),         NAME("Ảnh \"thẻ\".png"), NAME("new\nline"), NAME("b\\c"),
    NAME("b\\\\c"),        NAME("bad\xFF"),         NAME("bad\xFE"),   NAME("a"),
    NAME("\",\"page\":1"), NAME("{\"v\":1}"),       NAME("tab\there"), NAME("a.jpg "),
};
enum { INPUTS = sizeof inputs / sizeof *inputs };

// As many lines for each as its place tells: one, two or three pages. `end` is where each ends.
static struct bytes whole_output(size_t end[INPUTS])
{
    struct bytes out = { 0 };
    for (size_t i = 0; i < INPUTS; i++) {
        for (uint32_t page = 1; page <= 1 + i % 3; page++)
            put_line(&out, inputs[i], i % 3 > 0 ? page : 0);
        end[i] = out.n;
    }
    assert_false(out.failed);
    return out;
}

// ---- the tests ----

static void nothing_yet(void **state)
{
    (void)state;
    struct stat st;
    int fd = -1;
    struct resume *r = opened(&fd);

    assert_false(resume_take(r, STR("a.jpg")));
    assert_false(resume_take(r, STR("")));
    assert_int_equal(fstat(fd, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(st.st_size, 0);
    assert_int_equal(write(fd, "x", 1), 1);
    resume_close(&r);
    assert_null(r);
    resume_close(&r);
}

// Cut off at every byte: an input is done when lines of another one follow, as whole as they may
// be; everything behind the last such input is gone, and what is written goes there.
static void cut_at_every_byte(void **state)
{
    (void)state;
    size_t end[INPUTS];
    struct bytes all = whole_output(end);

    for (size_t n = 0; n <= all.n; n++) {
        size_t done = 0;
        int fd = -1;
        write_file((struct str){ all.p, n });
        struct resume *r = opened(&fd);
        // The line behind an input's last must be whole, too.
        while (done + 1 < INPUTS && memchr(all.p + end[done], '\n', all.n - end[done]) != NULL &&
               end[done] + str_find((struct str){ all.p + end[done], all.n - end[done] }, '\n') < n)
            done++;
        for (size_t i = 0; i < INPUTS; i++)
            if (resume_take(r, inputs[i]) != (i < done))
                fail_msg("%zu bytes: input %zu is %sdone", n, i, i < done ? "not " : "");
        size_t from = done == 0 ? 0 : end[done - 1];
        assert_int_equal(lseek(fd, 0, SEEK_CUR), from);
        assert_int_equal(write(fd, all.p + from, all.n - from), all.n - from);
        resume_close(&r);
        struct bytes now = read_file();
        assert_int_equal(now.n, all.n);
        assert_memory_equal(now.p, all.p, all.n);
        bytes_free(&now);
    }
    bytes_free(&all);
}

// Two different names, of which one is written as the other one's escaped form is.
static void escaped_names(void **state)
{
    (void)state;
    const struct str bad = STR("x\xFF"), plain = STR("x\\xFF");

    for (int i = 0; i < 2; i++) {
        struct bytes out = { 0 };
        int fd = -1;
        put_line(&out, i == 0 ? bad : plain, 0);
        put_line(&out, STR("z"), 0);
        write_file(bytes_str(&out));
        struct resume *r = opened(&fd);
        assert_int_equal(resume_take(r, bad), i == 0);
        assert_int_equal(resume_take(r, plain), i == 1);
        resume_close(&r);
        bytes_free(&out);
    }
}

static void standard_input(void **state)
{
    (void)state;
    struct bytes out = { 0 };
    int fd = -1;

    put_line(&out, STR("a"), 0);
    put_line(&out, STR(""), 0);
    put_line(&out, STR("b"), 0);
    write_file(bytes_str(&out));
    struct resume *r = opened(&fd);
    assert_true(resume_take(r, STR("a")));
    assert_true(resume_take(r, STR("-")));
    assert_false(resume_take(r, STR("b")));
    resume_close(&r);
    bytes_free(&out);
}

// How often a path is done, as the lines tell; "b" always comes last, and is cut off.
static void expect_times(struct bytes *out, struct str name, int times)
{
    int fd = -1;

    put_line(out, STR("b"), 0);
    write_file(bytes_str(out));
    struct resume *r = opened(&fd);
    for (int i = 0; i < times; i++)
        assert_true(resume_take(r, name));
    assert_false(resume_take(r, name));
    assert_false(resume_take_all(r, name));
    assert_false(resume_take(r, STR("b")));
    resume_close(&r);
    write_file(bytes_str(out));
    r = opened(&fd);
    assert_int_equal(resume_take_all(r, name), times > 0);
    assert_false(resume_take(r, name));
    resume_close(&r);
    out->n = 0;
}

static void named_several_times(void **state)
{
    (void)state;
    const struct str a = STR("a");
    struct bytes out = { 0 };

    for (int times = 1; times < 4; times++) {
        for (int i = 0; i < times; i++) // one page, one line
            put_error(&out, a, 0, ERROR_NO_SYMBOL, 1000 + 77 * (uint32_t)i);
        expect_times(&out, a, times);
        for (int i = 0; i < 3 * times; i++) // three pages
            put_line(&out, a, 1 + (uint32_t)i % 3);
        expect_times(&out, a, times);
        for (int i = 0; i < 3 * times; i++) // one page, three codes
            put_symbol(&out, a, 0, true, (float)(i % 3) * 10);
        expect_times(&out, a, times);
        for (int i = 0; i < times; i++) { // with others between
            put_line(&out, a, 0);
            put_line(&out, STR("c"), 0);
        }
        expect_times(&out, a, times);
    }
    put_line(&out, STR("c"), 0);
    expect_times(&out, a, 0);
    bytes_free(&out);
}

static void expect_status(struct bytes *out, enum status status)
{
    int fd = -1;

    put_error(out, STR("last"), 0, ERROR_CRASHED, 0); // cut off, and done again
    write_file(bytes_str(out));
    struct resume *r = opened(&fd);
    assert_int_equal(resume_status(r), status);
    resume_close(&r);
    out->n = 0;
}

static void status_of_all(void **state)
{
    (void)state;
    const struct str a = STR("a"), c = STR("c");
    struct bytes out = { 0 };

    expect_status(&out, STATUS_OK);
    put_symbol(&out, a, 0, true, 0);
    expect_status(&out, STATUS_OK);
    put_symbol(&out, a, 0, false, 0);
    expect_status(&out, STATUS_NEGATIVE);
    for (int i = 0; i < 2; i++) { // a card makes up for what is beside it, in any order
        put_symbol(&out, a, 0, i == 0, 0);
        put_symbol(&out, a, 0, i == 1, 10);
        expect_status(&out, STATUS_OK);
    }
    put_symbol(&out, a, 1, true, 0); // but not for what is on the next page, or in the next file
    put_symbol(&out, a, 2, false, 0);
    expect_status(&out, STATUS_NEGATIVE);
    put_symbol(&out, a, 0, false, 0);
    put_symbol(&out, c, 0, true, 0);
    expect_status(&out, STATUS_NEGATIVE);
    put_symbol(&out, a, 1, true, 0);
    put_line(&out, a, 2);
    expect_status(&out, STATUS_NEGATIVE);
    put_error(&out, a, 1, ERROR_TRUNCATED, 0);
    put_line(&out, a, 2);
    put_symbol(&out, c, 0, true, 0);
    expect_status(&out, STATUS_UNREADABLE);
    bytes_lit(&out, "{\"v\":1,\"source\":{},\"error\":{\"code\":\"of_the_future\"}}\n");
    expect_status(&out, STATUS_UNREADABLE);
    bytes_free(&out);
}

// Many, so that the table grows; none is forgotten, none is invented.
static void many(void **state)
{
    (void)state;
    enum { COUNT = 5000 };
    struct bytes out = { 0 };
    char name[32];
    int fd = -1;

    for (int i = 0; i <= COUNT; i++) {
        int n = snprintf(name, sizeof name, "scan/%d.jpg", i);
        put_line(&out, (struct str){ name, (size_t)n }, 0);
    }
    write_file(bytes_str(&out));
    bytes_free(&out);
    struct resume *r = opened(&fd);
    for (int i = 0; i < 2 * COUNT; i++) {
        int n = snprintf(name, sizeof name, "scan/%d.jpg", i);
        assert_int_equal(resume_take(r, (struct str){ name, (size_t)n }), i < COUNT);
    }
    resume_close(&r);
}

// Files of other programs: nothing of them counts as done, and nothing is read beyond their end.
static void other_lines(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "\n\n\n",
        "{\"v\":1,\"source\":{\"path\":\"",
        "{\"v\":1,\"source\":{\"path\":\"\\",
        "{\"v\":1,\"source\":{\"path\":\"a\n",
        "{\"v\":1,\"source\":{\"path\":\"a\\\n\n\"",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        int fd = -1;
        write_file(str_of(texts[i]));
        struct resume *r = resume_open(path, &fd);
        if (r != NULL) {
            assert_false(resume_take(r, STR("a")));
            assert_false(resume_take(r, STR("b")));
        }
        resume_close(&r);
    }
}

// A name in the wrong place must not cost anybody a picture.
static void not_ours(void **state)
{
    (void)state;
    static const struct str texts[] = { NAME("\xFF\xD8\xFF\xE0\0\x10JFIF\n\n"),
                                        NAME("id,name\n001090000001,x\n"),
                                        NAME("%PDF-1.4\n1 0 obj\n") };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        int fd = -1;
        write_file(texts[i]);
        struct resume *r = resume_open(path, &fd);
        resume_close(&r);
        struct bytes now = read_file();
        assert_int_equal(now.n, texts[i].n);
        assert_memory_equal(now.p, texts[i].p, now.n);
        bytes_free(&now);
    }
}

static void cannot_be(void **state)
{
    (void)state;
    int fd = -1;

    assert_null(resume_open("/no/such/folder/out", &fd));
    assert_int_equal(errno, ENOENT);
    assert_null(resume_open(folder, &fd));
    assert_int_equal(errno, EISDIR);
    assert_null(resume_open("/dev/null", &fd));
    assert_int_equal(errno, EINVAL);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_null(resume_open(path, &fd));
    assert_int_equal(errno, EINVAL);
}

static void one_run_at_a_time(void **state)
{
    (void)state;
    int fd = -1, other = -1;
    struct resume *r = opened(&fd);

    assert_null(resume_open(path, &other));
    assert_int_equal(errno, EWOULDBLOCK);
    resume_close(&r);
    r = opened(&fd);
    resume_close(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(nothing_yet, remove_file),
        cmocka_unit_test_teardown(cut_at_every_byte, remove_file),
        cmocka_unit_test_teardown(escaped_names, remove_file),
        cmocka_unit_test_teardown(standard_input, remove_file),
        cmocka_unit_test_teardown(named_several_times, remove_file),
        cmocka_unit_test_teardown(status_of_all, remove_file),
        cmocka_unit_test_teardown(many, remove_file),
        cmocka_unit_test_teardown(other_lines, remove_file),
        cmocka_unit_test_teardown(not_ours, remove_file),
        cmocka_unit_test_teardown(cannot_be, remove_file),
        cmocka_unit_test_teardown(one_run_at_a_time, remove_file),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
