// SPDX-License-Identifier: MIT
#include "lds/mrz.h"

#include "base/wipe.h"

enum { LINE = MRZ_TD1_LINE, SLACK = 2 };

// Where things stand in a line, counted from 0 (ICAO Doc 9303-5).
struct place {
    uint8_t line, at, n;
};

static const struct place document_code = { 0, 0, 2 };
static const struct place issuer = { 0, 2, 3 };
static const struct place document_number = { 0, 5, 9 };
static const struct place document_check = { 0, 14, 1 };
static const struct place optional_1 = { 0, 15, 15 };
static const struct place id_number = { 0, 15, 12 };
static const struct place id_fillers = { 0, 27, 2 };
static const struct place id_check = { 0, 29, 1 };
static const struct place birth = { 1, 0, 6 };
static const struct place birth_check = { 1, 6, 1 };
static const struct place sex = { 1, 7, 1 };
static const struct place expiry = { 1, 8, 6 };
static const struct place expiry_check = { 1, 14, 1 };
static const struct place nationality = { 1, 15, 3 };
static const struct place optional_2 = { 1, 18, 11 };
static const struct place composite_check = { 1, 29, 1 };

static struct str slice_at(const struct str line[], struct place place)
{
    return (struct str){ line[place.line].p + place.at, place.n };
}

static char char_at(const struct str line[], struct place place)
{
    return line[place.line].p[place.at];
}

static struct str without_fillers(struct str s)
{
    while (s.n > 0 && s.p[s.n - 1] == '<')
        s.n--;
    return s;
}

static struct str text_at(const struct str line[], struct place place)
{
    return without_fillers(slice_at(line, place));
}

static int char_value(char c)
{
    if (char_is_digit(c))
        return c - '0';
    if (c >= 'A' && c <= 'Z')
        return c - 'A' + 10;
    return c == '<' ? 0 : -1;
}

static bool is_mrz_text(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (char_value(s.p[i]) < 0)
            return false;
    return true;
}

// The sum goes on over several slices: the composite digit covers pieces of two lines.
struct check_sum {
    unsigned sum;
    size_t count;
};

static void check_add(struct check_sum *c, struct str s)
{
    static const uint8_t weights[] = { 7, 3, 1 };

    for (size_t i = 0; i < s.n; i++)
        c->sum = (c->sum + (unsigned)char_value(s.p[i]) * weights[c->count++ % 3]) % 10;
}

int mrz_check_digit(struct str s)
{
    struct check_sum c = { 0 };
    if (!is_mrz_text(s))
        return -1;
    check_add(&c, s);
    return (int)c.sum;
}

static bool is_check_digit(char c, unsigned sum)
{
    return char_is_digit(c) && (unsigned)(c - '0') == sum;
}

// Letters can add up to the right sum (G counts like 6, L like 1), so a field of digits must be
// digits too.
static bool digits_hold(struct str s, bool fillers_too, char digit)
{
    for (size_t i = 0; i < s.n; i++)
        if (!char_is_digit(s.p[i]) && !(fillers_too && s.p[i] == '<'))
            return false;
    return is_check_digit(digit, (unsigned)mrz_check_digit(s));
}

static bool is_vietnamese(const struct str line[])
{
    return str_eq(slice_at(line, issuer), STR("VNM"));
}

// A number of more than nine characters: a filler stands for its check digit, and the rest of it
// begins the optional data, followed by the check digit (ICAO Doc 9303-5, note j).
static struct str long_number_rest(const struct str line[])
{
    struct str optional = slice_at(line, optional_1);
    size_t end = str_find(optional, '<');
    if (char_at(line, document_check) != '<' || is_vietnamese(line) || end < 2 || end == optional.n)
        return (struct str){ optional.p, 0 };
    return str_head(optional, end - 1);
}

