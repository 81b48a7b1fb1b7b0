// SPDX-License-Identifier: MIT
#include "lds/security_infos.h"

#include "lds/oid.h"
#include "lds/reading.h"

// What a protocol's OBJECT IDENTIFIER says by itself.
struct protocol {
    struct str oid;
    enum security_kind kind;
    enum security_agreement agreement;
    enum security_mapping mapping;
    enum security_cipher cipher;
};

// bsi-de protocols smartcard: 0.4.0.127.0.7.2.2
#define SMARTCARD "\x04\x00\x7F\x00\x07\x02\x02"
// icao-mrtd-security: 2.23.136.1.1
#define ICAO "\x67\x81\x08\x01\x01"

// Without the cipher: PACE's domain parameters, and id-CA as the first cards had it.
#define FAMILY(arcs, kind, agreement, mapping)                                                     \
    {                                                                                              \
        STR(SMARTCARD arcs), kind, agreement, mapping, CIPHER_NONE                                 \
    }
#define CIPHERED(arcs, last, kind, agreement, mapping, cipher)                                     \
    {                                                                                              \
        STR(SMARTCARD arcs last), kind, agreement, mapping, cipher                                 \
    }
#define AES(arcs, kind, agreement, mapping)                                                        \
    CIPHERED(arcs, "\x02", kind, agreement, mapping, CIPHER_AES_128),                              \
        CIPHERED(arcs, "\x03", kind, agreement, mapping, CIPHER_AES_192),                          \
        CIPHERED(arcs, "\x04", kind, agreement, mapping, CIPHER_AES_256)
#define ANY_CIPHER(arcs, kind, agreement, mapping)                                                 \
    CIPHERED(arcs, "\x01", kind, agreement, mapping, CIPHER_3DES),                                 \
        AES(arcs, kind, agreement, mapping)
#define PACE(arcs, agreement, mapping)                                                             \
    FAMILY("\x04" arcs, SECURITY_PACE_DOMAIN, agreement, mapping),                                 \
        ANY_CIPHER("\x04" arcs, SECURITY_PACE, agreement, mapping)

// ICAO Doc 9303-11, 9.2; BSI TR-03110-3, A.1.1.
static const struct protocol protocols[] = {
    PACE("\x01", AGREEMENT_DH, MAPPING_GENERIC),
    PACE("\x02", AGREEMENT_ECDH, MAPPING_GENERIC),
    PACE("\x03", AGREEMENT_DH, MAPPING_INTEGRATED),
    PACE("\x04", AGREEMENT_ECDH, MAPPING_INTEGRATED),
    FAMILY("\x04\x06", SECURITY_PACE_DOMAIN, AGREEMENT_ECDH, MAPPING_CHIP_AUTH),
    AES("\x04\x06", SECURITY_PACE, AGREEMENT_ECDH, MAPPING_CHIP_AUTH),
    FAMILY("\x03\x01", SECURITY_CA, AGREEMENT_DH, MAPPING_NONE),
    ANY_CIPHER("\x03\x01", SECURITY_CA, AGREEMENT_DH, MAPPING_NONE),
    FAMILY("\x03\x02", SECURITY_CA, AGREEMENT_ECDH, MAPPING_NONE),
    ANY_CIPHER("\x03\x02", SECURITY_CA, AGREEMENT_ECDH, MAPPING_NONE),
    FAMILY("\x01\x01", SECURITY_CA_KEY, AGREEMENT_DH, MAPPING_NONE),
    FAMILY("\x01\x02", SECURITY_CA_KEY, AGREEMENT_ECDH, MAPPING_NONE),
    FAMILY("\x02", SECURITY_TA, AGREEMENT_NONE, MAPPING_NONE),
    { STR(ICAO "\x05"), SECURITY_AA, AGREEMENT_NONE, MAPPING_NONE, CIPHER_NONE },
    { STR(ICAO "\x0D"), SECURITY_EF_DIR, AGREEMENT_NONE, MAPPING_NONE, CIPHER_NONE },
};

static const struct protocol *protocol_of(struct str oid)
{
    for (size_t i = 0; i < sizeof protocols / sizeof *protocols; i++)
        if (str_eq(oid, protocols[i].oid))
            return &protocols[i];
    return NULL;
}

static bool take_version(struct tlv_reader *r, struct security_info *info)
{
    struct tlv e;
    uint32_t version;
    if (!tlv_take(r, TAG_INTEGER, &e) || !lds_number(e.value, &version) || version > INT16_MAX)
        return false;
    info->version = (int)version;
    return true;
}

// parameterId or keyId. Absent where nothing is left; what else stands there is no number.
static bool take_id(struct tlv_reader *r, struct security_info *info)
{
    struct tlv e;
    if (!tlv_take(r, TAG_INTEGER, &e))
        return r->fault == TLV_FINE;
    info->has_id = true;
    return lds_number(e.value, &info->id);
}

