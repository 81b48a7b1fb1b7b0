// SPDX-License-Identifier: MIT
// Any line as a payload: whatever comes of it is a sound record, and masked it tells nobody.
#include "check.h"
#include "payload/payload.h"
#include "person/mask.h"

static const char *first_digits(struct str s, size_t n)
{
    for (size_t i = 0, run = 0; i < s.n; i++) {
        run = char_is_digit(s.p[i]) ? run + 1 : 0;
        if (run == n)
            return s.p + i + 1 - n;
    }
    return NULL;
}

static void check_facts(const struct record *r)
{
    require(r->id.n == 0 || (r->id.n == ID_LENGTH && str_is_digits(r->id)));
    require(r->old_id.n == 0 || str_is_digits(r->old_id));
    require(utf8_is_valid(r->name) && utf8_is_valid(r->residence));
    require(!date_is_set(r->birth_date) || date_is_real(r->birth_date));
    require(!date_is_set(r->issue_date) || (date_is_real(r->issue_date) && r->issue_date.day > 0));
    require(r->extra_count <= RECORD_EXTRA_MAX && r->problem_count <= RECORD_PROBLEM_MAX);
    if (r->derived.has_expiry && date_is_set(r->derived.expiry.candidate[0].date))
        require(date_compare(r->derived.expiry.candidate[0].date, r->issue_date) >= 0);
}

// No number may be seen in a masked record but in its residence, which is not masked.
static void check_masked(struct arena *arena, struct record *r)
{
    struct bytes out = { 0 };
    struct str id = r->id, old_id = r->old_id;

    record_mask(r, arena);
    r->residence = STR("");
    wire_put_record(&out, r, as_it_is);
    json_decref(json_of(bytes_str(&out)));
    require(!holds(bytes_str(&out), id) && !holds(bytes_str(&out), old_id));
    require(first_digits(bytes_str(&out), OLD_ID_LENGTH) == NULL);
    bytes_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = { 0 };
    struct str text = { (const char *)data, size }, rest = text;
    static struct record r;

    for (unsigned part = 0; rest.n > 0; part++) {
        text = rest;
        enum payload_kind kind = payload_read(&arena, text, &r, &rest);
        require(rest.n < text.n);
        if (kind != PAYLOAD_CARD) {
            require(rest.n == 0);
            break;
        }
        check_facts(&r);
        require_same_when_read(&arena, &r);
        check_masked(&arena, &r);
    }
    arena_free(&arena);
    return 0;
}
