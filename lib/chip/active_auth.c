// SPDX-License-Identifier: MIT
// Active Authentication (ICAO Doc 9303-11, 6.1): RSA with message recovery (ISO/IEC 9796-2, digital
// signature scheme 1) and ECDSA.
#include "chip/genuine.h"

#include "base/wipe.h"
#include "chip/agree_key.h"
#include "chip/crypto.h"
#include "chip/random.h"
#include "tlv/tlv.h"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

enum {
    CHALLENGE = 8,
    INS_INTERNAL_AUTHENTICATE = 0x88,
    RSA_BYTES_MAX = 2048,
    SIGNATURE_MAX = 2 * RSA_BYTES_MAX,
};

static const char step_key[] = "AA: ActiveAuthenticationPublicKeyInfo";
static const char step_send[] = "AA: INTERNAL AUTHENTICATE";
static const char step_verify[] = "AA: signature";

// ---- RSA: what the signature holds ----

struct trailer_row {
    uint8_t id; // ISO/IEC 10118-3, in front of CC
    const char *hash;
    size_t length;
};

static const struct trailer_row trailers[] = {
    { 0x33, "SHA-1", 20 },       { 0x34, "SHA-256", 32 }, { 0x35, "SHA-512", 64 },
    { 0x36, "SHA-384", 48 },     { 0x38, "SHA-224", 28 }, { 0x39, "SHA-512/224", 28 },
    { 0x3A, "SHA-512/256", 32 },
};

// The parts of the recovered message representative: header and padding, M1, hash, trailer.
struct recovered {
    struct str m1, digest;
    const char *hash;
};

// ISO/IEC 9796-2, 8.1.3: the trailer BC means SHA-1 here (9303-11, 6.1.2.2), xxCC names the hash.
static const struct trailer_row *trailer_of(struct str f, size_t *length)
{
    const uint8_t *end = octets(f) + f.n;

    *length = 1;
    if (f.n > 2 && end[-1] == 0xBC)
        return &trailers[0];
    *length = 2;
    for (size_t i = 0; f.n > 2 && end[-1] == 0xCC && i < sizeof trailers / sizeof *trailers; i++)
        if (trailers[i].id == end[-2])
            return &trailers[i];
    return NULL;
}

// Where M1 begins: after 6A, or 6B BB .. BA. The bits in front of the padding must tell a partial
// recovery: in a total one the challenge would not be what was signed. 0: no header.
static size_t header_length(struct str f)
{
    size_t n = 0;

    if (f.n == 0 || octets(f)[0] >> 4 != 0x6)
        return 0;
    if ((octets(f)[0] & 0x0F) == 0x0A)
        return 1;
    if ((octets(f)[0] & 0x0F) != 0x0B)
        return 0;
    for (n = 1; n < f.n && octets(f)[n] == 0xBB; n++)
        ;
    return n < f.n && octets(f)[n] == 0xBA ? n + 1 : 0;
}

static bool split(struct str f, struct recovered *out)
{
    size_t tail = 0, head = header_length(f);
    const struct trailer_row *row = trailer_of(f, &tail);

    if (head == 0 || row == NULL || f.n < head + row->length + tail)
        return false;
    out->hash = row->hash;
    out->digest = (struct str){ f.p + f.n - tail - row->length, row->length };
    out->m1 = (struct str){ f.p + head, f.n - tail - row->length - head };
    return true;
}

static bool digest_is(const struct recovered *r, struct str challenge)
{
    uint8_t hash[CRYPTO_HASH_MAX];
    struct bytes message = { 0 };

    bytes_put_str(&message, r->m1);
    bytes_put_str(&message, challenge);
    bool same = !message.failed && crypto_hash(r->hash, bytes_str(&message), hash) == r->digest.n &&
                crypto_same(hash, r->digest.p, r->digest.n);
    bytes_free(&message);
    return same;
}

// ---- RSA: opening the signature ----

static bool open_signature(EVP_PKEY *key, struct str signature, struct bytes *out)
{
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(key, NULL);
    size_t n = (size_t)EVP_PKEY_get_size(key);

    bool good =
        ctx != NULL && bytes_reserve(out, n) && EVP_PKEY_encrypt_init(ctx) == 1 &&
        EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_NO_PADDING) == 1 &&
        EVP_PKEY_encrypt(ctx, (unsigned char *)out->p, &n, octets(signature), signature.n) == 1;
    out->n = good ? n : 0;
    EVP_PKEY_CTX_free(ctx);
    return good;
}

