// SPDX-License-Identifier: MIT
// What kind of card it is: lines of key=value, in the folder and on the command line.
#ifndef EMULATOR_PROFILE_H
#define EMULATOR_PROFILE_H

#include "cipher.h"

enum mapping { MAP_GM, MAP_IM, MAP_CAM };

// A line of PACE or Chip Authentication: its protocol's OID and what that means.
struct protocol {
    uint8_t oid[10]; // the value, without tag and length
    bool ec;
    enum mapping mapping;
    enum cipher cipher;
    unsigned parameter; // PACE: id of the standardised domain
};

enum card_access {
    ACCESS_FILE_REAL,     // readable in the master file
    ACCESS_FILE_CONSTANT, // the bytes of Vietnam's cards; 6982 once the application is selected
    ACCESS_FILE_REFUSED_LATER, // as real, but 6982 once the application is selected
    ACCESS_FILE_REFUSED,       // 6982 always
    ACCESS_FILE_ABSENT,        // 6A82 always
};

enum at_end { AT_END_6282, AT_END_9000, AT_END_6CXX, AT_END_6B00 };
enum too_long { TOO_LONG_LESS, TOO_LONG_6700, TOO_LONG_6CXX, TOO_LONG_CHAIN };

enum fault_kind {
    FAULT_LOST,
    FAULT_WRONG_MAC,
    FAULT_PLAIN_ANSWER,
    FAULT_SHORT_ANSWER,
    FAULT_GARBAGE,
    FAULT_MUTE,
    FAULT_SW,
    FAULT_SLOW,
};

struct fault {
    uint32_t at; // the n-th APDU since power-on, from 1
    enum fault_kind kind;
    uint32_t value; // the status word; milliseconds
    bool always;    // at each power-on, not only once
    bool done;
};

enum { PROTOCOLS_MAX = 8, FAULTS_MAX = 16, NAMES_MAX = 128 };

struct profile {
    char can[33], mrz[100];
    bool has_pace, has_bac, mf, extended, no_short_ids, plain_refusals;
    struct protocol pace[PROTOCOLS_MAX], ca[PROTOCOLS_MAX];
    size_t n_pace, n_ca;
    int ca_key_id; // -1: none
    char aa[16], aa_hash[16];
    enum card_access card_access;
    enum at_end at_end;
    enum too_long too_long;
    uint16_t sm_missing; // the answer to a plain command within a session
    uint32_t max_answer;
    uint32_t tries; // 0: not counted
    uint32_t delay_us, wrong_delay_ms, bitrate;
    uint32_t lost_ms; // how long a lost card is away: pcscd must see it gone, which takes 0.3 s
    uint32_t mute_ms; // how long a mute card is waited for
    char trust[64]; // a file in the folder: certificates of Terminal Authentication's trust points
    uint32_t date;  // the card's, yymmdd; 0: that of its trust points
    char absent[NAMES_MAX], refused[NAMES_MAX]; // names of files, with commas
    struct buf *atr;
    struct buf *fixed_random; // for worked examples: used up before real random bytes
    size_t random_at;
    struct buf *password_key; // for worked examples: K_pi, where the password is not known
    struct fault fault[FAULTS_MAX];
    size_t n_fault;
};

// Vietnam's card.
bool profile_init(struct profile *p);
void profile_free(struct profile *p);

// False when there is no such key or value.
bool profile_set(struct profile *p, const char *key, const char *value);

// "key=value"; empty lines and those that begin with # are passed over. False with a message.
bool profile_load(struct profile *p, const char *path);

bool name_in(const char *list, const char *name);

#endif
