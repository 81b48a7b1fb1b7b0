// SPDX-License-Identifier: MIT
// Card verifiable certificates (BSI TR-03110-3, C and D; ISO/IEC 7816-8): by them a chip knows who
// may read fingerprints and irises. And EF.CVCA (A.3.1), in which it tells whom it trusts.
#ifndef LDS_CV_CERTIFICATE_H
#define LDS_CV_CERTIFICATE_H

#include "base/date.h"
#include "lds/lds.h"

enum cv_role { CV_TERMINAL, CV_DV_FOREIGN, CV_DV_DOMESTIC, CV_CVCA }; // as C.1.4 codes them

enum { CV_RIGHT_DG3 = 0x01, CV_RIGHT_DG4 = 0x02 };

// Data objects that are not there are empty (D.3).
struct cv_public_key {
    struct str oid;               // content bytes
    struct str modulus, exponent; // RSA
    struct str prime, a, b, base, order,
        point; // elliptic curves; all but the point: of a CVCA only
    struct str cofactor;
};

struct cv_certificate {
    struct str whole;             // with tag and length
    struct str content;           // body and signature as they are sent to a chip
    struct str body;              // what is signed, with tag and length
    struct str signature;         // the value
    struct str authority, holder; // references: names of public keys
    struct cv_public_key key;
    bool is_inspection; // the kind of terminal that reads passports; else the rights mean others
    enum cv_role role;
    uint8_t rights; // CV_RIGHT_*; 0 where is_inspection is false
    struct date effective, expiry;
};

// Of a 7F21. The slices point into it.
bool cv_certificate_read(struct str file, struct cv_certificate *out, struct lds_error *error);

enum { CV_TRUST_POINTS_MAX = 2, CV_REFERENCE_MAX = 16 };

struct cv_trust_points {
    struct str name[CV_TRUST_POINTS_MAX]; // the newer one first
    size_t n;
};

// EF.CVCA: one reference or two, then zeros.
bool cv_trust_points_read(struct str file, struct cv_trust_points *out, struct lds_error *error);

// A reference, which is ISO 8859-1, as UTF-8.
void cv_put_reference(struct bytes *out, struct str reference);

#endif
