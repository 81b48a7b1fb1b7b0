// SPDX-License-Identifier: MIT
#include "lds/sod.h"

#include "lds/cms.h"
#include "lds/reading.h"

enum { TAG_SOD = 0x77, VERSIONED = 1 };

const struct sod_hash *sod_find(const struct sod *s, unsigned data_group)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->hash[i].data_group == data_group)
            return &s->hash[i];
    return NULL;
}

// DataGroupHash ::= SEQUENCE { dataGroupNumber INTEGER, dataGroupHashValue OCTET STRING }
static bool read_hash(struct tlv_reader *r, struct sod *out, struct lds_error *error)
{
    size_t at = r->base;
    struct tlv hash;
    uint32_t data_group;

    if (!lds_expect_number(r, &data_group, error))
        return false;
    if (!tlv_expect(r, TAG_OCTETS, &hash))
        return lds_fail_at(error, r);
    if (data_group < 1 || data_group > SOD_HASHES_MAX || sod_find(out, data_group) != NULL)
        return lds_fail(error, LDS_VALUE, at);
    if (hash.value.n == 0 || hash.value.n > SOD_HASH_SIZE_MAX)
        return lds_fail(error, LDS_VALUE, hash.at);
    out->hash[out->n++] = (struct sod_hash){ data_group, hash.value };
    return lds_end(r, error);
}

static bool read_hashes(struct tlv_reader *r, struct sod *out, struct lds_error *error)
{
    struct tlv_reader one;
    while (r->at < r->all.n)
        if (!lds_enter(r, TAG_SEQUENCE, &one, error) || !read_hash(&one, out, error))
            return false;
    return true;
}

// LDSVersionInfo ::= SEQUENCE { ldsVersion PrintableString, unicodeVersion PrintableString }
static bool read_versions(struct tlv_reader *r, struct sod *out, struct lds_error *error)
{
    enum { PRINTABLE = 0x13 };
    struct tlv_reader versions;
    struct tlv lds, unicode;

    if (!lds_enter(r, TAG_SEQUENCE, &versions, error))
        return false;
    if (!tlv_expect(&versions, PRINTABLE, &lds) || !tlv_expect(&versions, PRINTABLE, &unicode))
        return lds_fail_at(error, &versions);
    out->lds_version = lds.value;
    out->unicode_version = unicode.value;
    return lds_end(&versions, error);
}

// LDSSecurityObject ::= SEQUENCE { version, hashAlgorithm, SEQUENCE OF DataGroupHash,
// LDSVersionInfo where the version is 1 } (ICAO Doc 9303-10, 4.6.2)
static bool read_list(struct tlv_reader *content, struct sod *out, struct lds_error *error)
{
    struct tlv_reader r, algorithm, hashes;
    struct tlv oid;
    uint32_t version;

    if (!lds_enter(content, TAG_SEQUENCE, &r, error) || !lds_end(content, error) ||
        !lds_expect_number(&r, &version, error))
        return false;
    if (version > VERSIONED)
        return lds_fail(error, LDS_UNSUPPORTED, r.base);
    out->version = version;
    if (!lds_enter(&r, TAG_SEQUENCE, &algorithm, error))
        return false;
    if (!tlv_expect(&algorithm, TAG_OID, &oid))
        return lds_fail_at(error, &algorithm);
    out->hash_oid = oid.value;
    if (!lds_enter(&r, TAG_SEQUENCE, &hashes, error) || !read_hashes(&hashes, out, error))
        return false;
    return (version != VERSIONED || read_versions(&r, out, error)) && lds_end(&r, error);
}

static bool read_cms(struct tlv_reader *r, struct sod *out, struct lds_error *error)
{
    struct tlv octets;

    if (!cms_content(r, STR("\x67\x81\x08\x01\x01\x01"), &octets, error))
        return false;
    out->content = octets.value;
    struct tlv_reader content = tlv_inside(&octets);
    return read_list(&content, out, error);
}

bool sod_read(struct str file, struct sod *out, struct lds_error *error)
{
    struct tlv_reader r;

    *out = (struct sod){ 0 };
    if (!lds_open(file, TAG_SOD, &r, error))
        return false;
    out->cms = r.all;
    if (read_cms(&r, out, error))
        return true;
    // The one malformed length that BER allows.
    uint8_t byte = error->at < file.n ? (uint8_t)file.p[error->at] : 0;
    if (error->fault == LDS_TLV && byte == 0x80)
        error->fault = LDS_UNSUPPORTED;
    return false;
}
