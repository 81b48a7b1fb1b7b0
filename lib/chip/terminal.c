// SPDX-License-Identifier: MIT
#include "chip/terminal.h"

#include "base/wipe.h"
#include "chip/crypto.h"
#include "lds/reading.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <stdlib.h>

enum { ORDER_MAX = 66 }; // bytes: of P-521

// id-TA-RSA and id-TA-ECDSA: 0.4.0.127.0.7.2.2.2.1 and .2 (A.6.4).
#define TA "\x04\x00\x7F\x00\x07\x02\x02\x02"

struct algorithm {
    struct str oid;
    bool is_rsa, is_pss;
    const char *hash;
};

static const struct algorithm algorithms[] = {
    { STR(TA "\x01\x01"), true, false, "SHA-1" },
    { STR(TA "\x01\x02"), true, false, "SHA-256" },
    { STR(TA "\x01\x03"), true, true, "SHA-1" },
    { STR(TA "\x01\x04"), true, true, "SHA-256" },
    { STR(TA "\x01\x05"), true, false, "SHA-512" },
    { STR(TA "\x01\x06"), true, true, "SHA-512" },
    { STR(TA "\x02\x01"), false, false, "SHA-1" },
    { STR(TA "\x02\x02"), false, false, "SHA-224" },
    { STR(TA "\x02\x03"), false, false, "SHA-256" },
    { STR(TA "\x02\x04"), false, false, "SHA-384" },
    { STR(TA "\x02\x05"), false, false, "SHA-512" },
};

struct terminal {
    struct bytes der[TERMINAL_CERTIFICATES_MAX];
    struct cv_certificate certificate[TERMINAL_CERTIFICATES_MAX];
    size_t n;
    bool is_own[TERMINAL_CERTIFICATES_MAX]; // has the key
    EVP_PKEY *key;
    const struct algorithm *algorithm;
};

const char *terminal_fault_sentence(enum terminal_fault fault)
{
#define TERMINAL_SENTENCE(identifier, sentence) sentence,
    static const char *const sentences[] = { TERMINAL_FAULTS(TERMINAL_SENTENCE) };
#undef TERMINAL_SENTENCE
    return sentences[fault];
}

struct terminal *terminal_new(void)
{
    return calloc(1, sizeof(struct terminal));
}

void terminal_free(struct terminal **t)
{
    if (*t == NULL)
        return;
    for (size_t i = 0; i < (*t)->n; i++)
        bytes_free(&(*t)->der[i]);
    EVP_PKEY_free((*t)->key);
    free(*t);
    *t = NULL;
}

// ---- certificates ----

static enum terminal_fault add_one(struct terminal *t, struct str der)
{
    struct lds_error malformed;

    if (t->n == TERMINAL_CERTIFICATES_MAX)
        return TERMINAL_TOO_MANY;
    struct bytes *own = &t->der[t->n];
    bytes_put_str(own, der);
    if (own->failed)
        return bytes_free(own), TERMINAL_NO_MEMORY;
    if (!cv_certificate_read(bytes_str(own), &t->certificate[t->n], &malformed))
        return bytes_free(own), TERMINAL_NO_CERTIFICATE;
    t->n++;
    return TERMINAL_FINE;
}

static enum terminal_fault add_der(struct terminal *t, struct str file)
{
    enum terminal_fault fault = file.n > 0 ? TERMINAL_FINE : TERMINAL_NO_CERTIFICATE;

    while (file.n > 0 && fault == TERMINAL_FINE) {
        size_t total;
        if (!tlv_total(file, &total) || total > file.n)
            return TERMINAL_NO_CERTIFICATE;
        fault = add_one(t, str_head(file, total));
        file = str_from(file, total);
    }
    return fault;
}

static enum terminal_fault add_pem(struct terminal *t, struct str file)
{
    enum terminal_fault fault = TERMINAL_NO_CERTIFICATE;
    BIO *bio = BIO_new_mem_buf(file.p, (int)file.n);
    char *name, *header;
    unsigned char *data;
    long n;

    if (bio == NULL)
        return TERMINAL_NO_MEMORY;
    while (PEM_read_bio(bio, &name, &header, &data, &n) == 1) {
        fault = add_der(t, str_octets(data, (size_t)n));
        OPENSSL_free(name);
        OPENSSL_free(header);
        OPENSSL_free(data);
        if (fault != TERMINAL_FINE)
            break;
    }
    ERR_clear_error();
    BIO_free(bio);
    return fault;
}

