// SPDX-License-Identifier: MIT
// The one identity model: what a card says, what follows from it, and what is doubtful about it.
#ifndef PERSON_RECORD_H
#define PERSON_RECORD_H

#include "base/arena.h"
#include "base/date.h"
#include "person/expiry.h"
#include "person/problem.h"

enum sex { SEX_UNKNOWN, SEX_MALE, SEX_FEMALE };

enum card_kind { CARD_UNKNOWN, CARD_CCCD_2021, CARD_CAN_CUOC_2024 };

enum { RECORD_EXTRA_MAX = 26, RECORD_PROBLEM_MAX = 32, ID_LENGTH = 12, OLD_ID_LENGTH = 9 };

// X(identifier, outside name): the fields of a record, for problems and for columns.
#define RECORD_FIELDS(X)                                                                           \
    X(FIELD_NONE, "")                                                                              \
    X(FIELD_ID, "id")                                                                              \
    X(FIELD_OLD_ID, "old_id")                                                                      \
    X(FIELD_NAME, "name")                                                                          \
    X(FIELD_BIRTH_DATE, "birth_date")                                                              \
    X(FIELD_SEX, "sex")                                                                            \
    X(FIELD_RESIDENCE, "residence")                                                                \
    X(FIELD_ISSUE_DATE, "issue_date")                                                              \
    X(FIELD_EXPIRY_DATE, "expiry_date")                                                            \
    X(FIELD_CARD, "card")                                                                          \
    X(FIELD_EXTRA, "extra")                                                                        \
    X(FIELD_MRZ, "mrz")

#define FIELD_ENUM(identifier, name) identifier,
enum field { RECORD_FIELDS(FIELD_ENUM) FIELD_COUNT };
#undef FIELD_ENUM

// A set of fields, a bit each.
#define FIELD_BIT(field) (1u << (field))

struct problem {
    enum problem_code code;
    enum field field;
    struct str value; // what stood there, where that is not kept in the record; may be empty
};

struct number_facts {
    const char *area; // the name of the province or country, NULL when the code has none
    bool foreign;
    enum sex sex;
    int birth_year;
};

struct derived {
    bool has_number;
    struct number_facts number;
    bool has_expiry;
    struct expiry expiry;
    struct str issuer; // empty when the issue date is not known
    int age_at_issue;  // -1 when not known to the year
    struct str name_ascii;
};

// Set by record_clear() before use.
struct record {
    unsigned stated; // FIELD_BITs of what the source speaks of, be it empty
    struct str id;
    struct str old_id; // empty: the card says that there is none
    struct str name;
    struct date birth_date;
    enum sex sex;
    struct str residence;
    struct date issue_date;
    struct date expiry_date; // as a chip or MRZ states it; unset and `stated`: no expiry
    enum card_kind card;
    unsigned plain; // FIELD_BITs of texts that are composed UTF-8 without a character that any
                    // output would have to escape; a bit that is missing says nothing
    bool name_is_ordinary;   // capitals and small letters that names are written with; false says
                             // nothing
    const char *repair_kind; // NULL: nothing was repaired
    bool repair_certain;
    size_t extra_count;
    size_t problem_count;
    // From here on only what other members announce is ever read, so nothing need be cleared.
    struct derived derived;
    struct str mrz[3];
    struct str mrz_surname, mrz_given;
    struct str extra[RECORD_EXTRA_MAX];
    struct str original[FIELD_COUNT]; // what stood in each repaired field; else empty
    struct problem problems[RECORD_PROBLEM_MAX];
};

const char *field_name(enum field field);
const char *sex_name(enum sex sex);
// Nam and Nữ as cards have them, also in other letter case, decomposed or without diacritics.
enum sex sex_of_text(struct str s);

struct str card_name(enum card_kind card);

void record_clear(struct record *r);

// Tells that a field was repaired, and what stood there.
void record_set_repair(struct record *r, const char *kind, bool certain, enum field field,
                       struct str original);

// Adds a problem; a 33rd is dropped, the record being hopeless by then.
__attribute__((cold)) void record_add_problem(struct record *r, enum problem_code code,
                                              enum field field, struct str value);

bool record_has_problem(const struct record *r, enum problem_code code);

// The gravest severity among the problems; SEVERITY_NOTE when there is none.
enum severity record_severity(const struct record *r);

// Everything that follows from the stated fields, and every rule they break. Text that must be
// made comes from the arena.
void record_derive(struct record *r, struct arena *arena);

#endif
