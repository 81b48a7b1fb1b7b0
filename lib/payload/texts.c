// SPDX-License-Identifier: MIT
#include "payload/texts.h"

#include "text/norm.h"
#include "text/scan.h"
#include "text/syllable.h"
#include "text/utf8.h"

static const struct str nothing = { "", 0 };

enum { AT_NAME, AT_SEX, AT_RESIDENCE, AT_EXTRA, TEXTS_MAX = AT_EXTRA + RECORD_EXTRA_MAX };

struct bench {
    struct damage_text text[TEXTS_MAX];
    size_t count;
    unsigned flags[TEXTS_MAX];
};

static enum field field_at(size_t i)
{
    static const enum field fields[] = { FIELD_NAME, FIELD_SEX, FIELD_RESIDENCE, FIELD_EXTRA };
    return fields[i < AT_EXTRA ? i : AT_EXTRA];
}

static void put(struct bench *b, enum text_kind kind, struct str text)
{
    b->flags[b->count] = scan_text(text);
    b->text[b->count++] = (struct damage_text){ .kind = kind, .text = text };
}

static void lay_out(struct bench *b, const struct texts *t, const struct record *r)
{
    b->count = 0;
    put(b, TEXT_NAME, t->name);
    put(b, TEXT_SEX, t->sex);
    put(b, TEXT_ADDRESS, t->residence);
    for (size_t i = 0; i < r->extra_count; i++)
        put(b, TEXT_OTHER, r->extra[i]);
}

// UTF-8, composed, without control characters; each change is told. What is damaged and can be read
// in several ways stays byte for byte: somebody may know more than this program.
static void normalise(struct arena *arena, struct bench *b, size_t i, struct record *r)
{
    bool changed;
    struct str s = b->text[i].text;

    if ((b->flags[i] & SCAN_ODD) == 0)
        return;
    if (!utf8_is_valid(s)) {
        s = norm_replace_bad(arena, s);
        record_add_problem(r, PROBLEM_TEXT_ENCODING, field_at(i), b->text[i].text);
    }
    if (!b->text[i].ambiguous) {
        s = norm_drop_controls(arena, s, &changed);
        if (changed)
            record_add_problem(r, PROBLEM_CONTROL_CHARACTERS, field_at(i), nothing);
    }
    s = norm_nfc(arena, s, &changed);
    if (changed)
        record_add_problem(r, PROBLEM_TEXT_DECOMPOSED, field_at(i), nothing);
    b->text[i].text = str_trim(s);
    b->flags[i] = scan_text(b->text[i].text);
}

static unsigned all_flags(const struct bench *b)
{
    unsigned all = 0;
    for (size_t i = 0; i < b->count; i++)
        all |= b->flags[i];
    return all;
}

// Letters that Latin-1, CP1252 and CP437 lack: no code page can have damaged such a text, and what
// else is odd about it (loose marks, control characters) is no damage of letters.
static bool is_plainly_sound(unsigned flags)
{
    return (flags & (SCAN_EXTENDED | SCAN_ODD)) == SCAN_EXTENDED;
}

static void take_repair(struct bench *b, struct damage_report report, struct record *r)
{
    for (size_t i = 0; i < b->count; i++) {
        struct damage_text *t = &b->text[i];
        if (t->changed) {
            record_set_repair(r, damage_name(report.kind), report.certain, field_at(i), t->text);
            record_add_problem(r, PROBLEM_TEXT_REPAIRED, field_at(i), nothing);
            t->text = t->repaired;
            b->flags[i] = scan_text(t->text);
        }
        if (t->ambiguous)
            record_add_problem(r, PROBLEM_TEXT_AMBIGUOUS, field_at(i), nothing);
    }
    if (report.verdict == DAMAGE_UNREADABLE)
        record_add_problem(r, PROBLEM_TEXT_DAMAGED, FIELD_NONE, nothing);
}

