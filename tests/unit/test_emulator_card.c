// SPDX-License-Identifier: MIT
// What the card of the tests does as real cards do, what it does on faults and garbage, and libeac
// as its terminal, where that is installed.
#include "emulator_run.h"

#include <signal.h>
#include <time.h>
#include <openssl/rand.h>

// ---- what Vietnam's card does, and what real cards do ----
static void test_vietnam_files(void **state)
{
    static const char card_access[] = "3134300D060804007F0007020202020101"
                                      "300F060A04007F000702020302020201"
                                      "013012060A04007F0007020204020202010202010D9000";
    struct emulator e;
    (void)state;
    folder_make(e.folder);
    file_put(e.folder, "EF.COM", "6000");
    START(&e, "--can=000001");
    power_on(&e);
    expect(&e, "00A4000C023F00", "6D00");
    expect(&e, "00A4000C", "6D00");
    expect(&e, "00A4020C02011C", "9000");
    expect(&e, "00B0000036", card_access);
    expect(&e, "00B0003000", "02010202010D9000");
    expect(&e, "00B0003008", "02010202010D6282");
    emulator_end(&e);
}

static void test_read_limits(void **state)
{
    struct emulator e;
    (void)state;
    folder_make(e.folder);
    file_put(e.folder, "EF.CardAccess", "310401020304");
    file_put(e.folder, "EF.COM", "6000");
    START(&e, "--card-access=real", "--mf=yes", "--tries=2");
    power_on(&e);
    expect(&e, "00A4000C023F00", "9000");
    expect(&e, "00B0000000", "6986");
    expect(&e, "00B09C0000", "3104010203049000");
    expect(&e, "00B09C0406", "03046282");
    expect(&e, "00B0000600", "6B00");
    expect(&e, "00B00000", "6700");
    expect(&e, "00B1000003540102080000", "6700");
    expect(&e, "00B10000035401020A", "5304010203046282");
    expect(&e, "00B00000000000", "3104010203049000");
    expect(&e, "00A4040C07A0000002471001", "9000");
    expect(&e, "00A4020C02011C", "6982");
    expect(&e, "00B09E0000", "6982");
    expect(&e, "0CB09E000D9701048E08ED6705417E96BA5500", "6988");
    emulator_end(&e);
}

static void test_long_answers(void **state)
{
    static uint8_t answer[FRAME_MAX];
    static const char file[] = "31820124" /* and 292 bytes */;
    char hex[8 + 2 * 292 + 1];
    struct emulator e;
    (void)state;
    folder_make(e.folder);
    memset(hex, '7', sizeof hex - 1);
    memcpy(hex, file, 8);
    hex[sizeof hex - 1] = '\0';
    file_put(e.folder, "EF.COM", hex);
    START(&e, "--access=none", "--max-answer=100", "--too-long=chain");
    power_on(&e);
    expect(&e, "00A4040C07A0000002471001", "9000");
    expect(&e, "00A4020C02011E", "9000");
    assert_int_equal(transmit(&e, "00B0000000", answer), 102);
    assert_memory_equal(answer + 100, "\x61\x9C", 2);
    assert_int_equal(transmit(&e, "00C0000064", answer), 102);
    assert_memory_equal(answer + 100, "\x61\x38", 2);
    assert_int_equal(transmit(&e, "00C0000038", answer), 58);
    assert_memory_equal(answer + 56, "\x90\x00", 2);
    expect(&e, "00C0000038", "6D00");
    emulator_end(&e);
}

static void test_chained_command(void **state)
{
    struct emulator e;
    (void)state;
    folder_make(e.folder);
    file_put(e.folder, "EF.COM", "6000");
    START(&e, "--access=none");
    power_on(&e);
    expect(&e, "10A4040C03A00000", "9000");
    expect(&e, "00A4040C0402471001", "9000");
    expect(&e, "00A4020C02011E", "9000");
    expect(&e, "00B0000002", "60009000");
    emulator_end(&e);
}

