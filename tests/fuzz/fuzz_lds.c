// SPDX-License-Identifier: MIT
// Any bytes as a file of the chip; the first byte chooses which. All slices lie inside the file,
// errors have a place in it, and what is said to be read is so.
#include "lds/com.h"
#include "lds/cv_certificate.h"
#include "lds/dg1.h"
#include "lds/dg11.h"
#include "lds/dg12.h"
#include "lds/dg13.h"
#include "lds/dg14.h"
#include "lds/dg15.h"
#include "lds/dg2.h"
#include "lds/sod.h"
#include "text/utf8.h"

#include "fuzz.h"

#include <stdlib.h>

static void require(bool condition)
{
    if (!condition)
        abort();
}

// NULL, or inside the file; an empty one too.
static void require_inside(struct str part, struct str file)
{
    uintptr_t from = (uintptr_t)part.p, start = (uintptr_t)file.p;
    require(part.p == NULL ? part.n == 0 : from >= start && from + part.n <= start + file.n);
}

static void require_error(bool ok, struct lds_error error, struct str file)
{
    require(ok ? error.fault == LDS_FINE
               : error.fault > LDS_FINE && error.fault < LDS_FAULT_COUNT && error.at <= file.n);
    require(lds_fault_name(error.fault) != NULL && lds_fault_sentence(error.fault) != NULL);
}

static bool fuzz_com(struct str file, struct lds_error *error)
{
    struct com out;
    bool ok = com_read(file, &out, error);
    require_inside(out.lds_version, file);
    require_inside(out.unicode_version, file);
    require_inside(out.tags, file);
    require(!ok || (out.lds_version.n == 4 && out.unicode_version.n == 6));
    return ok;
}

static bool fuzz_dg1(struct str file, struct lds_error *error)
{
    struct dg1 out;
    bool ok = dg1_read(file, &out, error);
    const struct str parts[] = { out.zone,        out.document_code, out.issuer,
                                 out.optional[0], out.optional[1],   out.document_number,
                                 out.nationality, out.document_rest, out.surname,
                                 out.given };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        require_inside(parts[i], file);
        require(i == 0 || parts[i].n == 0 || parts[i].p[parts[i].n - 1] != '<');
    }
    require(!ok || out.zone.n == 90 || out.zone.n == 72 || out.zone.n == 88);
    require(!ok || out.sex == 'M' || out.sex == 'F' || out.sex == '<');
    return ok;
}

static bool fuzz_dg2(struct str file, struct lds_error *error)
{
    struct dg2 out;
    bool ok = dg2_read(file, &out, error);
    require(out.n <= DG2_IMAGES_MAX);
    for (size_t i = 0; i < out.n; i++) {
        require_inside(out.image[i].bytes, file);
        require(out.image[i].bytes.n > 0 && out.image[i].bytes.p == file.p + out.image[i].at);
        require(dg2_format_ending(out.image[i].format) != NULL);
    }
    return ok;
}

static void check_details(const struct details *d, struct str file)
{
    require(d->n <= DETAILS_MAX);
    require_inside(d->tags, file);
    for (size_t i = 0; i < d->n; i++) {
        require_inside(d->at[i].value, file);
        require(d->at[i].at < file.n && details_find(d, d->at[i].tag) <= &d->at[i]);
    }
}

static bool fuzz_dg11(struct str file, struct lds_error *error)
{
    struct dg11 out;
    bool ok = dg11_read(file, &out, error);
    check_details(&out.details, file);
    return ok;
}

static bool fuzz_dg12(struct str file, struct lds_error *error)
{
    struct dg12 out;
    bool ok = dg12_read(file, &out, error);
    check_details(&out.details, file);
    return ok;
}

static void check_field(const struct dg13_field *f, struct str file)
{
    require_inside(f->text, file);
    require_inside(f->whole, file);
    require(f->listed <= DG13_LIST_MAX);
    require((f->state == DG13_ABSENT) == (f->whole.n == 0));
    require((f->state == DG13_TEXT) == (f->text.n > 0));
    require(utf8_is_valid(f->text));
    for (size_t i = 0; i < f->listed; i++)
        require_inside(f->list[i], file);
    for (size_t i = 0; i < f->listed && f->state == DG13_LIST; i++)
        require(utf8_is_valid(f->list[i]));
}

static bool fuzz_dg13(struct str file, struct lds_error *error)
{
    struct dg13 out;
    bool ok = dg13_read(file, &out, error);
    require_inside(out.text_oid, file);
    require(out.unknown_count <= DG13_UNKNOWN_MAX);
    for (size_t i = 0; ok && i < DG13_NUMBERS; i++)
        check_field(&out.field[i], file);
    for (size_t i = 0; i < out.unknown_count; i++) {
        require_inside(out.unknown[i].whole, file);
        require(out.unknown[i].number == 0 || out.unknown[i].number >= DG13_NUMBERS);
    }
    return ok;
}

