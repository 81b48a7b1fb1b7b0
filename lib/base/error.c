// SPDX-License-Identifier: MIT
#include "base/error.h"

struct error_row {
    const char *name;
    enum error_class class;
    const char *sentence;
};

#define ERROR_ROW(identifier, code, class, sentence) { code, class, sentence },
static const struct error_row rows[] = { ERRORS(ERROR_ROW) };
#undef ERROR_ROW

const char *error_name(enum error_code code)
{
    return rows[code].name;
}

enum error_class error_class_of(enum error_code code)
{
    return rows[code].class;
}

const char *error_sentence(enum error_code code)
{
    return rows[code].sentence;
}

enum error_code error_from_name(struct str name)
{
    for (size_t i = 0; i < ERROR_COUNT; i++)
        if (str_eq(str_of(rows[i].name), name))
            return (enum error_code)i;
    return ERROR_COUNT;
}