// ISO/IEC 9796-2, B.6: the smaller of a signature and its complement may have been sent. The
// representative ends with C, and of both only one can.
static bool complement(EVP_PKEY *key, struct bytes *f)
{
    BIGNUM *n = NULL, *value = BN_bin2bn((unsigned char *)f->p, (int)f->n, NULL);

    if (f->n > 0 && (f->p[f->n - 1] & 0x0F) == 0x0C) {
        BN_free(value);
        return true;
    }
    bool good = value != NULL && EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &n) == 1 &&
                BN_sub(value, n, value) == 1 &&
                BN_bn2binpad(value, (unsigned char *)f->p, (int)f->n) >= 0;
    BN_free(value);
    BN_free(n);
    return good;
}

// The name of the hash; NULL: it does not hold.
static const char *verify_rsa(EVP_PKEY *key, struct str challenge, struct str signature)
{
    struct bytes f = { 0 };
    struct recovered parts;
    const char *hash = NULL;

    if (signature.n == (size_t)EVP_PKEY_get_size(key) && open_signature(key, signature, &f) &&
        complement(key, &f) && split(bytes_str(&f), &parts) && digest_is(&parts, challenge))
        hash = parts.hash;
    bytes_free(&f);
    return hash;
}

static EVP_PKEY *rsa_key(struct str info)
{
    const unsigned char *p = octets(info);
    EVP_PKEY *key = info.n <= SIGNATURE_MAX ? d2i_PUBKEY(NULL, &p, (long)info.n) : NULL;

    if (key != NULL && (p != octets(info) + info.n || EVP_PKEY_is_a(key, "RSA") != 1 ||
                        EVP_PKEY_get_size(key) > RSA_BYTES_MAX)) {
        EVP_PKEY_free(key);
        key = NULL;
    }
    return key;
}

// ---- ECDSA ----

struct hash_row {
    const char *hash;
    size_t length;
    const char *plain; // ecdsa-plain-... of BSI TR-03111, 5.2.1.1
    const char *x962;  // of RFC 5758
};

static const struct hash_row hashes[] = {
    { "SHA-1", 20, "\x04\x00\x7F\x00\x07\x01\x01\x04\x01\x01", "\x2A\x86\x48\xCE\x3D\x04\x01" },
    { "SHA-224", 28, "\x04\x00\x7F\x00\x07\x01\x01\x04\x01\x02",
      "\x2A\x86\x48\xCE\x3D\x04\x03\x01" },
    { "SHA-256", 32, "\x04\x00\x7F\x00\x07\x01\x01\x04\x01\x03",
      "\x2A\x86\x48\xCE\x3D\x04\x03\x02" },
    { "SHA-384", 48, "\x04\x00\x7F\x00\x07\x01\x01\x04\x01\x04",
      "\x2A\x86\x48\xCE\x3D\x04\x03\x03" },
    { "SHA-512", 64, "\x04\x00\x7F\x00\x07\x01\x01\x04\x01\x05",
      "\x2A\x86\x48\xCE\x3D\x04\x03\x04" },
};

enum { HASHES = sizeof hashes / sizeof *hashes, PLAIN_OID = 10 };

// What DG14 names, else the longest that the order of the curve holds whole (6.1.2.3). NULL: DG14
// names another one.
static const char *ecdsa_hash(const struct security_infos *dg14, size_t order_bits)
{
    const char *fitting = hashes[0].hash;

    for (size_t i = 0; dg14 != NULL && i < dg14->n; i++) {
        struct str oid = dg14->at[i].signature_oid;
        if (dg14->at[i].kind != SECURITY_AA)
            continue;
        for (size_t h = 0; h < HASHES; h++)
            if (str_eq(oid, (struct str){ hashes[h].plain, PLAIN_OID }) ||
                str_eq(oid, str_of(hashes[h].x962)))
                return hashes[h].hash;
        return NULL;
    }
    for (size_t h = 0; h < HASHES; h++)
        if (8 * hashes[h].length <= order_bits)
            fitting = hashes[h].hash;
    return fitting;
}

// r and s one after the other, each as long as the order; DER is not what 6.1.2.3 asks for, but is
// met with.
static ECDSA_SIG *read_signature(struct str signature, size_t half)
{
    const unsigned char *p = octets(signature);
    ECDSA_SIG *sig;
    BIGNUM *r, *s;

    if (signature.n != 2 * half) {
        sig = signature.n <= SIGNATURE_MAX ? d2i_ECDSA_SIG(NULL, &p, (long)signature.n) : NULL;
        if (sig != NULL && p != octets(signature) + signature.n) {
            ECDSA_SIG_free(sig);
            sig = NULL;
        }
        return sig;
    }
    sig = ECDSA_SIG_new();
    r = BN_bin2bn(p, (int)half, NULL);
    s = BN_bin2bn(p + half, (int)half, NULL);
    if (sig != NULL && r != NULL && s != NULL && ECDSA_SIG_set0(sig, r, s) == 1)
        return sig;
    ECDSA_SIG_free(sig);
    BN_free(r);
    BN_free(s);
    return NULL;
}

