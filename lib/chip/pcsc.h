// SPDX-License-Identifier: MIT
// Card readers through PC/SC (pcsc-lite). What a call to the service cannot bound itself is bounded
// here: a reader that never answers costs the time-out and no more.
//
// Names, serial numbers and the like come from outside and are not to be trusted.
#ifndef CHIP_PCSC_H
#define CHIP_PCSC_H

#include "chip/card.h"

enum { PCSC_READERS_MAX = 16, PCSC_NAME_SIZE = 128, PCSC_TIMEOUT_MS = 30000 };

// What opens access may take longer: after wrong keys cards wait before they answer, the longer the
// more wrong ones there were.
enum { PCSC_ACCESS_TIMEOUT_MS = 120000, PCSC_SLOW_MS = 1500 };

// What lies there, as far as its ATR tells (PC/SC part 3, 3.1.3.2.3).
enum pcsc_card_kind {
    PCSC_CARD_NONE,
    PCSC_CARD_CONTACT,
    PCSC_CARD_CONTACTLESS,
    PCSC_CARD_STORAGE, // a memory card (MIFARE Classic, a tag): never an identity document
};

enum pcsc_card_kind pcsc_card_kind(struct str atr);

struct pcsc_reader {
    char name[PCSC_NAME_SIZE];
    bool present;   // a card lies there
    bool mute;      // ... and does not answer
    bool exclusive; // another program has it for itself
    bool in_use;    // another program is connected
    bool gone;      // the driver does not find it any more; soon it is not in the list
    uint8_t atr[33];
    size_t atr_length;
    enum pcsc_card_kind kind;
};

struct pcsc_readers {
    struct pcsc_reader reader[PCSC_READERS_MAX];
    size_t n;
};

// All of it optional: empty and zero where the driver does not tell.
struct pcsc_details {
    char vendor[64], serial[64], version[16], friendly[64];
    uint16_t vendor_id, product_id; // USB
    bool tells_longest;
    uint32_t longest; // bytes in the data of a command; 0: short form only
};

struct pcsc;

// The service is spoken to when something is asked of it.
struct chip_error pcsc_new(struct pcsc **out);
void pcsc_free(struct pcsc **p);

// No reader at all is no error.
struct chip_error pcsc_list(struct pcsc *p, struct pcsc_readers *out);

struct chip_error pcsc_details(const char *reader, struct pcsc_details *out);

// Lets the reader's light blink, without a sound. CHIP_UNSUPPORTED where that cannot be had: it is
// not known how, or its driver does not let it through.
struct chip_error pcsc_blink(const char *reader);

// The reader that is meant: its name, its number in the list (from 1), its serial number, or a part
// of its name that no other reader's name has. CHIP_READER_UNKNOWN, or CHIP_READER_AMBIGUOUS.
struct chip_error pcsc_find(struct pcsc *p, const char *wanted, struct pcsc_reader *out);

struct pcsc_open {
    const char *reader; // as pcsc_find() takes it; NULL: any that has a card
    int wait_ms;        // for a reader and a card; -1: for ever
    int reset_wait_ms;  // for the same card to lie there again when it is reset: in all, while open
    bool wait_service;  // the service, too, may come while it is waited for a card
    unsigned timeout_ms; // of one command; 0: PCSC_TIMEOUT_MS, and that of access
    int stop_fd;         // readable: break off with CHIP_STOPPED; -1: none
    // Called while it waits, several times a second: what for, as the error that it would be, and
    // the seconds that are left; -1: for ever. NULL: no one is told.
    void (*waiting)(void *ctx, enum chip_code what, int seconds);
    // Called once for a command of access that is not answered in PCSC_SLOW_MS; NULL: nobody is.
    void (*slow)(void *ctx);
    void *ctx;
};

// The card is the caller's alone until card_close(), which takes its power: no session stays open
// for the next program. A storage card is CHIP_NO_DOCUMENT.
struct chip_error pcsc_open(struct pcsc *p, const struct pcsc_open *how, struct card *out);

enum pcsc_event_kind {
    PCSC_READER_ADDED,
    PCSC_READER_REMOVED,
    PCSC_CARD_INSERTED,
    PCSC_CARD_REMOVED,
};

// False ends the watch.
typedef bool pcsc_event_fn(void *ctx, enum pcsc_event_kind kind, const struct pcsc_reader *reader);

// What is there already comes first. CHIP_OK when stopped.
struct chip_error pcsc_watch(struct pcsc *p, int stop_fd, pcsc_event_fn *event, void *ctx);

// ---- what the service answers ----

enum pcsc_phase { PCSC_BEFORE, PCSC_WITHIN }; // a session with a card

// The error that a return code stands for; CHIP_OK for zero. Looks at the service's socket where
// the code alone does not tell what is wrong with it.
struct chip_error pcsc_error(uint32_t code, enum pcsc_phase phase, const char *step);

// "SCARD_E_NO_SERVICE"; NULL where it has no name.
const char *pcsc_code_name(uint32_t code);

// What a reader tells of itself (PC/SC part 10, 2.2 and 2.6.14): the control code of a feature, or
// 0; and the properties that are known here.
uint32_t pcsc_feature(struct str features, uint8_t tag);
void pcsc_properties(struct str properties, struct pcsc_details *out);

#endif
