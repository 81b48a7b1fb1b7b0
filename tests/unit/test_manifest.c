// SPDX-License-Identifier: MIT
// manifest.json: what is written is read back; what is none, or names what lies elsewhere, is not.
#include "wire/manifest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define HEAD "{\"v\":1,\"time\":\"2026-01-02T03:04:05Z\",\"reader\":\"Sample reader\","

static struct arena arena;

static bool read_text(const char *text, struct manifest *out)
{
    arena_reset(&arena);
    return wire_manifest_read(&arena, str_of(text), out);
}

static void expect_str(struct str s, const char *expected)
{
    if (!str_eq(s, str_of(expected)))
        fail_msg("\"%.*s\" is not \"%s\"", (int)s.n, s.p, expected);
}

static struct manifest *sample(void)
{
    static struct manifest m;

    m = (struct manifest){ .time = STR("2026-01-02T03:04:05Z"),
                           .reader = STR("Reader \"A\" 00 00"),
                           .atr = STR("\x3B\x80\x01"),
                           .access = STR("id-PACE-ECDH-GM-AES-CBC-CMAC-128"),
                           .key = STR("can"),
                           .card_access_known = true,
                           .files = 2,
                           .proofs = 1,
                           .images = 1,
                           .commands = 27,
                           .sent = 751,
                           .received = 21500,
                           .milliseconds = 20,
                           .restarts = 1,
                           .error = STR("card_gone") };
    m.file[0] = (struct manifest_file){
        .name = STR("DG1"), .path = STR("DG1.bin"), .length = 95, .listed = true
    };
    memset(m.file[0].sha256, 0xA5, SHA256_SIZE);
    m.file[1] = (struct manifest_file){ .name = STR("DG11"), .error = STR("file_absent") };
    m.proof[0] = (struct manifest_proof){ .kind = STR("active_authentication"),
                                          .algorithm = STR("RSA"),
                                          .result = STR("ok"),
                                          .detail = STR("VNDV00001"),
                                          .items = 1 };
    m.proof[0].item[0] = (struct manifest_item){ STR("challenge"), STR("\x00\x01\xFE\xFF") };
    m.image[0] = (struct manifest_image){ STR("face-1.jpg"), STR("jpg"), 18000, { 1, 2, 3 } };
    return &m;
}

static void round_trip(void **state)
{
    const struct manifest *m = sample();
    struct bytes text = { 0 };
    struct manifest back;

    (void)state;
    wire_put_manifest(&text, m);
    bytes_put(&text, "", 1);
    assert_false(text.failed);
    assert_true(read_text(text.p, &back));
    expect_str(back.time, "2026-01-02T03:04:05Z");
    expect_str(back.reader, "Reader \"A\" 00 00");
    assert_true(str_eq(back.atr, m->atr));
    expect_str(back.access, "id-PACE-ECDH-GM-AES-CBC-CMAC-128");
    expect_str(back.key, "can");
    assert_true(back.card_access_known);
    assert_int_equal(back.files, 2);
    expect_str(back.file[0].name, "DG1");
    expect_str(back.file[0].path, "DG1.bin");
    assert_int_equal(back.file[0].length, 95);
    assert_true(back.file[0].listed);
    assert_memory_equal(back.file[0].sha256, m->file[0].sha256, SHA256_SIZE);
    expect_str(back.file[1].error, "file_absent");
    assert_int_equal(back.file[1].path.n, 0);
    assert_int_equal(back.proofs, 1);
    expect_str(back.proof[0].result, "ok");
    expect_str(back.proof[0].detail, "VNDV00001");
    expect_str(back.proof[0].item[0].name, "challenge");
    assert_true(str_eq(back.proof[0].item[0].value, m->proof[0].item[0].value));
    expect_str(back.image[0].path, "face-1.jpg");
    assert_memory_equal(back.image[0].sha256, m->image[0].sha256, SHA256_SIZE);
    assert_int_equal(back.commands, 27);
    assert_int_equal(back.sent, 751);
    assert_int_equal(back.received, 21500);
    assert_int_equal(back.restarts, 1);
    assert_int_equal(back.milliseconds, 20);
    expect_str(back.error, "card_gone");
    bytes_free(&text);
}

