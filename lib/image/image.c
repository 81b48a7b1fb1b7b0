// SPDX-License-Identifier: MIT
#include "image/image.h"

#include "image/codec.h"

#include <stdlib.h>

enum { PDF_HEADER_WITHIN = 1024 };

static const struct {
    const char *name;
    const struct codec *codec;
} formats[IMAGE_FORMATS] = {
    [IMAGE_UNKNOWN] = { "unknown", NULL },  [IMAGE_JPEG] = { "jpeg", &codec_jpeg },
    [IMAGE_PNG] = { "png", &codec_png },    [IMAGE_TIFF] = { "tiff", &codec_tiff },
    [IMAGE_WEBP] = { "webp", &codec_webp }, [IMAGE_HEIF] = { "heif", &codec_heif },
    [IMAGE_AVIF] = { "avif", &codec_heif }, [IMAGE_PNM] = { "pnm", &codec_pnm },
    [IMAGE_BMP] = { "bmp", &codec_bmp },    [IMAGE_GIF] = { "gif", &codec_gif },
    [IMAGE_PDF] = { "pdf", &codec_pdf },
};

static const struct {
    struct str magic;
    enum image_format format;
} magics[] = {
    { { "\xFF\xD8\xFF", 3 }, IMAGE_JPEG },  { { "\x89PNG\r\n\x1A\n", 8 }, IMAGE_PNG },
    { { "II*\0", 4 }, IMAGE_TIFF },         { { "MM\0*", 4 }, IMAGE_TIFF },
    { { "II+\0\b\0\0\0", 8 }, IMAGE_TIFF }, // BigTIFF
    { { "MM\0+\0\b\0\0", 8 }, IMAGE_TIFF }, { { "GIF87a", 6 }, IMAGE_GIF },
    { { "GIF89a", 6 }, IMAGE_GIF },         { { "%PDF-", 5 }, IMAGE_PDF },
};

static bool has_at(struct str s, size_t at, struct str part)
{
    return str_starts(str_from(s, at), part);
}

// ISO 14496-12, 4.3: the brands of a file: the major one, a version, then the compatible ones. A
// brand of structure alone ("mif1") does not say how the picture is coded.
static enum image_format sniff_brands(struct str head)
{
    static const struct {
        struct str brand;
        enum image_format format;
    } brands[] = {
        { { "avif", 4 }, IMAGE_AVIF }, { { "avis", 4 }, IMAGE_AVIF }, { { "heic", 4 }, IMAGE_HEIF },
        { { "heix", 4 }, IMAGE_HEIF }, { { "heim", 4 }, IMAGE_HEIF }, { { "heis", 4 }, IMAGE_HEIF },
        { { "hevc", 4 }, IMAGE_HEIF }, { { "hevx", 4 }, IMAGE_HEIF },
    };
    enum image_format found = IMAGE_UNKNOWN;

    if (!has_at(head, 4, STR("ftyp")))
        return IMAGE_UNKNOWN;
    size_t end = (size_t)(unsigned char)head.p[2] << 8 | (unsigned char)head.p[3];
    for (size_t at = 8; at + 4 <= head.n && at < end; at += at == 8 ? 8 : 4) {
        for (size_t i = 0; i < sizeof brands / sizeof *brands; i++)
            if (has_at(head, at, brands[i].brand))
                return brands[i].format;
        if (has_at(head, at, STR("mif1")) || has_at(head, at, STR("msf1")))
            found = IMAGE_HEIF;
    }
    return found;
}

static bool is_bmp(struct str head)
{
    static const unsigned char header_sizes[] = { 12, 40, 52, 56, 64, 108, 124 };

    if (!str_starts(head, STR("BM")) || head.n < 18 || !has_at(head, 15, STR("\0\0\0")))
        return false;
    return memchr(header_sizes, head.p[14], sizeof header_sizes) != NULL;
}

static bool is_pnm(struct str head)
{
    if (head.n < 4 || head.p[0] != 'P' || head.p[1] < '1' || head.p[1] > '7')
        return false;
    return str_find(STR(" \t\r\n#"), head.p[2]) < 5;
}

