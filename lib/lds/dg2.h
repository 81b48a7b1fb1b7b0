// SPDX-License-Identifier: MIT
// DG2 (ICAO Doc 9303-10, 4.7.2): the face, in records of ISO/IEC 19794-5 (2005 and 2011) or of
// ISO/IEC 39794-5. It finds the pictures; it does not decode them.
#ifndef LDS_DG2_H
#define LDS_DG2_H

#include "lds/lds.h"

enum dg2_format {
    DG2_FORMAT_UNKNOWN,
    DG2_JPEG,
    DG2_JP2, // JPEG 2000 with its boxes
    DG2_J2K, // JPEG 2000, the bare codestream
};

enum dg2_standard { DG2_ISO_19794, DG2_ISO_39794 };

struct dg2_image {
    struct str bytes;
    enum dg2_format format; // by its first bytes, whatever the record states
    enum dg2_standard standard;
    uint32_t width, height; // as the record states; 0: it does not
    size_t at;              // where the picture begins in the file
};

enum { DG2_IMAGES_MAX = 16 };

struct dg2 {
    struct dg2_image image[DG2_IMAGES_MAX];
    size_t n;
};

// The usual ending of such a file's name, without the dot: "jpg", "jp2", "j2k", "bin".
const char *dg2_format_ending(enum dg2_format format);

// The slices point into the file.
bool dg2_read(struct str file, struct dg2 *out, struct lds_error *error);

#endif
