// SPDX-License-Identifier: MIT
#include "cv.h"

#include <string.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

enum { P, A, B, ORDER, COFACTOR, GENERATOR };

void cv_free(struct cv *cv)
{
    EVP_PKEY_free(cv->key);
    for (size_t i = 0; i < 6; i++)
        BN_free(cv->curve[i]);
    *cv = (struct cv){ 0 };
}

bool cv_is_named(const struct cv *cv, struct view name)
{
    return cv->key != NULL && view_is((struct view){ cv->name, cv->n_name }, name);
}

bool cv_issuer(struct view content, struct view *name)
{
    struct view body;
    return tlv_find(content, 0x7F4E, &body) && tlv_find(body, 0x42, name);
}

static bool date_take(struct view body, unsigned tag, uint32_t *date)
{
    struct view v;
    if (!tlv_find(body, tag, &v) || v.n != 6)
        return false;
    *date = 0;
    for (size_t i = 0; i < 6; i++)
        *date = *date * 10 + v.b[i];
    return true;
}

static EVP_PKEY *key_of(const char *kind, OSSL_PARAM_BLD *bld)
{
    EVP_PKEY *key = NULL;
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, kind, NULL);
    OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(bld);
    if (params == NULL || EVP_PKEY_fromdata_init(ctx) != 1 ||
        EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_PUBLIC_KEY, params) != 1)
        key = NULL;
    OSSL_PARAM_free(params);
    EVP_PKEY_CTX_free(ctx);
    return key;
}

static EVP_PKEY *rsa_key(struct view key)
{
    struct view n, e;
    if (!tlv_find(key, 0x81, &n) || !tlv_find(key, 0x82, &e))
        return NULL;
    BIGNUM *modulus = BN_bin2bn(n.b, (int)n.n, NULL), *exponent = BN_bin2bn(e.b, (int)e.n, NULL);
    OSSL_PARAM_BLD *bld = OSSL_PARAM_BLD_new();
    OSSL_PARAM_BLD_push_BN(bld, OSSL_PKEY_PARAM_RSA_N, modulus);
    OSSL_PARAM_BLD_push_BN(bld, OSSL_PKEY_PARAM_RSA_E, exponent);
    EVP_PKEY *out = key_of("RSA", bld);
    OSSL_PARAM_BLD_free(bld);
    BN_free(modulus);
    BN_free(exponent);
    return out;
}

// With the certificate's own parameters, which only a CVCA's has, or with the issuer's.
static bool curve_take(struct view key, const struct cv *issuer, struct cv *out)
{
    static const unsigned tags[] = { 0x81, 0x82, 0x83, 0x85, 0x87, 0x84 };
    for (size_t i = 0; i < 6; i++) {
        struct view v;
        if (tlv_find(key, tags[i], &v))
            out->curve[i] = BN_bin2bn(v.b, (int)v.n, NULL);
        else if (issuer != NULL && issuer->curve[i] != NULL)
            out->curve[i] = BN_dup(issuer->curve[i]);
        if (out->curve[i] == NULL)
            return false;
    }
    return true;
}

static EVP_PKEY *ec_key(struct view key, const struct cv *issuer, struct cv *out)
{
    static const char *const names[] = { OSSL_PKEY_PARAM_EC_P, OSSL_PKEY_PARAM_EC_A,
                                         OSSL_PKEY_PARAM_EC_B, OSSL_PKEY_PARAM_EC_ORDER,
                                         OSSL_PKEY_PARAM_EC_COFACTOR };
    uint8_t generator[256];
    struct view point;
    if (!tlv_find(key, 0x86, &point) || !curve_take(key, issuer, out))
        return NULL;
    int n = BN_num_bytes(out->curve[GENERATOR]); // its first byte is 4
    if (n > (int)sizeof generator || BN_bn2bin(out->curve[GENERATOR], generator) != n)
        return NULL;
    OSSL_PARAM_BLD *bld = OSSL_PARAM_BLD_new();
    OSSL_PARAM_BLD_push_utf8_string(bld, OSSL_PKEY_PARAM_EC_FIELD_TYPE, "prime-field", 0);
    for (size_t i = P; i <= COFACTOR; i++)
        OSSL_PARAM_BLD_push_BN(bld, names[i], out->curve[i]);
    OSSL_PARAM_BLD_push_octet_string(bld, OSSL_PKEY_PARAM_EC_GENERATOR, generator, (size_t)n);
    OSSL_PARAM_BLD_push_octet_string(bld, OSSL_PKEY_PARAM_PUB_KEY, point.b, point.n);
    EVP_PKEY *made = key_of("EC", bld);
    OSSL_PARAM_BLD_free(bld);
    return made;
}

