// SPDX-License-Identifier: MIT
// Runs card_emulator over pipes, for the tests of what it is.
#ifndef EMULATOR_RUN_H
#define EMULATOR_RUN_H

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

enum { FRAME_MAX = 70000, PATH_ROOM = 4096 };

struct emulator {
    pid_t pid;
    int to, from;
    char folder[PATH_ROOM];
};

static inline const char *build_folder(void)
{
    const char *build = getenv("CCCD_BUILD");
    return build != NULL ? build : "build";
}

static inline bool program_find(const char *name, char out[PATH_ROOM])
{
    snprintf(out, PATH_ROOM, "%s/tests/%s", build_folder(), name);
    return access(out, X_OK) == 0;
}

static inline size_t hex_decode(const char *hex, uint8_t *out, size_t room)
{
    size_t n = 0;
    for (; hex[0] != '\0' && hex[1] != '\0'; hex += 2) {
        const char pair[3] = { hex[0], hex[1], '\0' };
        assert_true(n < room);
        out[n++] = (uint8_t)strtoul(pair, NULL, 16);
    }
    return n;
}

static inline char *hex_encode(const uint8_t *b, size_t n)
{
    char *hex = malloc(2 * n + 1);
    assert_non_null(hex);
    hex[0] = '\0';
    for (size_t i = 0; i < n; i++)
        snprintf(hex + 2 * i, 3, "%02X", b[i]);
    return hex;
}

static inline void file_put(const char *folder, const char *name, const char *hex)
{
    char path[PATH_ROOM + 64];
    uint8_t bytes[1024];
    size_t n = hex_decode(hex, bytes, sizeof bytes);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
}

static inline void folder_make(char out[PATH_ROOM])
{
    const char *tmp = getenv("TMPDIR");
    snprintf(out, PATH_ROOM, "%s/emulator.XXXXXX", tmp != NULL ? tmp : "/tmp");
    assert_non_null(mkdtemp(out));
}

static inline void folder_remove(const char *folder)
{
    char path[PATH_ROOM + 300];
    DIR *d = opendir(folder);
    assert_non_null(d);
    for (struct dirent *e; (e = readdir(d)) != NULL;) {
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        unlink(path);
    }
    closedir(d);
    rmdir(folder);
}

static inline void emulator_start(struct emulator *e, const char *const *options)
{
    char program[PATH_ROOM];
    const char *words[24] = { program, "--stdio" };
    int to[2], from[2];
    size_t n = 2;
    if (!program_find("card_emulator", program)) {
        print_message("no card_emulator in %s/tests\n", build_folder());
        skip();
    }
    while (*options != NULL)
        words[n++] = *options++;
    words[n] = e->folder;
    assert_int_equal(pipe(to), 0);
    assert_int_equal(pipe(from), 0);
    e->pid = fork();
    assert_true(e->pid >= 0);
    if (e->pid == 0) {
        dup2(to[0], 0);
        dup2(from[1], 1);
        close(to[1]);
        close(from[0]);
        execv(program, (char *const *)(const void *)words);
        _exit(127);
    }
    close(to[0]);
    close(from[1]);
    e->to = to[1];
    e->from = from[0];
}

static inline void frame_write(const struct emulator *e, const uint8_t *b, size_t n)
{
    const uint8_t head[2] = { (uint8_t)(n >> 8), (uint8_t)n };
    assert_int_equal(write(e->to, head, 2), 2);
    assert_int_equal(write(e->to, b, n), n);
}

static inline void bytes_read(const struct emulator *e, uint8_t *b, size_t n)
{
    while (n > 0) {
        ssize_t got = read(e->from, b, n);
        assert_true(got > 0);
        b += got;
        n -= (size_t)got;
    }
}

static inline size_t frame_read(const struct emulator *e, uint8_t *b)
{
    uint8_t head[2];
    bytes_read(e, head, 2);
    size_t n = (size_t)head[0] << 8 | head[1];
    bytes_read(e, b, n);
    return n;
}

static inline void power_on(const struct emulator *e)
{
    frame_write(e, (const uint8_t *)"\1", 1);
}

static inline size_t transmit(const struct emulator *e, const char *command, uint8_t *answer)
{
    uint8_t b[2048];
    frame_write(e, b, hex_decode(command, b, sizeof b));
    return frame_read(e, answer);
}

static inline void expect(const struct emulator *e, const char *command, const char *answer)
{
    static uint8_t b[FRAME_MAX];
    char *hex = hex_encode(b, transmit(e, command, b));
    assert_string_equal(hex, answer);
    free(hex);
}

static inline void expect_prefix(const struct emulator *e, const char *command, const char *answer)
{
    static uint8_t b[FRAME_MAX];
    char *hex = hex_encode(b, transmit(e, command, b));
    assert_memory_equal(hex, answer, strlen(answer));
    free(hex);
}

static inline void emulator_end(struct emulator *e)
{
    int status;
    close(e->to);
    close(e->from);
    assert_int_equal(waitpid(e->pid, &status, 0), e->pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    folder_remove(e->folder);
}

#define START(e, ...) emulator_start(e, (const char *[]){ __VA_ARGS__, NULL })

#endif
