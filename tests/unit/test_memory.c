// SPDX-License-Identifier: MIT
// Memory that runs out at any moment: the work ends and says so, or comes out whole; never less.
#include "cli/parse_job.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#if defined(__SANITIZE_ADDRESS__)
#define OWN_MALLOC 0 // the sanitizer has its own
#else
#define OWN_MALLOC 1

void *__libc_malloc(size_t n);
void *__libc_calloc(size_t count, size_t n);
void *__libc_realloc(void *p, size_t n);

static long left = -1; // allocations that still succeed; -1: all
static bool short_once;

static bool refuse(void)
{
    if (left < 0)
        return false;
    if (left > 0) {
        left--;
        return false;
    }
    if (short_once)
        left = -1;
    return true;
}

void *malloc(size_t n)
{
    return refuse() ? NULL : __libc_malloc(n);
}

void *calloc(size_t count, size_t n)
{
    return refuse() ? NULL : __libc_calloc(count, n);
}

void *realloc(void *p, size_t n)
{
    return refuse() ? NULL : __libc_realloc(p, n);
}
#endif

static const char cards[] =
    "001090000001|012345678|Nguyễn Văn A|01011990|Nam|Số 1, Phố Thử, Hà Nội|15032022\n"
    "001218000004||Nguyễn Thử|05062018|Nam|Hà Nội|20082024|001218000999|Nguyễn Văn Cha||x\n"
    "001090000001||L242 V259n T7841|01011990|Nam|H224 N7897i|15032022\n"
    "001090000001||A\xCC\x81\x01 Nguy\xC3\xAA\xCC\x83n|01011990|Nam|x|15032022\n"
    "001090000001||Nguy\xFEn|01011990|Nam|x|15032022\n"
    "001090000001%7C%7CNguy%E1%BB%85n%7C01011990%7CNam%7Cx%7C15032022\n"
    "IDVNM0900000018001090000001<<9\n9001011M3001019VNM<<<<<<<<<<<6\nNGUYEN<<VAN<A<<<<<<<<<<<<<<<<<"
    "\n"
    "{\"v\":1,\"source\":{},\"symbol\":{\"bytes\":\"MDAxMDkwMDAwMDAxfHxB\"},\"error\":{}}\n"
    "{\"v\":1,\"source\":{},\"symbol\":{\"text\":\"001090000001||A|01011990|Nam|x|15032022\"}}\n"
    "{\"v\":1,\"source\":{\"path\":\"x\"},\"error\":{\"code\":\"no_symbol\",\"message\":\"x\"}}\n"
    "{\"record\":{\"id\":\"001090000001\",\"name\":\"A B\",\"extra\":[\"x\"],\"problems\":[]}}\n"
    "001090000001\n\nNguyễn Văn A\n01011990\nNam\nHà Nội\n15032022\n"
    "\"001090000001||Nguyễn \"\"A\"\"|01011990|Nam|x|15032022\"\n"
    "x\n\n";

static const char table[] = "id,name,residence,issue_date,extra\n"
                            "001090000001,Nguyễn Văn A,\"a\nb\",2022-03-15,\n"
                            "\"=\"\"001090000001\"\"\",H224 V259n,=x,,a|b\n";

static long read_memory(void *ctx, char *buf, size_t size)
{
    struct str *text = ctx;
    size_t n = text->n < size ? text->n : size;
    memcpy(buf, text->p, n);
    *text = str_from(*text, n);
    return (long)n;
}

// False when memory was short; *text is to be freed.
static bool run(enum format format, bool mask, struct str input, struct bytes *text)
{
    struct output output = { .fd = -1, .hold = true };
    struct emitter e = { .output = &output, .format = format };
    struct parse_options how = { .mask = mask };
    struct parse_job *job = parse_job_new(&how, &e);
    bool ok = job != NULL && emit_begin(&e) &&
              parse_job_read(job, STR("a\xFF\"b"), (struct lines_source){ read_memory, &input });
    if (job != NULL)
        emit_end(&e);
    parse_job_free(&job);
    *text = output.text;
    return ok && !output.text.failed;
}

static void check_all_moments(enum format format, bool mask, struct str input)
{
#if OWN_MALLOC
    struct bytes whole, part;
    bool enough = false;

    assert_true(run(format, mask, input, &whole));
    for (long moment = 0; !enough; moment++) {
        left = moment;
        bool ok = run(format, mask, input, &part);
        enough = short_once ? left >= 0 : left > 0;
        left = -1;
        if (ok)
            assert_true(str_eq(bytes_str(&part), bytes_str(&whole)));
        else
            assert_false(enough);
        bytes_free(&part);
    }
    bytes_free(&whole);
#else
    struct bytes whole;
    assert_true(run(format, mask, input, &whole));
    bytes_free(&whole);
    print_message("# the sanitizer's allocator cannot be made to fail\n");
    skip();
#endif
}

static void from_a_moment_on(void **state)
{
    (void)state;
#if OWN_MALLOC
    short_once = false;
#endif
    for (enum format format = FORMAT_NDJSON; format <= FORMAT_TEXT; format++)
        check_all_moments(format, false, STR(cards));
    check_all_moments(FORMAT_NDJSON, false, STR(table));
}

static void for_a_moment(void **state)
{
    (void)state;
#if OWN_MALLOC
    short_once = true;
#endif
    for (enum format format = FORMAT_NDJSON; format <= FORMAT_TEXT; format++)
        check_all_moments(format, true, STR(cards));
    check_all_moments(FORMAT_CSV, true, STR(table));
}

// A test that failed in the middle leaves no allocator behind that refuses.
static int allow_all(void **state)
{
    (void)state;
#if OWN_MALLOC
    left = -1;
#endif
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(from_a_moment_on, allow_all),
        cmocka_unit_test_setup(for_a_moment, allow_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
