// SPDX-License-Identifier: MIT
// What a terminal proves its rights with (BSI TR-03110-3, C): CV certificates, and the private key
// of its own.
#ifndef CHIP_TERMINAL_H
#define CHIP_TERMINAL_H

#include "base/say.h"
#include "lds/cv_certificate.h"

// X(identifier, sentence)
#define TERMINAL_FAULTS(X)                                                                         \
    X(TERMINAL_FINE, N_("nothing is wrong"))                                                       \
    X(TERMINAL_NO_CERTIFICATE, N_("that is no card verifiable certificate"))                       \
    X(TERMINAL_TOO_MANY, N_("there are more certificates than a chain can have"))                  \
    X(TERMINAL_NO_KEY, N_("that is no private key, or it is encrypted"))                           \
    X(TERMINAL_OTHER_KEY, N_("the key belongs to no terminal's certificate of the chain"))         \
    X(TERMINAL_UNSUPPORTED, N_("the algorithm of the terminal's certificate is not supported"))    \
    X(TERMINAL_NO_MEMORY, N_("there was not enough memory"))

#define TERMINAL_ENUM(identifier, sentence) identifier,
enum terminal_fault { TERMINAL_FAULTS(TERMINAL_ENUM) TERMINAL_FAULT_COUNT };
#undef TERMINAL_ENUM

const char *terminal_fault_sentence(enum terminal_fault fault);

enum { TERMINAL_CERTIFICATES_MAX = 16, TERMINAL_FILE_MAX = 65536 };

struct terminal;

struct terminal *terminal_new(void);     // NULL when memory is short
void terminal_free(struct terminal **t); // the key is wiped

// One certificate or several, one after the other: DER, or base64 between lines of dashes.
enum terminal_fault terminal_add(struct terminal *t, struct str file);

// PKCS #8 or the algorithm's own form, DER or PEM.
enum terminal_fault terminal_set_key(struct terminal *t, struct str file);

// When all is there: whose certificate is the key's?
enum terminal_fault terminal_settle(struct terminal *t);

// The certificates that lead from one of the card's trust points to the terminal's own, in the
// order in which the card verifies them. Their number; 0 where there is no such way.
size_t terminal_path(const struct terminal *t, const struct cv_trust_points *points,
                     const struct cv_certificate *path[TERMINAL_CERTIFICATES_MAX]);

// What all of them allow.
uint8_t terminal_rights(const struct cv_certificate *const *path, size_t n);

// As TR-03110-3, A.6.4 has it: r and s of the order's length, or what RSA gives. False when the
// library fails.
bool terminal_sign(const struct terminal *t, struct str message, struct bytes *signature);

#endif
