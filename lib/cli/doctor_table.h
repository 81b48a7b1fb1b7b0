// SPDX-License-Identifier: MIT
#ifndef CLI_DOCTOR_TABLE_H
#define CLI_DOCTOR_TABLE_H

#include "base/bytes.h"

// Every question of the doctor with what can be found, a line each, tabs between: "check", its
// code and the question; "finding", its code, the check's code, state, how it looks, cause, fix,
// and each of its commands. The manual is made of this.
void doctor_put_table(struct bytes *out);

#endif
