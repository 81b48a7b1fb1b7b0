// SPDX-License-Identifier: MIT
#include "cli/chip_codes.h"

#include "chip/error.h"
#include "cli/language.h"

static const char *blame_name(enum chip_blame blame)
{
    static const char *const names[] = {
        [CHIP_BLAME_NONE] = "none",      [CHIP_BLAME_READER] = "failed",
        [CHIP_BLAME_KEY] = "negative",   [CHIP_BLAME_CARD] = "unreadable",
        [CHIP_BLAME_PROOF] = "negative", [CHIP_BLAME_HERE] = "failed",
    };
    return names[blame];
}

void chip_codes_put(struct bytes *out)
{
    for (enum chip_code code = CHIP_OK + 1; code < CHIP_CODE_COUNT; code++) {
        bytes_put_str(out, str_of(chip_error_name(code)));
        bytes_lit(out, "\terror\t");
        bytes_put_str(out, str_of(blame_name(chip_error_blame(code))));
        bytes_put_char(out, '\t');
        bytes_put_str(out, str_of(say(chip_error_sentence(code))));
        bytes_put_char(out, '\n');
    }
}
