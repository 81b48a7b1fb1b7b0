// SPDX-License-Identifier: MIT
// Exit statuses, the same in all programs.
#ifndef CLI_STATUS_H
#define CLI_STATUS_H

enum status {
    STATUS_OK = 0,
    STATUS_NEGATIVE = 1, // no card, errors in a card's data
    STATUS_USAGE = 2,
    STATUS_UNREADABLE = 3, // some input could not be read or decided
    STATUS_FAILED = 4,     // the job could not be done
};

// The worst wins: 4, 2, 3, 1, 0.
enum status status_worse(enum status a, enum status b);

#endif
