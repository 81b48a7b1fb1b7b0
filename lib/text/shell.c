// SPDX-License-Identifier: MIT
#include "text/shell.h"

static bool is_plain(struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!char_is_digit(c) && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
            (c == '\0' || strchr("/._-+:,@%=", c) == NULL))
            return false;
    }
    return s.n > 0;
}

// Within '...' everything stands for itself but the quote (POSIX, Shell Command Language 2.2.2).
void shell_put_word(struct bytes *out, struct str text)
{
    if (is_plain(text)) {
        bytes_put_str(out, text);
        return;
    }
    bytes_put_char(out, '\'');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\'')
            bytes_lit(out, "'\\''");
        else
            bytes_put_char(out, text.p[i]);
    }
    bytes_put_char(out, '\'');
}
