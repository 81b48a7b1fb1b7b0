// SPDX-License-Identifier: MIT
// Until when a card is valid: Law on Citizen Identification 59/2014, art. 21, for cards issued
// before 2024-07-01; Law on Identity Cards 26/2023, art. 21, from that day on.
#ifndef PERSON_EXPIRY_H
#define PERSON_EXPIRY_H

#include "base/date.h"

enum { EXPIRY_CANDIDATES_MAX = 4 };

enum expiry_law { EXPIRY_LAW_2014, EXPIRY_LAW_2023 };

struct expiry_candidate {
    struct date date; // as precise as the birth date; unset: no expiry
    uint8_t age;      // the birthday on which it ends: 14, 25, 40, 60; 0: no expiry
};

struct expiry {
    enum expiry_law law;
    // At issue, in whole years, as far as the birth date is known: equal when it is known to the
    // day. A birthday on 29 February is kept on the 28th here.
    int lowest_age, highest_age;
    // The most likely first. More than one where the law leaves it open: a birthday on 29 February
    // in a year that has none, or a birth date without its day or month.
    struct expiry_candidate candidate[EXPIRY_CANDIDATES_MAX];
    size_t count;
    // Art. 46 of Law 26/2023 prolonged cards that ended between 2024-01-15 and 2024-06-29 to
    // 2024-06-30: set where that is certain of candidate[0], else unset.
    struct date prolonged_to;
};

// The law under which a card of that day was issued.
enum expiry_law expiry_law_on(struct date issue);

// False when birth or issue is unset or unreal, the issue is no whole day (the law that applies
// and the age hang on it), or it comes before the birth.
bool expiry_compute(struct date birth, struct date issue, struct expiry *out);

#endif