// The standard does not say whether the filler between the two parts counts; both are in use.
static bool long_number_holds(const struct str line[], struct str rest)
{
    struct check_sum bare = { 0 }, filled = { 0 };
    check_add(&bare, slice_at(line, document_number));
    check_add(&filled, slice_at(line, document_number));
    check_add(&filled, STR("<"));
    check_add(&bare, rest);
    check_add(&filled, rest);
    return is_check_digit(rest.p[rest.n], bare.sum) || is_check_digit(rest.p[rest.n], filled.sum);
}

static bool document_holds(const struct str line[])
{
    struct str number = slice_at(line, document_number);
    struct str rest = long_number_rest(line);

    if (rest.n > 0)
        return long_number_holds(line, rest);
    if (is_vietnamese(line))
        return digits_hold(number, false, char_at(line, document_check));
    return is_check_digit(char_at(line, document_check), (unsigned)mrz_check_digit(number));
}

static bool id_holds(const struct str line[])
{
    return !is_vietnamese(line) ||
           (str_eq(slice_at(line, id_fillers), STR("<<")) &&
            digits_hold(slice_at(line, id_number), false, char_at(line, id_check)));
}

static bool birth_holds(const struct str line[])
{
    return digits_hold(slice_at(line, birth), true, char_at(line, birth_check));
}

static bool expiry_holds(const struct str line[])
{
    return digits_hold(slice_at(line, expiry), true, char_at(line, expiry_check));
}

// ICAO Doc 9303-5: upper line 6-30, middle line 1-7, 9-15 and 19-29.
static bool composite_holds(const struct str line[])
{
    static const struct place covered[] = { { 0, 5, 25 }, { 1, 0, 7 }, { 1, 8, 7 }, { 1, 18, 11 } };
    struct check_sum c = { 0 };

    for (size_t i = 0; i < sizeof covered / sizeof *covered; i++)
        check_add(&c, slice_at(line, covered[i]));
    return is_check_digit(char_at(line, composite_check), c.sum);
}

static void check_all(const struct str line[], bool holds[MRZ_CHECK_COUNT])
{
    static bool (*const checks[MRZ_CHECK_COUNT])(const struct str line[]) = {
        [MRZ_CHECK_DOCUMENT] = document_holds,   [MRZ_CHECK_ID] = id_holds,
        [MRZ_CHECK_BIRTH] = birth_holds,         [MRZ_CHECK_EXPIRY] = expiry_holds,
        [MRZ_CHECK_COMPOSITE] = composite_holds,
    };

    for (size_t i = 0; i < MRZ_CHECK_COUNT; i++)
        holds[i] = checks[i](line);
}

// The digit that OCR may have taken for this letter, or the character itself.
static char as_digit(char c)
{
    static const char letters[] = "OQDILZSGB", digits[] = "000112568";
    const char *hit = memchr(letters, c, sizeof letters - 1);
    return hit ? digits[hit - letters] : c;
}

static void read_as_digits(char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        p[i] = as_digit(p[i]);
}

// Where only digits can stand. Other states have letters in their document numbers.
static const struct place digits_everywhere[] = {
    { 0, 14, 1 }, { 1, 0, 7 }, { 1, 8, 7 }, { 1, 29, 1 }
};
static const struct place digits_in_vietnam[] = { { 0, 5, 25 } };

