// SPDX-License-Identifier: MIT
// The map of a line against the slow look at its parts, and the quick transliteration against the
// careful one.
#include "text/latin.h"
#include "text/scan_map.h"
#include "text/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

enum { LINES = 20000, PARTS = 8 };

// The same numbers in every run.
static uint32_t below(uint32_t limit)
{
    static uint64_t state = 2021;
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33) % limit;
}

static bool has_maps(void)
{
    struct scan_map map;
    char line[SCAN_MAP_LEAST];
    memset(line, 'A', sizeof line);
    return scan_map_make(&map, (struct str){ line, sizeof line });
}

static void skip_without_maps(void)
{
    if (!has_maps()) {
        print_message("SKIP: this processor makes no maps\n");
        skip();
    }
}

// Where a letter may begin or end: a part is never cut inside one.
static size_t step_out(struct str line, size_t at)
{
    while (at < line.n && ((unsigned char)line.p[at] & 0x80) != 0)
        at++;
    return at;
}

static void check_part(const struct scan_map *map, struct str part)
{
    const unsigned known = SCAN_LOWER | SCAN_NOT_IN_NAME | SCAN_EXTENDED | SCAN_ODD;
    unsigned slow = scan_text(part) & known, quick = scan_map_part(map, part);

    if ((slow & SCAN_ODD) != 0 && (quick & SCAN_ODD) == 0)
        fail_msg("odd, but not in the map: %.*s", (int)part.n, part.p);
    if ((quick & SCAN_ODD) == 0 && quick != slow)
        fail_msg("%X instead of %X: %.*s", quick, slow, (int)part.n, part.p);
    if (map->clean && (quick & SCAN_ODD) != 0)
        fail_msg("not clean: %.*s", (int)part.n, part.p);
}

static void check_line(struct str line)
{
    struct scan_map map;
    assert_true(scan_map_make(&map, line));
    assert_int_equal(map.words, (line.n + 63) / 64);
    for (size_t i = 0; i < line.n; i++)
        assert_int_equal(map.word[i / 64].bar >> i % 64 & 1, line.p[i] == '|');
    check_part(&map, line);
    for (int i = 0; i < PARTS; i++) {
        size_t start = step_out(line, below((uint32_t)line.n));
        size_t end = step_out(line, start + below((uint32_t)(line.n - start + 1)));
        check_part(&map, (struct str){ line.p + start, end - start });
    }
}

// A line of just its length, so that a sanitizer sees a look beyond it.
static char *new_line(size_t *n)
{
    *n = SCAN_MAP_LEAST + below(SCAN_MAP_MOST - SCAN_MAP_LEAST + 1);
    char *line = malloc(*n);
    assert_non_null(line);
    return line;
}

static void any_bytes(void **state)
{
    (void)state;
    static const unsigned char telling[] = { 0xC2, 0xC3, 0xC4, 0xC5, 0xC6, 0xC7, 0xE0, 0xE1, 0xE2,
                                             0xB9, 0xBA, 0xBB, 0xBC, 0x80, 0x9F, 0xA0, 0xB8, 0xBF,
                                             0xA3, 0x90, 0xF0, 'a',  'Z',  ' ',  '1',  '|',  '-' };
    skip_without_maps();
    for (int i = 0; i < LINES; i++) {
        size_t n;
        char *line = new_line(&n);
        for (size_t at = 0; at < n; at++)
            line[at] = (char)(i % 2 ? below(256) : telling[below(sizeof telling)]);
        check_line((struct str){ line, n });
        free(line);
    }
}

// One character at a time, at every place around the borders of what is looked at together.
static void every_character(void **state)
{
    (void)state;
    skip_without_maps();
    for (int32_t c = 1; c < 0x3000; c++) {
        char line[SCAN_MAP_LEAST + 6];
        struct bytes text = { 0 };
        utf8_put(&text, (uint32_t)c);
        for (size_t at = 0; at + text.n <= sizeof line; at += at == 4 ? 22 : at == 34 ? 24 : 1) {
            memset(line, 'A', sizeof line);
            memcpy(line + at, text.p, text.n);
            check_line((struct str){ line, sizeof line });
        }
        bytes_free(&text);
    }
}

static void lengths(void **state)
{
    (void)state;
    static char line[SCAN_MAP_MOST + 1];
    struct scan_map map;

    skip_without_maps();
    memset(line, 'A', sizeof line);
    assert_false(scan_map_make(&map, (struct str){ NULL, 0 }));
    assert_false(scan_map_make(&map, (struct str){ line, SCAN_MAP_LEAST - 1 }));
    assert_false(scan_map_make(&map, (struct str){ line, SCAN_MAP_MOST + 1 }));
    for (size_t n = SCAN_MAP_LEAST; n <= SCAN_MAP_MOST; n++)
        check_line((struct str){ line, n });
    assert_int_equal(scan_map_part(&map, (struct str){ "", 0 }), 0);
}

// Names made of what the quick look takes for plain.
static void plain_names(void **state)
{
    (void)state;
    struct arena arena = { 0 };
    static const uint16_t from[] = { 0x20, 0x41, 0x61, 0xC0, 0x100, 0x180, 0x1EA0 };
    static const uint16_t count[] = { 0x20, 0x1A, 0x1A, 0x40, 0x80, 0x40, 0x60 };

    for (int i = 0; i < LINES; i++) {
        struct bytes name = { 0 };
        for (uint32_t n = below(20); n > 0; n--) {
            uint32_t block = below(sizeof from / sizeof *from);
            size_t before = name.n;
            utf8_put(&name, from[block] + below(count[block]));
            if ((scan_text((struct str){ name.p + before, name.n - before }) & SCAN_ODD) != 0)
                name.n = before;
        }
        struct str quick = latin_plain_name(&arena, bytes_str(&name));
        struct str careful = latin_name(&arena, bytes_str(&name));
        if (!str_eq(quick, careful))
            fail_msg("%.*s: %.*s instead of %.*s", (int)name.n, name.p, (int)quick.n, quick.p,
                     (int)careful.n, careful.p);
        bytes_free(&name);
        arena_reset(&arena);
    }
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_bytes),
        cmocka_unit_test(every_character),
        cmocka_unit_test(lengths),
        cmocka_unit_test(plain_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
