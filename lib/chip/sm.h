// SPDX-License-Identifier: MIT
// Secure messaging (ICAO Doc 9303-11, 9.8): every command encrypted and with a checksum, every
// answer's checksum verified before anything of it is believed.
#ifndef CHIP_SM_H
#define CHIP_SM_H

#include "chip/apdu.h"
#include "lds/security_infos.h"

struct sm;

// The counter begins at `counter` (BAC: eight bytes of the two nonces), or at zero where that is
// empty. NULL when memory is short or the keys have not the cipher's length.
struct sm *sm_new(enum security_cipher cipher, struct str key_enc, struct str key_mac,
                  struct str counter);

// Wiped.
void sm_free(struct sm **sm);

enum security_cipher sm_cipher(const struct sm *sm);

// The most data bytes that an answer can carry when protected, with ne as its limit on the wire.
uint32_t sm_payload(const struct sm *sm, uint32_t ne);

// The protected command; its data stands in *storage.
struct chip_error sm_protect(struct sm *sm, const struct apdu *plain, struct apdu *out,
                             struct bytes *storage);

// Verifies the protected answer to the last command and puts what it holds in its place. The
// counter goes on in any case; after an error the session is of no more use.
struct chip_error sm_open(struct sm *sm, struct answer *inout);

#endif
