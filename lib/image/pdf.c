// SPDX-License-Identifier: MIT
// PDF by poppler-glib and cairo. A page that is one scanned picture gives that picture as it is;
// any other is drawn.
#include "base/number.h"
#include "image/codec.h"
#include "image/grey.h"
#include "image/hush.h"
#include "image/pdf_scan.h"

// This header has a member with a name that banned.h bans.
#define __POPPLER_ATTACHMENT_H__ // NOLINT(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
#include <fontconfig/fontconfig.h>
#include <math.h>
#include <poppler.h>

enum {
    POINTS_AN_INCH = 72,
    DPI = 300, // of a page of A4 and above: two pixels a module and more of the smallest symbols
    DPI_BEST = 600, // of small pages, where it costs no more than
    DPI_LEAST = 100,
    SIDE_MAX = 32767, // cairo's
    A4_PIXELS = 2480 * 3508,
    COVERED_PERCENT = 80,
    TAIL = 1024,
};

#define PDF_FUNCTIONS(F)                                                                           \
    F(FcConfigCreate)                                                                              \
    F(FcConfigSetCurrent)                                                                          \
    F(cairo_create)                                                                                \
    F(cairo_destroy)                                                                               \
    F(cairo_image_surface_create)                                                                  \
    F(cairo_image_surface_get_data)                                                                \
    F(cairo_image_surface_get_format)                                                              \
    F(cairo_image_surface_get_height)                                                              \
    F(cairo_image_surface_get_stride)                                                              \
    F(cairo_image_surface_get_width)                                                               \
    F(cairo_paint)                                                                                 \
    F(cairo_scale)                                                                                 \
    F(cairo_set_source_rgb)                                                                        \
    F(cairo_status)                                                                                \
    F(cairo_surface_destroy)                                                                       \
    F(cairo_surface_flush)                                                                         \
    F(cairo_surface_status)                                                                        \
    F(g_bytes_new_static)                                                                          \
    F(g_bytes_unref)                                                                               \
    F(g_error_free)                                                                                \
    F(g_log_set_default_handler)                                                                   \
    F(g_object_unref)                                                                              \
    F(poppler_document_get_n_pages)                                                                \
    F(poppler_document_get_page)                                                                   \
    F(poppler_document_new_from_bytes)                                                             \
    F(poppler_error_quark)                                                                         \
    F(poppler_page_free_image_mapping)                                                             \
    F(poppler_page_get_image)                                                                      \
    F(poppler_page_get_image_mapping)                                                              \
    F(poppler_page_get_size)                                                                       \
    F(poppler_page_render)

static struct {
    PDF_FUNCTIONS(LIBRARY_POINTER)
} lib;

static const char *const names[] = { PDF_FUNCTIONS(LIBRARY_NAME) };

struct state {
    struct pdf_scans scans;
    bool searched; // for scans
    GBytes *bytes;
    PopplerDocument *document;
};

// A process that may open no file finds no fonts but those within the document; so it is that way
// from the start, and fontconfig is kept from looking through the system's.
static void set_up(void)
{
    lib.FcConfigSetCurrent(lib.FcConfigCreate());
    image_prepare(IMAGE_TIFF); // for faxes; poppler has loaded libtiff anyway
}

static struct library library = {
    .soname = "libpoppler-glib.so.8",
    .names = names,
    .count = sizeof names / sizeof *names,
    .pointers = &lib,
    .loaded = set_up,
};

// ---- poppler says aloud what it does not like ----

struct listener {
    struct hush hush;
    unsigned complaints; // but for fonts
};

static void on_log(const gchar *domain, GLogLevelFlags level, const gchar *text, gpointer listener)
{
    (void)domain;
    (void)level;
    if (listener != NULL && (text == NULL || strstr(text, "font") == NULL))
        ((struct listener *)listener)->complaints++;
}

static void listen_begin(struct listener *l)
{
    *l = (struct listener){ 0 };
    hush_begin(&l->hush);
    lib.g_log_set_default_handler(on_log, l);
}

static void listen_end(struct listener *l)
{
    lib.g_log_set_default_handler(on_log, NULL);
    hush_end(&l->hush);
}

// ---- the document ----

static enum error_code code_of(struct str bytes, const GError *error)
{
    if (error != NULL && error->domain == lib.poppler_error_quark() &&
        error->code == POPPLER_ERROR_ENCRYPTED)
        return ERROR_ENCRYPTED;
    struct str tail = str_from(bytes, bytes.n > TAIL ? bytes.n - TAIL : 0);
    bool whole = tail.n > 0 && memmem(tail.p, tail.n, "%%EOF", 5) != NULL;
    return whole ? ERROR_IMAGE_DAMAGED : ERROR_TRUNCATED;
}

