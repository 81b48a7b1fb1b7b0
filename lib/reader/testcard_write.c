// SPDX-License-Identifier: MIT
// The sheet as SVG, PDF (ISO 32000-1) and PNG.
#include "image/write.h"
#include "reader/testcard.h"

#include <stdio.h>

enum { PNG_DPI = 600 };

static const double MM_PER_INCH = 25.4, POINTS_PER_INCH = 72;

// A number with four decimals: a tenth of a micrometre.
static void put_number(struct bytes *out, double value)
{
    char text[32];
    int n = snprintf(text, sizeof text, "%.4f", value);

    while (n > 0 && text[n - 1] == '0')
        n--;
    if (n > 0 && text[n - 1] == '.')
        n--;
    bytes_put(out, text, (size_t)n);
}

static void put_numbers(struct bytes *out, const double *values, int count)
{
    for (int i = 0; i < count; i++) {
        if (i > 0)
            bytes_put_char(out, ' ');
        put_number(out, values[i]);
    }
}

static bool ends_group(const struct testcard *card, size_t i)
{
    return i + 1 == card->n || card->boxes[i + 1].group != card->boxes[i].group;
}

static bool begins_group(const struct testcard *card, size_t i)
{
    return i == 0 || card->boxes[i - 1].group != card->boxes[i].group;
}

static void put_svg(const struct testcard *card, struct bytes *out)
{
    bytes_lit(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                   "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"210mm\" height=\"297mm\" "
                   "viewBox=\"0 0 210 297\">\n"
                   "<title>cccd-tools: SPECIMEN</title>\n"
                   "<rect width=\"210\" height=\"297\" fill=\"#fff\"/>\n");
    for (size_t i = 0; i < card->n; i++) {
        const struct testcard_box *box = &card->boxes[i];
        if (begins_group(card, i))
            bytes_lit(out, "<path d=\"");
        bytes_put_char(out, 'M');
        put_numbers(out, (double[]){ box->x, box->y }, 2);
        bytes_put_char(out, 'h');
        put_number(out, box->width);
        bytes_put_char(out, 'v');
        put_number(out, box->height);
        bytes_put_char(out, 'h');
        put_number(out, -box->width);
        bytes_put_char(out, 'z');
        if (ends_group(card, i))
            bytes_lit(out, "\"/>\n");
    }
    bytes_lit(out, "</svg>\n");
}

// In millimetres from the top left, as the sheet is laid out.
static void put_pdf_content(const struct testcard *card, struct bytes *out)
{
    const double scale = POINTS_PER_INCH / MM_PER_INCH;
    char matrix[96];
    int n = snprintf(matrix, sizeof matrix, "%.8f 0 0 %.8f 0 %.6f cm\n", scale, -scale,
                     TESTCARD_HEIGHT * scale);

    bytes_put(out, matrix, (size_t)n);
    for (size_t i = 0; i < card->n; i++) {
        const struct testcard_box *box = &card->boxes[i];
        put_numbers(out, (double[]){ box->x, box->y, box->width, box->height }, 4);
        bytes_put_str(out, ends_group(card, i) ? STR(" re f\n") : STR(" re\n"));
    }
}

// Printers are asked not to scale the page (ISO 32000-1, 12.2: PrintScaling).
static void put_pdf(const struct testcard *card, struct bytes *out)
{
    enum { OBJECTS = 4 };
    static const char *const objects[OBJECTS] = {
        "<</Type/Catalog/Pages 2 0 R/ViewerPreferences<</PrintScaling/None>>>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595.2756 841.8898]/Resources<<>>/Contents 4 0 R>>",
        NULL,
    };
    struct bytes content = { 0 };
    size_t at[OBJECTS];
    char text[64];

    put_pdf_content(card, &content);
    bytes_lit(out, "%PDF-1.6\n%\xE2\xE3\xCF\xD3\n");
    for (size_t i = 0; i < OBJECTS; i++) {
        at[i] = out->n;
        bytes_put(out, text, (size_t)snprintf(text, sizeof text, "%zu 0 obj\n", i + 1));
        if (objects[i] != NULL) {
            bytes_put_str(out, str_of(objects[i]));
        } else {
            bytes_put(out, text,
                      (size_t)snprintf(text, sizeof text, "<</Length %zu>>\nstream\n", content.n));
            bytes_put_str(out, bytes_str(&content));
            bytes_lit(out, "endstream");
        }
        bytes_lit(out, "\nendobj\n");
    }
    size_t table = out->n;
    bytes_lit(out, "xref\n0 5\n0000000000 65535 f \n");
    for (size_t i = 0; i < OBJECTS; i++)
        bytes_put(out, text, (size_t)snprintf(text, sizeof text, "%010zu 00000 n \n", at[i]));
    bytes_lit(out, "trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n");
    bytes_put_number(out, table);
    bytes_lit(out, "\n%%EOF\n");
    out->failed |= content.failed;
    bytes_free(&content);
}

static uint32_t dots(double millimetres)
{
    return (uint32_t)(millimetres * PNG_DPI / MM_PER_INCH + 0.5);
}

static bool put_png(const struct testcard *card, struct bytes *out)
{
    struct plane plane;

    if (!plane_alloc(&plane, dots(TESTCARD_WIDTH), dots(TESTCARD_HEIGHT)))
        return false;
    plane_blank(&plane, 0);
    for (size_t i = 0; i < card->n; i++) {
        const struct testcard_box *box = &card->boxes[i];
        uint32_t left = dots(box->x), right = dots(box->x + box->width);
        for (uint32_t y = dots(box->y); y < dots(box->y + box->height); y++)
            memset(plane_row(&plane, y) + left, 0, right - left);
    }
    bool ok = image_write_png_scaled(&plane, out, (uint32_t)(PNG_DPI * 1000 / MM_PER_INCH + 0.5));
    plane_free(&plane);
    return ok;
}

bool testcard_write(const struct testcard *card, enum testcard_format format, struct bytes *out)
{
    if (format == TESTCARD_PNG)
        return put_png(card, out) && !out->failed;
    if (format == TESTCARD_PDF)
        put_pdf(card, out);
    else
        put_svg(card, out);
    return !out->failed;
}
