// SPDX-License-Identifier: MIT
#include "chip/domain.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/objects.h>
#include <stdlib.h>

struct domain_row {
    uint32_t id;
    int curve;         // 0: a group of RFC 5114
    const char *group; // its name
};

static const struct domain_row rows[] = {
    { 0, 0, "dh_1024_160" },           { 1, 0, "dh_2048_224" },
    { 2, 0, "dh_2048_256" },           { 8, NID_X9_62_prime192v1, NULL },
    { 9, NID_brainpoolP192r1, NULL },  { 10, NID_secp224r1, NULL },
    { 11, NID_brainpoolP224r1, NULL }, { 12, NID_X9_62_prime256v1, NULL },
    { 13, NID_brainpoolP256r1, NULL }, { 14, NID_brainpoolP320r1, NULL },
    { 15, NID_secp384r1, NULL },       { 16, NID_brainpoolP384r1, NULL },
    { 17, NID_brainpoolP512r1, NULL }, { 18, NID_secp521r1, NULL },
};

enum { ROWS = sizeof rows / sizeof *rows };

static const struct domain_row *row_of(uint32_t id)
{
    for (size_t i = 0; i < ROWS; i++)
        if (rows[i].id == id)
            return &rows[i];
    return NULL;
}

bool domain_is_known(uint32_t id)
{
    return row_of(id) != NULL;
}

enum security_agreement domain_kind(uint32_t id)
{
    const struct domain_row *row = row_of(id);
    return row == NULL ? AGREEMENT_NONE : row->curve != 0 ? AGREEMENT_ECDH : AGREEMENT_DH;
}

static bool fill_curve(struct domain *d, int curve)
{
    d->kind = AGREEMENT_ECDH;
    d->group = EC_GROUP_new_by_curve_name(curve);
    if (d->group == NULL)
        return false;
    d->length = ((size_t)EC_GROUP_get_degree(d->group) + 7) / 8;
    d->base = EC_POINT_dup(EC_GROUP_get0_generator(d->group), d->group);
    d->q = BN_dup(EC_GROUP_get0_order(d->group));
    d->p = BN_new();
    return d->base != NULL && d->q != NULL && d->p != NULL &&
           EC_GROUP_get_curve(d->group, d->p, NULL, NULL, NULL) == 1;
}

static bool fill_group(struct domain *d, const char *name)
{
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, (char *)name, 0),
        OSSL_PARAM_construct_end(),
    };
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "DHX", NULL);
    EVP_PKEY *key = NULL;

    d->kind = AGREEMENT_DH;
    bool good = ctx != NULL && EVP_PKEY_paramgen_init(ctx) == 1 &&
                EVP_PKEY_CTX_set_params(ctx, params) == 1 && EVP_PKEY_paramgen(ctx, &key) == 1 &&
                EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_FFC_P, &d->p) == 1 &&
                EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_FFC_Q, &d->q) == 1 &&
                EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_FFC_G, &d->g) == 1;
    if (good)
        d->length = (size_t)BN_num_bytes(d->p);
    EVP_PKEY_free(key);
    EVP_PKEY_CTX_free(ctx);
    return good;
}

struct domain *domain_new(uint32_t id)
{
    const struct domain_row *row = row_of(id);
    struct domain *d = row != NULL ? calloc(1, sizeof *d) : NULL;

    if (d == NULL)
        return NULL;
    d->id = id;
    if (!(row->curve != 0 ? fill_curve(d, row->curve) : fill_group(d, row->group)))
        domain_free(&d);
    return d;
}

struct domain *domain_new_own(const BIGNUM *p, const BIGNUM *g, const BIGNUM *q)
{
    struct domain *d = calloc(1, sizeof *d);

    if (d == NULL)
        return NULL;
    d->kind = AGREEMENT_DH;
    d->id = DOMAIN_OWN;
    d->p = BN_dup(p);
    d->g = BN_dup(g);
    d->q = q != NULL ? BN_dup(q) : NULL;
    if (d->p == NULL || d->g == NULL || (q != NULL && d->q == NULL))
        domain_free(&d);
    else
        d->length = (size_t)BN_num_bytes(d->p);
    return d;
}

// A mapped generator is as secret as the key from which it comes.
void domain_free(struct domain **domain)
{
    struct domain *d = *domain;

    *domain = NULL;
    if (d == NULL)
        return;
    EC_POINT_clear_free(d->base);
    EC_GROUP_free(d->group);
    BN_clear_free(d->g);
    BN_free(d->p);
    BN_free(d->q);
    free(d);
}

uint32_t domain_id_of_curve(struct str oid)
{
    for (size_t i = 0; i < ROWS; i++) {
        const ASN1_OBJECT *object = rows[i].curve != 0 ? OBJ_nid2obj(rows[i].curve) : NULL;
        if (object != NULL && OBJ_length(object) == oid.n &&
            memcmp(OBJ_get0_data(object), oid.p, oid.n) == 0)
            return rows[i].id;
    }
    return DOMAIN_OWN;
}

const char *domain_curve_name(uint32_t id)
{
    const struct domain_row *row = row_of(id);
    return row != NULL && row->curve != 0 ? OBJ_nid2sn(row->curve) : NULL;
}
