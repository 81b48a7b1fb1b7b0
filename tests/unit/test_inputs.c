// SPDX-License-Identifier: MIT
// Names come in their order, one event for each, whatever lies in the folders.
#include "batch/inputs.h"
#include "base/bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <malloc.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static char top[] = "/tmp/test_inputs_XXXXXX";

static int make_top(void **state)
{
    (void)state;
    return mkdtemp(top) == NULL || chdir(top) != 0;
}

static int remove_top(void **state)
{
    (void)state;
    pid_t pid = fork();
    if (pid == 0)
        execl("/bin/rm", "rm", "-rf", "--", top, (char *)NULL);
    return pid < 0 || waitpid(pid, NULL, 0) != pid;
}

static void make_file(const char *name)
{
    int fd = open(name, O_CREAT | O_WRONLY | O_EXCL, 0600);
    assert_true(fd >= 0);
    close(fd);
}

static void make_folder(const char *name)
{
    assert_int_equal(mkdir(name, 0700), 0);
}

static void write_file(const char *name, const void *p, size_t n)
{
    int fd = open(name, O_CREAT | O_WRONLY | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, p, n), (ssize_t)n);
    close(fd);
}

// An event as text: the path, and behind an error its code and errno.
static void expect(struct inputs *in, const char *path, enum error_code code, int native)
{
    struct str got;
    struct error error = { ERROR_COUNT, 0 };
    enum inputs_event event = inputs_next(in, &got, &error);

    assert_int_equal(event, path == NULL          ? INPUTS_END
                            : code == ERROR_COUNT ? INPUTS_FILE
                                                  : INPUTS_ERROR);
    if (path == NULL)
        return;
    assert_int_equal(got.p[got.n], '\0');
    assert_string_equal(got.p, path);
    assert_int_equal(got.n, strlen(path));
    assert_int_equal(error.code, code);
    assert_int_equal(error.native, native);
}

static void expect_file(struct inputs *in, const char *path)
{
    expect(in, path, ERROR_COUNT, 0);
}

static void expect_unreadable(struct inputs *in, const char *path, int native)
{
    expect(in, path, ERROR_FILE_UNREADABLE, native);
}

static void expect_end(struct inputs **in)
{
    expect(*in, NULL, ERROR_COUNT, 0);
    expect(*in, NULL, ERROR_COUNT, 0);
    inputs_free(in);
    assert_null(*in);
}

static struct inputs *inputs_of(char *const *operand, bool recurse)
{
    int count = 0;
    while (operand[count] != NULL)
        count++;
    struct inputs *in = inputs_new(
        &(struct inputs_options){ .operand = operand, .operands = count, .recurse = recurse });
    assert_non_null(in);
    return in;
}

static void operands_in_order(void **state)
{
    (void)state;
    make_folder("given");
    make_file("given/x");
    char b[] = "b", dash[] = "-", missing[] = "no/such", folder[] = "given", odd[] = "\xff\n\x01",
         empty[] = "";
    struct inputs *in =
        inputs_of((char *[]){ b, dash, missing, folder, odd, empty, b, NULL }, false);
    expect_file(in, "b");
    expect_file(in, "-");
    expect_file(in, "no/such"); // opening it will tell
    expect_unreadable(in, "given", EISDIR);
    expect_file(in, "\xff\n\x01");
    expect_file(in, "");
    expect_file(in, "b");
    expect_end(&in);
    in = inputs_of((char *[]){ NULL }, true);
    expect_end(&in);
    in = NULL;
    inputs_free(&in);
}

static void make_socket(const char *name)
{
    struct sockaddr_un at = { .sun_family = AF_UNIX };
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    memcpy(at.sun_path, name, strlen(name) + 1);
    assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
    close(fd);
}