static void read_sex(struct record *r, struct str s)
{
    r->sex = sex_of_text(s);
    if (r->sex == SEX_UNKNOWN) {
        record_add_problem(r, PROBLEM_SEX_MALFORMED, FIELD_SEX, s);
        return;
    }
    r->stated |= FIELD_BIT(FIELD_SEX);
    if (!str_eq(s, STR("Nam")) && !str_eq(s, STR("Nữ")))
        record_add_problem(r, PROBLEM_SEX_SPELLING, FIELD_SEX, s);
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// "Nguy?n", "S?": a code page that lacks a letter leaves a question mark.
static bool has_questioned_letter(struct str s)
{
    for (size_t i = 1; i < s.n; i++)
        if (s.p[i] == '?' && is_letter(s.p[i - 1]))
            return true;
    return false;
}

// Everything in ASCII, where the card has more: Nu for Nữ, names without their vowels.
static void check_lost_letters(const struct bench *b, struct record *r)
{
    struct str sex = b->text[AT_SEX].text;
    unsigned flags = all_flags(b);

    if ((flags & (SCAN_ACCENTED | SCAN_ODD)) == 0 && r->repair_kind == NULL &&
        (sex_of_text(sex) == SEX_FEMALE || damage_letters_missing(b->text[AT_NAME].text) ||
         has_questioned_letter(b->text[AT_NAME].text) ||
         has_questioned_letter(b->text[AT_RESIDENCE].text)))
        record_add_problem(r, PROBLEM_DIACRITICS_LOST, FIELD_NAME, nothing);
}

// C1 characters are bytes that some code page left over: evidence of damage, not noise.
static bool has_c1(struct str s)
{
    for (size_t i = 0; i + 1 < s.n; i++)
        if ((unsigned char)s.p[i] == 0xC2 && (unsigned char)s.p[i + 1] < 0xA0)
            return true;
    return false;
}

// Would nothing odd be left once the text is composed and its control characters are gone?
static bool is_sound_when_normal(struct arena *arena, const struct bench *b)
{
    unsigned all = 0;
    bool ignored;

    for (size_t i = 0; i < b->count; i++) {
        struct str s = b->text[i].text;
        if ((b->flags[i] & SCAN_ODD) != 0) {
            if (!utf8_is_valid(s) || has_c1(s))
                return false;
            s = norm_nfc(arena, norm_drop_controls(arena, s, &ignored), &ignored);
        }
        all |= scan_text(s);
    }
    return is_plainly_sound(all);
}

static void repair_and_normalise(struct arena *arena, struct bench *b, struct record *r)
{
    if (!is_sound_when_normal(arena, b))
        take_repair(b, damage_examine(arena, b->text, b->count), r);
    for (size_t i = 0; i < b->count; i++)
        normalise(arena, b, i, r);
    check_lost_letters(b, r);
}

static void settle(struct arena *arena, const struct texts *t, struct record *r, struct bench *b)
{
    lay_out(b, t, r);
    repair_and_normalise(arena, b, r);
    r->name = b->text[AT_NAME].text;
    r->residence = b->text[AT_RESIDENCE].text;
    for (size_t i = AT_NAME; i <= AT_RESIDENCE; i++)
        if ((b->flags[i] & SCAN_ODD) == 0)
            r->plain |= FIELD_BIT(field_at(i));
    for (size_t i = 0; i < r->extra_count; i++)
        r->extra[i] = b->text[AT_EXTRA + i].text;
}

static unsigned flags_of(const struct texts *t, struct str part)
{
    return t->map != NULL ? scan_map_part(t->map, part) : scan_text(part);
}

// The two that cards have need no look.
static unsigned flags_of_sex(const struct texts *t)
{
    if (str_eq(t->sex, STR("Nam")))
        return 0;
    return str_eq(t->sex, STR("Nữ")) ? SCAN_EXTENDED : flags_of(t, t->sex);
}

static unsigned flags_of_all_but_name(const struct texts *t, const struct record *r)
{
    unsigned flags = flags_of(t, t->residence) | flags_of_sex(t);
    for (size_t i = 0; i < r->extra_count; i++)
        flags |= flags_of(t, r->extra[i]);
    return flags;
}

// The ordinary case: Vietnamese letters that no code page could have damaged, and nothing odd. In a
// clean line the name alone often shows it.
static bool settle_plain(const struct texts *t, struct record *r)
{
    unsigned name = flags_of(t, t->name), all = name;
    bool clean = t->map != NULL && t->map->clean;

    if (!clean || !is_plainly_sound(name))
        all |= flags_of_all_but_name(t, r);
    if (!is_plainly_sound(all))
        return false;
    r->name = t->name;
    r->residence = t->residence;
    r->plain = FIELD_BIT(FIELD_NAME) | FIELD_BIT(FIELD_RESIDENCE) | FIELD_BIT(FIELD_EXTRA);
    r->name_is_ordinary = (name & (SCAN_NOT_IN_NAME | SCAN_LOWER)) == SCAN_LOWER;
    return true;
}

void texts_read(struct arena *arena, const struct texts *t, struct record *r)
{
    struct str sex = t->sex;

    if (!settle_plain(t, r)) {
        struct bench b;
        settle(arena, t, r, &b);
        sex = b.text[AT_SEX].text;
    }
    r->stated |= FIELD_BIT(FIELD_NAME) | FIELD_BIT(FIELD_RESIDENCE);
    read_sex(r, sex);
}

void texts_clean(struct arena *arena, struct record *r)
{
    struct texts t = { .name = r->name, .sex = nothing, .residence = r->residence };
    struct bench b;

    if (!settle_plain(&t, r))
        settle(arena, &t, r, &b);
}
