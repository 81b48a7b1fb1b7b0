// SPDX-License-Identifier: MIT
#include "chip/error.h"

#include <stddef.h>

struct chip_error_row {
    const char *name;
    enum chip_blame blame;
    const char *sentence, *hint;
};

#define CHIP_ROW(identifier, code, blame, sentence, hint) { code, blame, sentence, hint },
static const struct chip_error_row rows[] = { CHIP_ERRORS(CHIP_ROW) };
#undef CHIP_ROW

const char *chip_error_name(enum chip_code code)
{
    return rows[code].name;
}

enum chip_blame chip_error_blame(enum chip_code code)
{
    return rows[code].blame;
}

const char *chip_error_sentence(enum chip_code code)
{
    return rows[code].sentence;
}

const char *chip_error_hint(enum chip_code code)
{
    return rows[code].hint;
}

// 63Cx (ISO/IEC 7816-4, 5.6).
int chip_error_tries(struct chip_error error)
{
    return (error.sw & 0xFFF0) == 0x63C0 ? error.sw & 0x0F : -1;
}