// id-TA-RSA-... ends in 1 and its number, id-TA-ECDSA-... in 2 and its number (A.6.4).
static bool key_take(struct view body, const struct cv *issuer, struct cv *out)
{
    static const uint8_t id_ta[] = { 0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x02 };
    struct view key, oid;
    if (!tlv_find(body, 0x7F49, &key) || !tlv_find(key, 0x06, &oid) || oid.n != sizeof out->oid ||
        memcmp(oid.b, id_ta, sizeof id_ta) != 0)
        return false;
    memcpy(out->oid, oid.b, oid.n);
    out->key = out->oid[8] == 1 ? rsa_key(key) : ec_key(key, issuer, out);
    ERR_clear_error();
    return out->key != NULL;
}

static bool template_take(struct view body, struct cv *out)
{
    struct view template, bits;
    if (!tlv_find(body, 0x7F4C, &template) || !tlv_find(template, 0x53, &bits) || bits.n != 1)
        return false;
    out->role = (enum cv_role)(bits.b[0] >> 6);
    out->rights = bits.b[0] & 3;
    return true;
}

static bool is_signed(struct view content, const struct cv *issuer)
{
    struct view rest = content, body, signature;
    unsigned tag;
    if (!tlv_take(&rest, &tag, &body) || tag != 0x7F4E)
        return false;
    struct view whole = { content.b, content.n - rest.n };
    return tlv_find(rest, 0x5F37, &signature) && cv_verify(issuer, whole, signature);
}

bool cv_take(struct view content, const struct cv *issuer, struct cv *out)
{
    struct view body, name;
    *out = (struct cv){ 0 };
    bool ok = (issuer == NULL || is_signed(content, issuer)) && tlv_find(content, 0x7F4E, &body) &&
              tlv_find(body, 0x5F20, &name) && name.n <= CV_NAME_MAX &&
              key_take(body, issuer, out) && template_take(body, out) &&
              date_take(body, 0x5F25, &out->effective) && date_take(body, 0x5F24, &out->expiry);
    if (!ok) {
        cv_free(out);
        return false;
    }
    memcpy(out->name, name.b, name.n);
    out->n_name = name.n;
    return true;
}

// ---- signatures ----

static const EVP_MD *digest_of(const struct cv *cv)
{
    static const char *const rsa[] = { "", "SHA1", "SHA256", "SHA1", "SHA256", "SHA512", "SHA512" };
    static const char *const ecdsa[] = { "", "SHA1", "SHA224", "SHA256", "SHA384", "SHA512" };
    size_t n = cv->oid[9];
    if (cv->oid[8] == 1)
        return n < 7 ? EVP_get_digestbyname(rsa[n]) : NULL;
    return n < 6 ? EVP_get_digestbyname(ecdsa[n]) : NULL;
}

static bool is_pss(const struct cv *cv)
{
    return cv->oid[8] == 1 && (cv->oid[9] == 3 || cv->oid[9] == 4 || cv->oid[9] == 6);
}

// The plain form (BSI TR-03111, 5.2.1), both halves of the order's length, as OpenSSL wants it.
static int der_make(const struct cv *cv, struct view plain, uint8_t *der, size_t room)
{
    int half = BN_num_bytes(cv->curve[ORDER]), n = -1;
    ECDSA_SIG *s = ECDSA_SIG_new();
    if (plain.n == 2 * (size_t)half && s != NULL &&
        ECDSA_SIG_set0(s, BN_bin2bn(plain.b, half, NULL), BN_bin2bn(plain.b + half, half, NULL)) ==
            1 &&
        i2d_ECDSA_SIG(s, NULL) <= (int)room)
        n = i2d_ECDSA_SIG(s, &der);
    ECDSA_SIG_free(s);
    return n;
}

bool cv_verify(const struct cv *cv, struct view message, struct view signature)
{
    uint8_t der[256];
    const EVP_MD *md = digest_of(cv);
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    EVP_PKEY_CTX *inner;
    bool ok = md != NULL && EVP_DigestVerifyInit(ctx, &inner, md, NULL, cv->key) == 1;
    if (ok && is_pss(cv))
        ok = EVP_PKEY_CTX_set_rsa_padding(inner, RSA_PKCS1_PSS_PADDING) == 1 &&
             EVP_PKEY_CTX_set_rsa_pss_saltlen(inner, RSA_PSS_SALTLEN_DIGEST) == 1;
    if (ok && cv->oid[8] == 2) {
        int n = der_make(cv, signature, der, sizeof der);
        ok = n > 0;
        signature = (struct view){ der, n > 0 ? (size_t)n : 0 };
    }
    ok = ok && EVP_DigestVerify(ctx, signature.b, signature.n, message.b, message.n) == 1;
    EVP_MD_CTX_free(ctx);
    ERR_clear_error();
    return ok;
}
