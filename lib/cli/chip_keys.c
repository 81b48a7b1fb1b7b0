// SPDX-License-Identifier: MIT
#include "cli/chip_keys.h"

#include "base/wipe.h"
#include "lds/mrz.h"

enum { CAN_LENGTH = 6, DOCUMENT_LENGTH = 9, ZONE_DATE = 6 };

void chip_keys_wipe(struct chip_keys *keys)
{
    wipe(keys, sizeof *keys);
}

static struct access_key *next(struct chip_keys *keys)
{
    return keys->n < SESSION_KEYS_MAX ? &keys->at[keys->n++] : NULL;
}

static void add_can(struct chip_keys *keys, struct str digits)
{
    struct access_key *key = next(keys);

    if (key == NULL)
        return;
    key->kind = ACCESS_CAN;
    memcpy(key->can, digits.p, digits.n);
}

static void put_two(char *to, int value)
{
    to[0] = (char)('0' + value / 10 % 10);
    to[1] = (char)('0' + value % 10);
}

// yymmdd. What is not known of a birth date is "<<" there (ICAO Doc 9303-3, 4.8); no expiry is
// 991231 on Vietnam's cards.
static void put_zone_date(char to[ZONE_DATE + 1], struct date d)
{
    memset(to, '<', ZONE_DATE);
    put_two(to, d.year);
    if (d.month != 0)
        put_two(to + 2, d.month);
    if (d.day != 0)
        put_two(to + 4, d.day);
    to[ZONE_DATE] = '\0';
}

static void add_zone(struct chip_keys *keys, struct str document, struct date birth,
                     struct date expiry)
{
    static const struct date none = { 1999, 12, 31 };
    struct access_key *key = next(keys);

    if (key == NULL || document.n >= sizeof key->document)
        return;
    key->kind = ACCESS_MRZ;
    memcpy(key->document, document.p, document.n);
    put_zone_date(key->birth, birth);
    put_zone_date(key->expiry, date_is_set(expiry) ? expiry : none);
}

static void add_zones_of_record(struct chip_keys *keys, const struct record *r)
{
    struct str document = str_from(r->id, ID_LENGTH - DOCUMENT_LENGTH);
    const struct expiry *reckoned = &r->derived.expiry;

    if (!date_is_set(r->birth_date))
        return;
    if ((r->stated & FIELD_BIT(FIELD_EXPIRY_DATE)) != 0) {
        add_zone(keys, document, r->birth_date, r->expiry_date);
        return;
    }
    for (size_t i = 0; r->derived.has_expiry && i < reckoned->count; i++)
        add_zone(keys, document, r->birth_date, reckoned->candidate[i].date);
}

void chip_keys_of_record(struct chip_keys *keys, const struct record *r)
{
    if (r->id.n != ID_LENGTH || !str_is_digits(r->id))
        return;
    add_can(keys, str_from(r->id, ID_LENGTH - CAN_LENGTH));
    add_zones_of_record(keys, r);
}

bool chip_keys_of_can(struct chip_keys *keys, struct str text)
{
    text = str_trim(text);
    if (!str_is_digits(text) || (text.n != CAN_LENGTH && text.n != ID_LENGTH))
        return false; // a slip of the fingers is not to cost a try
    add_can(keys, str_from(text, text.n - CAN_LENGTH));
    return true;
}

static bool is_zone_date(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!char_is_digit(s.p[i]) && s.p[i] != '<')
            return false;
    return s.n == ZONE_DATE;
}

static bool add_parts(struct chip_keys *keys, struct str document, struct str birth,
                      struct str expiry)
{
    struct access_key *key;

    if (document.n == 0 || document.n >= sizeof key->document || !is_zone_date(birth) ||
        !is_zone_date(expiry) || mrz_check_digit(document) < 0 || (key = next(keys)) == NULL)
        return false;
    key->kind = ACCESS_MRZ;
    memcpy(key->document, document.p, document.n);
    memcpy(key->birth, birth.p, ZONE_DATE);
    memcpy(key->expiry, expiry.p, ZONE_DATE);
    return true;
}