enum terminal_fault terminal_add(struct terminal *t, struct str file)
{
    if (file.n > TERMINAL_FILE_MAX)
        return TERMINAL_TOO_MANY;
    return str_starts(str_trim(file), STR("-----BEGIN ")) ? add_pem(t, file) : add_der(t, file);
}

// ---- the key ----

// Nobody is asked for a password in the midst of a pipe.
static int no_password(char *space, int size, int writing, void *ctx)
{
    (void)space, (void)size, (void)writing, (void)ctx;
    return -1;
}

enum terminal_fault terminal_set_key(struct terminal *t, struct str file)
{
    if (file.n == 0 || file.n > TERMINAL_FILE_MAX)
        return TERMINAL_NO_KEY;
    const unsigned char *at = octets(file);
    EVP_PKEY_free(t->key);
    t->key = NULL;
    if (str_starts(str_trim(file), STR("-----BEGIN "))) {
        BIO *bio = BIO_new_mem_buf(file.p, (int)file.n);
        if (bio != NULL)
            t->key = PEM_read_bio_PrivateKey(bio, NULL, no_password, NULL);
        BIO_free(bio);
    } else {
        t->key = d2i_AutoPrivateKey(NULL, &at, (long)file.n);
    }
    ERR_clear_error();
    return t->key != NULL ? TERMINAL_FINE : TERMINAL_NO_KEY;
}

static bool number_is(const EVP_PKEY *key, const char *name, struct str expected)
{
    BIGNUM *number = NULL, *other = NULL;

    bool same = EVP_PKEY_get_bn_param(key, name, &number) == 1 &&
                (other = BN_bin2bn(octets(expected), (int)expected.n, NULL)) != NULL &&
                BN_cmp(number, other) == 0;
    BN_free(number);
    BN_free(other);
    return same;
}

static const struct algorithm *algorithm_of(struct str oid)
{
    for (size_t i = 0; i < sizeof algorithms / sizeof *algorithms; i++)
        if (str_eq(oid, algorithms[i].oid))
            return &algorithms[i];
    return NULL;
}

static bool is_key_of(const EVP_PKEY *key, const struct cv_public_key *other)
{
    enum { UNCOMPRESSED = 4 };

    if (other->modulus.n > 0)
        return EVP_PKEY_is_a(key, "RSA") && number_is(key, OSSL_PKEY_PARAM_RSA_N, other->modulus) &&
               number_is(key, OSSL_PKEY_PARAM_RSA_E, other->exponent);
    size_t half = other->point.n / 2;
    return EVP_PKEY_is_a(key, "EC") && other->point.n % 2 == 1 &&
           other->point.p[0] == UNCOMPRESSED &&
           number_is(key, OSSL_PKEY_PARAM_EC_PUB_X, str_head(str_from(other->point, 1), half)) &&
           number_is(key, OSSL_PKEY_PARAM_EC_PUB_Y, str_from(other->point, 1 + half));
}

enum terminal_fault terminal_settle(struct terminal *t)
{
    bool is_known = false;

    if (t->n == 0)
        return TERMINAL_NO_CERTIFICATE;
    if (t->key == NULL)
        return TERMINAL_NO_KEY;
    t->algorithm = NULL;
    for (size_t i = 0; i < t->n; i++) {
        const struct cv_certificate *c = &t->certificate[i];
        t->is_own[i] = c->role == CV_TERMINAL && is_key_of(t->key, &c->key);
        if (!t->is_own[i])
            continue;
        is_known = true;
        const struct algorithm *algorithm = algorithm_of(c->key.oid);
        t->is_own[i] = algorithm != NULL &&
                       algorithm->is_rsa == (bool)EVP_PKEY_is_a(t->key, "RSA") &&
                       (t->algorithm == NULL || t->algorithm == algorithm);
        if (t->is_own[i])
            t->algorithm = algorithm;
    }
    ERR_clear_error();
    if (t->algorithm != NULL)
        return TERMINAL_FINE;
    return is_known ? TERMINAL_UNSUPPORTED : TERMINAL_OTHER_KEY;
}

// ---- the way from a trust point ----

static bool is_trusted(const struct cv_trust_points *points, struct str name)
{
    for (size_t i = 0; i < points->n; i++)
        if (str_eq(points->name[i], name))
            return true;
    return false;
}

