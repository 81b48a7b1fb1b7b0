// SPDX-License-Identifier: MIT
#include "cli/scan_version.h"

#include "cli/language.h"
#include "cli/version.h"
#include "image/image.h"

#include <stdio.h>

#include <jpeglib.h>
#include <png.h>
#include <zbar.h>

#define TEXT_OF(number) #number
#define TEXT(number)    TEXT_OF(number)

// libjpeg does not tell while it runs: it is the version that this was built for.
#ifdef LIBJPEG_TURBO_VERSION
#define LIBJPEG "libjpeg-turbo " TEXT(LIBJPEG_TURBO_VERSION)
#else
#define LIBJPEG "libjpeg " TEXT(JPEG_LIB_VERSION)
#endif

static void put_libraries(struct bytes *out)
{
    unsigned part[3] = { 0 };

    zbar_version(&part[0], &part[1], &part[2]);
    for (int i = 0; i < 3; i++) {
        bytes_put_str(out, i == 0 ? STR("zbar ") : STR("."));
        bytes_put_number(out, part[i]);
    }
    bytes_lit(out, ", " LIBJPEG ", libpng ");
    bytes_put_str(out, str_of(png_get_libpng_ver(NULL)));
    bytes_put_char(out, '\n');
}

static void put_formats(struct bytes *out)
{
    bytes_put_str(out, str_of(say(N_("formats"))));
    bytes_put_char(out, ':');
    for (int format = IMAGE_UNKNOWN + 1; format < IMAGE_FORMATS; format++)
        if (image_prepare((enum image_format)format)) {
            bytes_put_char(out, ' ');
            bytes_put_str(out, str_of(image_format_name((enum image_format)format)));
        }
    bytes_put_char(out, '\n');
}

static void put_missing(struct bytes *out)
{
    for (int format = IMAGE_UNKNOWN + 1; format < IMAGE_FORMATS; format++) {
        if (image_prepare((enum image_format)format))
            continue;
        bytes_put_str(out, str_of(say(N_("not installed"))));
        bytes_lit(out, ": ");
        bytes_put_str(out, str_of(image_library((enum image_format)format)));
        bytes_lit(out, " (");
        bytes_put_str(out, str_of(image_format_name((enum image_format)format)));
        bytes_lit(out, ")\n");
    }
}

void scan_version_put(const char *name, struct bytes *out)
{
    version_put(name, out);
    put_libraries(out);
    put_formats(out);
    put_missing(out);
}