// Always on a curve of OpenSSL's own, whatever parameters the card's key came with.
static EVP_PKEY *ecdsa_key(const struct public_key *key)
{
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME,
                                         (char *)domain_curve_name(key->domain->id), 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, key->element.p, key->element.n),
        OSSL_PARAM_construct_end(),
    };
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
    EVP_PKEY *out = NULL;

    if (ctx == NULL || EVP_PKEY_fromdata_init(ctx) != 1 ||
        EVP_PKEY_fromdata(ctx, &out, EVP_PKEY_PUBLIC_KEY, params) != 1)
        out = NULL;
    EVP_PKEY_CTX_free(ctx);
    return out;
}

static bool verify_der(EVP_PKEY *key, struct str digest, const unsigned char *der, int n)
{
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(key, NULL);
    bool good = ctx != NULL && EVP_PKEY_verify_init(ctx) == 1 &&
                EVP_PKEY_verify(ctx, der, (size_t)n, octets(digest), digest.n) == 1;
    EVP_PKEY_CTX_free(ctx);
    return good;
}

static bool verify_ecdsa(const struct public_key *key, const char *hash, struct str challenge,
                         struct str signature)
{
    uint8_t digest[CRYPTO_HASH_MAX];
    size_t length = crypto_hash(hash, challenge, digest);
    ECDSA_SIG *sig = read_signature(signature, (size_t)BN_num_bytes(key->domain->q));
    EVP_PKEY *pkey = sig != NULL ? ecdsa_key(key) : NULL;
    unsigned char *der = NULL;
    int n = sig != NULL ? i2d_ECDSA_SIG(sig, &der) : 0;

    bool good =
        length > 0 && pkey != NULL && n > 0 && verify_der(pkey, str_octets(digest, length), der, n);
    OPENSSL_free(der);
    EVP_PKEY_free(pkey);
    ECDSA_SIG_free(sig);
    return good;
}

// ---- one judgement for both ----

struct signer {
    EVP_PKEY *rsa;
    struct public_key ec;
};

static bool is_rsa(struct str info)
{
    static const char oid[] = "\x2A\x86\x48\x86\xF7\x0D\x01\x01\x01"; // rsaEncryption
    struct tlv_reader r = tlv_reader_of(info);
    struct tlv element;

    // SubjectPublicKeyInfo, AlgorithmIdentifier, its first element
    if (!tlv_expect(&r, 0x30, &element))
        return false;
    r = tlv_inside(&element);
    if (!tlv_expect(&r, 0x30, &element))
        return false;
    r = tlv_inside(&element);
    return tlv_expect(&r, 0x06, &element) &&
           str_eq(element.value, (struct str){ oid, sizeof oid - 1 });
}

static enum chip_code signer_read(struct str info, struct signer *out)
{
    *out = (struct signer){ .rsa = NULL };
    if (is_rsa(info)) {
        out->rsa = rsa_key(info);
        return out->rsa != NULL ? CHIP_OK : CHIP_PARAMETERS;
    }
    enum chip_code code = public_key_read(info, &out->ec);
    if (code == CHIP_OK && out->ec.domain->kind != AGREEMENT_ECDH) {
        public_key_free(&out->ec);
        code = CHIP_UNSUPPORTED;
    }
    return code;
}

static void signer_free(struct signer *s)
{
    EVP_PKEY_free(s->rsa);
    public_key_free(&s->ec);
}

static size_t signature_length(const struct signer *s)
{
    return s->rsa != NULL ? (size_t)EVP_PKEY_get_size(s->rsa)
                          : 2 * (size_t)BN_num_bytes(s->ec.domain->q);
}

// With ECDSA, *hash says what to use; with RSA the signature does, and *hash is set.
static bool verify(const struct signer *s, struct str challenge, struct str signature,
                   const char **hash)
{
    if (s->rsa == NULL)
        return verify_ecdsa(&s->ec, *hash, challenge, signature);
    const char *named = verify_rsa(s->rsa, challenge, signature);
    if (named != NULL)
        *hash = named;
    return named != NULL;
}

static bool keep(struct proof *p, struct str public_key, struct str challenge, struct str signature,
                 const char *hash)
{
    return proof_add(p, "public_key", public_key) && proof_add(p, "challenge", challenge) &&
           proof_add(p, "signature", signature) && proof_add(p, "hash", str_of(hash));
}

