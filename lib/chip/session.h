// SPDX-License-Identifier: MIT
// A card read from its first command to its last: access, files, proofs that the chip is genuine,
// and all of it again from where it broke off when the card was moved.
#ifndef CHIP_SESSION_H
#define CHIP_SESSION_H

#include "chip/access.h"
#include "chip/files.h"
#include "chip/rights.h"

#define SESSION_BIT(file) (1u << (file))

enum session_access { SESSION_ACCESS_ANY, SESSION_ACCESS_PACE, SESSION_ACCESS_BAC };

enum { SESSION_KEYS_MAX = 8, SESSION_PROOFS_MAX = 4 };

// What happens, for people who wait.
struct session_watch {
    // At each step, in the standards' words; file and its bytes where one is read.
    void (*step)(void *ctx, const char *step);
    void (*file)(void *ctx, enum lds_file file, size_t done, size_t total);
    bool (*stop)(void *ctx); // true: break off
    void *ctx;
};

struct session_options {
    enum session_access access;
    const struct access_key *key; // the likeliest first
    size_t keys;
    uint32_t files; // SESSION_BITs that are wanted; 0: all that EF.COM lists
    // For fingers and eyes, which are not asked for without; NULL: none. Goes with proofs.
    const struct terminal *terminal;
    bool short_only;  // no command of extended length
    bool no_proofs;   // neither Chip nor Active Authentication
    bool last_tries;  // also when the card counts fewer than two remaining attempts
    unsigned retries; // how often a card that went away is begun again
    struct session_watch watch;
};

struct session_file {
    bool asked;
    bool listed;             // in EF.COM
    struct chip_error error; // CHIP_OK: it is whole
    struct bytes content;    // what was read, whole or not
};

struct session {
    const char *access;     // "PACE" or "BAC"; NULL: never opened
    char protocol[64];      // the standard's name
    enum access_kind key;   // that opened it
    size_t key_at;          // which of the keys given
    bool card_access_known; // EF.CardAccess could not be read: the known one was taken
    struct session_file file[LDS_FILE_COUNT];
    struct proof proof[SESSION_PROOFS_MAX];
    struct chip_error proof_error[SESSION_PROOFS_MAX];
    size_t proofs;
    unsigned restarts; // after the card was lost
    uint32_t block;    // bytes of a file at once, as found out
    struct channel_counts counts;
};

// What is read is kept also when it ends in an error. session_free() in any case.
struct chip_error session_read(struct card *card, const struct session_options *how,
                               struct session *out);

void session_free(struct session *s);

#endif
