// SPDX-License-Identifier: MIT
#include "cli/scan_testcard.h"

#include "cli/language.h"
#include "cli/tell.h"
#include "reader/testcard.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <strings.h>
#include <unistd.h>

static bool format_of(const char *file, enum testcard_format *format)
{
    static const char *const ends[] = {
        [TESTCARD_SVG] = ".svg", [TESTCARD_PDF] = ".pdf", [TESTCARD_PNG] = ".png"
    };
    size_t n = strlen(file);

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (n > 4 && strcasecmp(file + n - 4, ends[i]) == 0)
            return *format = (enum testcard_format)i, true;
    return false;
}

static enum status write_file(const struct command *command, const char *file, struct bytes *text)
{
    struct output out = { .fd = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666) };

    if (out.fd < 0) {
        tell_failure(command->name, file, errno);
        return STATUS_FAILED;
    }
    output_direct(&out, bytes_str(text));
    if (close(out.fd) < 0 && out.native == 0)
        out.native = errno;
    if (out.native != 0)
        tell_failure(command->name, file, out.native);
    return out.native != 0 ? STATUS_FAILED : STATUS_OK;
}

enum status scan_testcard(const struct command *command, const char *file, const char *size,
                          struct output *output)
{
    enum testcard_format format = TESTCARD_SVG;
    struct testcard card;
    struct bytes text = { 0 };
    enum status status = STATUS_FAILED;

    if (file != NULL && !format_of(file, &format)) {
        usage_error(command, N_("the name of the test sheet ends in .svg, .pdf or .png"), file);
        return STATUS_USAGE;
    }
    enum qr_draw_end end =
        testcard_make(&card, size != NULL ? (unsigned)strtoul(size, NULL, 10) : 0);
    if (end == QR_DRAW_NO_LIBRARY) {
        tell(command->name, "libqrencode.so.4",
             N_("the library that draws QR codes is not installed (Debian: libqrencode4)"));
    } else if (end != QR_DRAWN || !testcard_write(&card, format, &text)) {
        tell_failure(command->name, command->name, ENOMEM);
    } else if (file != NULL) {
        status = write_file(command, file, &text);
    } else {
        output_direct(output, bytes_str(&text));
        status = tell_finished(command->name, output);
    }
    bytes_free(&text);
    testcard_free(&card);
    return status;
}
