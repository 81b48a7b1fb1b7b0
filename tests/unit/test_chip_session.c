// SPDX-License-Identifier: MIT
// Whole sessions with the emulated card: what is read is what its folder holds.
#include "base/sanitized.h"
#include "chip/session.h"
#include "emulated.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/stat.h>

#include <cmocka.h>

static char cards[] = "/tmp/cccd-cards.XXXXXX";

// tests/tools/make_chip.py makes the folder of a card.
static bool make_card(const char *name, const char *profile)
{
    const char *top = getenv("CCCD_TOP");
    char script[4096], folder[128];
    int status;

    snprintf(script, sizeof script, "%s/tests/tools/make_chip.py", top != NULL ? top : ".");
    snprintf(folder, sizeof folder, "%s/%s", cards, name);
    pid_t pid = fork();
    if (pid == 0) {
        execlp("/usr/bin/python3", "python3", script, "--profile", profile, folder, (char *)NULL);
        _exit(127);
    }
    return waitpid(pid, &status, 0) == pid && status == 0;
}

static int make_cards(void **state)
{
    (void)state;
    return mkdtemp(cards) == NULL;
}

static int remove_cards(void **state)
{
    (void)state;
    pid_t pid = fork();
    if (pid == 0) {
        execlp("rm", "rm", "-rf", cards, (char *)NULL);
        _exit(127);
    }
    waitpid(pid, NULL, 0);
    return 0;
}

static const char *folder_of(const char *profile)
{
    static char folder[128];
    struct stat st;

    snprintf(folder, sizeof folder, "%s/%s", cards, profile);
    if (stat(folder, &st) != 0 && !make_card(profile, profile))
        fail_msg("no card of the profile %s could be made", profile);
    return folder;
}

static void expect_file(const struct session *s, enum lds_file file, const char *folder,
                        const char *name)
{
    static char expected[65536];
    char path[256];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    size_t n = fread(expected, 1, sizeof expected, f);
    fclose(f);
    assert_int_equal(s->file[file].error.code, CHIP_OK);
    assert_int_equal(s->file[file].content.n, n);
    assert_memory_equal(s->file[file].content.p, expected, n);
}

static struct access_key can(const char *digits)
{
    struct access_key key = { .kind = ACCESS_CAN };
    memcpy(key.can, digits, strlen(digits));
    return key;
}

static struct access_key zone(const char *document, const char *birth, const char *expiry)
{
    struct access_key key = { .kind = ACCESS_MRZ };
    memcpy(key.document, document, strlen(document));
    memcpy(key.birth, birth, 6);
    memcpy(key.expiry, expiry, 6);
    return key;
}

struct reading {
    struct emulated emulated;
    struct card card;
    struct session session;
    struct chip_error error;
};

static void read_card(struct reading *r, const char *profile, const char *const *options,
                      struct session_options how)
{
    *r = (struct reading){ 0 };
    assert_true(emulated_open(&r->emulated, folder_of(profile), options, &r->card));
    r->error = session_read(&r->card, &how, &r->session);
    card_close(&r->card);
}

static void vietnams_card_with_can(void **state)
{
    struct access_key key = can("000001");
    struct reading r;

    (void)state;
    read_card(&r, "vietnam", NULL, (struct session_options){ .key = &key, .keys = 1 });
    if (r.error.code != CHIP_OK)
        fail_msg("%s (%04X) at %s", chip_error_name(r.error.code), r.error.sw,
                 r.error.step != NULL ? r.error.step : "?");
    const char *folder = folder_of("vietnam");
    expect_file(&r.session, LDS_COM, folder, "EF.COM");
    expect_file(&r.session, LDS_SOD, folder, "EF.SOD");
    expect_file(&r.session, LDS_DG1, folder, "DG1");
    expect_file(&r.session, LDS_DG2, folder, "DG2");
    expect_file(&r.session, LDS_DG13, folder, "DG13");
    expect_file(&r.session, LDS_DG14, folder, "DG14");
    expect_file(&r.session, LDS_DG15, folder, "DG15");
    assert_false(r.session.file[LDS_DG3].asked);
    assert_true(r.session.file[LDS_DG3].listed);
    assert_string_equal(r.session.access, "PACE");
    assert_int_equal(r.session.proofs, 2);
    for (size_t i = 0; i < r.session.proofs; i++)
        if (r.session.proof_error[i].code != CHIP_OK)
            fail_msg("proof %zu: %s (%04X)", i, chip_error_name(r.session.proof_error[i].code),
                     r.session.proof_error[i].sw);
    printf("# %lu commands, %lu bytes sent, %lu received\n",
           (unsigned long)r.session.counts.commands, (unsigned long)r.session.counts.sent,
           (unsigned long)r.session.counts.received);
    session_free(&r.session);
}