static void read_places_as_digits(char text[][LINE], const struct place place[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        read_as_digits(text[place[i].line] + place[i].at, place[i].n);
}

// The checks on a reading of the two lines with digits for letters; the reading itself is never
// handed on, since only a person with the card can tell.
static void check_as_digits(const struct str line[], const bool holds[], bool holds_if_read[])
{
    char text[2][LINE];
    memcpy(text[0], line[0].p, LINE);
    memcpy(text[1], line[1].p, LINE);
    read_places_as_digits(text, digits_everywhere,
                          sizeof digits_everywhere / sizeof *digits_everywhere);
    if (is_vietnamese(line))
        read_places_as_digits(text, digits_in_vietnam,
                              sizeof digits_in_vietnam / sizeof *digits_in_vietnam);

    const struct str read[2] = { { text[0], LINE }, { text[1], LINE } };
    check_all(read, holds_if_read);
    wipe(text, sizeof text);
    for (size_t i = 0; i < MRZ_CHECK_COUNT; i++)
        holds_if_read[i] = holds_if_read[i] && !holds[i];
}

static void cut_name(struct str line, struct mrz *m)
{
    size_t cut = 0;
    while (cut < line.n && !str_starts(str_from(line, cut), STR("<<")))
        cut++;
    m->name_truncated = line.p[line.n - 1] != '<';
    m->surname = without_fillers(str_head(line, cut));
    m->given = without_fillers(str_from(line, cut));
    while (str_starts(m->given, STR("<")))
        m->given = str_from(m->given, 1);
}

static void cut_fields(const struct str line[], struct mrz *m)
{
    m->document_code = text_at(line, document_code);
    m->issuer = text_at(line, issuer);
    m->document_number = text_at(line, document_number);
    m->document_rest = long_number_rest(line);
    m->optional[0] = text_at(line, optional_1);
    m->optional[1] = text_at(line, optional_2);
    m->vietnamese = is_vietnamese(line);
    m->id = m->vietnamese ? text_at(line, id_number) : str_head(slice_at(line, id_number), 0);
    memcpy(m->birth, slice_at(line, birth).p, sizeof m->birth);
    memcpy(m->expiry, slice_at(line, expiry).p, sizeof m->expiry);
    m->sex = char_at(line, sex);
    if (m->sex != 'M' && m->sex != 'F')
        m->sex = '<';
    m->nationality = text_at(line, nationality);
    cut_name(line[2], m);
}

bool mrz_parse(const struct str line[MRZ_TD1_LINES], struct mrz *out)
{
    *out = (struct mrz){ 0 };
    for (size_t i = 0; i < MRZ_TD1_LINES; i++) {
        if (line[i].n != LINE || !is_mrz_text(line[i]))
            return false;
        out->line[i] = line[i];
    }
    cut_fields(line, out);
    check_all(line, out->holds);
    check_as_digits(line, out->holds, out->holds_if_read);
    return true;
}

static bool looks_like_digits(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!char_is_digit(as_digit(s.p[i])) && s.p[i] != '<')
            return false;
    return true;
}

// The first letter is the document code's (I, A or C), and a state follows; some filler stands
// somewhere, for else any token of capitals and digits would do.
static bool looks_like_upper(struct str s)
{
    for (size_t i = 2; i < 5; i++)
        if (char_is_digit(s.p[i]))
            return false;
    return strchr("IAC", s.p[0]) != NULL && str_find(s, '<') < s.n;
}

// Birth date, sex and date of expiry; the sex may have moved where characters are missing before
// it.
static bool looks_like_middle(struct str s)
{
    size_t slack = s.n == LINE ? 0 : SLACK;
    for (size_t i = sex.at - slack; i <= sex.at + slack; i++) {
        struct str end = str_head(str_from(s, i + 1), expiry.n - slack);
        bool dated = s.p[0] != '<' || end.p[0] != '<';
        if (strchr("MFX<", s.p[i]) != NULL && dated && looks_like_digits(str_head(s, i)) &&
            looks_like_digits(end))
            return true;
    }
    return false;
}

// Names have no digits; but OCR puts some in.
static bool has_few_digits(struct str s)
{
    size_t digits = 0;
    for (size_t i = 0; i < s.n; i++)
        digits += char_is_digit(s.p[i]);
    return digits <= 3;
}

static bool looks_like_lower(struct str s)
{
    return s.p[0] >= 'A' && s.p[0] <= 'Z' && has_few_digits(s) && str_find(s, '<') < s.n;
}

static bool has_length(struct str s, size_t length, size_t slack)
{
    return s.n >= length - slack && s.n <= length + slack && is_mrz_text(s);
}

bool mrz_looks_like_line(struct str s)
{
    return has_length(s, LINE, SLACK) &&
           (looks_like_upper(s) || looks_like_middle(s) || looks_like_lower(s));
}