static void folders_in_order_of_bytes(void **state)
{
    (void)state;
    make_folder("tree");
    make_folder("tree/a");
    make_file("tree/a/z");
    make_file("tree/a/\xc3\xa1");
    make_folder("tree/a/b");
    make_file("tree/a/b/c");
    make_file("tree/a.jpg"); // '.' comes before '/'
    make_file("tree/a0");
    make_file("tree/\n");
    make_file("tree/\xff\xfe");
    make_file("tree/-");
    make_file("tree/.hidden");
    make_folder("tree/empty");
    assert_int_equal(mkfifo("tree/fifo", 0600), 0);
    make_socket("tree/socket");
    assert_int_equal(symlink("a0", "tree/link"), 0);
    assert_int_equal(symlink("..", "tree/link-to-folder"), 0);
    assert_int_equal(symlink("nowhere", "tree/link-to-nothing"), 0);
    assert_int_equal(symlink("loop", "tree/loop"), 0);
    assert_int_equal(symlink("fifo", "tree/link-to-fifo"), 0);
    assert_int_equal(symlink("/dev/null", "tree/null"), 0);

    char tree[] = "tree", slash[] = "tree/a/";
    struct inputs *in = inputs_of((char *[]){ tree, slash, NULL }, true);
    expect_file(in, "tree/\n");
    expect_file(in, "tree/-");
    expect_file(in, "tree/.hidden");
    expect_file(in, "tree/a.jpg");
    expect_file(in, "tree/a/b/c");
    expect_file(in, "tree/a/z");
    expect_file(in, "tree/a/\xc3\xa1");
    expect_file(in, "tree/a0");
    expect_unreadable(in, "tree/fifo", EOPNOTSUPP);
    expect_file(in, "tree/link");
    expect_unreadable(in, "tree/link-to-fifo", EOPNOTSUPP);
    expect_unreadable(in, "tree/link-to-nothing", ENOENT);
    expect_unreadable(in, "tree/loop", ELOOP);
    expect_unreadable(in, "tree/null", EOPNOTSUPP);
    expect_unreadable(in, "tree/socket", EOPNOTSUPP);
    expect_file(in, "tree/\xff\xfe");
    expect_file(in, "tree/a/b/c");
    expect_file(in, "tree/a/z");
    expect_file(in, "tree/a/\xc3\xa1");
    expect_end(&in);
}

static void a_link_that_was_given_is_followed(void **state)
{
    (void)state;
    make_folder("real");
    make_file("real/x");
    assert_int_equal(symlink("real", "link"), 0);
    char link[] = "link";
    struct inputs *in = inputs_of((char *[]){ link, NULL }, true);
    expect_file(in, "link/x");
    expect_end(&in);
}

static bool is_next(struct inputs *in, const char *path, int native)
{
    struct str got;
    struct error error = { ERROR_COUNT, 0 };
    enum inputs_event event = inputs_next(in, &got, &error);
    return event == (native == 0 ? INPUTS_FILE : INPUTS_ERROR) && strcmp(got.p, path) == 0 &&
           error.native == native;
}

// In a process of its own, since root can read every folder.
static bool sees_what_it_cannot_read(void)
{
    char shut[] = "shut", in_it[] = "shut/in";

    if (geteuid() == 0 && (chown("shut", 65534, 65534) != 0 || chown(in_it, 65534, 65534) != 0 ||
                           chmod(".", 0711) != 0 || setgid(65534) != 0 || setuid(65534) != 0))
        return false;
    if (chmod(in_it, 0) != 0)
        return false;
    struct inputs *in = inputs_of((char *[]){ shut, in_it, NULL }, true);
    bool ok = is_next(in, "shut/in/", EACCES) && is_next(in, "shut/z", 0) &&
              is_next(in, "shut/in", EACCES);
    inputs_free(&in);
    chmod(in_it, 0700);
    return ok;
}

static void unreadable_folders_are_told(void **state)
{
    int status;

    (void)state;
    make_folder("shut");
    make_folder("shut/in");
    make_file("shut/z");
    pid_t pid = fork();
    if (pid == 0)
        _exit(sees_what_it_cannot_read() ? 0 : 1);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
}

// Without openat2(), as before Linux 5.6.
static bool walks_on_an_old_kernel(void)
{
    struct sock_filter at[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat2, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = { sizeof at / sizeof at[0], at };
    char old[] = "old";

    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) != 0)
        return false;
    struct inputs *in = inputs_of((char *[]){ old, NULL }, true);
    bool ok = is_next(in, "old/a/b", 0) && is_next(in, "old/c", 0);
    inputs_free(&in);
    return ok;
}

static void old_kernels_will_do(void **state)
{
    int status;

    (void)state;
    make_folder("old");
    make_folder("old/a");
    make_file("old/a/b");
    make_file("old/c");
    pid_t pid = fork();
    if (pid == 0)
        _exit(walks_on_an_old_kernel() ? 0 : 1);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
}