static void other_profiles(void **state)
{
    static const struct {
        const char *profile;
        bool by_zone;
    } rows[] = { { "bac-only", true }, { "pace-im", false }, { "pace-cam", false },
                 { "dh", false },      { "3des", false },    { "no-extended", false } };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct access_key key =
            rows[i].by_zone ? zone("090000001", "900101", "300101") : can("000001");
        struct reading r;
        read_card(&r, rows[i].profile, NULL,
                  (struct session_options){ .key = &key, .keys = 1, .retries = 3 });
        if (r.error.code != CHIP_OK)
            fail_msg("%s: %s (%04X) at %s", rows[i].profile, chip_error_name(r.error.code),
                     r.error.sw, r.error.step != NULL ? r.error.step : "?");
        expect_file(&r.session, LDS_DG1, folder_of(rows[i].profile), "DG1");
        expect_file(&r.session, LDS_DG2, folder_of(rows[i].profile), "DG2");
        for (size_t k = 0; k < r.session.proofs; k++)
            if (r.session.proof_error[k].code != CHIP_OK)
                fail_msg("%s: proof %zu: %s (%04X)", rows[i].profile, k,
                         chip_error_name(r.session.proof_error[k].code),
                         r.session.proof_error[k].sw);
        session_free(&r.session);
    }
}

// One key in 256 begins with a zero, which the token leaves out.
static void dh_keys_of_any_length(void **state)
{
    enum { SESSIONS = SANITIZED ? 40 : 300 };
    struct access_key key = can("000001");

    (void)state;
    for (int i = 0; i < SESSIONS; i++) {
        struct reading r;
        read_card(&r, "dh", NULL,
                  (struct session_options){ .key = &key,
                                            .keys = 1,
                                            .files = SESSION_BIT(LDS_DG1),
                                            .access = SESSION_ACCESS_PACE,
                                            .no_proofs = true });
        assert_int_equal(r.error.code, CHIP_OK);
        session_free(&r.session);
    }
}

static void wrong_keys(void **state)
{
    const struct access_key keys[] = { can("123456"), zone("090000001", "900101", "991231"),
                                       can("000001") };
    struct reading r;

    (void)state;
    read_card(&r, "vietnam", NULL, (struct session_options){ .key = keys, .keys = 1 });
    assert_int_equal(r.error.code, CHIP_KEY_WRONG);
    session_free(&r.session);
    // The zone of a card whose CAN is wrong is not tried; the third opens it.
    read_card(&r, "vietnam", NULL, (struct session_options){ .key = keys, .keys = 3 });
    assert_int_equal(r.error.code, CHIP_OK);
    assert_int_equal(r.session.key_at, 2);
    session_free(&r.session);
    read_card(&r, "bac-only", NULL, (struct session_options){ .key = keys, .keys = 3 });
    assert_int_equal(r.error.code, CHIP_KEY_WRONG);
    session_free(&r.session);
    read_card(&r, "bac-only", NULL, (struct session_options){ .key = keys, .keys = 1 });
    assert_int_equal(r.error.code, CHIP_NO_KEY);
    session_free(&r.session);
}

// Whatever the command at which something happens, what is told to be whole is whole.
static void a_fault_at_every_command(void **state)
{
    static const char *const kinds[] = { "lost",    "wrong-mac", "plain-answer", "short-answer",
                                         "garbage", "sw=6F00",   "sw=6982" };
    struct access_key key = can("000001");
    struct reading r;

    (void)state;
    read_card(&r, "vietnam", NULL, (struct session_options){ .key = &key, .keys = 1 });
    unsigned commands = (unsigned)r.session.counts.commands, whole = 0, runs = 0;
    session_free(&r.session);
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++)
        for (unsigned at = 1; at <= commands; at++) {
            char option[64];
            snprintf(option, sizeof option, "--fault=%u:%s", at, kinds[k]);
            const char *const options[] = { option, NULL };
            read_card(&r, "vietnam", options,
                      (struct session_options){ .key = &key, .keys = 1, .retries = 3 });
            const char *folder = folder_of("vietnam");
            if (r.error.code == CHIP_OK && r.session.file[LDS_DG2].error.code == CHIP_OK)
                expect_file(&r.session, LDS_DG2, folder, "DG2");
            if (r.session.file[LDS_DG13].asked && r.session.file[LDS_DG13].error.code == CHIP_OK)
                expect_file(&r.session, LDS_DG13, folder, "DG13");
            if (strcmp(kinds[k], "lost") == 0 && r.error.code != CHIP_OK)
                fail_msg("lost at %u: %s", at, chip_error_name(r.error.code));
            whole += r.error.code == CHIP_OK;
            runs++;
            session_free(&r.session);
        }
    printf("# %u of %u sessions with a fault were whole in the end\n", whole, runs);
}

