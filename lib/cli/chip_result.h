// SPDX-License-Identifier: MIT
// From a card that was read to what is told of it and kept.
#ifndef CLI_CHIP_RESULT_H
#define CLI_CHIP_RESULT_H

#include "chip/session.h"
#include "cli/chip_evidence.h"

// The session's contents are not copied: it must outlive the evidence.
void chip_result_make(struct arena *arena, const struct session *session, const struct card *card,
                      struct chip_error error, struct evidence *out);

// The faces in DG2, as pictures to be kept and named.
void chip_result_add_images(struct arena *arena, struct evidence *e);

const char *chip_proof_name(enum proof_kind kind);

#endif
