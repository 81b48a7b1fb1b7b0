// SPDX-License-Identifier: MIT
#include "lds/oid.h"

#include <stdio.h>

struct oid_row {
    struct str oid;
    const char *name;
};

// bsi-de: 0.4.0.127.0.7; its protocols for cards: 2.2; plain ECDSA: 1.1.4.1
#define BSI   "\x04\x00\x7F\x00\x07"
#define CARD  BSI "\x02\x02"
#define PLAIN BSI "\x01\x01\x04\x01"
// icao-mrtd-security: 2.23.136.1.1
#define ICAO "\x67\x81\x08\x01\x01"

#define CIPHERS(arcs, name) { STR(CARD arcs "\x01"), name "-3DES-CBC-CBC" }, AES(arcs, name)
#define AES(arcs, name)                                                                            \
    { STR(CARD arcs "\x02"), name "-AES-CBC-CMAC-128" },                                           \
        { STR(CARD arcs "\x03"), name "-AES-CBC-CMAC-192" },                                       \
    {                                                                                              \
        STR(CARD arcs "\x04"), name "-AES-CBC-CMAC-256"                                            \
    }

// ICAO Doc 9303-11, 9.2; BSI TR-03110-3, A.1.1; BSI TR-03111, 5.2.1; ICAO Doc 9303-10, 4.6.2; the
// rest by their documents of the IETF.
static const struct oid_row rows[] = {
    { STR(CARD "\x01\x01"), "id-PK-DH" },
    { STR(CARD "\x01\x02"), "id-PK-ECDH" },
    { STR(CARD "\x02"), "id-TA" },
    { STR(CARD "\x02\x01\x01"), "id-TA-RSA-v1-5-SHA-1" },
    { STR(CARD "\x02\x01\x02"), "id-TA-RSA-v1-5-SHA-256" },
    { STR(CARD "\x02\x01\x03"), "id-TA-RSA-PSS-SHA-1" },
    { STR(CARD "\x02\x01\x04"), "id-TA-RSA-PSS-SHA-256" },
    { STR(CARD "\x02\x01\x05"), "id-TA-RSA-v1-5-SHA-512" },
    { STR(CARD "\x02\x01\x06"), "id-TA-RSA-PSS-SHA-512" },
    { STR(CARD "\x02\x02\x01"), "id-TA-ECDSA-SHA-1" },
    { STR(CARD "\x02\x02\x02"), "id-TA-ECDSA-SHA-224" },
    { STR(CARD "\x02\x02\x03"), "id-TA-ECDSA-SHA-256" },
    { STR(CARD "\x02\x02\x04"), "id-TA-ECDSA-SHA-384" },
    { STR(CARD "\x02\x02\x05"), "id-TA-ECDSA-SHA-512" },
    { STR(CARD "\x03\x01"), "id-CA-DH" },
    CIPHERS("\x03\x01", "id-CA-DH"),
    { STR(CARD "\x03\x02"), "id-CA-ECDH" },
    CIPHERS("\x03\x02", "id-CA-ECDH"),
    { STR(CARD "\x04\x01"), "id-PACE-DH-GM" },
    CIPHERS("\x04\x01", "id-PACE-DH-GM"),
    { STR(CARD "\x04\x02"), "id-PACE-ECDH-GM" },
    CIPHERS("\x04\x02", "id-PACE-ECDH-GM"),
    { STR(CARD "\x04\x03"), "id-PACE-DH-IM" },
    CIPHERS("\x04\x03", "id-PACE-DH-IM"),
    { STR(CARD "\x04\x04"), "id-PACE-ECDH-IM" },
    CIPHERS("\x04\x04", "id-PACE-ECDH-IM"),
    { STR(CARD "\x04\x06"), "id-PACE-ECDH-CAM" },
    AES("\x04\x06", "id-PACE-ECDH-CAM"),
    { STR(CARD "\x05\x01"), "id-RI-DH" },
    { STR(CARD "\x05\x02"), "id-RI-ECDH" },
    { STR(CARD "\x06"), "id-CI" },
    { STR(CARD "\x07"), "id-eIDSecurity" },
    { STR(CARD "\x08"), "id-PT" },
    { STR(BSI "\x03\x02\x01"), "id-SecurityObject" },
    { STR(PLAIN "\x01"), "ecdsa-plain-SHA1" },
    { STR(PLAIN "\x02"), "ecdsa-plain-SHA224" },
    { STR(PLAIN "\x03"), "ecdsa-plain-SHA256" },
    { STR(PLAIN "\x04"), "ecdsa-plain-SHA384" },
    { STR(PLAIN "\x05"), "ecdsa-plain-SHA512" },
    { STR(PLAIN "\x06"), "ecdsa-plain-RIPEMD160" },
    { STR(ICAO "\x01"), "id-icao-ldsSecurityObject" },
    { STR(ICAO "\x05"), "id-icao-mrtd-security-aaProtocolObject" },
    { STR(ICAO "\x0D"), "id-EFDIR" },
    { STR("\x2A\x86\x48\x86\xF7\x0D\x01\x01\x01"), "rsaEncryption" },
    { STR("\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0A"), "id-RSASSA-PSS" },
    { STR("\x2A\x86\x48\x86\xF7\x0D\x01\x03\x01"), "dhKeyAgreement" },
    { STR("\x2A\x86\x48\xCE\x3D\x02\x01"), "id-ecPublicKey" },
    { STR("\x2A\x86\x48\xCE\x3D\x04\x01"), "ecdsa-with-SHA1" },
    { STR("\x2A\x86\x48\xCE\x3D\x04\x03\x01"), "ecdsa-with-SHA224" },
    { STR("\x2A\x86\x48\xCE\x3D\x04\x03\x02"), "ecdsa-with-SHA256" },
    { STR("\x2A\x86\x48\xCE\x3D\x04\x03\x03"), "ecdsa-with-SHA384" },
    { STR("\x2A\x86\x48\xCE\x3D\x04\x03\x04"), "ecdsa-with-SHA512" },
    { STR("\x2A\x86\x48\xCE\x3E\x02\x01"), "dhpublicnumber" },
    { STR("\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02"), "id-signedData" },
    { STR("\x2B\x0E\x03\x02\x1A"), "id-sha1" },
    { STR("\x60\x86\x48\x01\x65\x03\x04\x02\x01"), "id-sha256" },
    { STR("\x60\x86\x48\x01\x65\x03\x04\x02\x02"), "id-sha384" },
    { STR("\x60\x86\x48\x01\x65\x03\x04\x02\x03"), "id-sha512" },
    { STR("\x60\x86\x48\x01\x65\x03\x04\x02\x04"), "id-sha224" },
};

