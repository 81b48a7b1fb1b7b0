// SPDX-License-Identifier: MIT
#include "lds/face.h"

#include "lds/reading.h"

// ---- ISO/IEC 19794-5 ----

// What the editions put where, in bytes. Versions 010 and 020 are those of 2005 and its amendment,
// 030 is that of 2011.
struct edition {
    const char *version;
    size_t header;       // of the whole, and its record's
    size_t information;  // of a facial record, before the feature points; length included
    size_t points_at;    // in that: the count of feature points
    size_t image;        // of the image information
    bool quality_blocks; // 030: before that information, and the picture has its own length
};

static const struct edition editions[] = {
    { "010", 14, 20, 4, 12, false },
    { "020", 14, 20, 4, 12, false },
    { "030", 17, 17, 0, 11, true },
};

enum {
    POINT_SIZE = 8,
    REPRESENTATION_HEADER = 19, // 030: up to and with the count of quality blocks
    QUALITY_BLOCK = 5,
    CERTIFICATION_BLOCK = 3,
    CERTIFICATION_FLAG_AT = 14, // 030: in the header of the whole
    IMAGE_3D = 0x80,            // this bit of the face image type: other blocks follow
};

// A cursor over big-endian numbers; once cut, it stays so.
struct cursor {
    struct str rest;
    size_t at; // in the file
    bool cut;
};

static struct str take(struct cursor *c, size_t n)
{
    if (c->cut || n > c->rest.n) {
        c->cut = true;
        return str_head(c->rest, 0);
    }
    struct str s = str_head(c->rest, n);
    c->rest = str_from(c->rest, n);
    c->at += n;
    return s;
}

static uint32_t number(struct cursor *c, size_t n)
{
    struct str s = take(c, n);
    uint32_t value = 0;
    for (size_t i = 0; i < s.n; i++)
        value = value << 8 | (uint8_t)s.p[i];
    return value;
}

static const struct edition *edition_of(struct str version)
{
    for (size_t i = 0; i < sizeof editions / sizeof *editions; i++)
        if (str_eq(version, (struct str){ editions[i].version, 4 }))
            return &editions[i];
    return NULL;
}

// The representation header of 2011: what stands before the facial information.
static void skip_representation_header(struct cursor *c, bool certified)
{
    take(c, REPRESENTATION_HEADER - 4 - 1);
    take(c, (size_t)number(c, 1) * QUALITY_BLOCK);
    if (certified)
        take(c, (size_t)number(c, 1) * CERTIFICATION_BLOCK);
}

// One facial record, of which the length was read already; c holds it alone.
static bool read_record(struct cursor *c, const struct edition *e, bool certified, struct dg2 *out,
                        struct lds_error *error)
{
    if (e->quality_blocks)
        skip_representation_header(c, certified);
    uint32_t points = number(c, 2);
    take(c, e->information - e->points_at - 2);
    take(c, (size_t)points * POINT_SIZE);
    size_t type_at = c->at;
    uint32_t type = number(c, 1);
    take(c, 1);
    struct dg2_image image = { .standard = DG2_ISO_19794 };
    image.width = number(c, 2);
    image.height = number(c, 2);
    take(c, e->image - 6);
    if (c->cut)
        return lds_fail(error, LDS_CUT, c->at);
    if ((type & IMAGE_3D) != 0)
        return lds_fail(error, LDS_UNSUPPORTED, type_at);
    size_t length_at = c->at;
    size_t length = e->quality_blocks ? number(c, 4) : c->rest.n;
    image.at = c->at;
    image.bytes = take(c, length);
    if (c->cut)
        return lds_fail(error, LDS_CUT, length_at);
    return c->rest.n > 0 ? lds_fail(error, LDS_SURPLUS, c->at) : dg2_add_image(out, image, error);
}

static bool read_records(struct cursor *c, const struct edition *e, uint32_t count, bool certified,
                         struct dg2 *out, struct lds_error *error)
{
    enum { LENGTH = 4 };
    for (; count > 0; count--) {
        size_t start = c->at;
        uint32_t length = number(c, LENGTH);
        struct cursor one = { .at = c->at, .cut = c->cut || length < LENGTH };
        one.rest = one.cut ? c->rest : take(c, length - LENGTH);
        if (one.cut || c->cut)
            return lds_fail(error, LDS_CUT, start);
        if (!read_record(&one, e, certified, out, error))
            return false;
    }
    return c->rest.n == 0 || lds_fail(error, LDS_SURPLUS, c->at);
}