bool mrz_looks_like_first_line(struct str s)
{
    enum { LEAST_DIGITS = 6 }; // the name's line may hold some that OCR put there
    size_t digits = 0;

    if (s.n == 0 || (s.p[0] != 'I' && s.p[0] != 'A' && s.p[0] != 'C') || !mrz_looks_like_line(s))
        return false;
    for (size_t i = 0; i < s.n; i++)
        digits += char_is_digit(s.p[i]);
    return digits >= LEAST_DIGITS;
}

bool mrz_looks_like_whole(struct str s)
{
    const size_t slack = MRZ_TD1_LINES * SLACK;
    if (!has_length(s, MRZ_TD1_LENGTH, slack) || !looks_like_upper(str_head(s, LINE)))
        return false;
    // With characters missing or too many nobody knows where the other lines begin.
    if (s.n != MRZ_TD1_LENGTH)
        return has_few_digits(str_from(s, s.n - LINE + slack));
    return looks_like_middle(str_head(str_from(s, LINE), LINE)) &&
           looks_like_lower(str_from(s, s.n - LINE));
}

// Two digits, or -1.
static int two_digits(const char *p)
{
    return char_is_digit(p[0]) && char_is_digit(p[1]) ? (p[0] - '0') * 10 + (p[1] - '0') : -1;
}

// As two_digits(); 0 where a filler stands for what is not known (ICAO Doc 9303-3).
static int two_digits_or_none(const char *p)
{
    return p[0] == '<' && p[1] == '<' ? 0 : two_digits(p);
}

// Circular 59/2021/TT-BCA, art. 4: the fourth digit tells century and sex, two digits the year.
static int number_year(struct str id)
{
    return 1900 + (id.p[3] - '0') / 2 * 100 + two_digits(id.p + 4);
}

// The years differ where a birth date was corrected after the number was given, be it from 1999 to
// 2000: the century digit alone would then be a hundred years wrong.
static int nearest_year(int year, int last_two)
{
    int found = year / 100 * 100 + last_two;
    if (found - year > 50)
        return found - 100;
    return year - found > 50 ? found + 100 : found;
}

static bool latest_century(struct date d, struct date not_after, struct date *out)
{
    if (!date_is_set(not_after))
        return false;
    d.year = (int16_t)(not_after.year / 100 * 100 + d.year);
    for (int tries = 0; tries < 4; tries++, d.year -= 100) {
        if (date_is_real(d) && date_compare(d, not_after) <= 0) {
            *out = d;
            return true;
        }
    }
    return false;
}

bool mrz_birth_date(const struct mrz *m, struct date not_after, struct date *out)
{
    int year = two_digits(m->birth);
    int month = two_digits_or_none(m->birth + 2);
    int day = two_digits_or_none(m->birth + 4);

    if (year < 0 || month < 0 || day < 0)
        return false;
    struct date d = { (int16_t)year, (uint8_t)month, (uint8_t)day };
    if (!m->vietnamese || !m->holds[MRZ_CHECK_ID])
        return latest_century(d, not_after, out);
    d.year = (int16_t)nearest_year(number_year(m->id), year);
    if (!date_is_real(d))
        return false;
    *out = d;
    return true;
}

bool mrz_expiry_date(const struct mrz *m, struct date *out)
{
    int year = two_digits(m->expiry);
    int month = two_digits(m->expiry + 2);
    int day = two_digits(m->expiry + 4);

    if (m->vietnamese && memcmp(m->expiry, "991231", sizeof m->expiry) == 0) {
        *out = (struct date){ 0 };
        return true;
    }
    // No card of this kind ended before 2000, and none will last beyond 2099.
    struct date d = { (int16_t)(2000 + year), (uint8_t)month, (uint8_t)day };
    if (year < 0 || month < 0 || day <= 0 || !date_is_real(d))
        return false;
    *out = d;
    return true;
}