static enum error_code open_image(struct image *image)
{
    struct state *s = calloc(1, sizeof *s);
    GError *error = NULL;
    struct listener listener;

    image->state = s;
    if (s == NULL)
        return ERROR_NO_MEMORY;
    s->bytes = lib.g_bytes_new_static(image->bytes.p, image->bytes.n);
    listen_begin(&listener);
    s->document = lib.poppler_document_new_from_bytes(s->bytes, NULL, &error);
    int count = s->document != NULL ? lib.poppler_document_get_n_pages(s->document) : 0;
    listen_end(&listener);
    enum error_code code = s->document == NULL ? code_of(image->bytes, error) : ERROR_COUNT;
    if (error != NULL)
        lib.g_error_free(error);
    if (code != ERROR_COUNT)
        return code;
    if (count <= 0)
        return ERROR_IMAGE_DAMAGED;
    image->count.pages = (uint32_t)count;
    return ERROR_COUNT;
}

static void close_image(struct image *image)
{
    struct state *s = image->state;

    if (s != NULL && s->document != NULL)
        lib.g_object_unref(s->document);
    if (s != NULL && s->bytes != NULL)
        lib.g_bytes_unref(s->bytes);
    if (s != NULL)
        pdf_scans_free(&s->scans);
    free(s);
}

static bool has_page(struct image *image)
{
    return image->pages < image->count.pages;
}

// ---- a page that is one picture ----

static double common(double from, double to, double end)
{
    return greater_double(0, lesser_double(to, end) - greater_double(from, 0));
}

enum sheet_kind { SHEET_DRAWN, SHEET_WITH_PICTURES, SHEET_SCANNED };

// Scanned: one picture is all there is on most of the page; *number is poppler's for it.
static enum sheet_kind look_at(PopplerPage *page, double width, double height, int *number)
{
    GList *mapping = lib.poppler_page_get_image_mapping(page);
    enum sheet_kind kind = mapping != NULL ? SHEET_WITH_PICTURES : SHEET_DRAWN;

    if (mapping != NULL && mapping->next == NULL) {
        const PopplerImageMapping *only = mapping->data;
        double covered = common(only->area.x1, only->area.x2, width) *
                         common(only->area.y1, only->area.y2, height);
        if (covered * 100 >= width * height * COVERED_PERCENT)
            kind = SHEET_SCANNED;
        *number = only->image_id;
    }
    lib.poppler_page_free_image_mapping(mapping);
    return kind;
}

// What a transparent pixel shows is white paper.
static enum error_code take_surface(const struct image *image, cairo_surface_t *surface,
                                    struct image_page *out)
{
    if (lib.cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS)
        return ERROR_NO_MEMORY;
    lib.cairo_surface_flush(surface);
    const unsigned char *data = lib.cairo_image_surface_get_data(surface);
    cairo_format_t format = lib.cairo_image_surface_get_format(surface);
    if (data == NULL || (format != CAIRO_FORMAT_ARGB32 && format != CAIRO_FORMAT_RGB24))
        return ERROR_IMAGE_DAMAGED;
    enum error_code code =
        codec_alloc(image, out, (uint64_t)lib.cairo_image_surface_get_width(surface),
                    (uint64_t)lib.cairo_image_surface_get_height(surface));
    size_t stride = (size_t)lib.cairo_image_surface_get_stride(surface);
    for (uint32_t y = 0; code == ERROR_COUNT && y < out->plane.height; y++)
        grey_row_argb((const uint32_t *)(const void *)(data + y * stride),
                      plane_row(&out->plane, y), out->plane.width);
    return code;
}

// The file that the picture is, or would be. False where it is not to be read like that.
static bool read_stored(const struct image *image, struct str file, struct image_page *out)
{
    struct error error;
    struct image *stored = image_open(file, &image->limits, &error);
    struct image_page page;

    if (stored == NULL)
        return false;
    bool ok = image_next(stored, &page) && page.error.code == ERROR_COUNT;
    if (ok) {
        out->plane = page.plane;
        out->truncated = page.truncated;
    }
    image_close(&stored);
    return ok;
}

// Whether or not the document is one that pdf_scan.c understands; it looks when first asked.
static struct pdf_picture find_picture(const struct image *image)
{
    struct state *s = image->state;

    if (!s->searched)
        pdf_scans_find(&s->scans, image->bytes, image->count.pages);
    s->searched = true;
    return pdf_scans_get(&s->scans, image->pages);
}

static bool take_stored(const struct image *image, const struct pdf_picture *picture,
                        struct image_page *out)
{
    struct bytes tiff = { 0 };

    if (picture->kind == PDF_PICTURE_JPEG)
        return image_sniff(picture->data) == IMAGE_JPEG && read_stored(image, picture->data, out);
    if (picture->kind != PDF_PICTURE_FAX)
        return false;
    pdf_put_tiff(&tiff, picture);
    bool ok = !tiff.failed && read_stored(image, bytes_str(&tiff), out);
    bytes_free(&tiff);
    return ok;
}

