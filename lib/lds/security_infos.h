// SPDX-License-Identifier: MIT
// SecurityInfos (ICAO Doc 9303-11, 9.2; BSI TR-03110-3, A.1): what EF.CardAccess, EF.CardSecurity
// and DG14 say about the chip's protocols. In any order; what is not known is kept as such.
#ifndef LDS_SECURITY_INFOS_H
#define LDS_SECURITY_INFOS_H

#include "lds/lds.h"

enum security_kind {
    SECURITY_UNKNOWN,
    SECURITY_PACE,        // PACEInfo
    SECURITY_PACE_DOMAIN, // PACEDomainParameterInfo
    SECURITY_CA,          // ChipAuthenticationInfo
    SECURITY_CA_KEY,      // ChipAuthenticationPublicKeyInfo
    SECURITY_TA,          // TerminalAuthenticationInfo
    SECURITY_AA,          // ActiveAuthenticationInfo
    SECURITY_EF_DIR,      // EFDIRInfo
};

enum security_agreement { AGREEMENT_NONE, AGREEMENT_DH, AGREEMENT_ECDH };

enum security_mapping { MAPPING_NONE, MAPPING_GENERIC, MAPPING_INTEGRATED, MAPPING_CHIP_AUTH };

enum security_cipher { CIPHER_NONE, CIPHER_3DES, CIPHER_AES_128, CIPHER_AES_192, CIPHER_AES_256 };

struct security_info {
    enum security_kind kind;
    struct str oid;                    // content bytes of the protocol's OBJECT IDENTIFIER
    struct str whole;                  // the SecurityInfo as it stands
    enum security_agreement agreement; // of PACE, CA and CA keys
    enum security_mapping mapping;     // of PACE
    enum security_cipher cipher;       // of PACE and CA
    int version;                       // -1 where there is none
    bool has_id;
    uint32_t id;              // PACE: parameterId; CA: keyId
    struct str public_key;    // of SECURITY_CA_KEY: the SubjectPublicKeyInfo as it stands
    struct str domain;        // of SECURITY_PACE_DOMAIN: the AlgorithmIdentifier as it stands
    struct str signature_oid; // of SECURITY_AA: content bytes of the signature algorithm's OID
    struct str file_id, short_file_id; // of SECURITY_TA: EF.CVCA's, where they are told
};

enum { SECURITY_INFOS_MAX = 64 };

struct security_infos {
    struct security_info at[SECURITY_INFOS_MAX];
    size_t n;
};

// Of a SET OF SecurityInfo. False with *error when it is malformed; one SecurityInfo of unknown or
// impossible content is SECURITY_UNKNOWN and no fault.
bool security_infos_read(struct str set, struct security_infos *out, struct lds_error *error);

// The name that the standards give to the protocol ("id-PACE-ECDH-GM-AES-CBC-CMAC-128"), or its
// number in dots in the given space of 64 bytes.
const char *security_oid_name(struct str oid, char space[64]);

// The file that every Vietnamese identity card has as EF.CardAccess (54 bytes), for a card from
// which it cannot be read.
struct str security_card_access_vietnam(void);

#endif
