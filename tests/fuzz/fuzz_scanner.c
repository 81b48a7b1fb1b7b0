// SPDX-License-Identifier: MIT
// What scanners deliver, and profiles of scanners, are read without harm. The first byte chooses;
// what is behind a zero byte is a line that the profile is used on.
#include "check.h"
#include "reader/scanner_profile.h"
#include "reader/specimen.h"

static void require_sane(const struct exam *exam, struct str text)
{
    size_t found = 0;

    for (int f = 0; f < SCANNER_FINDING_COUNT; f++) {
        found += exam->found[f].scans > 0;
        require(memchr(exam->found[f].detail, '\0', EXAM_DETAIL_MAX) != NULL);
        require(utf8_is_valid(str_of(exam->found[f].detail)));
    }
    require(found > 0);
    require(exam->sound <= exam->scans);
    require((exam->scans == 0) == (exam->found[SCANNER_NOTHING].scans > 0));
    require(exam->prefix.n + exam->suffix.n <= text.n);
}

static void learn(const struct exam *exam)
{
    struct scanner_profile profile, back;
    struct bytes text = { 0 };
    unsigned line;
    const char *why;

    if (!scanner_profile_learn(exam, &profile))
        return;
    scanner_profile_put(&profile, &text);
    require(text.n <= PROFILE_LENGTH_MAX);
    require(scanner_profile_read(bytes_str(&text), &back, &line, &why));
    struct bytes again = { 0 };
    scanner_profile_put(&back, &again);
    require(str_eq(bytes_str(&text), bytes_str(&again)));
    bytes_free(&text);
    bytes_free(&again);
}

static void examine(struct str text, bool live)
{
    struct exam_options how = { .live = live, .tried_11 = live };
    struct exam exam;

    require(exam_make(text, &how, &exam));
    require_sane(&exam, text);
    learn(&exam);
}

static void use_profile(struct arena *arena, struct str text)
{
    size_t middle = str_find(text, '\0');
    struct str line = str_from(text, middle + 1), out;
    struct scanner_profile profile;
    unsigned number;
    const char *why = NULL;

    if (!scanner_profile_read(str_head(text, middle), &profile, &number, &why)) {
        require(number >= 1 && why != NULL);
        return;
    }
    if (scanner_profile_undo(&profile, arena, line, &out))
        require(out.n <= 4 * line.n + 1);
    else
        require(str_eq(out, line));
    // A sound scan of the sheet with a profile that changes nothing stays what it is.
    if (profile.form == FORM_SOUND && profile.layout == LAYOUT_US &&
        profile.separator_length + profile.prefix_length + profile.suffix_length == 0)
        require(str_eq(out, line));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = { 0 };

    if (size == 0)
        return 0;
    struct str text = { (const char *)data + 1, size - 1 };
    if (data[0] & 1)
        use_profile(&arena, text);
    else
        examine(text, (data[0] & 2) != 0);
    arena_free(&arena);
    return 0;
}