static bool read_pace(struct tlv_reader *r, struct security_info *info)
{
    return take_version(r, info) && take_id(r, info);
}

static bool read_pace_domain(struct tlv_reader *r, struct security_info *info)
{
    struct tlv e;
    if (!tlv_take(r, TAG_SEQUENCE, &e))
        return false;
    info->domain = e.whole;
    return take_id(r, info);
}

// Without a cipher, as the first cards had it, 3DES is meant, and version 1 where none stands (BSI
// TR-03110-3, A.1.1.2). A SEQUENCE in its place is ChipAuthenticationDomainParameterInfo, another
// thing.
static bool read_ca(struct tlv_reader *r, struct security_info *info)
{
    if (info->cipher != CIPHER_NONE)
        return take_version(r, info) && take_id(r, info);
    info->cipher = CIPHER_3DES;
    info->version = 1;
    return r->at == r->all.n || (take_version(r, info) && take_id(r, info));
}

static bool read_ca_key(struct tlv_reader *r, struct security_info *info)
{
    struct tlv e;
    if (!tlv_take(r, TAG_SEQUENCE, &e))
        return false;
    info->public_key = e.whole;
    return take_id(r, info);
}

// Version 1 may name EF.CVCA, by its file's number and its short one (BSI TR-03110-3, A.1.1.3).
static bool read_ta(struct tlv_reader *r, struct security_info *info)
{
    struct tlv e, id;
    if (!take_version(r, info) || !tlv_take(r, TAG_SEQUENCE, &e))
        return info->version >= 0 && r->fault == TLV_FINE;
    struct tlv_reader file = tlv_inside(&e);
    if (tlv_take(&file, TAG_OCTETS, &id))
        info->file_id = id.value;
    if (tlv_take(&file, TAG_OCTETS, &id))
        info->short_file_id = id.value;
    return true;
}

static bool read_aa(struct tlv_reader *r, struct security_info *info)
{
    struct tlv e;
    if (!take_version(r, info) || !tlv_take(r, TAG_OID, &e))
        return false;
    info->signature_oid = e.value;
    return true;
}

static bool read_ef_dir(struct tlv_reader *r, struct security_info *info)
{
    struct tlv e;
    (void)info;
    return tlv_take(r, TAG_OCTETS, &e);
}

static bool read_known(struct tlv_reader *r, struct security_info *info)
{
    static bool (*const readers[])(struct tlv_reader *, struct security_info *) = {
        [SECURITY_PACE] = read_pace,     [SECURITY_PACE_DOMAIN] = read_pace_domain,
        [SECURITY_CA] = read_ca,         [SECURITY_CA_KEY] = read_ca_key,
        [SECURITY_TA] = read_ta,         [SECURITY_AA] = read_aa,
        [SECURITY_EF_DIR] = read_ef_dir,
    };
    const struct protocol *p = protocol_of(info->oid);
    if (p == NULL)
        return false;
    info->kind = p->kind;
    info->agreement = p->agreement;
    info->mapping = p->mapping;
    info->cipher = p->cipher;
    return readers[p->kind](r, info) && tlv_end(r);
}

static struct security_info read_info(const struct tlv *element)
{
    struct tlv_reader r = tlv_inside(element);
    struct tlv oid = { 0 };
    tlv_take(&r, TAG_OID, &oid);

    struct security_info unknown = { .whole = element->whole, .oid = oid.value, .version = -1 };
    struct security_info info = unknown;
    return read_known(&r, &info) ? info : unknown;
}

bool security_infos_read(struct str set, struct security_infos *out, struct lds_error *error)
{
    struct tlv_reader r;
    struct tlv e;

    out->n = 0;
    if (!lds_open(set, TAG_SET, &r, error))
        return false;
    while (r.at < r.all.n) {
        if (!tlv_expect(&r, TAG_SEQUENCE, &e))
            return lds_fail_at(error, &r);
        if (out->n == SECURITY_INFOS_MAX)
            return lds_fail(error, LDS_TOO_MANY, e.at);
        out->at[out->n++] = read_info(&e);
    }
    return true;
}

struct str security_card_access_vietnam(void)
{
    // TerminalAuthenticationInfo, ChipAuthenticationInfo, and as the third PACEInfo:
    // id-PACE-ECDH-GM-AES-CBC-CMAC-128, version 2, parameterId 13 (brainpoolP256r1).
    static const char file[] = "\x31\x34"
                               "\x30\x0D\x06\x08" SMARTCARD "\x02\x02\x01\x01"
                               "\x30\x0F\x06\x0A" SMARTCARD "\x03\x02\x02\x02\x01\x01"
                               "\x30\x12\x06\x0A" SMARTCARD "\x04\x02\x02\x02\x01\x02\x02\x01\x0D";
    return (struct str){ file, sizeof file - 1 };
}

const char *security_oid_name(struct str oid, char space[64])
{
    const char *name = oid_name(oid);
    return name != NULL ? name : oid_dotted(oid, space, 64);
}
