// SPDX-License-Identifier: MIT
// What the service and the card on a reader answered, as plain facts for the doctor: nothing here
// asks anything.
#ifndef READER_DESK_H
#define READER_DESK_H

#include "base/str.h"

enum { DESK_READERS_MAX = 16 };

// How the service took the call.
enum desk_service {
    DESK_ANSWERS,
    DESK_UNREACHABLE, // no connection; the machine tells why
    DESK_SILENT,
    DESK_REFUSES,  // polkit
    DESK_PROTOCOL, // another release
    DESK_FAILED,
};

enum desk_card {
    DESK_CARD_NONE,
    DESK_CARD_MUTE,
    DESK_CARD_MEMORY,
    DESK_CARD_CONTACT,
    DESK_CARD_CHIP
};

// A question that a card was asked.
enum desk_answer { DESK_NOT_ASKED, DESK_YES, DESK_NO };

// What a card did when it was tried. Times are of whole round trips.
struct desk_trial {
    enum desk_answer document;    // the application of an identity document can be selected
    enum desk_answer card_access; // EF.CardAccess can be read
    enum desk_answer pace, bac;   // offered
    enum desk_answer extended;    // commands and answers of extended length get through
    enum desk_answer uid_fixed;   // the same after a reset; identity cards draw a new one each time
    uint8_t uid[10];
    size_t uid_length;
    uint8_t historical[32]; // of the ATS, or of the ATR
    size_t historical_length;
    struct str protocols;        // of PACE, with their domains; parted by commas
    unsigned commands, failures; // of the repeats
    bool card_lost, reader_lost;
    uint64_t round_trip_us;                // of a short command, the median
    uint64_t bytes_per_second;             // of answers, in the largest blocks that got through
    uint64_t picture_us, picture_short_us; // 18,000 bytes read so, and with short commands
    struct str error;                      // the code of what ended the trial early; empty: nothing
};

struct desk_reader {
    struct str name;
    struct str vendor, serial, version; // as the driver tells; empty: it does not
    uint16_t vendor_id, product_id;     // USB; zero: not told
    bool tells_longest;
    uint32_t longest; // bytes of data in a command; 0: short only
    enum desk_card card;
    bool held;   // by another program, for itself
    bool in_use; // by another program
    uint8_t atr[33];
    size_t atr_length;
    bool tried;
    struct desk_trial trial;
};

struct desk {
    enum desk_service service;
    uint32_t native;         // the service's return code
    const char *native_name; // "SCARD_E_NO_SERVICE"; NULL where it has none
    struct desk_reader reader[DESK_READERS_MAX];
    size_t readers;
};

#endif
