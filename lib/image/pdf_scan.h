// SPDX-License-Identifier: MIT
// The scanned pictures of a PDF, as they are stored: so that a page that is nothing but a JPEG or a
// fax need not go through a renderer, and a picture's size is known before it is decoded.
#ifndef IMAGE_PDF_SCAN_H
#define IMAGE_PDF_SCAN_H

#include "base/bytes.h"
#include "image/pdf_objects.h"

struct pdf_page {
    struct str resources;
};

struct pdf_scans {
    struct pdf_objects objects;
    struct pdf_page *page;
    size_t count;
};

enum pdf_picture_kind {
    PDF_PICTURE_UNKNOWN, // none, several, or something drawn
    PDF_PICTURE_JPEG,
    PDF_PICTURE_FAX,   // CCITT group 4
    PDF_PICTURE_OTHER, // one that is coded some other way
};

struct pdf_picture {
    enum pdf_picture_kind kind;
    uint64_t width, height; // of the largest where there are several
    bool invert;            // of a fax
    struct str data;        // of a JPEG or a fax
};

// The document has so many pages. False: its pages are not found this way.
bool pdf_scans_find(struct pdf_scans *s, struct str bytes, size_t pages);

void pdf_scans_free(struct pdf_scans *s);

// What pictures that page (from 0) could show.
struct pdf_picture pdf_scans_get(struct pdf_scans *s, size_t page);

// A fax as a TIFF file.
void pdf_put_tiff(struct bytes *out, const struct pdf_picture *fax);

#endif