// Deeper than a path can be long, with more levels than descriptors.
static void deep_folders(void **state)
{
    struct rlimit old, few;
    unsigned depth = 0;
    int up;

    (void)state;
    up = open(".", O_RDONLY | O_DIRECTORY);
    make_folder("deep");
    assert_int_equal(chdir("deep"), 0);
    for (; depth < 3000; depth++) {
        make_file("f");
        make_folder("d");
        assert_int_equal(chdir("d"), 0);
    }
    assert_int_equal(fchdir(up), 0);
    close(up);
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
    few = (struct rlimit){ 24, old.rlim_max };
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
    char deep[] = "deep";
    struct inputs *in = inputs_of((char *[]){ deep, NULL }, true);
    struct str path;
    struct error error;
    unsigned files = 0, errors = 0;
    enum inputs_event event;
    while ((event = inputs_next(in, &path, &error)) != INPUTS_END)
        if (event == INPUTS_FILE) {
            files++;
            assert_int_equal(access(path.p, F_OK), 0);
        } else {
            errors++;
            assert_int_equal(error.native, ENAMETOOLONG);
            assert_in_range(path.n, PATH_MAX, PATH_MAX + 1);
        }
    inputs_free(&in);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &old), 0);
    // "deep/" and "d/" for each level, then "f": at most 4095 bytes.
    assert_int_equal(files, (PATH_MAX - 1 - 6) / 2 + 1);
    assert_int_equal(errors, 2); // the file and the folder behind that
}

static size_t memory_in_use(void)
{
    struct mallinfo2 m = mallinfo2();
    return m.uordblks + m.hblkhd;
}

// More than are sorted at a time; made in an order of its own.
static void folders_of_many(void **state)
{
    enum { MANY = 40000, STEP = 12347 };
    char name[64];
    size_t before = memory_in_use(), most = 0;

    (void)state;
    make_folder("many");
    assert_int_equal(chdir("many"), 0);
    for (unsigned i = 0; i < MANY; i++) {
        snprintf(name, sizeof name, "file-%05u", (unsigned)((uint64_t)i * STEP % MANY));
        make_file(name);
    }
    make_folder("file-2");
    make_file("file-2/in");
    assert_int_equal(chdir(".."), 0);
    char many[] = "many";
    struct inputs *in = inputs_of((char *[]){ many, NULL }, true);
    for (unsigned i = 0; i < MANY; i++) {
        if (i == 20000)
            expect_file(in, "many/file-2/in"); // '/' comes before '0'
        snprintf(name, sizeof name, "many/file-%05u", i);
        expect_file(in, name);
        if (memory_in_use() - before > most)
            most = memory_in_use() - before;
    }
    expect_end(&in);
    assert_true(most < 2 * 1024 * 1024);
}

static struct inputs *inputs_of_list(const char *list, bool null_ends, bool recurse)
{
    struct inputs *in = inputs_new(
        &(struct inputs_options){ .list = list, .null_ends = null_ends, .recurse = recurse });
    assert_non_null(in);
    return in;
}

static void lists_with_zero_bytes(void **state)
{
    static const char names[] = "a\0b\nc\0\0\xff\0-\0listed\0last";
    (void)state;
    make_folder("listed");
    make_file("listed/1");
    make_file("listed/2");
    write_file("list0", names, sizeof names - 1);
    struct inputs *in = inputs_of_list("list0", true, true);
    expect_file(in, "a");
    expect_file(in, "b\nc");
    expect_file(in, "\xff");
    expect_file(in, "-");
    expect_file(in, "listed/1");
    expect_file(in, "listed/2");
    expect_file(in, "last");
    expect_end(&in);
    in = inputs_of_list("list0", true, false);
    for (const char **name = (const char *[]){ "a", "b\nc", "\xff", "-", NULL }; *name; name++)
        expect_file(in, *name);
    expect_unreadable(in, "listed", EISDIR);
    inputs_free(&in); // amid the list
}