// The second command asks for all of EF.CardAccess; refused, it is asked for by its length.
static void a_card_that_wants_the_exact_length(void **state)
{
    static const char *const options[] = { "--fault=2:sw=6700", NULL };
    struct access_key key = can("000001");
    struct reading r;

    (void)state;
    read_card(&r, "vietnam", options, (struct session_options){ .key = &key, .keys = 1 });
    assert_int_equal(r.error.code, CHIP_OK);
    assert_int_equal(r.session.restarts, 0);
    assert_false(r.session.card_access_known);
    expect_file(&r.session, LDS_CARD_ACCESS, folder_of("vietnam"), "EF.CardAccess");
    session_free(&r.session);
}

static void short_length(void **state)
{
    struct access_key key = can("000001");
    struct reading r;

    (void)state;
    read_card(&r, "vietnam", NULL,
              (struct session_options){ .key = &key, .keys = 1, .short_only = true });
    assert_int_equal(r.error.code, CHIP_OK);
    expect_file(&r.session, LDS_SOD, folder_of("vietnam"), "EF.SOD");
    expect_file(&r.session, LDS_DG2, folder_of("vietnam"), "DG2");
    // scripts/bench-chip says what the least is: 106
    assert_in_range(r.session.counts.commands, 106, 115);
    session_free(&r.session);
}

// That a card has no BAC takes nothing from what PACE said of the key.
static void a_wrong_zone_without_bac(void **state)
{
    static const char *const options[] = { "--access=pace", NULL };
    struct access_key key = zone("090000001", "900101", "310101");
    struct reading r;

    (void)state;
    read_card(&r, "vietnam", options, (struct session_options){ .key = &key, .keys = 1 });
    assert_int_equal(r.error.code, CHIP_KEY_WRONG);
    session_free(&r.session);
}

// What a session has no room for is not asked for: a card that refuses it is not met.
static void no_more_than_fits(void **state)
{
    static const char *const options[] = { "--too-long=6700", NULL };
    struct access_key key = can("000001");
    const struct session_options how = { .key = &key, .keys = 1, .short_only = true };
    struct reading strict, lenient;

    (void)state;
    read_card(&lenient, "vietnam", NULL, how);
    read_card(&strict, "vietnam", options, how);
    assert_int_equal(strict.error.code, CHIP_OK);
    expect_file(&strict.session, LDS_DG2, folder_of("vietnam"), "DG2");
    assert_int_equal(strict.session.counts.commands, lenient.session.counts.commands);
    session_free(&strict.session);
    session_free(&lenient.session);
}

// ---- cards that end the session with whatever they refuse ----

// jCardSim's are so, where an applet throws its status word.
static void without_short_identifiers(void **state)
{
    static const char *const options[] = { "--no-short-ids=yes", "--plain-refusals=yes", NULL };
    struct access_key key = can("000001");

    (void)state;
    for (int by_short = 0; by_short < 2; by_short++) {
        struct reading r;
        read_card(&r, "vietnam", options,
                  (struct session_options){
                      .key = &key, .keys = 1, .retries = 1, .short_only = by_short });
        assert_int_equal(r.error.code, CHIP_OK);
        assert_int_equal(r.session.restarts, 0);
        expect_file(&r.session, LDS_COM, folder_of("vietnam"), "EF.COM");
        expect_file(&r.session, LDS_SOD, folder_of("vietnam"), "EF.SOD");
        expect_file(&r.session, LDS_DG2, folder_of("vietnam"), "DG2");
        assert_int_equal(r.session.proofs, 2);
        assert_int_equal(r.session.proof_error[0].code, CHIP_OK);
        assert_int_equal(r.session.proof_error[1].code, CHIP_OK);
        session_free(&r.session);
    }
}