// ---- asking the chip ----

static struct chip_error ask(struct channel *c, struct str challenge, uint32_t ne,
                             struct answer *answer)
{
    const struct apdu command = { .ins = INS_INTERNAL_AUTHENTICATE, .data = challenge, .ne = ne };
    return channel_send(c, &command, answer);
}

// A signature that does not fit a short answer is asked for with extended length. There are chips
// that then answer nothing, but give it in parts.
static struct chip_error ask_both_ways(struct channel *c, struct str challenge, size_t length,
                                       struct answer *answer)
{
    uint32_t room = c->sm != NULL ? sm_payload(c->sm, APDU_NE_SHORT) : APDU_NE_SHORT;

    if (!c->extended || length <= room)
        return ask(c, challenge, APDU_NE_SHORT, answer);
    struct chip_error error = ask(c, challenge, APDU_NE_EXTENDED, answer);
    if (error.code != CHIP_OK || (answer->sw == SW_OK && answer->data.n > 0))
        return error;
    answer_free(answer);
    return ask(c, challenge, APDU_NE_SHORT, answer);
}

static struct chip_error judge(const struct signer *s, struct str public_key, struct str challenge,
                               const struct answer *answer, const char *hash, struct proof *out)
{
    if (answer->sw != SW_OK)
        return chip_refused(CHIP_NOT_GENUINE, answer->sw, step_send);
    out->holds = verify(s, challenge, bytes_str(&answer->data), &hash);
    snprintf(out->algorithm, sizeof out->algorithm, "%s with %s",
             s->rsa != NULL ? "ISO/IEC 9796-2 (RSA)" : "ECDSA", hash);
    if (!keep(out, public_key, challenge, bytes_str(&answer->data), hash)) {
        out->holds = false;
        return chip_fail(CHIP_NO_MEMORY, step_verify);
    }
    return out->holds ? chip_ok() : chip_fail(CHIP_NOT_GENUINE, step_verify);
}

static struct chip_error run(struct channel *c, const struct signer *s, struct str public_key,
                             const struct security_infos *dg14, struct proof *out)
{
    uint8_t challenge[CHALLENGE];
    struct str rnd = str_octets(challenge, sizeof challenge);
    struct answer answer = { 0 };
    const char *hash =
        s->rsa != NULL ? "SHA-1" : ecdsa_hash(dg14, (size_t)BN_num_bits(s->ec.domain->q));

    if (hash == NULL)
        return chip_fail(CHIP_UNSUPPORTED, step_key);
    if (!chip_random(challenge, sizeof challenge))
        return chip_fail(CHIP_CRYPTO, step_send);
    struct chip_error error = ask_both_ways(c, rnd, signature_length(s), &answer);
    if (error.code == CHIP_OK)
        error = judge(s, public_key, rnd, &answer, hash, out);
    answer_free(&answer);
    return error;
}

struct chip_error active_auth_run(struct channel *c, struct str public_key,
                                  const struct security_infos *dg14, struct proof *out)
{
    struct signer signer;
    enum chip_code code = signer_read(public_key, &signer);

    *out = (struct proof){ .kind = PROOF_ACTIVE_AUTH };
    if (code != CHIP_OK)
        return chip_fail(code, step_key);
    struct chip_error error = run(c, &signer, public_key, dg14, out);
    signer_free(&signer);
    return error;
}

// The row of the hash that a transcript names; NULL: none that may be.
static const char *hash_named(struct str name)
{
    for (size_t i = 0; i < HASHES; i++)
        if (str_eq(name, str_of(hashes[i].hash)))
            return hashes[i].hash;
    return NULL;
}

struct chip_error active_auth_verify(struct proof *proof)
{
    struct str challenge = proof_item(proof, "challenge");
    const char *hash = hash_named(proof_item(proof, "hash"));
    struct signer signer;

    proof->holds = false;
    if (proof->kind != PROOF_ACTIVE_AUTH)
        return chip_fail(CHIP_UNSUPPORTED, step_verify);
    enum chip_code code = signer_read(proof_item(proof, "public_key"), &signer);
    if (code != CHIP_OK)
        return chip_fail(code, step_key);
    proof->holds = challenge.n == CHALLENGE && (signer.rsa != NULL || hash != NULL) &&
                   verify(&signer, challenge, proof_item(proof, "signature"), &hash);
    signer_free(&signer);
    return proof->holds ? chip_ok() : chip_fail(CHIP_NOT_GENUINE, step_verify);
}
