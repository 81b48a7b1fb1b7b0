// SPDX-License-Identifier: MIT
#include "lds/dg1.h"

#include "base/wipe.h"
#include "lds/reading.h"

enum { TAG_DG1 = 0x61, TAG_MRZ = 0x5F1F, PARTS_MAX = 3 };

// Where something stands in the lines run together, counted from 0.
struct place {
    uint8_t at, n;
};

// The two sizes of two lines; they begin their second line alike (ICAO Doc 9303-4, 4.2.2;
// 9303-6, 4.2.2).
struct layout {
    uint8_t line;
    struct place optional;
    bool optional_checked; // by the digit behind it
    struct place composite[PARTS_MAX];
};

static const struct layout layouts[] = {
    [DG1_TD2] = { 36, { 28, 7 }, false, { { 0, 10 }, { 13, 7 }, { 21, 14 } } },
    [DG1_TD3] = { 44, { 28, 14 }, true, { { 0, 10 }, { 13, 7 }, { 21, 22 } } },
};

// In the first line.
static const struct place document_code = { 0, 2 };
static const struct place issuer = { 2, 3 };
enum { NAME_AT = 5 };

// In the second line.
static const struct place document_number = { 0, 9 };
static const struct place nationality = { 10, 3 };
static const struct place birth = { 13, 6 };
static const struct place expiry = { 21, 6 };
enum { SEX_AT = 20, DOCUMENT_CHECK_AT = 9 };

static struct str slice(struct str line, struct place place)
{
    return str_head(str_from(line, place.at), place.n);
}

static struct str without_fillers(struct str s)
{
    while (s.n > 0 && s.p[s.n - 1] == '<')
        s.n--;
    return s;
}

static bool is_digit_of(char c, struct str s)
{
    return char_is_digit(c) && c - '0' == mrz_check_digit(s);
}

// The digit that checks a field stands behind it.
static bool field_holds(struct str line, struct place place)
{
    return is_digit_of(line.p[place.at + place.n], slice(line, place));
}

static bool date_holds(struct str line, struct place place)
{
    struct str s = slice(line, place);
    for (size_t i = 0; i < s.n; i++)
        if (!char_is_digit(s.p[i]) && s.p[i] != '<')
            return false;
    return field_holds(line, place);
}

// The check digit of an empty field may be a filler (ICAO Doc 9303-4, 4.2.2).
static bool optional_holds(struct str line, const struct layout *l)
{
    char digit = line.p[l->optional.at + l->optional.n];
    bool empty = without_fillers(slice(line, l->optional)).n == 0;
    return !l->optional_checked || (empty && digit == '<') || field_holds(line, l->optional);
}

// The sum over pieces goes on as over one text, so they are put together.
static bool pieces_hold(struct str line, const struct place piece[], size_t count, char digit)
{
    char text[64];
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        memcpy(text + n, line.p + piece[i].at, piece[i].n);
        n += piece[i].n;
    }
    bool holds = is_digit_of(digit, (struct str){ text, n });
    wipe(text, sizeof text);
    return holds;
}

// TD2 only: a number of more than nine characters goes on in the optional data, with its check
// digit at the end, and a filler where that digit would be (ICAO Doc 9303-6, 4.2.2).
static struct str long_number_rest(struct str line, const struct layout *l)
{
    struct str optional = slice(line, l->optional);
    size_t end = str_find(optional, '<');
    if (line.p[DOCUMENT_CHECK_AT] != '<' || l->optional_checked || end < 2 || end == optional.n)
        return str_head(optional, 0);
    return str_head(optional, end - 1);
}

// Whether the filler between the parts counts is not said; both are in use.
static bool document_holds(struct str line, const struct layout *l, struct str rest)
{
    if (rest.n == 0)
        return field_holds(line, document_number);
    struct place bare[] = { document_number, { l->optional.at, (uint8_t)rest.n } };
    struct place filled[] = { { document_number.at, (uint8_t)(document_number.n + 1) }, bare[1] };
    char digit = rest.p[rest.n];
    return pieces_hold(line, bare, 2, digit) || pieces_hold(line, filled, 2, digit);
}

static void cut_name(struct str line, struct dg1 *out)
{
    struct str name = str_from(line, NAME_AT);
    size_t cut = 0;
    while (cut < name.n && !str_starts(str_from(name, cut), STR("<<")))
        cut++;
    out->name_truncated = name.p[name.n - 1] != '<';
    out->surname = without_fillers(str_head(name, cut));
    out->given = without_fillers(str_from(name, cut));
    while (str_starts(out->given, STR("<")))
        out->given = str_from(out->given, 1);
}

