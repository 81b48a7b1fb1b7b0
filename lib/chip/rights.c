// SPDX-License-Identifier: MIT
#include "chip/rights.h"

#include "base/wipe.h"

void rights_keep_key(struct rights *r, const struct proof *chip_auth)
{
    bytes_free(&r->key);
    if (r->terminal != NULL && !chip_auth_key(chip_auth, &r->key))
        bytes_free(&r->key);
}

// That the chip is genuine it has shown before, or somebody else tells: here, what fails is a card
// that was moved.
static struct chip_error authenticate_chip(struct rights *r, struct channel *c,
                                           const struct security_infos *dg14)
{
    struct proof proof = { .kind = PROOF_NONE };
    struct chip_error error = chip_auth_run(c, dg14, &proof);

    if (error.code == CHIP_OK)
        rights_keep_key(r, &proof);
    else if (error.code == CHIP_NOT_GENUINE)
        error = chip_refused(CHIP_ACCESS, error.sw, error.step);
    proof_free(&proof);
    return error;
}

struct chip_error rights_prove(struct rights *r, struct channel *c,
                               const struct security_infos *dg14, struct proof *out)
{
    struct chip_error error = chip_ok();

    *out = (struct proof){ .kind = PROOF_TERMINAL_AUTH };
    if (r->key.n == 0)
        error = authenticate_chip(r, c, dg14);
    if (error.code == CHIP_UNSUPPORTED || (error.code == CHIP_OK && r->key.n == 0))
        error = chip_fail(CHIP_TA_IMPOSSIBLE, "TA: Chip Authentication");
    if (error.code != CHIP_OK)
        return error;
    struct terminal_auth auth = { .terminal = r->terminal,
                                  .dg14 = dg14,
                                  .chip_id = { (const char *)r->chip_id.bytes, r->chip_id.length },
                                  .key = bytes_str(&r->key) };
    error = terminal_auth_run(c, &auth, out);
    r->granted = auth.rights;
    r->needed = error.code == CHIP_OK;
    return error;
}

void rights_forget(struct rights *r)
{
    bytes_free(&r->key);
    wipe(&r->chip_id, sizeof r->chip_id);
    r->granted = 0;
}

bool rights_allow(const struct rights *r, enum lds_file file)
{
    return (r->granted & (file == LDS_DG3 ? CV_RIGHT_DG3 : CV_RIGHT_DG4)) != 0;
}
