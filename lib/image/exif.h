// SPDX-License-Identifier: MIT
// How a camera was held.
#ifndef IMAGE_EXIF_H
#define IMAGE_EXIF_H

#include "base/str.h"

// The orientation, 1 to 8, in an EXIF block (a TIFF header and its directories, with or without
// "Exif\0\0" before it); 1 when it tells none.
uint8_t exif_orientation(struct str block);

#endif