// The nearest first: from the terminal's own towards those that issued. child[i] is the next on the
// way down; a certificate that was reached is not looked at again, so that no circle is walked.
struct search {
    size_t queue[TERMINAL_CERTIFICATES_MAX], child[TERMINAL_CERTIFICATES_MAX];
    bool reached[TERMINAL_CERTIFICATES_MAX];
    size_t n;
};

static void reach(struct search *s, size_t at, size_t child)
{
    if (s->reached[at])
        return;
    s->reached[at] = true;
    s->child[at] = child;
    s->queue[s->n++] = at;
}

size_t terminal_path(const struct terminal *t, const struct cv_trust_points *points,
                     const struct cv_certificate *path[TERMINAL_CERTIFICATES_MAX])
{
    struct search s = { .n = 0 };
    const size_t none = TERMINAL_CERTIFICATES_MAX;

    for (size_t i = 0; i < t->n; i++)
        if (t->is_own[i])
            reach(&s, i, none);
    for (size_t k = 0; k < s.n; k++) {
        const struct cv_certificate *c = &t->certificate[s.queue[k]];
        if (is_trusted(points, c->authority)) {
            size_t n = 0;
            for (size_t at = s.queue[k]; at != none; at = s.child[at])
                path[n++] = &t->certificate[at];
            return n;
        }
        for (size_t i = 0; i < t->n; i++)
            if (str_eq(t->certificate[i].holder, c->authority))
                reach(&s, i, s.queue[k]);
    }
    return 0;
}

uint8_t terminal_rights(const struct cv_certificate *const *path, size_t n)
{
    uint8_t rights = CV_RIGHT_DG3 | CV_RIGHT_DG4;

    for (size_t i = 0; i < n; i++)
        rights &= path[i]->rights;
    return n > 0 ? rights : 0;
}

// ---- the signature ----

// A.6.4.2: a salt as long as the hash, which the mask uses as well.
static bool set_padding(EVP_PKEY_CTX *ctx, const struct algorithm *a)
{
    if (!a->is_rsa)
        return true;
    if (!a->is_pss)
        return EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PADDING) == 1;
    return EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PSS_PADDING) == 1 &&
           EVP_PKEY_CTX_set_rsa_pss_saltlen(ctx, RSA_PSS_SALTLEN_DIGEST) == 1;
}

// BSI TR-03111, 5.2.1: both numbers filled up to the length of the order.
static bool put_plain(const EVP_PKEY *key, struct str der, struct bytes *out)
{
    uint8_t plain[2 * ORDER_MAX];
    const unsigned char *at = octets(der);
    BIGNUM *order = NULL;
    ECDSA_SIG *signature = d2i_ECDSA_SIG(NULL, &at, (long)der.n);

    bool good = signature != NULL &&
                EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_EC_ORDER, &order) == 1 &&
                BN_num_bytes(order) <= ORDER_MAX;
    int n = good ? BN_num_bytes(order) : 0;
    good = good && BN_bn2binpad(ECDSA_SIG_get0_r(signature), plain, n) == n &&
           BN_bn2binpad(ECDSA_SIG_get0_s(signature), plain + n, n) == n;
    if (good)
        bytes_put(out, plain, 2 * (size_t)n);
    ECDSA_SIG_free(signature);
    BN_free(order);
    return good && !out->failed;
}

bool terminal_sign(const struct terminal *t, struct str message, struct bytes *signature)
{
    EVP_MD_CTX *md = EVP_MD_CTX_new();
    EVP_PKEY_CTX *ctx; // md's
    struct bytes space = { 0 };
    size_t n = 0;

    bool good =
        md != NULL &&
        EVP_DigestSignInit_ex(md, &ctx, t->algorithm->hash, NULL, NULL, t->key, NULL) == 1 &&
        set_padding(ctx, t->algorithm) &&
        EVP_DigestSign(md, NULL, &n, octets(message), message.n) == 1 && bytes_reserve(&space, n) &&
        EVP_DigestSign(md, (unsigned char *)space.p, &n, octets(message), message.n) == 1;
    space.n = good ? n : 0;
    if (good && t->algorithm->is_rsa)
        bytes_put_str(signature, bytes_str(&space));
    else if (good)
        good = put_plain(t->key, bytes_str(&space), signature);
    bytes_free(&space);
    EVP_MD_CTX_free(md);
    return good && !signature->failed;
}
