// SPDX-License-Identifier: MIT
#ifndef PAYLOAD_OTHER_H
#define PAYLOAD_OTHER_H

#include "payload/fields.h"

// The pandemic app's code: document, NAME, yyyy-mm-dd, 0 or 1, ... (Decision 1405/QĐ-BTTTT).
bool fields_are_pc_covid(const struct fields *f);

// A health-insurance card's code: number, name as hexadecimal UTF-8, dd/mm/yyyy, 1 or 2, ...
bool fields_are_health_insurance(const struct fields *f);

#endif
