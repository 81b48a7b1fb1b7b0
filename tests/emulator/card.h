// SPDX-License-Identifier: MIT
// The card: its files, its keys, and what it remembers between two commands.
#ifndef EMULATOR_CARD_H
#define EMULATOR_CARD_H

#include <openssl/evp.h>

#include "group.h"
#include "profile.h"
#include "ta.h"

// A command as ISO/IEC 7816-3, 12.1 has it.
struct command {
    uint8_t cla, ins, p1, p2;
    struct view data;
    uint32_t ne; // 0: no Le field
    bool extended;
};

enum directory { IN_MASTER_FILE, IN_APPLICATION };
enum file_right {
    RIGHT_FREE,
    RIGHT_AFTER_ACCESS,
    RIGHT_OF_FINGERS, // after Terminal Authentication
    RIGHT_OF_EYES,
    RIGHT_NEVER,
};

struct file {
    enum directory directory;
    uint16_t id;
    uint8_t short_id;
    enum file_right right;
    uint8_t *bytes;
    size_t n;
};

enum { FILES_MAX = 25 };

struct session {
    bool on;
    struct keys keys;
    uint8_t counter[BLOCK_MAX]; // SSC, of the cipher's block length
};

enum pace_step { PACE_IDLE, PACE_SET, PACE_NONCE, PACE_MAPPED, PACE_AGREED };

struct pace {
    enum pace_step step;
    const struct protocol *protocol;
    uint8_t reference; // 1 MRZ, 2 CAN
    uint8_t nonce[32];
    size_t n_nonce;
    struct group *group;
    BIGNUM *map_key, *key; // SK_Map,IC and SK_DH,IC
    struct buf own, peer;  // the ephemeral public keys
    struct keys keys;
};

struct counts {
    uint64_t apdus, bytes_in, bytes_out, pace_runs, bac_runs, ca_runs, aa_runs, ta_runs, wrong_keys;
    uint64_t ta_certificates; // verified
    uint64_t guarded;         // DG3 or DG4 asked for, allowed or not
};

struct card {
    struct profile profile;
    struct file file[FILES_MAX];
    size_t n_files;
    EVP_PKEY *ca_key, *aa_key, *cam_key;
    struct counts counts;
    uint32_t tries_left;

    // Gone with the power.
    uint32_t apdus; // since power-on
    bool powered;
    enum directory directory;
    const struct file *current;
    struct session session, next; // next: takes the place when the answer is out
    bool access;                  // files may be read
    bool has_challenge;
    uint8_t challenge[8]; // RND.IC
    struct pace pace;
    struct ta ta;
    const struct protocol *ca; // chosen with MSE:Set AT
    bool chaining;
    uint8_t chain_ins;
    struct buf chain;    // data of the commands before, of a chain
    struct buf leftover; // of the answer, for GET RESPONSE
    size_t leftover_at;

    struct buf plain, answer; // of the command at hand
};

// The folder's files and keys. False with a message.
bool card_load(struct card *c, const char *folder);
void card_free(struct card *c);

void card_power(struct card *c, bool on);

enum transmit { TRANSMIT_ANSWER, TRANSMIT_LOST, TRANSMIT_MUTE };

enum transmit card_transmit(struct card *c, struct view in, struct buf *out);

// Random bytes, or those that the profile fixes.
bool card_random(struct card *c, uint8_t *out, size_t n);

// ---- commands: the status word; what they answer is put into out ----

// How many data bytes the answer may have.
struct allowance {
    uint32_t ne;   // what the command asks for
    bool any;      // it asked for all there is
    uint32_t room; // what fits into one answer on the wire
};

uint16_t files_select(struct card *c, const struct command *cmd);
uint16_t files_read(struct card *c, const struct command *cmd, struct allowance a, struct buf *out);
uint16_t files_read_odd(struct card *c, const struct command *cmd, struct allowance a,
                        struct buf *out);

uint16_t bac_challenge(struct card *c, const struct command *cmd, struct buf *out);
uint16_t bac_authenticate(struct card *c, const struct command *cmd, struct buf *out);

uint16_t pace_set(struct card *c, struct view data);
uint16_t pace_step(struct card *c, struct view dynamic, bool last, struct buf *out);
void pace_reset(struct pace *p);

uint16_t ca_set(struct card *c, struct view data);
uint16_t ca_set_kat(struct card *c, struct view data);
uint16_t ca_authenticate(struct card *c, struct view dynamic, struct buf *out);

// Where PACE, BAC and Chip Authentication end: what Terminal Authentication signs of them.
void ta_after_pace(struct card *c, bool ec, struct view own);
void ta_after_bac(struct card *c, const char *information);
void ta_after_ca(struct card *c, bool ec, struct view peer);
void ta_reset(struct ta *t);
bool ta_is_offered(const struct card *c);

uint16_t ta_set_dst(struct card *c, struct view data);
uint16_t ta_verify(struct card *c, struct view content);
uint16_t ta_set_at(struct card *c, struct view data);
uint16_t ta_challenge(struct card *c, const struct command *cmd, struct buf *out);
uint16_t ta_authenticate(struct card *c, const struct command *cmd);

// EF.CVCA, from the trust points (TR-03110-3, A.3.1).
void ta_file_write(struct card *c);

uint16_t aa_sign(struct card *c, struct view challenge, struct buf *out);

// The wrong key was tried: counts, waits, and gives the status word.
uint16_t key_wrong(struct card *c);

// The part of the zone that keys are made of: document number, birth, expiry with check digits.
bool mrz_information(const char *mrz, char out[64]);

#endif