static void what_is_none(void **state)
{
    static const char *const texts[] = {
        "",
        "[]",
        "{",
        "{}",
        "{\"v\":2}",
        "{\"v\":1,\"v\":1}",
        HEAD "\"files\":{}}",
        HEAD "\"files\":[{}]}",
        HEAD "\"files\":[{\"file\":1}]}",
        HEAD "\"files\":[{\"file\":\"DG1\",\"path\":\"../x\"}]}",
        HEAD "\"files\":[{\"file\":\"DG1\",\"path\":\"/etc/passwd\"}]}",
        HEAD "\"files\":[{\"file\":\"DG1\",\"path\":\"..\"}]}",
        HEAD "\"files\":[{\"file\":\"DG1\",\"path\":\".hidden\"}]}",
        HEAD "\"files\":[{\"file\":\"DG1\",\"bytes\":-1}]}",
        HEAD "\"files\":[{\"file\":\"DG1\",\"bytes\":1.5}]}",
        HEAD "\"files\":[{\"file\":\"DG1\",\"sha256\":\"00\"}]}",
        HEAD "\"files\":[{\"file\":\"DG1\",\"sha256\":\"0\"}]}",
        HEAD "\"files\":[{\"file\":\"DG1\",\"sha256\":\"zz\"}]}",
        HEAD "\"images\":[{\"path\":\"a/b\"}]}",
        HEAD "\"atr\":\"3\"}",
        HEAD "\"proofs\":[{\"transcript\":{\"a\":1}}]}",
        "{\"v\":1,\"time\":5,\"reader\":\"Sample reader\"}",
        "{\"v\":1,\"time\":\"2026-01-02T03:04:05Z\"}",
        "{\"v\":1,\"reader\":\"Sample reader\"}",
    };
    struct manifest m;

    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        if (read_text(texts[i], &m))
            fail_msg("%s is taken for a manifest", texts[i]);
    assert_true(read_text(HEAD "\"files\":[]}", &m));
    assert_true(read_text(HEAD "\"later\":[1,2],\"files\":[]}", &m));
}

// More than there may be, and every beginning of a good one.
static void too_many_and_cut(void **state)
{
    struct bytes text = { 0 };
    struct manifest m;

    (void)state;
    bytes_lit(&text, HEAD "\"files\":[");
    for (int i = 0; i <= MANIFEST_FILES_MAX; i++)
        bytes_put_str(&text, i > 0 ? STR(",{\"file\":\"DG1\"}") : STR("{\"file\":\"DG1\"}"));
    bytes_put(&text, "]}", 3);
    assert_false(read_text(text.p, &m));
    bytes_free(&text);
    wire_put_manifest(&text, sample());
    for (size_t n = 0; n + 1 < text.n; n++) {
        arena_reset(&arena);
        assert_false(wire_manifest_read(&arena, (struct str){ text.p, n }, &m));
    }
    bytes_free(&text);
}

static void a_line_names_only_what_is_kept(void **state)
{
    struct bytes text = { 0 };

    (void)state;
    wire_put_chip(&text, sample(), (struct str){ NULL, 0 });
    bytes_put(&text, "", 1);
    assert_null(strstr(text.p, "DG1.bin"));
    assert_null(strstr(text.p, "challenge"));
    bytes_free(&text);
    wire_put_chip(&text, sample(), STR("kept/here"));
    bytes_put(&text, "", 1);
    assert_non_null(strstr(text.p, "\"path\":\"kept/here/DG1.bin\""));
    bytes_free(&text);
}

static int free_arena(void **state)
{
    (void)state;
    arena_free(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(round_trip),
        cmocka_unit_test(what_is_none),
        cmocka_unit_test(too_many_and_cut),
        cmocka_unit_test(a_line_names_only_what_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, free_arena);
}