// A counter for the CAN: 63C1, a warning, then blocked.
static void test_tries(void **state)
{
    static uint8_t answer[FRAME_MAX];
    static const char *const ends[] = { "63C1", "63C0" };
    struct emulator e;
    (void)state;
    folder_make(e.folder);
    file_put(e.folder, "EF.COM", "6000");
    START(&e, "--tries=2");
    for (int i = 0; i < 2; i++) {
        power_on(&e);
        expect(&e, "0022C1A40F800A04007F00070202040202830102", i == 0 ? "9000" : "63C1");
        assert_int_equal(transmit(&e, "10860000027C0000", answer), 22);
        expect_prefix(
            &e,
            "10860000457C438141047ACF3EFC982EC45565A4B155129EFBC74650DCBFA6362D896FC70262E0C2CC5E"
            "544552DCB6725218799115B55C9BAA6D9F6BC3A9618E70C25AF71777A9C4922D00",
            "7C43824104");
        expect_prefix(
            &e,
            "10860000457C438341047ACF3EFC982EC45565A4B155129EFBC74650DCBFA6362D896FC70262E0C2CC5E"
            "544552DCB6725218799115B55C9BAA6D9F6BC3A9618E70C25AF71777A9C4922D00",
            "7C43844104");
        expect(&e, "008600000C7C0A8508000000000000000000", ends[i]);
    }
    power_on(&e);
    expect(&e, "0022C1A40F800A04007F00070202040202830102", "63C0");
    expect(&e, "10860000027C0000", "6983");
    emulator_end(&e);
}

static void test_faults(void **state)
{
    static uint8_t answer[FRAME_MAX];
    struct emulator e;
    (void)state;
    folder_make(e.folder);
    file_put(e.folder, "EF.COM", "6000");
    START(&e, "--fault=1:sw=6F00", "--fault=2:mute", "--fault=3:short-answer", "--fault=4:garbage",
          "--fault=5:lost", "--fault=6:sw=6E00:always");
    for (int round = 0; round < 2; round++) {
        power_on(&e);
        expect(&e, "00A4020C02011C", round == 0 ? "6F00" : "9000");
        expect(&e, "00A4020C02011C", round == 0 ? "" : "9000");
        expect(&e, "00A4020C02011C", round == 0 ? "90" : "9000");
        assert_int_equal(transmit(&e, "00A4020C02011C", answer), round == 0 ? 24 : 2);
        expect(&e, "00A4020C02011C", round == 0 ? "" : "9000");
        expect(&e, "00A4020C02011C", round == 0 ? "" : "6E00"); // lost: until the next power-on
    }
    emulator_end(&e);
}

// Some seconds of commands that no one would send.
static void test_garbage(void **state)
{
    static const uint8_t ins[] = { 0xA4, 0xB0, 0xB1, 0x84, 0x82, 0x22, 0x86, 0x88, 0xC0 };
    static uint8_t answer[FRAME_MAX];
    uint8_t b[300];
    const char *seconds = getenv("CCCD_GARBAGE_SECONDS");
    time_t until = time(NULL) + (seconds != NULL ? strtol(seconds, NULL, 10) : 1);
    struct emulator e;
    unsigned long n = 0;
    (void)state;
    folder_make(e.folder);
    file_put(e.folder, "EF.COM", "6000");
    START(&e, "--can=000001", "--mrz=L898902C<369080619406236");
    for (; time(NULL) < until || n < 1000; n++) {
        assert_int_equal(RAND_bytes(b, sizeof b), 1);
        size_t length = 2 + b[299] % (b[298] % 4 == 0 ? 290 : 20);
        if (n % 16 == 0)
            power_on(&e);
        b[0] = b[0] % 4 == 0 ? b[0] : b[0] % 4 == 1 ? 0x0C : b[0] % 4 == 2 ? 0x10 : 0x00;
        b[1] = ins[b[1] % sizeof ins];
        if (b[297] % 2 == 0 && length > 7)
            b[4] = (uint8_t)(length - 5 - b[297] % 4 / 2);
        if (b[1] == 0x22 && length > 7) {
            b[2] = b[2] % 2 == 0 ? 0xC1 : 0x41;
            b[3] = 0xA4;
        }
        if (b[1] == 0x86 && length > 9)
            memcpy(b + 2,
                   (const uint8_t[]){ 0, 0, (uint8_t)(length - 5), 0x7C, (uint8_t)(length - 7) },
                   5);
        frame_write(&e, b, length);
        assert_true(frame_read(&e, answer) >= 2);
    }
    emulator_end(&e);
    print_message("%lu commands\n", n);
}

