// SPDX-License-Identifier: MIT
#include "cli/colour.h"

#include <unistd.h>

bool colour_wanted(const char *when, int fd)
{
    if (when != NULL && strcmp(when, "auto") != 0)
        return strcmp(when, "always") == 0;
    const char *no_color = getenv("NO_COLOR");
    const char *term = getenv("TERM");
    if ((no_color != NULL && no_color[0] != '\0') || (term != NULL && strcmp(term, "dumb") == 0))
        return false;
    return isatty(fd) == 1;
}

void colour_put(struct bytes *out, bool wanted, enum severity severity)
{
    static const char *const codes[] = { "\033[36m", "\033[33m", "\033[31m" };
    if (wanted)
        bytes_put_str(out, str_of(codes[severity]));
}

void colour_end(struct bytes *out, bool wanted)
{
    if (wanted)
        bytes_lit(out, "\033[0m");
}