// What is said without protection is not believed, but the other files are there.
static void absent_without_protection(void **state)
{
    static const char *const options[] = { "--absent=EF.COM,DG13", "--plain-refusals=yes", NULL };
    struct access_key key = can("000001");
    struct reading r;

    (void)state;
    read_card(&r, "vietnam", options,
              (struct session_options){ .key = &key, .keys = 1, .retries = 1 });
    assert_int_equal(r.error.code, CHIP_OK);
    assert_int_equal(r.session.restarts, 0);
    assert_int_equal(r.session.file[LDS_COM].error.code, CHIP_SM_PLAIN);
    assert_int_equal(r.session.file[LDS_DG13].error.code, CHIP_SM_PLAIN);
    expect_file(&r.session, LDS_DG1, folder_of("vietnam"), "DG1");
    expect_file(&r.session, LDS_DG2, folder_of("vietnam"), "DG2");
    assert_int_equal(r.session.proof_error[0].code, CHIP_OK);
    assert_int_equal(r.session.proof_error[1].code, CHIP_OK);
    session_free(&r.session);
}

static void a_copy_that_refuses_without_protection(void **state)
{
    static const char *const options[] = { "--ca=none", "--aa=none", "--plain-refusals=yes", NULL };
    struct access_key key = can("000001");
    struct reading r;

    (void)state;
    read_card(&r, "vietnam", options,
              (struct session_options){ .key = &key, .keys = 1, .retries = 3 });
    assert_int_equal(r.error.code, CHIP_OK);
    assert_int_equal(r.session.proofs, 2);
    assert_int_equal(r.session.proof_error[0].code, CHIP_NOT_GENUINE);
    assert_int_equal(r.session.proof_error[1].code, CHIP_NOT_GENUINE);
    expect_file(&r.session, LDS_DG2, folder_of("vietnam"), "DG2");
    session_free(&r.session);
}

// ---- a copy that answers anything ----

struct garbling {
    struct card *card;
    uint8_t ins;
};

static struct chip_error garble(void *ctx, struct str command, struct bytes *answer)
{
    const struct garbling *g = ctx;
    struct chip_error error = card_transmit(g->card, command, answer);

    if ((command.p[0] & 0x0C) != 0 && (uint8_t)command.p[1] == g->ins) {
        answer->n = 0;
        bytes_put(answer, "\x99\x02\x90\x00\x90\x00", 6);
    }
    return error;
}

static struct chip_error reset_inner(void *ctx)
{
    return card_reset(((const struct garbling *)ctx)->card);
}

static void close_nothing(void *ctx)
{
    (void)ctx;
}

// Nobody can tell it from a card that is moved each time, and it has proved nothing.
static void garbage_in_place_of_a_proof(void **state)
{
    static const struct card_ops ops = { garble, reset_inner, close_nothing };
    static const uint8_t ins[] = { 0x22, 0x88 }; // of Chip and of Active Authentication
    struct access_key key = can("000001");

    (void)state;
    for (size_t i = 0; i < sizeof ins; i++) {
        struct reading r = { 0 };
        assert_true(emulated_open(&r.emulated, folder_of("vietnam"), NULL, &r.card));
        struct garbling g = { .card = &r.card, .ins = ins[i] };
        struct card outer = r.card;
        outer.ops = &ops;
        outer.ctx = &g;
        r.error = session_read(
            &outer, &(struct session_options){ .key = &key, .keys = 1, .retries = 5 }, &r.session);
        card_close(&r.card);
        assert_int_equal(r.error.code, CHIP_SM_FORM);
        assert_int_equal(r.session.proofs, 2);
        assert_int_equal(r.session.proof_error[i].code, CHIP_SM_FORM);
        assert_int_equal(r.session.proof_error[1 - i].code, CHIP_OK);
        expect_file(&r.session, LDS_DG2, folder_of("vietnam"), "DG2");
        session_free(&r.session);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vietnams_card_with_can),
        cmocka_unit_test(other_profiles),
        cmocka_unit_test(dh_keys_of_any_length),
        cmocka_unit_test(wrong_keys),
        cmocka_unit_test(a_fault_at_every_command),
        cmocka_unit_test(a_card_that_wants_the_exact_length),
        cmocka_unit_test(short_length),
        cmocka_unit_test(a_wrong_zone_without_bac),
        cmocka_unit_test(no_more_than_fits),
        cmocka_unit_test(without_short_identifiers),
        cmocka_unit_test(absent_without_protection),
        cmocka_unit_test(a_copy_that_refuses_without_protection),
        cmocka_unit_test(garbage_in_place_of_a_proof),
    };
    return cmocka_run_group_tests(tests, make_cards, remove_cards);
}
