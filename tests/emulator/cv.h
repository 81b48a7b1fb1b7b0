// SPDX-License-Identifier: MIT
// Card verifiable certificates as a card takes them (BSI TR-03110-3, C and D).
#ifndef EMULATOR_CV_H
#define EMULATOR_CV_H

#include <openssl/bn.h>
#include <openssl/evp.h>

#include "buf.h"

enum { CV_NAME_MAX = 16, CV_BYTES_MAX = 2048 };
enum cv_role { CV_IS, CV_DV_FOREIGN, CV_DV, CV_CVCA };

// A public key that the card knows, and what its holder may do.
struct cv {
    uint8_t name[CV_NAME_MAX];
    size_t n_name;
    EVP_PKEY *key;
    uint8_t oid[10]; // of id-TA-...
    BIGNUM
    *curve[6]; // p, a, b, order, cofactor, generator as octets: those below are issued for it
    enum cv_role role;
    uint8_t rights;             // 1: DG3, 2: DG4
    uint32_t effective, expiry; // yymmdd
};

// content: body and signature. The issuer's key verifies it and lends its curve; NULL for what is
// trusted without (its signature is not looked at).
bool cv_take(struct view content, const struct cv *issuer, struct cv *out);

// The reference of who issued it.
bool cv_issuer(struct view content, struct view *name);

bool cv_is_named(const struct cv *cv, struct view name);
void cv_free(struct cv *cv);

// A signature by the holder's key, of the algorithm that its certificate names.
bool cv_verify(const struct cv *cv, struct view message, struct view signature);

#endif
