// SPDX-License-Identifier: MIT
// For tests of what reads chip files: files of others, bytes put together by hand, and what must
// hold for every damaged one.
#ifndef UNIT_LDS_FILES_H
#define UNIT_LDS_FILES_H

#include "lds/lds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define BYTES(...)                                                                                 \
    ((struct str){ (const char *)(const uint8_t[]){ __VA_ARGS__ },                                 \
                   sizeof((const uint8_t[]){ __VA_ARGS__ }) })

static inline void is_bytes(struct str s, struct str expected)
{
    assert_int_equal(s.n, expected.n);
    if (s.n > 0)
        assert_memory_equal(s.p, expected.p, s.n);
}

static inline void is_text(struct str s, const char *expected)
{
    if (!str_eq(s, str_of(expected)))
        fail_msg("\"%.*s\" is not \"%s\"", (int)s.n, s.p, expected);
}

// Of shared/data/chip; skips the test where it is absent. Freed with free().
static inline struct str shared_file(const char *name)
{
    const char *shared = getenv("CCCD_SHARED"), *top = getenv("CCCD_TOP");
    char path[4096];
    size_t size = 1 << 17;
    snprintf(path, sizeof path, "%s%s/data/chip/%s",
             shared != NULL ? shared
             : top != NULL  ? top
                            : ".",
             shared != NULL ? "" : "/../shared", name);
    FILE *in = fopen(path, "rb");
    if (in == NULL) {
        print_message("%s is not there\n", path);
        skip();
    }
    char *data = malloc(size), *exact = NULL;
    size = fread(data, 1, size, in);
    fclose(in);
    exact = malloc(size);
    memcpy(exact, data, size);
    free(data);
    return (struct str){ exact, size };
}

// Elements by hand: f = element(0x30, two parts) and so on. From one store, emptied by each test.
struct store {
    char space[1 << 17];
    size_t n;
};
static struct store store;

static inline struct str element_of(uint32_t tag, const struct str part[], size_t count)
{
    struct bytes out = { .p = store.space + store.n,
                         .cap = sizeof store.space - store.n,
                         .fixed = true };
    size_t length = 0;
    for (size_t i = 0; i < count; i++)
        length += part[i].n;
    tlv_put_header(&out, tag, length);
    for (size_t i = 0; i < count; i++)
        bytes_put_str(&out, part[i]);
    assert_false(out.failed);
    store.n += out.n;
    return bytes_str(&out);
}

#define ELEMENT(tag, ...)                                                                          \
    element_of(tag, (const struct str[]){ __VA_ARGS__ },                                           \
               sizeof((const struct str[]){ __VA_ARGS__ }) / sizeof(struct str))

static inline int empty_store(void **state)
{
    (void)state;
    store.n = 0;
    return 0;
}

// Reads a file of exactly that size; true when it was read.
typedef bool try_fn(struct str file, struct lds_error *error);

static inline bool try_exact(try_fn *try, struct str file)
{
    struct lds_error error = { LDS_FAULT_COUNT, SIZE_MAX };
    char *copy = malloc(file.n + 1);
    memcpy(copy + 1, file.p, file.n); // its end is the end of the block: a sanitizer sees it
    bool ok = try((struct str){ copy + 1, file.n }, &error);
    free(copy);
    assert_true(ok ? error.fault == LDS_FINE
                   : error.fault > LDS_FINE && error.fault < LDS_FAULT_COUNT);
    assert_true(ok || error.at <= file.n);
    return ok;
}

static inline void fails(try_fn *try, struct str file, enum lds_fault fault, size_t at)
{
    struct lds_error error = { LDS_FINE, 0 };
    assert_false(try(file, &error));
    assert_string_equal(lds_fault_name(error.fault), lds_fault_name(fault));
    assert_int_equal(error.at, at);
    try_exact(try, file);
}

// No part of a file is a file; and every byte may be any other without harm.
static inline void survives_damage(try_fn *try, struct str file, size_t step)
{
    char *copy = malloc(file.n);
    size_t refused = 0;
    assert_true(try_exact(try, file));
    for (size_t n = 0; n < file.n; n++)
        assert_false(try_exact(try, str_head(file, n)));
    memcpy(copy, file.p, file.n);
    for (size_t i = 0; i < file.n; i++) {
        for (unsigned delta = 1; delta < 256; delta += step) {
            copy[i] = (char)((uint8_t)file.p[i] + delta);
            refused += !try_exact(try, (struct str){ copy, file.n });
        }
        copy[i] = file.p[i];
    }
    assert_true(refused > 0);
    free(copy);
}

#endif