// DOCUMENT/BIRTH/EXPIRY; a document number that is shorter than nine characters is filled up.
static bool read_parts(struct chip_keys *keys, struct str text)
{
    char document[DOCUMENT_LENGTH];
    size_t first = str_find(text, '/');
    struct str rest = str_from(text, first + 1);
    size_t second = str_find(rest, '/');
    struct str number = str_head(text, first);

    if (first == text.n || second == rest.n)
        return false;
    if (number.n > 0 && number.n < DOCUMENT_LENGTH) {
        memset(document, '<', sizeof document);
        memcpy(document, number.p, number.n);
        number = (struct str){ document, sizeof document };
    }
    return add_parts(keys, number, str_head(rest, second), str_from(rest, second + 1));
}

// Without line ends and blanks; 90 characters are three lines of a card, 88 two of a passport.
static size_t join_lines(char *zone, size_t size, struct str text)
{
    size_t n = 0;

    for (size_t i = 0; i < text.n; i++) {
        if (strchr(" \t\r\n", text.p[i]) != NULL)
            continue;
        if (n == size)
            return 0;
        zone[n++] = text.p[i];
    }
    return n;
}

static bool read_card_zone(struct chip_keys *keys, const char *zone)
{
    struct str line[MRZ_TD1_LINES];
    struct mrz m;

    for (int i = 0; i < MRZ_TD1_LINES; i++)
        line[i] = (struct str){ zone + (ptrdiff_t)i * MRZ_TD1_LINE, MRZ_TD1_LINE };
    if (!mrz_parse(line, &m))
        return false;
    if (m.vietnamese && m.id.n == ID_LENGTH && str_is_digits(m.id))
        add_can(keys, str_from(m.id, ID_LENGTH - CAN_LENGTH));
    // The document number as it stands in its nine places, fillers included (ICAO Doc 9303-11,
    // 9.7.2), and what of a longer one follows.
    char document[sizeof keys->at[0].document];
    size_t n = m.document_rest.n > 0 ? m.document_number.n : DOCUMENT_LENGTH;
    if (n + m.document_rest.n >= sizeof document)
        return false;
    memcpy(document, zone + 5, n);
    if (m.document_rest.n > 0)
        memcpy(document + n, m.document_rest.p, m.document_rest.n);
    return add_parts(keys, (struct str){ document, n + m.document_rest.n },
                     (struct str){ m.birth, ZONE_DATE }, (struct str){ m.expiry, ZONE_DATE });
}

// The second line of a passport: number, birth and expiry each with its check digit
// (ICAO Doc 9303-4, 4.2.2).
static bool read_passport_zone(struct chip_keys *keys, const char *second)
{
    return add_parts(keys, (struct str){ second, DOCUMENT_LENGTH },
                     (struct str){ second + 13, ZONE_DATE },
                     (struct str){ second + 21, ZONE_DATE });
}

bool chip_keys_of_mrz(struct chip_keys *keys, struct str text)
{
    enum { TD3_LINE = 44, TD2_LINE = 36 };
    char zone[MRZ_TD1_LENGTH];
    size_t n;
    bool ok = false;

    text = str_trim(text);
    if (str_find(text, '/') < text.n)
        return read_parts(keys, text);
    n = join_lines(zone, sizeof zone, text);
    if (n == MRZ_TD1_LENGTH)
        ok = read_card_zone(keys, zone);
    else if (n == 2 * (size_t)TD3_LINE)
        ok = read_passport_zone(keys, zone + TD3_LINE);
    else if (n == 2 * (size_t)TD2_LINE)
        ok = read_passport_zone(keys, zone + TD2_LINE);
    wipe(zone, sizeof zone);
    return ok;
}

bool chip_keys_of_text(struct chip_keys *keys, struct str text)
{
    text = str_trim(text);
    return str_is_digits(text) ? chip_keys_of_can(keys, text) : chip_keys_of_mrz(keys, text);
}