// ---- libeac as the terminal; its integrated mapping is an older one than Doc 9303's ----
static int command_run(const char *const *words)
{
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        execvp(words[0], (char *const *)(const void *)words);
        _exit(127);
    }
    return waitpid(pid, &status, 0) == pid && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

struct stranger_case {
    const char *pace, *ca, *curve; // curve: the domain of Chip Authentication
    const char *ta;                // the algorithm of Terminal Authentication; NULL: none
};

static void stranger_run(const char *maker, const char *terminal, const char *emulator,
                         const struct stranger_case *a)
{
    char folder[PATH_ROOM];
    const char *make[] = { "python3",
                           maker,
                           folder,
                           "--pace",
                           a->pace,
                           "--ca",
                           a->ca,
                           "--aa",
                           "none",
                           "--card-access",
                           "real",
                           "--curve",
                           a->curve,
                           "--terminal-authentication",
                           a->ta != NULL ? a->ta : "none",
                           NULL };
    const char *run[] = { terminal, emulator, folder, a->curve, NULL };
    const char *clean[] = { "rm", "-rf", folder, NULL };
    folder_make(folder);
    assert_int_equal(command_run(make), 0);
    int status = command_run(run);
    command_run(clean);
    print_message("%s, %s, %s: %d\n", a->pace, a->ca, a->ta != NULL ? a->ta : "no TA", status);
    assert_int_equal(status, 0);
}

static void test_libeac(void **state)
{
    static const struct stranger_case cases[] = {
        { "ecdh-gm-aes128:13", "ecdh-aes128", "13", NULL },
        { "ecdh-gm-3des:12", "ecdh-3des", "12", NULL },
        { "ecdh-gm-aes192:16", "ecdh-aes192", "16", NULL },
        { "ecdh-gm-aes256:17", "ecdh-aes256", "17", NULL },
        { "ecdh-gm-aes128:18", "ecdh-aes128", "18", NULL },
        { "ecdh-gm-aes128:8", "ecdh-aes128", "11", NULL },
        { "ecdh-gm-aes256:14", "ecdh-3des", "15", NULL },
        { "dh-gm-aes128:2", "dh-aes128", "2", NULL },
        { "dh-gm-3des:0", "dh-3des", "2", NULL },
        { "dh-gm-aes256:1", "dh-aes256", "2", NULL },
        { "ecdh-gm-aes128:13", "ecdh-aes128", "13", "ecdsa-sha256" },
        { "ecdh-gm-aes128:12", "ecdh-3des", "13", "ecdsa-sha512" },
        { "ecdh-gm-aes256:17", "ecdh-aes256", "17", "rsa-v1-5-sha256" },
        { "ecdh-gm-aes128:13", "ecdh-aes128", "13", "rsa-v1-5-sha1" },
    };
    const char *top = getenv("CCCD_TOP");
    char terminal[PATH_ROOM], emulator[PATH_ROOM], maker[PATH_ROOM];
    (void)state;
    if (!program_find("eac_terminal", terminal) || !program_find("card_emulator", emulator)) {
        print_message("no eac_terminal in %s/tests: libeac-dev was not there\n", build_folder());
        skip();
    }
    snprintf(maker, sizeof maker, "%s/tests/tools/make_chip.py", top != NULL ? top : ".");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        stranger_run(maker, terminal, emulator, &cases[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_vietnam_files), cmocka_unit_test(test_read_limits),
        cmocka_unit_test(test_long_answers),  cmocka_unit_test(test_chained_command),
        cmocka_unit_test(test_tries),         cmocka_unit_test(test_faults),
        cmocka_unit_test(test_garbage),       cmocka_unit_test(test_libeac),
    };
    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