const char *oid_name(struct str oid)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (str_eq(oid, rows[i].oid))
            return rows[i].name;
    return NULL;
}

// One number of an OBJECT IDENTIFIER (ISO/IEC 8825-1, 8.19.2); how many bytes it takes, or 0.
static size_t read_arc(struct str s, uint64_t *arc)
{
    *arc = 0;
    for (size_t i = 0; i < s.n; i++) {
        uint8_t byte = (uint8_t)s.p[i];
        if (*arc > UINT64_MAX >> 7 || (i == 0 && byte == 0x80))
            return 0;
        *arc = *arc << 7 | (byte & 0x7F);
        if ((byte & 0x80) == 0)
            return i + 1;
    }
    return 0;
}

// The first number holds two: forty times the first, and the second (8.19.4).
static int put_first(char *p, size_t size, uint64_t arc)
{
    unsigned first = arc < 80 ? (unsigned)arc / 40 : 2;
    return snprintf(p, size, "%u.%llu", first, (unsigned long long)arc - first * 40);
}

const char *oid_dotted(struct str oid, char *space, size_t size)
{
    size_t used = 0;
    bool first = true;
    for (struct str rest = oid; rest.n > 0 || first;) {
        uint64_t arc;
        size_t taken = read_arc(rest, &arc);
        if (taken == 0) {
            snprintf(space, size, "malformed");
            return space;
        }
        int more = first ? put_first(space, size, arc)
                         : snprintf(space + used, size - used, ".%llu", (unsigned long long)arc);
        if ((size_t)more >= size - used) {
            memcpy(space + size - sizeof "...", "...", sizeof "...");
            return space;
        }
        used += (size_t)more;
        first = false;
        rest = str_from(rest, taken);
    }
    return space;
}