enum image_format image_sniff(struct str head)
{
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (str_starts(head, magics[i].magic))
            return magics[i].format;
    if (str_starts(head, STR("RIFF")) && has_at(head, 8, STR("WEBP")))
        return IMAGE_WEBP;
    if (is_bmp(head))
        return IMAGE_BMP;
    if (is_pnm(head))
        return IMAGE_PNM;
    struct str start = str_head(head, PDF_HEADER_WITHIN);
    if (start.n > 0 && memmem(start.p, start.n, "%PDF-", 5) != NULL)
        return IMAGE_PDF;
    return sniff_brands(head);
}

const char *image_format_name(enum image_format format)
{
    return formats[format < IMAGE_FORMATS ? format : IMAGE_UNKNOWN].name;
}

bool image_prepare(enum image_format format)
{
    const struct codec *codec = format < IMAGE_FORMATS ? formats[format].codec : NULL;
    return codec != NULL && (codec->library == NULL || library_load(codec->library));
}

const char *image_library(enum image_format format)
{
    const struct codec *codec = format < IMAGE_FORMATS ? formats[format].codec : NULL;
    return codec != NULL && codec->library != NULL ? codec->library->soname : NULL;
}

enum error_code codec_check_size(const struct image *image, uint64_t width, uint64_t height)
{
    if (width == 0 || height == 0)
        return ERROR_IMAGE_DAMAGED;
    if (width > IMAGE_SIDE_MAX || height > IMAGE_SIDE_MAX || width * height > image->limits.pixels)
        return ERROR_TOO_LARGE;
    return ERROR_COUNT;
}

enum error_code codec_alloc(const struct image *image, struct image_page *page, uint64_t width,
                            uint64_t height)
{
    enum error_code code = codec_check_size(image, width, height);
    if (code == ERROR_COUNT && !plane_alloc(&page->plane, (uint32_t)width, (uint32_t)height))
        code = ERROR_NO_MEMORY;
    return code;
}

enum error_code codec_settle(struct image_page *page, uint64_t rows, enum error_code why)
{
    page->truncated = rows < page->plane.height;
    return rows * 2 < page->plane.height ? why : ERROR_COUNT;
}

static enum error_code start(struct image *image)
{
    if (image->bytes.n > image->limits.bytes)
        return ERROR_TOO_LARGE;
    if (image->format == IMAGE_UNKNOWN)
        return ERROR_FORMAT_UNKNOWN;
    if (!image_prepare(image->format))
        return ERROR_FORMAT_UNSUPPORTED;
    return image->codec->open != NULL ? image->codec->open(image) : ERROR_COUNT;
}

struct image *image_open(struct str bytes, const struct image_limits *limits, struct error *error)
{
    struct image *image = malloc(sizeof *image);

    *error = (struct error){ .code = ERROR_NO_MEMORY };
    if (image == NULL)
        return NULL;
    *image = (struct image){ .bytes = bytes, .limits = *limits, .format = image_sniff(bytes) };
    image->codec = formats[image->format].codec;
    error->code = start(image);
    if (error->code != ERROR_COUNT)
        image_close(&image);
    return image;
}

enum image_format image_format_of(const struct image *image)
{
    return image->format;
}

struct image_count image_count_of(const struct image *image)
{
    return image->count;
}

static bool has_page(struct image *image)
{
    if (image->ended)
        return false;
    return image->codec->has_page != NULL ? image->codec->has_page(image) : image->pages == 0;
}

static bool has_too_many(const struct image *image)
{
    return image->count.more || image->count.pages > image->limits.pages ||
           image->pages >= image->limits.pages;
}

bool image_next(struct image *image, struct image_page *page)
{
    *page = (struct image_page){ .orientation = 1, .error.code = ERROR_COUNT };
    if (!has_page(image))
        return false;
    page->number = image->pages + 1;
    if (has_too_many(image)) {
        page->error.code = ERROR_TOO_MANY_PAGES;
        image->ended = true;
        if (image->count.pages == 0)
            image->count = (struct image_count){ image->pages, true };
        return true;
    }
    page->error.code = image->codec->read(image, page);
    image->pages++;
    if (page->error.code != ERROR_COUNT) {
        plane_free(&page->plane);
        page->truncated = false;
    }
    return true;
}

void image_close(struct image **image)
{
    if (*image != NULL && (*image)->codec != NULL && (*image)->codec->close != NULL)
        (*image)->codec->close(*image);
    free(*image);
    *image = NULL;
}
