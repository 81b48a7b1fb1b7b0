// SPDX-License-Identifier: MIT
#include "lds/mrz.h"

#include "payload/fields.h"
#include "payload/payload.h"

static const struct str nothing = { "", 0 };

static void check(struct record *r, const struct mrz *m, enum mrz_check which,
                  enum problem_code code, enum field field)
{
    if (m->holds[which])
        return;
    record_add_problem(r, code, field, nothing);
    if (m->holds_if_read[which])
        record_add_problem(r, PROBLEM_MRZ_OCR, field, nothing);
}

static void check_digits(struct record *r, const struct mrz *m)
{
    check(r, m, MRZ_CHECK_DOCUMENT, PROBLEM_MRZ_CHECK_DOCUMENT, FIELD_ID);
    check(r, m, MRZ_CHECK_ID, PROBLEM_MRZ_CHECK_ID, FIELD_ID);
    check(r, m, MRZ_CHECK_BIRTH, PROBLEM_MRZ_CHECK_BIRTH, FIELD_BIRTH_DATE);
    check(r, m, MRZ_CHECK_EXPIRY, PROBLEM_MRZ_CHECK_EXPIRY, FIELD_EXPIRY_DATE);
    check(r, m, MRZ_CHECK_COMPOSITE, PROBLEM_MRZ_CHECK_COMPOSITE, FIELD_MRZ);
}

static void read_number(struct record *r, const struct mrz *m)
{
    if (!m->vietnamese) {
        record_add_problem(r, PROBLEM_MRZ_NOT_VIETNAMESE, FIELD_MRZ, nothing);
        return;
    }
    if (!field_is_id(m->id)) {
        record_add_problem(r, PROBLEM_ID_MALFORMED, FIELD_ID, m->id);
        return;
    }
    r->id = m->id;
    r->stated |= FIELD_BIT(FIELD_ID);
    if (!str_eq(str_from(m->id, ID_LENGTH - m->document_number.n), m->document_number))
        record_add_problem(r, PROBLEM_MRZ_NUMBER_MISMATCH, FIELD_ID, m->document_number);
}

static void read_dates(struct record *r, const struct mrz *m)
{
    // Nobody is born after the card ends. One that never ends is given from the age of 58 on, and
    // cards of this kind have been given since 2021: its holder was born before the century turned.
    static const struct date before_2000 = { 1999, 12, 31 };
    struct date d, end;
    bool ends = mrz_expiry_date(m, &end) && date_is_set(end);

    if (mrz_birth_date(m, ends ? end : before_2000, &d)) {
        r->birth_date = d;
        r->stated |= FIELD_BIT(FIELD_BIRTH_DATE);
    } else {
        record_add_problem(r, PROBLEM_BIRTH_DATE_MALFORMED, FIELD_BIRTH_DATE,
                           (struct str){ m->line[1].p, sizeof m->birth });
    }
    if (mrz_expiry_date(m, &d)) {
        r->expiry_date = d;
        r->stated |= FIELD_BIT(FIELD_EXPIRY_DATE);
    } else {
        record_add_problem(r, PROBLEM_EXPIRY_DATE_MALFORMED, FIELD_EXPIRY_DATE,
                           (struct str){ m->line[1].p + 8, sizeof m->expiry });
    }
}

// The name in an MRZ has lost its diacritics, so it is no `name`: it goes where the transliterated
// name of a QR code goes, and can be compared with that.
static void read_name(struct arena *arena, struct record *r, const struct mrz *m)
{
    char *name = arena_alloc(arena, MRZ_TD1_LINE + 1);
    if (name == NULL)
        return;
    size_t n = 0;
    const struct str parts[] = { m->surname, m->given };
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < parts[i].n || (k == parts[i].n && i == 0); k++) {
            char c = k < parts[i].n ? parts[i].p[k] : '<';
            if (c != '<')
                name[n++] = c;
            else if (n > 0 && name[n - 1] != ' ')
                name[n++] = ' ';
        }
    while (n > 0 && name[n - 1] == ' ')
        n--;
    r->derived.name_ascii = (struct str){ name, n };
    r->mrz_surname = m->surname;
    r->mrz_given = m->given;
    if (n == 0)
        record_add_problem(r, PROBLEM_NAME_EMPTY, FIELD_NAME, nothing);
    if (m->name_truncated)
        record_add_problem(r, PROBLEM_MRZ_NAME_TRUNCATED, FIELD_NAME, nothing);
}

bool payload_read_mrz(struct arena *arena, const struct str line[3], struct record *out)
{
    struct mrz m;

    if (!mrz_parse(line, &m))
        return false;
    record_clear(out);
    for (size_t i = 0; i < 3; i++)
        out->mrz[i] = m.line[i];
    out->stated |= FIELD_BIT(FIELD_MRZ);
    check_digits(out, &m);
    read_number(out, &m);
    read_dates(out, &m);
    out->sex = m.sex == 'M' ? SEX_MALE : m.sex == 'F' ? SEX_FEMALE : SEX_UNKNOWN;
    if (out->sex != SEX_UNKNOWN)
        out->stated |= FIELD_BIT(FIELD_SEX);
    else
        record_add_problem(out, PROBLEM_SEX_MALFORMED, FIELD_SEX,
                           (struct str){ m.line[1].p + 7, 1 });
    record_derive(out, arena);
    read_name(arena, out, &m);
    return true;
}