bool face_19794_read(struct str record, size_t at, struct dg2 *out, struct lds_error *error)
{
    enum { VERSION_AT = 4, LENGTH_AT = 8 };
    struct cursor c = { .rest = record, .at = at };

    struct str format = take(&c, 4);
    const struct edition *e = edition_of(take(&c, 4));
    uint32_t length = number(&c, 4);
    uint32_t count = number(&c, 2);
    if (c.cut)
        return lds_fail(error, LDS_CUT, c.at);
    if (!str_eq(format, STR("FAC\0")))
        return lds_fail(error, LDS_VALUE, at);
    if (e == NULL)
        return lds_fail(error, LDS_UNSUPPORTED, at + VERSION_AT);
    if (length != record.n)
        return lds_fail(error, length > record.n ? LDS_CUT : LDS_SURPLUS, at + LENGTH_AT);
    struct str flags = take(&c, e->header - CERTIFICATION_FLAG_AT);
    if (c.cut)
        return lds_fail(error, LDS_CUT, c.at);
    return read_records(&c, e, count, flags.n > 0 && flags.p[0] != 0, out, error);
}

// ---- ISO/IEC 39794-5 ----

// The tags stand for what the ASN.1 of the standard's annex A names.
enum {
    TAG_STANDARD = 0xA1,        // biometric data in the format of a standard
    TAG_FACE_IMAGE_DATA = 0x65, // FaceImageDataBlock
    TAG_VERSION = 0xA0,
    TAG_REPRESENTATIONS = 0xA1,
    TAG_REPRESENTATION_ID = 0x80,
    TAG_REPRESENTATION = 0xA1, // ImageRepresentation
    TAG_BASE = 0xA0,
    TAG_2D = 0xA0, // ImageRepresentation2DBlock
    TAG_DATA_2D = 0x80,
    TAG_INFORMATION = 0xA1, // ImageInformation2DBlock
    TAG_SIZE = 0xA7,        // ImageSizeBlock
    TAG_WIDTH = 0x80,
    TAG_HEIGHT = 0x81,
};

static bool read_size(const struct tlv *information, struct dg2_image *image,
                      struct lds_error *error)
{
    struct tlv_reader r = tlv_inside(information);
    struct tlv e, width, height;
    while (tlv_next(&r, &e)) {
        struct tlv_reader size = tlv_inside(&e);
        if (e.tag != TAG_SIZE)
            continue;
        if (!tlv_expect(&size, TAG_WIDTH, &width) || !tlv_expect(&size, TAG_HEIGHT, &height))
            return lds_fail_at(error, &size);
        if (!lds_number(width.value, &image->width) || !lds_number(height.value, &image->height))
            return lds_fail(error, LDS_VALUE, e.at);
    }
    return r.fault == TLV_FINE || lds_fail_at(error, &r);
}

// What follows the picture's information (the camera) is not needed.
static bool read_2d(struct tlv_reader *r, struct dg2 *out, struct lds_error *error)
{
    struct dg2_image image = { .standard = DG2_ISO_39794 };
    struct tlv data, information;
    if (!tlv_expect(r, TAG_DATA_2D, &data) || !tlv_expect(r, TAG_INFORMATION, &information))
        return lds_fail_at(error, r);
    image.bytes = data.value;
    image.at = lds_value_at(&data);
    return read_size(&information, &image, error) && dg2_add_image(out, image, error);
}

// An extension, or a shape in three dimensions, has another tag than the picture.
static bool read_representation(struct tlv_reader *r, struct dg2 *out, struct lds_error *error)
{
    struct tlv id;
    struct tlv_reader representation, base, flat;
    if (!tlv_expect(r, TAG_REPRESENTATION_ID, &id))
        return lds_fail_at(error, r);
    if (!lds_enter(r, TAG_REPRESENTATION, &representation, error))
        return false;
    if (tlv_peek(&representation) != TAG_BASE)
        return lds_fail(error, LDS_UNSUPPORTED, representation.base);
    if (!lds_enter(&representation, TAG_BASE, &base, error))
        return false;
    if (tlv_peek(&base) != TAG_2D)
        return lds_fail(error, LDS_UNSUPPORTED, base.base);
    return lds_enter(&base, TAG_2D, &flat, error) && read_2d(&flat, out, error);
}

bool face_39794_read(struct tlv_reader *block, struct dg2 *out, struct lds_error *error)
{
    struct tlv_reader standard, face, list, one;
    struct tlv version;
    if (!lds_enter(block, TAG_STANDARD, &standard, error) || !lds_end(block, error) ||
        !lds_enter(&standard, TAG_FACE_IMAGE_DATA, &face, error) || !lds_end(&standard, error))
        return false;
    if (!tlv_expect(&face, TAG_VERSION, &version))
        return lds_fail_at(error, &face);
    if (!lds_enter(&face, TAG_REPRESENTATIONS, &list, error))
        return false;
    while (list.at < list.all.n)
        if (!lds_enter(&list, TAG_SEQUENCE, &one, error) || !read_representation(&one, out, error))
            return false;
    return true;
}