static enum error_code take_scan(const struct image *image, PopplerPage *page, int number,
                                 struct image_page *out)
{
    cairo_surface_t *surface = lib.poppler_page_get_image(page, number);

    if (surface == NULL)
        return ERROR_IMAGE_DAMAGED;
    enum error_code code = take_surface(image, surface, out);
    lib.cairo_surface_destroy(surface);
    return code;
}

// ---- any other page ----

// Dots an inch for a page of that size; less than DPI_LEAST where the limits leave no more.
static double choose_dpi(const struct image *image, double width, double height)
{
    double area = width * height / (POINTS_AN_INCH * POINTS_AN_INCH);
    double longest = greater_double(width, height) / POINTS_AN_INCH;
    double dpi = lesser_double(greater_double(sqrt(A4_PIXELS / area), DPI), DPI_BEST);

    // One pixel less each way, for what is rounded up.
    dpi = lesser_double(dpi, (SIDE_MAX - 1) / longest);
    dpi = lesser_double(dpi, sqrt((double)image->limits.pixels / area));
    while (dpi >= DPI_LEAST && (double)rounded_up(width * dpi / POINTS_AN_INCH) *
                                       (double)rounded_up(height * dpi / POINTS_AN_INCH) >
                                   (double)image->limits.pixels)
        dpi -= 1;
    return dpi;
}

static enum error_code draw_on(const struct image *image, PopplerPage *page,
                               cairo_surface_t *surface, double scale, struct image_page *out)
{
    cairo_t *cairo = lib.cairo_create(surface);

    lib.cairo_set_source_rgb(cairo, 1, 1, 1);
    lib.cairo_paint(cairo);
    lib.cairo_scale(cairo, scale, scale);
    lib.poppler_page_render(page, cairo);
    bool ok = lib.cairo_status(cairo) == CAIRO_STATUS_SUCCESS;
    lib.cairo_destroy(cairo);
    return ok ? take_surface(image, surface, out) : ERROR_IMAGE_DAMAGED;
}

static enum error_code draw(const struct image *image, PopplerPage *page, double width,
                            double height, struct image_page *out)
{
    double dpi = choose_dpi(image, width, height), scale = dpi / POINTS_AN_INCH;

    if (dpi < DPI_LEAST)
        return ERROR_TOO_LARGE;
    cairo_surface_t *surface = lib.cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, (int)rounded_up(width * scale), (int)rounded_up(height * scale));
    enum error_code code = lib.cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS
                               ? draw_on(image, page, surface, scale, out)
                               : ERROR_NO_MEMORY;
    lib.cairo_surface_destroy(surface);
    return code;
}

static bool is_blank(const struct plane *plane)
{
    for (uint32_t y = 0; y < plane->height; y++) {
        const uint8_t *row = plane_row(plane, y);
        if (row[0] != 255 || memcmp(row, row + 1, plane->width - 1) != 0)
            return false;
    }
    return true;
}

static enum error_code read_sheet(const struct image *image, PopplerPage *page,
                                  struct image_page *out)
{
    double width = 0, height = 0;

    lib.poppler_page_get_size(page, &width, &height);
    if (!(width > 0 && height > 0 && isfinite(width) && isfinite(height)))
        return ERROR_IMAGE_DAMAGED;
    int number = 0;
    enum sheet_kind kind = look_at(page, width, height, &number);
    if (kind == SHEET_DRAWN)
        return draw(image, page, width, height, out);
    struct pdf_picture picture = find_picture(image);
    if (picture.width > 0 && picture.height > 0 &&
        codec_check_size(image, picture.width, picture.height) != ERROR_COUNT)
        return ERROR_TOO_LARGE;
    if (kind == SHEET_SCANNED)
        return take_stored(image, &picture, out) ? ERROR_COUNT
                                                 : take_scan(image, page, number, out);
    return draw(image, page, width, height, out);
}

static enum error_code read_page(struct image *image, struct image_page *out)
{
    const struct state *s = image->state;
    enum error_code code = ERROR_IMAGE_DAMAGED;
    struct listener listener;

    listen_begin(&listener);
    PopplerPage *page = lib.poppler_document_get_page(s->document, (int)image->pages);
    if (page != NULL) {
        code = read_sheet(image, page, out);
        lib.g_object_unref(page);
    }
    listen_end(&listener);
    // Where poppler could not draw a page, it is blank, and there were complaints.
    if (code == ERROR_COUNT && listener.complaints > 0 && is_blank(&out->plane))
        code = ERROR_IMAGE_DAMAGED;
    return code;
}

const struct codec codec_pdf = { &library, open_image, has_page, read_page, close_image };