static void lists_with_lines(void **state)
{
    static const char names[] = "a b\r\n\nc\nzero\0inside\nlast";
    (void)state;
    write_file("lines", names, sizeof names - 1);
    char first[] = "first";
    struct inputs *in = inputs_new(
        &(struct inputs_options){ .operand = (char *[]){ first }, .operands = 1, .list = "lines" });
    expect_file(in, "first");
    expect_file(in, "a b");
    expect_file(in, "c");
    struct str path;
    struct error error;
    assert_int_equal(inputs_next(in, &path, &error), INPUTS_ERROR);
    assert_int_equal(error.native, EINVAL);
    assert_int_equal(path.n, strlen("zero") + 1 + strlen("inside"));
    expect_file(in, "last");
    expect_end(&in);
}

static void lists_that_cannot_be_read(void **state)
{
    (void)state;
    struct inputs *in = inputs_of_list("no-such-list", true, false);
    expect_unreadable(in, "no-such-list", ENOENT);
    expect_end(&in);
    in = inputs_of_list(".", true, false);
    expect(in, ".", ERROR_READ_FAILED, EISDIR);
    expect_end(&in);
    char *longest = malloc(PATH_MAX + 8);
    memset(longest, 'n', PATH_MAX + 8);
    longest[PATH_MAX] = '\0';
    memcpy(longest + PATH_MAX + 1, "after", 6);
    write_file("long", longest, PATH_MAX + 7);
    in = inputs_of_list("long", true, false);
    expect_unreadable(in, longest, ENAMETOOLONG);
    expect_file(in, "after");
    expect_end(&in);
    free(longest);
}

static void million_names_from_standard_input(void **state)
{
    int ends[2];
    struct str path;
    struct error error;
    unsigned count = 0;

    (void)state;
    assert_int_equal(pipe(ends), 0);
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[0]);
        FILE *out = fdopen(ends[1], "w");
        for (int i = 0; i < 1000000; i++)
            fprintf(out, "name/of/an/input/%d%c", i, '\0');
        fclose(out);
        _exit(0);
    }
    close(ends[1]);
    int old = dup(STDIN_FILENO);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    size_t before = memory_in_use();
    struct inputs *in = inputs_of_list("-", true, false);
    while (inputs_next(in, &path, &error) == INPUTS_FILE && memory_in_use() < before + 1000000)
        count++;
    inputs_free(&in);
    dup2(old, STDIN_FILENO);
    close(old);
    assert_int_equal(count, 1000000);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
}

static void opening_waits_for_nothing(void **state)
{
    bool regular;
    struct error error;
    char byte;

    (void)state;
    alarm(20);
    assert_int_equal(mkfifo("pipe", 0600), 0);
    int fd = inputs_open("pipe", &regular, &error);
    assert_true(fd >= 0);
    assert_false(regular);
    assert_int_equal(error.code, ERROR_COUNT);
    assert_int_equal(fcntl(fd, F_GETFL) & O_NONBLOCK, 0);
    close(fd);
    write_file("plain", "x", 1);
    fd = inputs_open("plain", &regular, &error);
    assert_true(regular);
    assert_int_equal(read(fd, &byte, 1), 1);
    assert_int_equal(write(fd, &byte, 1), -1);
    close(fd);
    make_folder("folder");
    assert_int_equal(inputs_open("folder", &regular, &error), -1);
    assert_int_equal(error.native, EISDIR);
    make_socket("bound");
    assert_int_equal(inputs_open("bound", &regular, &error), -1);
    assert_int_equal(error.native, ENXIO);
    assert_int_equal(inputs_open("none", &regular, &error), -1);
    assert_int_equal(error.code, ERROR_FILE_UNREADABLE);
    assert_int_equal(error.native, ENOENT);
    alarm(0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operands_in_order),
        cmocka_unit_test(folders_in_order_of_bytes),
        cmocka_unit_test(a_link_that_was_given_is_followed),
        cmocka_unit_test(unreadable_folders_are_told),
        cmocka_unit_test(old_kernels_will_do),
        cmocka_unit_test(deep_folders),
        cmocka_unit_test(folders_of_many),
        cmocka_unit_test(lists_with_zero_bytes),
        cmocka_unit_test(lists_with_lines),
        cmocka_unit_test(lists_that_cannot_be_read),
        cmocka_unit_test(million_names_from_standard_input),
        cmocka_unit_test(opening_waits_for_nothing),
    };
    return cmocka_run_group_tests(tests, make_top, remove_top);
}
