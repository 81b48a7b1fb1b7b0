// SPDX-License-Identifier: MIT
#include "cli/tell.h"

#include "cli/language.h"
#include "text/display.h"

#include <errno.h>

void tell(const char *program, const char *what, const char *sentence)
{
    struct bytes out = { 0 };

    bytes_put_str(&out, str_of(program));
    bytes_lit(&out, ": ");
    display_put(&out, str_of(what));
    bytes_lit(&out, ": ");
    bytes_put_str(&out, str_of(say(sentence)));
    bytes_lit(&out, "\n");
    fwrite(out.p, 1, out.n, stderr);
    bytes_free(&out);
}

void tell_failure(const char *program, const char *what, int native)
{
    language_is_vietnamese(); // decides, so that the system's words come in that language too
    tell(program, what, strerror(native));
}

enum status tell_finished(const char *program, struct output *output)
{
    if (output_finish(output))
        return STATUS_OK;
    if (output->native != EPIPE)
        tell_failure(program, say(N_("the output")), output->native);
    return STATUS_FAILED;
}
