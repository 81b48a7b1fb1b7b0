// SPDX-License-Identifier: MIT
// Words sorted by their bytes, in rows of one width: thousands of pointers would have to be
// adjusted at each start of a program, needed or not.
#ifndef TEXT_WORD_LIST_H
#define TEXT_WORD_LIST_H

#include <stddef.h>

struct word_list {
    const char *rows; // zero-terminated
    size_t width, count;
};

#define WORD_LIST(rows)                                                                            \
    {                                                                                              \
        (rows)[0], sizeof(rows)[0], sizeof(rows) / sizeof(rows)[0]                                 \
    }

static inline const char *word_list_at(const struct word_list *list, size_t i)
{
    return list->rows + i * list->width;
}

#endif
