// SPDX-License-Identifier: MIT
#include "cli/version.h"

#include <jansson.h>
#include <utf8proc.h>

void version_put(const char *name, struct bytes *out)
{
    bytes_put_str(out, str_of(name));
    bytes_lit(out, " (cccd-tools) " CCCD_VERSION "\nutf8proc ");
    bytes_put_str(out, str_of(utf8proc_version()));
    bytes_lit(out, ", jansson ");
    bytes_put_str(out, str_of(jansson_version_str()));
    bytes_lit(out, "\n");
}