static void cut_lines(struct str upper, struct str lower, const struct layout *l, struct dg1 *out)
{
    out->document_code = without_fillers(slice(upper, document_code));
    out->issuer = without_fillers(slice(upper, issuer));
    cut_name(upper, out);
    out->document_number = without_fillers(slice(lower, document_number));
    out->document_rest = long_number_rest(lower, l);
    out->optional[0] = without_fillers(slice(lower, l->optional));
    out->optional[1] = str_from(lower, lower.n);
    out->nationality = without_fillers(slice(lower, nationality));
    memcpy(out->birth, slice(lower, birth).p, sizeof out->birth);
    memcpy(out->expiry, slice(lower, expiry).p, sizeof out->expiry);
    char sex = lower.p[SEX_AT];
    out->sex = sex == 'M' || sex == 'F' ? sex : '<';
}

static void read_two_lines(const struct layout *l, struct dg1 *out)
{
    struct str upper = str_head(out->zone, l->line);
    struct str lower = str_from(out->zone, l->line);

    cut_lines(upper, lower, l, out);
    out->holds[DG1_CHECK_DOCUMENT] = document_holds(lower, l, out->document_rest);
    out->holds[DG1_CHECK_ID] = true;
    out->holds[DG1_CHECK_BIRTH] = date_holds(lower, birth);
    out->holds[DG1_CHECK_EXPIRY] = date_holds(lower, expiry);
    out->holds[DG1_CHECK_OPTIONAL] = optional_holds(lower, l);
    out->holds[DG1_CHECK_COMPOSITE] =
        pieces_hold(lower, l->composite, PARTS_MAX, lower.p[lower.n - 1]);
}

static void copy_td1(struct dg1 *out)
{
    const struct mrz *m = &out->td1;
    out->document_code = m->document_code;
    out->issuer = m->issuer;
    out->document_number = m->document_number;
    out->document_rest = m->document_rest;
    out->optional[0] = m->optional[0];
    out->optional[1] = m->optional[1];
    out->nationality = m->nationality;
    out->surname = m->surname;
    out->given = m->given;
    memcpy(out->birth, m->birth, sizeof out->birth);
    memcpy(out->expiry, m->expiry, sizeof out->expiry);
    out->sex = m->sex;
    out->name_truncated = m->name_truncated;
    out->holds[DG1_CHECK_DOCUMENT] = m->holds[MRZ_CHECK_DOCUMENT];
    out->holds[DG1_CHECK_ID] = m->holds[MRZ_CHECK_ID];
    out->holds[DG1_CHECK_BIRTH] = m->holds[MRZ_CHECK_BIRTH];
    out->holds[DG1_CHECK_EXPIRY] = m->holds[MRZ_CHECK_EXPIRY];
    out->holds[DG1_CHECK_OPTIONAL] = true;
    out->holds[DG1_CHECK_COMPOSITE] = m->holds[MRZ_CHECK_COMPOSITE];
}

// Where a character stands that no machine-readable zone holds; the length when there is none.
static size_t first_foreign(struct str s)
{
    size_t i = 0;
    while (i < s.n && mrz_check_digit((struct str){ s.p + i, 1 }) >= 0)
        i++;
    return i;
}

static bool read_zone(const struct tlv *e, struct dg1 *out, struct lds_error *error)
{
    size_t foreign = first_foreign(e->value);
    out->zone = e->value;
    if (foreign < out->zone.n)
        return lds_fail(error, LDS_VALUE, lds_value_at(e) + foreign);
    for (enum dg1_size size = DG1_TD2; size <= DG1_TD3; size++) {
        if (out->zone.n == 2u * layouts[size].line) {
            out->size = size;
            read_two_lines(&layouts[size], out);
            return true;
        }
    }
    if (out->zone.n != MRZ_TD1_LENGTH)
        return lds_fail(error, LDS_VALUE, lds_value_at(e));
    struct str line[MRZ_TD1_LINES];
    for (size_t i = 0; i < MRZ_TD1_LINES; i++)
        line[i] = str_head(str_from(out->zone, i * MRZ_TD1_LINE), MRZ_TD1_LINE);
    out->size = DG1_TD1;
    if (!mrz_parse(line, &out->td1))
        return lds_fail(error, LDS_VALUE, lds_value_at(e));
    copy_td1(out);
    return true;
}

bool dg1_read(struct str file, struct dg1 *out, struct lds_error *error)
{
    struct tlv_reader r;
    struct tlv zone;

    *out = (struct dg1){ 0 };
    if (!lds_open(file, TAG_DG1, &r, error))
        return false;
    if (!tlv_expect(&r, TAG_MRZ, &zone))
        return lds_fail_at(error, &r);
    return lds_end(&r, error) && read_zone(&zone, out, error);
}
