// SPDX-License-Identifier: MIT
#include "lds/dg2.h"

#include "lds/face.h"
#include "lds/reading.h"

enum {
    TAG_DG2 = 0x75,
    TAG_TEMPLATES = 0x7F61,
    TAG_TEMPLATE = 0x7F60,
    TAG_HEADER = 0xA1,
    TAG_DATA = 0x5F2E,
    TAG_DATA_CONSTRUCTED = 0x7F2E,
};

const char *dg2_format_ending(enum dg2_format format)
{
    static const char *const endings[] = {
        [DG2_FORMAT_UNKNOWN] = "bin", [DG2_JPEG] = "jpg", [DG2_JP2] = "jp2", [DG2_J2K] = "j2k"
    };
    return endings[format];
}

static enum dg2_format format_of(struct str bytes)
{
    if (str_starts(bytes, STR("\xFF\xD8\xFF")))
        return DG2_JPEG;
    if (str_starts(bytes, STR("\x00\x00\x00\x0CjP  \r\n\x87\n")))
        return DG2_JP2;
    return str_starts(bytes, STR("\xFF\x4F\xFF\x51")) ? DG2_J2K : DG2_FORMAT_UNKNOWN;
}

bool dg2_add_image(struct dg2 *out, struct dg2_image image, struct lds_error *error)
{
    if (image.bytes.n == 0)
        return lds_fail(error, LDS_VALUE, image.at);
    if (out->n == DG2_IMAGES_MAX)
        return lds_fail(error, LDS_TOO_MANY, image.at);
    image.format = format_of(image.bytes);
    out->image[out->n++] = image;
    return true;
}

// What the record is shows in itself, so that nothing depends on the header's format type.
static bool read_data(const struct tlv *data, struct dg2 *out, struct lds_error *error)
{
    size_t at = lds_value_at(data);
    struct tlv_reader inside = tlv_inside(data);
    if (str_starts(data->value, STR("FAC")))
        return face_19794_read(data->value, at, out, error);
    if (data->tag == TAG_DATA_CONSTRUCTED)
        return face_39794_read(&inside, out, error);
    return lds_fail(error, LDS_UNSUPPORTED, at);
}

// ISO/IEC 7816-11: a header (of which nothing is needed), and the data in one of two tags.
static bool read_template(struct tlv_reader *r, struct dg2 *out, struct lds_error *error)
{
    struct tlv header, data;
    if (!tlv_expect(r, TAG_HEADER, &header))
        return lds_fail_at(error, r);
    uint32_t tag = tlv_peek(r) == TAG_DATA_CONSTRUCTED ? TAG_DATA_CONSTRUCTED : TAG_DATA;
    if (!tlv_expect(r, tag, &data))
        return lds_fail_at(error, r);
    return lds_end(r, error) && read_data(&data, out, error);
}

bool dg2_read(struct str file, struct dg2 *out, struct lds_error *error)
{
    struct tlv_reader outer, r, one;
    uint32_t count;

    *out = (struct dg2){ 0 };
    if (!lds_open(file, TAG_DG2, &outer, error) || !lds_enter(&outer, TAG_TEMPLATES, &r, error) ||
        !lds_end(&outer, error) || !lds_expect_number(&r, &count, error))
        return false;
    // Each takes bytes of the file, so that a count that lies ends soon.
    for (; count > 0; count--)
        if (!lds_enter(&r, TAG_TEMPLATE, &one, error) || !read_template(&one, out, error))
            return false;
    return lds_end(&r, error);
}
