// SPDX-License-Identifier: MIT
#include "lds/com.h"

#include "lds/reading.h"

enum {
    TAG_COM = 0x60,
    TAG_LDS_VERSION = 0x5F01,
    TAG_UNICODE_VERSION = 0x5F36,
    TAG_LIST = 0x5C,
    LDS_VERSION_DIGITS = 4,
    UNICODE_VERSION_DIGITS = 6,
};

static bool read_version(struct tlv_reader *r, uint32_t tag, size_t digits, struct str *out,
                         struct lds_error *error)
{
    struct tlv e;
    if (!tlv_expect(r, tag, &e))
        return lds_fail_at(error, r);
    if (e.value.n != digits || !str_is_digits(e.value))
        return lds_fail(error, LDS_VALUE, lds_value_at(&e));
    *out = e.value;
    return true;
}

static void read_list(struct str tags, struct com *out)
{
    out->tags = tags;
    for (size_t i = 0; i < tags.n; i++) {
        enum lds_file file = lds_file_tagged((uint8_t)tags.p[i]);
        if (file >= LDS_DG1 && file <= LDS_DG16)
            out->files |= 1u << file;
        else
            out->unknown = true;
    }
}

bool com_read(struct str file, struct com *out, struct lds_error *error)
{
    struct tlv_reader r;
    struct tlv list;

    *out = (struct com){ 0 };
    if (!lds_open(file, TAG_COM, &r, error) ||
        !read_version(&r, TAG_LDS_VERSION, LDS_VERSION_DIGITS, &out->lds_version, error) ||
        !read_version(&r, TAG_UNICODE_VERSION, UNICODE_VERSION_DIGITS, &out->unicode_version,
                      error))
        return false;
    if (!tlv_expect(&r, TAG_LIST, &list))
        return lds_fail_at(error, &r);
    read_list(list.value, out);
    return lds_end(&r, error);
}