static void check_infos(const struct security_infos *infos, struct str file)
{
    char space[64];
    require(infos->n <= SECURITY_INFOS_MAX);
    for (size_t i = 0; i < infos->n; i++) {
        const struct security_info *info = &infos->at[i];
        require_inside(info->oid, file);
        require_inside(info->whole, file);
        require_inside(info->public_key, file);
        require_inside(info->domain, file);
        require_inside(info->signature_oid, file);
        require(memchr(security_oid_name(info->oid, space), 0, sizeof space) != NULL);
        require((info->kind == SECURITY_PACE) ==
                (info->mapping != MAPPING_NONE && info->cipher != CIPHER_NONE));
        require((info->kind == SECURITY_CA_KEY) == (info->public_key.n > 0));
        require((info->kind == SECURITY_PACE_DOMAIN) == (info->domain.n > 0));
    }
}

static bool fuzz_dg14(struct str file, struct lds_error *error)
{
    struct dg14 out;
    bool ok = dg14_read(file, &out, error);
    require_inside(out.set, file);
    check_infos(&out.infos, file);
    return ok;
}

static bool fuzz_card_access(struct str file, struct lds_error *error)
{
    struct security_infos out;
    bool ok = security_infos_read(file, &out, error);
    check_infos(&out, file);
    return ok;
}

static bool fuzz_dg15(struct str file, struct lds_error *error)
{
    struct dg15 out;
    char space[64];
    bool ok = dg15_read(file, &out, error);
    require_inside(out.public_key, file);
    require_inside(out.algorithm, file);
    require(!ok || out.public_key.n > 0);
    security_oid_name(out.algorithm, space);
    return ok;
}

static bool fuzz_sod(struct str file, struct lds_error *error)
{
    struct sod out;
    bool ok = sod_read(file, &out, error);
    require_inside(out.cms, file);
    require_inside(out.content, file);
    require_inside(out.hash_oid, file);
    require(out.n <= SOD_HASHES_MAX && (!ok || out.cms.n > 0));
    for (size_t i = 0; i < out.n; i++) {
        require_inside(out.hash[i].hash, file);
        require(sod_find(&out, out.hash[i].data_group) == &out.hash[i]);
    }
    return ok;
}

static bool fuzz_cv_certificate(struct str file, struct lds_error *error)
{
    struct cv_certificate out;
    bool ok = cv_certificate_read(file, &out, error);
    const struct cv_public_key *k = &out.key;
    const struct str parts[] = { out.whole,     out.content, out.body,   out.signature,
                                 out.authority, out.holder,  k->oid,     k->prime,
                                 k->a,          k->b,        k->modulus, k->exponent,
                                 k->base,       k->order,    k->point,   k->cofactor };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        require_inside(parts[i], file);
    if (!ok)
        return false;
    require((k->modulus.n > 0) != (k->point.n > 0) && out.holder.n <= CV_REFERENCE_MAX);
    require(out.body.n + out.signature.n < out.content.n && out.content.n < file.n);
    require(date_is_day(out.effective) && date_is_real(out.expiry));
    require(out.is_inspection || out.rights == 0);
    struct bytes text = { 0 };
    cv_put_reference(&text, out.holder);
    require(utf8_is_valid(bytes_str(&text)));
    bytes_free(&text);
    return true;
}

static bool fuzz_trust_points(struct str file, struct lds_error *error)
{
    struct cv_trust_points out;
    bool ok = cv_trust_points_read(file, &out, error);
    for (size_t i = 0; ok && i < out.n; i++) {
        require_inside(out.name[i], file);
        require(out.name[i].n > 0 && out.name[i].n <= CV_REFERENCE_MAX);
    }
    require(!ok || out.n > 0);
    return ok;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bool (*const readers[])(struct str, struct lds_error *) = {
        fuzz_com,  fuzz_dg1,  fuzz_dg2, fuzz_dg11,        fuzz_dg12,           fuzz_dg13,
        fuzz_dg14, fuzz_dg15, fuzz_sod, fuzz_card_access, fuzz_cv_certificate, fuzz_trust_points,
    };
    struct lds_error error = { LDS_FAULT_COUNT, SIZE_MAX };
    if (size == 0)
        return 0;
    struct str file = { (const char *)data + 1, size - 1 };
    bool ok = readers[data[0] % (sizeof readers / sizeof *readers)](file, &error);
    require_error(ok, error, file);
    return 0;
}
